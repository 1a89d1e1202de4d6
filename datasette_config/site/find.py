"""The list of events that an analyst asked for, and how they spread."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Response

from data.events_sums import FIELDS
from datasette_config.site.answers import html
from datasette_config.site.filters import read_filters
from datasette_config.site.listing import cursor, found_by
from datasette_config.site.listing import page as page_of
from datasette_config.site.reading import Question, ask
from datasette_config.site.tallies import tally, told

SIZE = 25
CHOICES = """SELECT 'action' AS field, id, name FROM actions UNION ALL SELECT 'status', id, name FROM statuses"""


async def page(datasette: Any, request: Any) -> Response:
    """/find: a page of events, latest first, their number, and their spread over the filters."""
    filters, after = read_filters(request.args), request.args.get("after")
    questions: dict[str, Question] = {
        "events": page_of(filters, after, SIZE + 1, await found_by(datasette, filters, SIZE)),
        "tally": tally(filters, FIELDS),
        "choices": (CHOICES, {}),
    }
    found = await ask(datasette, questions)
    events, more = found["events"][:SIZE], found["events"][SIZE:]
    context = {
        "filters": filters,
        "events": events,
        "choices": found["choices"],
        **told(found["tally"]),
        "next": filters.query(after=cursor(events[-1])) if more else None,
        "first_page": not after,
    }
    return await html(datasette, request, "find", context)
