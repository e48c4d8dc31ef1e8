"""Patches of a quilt and what they cost."""

TAX = 19


def taxed(cents):
    return cents * (100 + TAX) // 100


def cost(patches, each=120):
    return taxed(patches * each)


def edge(patches):
    return 2 * (patches + 1)
