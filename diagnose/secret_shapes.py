"""What secrets look like: by the shape of a vendor's tokens, or by the name that stands before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

MARK = "[redacted"
STANDS_ALONE = r"(?<![A-Za-z0-9])"
# kind, then expressions of what its tokens look like, each with the word it can't do without
TOKENS = {
    "github": {"gh": r"gh[pousr]_[A-Za-z0-9]{20,}", "github_pat_": r"github_pat_\w{20,}"},
    "gitlab": {
        "gl": r"gl(?:pat|ptt|dt|rt|cbt|ft|soat|agent|imt|oas|ffct|wt)-(?=[\w-]{0,40}\d)[\w-]{16,}"
        r"(?:\.[\w.]+)?"
    },
    "aws": {"a": r"(?:AKIA|ASIA|AROA|AIDA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])"},
    "google": {
        "aiza": r"AIza[\w-]{30,}",
        "ya29.": r"ya29\.[\w-]{20,}",
        "gocspx-": r"GOCSPX-[\w-]{20,}",
        "1//0": r"1//0[\w-]{30,}",
    },
    "slack": {
        "xox": r"xox[a-z](?:\.xox[a-z])?-[\w-]{10,}",
        "xapp-": r"xapp-[\w-]{10,}",
        "hooks.slack.com": r"(?<=hooks\.slack\.com/)(?:services|workflows|triggers)/[\w/]{20,}",
    },
    "stripe": {"k_": r"[rsp]k_(?:live|test)_[A-Za-z0-9]{10,}", "whsec_": r"whsec_[\w+/=]{16,}"},
    "npm": {"npm_": r"npm_[A-Za-z0-9]{30,}"},
    "pypi": {"pypi-": r"pypi-(?:AgE[\w-]{10,}|(?=[\w-]{0,99}[A-Z])[\w-]{40,})"},
    "sendgrid": {"sg.": r"SG\.[\w-]{16,}\.[\w-]{16,}"},
    "azure": {"sig=": r"(?<=sig=)[\w%+/=-]{20,}", "q~": r"[\w.~-]{3}8Q~[\w.~-]{30,}"},
    "twilio": {"sk": r"SK[0-9a-f]{32}(?![0-9a-f])", "ac": r"AC[0-9a-f]{32}(?![0-9a-f])"},
    "telegram": {":aa": r"\d{8,10}:AA[\w-]{30,}"},
    "openai": {"sk-": r"sk-(?=[\w-]{0,99}\d)[\w-]{20,}"},
    "huggingface": {"hf_": r"hf_[A-Za-z0-9]{30,}", "api_org_": r"api_org_[A-Za-z0-9]{30,}"},
    "docker": {"dckr_": r"dckr_(?:pat|oat)_[\w-]{20,}"},
    "digitalocean": {"_v1_": r"do[opr]_v1_[0-9a-f]{32,}"},
    "databricks": {"dapi": r"dapi[0-9a-f]{32}(?:-\d)?"},
    "vault": {"hv": r"hv[sbr]\.[\w-]{20,}", ".atlasv1.": r"\w{14}\.atlasv1\.[\w-]{40,}"},
    "jwt": {"eyj": r"eyJ[\w-]{4,}\.[\w-]{8,}(?:\.[\w-]+){0,3}"},
    "shopify": {"shp": r"shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}"},
    "square": {"sq0": r"sq0[a-z]{3}-[\w-]{20,}"},
    "mailgun": {"key-": r"key-[0-9a-f]{32}(?![0-9a-f])"},
    "mailchimp": {"-us": r"[0-9a-f]{32}-us\d{1,2}(?!\w)"},
    "grafana": {"gl": r"glsa_\w{32,}", "glc_": r"glc_[\w+/=]{32,}"},
    "sentry": {"sntry": r"sntry[a-z]_[\w+/=-]{30,}"},
    "newrelic": {"nrak-": r"NRAK-[A-Z0-9]{20,}"},
    "atlassian": {"atatt3": r"ATATT3[\w=-]{30,}"},
    "linear": {"lin_": r"lin_(?:api|oauth)_[A-Za-z0-9]{30,}"},
    "rubygems": {"rubygems_": r"rubygems_[0-9a-f]{40,}"},
    "heroku": {"hrku-": r"HRKU-[\w-]{30,}"},
    "discord": {".": r"[MNO][A-Za-z0-9]{23,27}\.[\w-]{6}\.[\w-]{27,}"},
    "age": {"age-secret-key-": r"AGE-SECRET-KEY-1[A-Z0-9]{40,}"},
    "various": {
        "pscale_": r"pscale_\w{2,5}_[\w.-]{30,}",
        "pmak-": r"PMAK-[0-9a-f]{24}-[0-9a-f]{34}",
        "dp.": r"dp\.(?:pt|st|ct|sa)\.[\w.-]{30,}",
        "gsk_": r"gsk_[A-Za-z0-9]{30,}",
        "sbp_": r"sbp_[0-9a-f]{40}",
        "figd_": r"figd_[\w-]{30,}",
        "ntn_": r"ntn_[A-Za-z0-9]{30,}",
        "pul-": r"pul-[0-9a-f]{40}",
    },
}
NAME = (
    r"(?:passw(?:or)?d|passwort|passphrase|pwd|secret(?:[_-]?id)?|token|credentials?"
    r"|(?:api|access|account|auth|encryption|master|private|shared|signing)"
    r"[_ -]?(?:access[_-]?)?key"
    r"|sharedaccess(?:key|signature)|(?<=[a-z0-9][_-])pass|(?<![a-z0-9])pass(?==))"
)
NAMES = (
    *(
        "passw",
        "passp",
        "pwd",
        "secret",
        "token",
        "credential",
        "_pass",
        "-pass",
        "pass=",
        "signature",
    ),
    *("apikey", "accesskey", "accountkey", "authkey", "privatekey", "sharedkey", "signingkey"),
    *("encryptionkey", "masterkey", "_key", "-key", " key"),
)
TAIL = r"(?:[_-]?(?:access|base|data|hash|key|string|text|token|value|\d{1,4})){0,4}s?"
BESIDE = (
    r"(?:\\?[\"'])?\s{0,3}(?:=>|:=|[=:](?![=:]))\s{0,3}(?:\[(?=\\?[\"']))?"
    r"|\\?[\"']\s{0,3},\s{0,3}(?=b?\\?[\"'])"
)
QUOTED = (
    r"[bfru]{0,2}(?:\"(?P<double>(?:[^\"\\\r\n]|\\.)++)\"|'(?P<single>(?:[^'\\\r\n]|\\.)++)'"
    r"|\\+[\"'](?P<escaped>[^\"'\\\r\n]++)\\+[\"'])"
)
BARE = r"(?:[bfru]?\\?[\"'])?(?P<bare>[^\s,;&\"'<>)\]}\\]++)"
HEADER = (
    r"(?:(?:proxy-)?authorization|x-(?:\w+-){0,3}(?:key|token|secret|signature)|(?:set-)?cookie"
    r"|(?:private|job|deploy)-token)"
)
SCHEME = r"(?:(?:Basic|Bearer|Token|ApiKey|Negotiate|NTLM|JWT|GenieKey)\s{1,3})"
COOKIE = r"[^\s;=\"',]++=[^\s;\"']*+(?:;\s{0,3}+[^\s;=\"']++(?:=[^\s;\"']*+)?)*+"
WHOLE_LINE = r"(?:Digest|AWS4-HMAC-\w+|Hawk|OAuth)\s[^\r\n]*+"
FILES = r"py|png|jpe?g|gif|svg|ico|css|html?|js|mjs|ts|tgz|gz|zip|whl|jar|deb|rpm|json|ya?ml|toml"
UNITS = r"service|slice|scope|socket|timer|target|mount|path|device|swap"
PLAIN_WORDS = {
    *("none", "null", "nil", "true", "false", "undefined", "unknown", "empty", "default"),
    *("str", "string", "bytes", "int", "bool", "object", "secret", "password", "token"),
    *("required", "missing", "invalid", "optional", "expected", "redacted", "hidden", "masked"),
}
PLACEHOLDER = re.compile(r"\W*|[$%]?[{(<%\[][^\s]*|\$\w+|%[a-z]|x{3,}|\.{3}.*|0x[0-9a-f]+|env\.\w+")
CODE = re.compile(
    r"[a-z_]+(?:\.[a-z_]+)+|(?:await|self|cls|os|settings|config|\w+\(|[A-Za-z_][\w.]*[(\[]).*"
)
FOLDER = re.compile(r"[~.]{0,2}/[a-z]+(?:/.*)?|[A-Z]:\\.*")
SENTENCE = re.compile(r"[A-Z][a-z']*(?: [a-z'’,-]+){2,}[.!?]?")


class Shape(NamedTuple):
    """One look of a secret: words without which it can't be there, and where it is in a match."""

    kind: str
    words: tuple[str, ...]
    regex: re.Pattern[str]
    secret: Callable[[re.Match[str]], str | int | None]
    in_a_line: bool = True

    def may_be_in(self, lowered: str) -> bool:
        """Say whether a text, in small letters, has one of the words."""
        return not self.words or any(word in lowered for word in self.words)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the text holds such a secret."""
        for match in self.regex.finditer(text):
            group = self.secret(match)
            if group is not None and not match[group].startswith(MARK):
                yield match.span(group)


def _whole(match: re.Match[str]) -> str | int | None:
    return ("secret" if "secret" in match.re.groupindex else 0) if match[0] else None


def own(regex: re.Pattern[str]) -> Shape:
    """Take an expression of the user's: all that it matches, or its group `secret`."""
    return Shape("own", (), regex, _whole, in_a_line=False)


