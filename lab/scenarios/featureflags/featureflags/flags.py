"""What is switched on."""

ON = {"wishlist"}


def steps():
    return ["basket", "pay"] if "one_page_checkout" in ON else ["basket", "address", "pay"]
