"""Labels beside exhibits."""


def century(year):
    return year // 100 + 1
