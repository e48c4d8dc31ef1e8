"""Binomials in logarithms, so that large numbers stay numbers."""

from __future__ import annotations

from math import exp, fsum, inf, lgamma, log, log1p


def ln_choose(total: int, some: int) -> float:
    """Return ln of the ways to choose some of a total."""
    return lgamma(total + 1) - lgamma(some + 1) - lgamma(total - some + 1)


def ln_binomial(hits: int, total: int, chance: float) -> float:
    """Return ln P(just so many hits)."""
    if chance <= 0 or chance >= 1:
        return 0.0 if hits == (total if chance >= 1 else 0) else -inf
    return ln_choose(total, hits) + hits * log(chance) + (total - hits) * log1p(-chance)


def at_least(hits: int, total: int, chance: float) -> float:
    """Return P(so many hits or more)."""
    return min(1.0, fsum(exp(ln_binomial(k, total, chance)) for k in range(hits, total + 1)))
