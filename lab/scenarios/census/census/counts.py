"""Counts people."""

import json
import urllib.request


def new_register(name, patience=4.0):
    asked = urllib.request.Request(f"http://127.0.0.1:8000/registers/{name}", method="POST")
    with urllib.request.urlopen(asked, timeout=patience) as answer:
        return json.load(answer)


def people(register, street):
    return sum(register["streets"][street])


def per_household(register, street):
    homes = register["streets"][street]
    return round(sum(homes) / len(homes), 2)


def share(part, whole):
    return round(100 * part / whole, 1) if whole else 0.0
