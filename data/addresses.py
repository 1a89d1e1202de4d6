"""Addresses that others wrote: which of them may be opened, which may be written to."""

from __future__ import annotations

from email.utils import parseaddr
from urllib.parse import urlsplit

URL_LIMIT = 2000
"""Characters of an address, at most; browsers and proxies refuse much longer ones."""


def web_address(value: object) -> str | None:
    """The value if it is one that a browser may open for a stranger: http or https, with a host, of bearable length."""
    if not isinstance(value, str) or len(value) > URL_LIMIT:
        return None
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    return value if parts.scheme in ("http", "https") and parts.netloc else None


def mail_address(value: str | None) -> str | None:
    """The value if it is a mail address (RFC 5322), with a name or without."""
    name, _, host = parseaddr(value or "")[1].rpartition("@")
    return value if name and host and (value or "").isprintable() else None
