"""Plans, drawn and printed."""

import time

from gardens.places import place


def draw(title, beds):
    file = place("plan.svg")
    with file.open("w") as drawing:
        drawing.write(f"<svg><title>{title}</title>")
        time.sleep(0.05)
        drawing.write("<rect/>" * beds + "</svg>")
    return file


def printed(title, beds):
    file = draw(title, beds)
    time.sleep(0.05)
    text = file.read_text()
    file.unlink()
    return text
