"""Settings of a project: `[tool.diagnose]` in pyproject.toml, or a diagnose.toml."""

import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path

from diagnose.errors import ConfigError

EXAMPLES = {"a text": '{} = "nightly"', "a list of texts": '{} = ["...", "..."]'}
PLACES = ("diagnose.toml", "pyproject.toml")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a team may set; every field has a default that works.

    `causes` are folders of cause pages, as seen from the file that names them.
    """

    redact: tuple[str, ...] = ()
    fail_on: tuple[str, ...] = ()
    title: str = ""
    causes: tuple[str, ...] = ()


def load(path: Path | None = None, folder: Path = Path()) -> Settings:
    """Read the settings from that file, else from the first of the usual places that has any."""
    if path is not None:
        return _read(path)
    for place in PLACES:
        if (folder / place).is_file():
            return _read(folder / place)
    return Settings()


def _read(path: Path) -> Settings:
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(
            f"{path}: {error.strerror}", hint="--config takes a diagnose.toml or a pyproject.toml"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not TOML: {error}") from error
    if path.name == "pyproject.toml":
        document = document.get("tool", {}).get("diagnose", {})
    found = _settings(path, document)
    return replace(found, causes=tuple(str(path.parent / folder) for folder in found.causes))


def _settings(path: Path, document: dict[str, object]) -> Settings:
    known = {field.name: field for field in fields(Settings)}
    values: dict[str, str | tuple[str, ...]] = {}
    for key, value in document.items():
        name = key.replace("-", "_")
        if name not in known:
            raise ConfigError(f"{path}: no setting {key!r}", hint=f"one of: {', '.join(known)}")
        if isinstance(known[name].default, str) and isinstance(value, str):
            values[name] = value
        elif isinstance(value, list) and all(isinstance(word, str) for word in value):
            values[name] = tuple(value)
        else:
            kind = "a text" if isinstance(known[name].default, str) else "a list of texts"
            raise ConfigError(f"{path}: {key} is not {kind}", hint=EXAMPLES[kind].format(key))
    return Settings(**values)  # type: ignore[arg-type]  # each value was checked against its field
