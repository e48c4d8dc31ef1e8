"""Calendars of a team."""

calendars = {}


class UnknownCalendar(LookupError):
    pass


def add(name, hours):
    calendars[name] = {"hours": hours, "taken": []}


def book(name, hour):
    if name not in calendars:
        raise UnknownCalendar(f"there is no calendar {name!r}")
    calendars[name]["taken"].append(hour)
    return len(calendars[name]["taken"])


def free(name):
    if name not in calendars:
        return []
    return [hour for hour in calendars[name]["hours"] if hour not in calendars[name]["taken"]]


def minutes(hours):
    return hours * 60
