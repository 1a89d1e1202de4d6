"""What a response is, whatever it says: charsets that prove themselves, challenges with any status."""

from __future__ import annotations

import pytest

from crawlers.challenges import is_challenge
from crawlers.charsets import true_charset

WORDS = {
    "ru": "Роскомнадзор ограничил доступ к мессенджеру на территории страны, а суд оштрафовал видеохостинг.",
    "de": "Die Behörde hat über ein Bußgeld für die größte Plattform entschieden, später äußert sie sich.",
    "ja": "総務省はプラットフォームに対して行政指導を行った。違反が続けば罰金が科される。",
    "el": "Η αρχή επέβαλε πρόστιμο στην πλατφόρμα για παραβίαση των προσωπικών δεδομένων των χρηστών.",
}
CHARSETS = [
    ("ru", "utf-8", "", ["utf-8", "windows-1251", "iso-8859-1", "no-such-charset"]),
    ("ru", "windows-1251", "", ["windows-1251", "utf-8", "iso-8859-1"]),
    ("ru", "koi8-r", "", ["koi8-r", "utf-8", "windows-1252"]),
    ("ru", "windows-1251", '<meta charset="windows-1251">', ["utf-8", "iso-8859-1"]),
    ("ru", "windows-1251", '<?xml version="1.0" encoding="windows-1251"?>', ["utf-8"]),
    ("ru", "windows-1251", '<meta charset="utf-8">', ["utf-8", "iso-8859-1"]),
    ("de", "iso-8859-1", "", ["iso-8859-1", "utf-8"]),
    ("de", "utf-8", '<meta charset="iso-8859-1">', ["iso-8859-1", "windows-1252"]),
    ("ru", "utf-16", "", ["utf-8", "us-ascii", "utf-16", "utf-16-le"]),
    ("ja", "shift_jis", "", ["shift_jis", "utf-8", "iso-8859-1"]),
    ("el", "iso-8859-7", '<meta charset="iso-8859-7">', ["utf-8"]),
]


@pytest.mark.parametrize(
    ("lang", "written", "head", "believed"),
    [(lang, written, head, each) for lang, written, head, several in CHARSETS for each in several],
)
def test_a_text_is_read_in_the_charset_that_it_is_in(lang: str, written: str, head: str, believed: str) -> None:
    page = f"{head}<p>{WORDS[lang]}</p>"
    body = page.encode(written)
    assert body.decode(true_charset(body, believed) or believed) == page


@pytest.mark.parametrize("body", [b"plain", b"", (WORDS["ru"] * 9).encode()[:-1]])
def test_what_fits_stays_as_it_is_believed(body: bytes) -> None:
    assert true_charset(body, "utf-8") is None


ARTICLE = "<p>The regulator told the messenger to open an office, or leave the country by spring.</p>" * 9
CHALLENGES = [
    ({"cf-mitigated": "challenge"}, "", True),
    ({"CF-Mitigated": "challenge"}, ARTICLE, True),
    ({}, "<html><head><title>Just a moment...</title></head><body>Enable JavaScript</body></html>", True),
    ({}, "<script>window._cf_chl_opt={};</script><p>Verify you are human</p>", True),
    ({}, f"<script>window._cf_chl_opt={{}};</script>{ARTICLE}", False),
    ({}, f"<title>Just a moment, says the regulator</title>{ARTICLE}", False),
    ({"server": "cloudflare"}, ARTICLE, False),
    ({}, "<title>Just a moment...</title>" + "x" * 300_000, False),
]


@pytest.mark.parametrize(("headers", "page", "expected"), CHALLENGES)
def test_challenges(headers: dict[str, str], page: str, expected: bool) -> None:
    assert is_challenge(headers, page.encode()) is expected
