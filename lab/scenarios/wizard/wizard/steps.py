"""The steps of signing up."""

answers = {}


def begin(mail):
    answers[mail] = {"mail": mail}


def choose(mail, plan):
    answers[mail]["plan"] = plan
    return answers[mail]


def confirm(mail):
    told = answers[mail]
    return f"{told['mail']} on {told['plan']}"
