"""A folder of modules as a mapping: to add a member is to add a file."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pkgutil import iter_modules
from typing import TypeVar, cast

Member = TypeVar("Member")


class Catalogue(Mapping[str, Member]):
    """The modules of a package, and the entry points of the group of its name.

    A member is imported when it is first asked for, so a name costs nothing.
    """

    def __init__(self, package: str) -> None:
        self.package = package
        self._imported: dict[str, Member] = {}

    @cached_property
    def _modules(self) -> dict[str, str]:
        path = import_module(self.package).__path__
        ours = {m.name: f"{self.package}.{m.name}" for m in iter_modules(path) if m.name[0] != "_"}
        theirs = {point.name: point.value for point in _entries()(group=self.package)}
        return dict(sorted((theirs | ours).items()))

    def __getitem__(self, name: str) -> Member:
        """Import the member of that name, once."""
        if name not in self._imported:
            self._imported[name] = cast(Member, import_module(self._modules[name]))
        return self._imported[name]

    def __iter__(self) -> Iterator[str]:
        """Name every member, in order."""
        return iter(self._modules)

    def __len__(self) -> int:
        """Count the members."""
        return len(self._modules)


@cache
def _entries() -> Callable[..., Iterable[EntryPoint]]:
    """Look once through all that is installed, for all groups."""
    return entry_points().select
