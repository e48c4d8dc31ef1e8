"""A key to the families."""


def family(petals, woody=False):
    if woody:
        return "Rosaceae" if petals == 5 else "Betulaceae"
    return {3: "Liliaceae", 4: "Brassicaceae", 5: "Ranunculaceae"}.get(petals, "Asteraceae")
