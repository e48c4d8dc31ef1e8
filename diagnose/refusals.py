"""What is written where a rate limit said no, and whoever asked went on."""

import re

LONGEST = 1 << 16  # characters that are looked at
SAID = re.compile(
    r"(?i)\b429\b.{0,3}(?:client error: |error: )?too many requests|too many 429 error responses"
    r"|http/[\d.]+[ \"]+429\b|\bstatus(?:[ _]?code)?[ =:]{1,3}429\b|\brate[ -]limited\b"
    r"|\brate[ -]?limit(?:ing)? (?:was |has been )?(?:exceeded|reached|hit)\b"
    r"|\bbeing throttled\b|\bthrottl\w{1,8}exception\b|x-ratelimit-remaining['\": ]{1,4}0\b"
)
# One of these is in whatever the above can match.
HINTS = ("429", "ate limit", "ate-limit", "ateLimit", "atelimit", "ATE LIMIT", "hrottl")


def refusal(text: str) -> tuple[int, str] | None:
    """Return the first line that tells of one, and how many lines stand before it."""
    text = text[:LONGEST]
    if not any(hint in text for hint in HINTS) or not (match := SAID.search(text)):
        return None
    begun = text.rfind("\n", 0, match.start()) + 1
    return text.count("\n", 0, begun), text[begun:].partition("\n")[0].strip()
