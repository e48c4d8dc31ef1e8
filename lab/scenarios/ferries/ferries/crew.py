"""Who is on board."""


class Roster:
    def __init__(self, names):
        self.names = list(names)

    def on_board(self, ship):
        return [name for name in self.names if name[0] <= ship[0]]


def muster(roster, ship):
    return ", ".join(roster.on_board(ship)) or "nobody"
