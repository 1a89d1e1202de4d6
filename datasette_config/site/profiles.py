"""Pages of a platform, owner, country, authority or action: what it is, its events over time, how they spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from datasette.utils import tilde_decode
from datasette.utils.asgi import Response

from data.events_sums import FIELDS
from datasette_config.site.answers import html
from datasette_config.site.charts import Chart, months_until, stacked
from datasette_config.site.filters import VALUES, Filters
from datasette_config.site.links import quoted
from datasette_config.site.listing import cursor
from datasette_config.site.listing import page as page_of
from datasette_config.site.reading import LAST_RUN, Question, Row, ask
from datasette_config.site.tallies import tally, told

LATEST, MONTHS = 25, 36
ACTION = "coalesce(a.name, b.action) AS action, b.events FROM {} b LEFT JOIN actions a ON a.id = b.action"


@dataclass(frozen=True)
class Profile:
    """What has a page: the question that gives its row, the filter that its events have, and what its chart shows."""

    subject: str
    field: str
    bars: str
    """SQL of the chart: `x`, `action`, `events`, from `:since` on."""
    sums: tuple[str, str]
    """The table that has the numbers of the chart, and its column for the ids."""
    unit: str = "month"
    members: str = "SELECT :id AS id"
    """The ids that the filter takes, of an owner those of all its platforms."""


PROFILES = {
    "platform": Profile(
        """SELECT p.*, o.name AS parent_name, (SELECT count(*) FROM platforms c WHERE c.parent = p.id) AS children
        FROM platforms p LEFT JOIN platforms o ON o.id = p.parent WHERE p.id = :id""",
        "platform",
        f"SELECT b.month AS x, {ACTION.format('by_platform_month')} WHERE b.platform_id = :id AND x >= :since",
        ("by_platform_month", "platform_id"),
    ),
    "owner": Profile(
        "SELECT * FROM platforms WHERE id = :id AND id IN (SELECT parent FROM platforms)",
        "platform",
        f"""SELECT b.month AS x, {ACTION.format("by_platform_month")}
        WHERE b.platform_id IN (SELECT id FROM platforms WHERE :id IN (id, parent)) AND x >= :since""",
        ("by_platform_month", "platform_id"),
        members="SELECT id FROM platforms WHERE id = :id OR parent = :id ORDER BY id = :id DESC, id",
    ),
    "country": Profile(
        "SELECT * FROM countries WHERE id = :id",
        "country",
        f"SELECT b.month AS x, {ACTION.format('by_country_month')} WHERE b.country = :id AND x >= :since",
        ("by_country_month", "country"),
    ),
    "authority": Profile(
        """SELECT a.*, c.name AS country_name FROM authorities a LEFT JOIN countries c ON c.id = a.country
        WHERE a.id = :id""",
        "authority",
        f"SELECT b.year AS x, {ACTION.format('by_authority_year')} WHERE b.authority_id = :id AND x >= :since",
        ("by_authority_year", "authority_id"),
        unit="year",
    ),
    "action": Profile(
        "SELECT * FROM actions WHERE id = :id",
        "action",
        f"SELECT b.month AS x, {ACTION.format('by_month')} WHERE b.action = :id AND x >= :since",
        ("by_month", "action"),
    ),
}


async def page(datasette: Any, request: Any) -> Response:
    """/platform/<id>, /owner/<id>, /country/<id>, /authority/<id> and /action/<id>."""
    kind, id_ = request.url_vars["kind"], tilde_decode(request.url_vars["id"])
    profile, named = PROFILES[kind], {"id": id_}
    found = await ask(
        datasette, {"subject": (profile.subject, named), "members": (profile.members, named), "run": (LAST_RUN, {})}
    )
    if not found["subject"]:
        raise LookupError(f"There is no {kind} {id_}.")
    ids = tuple(each["id"] for each in found["members"])[:VALUES]
    filters = Filters({profile.field: ids})
    return await html(datasette, request, "profile", await _context(datasette, kind, filters, found))


async def _context(datasette: Any, kind: str, filters: Filters, found: dict[str, list[Row]]) -> dict[str, Any]:
    profile, subject = PROFILES[kind], found["subject"][0]
    axis = months_until(found["run"][0]["finished"][:7], MONTHS) if profile.unit == "month" and found["run"] else []
    others = [field for field in FIELDS if field != profile.field or kind == "owner"]
    questions: dict[str, Question] = {
        "events": page_of(filters, None, LATEST + 1),
        "tally": tally(filters, others),
        "bars": (profile.bars, {"id": subject["id"], "since": axis[0] if axis else ""}),
    }
    listed = await ask(datasette, questions)
    events, more = listed["events"][:LATEST], listed["events"][LATEST:]
    return {
        "kind": kind,
        "subject": subject,
        "filters": filters,
        "events": events,
        **told(listed["tally"]),
        "chart": _chart(listed["bars"], axis),
        "unit": profile.unit,
        "sums": (profile.sums[0], f"{profile.sums[1]}__in={quoted(','.join(filters.ids[profile.field]))}"),
        "next": filters.query(after=cursor(events[-1])) if more else None,
    }


def _chart(bars: Sequence[Row], months: list[str]) -> Chart | None:
    """By month the last years, by year all that there are, those without events included."""
    if not bars:
        return None
    years = [int(row["x"][:4]) for row in bars]
    axis = months or [str(year) for year in range(min(years), max(years) + 1)]
    return stacked(bars, "x", "action", "events", axis)
