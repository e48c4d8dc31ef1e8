"""The track and its banking."""


def metres(laps, track=250):
    return laps * track


def kilometres_an_hour(metres, seconds):
    return round(metres / seconds * 3.6, 1)