@cache
def shapes() -> tuple[Shape, ...]:
    """Return all looks, those first that say most of what they are."""
    tokens = [
        Shape(kind, (word,), re.compile(STANDS_ALONE + regex), _whole)
        for kind, looks in TOKENS.items()
        for word, regex in looks.items()
    ]
    return (*_keys(), *_addresses(), *tokens, *_named(), _mail())


def _keys() -> Iterator[Shape]:
    block = (
        r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!-))*+"
        r"(?:-----END [A-Z0-9 ]{0,40}-----)?"
    )
    yield Shape("private-key", ("private key",), re.compile(block), _whole, in_a_line=False)
    body = STANDS_ALONE + r"(?:MII|b3BlbnNzaC1rZXktdjE|LS0tLS1CRUdJTi)[A-Za-z0-9+/]{40,}={0,2}"
    yield Shape("private-key", ("mii", "b3blbnnzac1rzxktdje", "ls0tls1"), re.compile(body), _whole)


def _addresses() -> Iterator[Shape]:
    url = r"://[^\s:/@\"'<>]{0,128}:(?P<secret>[^\s/\"'<>]{1,256})@"
    yield Shape("password", ("://",), re.compile(url), _whole)
    user = r"://(?P<secret>(?=[^\s/@]{0,99}\d)[\w.~-]{20,256})@"
    yield Shape("password", ("://",), re.compile(user), _whole)


