"""Words of the failures that passing tests wrote, too: they weigh less in this suite."""

from collections.abc import Iterator

from diagnose.family import Evidence, Family
from diagnose.words import plural


def gather(family: Family) -> Iterator[Evidence]:
    """Report the pattern that most passing tests show; its own weight is lessened already."""
    found = {
        hit.pattern.id: hit.control for told in family.told for hit in told.hits if hit.control
    }
    if not found:
        return
    name = min(found, key=lambda pattern: (found[pattern].weight, pattern))
    control = found[name]
    many = plural(control.tests, "passing test")
    text = f"{control.hits} of {many} with output wrote such words, too (pattern {name})"
    yield Evidence("negative_control", text, quote=control.quote, source=control.source)
