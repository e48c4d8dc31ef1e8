"""Heights of the tide, by the rule of twelfths."""

TWELFTHS = (0, 1, 3, 6, 9, 11, 12)


def height(low, high, hour):
    return low + (high - low) * TWELFTHS[hour] / 12