def _named() -> Iterator[Shape]:
    after = rf"(?:{BESIDE}|:\s{{1,3}})"
    header = rf"(?i:{HEADER}{after})b?\\?[\"']?"
    scheme = rf"(?P<secret>{WHOLE_LINE}|(?i:{SCHEME})?[^\s\"',;\\]++)"
    words = ("authorization", "x-", "cookie", "-token")
    yield Shape("cookie", words, re.compile(rf"{header}(?P<secret>{COOKIE})"), _whole)
    yield Shape("header", words, re.compile(header + scheme), _of_header)
    bearer = r"(?i:(?<!\w)bearer)\s{1,3}(?P<secret>(?=[^\s\"']{0,99}[\d.])[\w.~+/=-]{16,})"
    yield Shape("header", ("bearer",), re.compile(bearer), _whole)
    assigned = rf"(?P<name>(?i:{NAME}{TAIL}))(?P<sign>{BESIDE})(?:{QUOTED}|{BARE})"
    yield Shape("secret", NAMES, re.compile(assigned), _of_assignment)
    option = rf"(?i:--[a-z-]{{0,30}}?{NAME})\s{{1,3}}(?P<secret>[^\s\"'-][^\s\"']*+)"
    yield Shape("secret", ("--",), re.compile(option), _of_option)
    prose = (
        rf"(?i:{NAME}s?)[\"']?(?:\s(?:is|was|of|for|value|used))?[\s:=(`\"']{{1,4}}"
        r"(?P<secret>[A-Za-z0-9+/_=.~-]{20,512})"
    )
    yield Shape("secret", NAMES, re.compile(prose), _of_prose)


