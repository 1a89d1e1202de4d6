"""The addresses of the site's own pages, which are for good: /event/<id>, /country/RU, /find?country=RU …"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from datasette.utils import tilde_encode

PAGES = ("event", "platform", "owner", "country", "authority", "action", "source")
"""What has a page of its own."""


class Links:
    """Addresses under the site's base_url, for templates: `to.event(id)`, `to.find(country="RU")`, `to.page("api")`."""

    def __init__(self, datasette: Any) -> None:
        self._path = datasette.urls.path

    def __getattr__(self, kind: str) -> Any:
        if kind not in PAGES:
            raise AttributeError(kind)
        return self[kind]

    def __getitem__(self, kind: str) -> Any:
        return lambda id_: self._path(f"/{kind}/{tilde_encode(str(id_))}")

    def find(self, query: str = "", **filters: str) -> str:
        """The list of the events that a query of filters.Filters, or these filters, ask for."""
        asked = query or urlencode(filters)
        return str(self._path("/find" + (f"?{asked}" if asked else "")))

    def page(self, path: str) -> str:
        """Any other page of ours."""
        return str(self._path(f"/{path}"))


def absolute(datasette: Any, request: Any, path: str) -> str:
    """A path as a full address, for what leaves the site: feeds, JSON, citations."""
    return str(datasette.absolute_url(request, path))


def web_address(value: object) -> str | None:
    """The value if a browser may be sent there: http or https, nothing else."""
    return value if isinstance(value, str) and value.lower().startswith(("http://", "https://")) else None
