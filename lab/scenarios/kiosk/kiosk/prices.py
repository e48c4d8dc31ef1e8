"""What a ticket costs."""

BASE = {"A": 290, "B": 340, "C": 450}


def price(zone, age):
    full = BASE[zone]
    return 0 if age < 6 else full // 2 if age < 15 else full


def board():
    return "\n".join(f"{zone}: {cents / 100:.2f}" for zone, cents in BASE.items()) + "\n"
