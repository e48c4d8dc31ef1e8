"""What the words of a family's failures say together: a belief in each cause, and in verdicts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import fsum, log

from diagnose.family import Evidence
from diagnose.judge.posterior import Item, bounded_item, text_item
from diagnose.judge.signature import Ranked
from diagnose.judge.tables import tables

EXAMPLES = 200  # of a family whose words are asked; the rest say the same
SUPPORT = 0.02  # least belief of the texts in a cause that is named
VOCABULARY = "vocabulary"  # the kind of evidence
OOM = "oom_kill"  # as all kinds of evidence of a kill for memory begin
# Kinds of evidence of a shortage that failures themselves have no word for.
TELLING_MORE = ("late", "rejected")
AS_WELL = 0.25  # of what words of a form say, that is said of such a shortage as well
WITNESSES = (OOM, "kernel_crash", "faulthandler")  # of why a process ended
Ranks = Sequence[Sequence[Ranked]]


@dataclass(frozen=True)
class Words:
    """Belief by verdict and cause; what follows from it is reckoned once, when it is asked for."""

    beliefs: Mapping[tuple[str, str], float]
    heard: Mapping[str, float] = field(default_factory=dict)  # decibans of the vocabulary
    surest: float | None = None  # what a verdict may come to that the vocabulary had a part in

    @cached_property
    def causes(self) -> dict[str, str]:
        """Name the likeliest cause of each verdict; none where the words support none."""
        return {verdict: self._likeliest(verdict) for verdict in tables().verdicts}

    @property
    def patterned(self) -> dict[str, str]:
        """Name the causes by the patterns alone: a leaning of the vocabulary is no trace of one."""
        return replace(self, heard={}).causes if self.heard else self.causes

    def _likeliest(self, verdict: str) -> str:
        """Let the vocabulary choose among causes that patterns name, or, of none, among all."""
        fits = self._of(verdict)
        named = {cause: share for cause, share in fits.items() if share >= SUPPORT}
        if self.heard:
            leaning = self._leaning(verdict)
            fits = {cause: leaning[cause] for cause in named or fits}
        best = max(sorted(fits), key=fits.__getitem__, default="")
        return best if named or (best and fits[best] >= SUPPORT) else ""

    def _of(self, verdict: str) -> dict[str, float]:
        return {cause: share for (v, cause), share in self.beliefs.items() if v == verdict}

    def _leaning(self, verdict: str) -> dict[str, float]:
        """Weigh the belief in each cause with the vocabulary; none of them is quite unheard of."""
        least = tables().lean.unheard
        return {
            cause: (share + least) * 10 ** (self.heard.get(cause, 0.0) / 10)
            for cause, share in self._of(verdict).items()
        }

    @cached_property
    def lean(self) -> Item:
        """Say how much likelier than before the vocabulary makes each verdict's causes."""
        least = tables().lean.unheard
        logs = {}
        for verdict in tables().verdicts:
            before = [share + least for share in self._of(verdict).values()]
            after = self._leaning(verdict).values()
            logs[verdict] = log(fsum(after) / fsum(before)) if before else 0.0
        return bounded_item(VOCABULARY, logs, tables().lean.spread)

    @cached_property
    def item(self) -> Item:
        """Take the words as evidence for verdicts; what they do not know, they say of none.

        Each cause starts with a little belief that nobody earned, and that counts for nothing: a
        verdict with many causes must not win by their number, nor words drown in that of all.
        """
        known: dict[str, float] = dict.fromkeys(tables().verdicts, 0.0)
        unearned = min(self.beliefs.values(), default=0.0)
        earned = fsum(self.beliefs.values()) - unearned * len(self.beliefs)
        for (verdict, cause), share in self.beliefs.items():
            if verdict in known and earned > 0:
                known[verdict] += (share - unearned) / earned
                for other, part in tables().forms.get(cause, {}).items():
                    known[other] += part * (share - unearned) / earned
        rest = max(0.0, 1 - fsum(known.values())) / len(known)
        return text_item({verdict: share + rest for verdict, share in known.items()})

    def beside(self, found: Iterable[Evidence]) -> Words:
        """Let words that only tell of a death say nothing of its reason where a witness does."""
        found = list(found)
        named = {each.cause for each in found if each.present and each.kind in TELLING_MORE}
        if causes := sorted(named - {""}):
            return self._shared_with(causes[0])
        if not witnessed(found):
            return self
        least = min(self.beliefs.values(), default=0.0)
        death = "worker_killed"
        unsaid = {key: least if key[1] == death else b for key, b in self.beliefs.items()}
        return replace(self, beliefs=unsaid)

    def _shared_with(self, cause: str) -> Words:
        """Let words that only tell a form be those of who got nothing of what was short, too."""
        forms = [key for key in self.beliefs if key[1] in tables().forms]
        moved = {key: self.beliefs[key] * AS_WELL for key in forms}
        beliefs = {key: share - moved.get(key, 0.0) for key, share in self.beliefs.items()}
        short = ("resource_exhaustion", cause)
        beliefs[short] = beliefs.get(short, 0.0) + fsum(moved.values())
        return replace(self, beliefs=beliefs)


def witnessed(found: Iterable[Evidence]) -> bool:
    """Say whether anything tells why a process ended."""
    return any(each.present and each.kind.startswith(WITNESSES) for each in found)


def words_of(families: Iterable[Ranks]) -> list[Words]:
    """Average what the failures of each family say; families that say the same share it."""
    known: dict[tuple[int, ...], Words] = {}
    found = []
    for ranks in families:
        asked = ranks[:EXAMPLES]
        mark = tuple(map(id, asked))
        if mark not in known:
            known[mark] = Words(_averaged(asked))
        found.append(known[mark])
    return found


def _averaged(asked: Ranks) -> dict[tuple[str, str], float]:
    sums: dict[tuple[str, str], list[float]] = defaultdict(list)
    for ranked in asked:
        for row in ranked:
            sums[row.verdict, row.cause].append(row.belief)
    return {key: fsum(values) / len(asked) for key, values in sums.items()}
