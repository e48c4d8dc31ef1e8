"""The scales talk to the books."""

import json
from http.client import HTTPConnection


class NotWeighed(Exception):
    """The books did not take a weighing."""


def weigh(kilos):
    line = HTTPConnection("127.0.0.1", 8000, timeout=30)
    line.request("POST", "/weighings", json.dumps({"kilos": kilos}))
    answer = line.getresponse()
    told = json.loads(answer.read())
    line.close()
    if answer.status != 200:
        raise NotWeighed(f"{kilos} kg: {told['why']}")
    return told["sacks"]


def dry(moisture):
    return moisture < 14.5
