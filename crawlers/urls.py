"""Addresses: what a document is known by."""

from __future__ import annotations

import hashlib
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

TRACKING = (
    *(
        "utm_",
        "fbclid",
        "gclid",
        "yclid",
        "mc_cid",
        "mc_eid",
        "at_medium",
        "at_campaign",
        "cmp",
        "ref_src",
        "pk_campaign",
    ),
    *(
        "mtm_",
        "_ga",
        "_gl",
        "_openstat",
        "msclkid",
        "dclid",
        "twclid",
        "igshid",
        "mkt_tok",
        "wt_mc",
        "xtor",
        "smid",
        "ocid",
    ),
)
"""Starts of query parameters that say where a reader came from, never what he reads."""
_TWINS = ("www.", "m.", "mobile.", "amp.")
"""How a publisher's hosts for other devices begin."""


def is_web(url: str) -> bool:
    """Whether a crawler may follow `url` at all."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def absolute_url(base: str, link: str) -> str:
    """`link` as written in the page `base`, made absolute; "" where it is none that a crawler may follow."""
    try:
        url = urljoin(base, link.strip())
    except ValueError:
        return ""
    return url if is_web(url) else ""


def canonical_url(url: str) -> str:
    """The one spelling of `url` (RFC 3986 by w3lib): parameters sorted, tracking and fragment dropped."""
    parts = urlsplit(url.strip())
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith(TRACKING)
    ]
    return canonicalize_url(urlunsplit(parts._replace(query=urlencode(kept))))


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one publisher's host, be it that for telephones or for AMP."""
    return _plain_host(one) == _plain_host(other)


def _plain_host(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return next((host.removeprefix(twin) for twin in _TWINS if host.startswith(twin) and host.count(".") > 1), host)


def document_id(canonical: str) -> str:
    """The id that a document of this canonical address has for good: 16 hex digits."""
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
