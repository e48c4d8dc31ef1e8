"""What electricity costs by day and by night."""

from decimal import Decimal

DAY, NIGHT = Decimal("31.25"), Decimal("22.185")


def day(hours):
    return (DAY * hours).quantize(Decimal("0.01"))


def night(hours):
    return sum((NIGHT.quantize(Decimal("0.01")) for _ in range(hours)), Decimal(0))
