"""The pages that bidders see."""


def listing(title, cents, closes):
    price = f"{cents / 100:.2f} EUR, until {closes}"
    return f"<article>\n  <h2>{title}</h2>\n  <p>{price}</p>\n</article>\n"
