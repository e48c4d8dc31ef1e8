import pytest

from pharmacy.book import enter, opened, strike

NUMBER = "RX-2041"


@pytest.fixture
def prescription(request):
    book = opened()
    enter(book, NUMBER, request.param)
    yield book, NUMBER
    strike(book, NUMBER)
    book.close()
