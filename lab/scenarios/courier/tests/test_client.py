import pytest

from courier.client import client, number_of, tracking_url


@pytest.mark.parametrize("number", ["1001", "1002", "1003"])
def test_tracking_url(number):
    assert tracking_url("nl", number).endswith(number)


@pytest.mark.parametrize("country", ["nl", "be"])
def test_client_of_a_country(country):
    assert country in str(client(country).base_url)


@pytest.mark.parametrize("label", ["NL-17", "BE-18", "LU-19"])
def test_numbers_of_labels(label):
    assert number_of(label).isdigit()
