"""Reads what banks send."""


class StatementError(ValueError):
    """A line that nobody can read."""


def entry(line):
    try:
        date, cents, party = line.split(";")
        name, _, account = party.partition("/")
        return {"date": date, "cents": int(cents), "name": name, "account": account[:4]}
    except (IndexError, ValueError) as error:
        raise StatementError(f"line not understood: {line!r}") from error


def balance(lines):
    return sum(entry(line)["cents"] for line in lines)
