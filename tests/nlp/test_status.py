"""The mood of a clause: how sure, how near, denied, conditional, told by whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from nlp.status import outlook_of

OPEN = {
    "possible",
    "future",
    "unreal",
    "facing",
    "intent",
    "conditional",
    "negation",
    "denial",
    "report",
    "question",
    "resist",
}

MOODS = [
    ("Russia blocked Viber", "past"),
    ("Russia blocks Viber", "present"),
    ("Russia has blocked Viber", "perfect"),
    ("Viber was blocked", "past"),
    ("Viber has been blocked", "perfect"),
    ("Russia will block Viber", "future"),
    ("Russia is going to block Viber", "future"),
    ("Russia may block Viber", "possible"),
    ("Viber could be blocked", "possible"),
    ("Viber faces a ban", "facing"),
    ("Russia plans to block Viber", "intent"),
    ("Russia threatens to block Viber", "intent"),
    ("The plan to block Viber was known", "intent"),
    ("Russia is considering a ban on Viber", "intent"),
    ("Russia did not block Viber", "negation"),
    ("Russia never blocked Viber", "negation"),
    ("Russia refuses to block Viber", "negation"),
    ("Russia denies that it blocked Viber", "denial"),
    ("Viber was reportedly blocked", "report"),
    ("Users report that Viber was blocked", "report"),
    ("Russia proposed a ban on Viber", "threat"),
    ("The possible ban on Viber worries its users", "possible"),
    ("There is talk of a ban on Viber in Russia", "threat"),
    ("Senators will vote on a ban of Viber", "vote"),
    ("A bill that would ban Viber was introduced", "bill unreal"),
    ("The legislation would ban Viber", "bill unreal"),
    ("If Viber is banned in Russia, its owner will sue", "conditional"),
    ("Whether Viber can be sued is unclear", "conditional possible"),
    ("Viber will be banned if its owner does not sell it", "future depending"),
    ("Unless its owner pays, Viber will be blocked in Russia", "future depending"),
    ("There is no ban on Viber in Russia", "negation"),
    ("The Kremlin has no plans to block Viber", "negation plan"),
    ("Russia was to block Viber in May", "future"),
    ("Russia is the third country to ban Viber", "achieved"),
    ("The app returned after a ban on Viber", "given"),
    ("A judge fined the firm for failing to comply with an order to block Viber", "given"),
    ("Was Viber blocked?", "question"),
    ("Russia blocks such services as Viber", "present"),
    ("Viber appeals the fine", "resist"),
    ("Viber contested the fine", "resist"),
]


@pytest.mark.parametrize(("text", "flags"), MOODS)
def test_moods(read: Callable[..., Doc], text: str, flags: str) -> None:
    moods = [frame.mood for frame in read(text)._.frames if frame.platform_id == "viber"]
    assert any(mood >= set(flags.split()) for mood in moods), moods


@pytest.mark.parametrize(
    "text",
    [
        "Russia blocked Viber",
        "Viber was blocked by Roskomnadzor on Monday",
        "The court has fined Viber",
        "Roskomnadzor announced that it had blocked Viber",
        "India bans Viber",
        "Viber no longer opens in Niger",
        "Viber cannot be reached in Niger",
    ],
)
def test_a_plain_fact_is_open_in_no_way(read: Callable[..., Doc], text: str) -> None:
    (mood, *more) = [frame.mood for frame in read(text)._.frames]
    assert not more and not mood & OPEN


@pytest.mark.parametrize(
    "text",
    [
        "Viber, which was blocked in Iraq in May, may open an office in Baghdad",
        "Russia may block Telegram after it blocked Viber",
        "Viber, blocked in Russia since 2024, could return next year",
        "Users want to leave Viber because Russia blocked it",
    ],
)
def test_a_clause_that_only_modifies_takes_no_mood_from_above(read: Callable[..., Doc], text: str) -> None:
    moods = [frame.mood for frame in read(text)._.frames if frame.platform_id == "viber" and frame.pos == "verb"]
    assert any(not mood & OPEN for mood in moods), moods


@pytest.mark.parametrize(
    ("mood", "outlook"),
    [
        ("past", "done"),
        ("perfect given", "done"),
        ("infinitive", "open"),
        ("bare future", "coming"),
        ("bare future depending", "possible"),
        ("past denial", "denied"),
        ("present plan intent negation", "undone"),
        ("infinitive wish intent possible", "wished"),
        ("bill intent unreal", "bill"),
        ("present facing", "facing"),
    ],
)
def test_the_flag_that_unsettles_most_is_the_outlook(mood: str, outlook: str) -> None:
    assert outlook_of(frozenset(mood.split())) == outlook


def test_what_another_clause_says_is_not_said_here(read: Callable[..., Doc]) -> None:
    frames = read("Russia blocked Viber, and Italy may ban TikTok.")._.frames
    mood = {(frame.action, frame.platform_id): frame.mood for frame in frames}
    assert "possible" not in mood["block", "viber"]
    assert "possible" in mood["ban", "tiktok"]
