"""What secrets look like: by the shape of a vendor's tokens, or by the name that stands before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from diagnose.secret_tokens import TOKENS

MARK = "[redacted"
STANDS_ALONE = r"(?<![A-Za-z0-9])"
NAME = (
    r"(?:passw(?:or)?d|passwort|passphrase|pwd|secret(?:[_-]?id)?|token|credentials?"
    r"|(?:api|access|account|auth|encryption|master|private|shared|signing)"
    r"[_ -]?(?:access[_-]?)?key"
    r"|sharedaccess(?:key|signature)|(?<=[a-z0-9][_-])pass|(?<![a-z0-9])pass(?==|[\"']\s?:))"
)
NAMES = (
    *("passw", "passp", "pwd", "secret", "token", "credential", "_pass", "-pass", "pass="),
    *('"pass"', "'pass'", "signature"),
    *("apikey", "accesskey", "accountkey", "authkey", "privatekey", "sharedkey", "signingkey"),
    *("encryptionkey", "masterkey", "_key", "-key", " key"),
)
TAIL = (
    r"(?:[_-]?(?:access|base|confirm(?:ation)?|data|hash|key|string|text|token|value|\d{1,4}))"
    r"{0,4}s?"
)
# A quotation mark and an equals sign: as they are, escaped, or coded for XML, JSON and URLs.
MARKED = r"(?:\\*+[\"']|&(?:quot|apos|#3[49]|#x2[27]);|\\{1,4}(?:u00|x)2[27]|%2[27])"
CODED = r"(?:&(?:quot|apos|#3[49]|#x2[27]);|\\{1,4}(?:u00|x)2[27]|%2[27])"
EQUALS = r"(?:=>|:=|\\?[=:](?![=:])|\\{1,4}(?:u00|x)3[dDaA]|%3[dDaA]|&#(?:61|58|x3[da]);)"
BESIDE = (
    rf"{MARKED}?\s{{0,3}}{EQUALS}\s{{0,3}}(?:\[(?={MARKED}))?"
    rf"|{MARKED}\s{{0,3}},\s{{0,3}}(?=b?{MARKED})"
)
SIGNS = re.compile(r"[\s=:,\"'`(\\&%]")  # of which one stands between a name and its secret
QUOTED = (
    r"[bfru]{0,2}(?:\"(?P<double>(?:[^\"\\\r\n]|\\.)++)\"|'(?P<single>(?:[^'\\\r\n]|\\.)++)'"
    r"|\\+[\"'](?P<escaped>[^\"'\\\r\n]++)\\+[\"']"
    rf"|{CODED}(?P<coded>(?:(?!{CODED})[^\s<>\"']){{1,200}}+))"
)
BARE = r"(?:[bfru]?\\*+[\"'])?(?P<bare>[^\s,;&\"'<>)\]}\\]++)"
HEADER = (
    r"(?:(?:proxy-)?authorization|x-(?:\w+-){0,3}(?:key|token|secret|signature)|(?:set-)?cookie"
    r"|(?:private|job|deploy)-token)"
)
SCHEME = r"(?:(?:Basic|Bearer|Token|ApiKey|Negotiate|NTLM|JWT|GenieKey)\s{1,3})"
COOKIE = r"[^\s;=\"',]{1,256}+=[^\s;\"']*+(?:;\s{0,3}+[^\s;=\"']++(?:=[^\s;\"']*+)?)*+"
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


VALUES = ("value=", "value:", *(f"value{mark}" for mark in ('"', "'", "\\", "&", "%")))
LONGEST_NAME, NEAR = 300, 200
FEW_WORDS = 3  # more are a sentence
IN_A_TEST = re.compile(r"(?:::|\b[Tt]est)\w{0,200}\[[^\s\[\]]{0,200}\Z")


class Shape(NamedTuple):
    """One look of a secret: words without which it can't be there, and where it is in a match.

    `beside` are characters that it can't do without either: most names have none.
    """

    kind: str
    words: tuple[str, ...]
    look: str
    secret: Callable[[re.Match[str]], str | int | None]
    in_a_line: bool = True
    beside: re.Pattern[str] | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        """Return what finds it, compiled when it is first asked for: most shapes never are."""
        return _compiled(self.look)

    def may_be_in(self, lowered: str) -> bool:
        """Say whether a text, in small letters, has one of the words."""
        return not self.words or any(word in lowered for word in self.words)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the text holds such a secret."""
        if self.beside and not self.beside.search(text):
            return
        for match in self.regex.finditer(text):
            group = self.secret(match)
            if group is not None and not match[group].startswith(MARK):
                yield match.span(group)


def _whole(match: re.Match[str]) -> str | int | None:
    return ("secret" if "secret" in match.re.groupindex else 0) if match[0] else None


