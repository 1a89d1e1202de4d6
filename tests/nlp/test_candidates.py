"""Candidates: what is told once more joins, what country, date or sum tells apart stays apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

APART = [
    (
        "Another court fined Google 7 million roubles. A court fined Google 4 million roubles.",
        [(None, None, 7e6), (None, None, 4e6)],
    ),
    (
        "Spain blocked Telegram in March 2024. Spain blocked Telegram in May 2025.",
        [("ES", "2024-03", None), ("ES", "2025-05", None)],
    ),
    (
        "Nepal banned TikTok in November 2023. India banned TikTok in June 2020.",
        [("NP", "2023-11", None), ("IN", "2020-06", None)],
    ),
    ("TikTok was banned in Nepal and India.", [("NP", None, None), ("IN", None, None)]),
    ("Utah, Alabama ban TikTok.", [("US", None, None), ("US", None, None)]),
    ("Texas has banned TikTok. The app was banned by Montana in May.", [("US", None, None), ("US", "2025-05", None)]),
    # what was done is no plan, and another authority acts for itself
    ("Kenya banned TikTok on phones. Kenya plans to ban TikTok.", [("KE", None, None), ("KE", None, None)]),
    ("Kenya proposes to ban TikTok after banning it on phones.", [("KE", None, None), ("KE", None, None)]),
    ("The SEC sued Binance. The CFTC sued Binance.", [("US", None, None), ("US", None, None)]),
    # the like is told without a date of its own
    ("Norway banned TikTok in March, joining Nepal.", [("NO", "2025-03", None), ("NP", None, None)]),
    ("Italy banned TikTok in May, following similar moves by Nepal.", [("IT", "2025-05", None), ("NP", None, None)]),
]


@pytest.mark.parametrize(("text", "told"), APART)
def test_actions_told_apart(
    read: Callable[..., Doc], text: str, told: list[tuple[str | None, str | None, float | None]]
) -> None:
    found = read("News", text)._.candidates
    assert [(c.country, c.date and c.date.value, c.money and c.money.amount) for c in found] == told
    assert [c.rank for c in found] == list(range(len(told)))


@pytest.mark.parametrize(
    "text",
    [
        "India banned TikTok. The ban on TikTok was announced by India on Monday.",
        "India banned TikTok on 29 June 2020. India banned TikTok in June 2020. TikTok was banned in 2020.",
        "India banned TikTok. The app was banned on Monday.",
        "Ireland banned TikTok. TikTok was banned.",
    ],
)
def test_one_action_told_twice_is_one_candidate(read: Callable[..., Doc], text: str) -> None:
    (found,) = read("News", text)._.candidates
    assert len(found.told) > 1


def test_what_a_title_tells_as_done_is_no_plan(read: Callable[..., Doc]) -> None:
    found = read("Kenya bans TikTok on phones", "Kenya plans to ban TikTok in schools.")._.candidates
    assert [told.frame.sentence.title for c in found for told in c.told] == [True, False] and len(found) == 2


def test_a_converted_sum_is_the_sum_as_set(read: Callable[..., Doc]) -> None:
    doc = read(
        "News", "Ireland fined Meta 265 million euros ($277 million) in 2022. The fine for Meta was $277 million."
    )
    (found,) = doc._.candidates
    assert found.money and (found.money.amount, found.money.currency) == (265e6, "EUR")


def test_a_sum_belongs_to_fines_alone(read: Callable[..., Doc]) -> None:
    doc = read("News", "Russia blocked Google and fined it 5 million roubles.")
    assert all(found.money is None for found in doc._.candidates if found.action != "fine")


def test_the_surest_sign_comes_first(read: Callable[..., Doc]) -> None:
    (found,) = read("Telegram in Russia", "It was blocked. Roskomnadzor blocked Telegram.")._.candidates
    assert [(told.frame.coreferent, told.frame.role.name) for told in found.told] == [
        (False, "object"),
        (True, "object"),
    ]


def test_the_date_beside_the_trigger_is_taken(read: Callable[..., Doc]) -> None:
    (found,) = read("News", "Russia blocked Viber on 12 December 2024, years after the law of May 2019.")._.candidates
    assert found.date and found.date.value == "2024-12-12"


def test_a_date_in_the_clause_of_another_act_dates_no_other(read: Callable[..., Doc]) -> None:
    doc = read("Chad blocks Viber and admits that it cut off Discord in October", "")
    dates = {candidate.platform: candidate.date for candidate in doc._.candidates if candidate.action == "block"}
    assert dates["viber"] is None
    assert dates["discord"] and dates["discord"].value.endswith("-10")
