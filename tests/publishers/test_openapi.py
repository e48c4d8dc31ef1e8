"""What is asked of a forge is what the forge's own description says can be asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.publishers.forge import Asked
from tests.publishers.forge import serving as serve
from tests.publishers.openapi import SOURCES, Description, description
from tests.publishers.scenes import Scene, green


@dataclass
class Witness:
    """A forge that looks each request up in its description."""

    scene: Scene
    described: Description
    wrong: list[str]


@pytest.fixture(params=sorted(SOURCES))
def witness(request: pytest.FixtureRequest) -> Iterator[Witness]:
    """Serve each forge in turn, from its description."""
    found = description(request.param)
    if found is None:
        pytest.skip(f"needs {SOURCES[request.param][0]} in build/openapi (npm pack; see .ci/run)")
    dialect = "github" if request.param == "enterprise" else request.param
    with serve(dialect, like=found.example(), me_like=found.user()) as forge:
        scene = Scene(dialect, forge)
        wrong: list[str] = []

        def look(asked: Asked, status: int, data: Any) -> None:
            wrong.extend(found.wrong(asked, status, data))

        forge.looked_at = look
        yield Witness(scene, found, wrong)


def test_every_request_is_one_that_the_forge_describes(witness: Witness) -> None:
    scene = witness.scene
    scene.forge.page = 2
    scene.forge.have("looks good", author="a-person", machine=False)
    scene.deliver()
    scene.deliver(key="other")
    scene.forge.have(f"{scene.marker}\n\ntwice", machine=False)
    scene.deliver(green())
    assert witness.wrong == []
    edit = scene.forge.dialect.edit
    assert {"GET", "POST", "DELETE", edit} == set(scene.forge.methods())
    assert any(asked.path.endswith("/user") for asked in scene.forge.asked)
    assert len(scene.ours()) == 1


def test_a_request_that_is_not_described_is_noticed(witness: Witness) -> None:
    witness.scene.deliver()
    asked = next(each for each in witness.scene.forge.asked if each.method == "POST")
    listed = witness.scene.forge.asked[0]
    for bad in (
        replace(asked, method="PURGE"),
        replace(asked, path=asked.path.replace("7", "seven")),
        replace(asked, path=f"{asked.path}/x/y"),
        replace(asked, body=None),
        replace(asked, body={"body": 7, "content": 7}),
        replace(asked, headers={}),
        replace(listed, query={"nonsense": "1"}),
    ):
        assert list(witness.described.wrong(bad, 404, None)), bad


@pytest.mark.parametrize("witness", ["github", "enterprise"], indirect=True)
def test_what_the_forge_answers_here_is_like_its_own_examples(witness: Witness) -> None:
    assert witness.described.example()["body"]
    witness.scene.deliver()
    listed = witness.scene.forge.asked[0]
    row = witness.described.example()
    assert list(witness.described.wrong(listed, 200, [row])) == []
    assert list(witness.described.wrong(listed, 200, [{**row, "user": "words"}]))
    assert list(witness.described.wrong(listed, 299, [row]))
