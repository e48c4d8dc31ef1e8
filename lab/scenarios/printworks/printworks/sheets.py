"""How many sheets a job needs."""


def sheets(pages, per_side=2):
    return -(-pages // (2 * per_side))
