"""The addresses of the site's own pages, which are for good: /event/<id>, /country/RU, /find?country=RU …"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from datasette.utils import tilde_encode

PAGES = ("event", "platform", "owner", "country", "authority", "action", "source")
"""What has a page of its own."""


class Links:
    """Addresses under the root of a site: `links.event(id)`, `links.find(country="RU")`, `links.page("api")`."""

    def __init__(self, root: str) -> None:
        self.root = root.rstrip("/")

    def __getattr__(self, kind: str) -> Callable[[object], str]:
        if kind not in PAGES:
            raise AttributeError(kind)
        return self[kind]

    def __getitem__(self, kind: str) -> Callable[[object], str]:
        return lambda id_: f"{self.root}/{kind}/{_encoded(str(id_))}"

    def find(self, query: str = "", **filters: str) -> str:
        """The list of the events that a query of filters.Filters, or these filters, ask for."""
        asked = query or "&".join(f"{name}={quoted(value)}" for name, value in filters.items())
        return self.page(f"find?{asked}" if asked else "find")

    def page(self, path: str) -> str:
        """Any other page of ours."""
        return f"{self.root}/{path}"


def links_of(datasette: Any, request: Any = None) -> Links:
    """Addresses under the site's base_url; with a request whole ones, for what leaves it: feeds, JSON, citations."""
    root = datasette.urls.path("/")
    # as a plain text: Datasette's own kind looks itself up at every step, half the time of a page of links
    return Links(str(datasette.absolute_url(request, root) if request else root))


# a page has hundreds of links to the same few ids
_encoded = lru_cache(4096)(tilde_encode)
quoted = lru_cache(4096)(quote_plus)
