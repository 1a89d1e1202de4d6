"""Names in a text: every listed one is found, the longest wins, an ordinary word needs its context."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest
from spacy.language import Language

from data.reference import load_reference


def _found(english: Language, group: str, text: str) -> list[tuple[str, str, bool]]:
    """Words, id, and whether the name is sure."""
    doc = english.get_pipe(group)(english.make_doc(text))
    return [(span.text, span.id_, span.label_ != "weak") for span in doc.spans[group]]


def _names(group: str) -> Iterator[tuple[str, str]]:
    """Every name that needs no context, with the id that it stands for."""
    reference = load_reference()
    if group == "platforms":
        rows = reference.platforms.values()
        yield from ((name, row.id) for row in rows for name in row.all_names if not row.needs_context(name))
    elif group == "authorities":
        for authority in reference.authorities.values():
            yield from ((n, authority.id) for n in authority.all_names if n not in authority.ambiguous_aliases)
    else:
        for country in reference.countries.values():
            yield from ((n, country.code) for n in country.all_names if n not in country.ambiguous_aliases)


@pytest.mark.parametrize("group", ["platforms", "authorities", "places"])
def test_every_listed_name_is_found(english: Language, group: str) -> None:
    ids: dict[str, set[str]] = defaultdict(set)
    for name, id in _names(group):
        ids[name].add(id)
    assert len(ids) > 100
    lost = [
        name
        for name in ids
        if not any(id in ids[name] for _, id, _ in _found(english, group, f"the decision of {name} today"))
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Telegram X and Telegram", ["telegram-x", "telegram"]),
        ("Google Play and the App Store", ["google-play", "app-store"]),
        ("Meta and Instagram's Threads app", ["meta", "instagram", "threads"]),
        ("Facebook's and Google’s", ["facebook", "google"]),
        ("Twitter/X was fined", ["x", "x"]),
        ("Russia blocked the messenger Signal", ["signal"]),
        ("Brazil suspends X, the social network", ["x"]),
        ("Max messenger", ["max-ru"]),
        ("HBO Max", ["hbo-max"]),
    ],
)
def test_platforms(english: Language, text: str, names: list[str]) -> None:
    assert [(id, sure) for _, id, sure in _found(english, "platforms", text)] == [(name, True) for name in names]


@pytest.mark.parametrize("text", ["the signal was lost", "the apple fell", "Line up for the game", "x marks the spot"])
def test_ordinary_words_are_no_platforms(english: Language, text: str) -> None:
    assert _found(english, "platforms", text) == []


@pytest.mark.parametrize("text", ["A Signal from the tower was lost", "Zoom in on the picture", "He named it Discord"])
def test_a_capital_without_context_is_a_weak_name(english: Language, text: str) -> None:
    assert [sure for _, _, sure in _found(english, "platforms", text)] == [False]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ireland's Data Protection Commission", ["dpc-ie"]),
        ("the Federal Trade Commission (FTC)", ["ftc-us", "ftc-us"]),
        ("Tagansky District Court of Moscow", ["tagansky-court"]),
        ("Russia's communications watchdog", ["rkn"]),
        ("the White House", ["us-president"]),
        ("FAS fined Google in Russia", ["fas-ru"]),
        ("FAS fined Google", []),
        ("the Commission", []),
    ],
)
def test_authorities(english: Language, text: str, names: list[str]) -> None:
    assert [id for _, id, _ in _found(english, "authorities", text)] == names


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Moscow and Kyiv", ["RU", "UA"]),
        ("Turkey eats turkey", ["TR"]),
        ("the EU's rules", ["EU"]),
        ("South Korea and Korean apps", ["KR", "KR"]),
        ("Texas and New Delhi", ["US", "IN"]),
        ("between the US and us", ["US"]),
    ],
)
def test_places(english: Language, text: str, codes: list[str]) -> None:
    assert [id for _, id, _ in _found(english, "places", text)] == codes
