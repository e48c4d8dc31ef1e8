import pytest


@pytest.mark.parametrize("mail", ["a@example.org", "b@example.net", "c@example.com"])
def test_addresses_have_a_host(mail):
    assert mail.partition("@")[2].startswith("example")
