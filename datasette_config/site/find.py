"""The list of events that an analyst asked for, and how they spread."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from data.events_sums import FIELDS
from datasette_config.site import tallies
from datasette_config.site.answers import html
from datasette_config.site.filters import read_filters
from datasette_config.site.links import links_of
from datasette_config.site.listing import cursor, found_by
from datasette_config.site.listing import page as page_of
from datasette_config.site.naming import form, ids_of, names_of
from datasette_config.site.reading import Question, ask

SIZE = 25


async def page(datasette: Any, request: Any) -> Response:
    """/find: a page of events, latest first, their number, and their spread over the filters.

    An address with the name of a platform, country or authority, or with the empty fields of a form, leads to the one
    with ids and without them.
    """
    asked = {name: ",".join(request.args.getlist(name)) for name in request.args}
    named = asked | await ids_of(datasette, request.args)
    meant = {name: told for name, told in named.items() if told}
    if meant != asked:
        return Response.redirect(links_of(datasette).find(**meant))
    filters, after = read_filters(request.args), request.args.get("after")
    questions: dict[str, Question] = {
        "events": page_of(filters, after, SIZE + 1, await found_by(datasette, filters, SIZE)),
        "tally": tallies.tally(filters, FIELDS),
        "names": names_of(filters),
    }
    found = await ask(datasette, questions)
    events, more = found["events"][:SIZE], found["events"][SIZE:]
    context = {
        "events": events,
        **await form(datasette, filters, found["names"]),
        **tallies.told(found["tally"]),
        "next": filters.query(after=cursor(events[-1])) if more else None,
        "first_page": not after,
    }
    return await html(datasette, request, "find", context)