def _mail() -> Shape:
    domain = rf"(?:[A-Za-z0-9-]{{1,63}}\.){{1,8}}(?!(?:{FILES}|{UNITS})\b)[A-Za-z]{{2,24}}"
    address = (
        rf"(?<![\w.%+/:-])(?!git@)[A-Za-z0-9][\w.%+-]{{0,63}}@{domain}(?![\w@(-])(?!\.\w)"
        rf"|(?<=mailto:)[\w.%+-]{{1,64}}@{domain}"
        rf"|(?<=[^/]:)(?<!\w:)(?!git@)[A-Za-z0-9][\w.%+-]{{0,63}}@{domain}(?![\w@(-])"
    )
    return Shape("email", ("@",), re.compile(address), _whole)


def _of_header(match: re.Match[str]) -> str | None:
    """Leave sentences about headers alone: "Authorization: required"."""
    return None if match["secret"].isalpha() and len(match["secret"]) < 16 else "secret"


def _of_option(match: re.Match[str]) -> str | None:
    value = match["secret"]
    plain = _is_a_word(value) or PLACEHOLDER.fullmatch(value) or FOLDER.fullmatch(value)
    return None if plain else "secret"


def _of_assignment(match: re.Match[str]) -> str | None:
    group = match.lastgroup or ""
    value, name, sign = match[group], match["name"].lower(), match["sign"]
    word = value.lower().rstrip(".:!?")
    if word in PLAIN_WORDS or PLACEHOLDER.fullmatch(value) or FOLDER.fullmatch(value):
        return None
    counted = name == "pass" or name.startswith(("token", "credential"))
    if (counted and re.fullmatch(r"\d+|\w+\.py\b.*", value)) or SENTENCE.fullmatch(value):
        return None
    if group != "bare":
        return None if "," in sign and value.replace("_", "").isalpha() else group
    if CODE.fullmatch(value) or (sign != "=" and _is_a_word(value)):
        return None
    return None if name == "pwd" and value.startswith(("/", "~")) else group


def _is_a_word(value: str) -> bool:
    """Say whether prose or code would have it: `token: expected`, `password = user.password`."""
    return all(part.isalpha() for part in re.split(r"[_.:/-]", value.strip(".:!?*`")) if part)


def _of_prose(match: re.Match[str]) -> str | None:
    """Tell what was drawn at random from names, paths and numbers."""
    value = match["secret"]
    if "/" in value and (FOLDER.fullmatch(value) or "." in value):
        return None
    if re.fullmatch(r"[0-9a-f]{32,}", value):
        return "secret"
    mixed = all(re.search(part, value) for part in ("[a-z]", "[A-Z]", "[0-9]"))
    return "secret" if mixed and len(set(value)) > 12 and not _is_a_word(value) else None
