"""Where and when they sing."""


def seats(choir, hall):
    return {"choir": min(choir, 60), "audience": max(0, hall - min(choir, 60))}
