"""What a deed costs."""


def fee(pages):
    return max(20, 8 * pages)
