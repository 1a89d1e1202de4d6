"""/api/index.json and /api/summary/<name>.json: what there is, of when, and its sums."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from datasette.utils.asgi import Response

from datasette_config.site.answers import as_json
from datasette_config.site.links import links_of
from datasette_config.site.reading import DATABASE, ask, rows

SUMMARIES = (
    "by_month", "by_year", "by_country_action", "by_platform_action", "by_country_month", "by_platform_month",
    "by_authority_year",
)  # fmt: skip
"""The tables of sums that the API gives whole."""
COUNTED = ("events", "documents", "sources", "platforms", "authorities", "countries", "changes")
RUN = "SELECT id, started, finished, version, tagger, resolver, state FROM runs ORDER BY id DESC LIMIT 1"
COUNTS = "SELECT " + ", ".join(f"(SELECT count(*) FROM {table}) AS {table}" for table in COUNTED)


async def index(datasette: Any, request: Any) -> Response:
    """When the data were made, by which versions, how much there is, and where everything is."""
    found = await ask(datasette, {"run": (RUN, {}), "counts": (COUNTS, {})})
    address = links_of(datasette, request).page
    return as_json(
        {
            "name": "Splinterlog",
            "license": "https://creativecommons.org/licenses/by/4.0/",
            "built": found["run"][0] if found["run"] else None,
            "counts": found["counts"][0],
            "openapi": address("api/openapi.json"),
            "events": address("api/events.json"),
            "changes": address("api/changes.json"),
            "summaries": {name: address(f"api/summary/{name}.json") for name in SUMMARIES},
            "dumps": _dumps(Path(datasette.get_database(DATABASE).path), address("dumps/")),
        }
    )


async def summary(datasette: Any, request: Any) -> Response:
    """A table of sums, whole: {"summary": its name, "rows": […]}."""
    name = request.url_vars["name"]
    if name not in SUMMARIES:
        raise LookupError(f"There is no summary {name}; there are {', '.join(SUMMARIES)}.")
    return as_json({"summary": name, "rows": await rows(datasette, f"SELECT * FROM {name}")})


def _dumps(events: Path, address: str) -> list[dict[str, Any]]:
    """What `splinterlog dump` wrote beside the database, with hashes."""
    file = events.resolve().parent / "dumps" / "index.json"
    told: list[dict[str, Any]] = json.loads(file.read_text("utf-8"))["files"] if file.exists() else []
    return [each | {"url": address + each["name"]} for each in told]
