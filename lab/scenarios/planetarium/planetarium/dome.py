"""The dome and its seats."""


class Dome:
    def __init__(self, seats):
        self.seats = seats

    def turn(self, degrees):
        return degrees % 360


def opened(dome, degrees):
    return {"heading": dome.turn(degrees), "seats": dome.seats}
