"""What the judge sees: names that speak no language and know no words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from spacy.tokens import Doc

from nlp.features import features
from nlp.judge import WEIGHTS

PARTS = set(
    re.findall(
        r"\w+",
        """
        bias action any best title lead body where role actor acts on pos mood flag support reading rank frames
        sentences platforms near kin twin better worse platform in first coreferent specific context dated money
        ceiling country beside weak name authority sentence after before clause phrase none close far
        block throttle fine ban removal takedown order investigation lawsuit restore
        object subject agent of upon cause place nested shared controlled implicit
        institution private party other owner service deal device thing use used listed named
        pronoun else verb noun middle modal state through capital modifies give receive resist
        possible future intent conditional negation denial report generic past perfect present bare infinitive
        participle question target aside official open settled unreal facing plan threat wish bill vote given achieved
        conditional depending outlook said denied undone asked planned wished coming done
        topic class suit import campaign rights labour moderation opinion product law officials regulation finance
        crime war fellow
        paragraph
        way deep sub main top complement modifier
        """,
    )
)
"""All that names of features are made of, besides digits."""


def _unknown(names: object) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", str(names))) - PARTS


def _features(doc: Doc) -> Iterator[set[str]]:
    return (features(candidate, doc) for candidate in doc._.candidates)


def _weighed() -> Iterator[str]:
    table = json.loads(WEIGHTS.read_text("utf-8"))
    for head in ("event", "status", "news"):
        for weights in table[head].values():
            yield from weights


def test_no_weight_is_given_to_a_word() -> None:
    assert not {name for name in _weighed() if _unknown(name)}


@pytest.mark.parametrize(
    "text",
    [
        "Roskomnadzor said it would block WhatsApp, which appealed a fine of €3 million.",
        "The European Commission must stop such platforms as TikTok from using data, a judge in Italy ruled.",
        "Users report that YouTube, Viber and Discord went dark after the probe into Meta's apps.",
    ],
)
def test_no_feature_names_a_word(read: Callable[..., Doc], text: str) -> None:
    found = [name for names in _features(read("News of the day", text)) for name in names]
    assert len(found) > 50
    assert not {name for name in found if _unknown(name)}


TEMPLATE = "{authority} blocked {platform} in {place} on {date}"


def test_features_do_not_change_with_the_names(read: Callable[..., Doc]) -> None:
    one = {"authority": "Roskomnadzor", "platform": "Viber", "place": "Russia", "date": "4 March 2024"}
    other = {"authority": "Ofcom", "platform": "Snapchat", "place": "Britain", "date": "17 May 2021"}
    assert list(_features(read(TEMPLATE.format(**one)))) == list(_features(read(TEMPLATE.format(**other))))


@pytest.mark.parametrize(
    ("title", "text", "has", "has_not"),
    [
        ("Russia blocks Viber", "", "best:role=object best:where=title platform-in-title", "any:where=body any:dated"),
        ("Apps", "Russia blocked Viber.", "best:where=lead platform-first", "platform-in-title any:where=title"),
        ("Apps", "Russia blocked Viber on 4 March 2024.", "any:dated best:country-actor", "any:money any:coreferent"),
        ("Viber", "The app was blocked.", "best:coreferent best:role=object", "any:dated best:country-actor"),
        ("Apps", "Google was fined up to $4 million.", "best:money best:money-ceiling", "best:dated"),
        ("Apps", "Google was fined. A jury heard a plaintiff.", "lead-topic=suit", "title-topic=suit topic=suit"),
        ("Apps", "Viber may be blocked by Roskomnadzor.", "best:mood=possible best:authority-actor", "best:mood=past"),
    ],
)
def test_features_tell(read: Callable[..., Doc], title: str, text: str, has: str, has_not: str) -> None:
    (found,) = _features(read(title, text))
    assert found >= set(has.split())
    assert not found & set(has_not.split())


def test_a_kindred_act_told_better_is_a_rival(read: Callable[..., Doc]) -> None:
    doc = read("Russia blocks Viber", "There was talk of bans for users of Viber.")
    found = {c.action: names for c, names in zip(doc._.candidates, _features(doc), strict=True)}
    assert "kin-worse" in found["block"] and "kin-better" in found["ban"]


def test_what_the_best_frame_has_some_frame_has(read: Callable[..., Doc]) -> None:
    for found in _features(read("Russia blocks Viber", "The app was fined. Viber may be banned, Roskomnadzor said.")):
        best = {name.removeprefix("best:") for name in found if name.startswith("best:")}
        assert best <= {name.removeprefix("any:") for name in found if name.startswith("any:")}
