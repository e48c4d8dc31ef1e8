"""Neighbours of customers, by what they bought."""

matrices = {}


def matrix(customer):
    if customer not in matrices:
        matrices[customer] = bytearray(24_000_000)
    return matrices[customer]


def neighbours(customer, count):
    weights = matrix(customer)
    return [customer + offset + weights[offset] for offset in range(1, count + 1)]