@cache
def _compiled(look: str) -> re.Pattern[str]:
    return re.compile(look)


def own(look: str) -> Shape:
    """Take an expression of the user's: all that it matches, or its group `secret`."""
    return Shape("own", (), look, _whole, in_a_line=False)


@cache
def shapes() -> tuple[Shape, ...]:
    """Return all looks, those first that say most of what they are."""
    tokens = [
        Shape(kind, tuple(words.split()), STANDS_ALONE * bool(words) + look, _whole)
        for kind, looks in TOKENS.items()
        for words, look in looks.items()
    ]
    return (*_keys(), *_addresses(), *tokens, *_named(), *_commands(), _mail())


def _keys() -> Iterator[Shape]:
    block = (
        r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!-))*+"
        r"(?:-----END [A-Z0-9 ]{0,40}-----)?"
    )
    yield Shape("private-key", ("private key",), block, _whole, in_a_line=False)
    body = STANDS_ALONE + r"(?:MII|b3BlbnNzaC1rZXktdjE|LS0tLS1CRUdJTi)[A-Za-z0-9+/]{40,}={0,2}"
    yield Shape("private-key", ("mii", "b3blbnnzac1rzxktdje", "ls0tls1"), body, _whole)


def _addresses() -> Iterator[Shape]:
    url = r"://[^\s:/@\"'<>]{0,128}:(?P<secret>[^\s/\"'<>]{1,256})@"
    yield Shape("password", ("://",), url, _whole)
    user = r"://(?P<secret>(?=[^\s/@]{0,99}\d)[\w.~-]{20,256})@"
    yield Shape("password", ("://",), user, _whole)


def _named() -> Iterator[Shape]:
    after = rf"(?:{BESIDE}|:\s{{1,3}})"
    header = rf"(?i:{HEADER}{after})b?\\?[\"']?"
    scheme = rf"(?P<secret>{WHOLE_LINE}|(?i:{SCHEME})?[^\s\"',;\\]++)"
    words = ("authorization", "x-", "cookie", "-token")
    yield Shape("cookie", words, rf"{header}(?P<secret>{COOKIE})", _whole)
    yield Shape("header", words, header + scheme, _of_header)
    bearer = r"(?i:(?<!\w)bearer)\s{1,3}(?P<secret>(?=[^\s\"']{0,99}[\d.])[\w.~+/=-]{16,})"
    yield Shape("header", ("bearer",), bearer, _whole)
    assigned = rf"(?P<name>(?i:{NAME}{TAIL}))(?P<sign>{BESIDE})(?:{QUOTED}|{BARE})"
    yield Shape("secret", NAMES, assigned, _of_assignment, beside=SIGNS)
    option = rf"(?i:--[a-z-]{{0,30}}?{NAME})\s{{1,3}}(?P<secret>[^\s\"'-][^\s\"']*+)"
    yield Shape("secret", ("--",), option, _of_option)
    prose = (
        rf"(?i:{NAME}s?)[\"']?(?:\s(?:is|was|of|for|value|used))?[\s:=(`\"']{{1,4}}"
        r"(?P<secret>[A-Za-z0-9+/_=.~-]{20,512})"
    )
    yield Shape("secret", NAMES, prose, _of_prose, beside=SIGNS)
    yield from _marked_up()


def _marked_up() -> Iterator[Shape]:
    """Find values that stand in an element, or in a pair of a name and a value."""
    below, above = r"(?:</|&lt;/)", r"(?:>|&gt;)"
    attributes = r"(?:\s[^<>\r\n]{0,120})?"
    element = (
        rf"(?i:{NAME}{TAIL})(?:{MARKED}|{attributes}){above}(?P<secret>[^<>&\s][^<>&\r\n]{{0,500}}+)"
        rf"{below}"
    )
    yield Shape("secret", ("</", "&lt;/"), element, _of_pair)
    pair = (
        rf"(?i:{NAME}{TAIL}){MARKED}[\s,]{{1,4}}{MARKED}?(?i:value){MARKED}?\s{{0,3}}[=:]"
        rf"\s{{0,3}}{MARKED}(?P<secret>(?:(?!{MARKED})[^\r\n<>]){{1,200}})"
    )
    yield Shape("secret", VALUES, pair, _of_pair)


