"""Student's t, where it is needed: the one-sided 95 % quantile."""

from __future__ import annotations

TABLE = (
    *(6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812),
    *(1.796, 1.782, 1.771, 1.761, 1.753, 1.746, 1.740, 1.734, 1.729, 1.725),
)
NORMAL = 1.6449


def student(freedom: int) -> float:
    """Return t with which 95 % lie below, for so many degrees of freedom."""
    if freedom <= len(TABLE):
        return TABLE[freedom - 1]
    return NORMAL + (NORMAL**3 + NORMAL) / (4 * freedom)
