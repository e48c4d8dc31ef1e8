"""What fits where."""

LITRES = {"letter": 2, "small": 12, "medium": 30, "large": 64}


def smallest(litres):
    fitting = [name for name, room in LITRES.items() if room >= litres]
    if not fitting:
        raise ValueError(f"no compartment holds {litres} l")
    return fitting[0]
