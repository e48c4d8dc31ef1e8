"""Causes that are no more than the form of a failure: a wrong result, or none."""

# What stands beside such words says what it is; words of any other cause speak for themselves.
FORM_ONLY = {"assertion", "app_exception", "bad_test_code", "shared_state", "unknown"}
