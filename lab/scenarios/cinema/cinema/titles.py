"""What is written at the end."""


def closing(names):
    return sorted(names, key=lambda name: name[:1])


def roman(number):
    said = ""
    for value, letters in [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]:
        said += letters * (number // value)
        number %= value
    return said
