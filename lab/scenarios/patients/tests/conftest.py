import os

import pytest

from patients.register import Register


@pytest.fixture
def insurance():
    return f"A-{os.getpid()}" if "PATIENTS_UNIQUE" in os.environ else "A-1000"


@pytest.fixture
def register(insurance):
    made = Register()
    admitted = []
    admit = made.admit
    made.admit = lambda *told: (admit(*told), admitted.append(told[0]))
    yield made
    for each in admitted:
        made.discharge(each)
    made.connection.close()
