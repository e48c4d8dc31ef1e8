"""Prints badges for visitors."""

SETTINGS = {"event": "PyDay", "colours": {"speaker": "red", "guest": "blue"}}


def line(name, role):
    return f"{name.title()} ({role})"
