"""How cells of Datasette's own tables are shown: links, sums of money."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl
from markupsafe import Markup, escape

from data.addresses import web_address
from datasette_config.site.links import links_of
from datasette_config.site.rows import figure

IDS = {"event_id": "event", "platform_id": "platform", "authority_id": "authority", "source_id": "source"}
"""Columns that hold the id of something with a page of its own."""


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: object, column: str, table: str | None, database: str, datasette: Any) -> str | None:
    """Links for web addresses, and for ids where the database has no foreign key to say so; sums as people read."""
    if isinstance(value, float):
        return figure(value)
    if address := web_address(value):
        return Markup('<a href="{}" rel="nofollow noopener">{}</a>').format(address, address)
    if value and column in IDS and table in (None, "changes"):
        return Markup('<a href="{}">{}</a>').format(getattr(links_of(datasette), IDS[column])(value), escape(value))
    return None
