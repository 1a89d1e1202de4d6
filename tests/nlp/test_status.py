"""The mood of a clause: how sure, how near, denied, conditional, told by whom."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

OPEN = {"possible", "future", "intent", "conditional", "negation", "denial", "report", "question", "resist"}

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
    ("Viber faces a ban", "possible"),
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
    ("Was Viber blocked?", "question"),
    ("Russia blocks such services as Viber", "present"),
    ("Viber appeals the fine", "resist"),
    ("Viber contested the fine", "resist"),
]


@pytest.mark.parametrize(("text", "flag"), MOODS)
def test_moods(read: Callable[..., Doc], text: str, flag: str) -> None:
    moods = [frame.mood for frame in read(text)._.frames if frame.platform_id == "viber"]
    assert any(flag in mood for mood in moods), moods


@pytest.mark.parametrize(
    "text",
    [
        "Russia blocked Viber",
        "Viber was blocked by Roskomnadzor on Monday",
        "The court has fined Viber",
        "Roskomnadzor announced that it had blocked Viber",
        "India bans Viber",
    ],
)
def test_a_plain_fact_is_open_in_no_way(read: Callable[..., Doc], text: str) -> None:
    (mood, *more) = [frame.mood for frame in read(text)._.frames]
    assert not more and not mood & OPEN


def test_what_another_clause_says_is_not_said_here(read: Callable[..., Doc]) -> None:
    frames = read("Russia blocked Viber, and Italy may ban TikTok.")._.frames
    mood = {(frame.action, frame.platform_id): frame.mood for frame in frames}
    assert "possible" not in mood["block", "viber"]
    assert "possible" in mood["ban", "tiktok"]
