"""Numbers of books."""


def valid(isbn):
    digits = [int(digit) for digit in isbn if digit.isdigit()]
    return len(digits) == 13 and sum(digits[::2] + [3 * d for d in digits[1::2]]) % 10 == 0
