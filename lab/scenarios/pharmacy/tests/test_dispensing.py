import pytest

from pharmacy.book import drugs
from pharmacy.check import worst

MIXES = [
    (["warfarin", "ibuprofen"], 3),
    (["lithium", "furosemide"], 2),
    (["insulin", "metformin"], 0),
    (["codeine", "aspirin"], 0),
    (["digoxin", "calcium"], 0),
    (["heparin", "zinc"], 0),
]


@pytest.mark.parametrize(
    "prescription,expected", MIXES, indirect=["prescription"], ids=lambda v: str(v)[:24]
)
def test_a_prescription_is_checked(prescription, expected):
    book, number = prescription
    assert worst(drugs(book, number)) == expected


@pytest.mark.parametrize("prescription", [["aspirin"], ["zinc"], ["iron"]], indirect=True)
def test_one_drug_alone_is_fine(prescription):
    book, number = prescription
    assert worst(drugs(book, number)) == 0
