"""How high the choir sings."""

_tuned = {"a": 440.0}


def tune(hertz):
    _tuned["a"] = hertz
    return _tuned["a"]


def note(steps):
    return round(_tuned["a"] * 2 ** (steps / 12), 1)
