"""The words that a parser is shown in the place of a sentence, one a unit: those that it reads best.

A parser that never saw "X" or "Roskomnadzor" errs on them, on headline capitals, on sums ("fined X €5m") and on verbs
that look like nouns ("Y lifts ban"). So a platform reads "Google", an authority "Congress", a place "Moscow", a sum
what keeps the clause whole, and a verb between one who acts and what is acted on "punishes".
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from data.reference import load_reference
from nlp.clauses import AIM
from nlp.lexicon import word_lists
from nlp.sentences import STAND_INS, SUM, Shown, Unit

ACTING = frozenset({"place", "authority"})
NAMES = frozenset({"platform", "place", "authority"})
STAND_IN_VERBS = ("punish", "tell", "penalty")
KIND = "chat"
"""What stands for a participle that says of what kind a service is: "messaging app"."""
REACH = 8
"""Words after a verb within which "to" makes it one of telling: "orders providers to block"."""


def shadow(shown: Shown, lang: str) -> list[str]:
    """The words of one sentence, as many as it has units."""
    units, words = shown.units, word_lists(lang, "shadow")
    texts = [_plain(unit, shown.headline or i in shown.verbs) for i, unit in enumerate(units)]
    for i, unit in enumerate(units):
        if unit.kind == "money":
            texts[i] = _sum(units, i, shown.verbs, words["after_noun"])
        elif i in shown.nouns and i in shown.verbs and _is_noun(shown, i, words):
            texts[i] = "penalties" if units[i].text.lower().endswith("s") else "penalty"
        elif i in shown.verbs and _is_finite(units, i, shown.verbs[i], words):
            texts[i] = _verb(texts, i)
        elif _is_kind(units, i, words["naming"], word_lists(lang, "actors")["service"]):
            texts[i] = KIND
    return texts


def _plain(unit: Unit, lower: bool) -> str:
    if unit.kind in STAND_INS:
        return STAND_INS[unit.kind]
    if unit.kind == "place":
        return "Russian" if unit.text in _adjectives() else "Moscow"
    return unit.text.lower() if lower and unit.text != "I" else unit.text


def _sum(units: list[Unit], i: int, verbs: Mapping[int, str], after_noun: frozenset[str]) -> str:
    """A sum behind a name or a past form is how much, not whom; before a noun it is how big."""
    following = units[i + 1].text if i + 1 < len(units) else ""
    if following.isalpha() and len(following) > 3 and following.lower() not in after_noun:
        return "huge"
    fined = i - 1 in verbs and units[i - 1].text.endswith("ed")
    return "heavily" if fined or (i and units[i - 1].kind == "platform") else SUM


def _verb(texts: list[str], i: int) -> str:
    stem, ending = ("tell", "s") if "to" in texts[i + 2 : i + REACH] else ("punish", "es")
    return stem + ending if texts[i].endswith("s") else stem


def _is_finite(units: list[Unit], i: int, lemma: str, words: dict[str, frozenset[str]]) -> bool:
    """Between one who acts and what is acted on a verb is a verb, which parsers often take for a noun."""
    if not 0 < i < len(units) - 1 or units[i + 1].text.lower() in words["after_noun"]:
        return False
    form, before = units[i].text.lower(), i - 2 if i > 1 and units[i - 1].text.lower().endswith("ly") else i - 1
    if form.endswith("s"):
        return _acts(units[before], words["one"] | words["many"]) or _joins(units, i)
    return form == lemma and units[before].text.lower() in words["many"] and not _governed(units, before, words)


def _is_kind(units: list[Unit], i: int, naming: frozenset[str], services: frozenset[str]) -> bool:
    following = units[i + 1].text.lower() if i + 1 < len(units) else ""
    return not units[i].kind and units[i].text.lower() in naming and following in naming | services


def _is_noun(shown: Shown, i: int, words: dict[str, frozenset[str]]) -> bool:
    """ "Y bans on X", "threatens ban on X", "fine or ban for X": so a noun stands where nothing wants a verb."""
    form, before = shown.units[i].text.lower(), shown.units[i - 1]
    following = shown.units[i + 1].text.lower() if 0 < i < len(shown.units) - 1 else ""
    if before.text.lower() in ("and", "or") and i - 2 in shown.nouns:
        return following in words["after_noun"]
    if following not in AIM | {"for", "over"}:
        return False
    return before.kind in ACTING if form.endswith("s") else form == shown.verbs[i] and not _wants_verb(before, words)


def _wants_verb(before: Unit, words: dict[str, frozenset[str]]) -> bool:
    """Whether a word calls for a verb in its bare form: "to", "will", those who act."""
    return before.text.lower() in words["before_verb"] | words["many"]


def _acts(unit: Unit, words: frozenset[str]) -> bool:
    return unit.text.lower() in words or (unit.kind in ACTING and unit.text not in _adjectives())


def _joins(units: list[Unit], i: int) -> bool:
    """ "Y blocks X, fines Z"."""
    return units[i - 1].text in (",", "and", ";") and units[i + 1].kind == "platform"


def _governed(units: list[Unit], i: int, words: dict[str, frozenset[str]]) -> bool:
    return i > 0 and units[i - 1].text.lower() in words["before_object"]


@cache
def _adjectives() -> frozenset[str]:
    countries = load_reference().countries.values()
    return frozenset(word for country in countries for word in country.adjectives)
