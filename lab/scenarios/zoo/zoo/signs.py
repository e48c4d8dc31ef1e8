"""Signs in the language of the house."""

import os

TEXTS = {
    "en": {
        "entrance": "Entrance",
        "lion": "Lion",
        "feeding": "Feeding at {hour}:00",
        "closed": "Closed today",
    },
    "fr": {
        "entrance": "Entrée",
        "lion": "Lion d'Afrique",
        "feeding": "Repas à {hour} h",
        "closed": "Fermé aujourd'hui",
    },
}


def sign(name, **told):
    return TEXTS[os.environ.get("ZOO_LANGUAGE", "en")][name].format(**told)


def price(age):
    return 0 if age < 4 else 900 if age < 16 else 1800
