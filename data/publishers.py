"""Where a publisher is at home, by the address of what it published."""

from __future__ import annotations

from urllib.parse import urlsplit

from data.reference import load_reference


def country_of_address(url: str | None) -> str | None:
    """The country's code: of the longest listed domain that an address lies in, else of its ending; None if neither."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    labels, publishers = host.lower().split("."), load_reference().publishers
    domains = (".".join(labels[i:]) for i in range(len(labels)))
    return next((publishers[domain] for domain in domains if domain in publishers), None)
