"""Cells: whose platform it is and where; and where a mention without a country is at home."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.models import Action, Mention, StoredMention
from data.reference import load_reference
from nlp.resolving.cells import Cell, Cells, cells
from nlp.resolving.kin import akin, lineage

REFERENCE = load_reference()
FINDER = Cells(REFERENCE)
PLAIN = Mention("instagram", "block", "reported", date="2025-12-04", country="RU")
LOST = replace(PLAIN, platform="whatsapp", country=None)


def but(**values: Any) -> Mention:
    return replace(PLAIN, **values)


def placed(*mentions: Mention) -> dict[int, Cell]:
    """The cell of each, by its number."""
    stored = [StoredMention("d", number, each) for number, each in enumerate(mentions)]
    return {each.ordinal: cell for cell, found in cells(stored, REFERENCE).items() for each in found}


@pytest.mark.parametrize(
    ("mention", "cell"),
    [
        pytest.param(PLAIN, ("meta", "RU"), id="the owner's"),
        pytest.param(but(platform="meta"), ("meta", "RU"), id="the owner"),
        pytest.param(but(platform="tiktok-lite"), ("bytedance", "RU"), id="a product's product"),
        pytest.param(but(platform="signal"), ("signal", "RU"), id="nobody's"),
        pytest.param(but(platform="no-such-platform"), ("no-such-platform", "RU"), id="not in the reference"),
        pytest.param(but(country="IE"), ("meta", "EU"), id="a member state"),
        pytest.param(but(country="EU"), ("meta", "EU"), id="the Union"),
        pytest.param(but(country="NO"), ("meta", "NO"), id="a neighbour of the Union"),
        pytest.param(LOST, ("meta", ""), id="no country"),
    ],
)
def test_what_a_mention_tells_by_itself(mention: Mention, cell: tuple[str, str]) -> None:
    assert FINDER.told(mention) == cell
    assert placed(mention) == {0: cell}


FINE = but(action="fine", date="2024-05-01", amount=3e6, currency="RUB")
LOST_FINE = replace(FINE, country=None)


@pytest.mark.parametrize(
    ("lost", "others", "area"),
    [
        pytest.param(LOST, [PLAIN], "RU", id="same day"),
        pytest.param(LOST, [but(date="2025-12-07")], "RU", id="days later"),
        pytest.param(LOST, [but(date="2025-12-09")], "", id="too late"),
        pytest.param(LOST, [but(date="2025-12")], "RU", id="within the month"),
        pytest.param(LOST, [but(date="2025")], "", id="a year could be anything"),
        pytest.param(LOST, [but(action="throttle")], "RU", id="kin of action"),
        pytest.param(LOST, [but(action="fine")], "", id="another action"),
        pytest.param(LOST, [but(platform="signal")], "", id="another owner's"),
        pytest.param(LOST, [PLAIN, but(country="IR")], "", id="two areas"),
        pytest.param(LOST, [PLAIN, but(country="IR", date="2025-12-20")], "RU", id="the other is far in time"),
        pytest.param(LOST, [but(country="DE"), but(country="EU")], "EU", id="the Union and its member"),
        pytest.param(LOST, [LOST], "", id="two without"),
        pytest.param(replace(LOST, date=None), [PLAIN], "", id="undated"),
        pytest.param(replace(LOST, date="2025-12"), [PLAIN], "RU", id="a month for a day in it"),
        pytest.param(replace(LOST, date="soon"), [PLAIN], "", id="a date that is none"),
        pytest.param(replace(LOST_FINE, date=None), [FINE], "RU", id="same sum"),
        pytest.param(replace(LOST_FINE, date="2025-05", amount=3.04e6), [FINE], "RU", id="same sum a year later"),
        pytest.param(replace(LOST_FINE, date=None, amount=4e6), [FINE], "", id="another sum"),
        pytest.param(replace(LOST_FINE, date=None, currency="USD"), [FINE], "", id="another currency"),
    ],
)  # fmt: skip
def test_the_home_of_a_mention_without_country(lost: Mention, others: list[Mention], area: str) -> None:
    assert placed(lost, *others)[0] == Cell("meta", area)


MENTIONS = st.builds(
    Mention,
    platform=st.sampled_from(["facebook", "meta", "signal"]),
    action=st.sampled_from(["block", "ban", "fine"]),
    status=st.just("reported"),
    date=st.sampled_from([None, "2025-12-01", "2025-12-03", "2025-12-09", "2025-12", "2025"]),
    country=st.sampled_from([None, "RU", "IE", "EU"]),
    amount=st.one_of(st.none(), st.floats(1e6, 1.1e6)),
    currency=st.just("EUR"),
)


@given(MENTIONS, st.lists(MENTIONS, max_size=8))
def test_only_those_that_bear_what_is_sought_decide_a_home(lost: Mention, others: list[Mention]) -> None:
    near = [each for each in others if FINDER.bears(each) & FINDER.seeks(lost)]
    assert placed(lost, *others)[0] == placed(lost, *near)[0]


@given(st.floats(1, 1e12), st.floats(0.98, 1))
def test_sums_of_a_size_share_a_mark(amount: float, share: float) -> None:
    one, other = replace(FINE, amount=amount), replace(LOST_FINE, amount=amount * share, date=None)
    assert FINDER.bears(one) & FINDER.seeks(other)


@pytest.mark.parametrize("action", REFERENCE.actions)
def test_kinship_of_actions_is_mutual(action: Action) -> None:
    assert action in akin(action)
    assert all(other in REFERENCE.actions and action in akin(other) for other in akin(action))


def test_a_platform_that_would_run_itself_ends_its_own_line() -> None:
    one = REFERENCE.platforms["whatsapp"]
    circle = {"a": one.model_copy(update={"parent": "b"}), "b": one.model_copy(update={"parent": "a"})}
    assert lineage("a", circle) == ("a", "b")