def _commands() -> Iterator[Shape]:
    """Find what is typed on a command line, or in a statement of SQL."""
    between = r"[\s\"',=]{0,4}"
    user = (
        r"\b(?:curl|wget|https?)[\"',]{0,2}(?=\s)[^\r\n]{0,400}?[\s\"'](?:-u|-U|-a|--auth|--(?:proxy-)?user)"
        rf"{between}[^\s:\"',]{{1,64}}:(?P<secret>[^\s\"',]{{1,256}})"
    )
    yield Shape("password", ("curl", "wget", "http ", "https "), user, _of_pair)
    mysql = (
        r"\b(?:mysql|mariadb|mysqldump|mysqladmin)\b[^\r\n|;]{0,200}?[\s\"']-p"
        r"(?P<secret>[^\s\"',|;-][^\s\"',|;]{0,200})"
    )
    yield Shape("password", ("mysql", "mariadb"), mysql, _of_pair)
    option = (
        r"\b(?:sshpass|docker login|podman login|helm registry login|redis-cli)\b[^\r\n|;]{0,200}?"
        rf"[\s\"']-[pa]{between}(?P<secret>[^\s\"',|;-][^\s\"',|;]{{0,200}})"
    )
    yield Shape(
        "password",
        ("sshpass", "docker login", "podman login", "registry login", "redis-cli"),
        option,
        _of_pair,
    )
    sql = r"(?i:\bpassword|\bidentified by) '(?P<secret>[^'\r\n]{1,200})'"
    yield Shape("password", ("password '", "identified by '"), sql, _of_pair)
    masked = r"(?:::add-mask::|##vso\[task\.setvariable [^\]\r\n]{0,200}secret=true[^\]]{0,99}\])"
    told = masked + r"(?P<secret>[^\s\"']{1,512})"
    yield Shape("secret", ("::add-mask::", "##vso["), told, _of_pair)
    netrc = r"\blogin\s{1,3}\S{1,128}\s{1,3}password\s{1,3}(?P<secret>\S{1,256})"
    yield Shape("password", ("login",), netrc, _of_pair)
    oracle = r"\bjdbc:oracle:\w{1,10}:[^\s/@]{1,64}/(?P<secret>[^\s@]{1,128})@"
    yield Shape("password", ("jdbc:oracle",), oracle, _whole)
    auth = (
        r"(?i:auth)(?:\(| ?[=:] ?\()[\"'][^\"'\r\n]{1,100}[\"'],\s{0,3}"
        r"[\"'](?P<secret>[^\"'\r\n]{1,200})[\"']\)"
    )
    yield Shape("password", ("auth('", 'auth("', "=(", "= (", ":(", ": ("), auth, _of_pair)


def _mail() -> Shape:
    domain = rf"(?:[A-Za-z0-9-]{{1,63}}\.){{1,8}}(?!(?:{FILES}|{UNITS})\b)[A-Za-z]{{2,24}}"
    address = (
        rf"(?<![\w.%+/:-])(?!git@)[A-Za-z0-9][\w.%+-]{{0,63}}@{domain}(?![\w@(-])(?!\.\w)"
        rf"|(?<=mailto:)[\w.%+-]{{1,64}}@{domain}"
        rf"|(?<=[^/]:)(?<!\w:)(?!git@)[A-Za-z0-9][\w.%+-]{{0,63}}@{domain}(?![\w@(-])"
    )
    return Shape("email", ("@",), address, _of_mail)


def _of_mail(match: re.Match[str]) -> int | None:
    """Leave a test's own parameter alone: it stands in the suite, and `rerun` needs the name."""
    before = match.string[max(0, match.start() - LONGEST_NAME) : match.start()]
    named = IN_A_TEST.search(before) and "]" in match.string[match.end() : match.end() + NEAR]
    return None if named else 0


def _of_pair(match: re.Match[str]) -> str | None:
    """Leave what stands for a secret alone, sentences, and numbers as of users and groups."""
    said = match["secret"].split()
    value = "".join(said)
    plain = (
        len(said) > FEW_WORDS
        or value.lower() in PLAIN_WORDS
        or PLACEHOLDER.fullmatch(value)
        or value.isdigit()
    )
    return None if plain or FOLDER.fullmatch(value) else "secret"


def _of_header(match: re.Match[str]) -> str | None:
    """Leave sentences about headers alone: "Authorization: required"."""
    if not any(map(str.isalnum, match["secret"])):
        return None
    return None if match["secret"].isalpha() and len(match["secret"]) < 16 else "secret"


def _of_option(match: re.Match[str]) -> str | None:
    value = match["secret"]
    plain = _is_a_word(value) or PLACEHOLDER.fullmatch(value) or FOLDER.fullmatch(value)
    return None if plain else "secret"


def _of_assignment(match: re.Match[str]) -> str | None:
    group = match.lastgroup or ""
    value, name, sign = match[group], match["name"].lower(), match["sign"]
    word = value.lower().rstrip(".:!?")
    if match.string[max(0, match.start() - 9) : match.start()].lower() == "publickey":
        return None  # the public half, which names an assembly of .NET
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
