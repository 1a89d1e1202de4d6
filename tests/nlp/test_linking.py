"""Dates and sums go with the clause that they stand in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

PUBLISHED = "2025-12-04"  # a Thursday

DATES = [
    # its own clause
    ("Russia blocked Viber on 12 December 2024, years after the law of May 2019.", "2024-12-12"),
    ("Spain fined Google on Tuesday after talks that began in March 2021.", "2025-12-02"),
    ("Kenya banned TikTok on Monday, following a wave of violence last year.", "2025-12-01"),
    ("The court imposed a fine on Meta in a vote on Wednesday.", "2025-12-03"),
    # a clause that governs it
    ("The watchdog said on Tuesday that it had blocked Telegram.", "2025-12-02"),
    ("On Monday the ministry told carriers to block Discord.", "2025-12-01"),
    # of what happened before or after something with a date of its own, nothing is told
    ("Viber said on Wednesday it would appeal after Italy banned the messenger Viber.", None),
    ("Meta, which was fined by Ireland, said on Tuesday that it would appeal.", None),
    ("TikTok was banned in Nepal until March 2026.", None),
]


@pytest.mark.parametrize(("text", "date"), DATES)
def test_the_date_of_an_action(read: Callable[..., Doc], text: str, date: str | None) -> None:
    found = read("News", text, PUBLISHED)._.candidates
    assert found and {each.date and each.date.value for each in found} == {date}


def test_the_date_of_an_action_beats_one_beside_it(read: Callable[..., Doc]) -> None:
    doc = read(
        "News",
        "Users protested on Tuesday against the law under which Kenya blocked Telegram. "
        "Kenya blocked Telegram on 1 December.",
        PUBLISHED,
    )
    dates = [each.date and each.date.value for each in doc._.candidates if each.action == "block"]
    assert dates[0] == "2025-12-01"


def test_a_title_is_not_dated_by_a_month_beside(read: Callable[..., Doc]) -> None:
    doc = read("Kenya blocks Telegram", "Kenya has blocked Telegram to calm protests that began last month.", PUBLISHED)
    assert [each.date for each in doc._.candidates] == [None]


@pytest.mark.parametrize(
    ("title", "text", "date"),
    [
        ("Kenya blocks Telegram", "The regulator told carriers so late on Tuesday.", "2025-12-02"),
        ("Kenya blocks Telegram", "It spoke of exams, which began on 3 November.", None),
        ("Kenya blocks Telegram", "Exams will begin next Monday.", None),
        ("Messengers", "Kenya has blocked Telegram. On Tuesday exams began.", None),
    ],
)
def test_a_title_is_dated_by_the_news_that_the_text_opens_with(
    read: Callable[..., Doc], title: str, text: str, date: str | None
) -> None:
    (found,) = read(title, text, PUBLISHED)._.candidates
    assert (found.date and found.date.value) == date


ANNOUNCED = [
    ("The ministry said on Tuesday that it would block Discord on 1 March.", "2026-03-01", "2025-12-02"),
    ("On Tuesday Kenya banned TikTok from 1 January.", "2026-01-01", "2025-12-02"),
    ("The ministry said on Tuesday that it had blocked Discord on 1 October.", "2025-10-01", None),
    ("Kenya banned TikTok on Tuesday.", "2025-12-02", None),
]


@pytest.mark.parametrize(("text", "date", "announced"), ANNOUNCED)
def test_when_it_takes_effect_is_not_when_it_was_announced(
    read: Callable[..., Doc], text: str, date: str, announced: str | None
) -> None:
    found = read("News", text, PUBLISHED)._.candidates[0]
    assert (found.date.value, found.announced and found.announced.value) == (date, announced)


SUMS = [
    ("The EU fined Meta €530m ($601m).", (530e6, "EUR")),
    ("Meta was hit with a $601m fine (€530m) by the European Commission.", (530e6, "EUR")),
    ("The FTC fined Meta $601m (€530m).", (601e6, "USD")),
    ("Meta paid a record €530m fine ($601m at the time) in France.", (530e6, "EUR")),
    ("Norway fined Meta one million crowns ($100,000) a day.", (1e6, "NOK")),
    ("Spain fined Meta €3m, a trifle beside its revenue of €40bn.", (3e6, "EUR")),
]


@pytest.mark.parametrize(("text", "told"), SUMS)
def test_the_sum_of_a_fine_is_the_one_that_was_set(
    read: Callable[..., Doc], text: str, told: tuple[float, str]
) -> None:
    found = read("News", text, PUBLISHED)._.candidates
    fine = next(each.money for each in found if each.action == "fine" and each.platform == "meta")
    assert fine and (fine.amount, fine.currency) == told


def test_in_a_list_each_has_its_own_sum(read: Callable[..., Doc]) -> None:
    found = read("News", "The EU fined Apple €500m and Meta €200m.", PUBLISHED)._.candidates
    sums = {each.platform: each.money.amount for each in found if each.action == "fine" and each.money}
    assert sums == {"apple": 500e6, "meta": 200e6}
