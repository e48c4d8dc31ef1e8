"""Labels of dried plants."""


def stored(name):
    data = name.encode("utf-8")
    return data[: len(name)].decode("utf-8", "ignore")


def label(genus, species, year):
    return f"{genus} {species}\n  leg. {year}\n  \u2116 {len(genus) * year}\n"
