import json
import os
import uuid
from pathlib import Path

import pytest


@pytest.fixture
def number():
    return uuid.uuid4().hex


@pytest.fixture
def group_number():
    return uuid.uuid4().hex if os.environ.get("AGENCY_NUMBERS") == "own" else "GROUP-1"


@pytest.fixture
def brochure():
    return json.loads((Path(__file__).parent / "brochure.json").read_text())
