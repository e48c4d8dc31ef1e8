import pytest

from profiles.client import save

MEMBERS = ["m1001", "m1002", "m1003", "m1004", "m1005"]


class TestProfile:
    @pytest.mark.parametrize("member", MEMBERS)
    def test_city_is_kept(self, member):
        assert save(member, city="Ghent")["city"] == "Ghent"

    @pytest.mark.parametrize("member", MEMBERS)
    @pytest.mark.parametrize("language", ["nl", "pt-BR"])
    def test_language_is_kept(self, member, language):
        assert save(member, language=language)["language"] == language


@pytest.mark.parametrize("member", MEMBERS)
def test_member_numbers_have_four_digits(member):
    assert member[1:].isdigit()


@pytest.mark.parametrize("code", ["nl", "en", "pt-BR"])
def test_language_codes_are_short(code):
    assert len(code) <= 5
