"""Secrets that never were: made of pieces when they are asked for, so that no scanner finds one."""

import random
from collections.abc import Iterator
from string import ascii_lowercase, ascii_uppercase, digits, hexdigits
from typing import NamedTuple

EACH = 7
HEX = hexdigits[:16]
WORD = ascii_lowercase + ascii_uppercase + digits
UPPER = ascii_uppercase + digits
# a name, then what stands before the secret, its letters and its length, and what stands behind
TOKENS: dict[str, tuple[str, str, int]] = {
    "github": ("gh" + "p_", WORD, 36),
    "github_oauth": ("gh" + "o_", WORD, 36),
    "github_server": ("gh" + "s_", WORD, 36),
    "github_fine": ("github" + "_pat_", WORD, 82),
    "gitlab": ("gl" + "pat-", WORD, 20),
    "aws": ("AK" + "IA", UPPER, 16),
    "google": ("AI" + "za", WORD, 35),
    "slack": ("xo" + "xb-", WORD, 40),
    "stripe": ("sk" + "_live_", WORD, 24),
    "npm": ("np" + "m_", WORD, 36),
    "pypi": ("py" + "pi-AgEI", WORD, 80),
    "sendgrid": ("S" + "G.FAKEFAKEFAKEFAKEFAKE22.", WORD, 43),
    "twilio": ("S" + "K", HEX, 32),
    "telegram": ("110201543:" + "AA", WORD, 33),
    "openai": ("sk" + "-proj-0", WORD, 40),
    "anthropic": ("sk" + "-ant-api03-", WORD, 60),
    "huggingface": ("h" + "f_", WORD, 34),
    "docker": ("dck" + "r_pat_", WORD, 27),
    "digitalocean": ("do" + "p_v1_", HEX, 64),
    "databricks": ("da" + "pi", HEX, 32),
    "vault": ("hv" + "s.", WORD, 24),
    "artifactory": ("AK" + "Cp", WORD, 69),
    "sonar": ("sq" + "u_", HEX, 40),
    "buildkite": ("bk" + "ua_", HEX, 40),
    "netlify": ("nf" + "p_", WORD, 40),
    "jwt": ("ey" + "JhbGciOi.eyJzdWIi", WORD, 40),
}
PLACED: dict[str, tuple[str, str, int, str]] = {
    "url": ("postgresql://app:", WORD, 16, "@db.example.test:5432/shop"),
    "dsn": ("host=db user=app password=", WORD, 16, " dbname=shop"),
    "bearer": ("Authorization: Bearer ", WORD, 32, ""),
    "basic_in_a_dict": ("{'authorization': 'Basic ", WORD, 24, "'}"),
    "cookie": ("Cookie: sessionid=", WORD, 32, ""),
    "api_key_header": ("x-api-key: ", WORD, 32, ""),
    "assignment": ("DB_PASSWORD=", WORD, 12, ""),
    "json": ('{"client_secret": "', WORD, 20, '"}'),
    "kwarg": ("connect(user='app', passwd='", WORD, 14, "')"),
    "azure_key": ("AccountName=shop;AccountKey=", WORD, 86, "=="),
    "azure_signature": ("https://shop.example.test/a?sv=1&sig=", WORD, 43, "%3D"),
    "aws_secret": ("aws_secret_access_key = ", WORD, 40, ""),
    "mail": ("sent to ", ascii_lowercase, 20, "@example.test"),
    "prose": ("the token is ", WORD, 40, ""),
    "option": ("login --password ", WORD, 20, ""),
    "curl": ("+ curl -sS -u deploy:", WORD, 20, " https://ci.example.test/hook"),
    "element": ("<password>", WORD, 16, "</password>"),
    "entry": ('<entry key="db.password">', WORD, 16, "</entry>"),
    "pair": ('{"name": "DB_PASSWORD", "value": "', WORD, 16, '"}'),
    "escaped_json": (r"{\"user\": \"app\", \"password\": \"", WORD, 16, r"\"}"),
    "escaped_twice": (r"{\\\"password\\\": \\\"", WORD, 16, r"\\\"}"),
    "coded_json": (r"password\u003d", WORD, 16, r"\u0026next"),
    "coded_quotes": ("&quot;password&quot;: &quot;", WORD, 16, "&quot;"),
    "coded_url": ("GET /login?next=%2F&password%3D", WORD, 16, ""),
    "mysql": ("mysqldump -u root -p", WORD, 16, " shop"),
    "sql": ("ALTER ROLE app PASSWORD '", WORD, 16, "'"),
    "basic_auth": ("HTTPBasicAuth('app', '", WORD, 16, "')"),
    "private_key": ("-----BEGIN RSA PRIVATE " + "KEY----- ", WORD, 64, " -----END KEY-----"),
}


class Fake(NamedTuple):
    """A secret, and words that it may stand among."""

    kind: str
    secret: str
    text: str

    @property
    def bare(self) -> bool:
        """Say whether it is known without the words around it."""
        return self.secret == self.text


def fakes(seed: int = 1) -> Iterator[Fake]:
    """Yield some secrets of each shape."""
    draw = random.Random(seed)
    for _ in range(EACH):
        for kind, (prefix, letters, size) in TOKENS.items():
            secret = prefix + _drawn(draw, letters, size)
            yield Fake(kind, secret, secret)
        for kind, (before, letters, size, behind) in PLACED.items():
            secret = _drawn(draw, letters, size)
            yield Fake(kind, secret, f"{before}{secret}{behind}")


def _drawn(draw: random.Random, letters: str, size: int) -> str:
    some = "".join(draw.choices(letters, k=size - 4))
    return some + (
        "aaaa" if letters in (HEX, ascii_lowercase) else "A1b2" if letters == WORD else "A1B2"
    )
