"""What is printed on the spine."""


def title(text, ink):
    return text.upper() if ink == "gold" else text[:18]
