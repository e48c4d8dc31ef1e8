"""When a ferry may sail."""

from ferries.gauge import metres


def plan(ship, pier, draught):
    water = metres(pier)
    return {"ship": ship, "pier": pier, "sails": water - draught > 0.3}


def cars(deck_metres, trucks=0):
    return max(0, int((deck_metres - 18 * trucks) // 5))
