import pytest

from nightly.jobs import run


@pytest.mark.parametrize("job", ["reindex", "vacuum"])
def test_the_nightly_job_ends_well(job):
    assert run(job) == 0


@pytest.mark.parametrize("job", ["backup", "rotate"])
def test_short_jobs_end_well(job):
    assert run(job) == 0


@pytest.mark.parametrize("hour", [1, 2, 3])
def test_hours_of_the_night(hour):
    assert hour < 5
