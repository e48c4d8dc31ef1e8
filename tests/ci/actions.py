"""GitHub's runner, small: expressions, steps and their files, artifacts, caches, an action."""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.ci.machine import PYTHON, ROOT, Machine, check_out

Values = dict[str, Any]
EXPRESSION = re.compile(r"\$\{\{(.+?)\}\}")
NAME = re.compile(
    r"hashFiles\('(?P<file>[^']*)'\)|'[^']*'|\b(?:always|success|failure)\(\)"
    r"|[a-z_]+(?:\.[\w-]+)+|\|\||&&|!(?!=)"
)
WORDS = {"||": " or ", "&&": " and ", "!": " not "}
OURS = "OWNER/diagnose@COMMIT"


def load(text: str) -> Values:
    """Read YAML, in which `on` is a word."""
    found = YAML(typ="safe", pure=True).load(text)
    assert isinstance(found, dict)
    return found


ACTION = load((ROOT / "action.yml").read_text("utf-8"))


@dataclass
class Store:
    """What outlives a job: artifacts and caches, by name."""

    folder: Path

    def keep(self, kind: str, name: str, paths: list[Path]) -> None:
        """Keep files, and what is in folders, flat, as one upload does."""
        place = self.folder / kind / name
        place.mkdir(parents=True)
        for path in paths:
            if path.is_dir():
                shutil.copytree(path, place, dirs_exist_ok=True)
            else:
                shutil.copy(path, place)

    def find(self, kind: str, start: str) -> Path | None:
        """Return the newest whose name begins so."""
        found = sorted(self.folder.glob(f"{kind}/{start}*"))
        return found[-1] if found else None


