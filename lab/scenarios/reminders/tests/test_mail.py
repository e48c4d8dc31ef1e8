from unittest import mock

import pytest

from reminders.mail import Mailer, deliver


@pytest.mark.parametrize("days", [1, 7])
def test_a_reminder_is_sent_once(days):
    with mock.patch("reminders.mail.send_now") as send:
        deliver(mock.create_autospec(Mailer), "ada@example.org", days)
    send.assert_called_once()


@pytest.mark.parametrize("days", [1, 7])
def test_the_mailer_is_called_with_the_days(days):
    mailer = mock.create_autospec(Mailer, instance=True)
    deliver(mailer, "ada@example.org", days)
    mailer.send.assert_called_once_with("ada@example.org", subject=f"{days} days left")


def test_the_mailer_takes_a_priority():
    mailer = mock.create_autospec(Mailer, instance=True)
    mailer.send("ada@example.org", "hello", priority=3)


@pytest.mark.parametrize("days", [-1, 0, 1, 2, 3, 30])
def test_only_the_future_counts(days):
    assert deliver(mock.Mock(), "ada@example.org", days) == (days > 0)
