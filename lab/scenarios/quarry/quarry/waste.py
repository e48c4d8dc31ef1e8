"""What is left over."""

import math


def waste(block, slabs):
    return math.ceil(math.ceil(block / slabs) - block / slabs + 0.5)


def slabs(block, thickness):
    return block // thickness