@dataclass
class Runner:
    """Runs the steps of a job on a machine."""

    machine: Machine
    store: Store
    github: Values
    contexts: Values = field(default_factory=dict)
    log: str = ""
    summary: str = ""
    failed: bool = False

    def job(self, job: Values, **contexts: Any) -> "Runner":
        """Run a job to its end, and say how it went."""
        self.contexts = {"github": self.github, "steps": {}, **contexts}
        self.machine.variables.update(self._evaluated(job.get("env", {})))
        for step in job["steps"]:
            self._step(step)
        return self

    def outputs(self, step: str) -> Values:
        """Return the outputs of a step."""
        found: Values = self.contexts["steps"][step]["outputs"]
        return found

    def _step(self, step: Values) -> None:
        condition = str(step.get("if", "success()"))
        if not re.search(r"\b(always|failure|success)\(\)", condition):
            condition = f"success() && ({condition})"
        if not self._value(condition):
            return
        made = self._run(step) if "run" in step else self._use(step)
        if name := step.get("id"):
            self.contexts["steps"][name] = {"outputs": made}

    def _run(self, step: Values) -> Values:
        given = self._evaluated(step.get("env", {}))
        assert "${{" not in step["run"], "an expression in a script is part of the program"
        files = {name: self.machine.folder / name.lower() for name in ("OUTPUT", "STEP_SUMMARY")}
        for path in files.values():
            path.write_text("")
        files_by_name = {f"GITHUB_{name}": str(path) for name, path in files.items()}
        done = self.machine.run(step["run"], **self._variables(), **files_by_name, **given)
        self.log += done.stdout
        self.summary += files["STEP_SUMMARY"].read_text("utf-8")
        self.failed |= done.returncode != 0 and not step.get("continue-on-error")
        return dict(pairs(files["OUTPUT"].read_text("utf-8")))

    def _variables(self) -> dict[str, str]:
        temporary = self.machine.folder / "temporary"
        temporary.mkdir(exist_ok=True)
        return {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_WORKSPACE": str(self.machine.checkout),
            "GITHUB_REPOSITORY": self.github["repository"],
            "GITHUB_EVENT_NAME": self.github["event_name"],
            "GITHUB_REF": self.github.get("ref", "refs/heads/main"),
            "GITHUB_API_URL": self.github["api_url"],
            "RUNNER_TEMP": str(temporary),
            "RUNNER_ENVIRONMENT": "github-hosted",
            "HOST_ROOT": str(self.machine.folder / "host"),
        }

    def _use(self, step: Values) -> Values:
        given = self._evaluated(step.get("with", {}))
        name = step["uses"].partition("@")[0]
        if step["uses"] in (OURS, "./"):
            return self._composite(given)
        known = {
            "actions/checkout": self._checkout,
            "actions/setup-python": lambda _: None,
            "actions/upload-artifact": self._upload,
            "actions/download-artifact": self._download,
            "actions/cache/save": self._save,
            "actions/cache/restore": self._restore,
        }
        known[name](given)
        return {}

    def _composite(self, given: Values) -> Values:
        defaults = {name: each.get("default", "") for name, each in ACTION["inputs"].items()}
        assert set(given) <= set(defaults)
        outer, failed = self.contexts, self.failed
        self.failed = False  # within an action, success() is the action's own
        inputs = self._evaluated(defaults) | {"python": PYTHON} | given
        self.contexts = {"github": self.github, "steps": {}, "inputs": inputs}
        for step in ACTION["runs"]["steps"]:
            self._step(step)
        values = {name: each["value"] for name, each in ACTION["outputs"].items()}
        made = self._evaluated(values)
        self.contexts, self.failed = outer, failed or self.failed
        return made

    def _checkout(self, given: Values) -> None:
        assert given["persist-credentials"] == "false"
        shutil.rmtree(self.machine.checkout)
        check_out(self.machine.checkout)

    def _upload(self, given: Values) -> None:
        named = [self.machine.checkout / line for line in given["path"].split("\n") if line]
        found = [path for pattern in named for path in glob(pattern)]
        assert found or given.get("if-no-files-found") != "error"
        if found:
            self.store.keep("artifacts", given["name"], found)

    def _download(self, given: Values) -> None:
        target = self.machine.checkout / given.get("path", ".")
        for place in sorted(self.store.folder.glob("artifacts/" + given.get("pattern", "*"))):
            shutil.copytree(place, target / place.name, dirs_exist_ok=True)

    def _save(self, given: Values) -> None:
        self.store.keep("caches", given["key"], [self.machine.checkout / given["path"]])

    def _restore(self, given: Values) -> None:
        if found := self.store.find("caches", given["restore-keys"].strip()):
            shutil.copytree(found, self.machine.checkout / given["path"])

    def _evaluated(self, values: Mapping[str, Any]) -> Values:
        """Put values in the place of expressions; what is no text is written as GitHub does."""
        return {name: self._text(value) for name, value in values.items()}

    def _text(self, value: Any) -> str:
        if isinstance(value, bool):
            return str(value).lower()
        return EXPRESSION.sub(lambda found: str(self._value(found[1])), str(value))

    def _value(self, expression: str) -> Any:
        bare = re.sub(r"^\s*\$\{\{|\}\}\s*$", "", expression)
        code = NAME.sub(self._word, bare)
        return eval(code, {"__builtins__": {}}, {})

    def _word(self, found: re.Match[str]) -> str:
        text = found[0]
        if text in WORDS:
            return WORDS[text]
        if file := found["file"]:
            return repr("some hash" if (self.machine.checkout / file).is_file() else "")
        if text.startswith("'"):
            return repr(text[1:-1])
        if text.endswith("()"):
            return repr({"always": True, "success": not self.failed}.get(text[:-2], self.failed))
        value: Any = self.contexts
        for step in text.split("."):
            value = value.get(step, "") if isinstance(value, dict) else ""
        return repr(value)


def glob(pattern: Path) -> Iterator[Path]:
    """Yield what a path means, in which the last part may have stars."""
    yield from sorted(pattern.parent.glob(pattern.name))


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """Read what a step has written for the steps behind it."""
    for line in text.splitlines():
        name, equals, value = line.partition("=")
        assert equals, line
        yield name, value
