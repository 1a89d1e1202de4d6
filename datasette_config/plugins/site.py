"""The site's own pages, API and feeds (datasette_config/site) for Datasette: their addresses, and fresh answers."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Any

from datasette import hookimpl

from data.addresses import mail_address
from data.events_sums import SUMS
from data.serving import CONTACT
from datasette_config.site.correcting import correction, letter, mailto
from datasette_config.site.drawing import figures, svg
from datasette_config.site.fresh import App, keeping_fresh
from datasette_config.site.links import links_of
from datasette_config.site.naming import offered
from datasette_config.site.questions import chart_of, numeric
from datasette_config.site.routes import Page, routes
from datasette_config.site.rows import dated, event_rows, headline, money, spread_items, status


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Page]]:
    """Our own addresses, before Datasette's."""
    return routes()


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """`to`: the addresses of our pages, for every template, that of errors too; how charts and rows are made."""
    env.globals.update(to=links_of(datasette), chart_of=chart_of, svg=svg, figures=figures, numeric=numeric)
    env.globals.update(
        contact=mail_address(os.environ.get(CONTACT)), letter=letter, mailto=mailto, correction=correction
    )
    env.globals.update(offered=partial(offered, datasette), sums=list(SUMS))
    env.globals.update(event_rows=event_rows, spread_items=spread_items, dated=dated, headline=headline)
    env.globals.update(money=money, status=status)


@hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Callable[[App], App]:
    """Answers are kept until the next refresh."""
    return keeping_fresh(datasette)
