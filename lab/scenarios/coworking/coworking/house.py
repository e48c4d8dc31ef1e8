"""The house as its reception sees it."""

import json

import urllib3

http = urllib3.PoolManager()


class HouseError(Exception):
    """What the house does not do."""


class NameTaken(HouseError):
    pass


class NoSuchRoom(HouseError):
    pass


def ask(method, path, **told):
    answer = http.request(
        method, f"http://127.0.0.1:8000{path}", body=json.dumps(told), timeout=20, retries=False
    )
    body = json.loads(answer.data)
    if answer.status == 409:
        raise NameTaken(body["reason"])
    if answer.status == 404:
        raise NoSuchRoom(body["reason"])
    return body


def open_room(name):
    return ask("POST", "/rooms", name=name)["name"]


def come(name, person):
    return ask("POST", f"/rooms/{name}/people", person=person)["people"]


def people(name):
    return ask("GET", f"/rooms/{name}")["people"]


def close(name):
    ask("DELETE", f"/rooms/{name}")


def desks(people, each=2):
    return -(-people // each)
