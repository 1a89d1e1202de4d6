"""Which reports are of one event: scenes from the world, and near misses that must stay apart.

A scene is a list of mentions, each of a document of its own unless it names one; the letters say which are one event.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.models import Evidence, Mention, StoredMention
from data.reference import load_reference
from nlp.resolving.cells import cells
from nlp.resolving.clusters import cluster
from nlp.resolving.signatures import Places

REFERENCE = load_reference()


class Report(NamedTuple):
    """A mention, its document where it shares one, and when that was published."""

    mention: Mention
    document: str | None = None
    published: str | None = None


def told(base: Mention, document: str | None = None, published: str | None = None, **values: Any) -> Report:
    return Report(replace(base, **values), document, published)


def letters(scene: Sequence[Report]) -> str:
    """The events of a scene: a letter for each report, the same for those of one event, in order of appearance."""
    stored = [StoredMention(each.document or f"d{n:02}", n, each.mention) for n, each in enumerate(scene)]
    published = {own.document_id: each.published for own, each in zip(stored, scene, strict=True)}
    event = {}
    for number, found in enumerate(
        one
        for cell in cells(stored, REFERENCE).values()
        for one in cluster(cell, published, Places(REFERENCE), REFERENCE)
    ):
        event.update({each.ordinal: number for each in found})
    first = list(dict.fromkeys(event[n] for n in range(len(scene))))
    return "".join(chr(ord("a") + first.index(event[n])) for n in range(len(scene)))


FINE = Mention(
    "meta", "fine", "confirmed", date="2024-03-04", date_basis="stated", country="IE", authority="dpc-ie",
    amount=91e6, currency="EUR", grounds="data-protection",
)  # fmt: skip
RUBLES = Mention(
    "google", "fine", "confirmed", date="2024-03-04", date_basis="published", country="RU", amount=3e6, currency="RUB"
)
BLOCK = Mention("signal", "block", "confirmed", date="2024-08-09", date_basis="stated", country="RU", authority="rkn")
BAN = Mention("tiktok", "ban", "confirmed", date="2022-12-07", date_basis="published", country="US", scope="officials")
EU_BAN = replace(BAN, country="EU", date="2023-02-23")

ONE = {
    "the news of some days": [told(BLOCK), told(BLOCK, date="2024-08-10"), told(BLOCK, date="2024-08-12")],
    "owner and product": [told(FINE), told(FINE, platform="facebook")],
    "a block told as a ban": [told(BLOCK), told(BLOCK, action="ban", authority=None)],
    "a block told as a throttle": [told(BLOCK), told(BLOCK, action="throttle")],
    "a ban told as an order": [told(BLOCK, action="ban"), told(BLOCK, action="order")],
    "a ban told as a removal": [told(BLOCK, action="ban"), told(BLOCK, action="removal", scope="app")],
    "block and ban in one text": [told(BLOCK, "d"), told(BLOCK, "d", action="ban")],
    "the Union and its member under one law": [told(FINE), told(FINE, country="EU", authority=None, amount=None)],
    "the Union and its member with one sum": [
        told(FINE, grounds="competition"), told(FINE, country="EU", authority=None, grounds=None)
    ],
    "the same fine a year later": [told(FINE), told(FINE, date="2025-03-20", date_basis="published")],
    "the same fine a year later, converted": [
        told(FINE), told(FINE, date="2025-03-20", date_basis="published", amount=98e6, currency="USD", authority=None)
    ],
    "the same fine without a date": [told(FINE), told(FINE, date=None, published="2025-06-01")],
    "the same fine in its year": [told(FINE), told(FINE, date="2024")],
    "the news of it and the same fine a year later": [
        told(FINE), told(FINE, amount=None, date="2024-03-05"), told(FINE, date="2025-03-20", date_basis="published")
    ],
    "a rounded sum": [told(FINE, amount=91.4e6), told(FINE, amount=91e6)],
    "dollars of the one day": [told(FINE), told(FINE, amount=99e6, currency="USD")],
    "a rounded conversion": [told(FINE), told(FINE, amount=100e6, currency="USD")],
    "a dollar that is the country's or America's": [
        told(FINE, country="AU", amount=610_500, currency="AUD"),
        told(FINE, country="AU", amount=398_000, currency="AUD"),
        told(FINE, country="AU", amount=610_000, currency="USD"),
    ],
    "a sum and its conversion in one text": [told(FINE, "d"), told(FINE, "d", amount=99e6, currency="USD")],
    "owner and product in one text": [told(FINE, "d"), told(FINE, "d", platform="facebook")],
    "a sum set to be paid and paid": [told(FINE, status="threatened"), told(FINE, date="2024-03-05")],
    "a sum and no sum": [told(FINE), told(FINE, amount=None, currency=None)],
    "two bodies of one state": [
        told(BAN, authority="us-mt-governor", scope="region"), told(BAN, authority="us-mt-legislature", scope="region")
    ],
    "an authority and the ministry over it": [told(BLOCK), told(BLOCK, authority="Ministry of Digital Development")],
    "a threat and the act on one day": [told(BLOCK), told(BLOCK, status="threatened")],
    "a month and a day in it": [told(BLOCK), told(BLOCK, date="2024-08")],
    "an undated ban that was lately news": [
        told(BLOCK, date="2021-05-02"), told(BLOCK), told(BLOCK, date=None, published="2024-08-15")
    ],
    "no country": [told(BLOCK), told(BLOCK, country=None, authority=None)],
}  # fmt: skip
"""All reports of one event; of "lately" all but the first."""

APART = {
    "two fines a month apart": [told(FINE, amount=None), told(FINE, amount=None, date="2024-04-04")],
    "two fines with their sums a month apart": [told(FINE), told(FINE, amount=55e6, date="2024-04-04")],
    "one sum on two days that are told": [told(FINE), told(FINE, date="2025-03-04")],
    "two fines of one day": [told(FINE), told(FINE, amount=55e6)],
    "two fines of one day, one converted": [told(FINE), told(FINE, amount=55e6, currency="USD")],
    "two fines of one day in two dollars": [
        told(FINE, country="AU", amount=4e5, currency="AUD"), told(FINE, country="AU", amount=9e5, currency="USD")
    ],
    "a state's officials and officials": [
        told(BAN, authority="us-tx-governor", date=None), told(BAN, date=None)
    ],
    "a threat and an act of other sums on one day": [
        told(FINE, status="threatened"), told(FINE, amount=5e6)
    ],
    "two siblings": [told(FINE, platform="facebook"), told(FINE, platform="instagram")],
    "two countries": [told(BLOCK), told(BLOCK, country="IR", authority=None)],
    "two members of the Union": [told(FINE), told(FINE, country="FR", authority=None)],
    "a member's own fine beside the Union's": [
        told(FINE, grounds="competition", amount=None), told(FINE, country="EU", authority="ec", grounds="competition")
    ],
    "Norway is none of its members": [told(FINE), told(FINE, country="NO", authority="dt-no")],
    "two states": [told(BAN, authority="us-tx-governor"), told(BAN, authority="us-sd-governor")],
    "two provinces that only the sentence names": [
        told(BAN, country="CA", evidence=(Evidence("event", 0, 24, "Manitoba bans TikTok from its phones"),)),
        told(BAN, country="CA", evidence=(Evidence("event", 0, 24, "Saskatchewan bans TikTok from its phones"),)),
    ],
    "a state and the federal government": [told(BAN, authority="us-tx-governor"), told(BAN, authority="us-president")],
    "a state and the federal Congress": [told(BAN, authority="us-tx-governor"), told(BAN, authority="us-congress")],
    "the Commission and the Parliament": [
        told(EU_BAN, authority="ec"), told(EU_BAN, authority="european-parliament", date="2023-02-26")
    ],
    "a threat and the act a week later": [told(BLOCK, status="threatened"), told(BLOCK, date="2024-08-16")],
    "a threat that no day joins to the act": [told(BLOCK, status="threatened", date=None), told(BLOCK)],
    "a fine and a lawsuit": [told(FINE), told(FINE, action="lawsuit", amount=None)],
    "a fine and the order beside it": [told(FINE), told(FINE, action="order", amount=None)],
    "a block and its end": [told(BLOCK), told(BLOCK, action="restore")],
    "a removal told beside the ban": [
        told(BLOCK, "d", action="ban"), told(BLOCK, "d", action="removal", scope="app")
    ],
    "two bans of one text": [told(BAN, "d"), told(BAN, "d", date="2022-12-08")],
    "two months": [told(BLOCK, date="2024-08"), told(BLOCK, date="2024-09")],
    "something before it happened": [told(BLOCK), told(BLOCK, date=None, published="2024-05-01")],
    "another platform of nobody's": [told(BLOCK), told(BLOCK, platform="telegram")],
    "nothing but the platform and the act": [told(BLOCK, date=None, country=None, authority=None)] * 2,
}  # fmt: skip
"""No two reports of one event."""

MIXED = [
    pytest.param("abcc", [
        told(FINE, platform="facebook"), told(FINE, platform="instagram"), told(FINE, platform="threads", amount=5e6),
        told(FINE, platform="threads", amount=5e6, date="2024-03-05"),
    ], id="siblings with and without one sum"),
    pytest.param("aba", [
        told(FINE, platform="facebook"), told(FINE, platform="instagram"), told(FINE)
    ], id="an owner beside two siblings glues them not"),
    pytest.param("aba", [
        told(FINE, platform="facebook"), told(FINE, platform="instagram", amount=5e6), told(FINE)
    ], id="an owner with the sum of one sibling"),
    pytest.param("aabb", [
        told(RUBLES), told(RUBLES, date="2024-03-05"), told(RUBLES, amount=4e6), told(RUBLES, amount=4e6)
    ], id="two fines of one day, each told twice"),
    pytest.param("abc", [told(RUBLES), told(RUBLES, amount=4e6), told(RUBLES, amount=None)], id="either fine"),
    pytest.param("aba", [
        told(RUBLES), told(RUBLES, amount=4e6, date="2024-04-20"), told(RUBLES, amount=None, date="2024-03-06")
    ], id="a fine that is nearer the one"),
    pytest.param("abb", [
        told(BLOCK, date="2021-05-02"), told(BLOCK), told(BLOCK, date=None, published="2024-08-15")
    ], id="what was lately news"),
    pytest.param("aab", [
        told(BLOCK), told(BLOCK, date=None, published="2024-12-01"), told(BLOCK, date="2025-02-02")
    ], id="nothing later than its document"),
    pytest.param("abc", [
        told(BLOCK, date="2021-05-02"), told(BLOCK), told(BLOCK, date=None, published="2025-12-01")
    ], id="an undated block that could be either"),
    pytest.param("aabb", [
        told(EU_BAN, authority="ec"), told(EU_BAN, authority="ec", date=None, published="2023-03-20"),
        told(EU_BAN, authority="european-parliament", date="2023-02-28"),
        told(EU_BAN, authority="european-parliament", date="2023-03-01"),
    ], id="two institutions, each told twice"),
    pytest.param("aba", [
        told(FINE, country="EU", authority=None), told(FINE, country="FR", authority="cnil-fr", amount=60e6), told(FINE)
    ], id="the Union's fine is the member's with its sum"),
    pytest.param("abab", [
        told(BLOCK), told(BLOCK, country="KZ", authority=None, date="2024-08-20"),
        told(BLOCK, country=None, authority=None, date="2024-08-11"),
        told(BLOCK, country="KZ", authority=None, date="2024-08-21"),
    ], id="no country, one of two that is near"),
]  # fmt: skip
DAYS = [told(BLOCK, date=f"2024-08-{day:02}") for day in range(1, 29, 3)]


@pytest.mark.parametrize("name", [each for each in ONE if "lately" not in each])
def test_reports_of_one_event(name: str) -> None:
    assert letters(ONE[name]) == "a" * len(ONE[name])


@pytest.mark.parametrize("name", APART)
def test_reports_of_events_that_only_look_alike(name: str) -> None:
    assert letters(APART[name]) == "abcd"[: len(APART[name])]


@pytest.mark.parametrize(("events", "scene"), MIXED)
def test_reports_of_several_events(events: str, scene: list[Report]) -> None:
    assert letters(scene) == events


def test_news_does_not_last() -> None:
    assert len(set(letters(DAYS))) > 1


SCENES = st.sampled_from([*ONE.values(), *APART.values(), *(each.values[1] for each in MIXED), DAYS])


@given(st.data(), st.lists(SCENES, min_size=1, max_size=3))
@settings(max_examples=80)
def test_order_and_copies_mean_nothing(data: st.DataObject, scenes: list[list[Report]]) -> None:
    reports = [each for n, scene in enumerate(scenes) for each in scene]
    named = [each._replace(document=each.document or f"d{n}") for n, each in enumerate(reports)]
    mixed = data.draw(st.permutations([*range(len(named)), *range(len(named))]))

    def events(order: Sequence[int]) -> set[frozenset[int]]:
        found = letters([named[each] for each in order])
        return {frozenset(n for n, own in zip(order, found, strict=True) if own == letter) for letter in found}

    assert events(mixed) == events(range(len(named)))
