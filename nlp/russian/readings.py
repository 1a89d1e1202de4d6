"""Readings: what pymorphy3's dictionary (OpenCorpora) makes of a form, likeliest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from nlp.inflection import russian_morphology

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
SAME_CASE = {"voct": "nomn", "gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}
KINDS = {
    "NOUN": "noun", "NPRO": "pronoun", "ADJF": "adjective", "PRTF": "participle", "VERB": "finite",
    "INFN": "infinitive",
    "PRTS": "short", "ADJS": "short", "PRED": "short", "GRND": "gerund", "NUMR": "number", "PREP": "preposition",
    "CONJ": "conjunction", "PRCL": "particle", "COMP": "adverb", "ADVB": "adverb", "NUMB": "number", "ROMN": "number",
    "PNCT": "point",
}  # fmt: skip
"""OpenCorpora's parts of speech as the parser tells them apart; whatever is not here is a noun."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a form. An empty case, number or gender agrees with any."""

    lemma: str
    kind: str
    case: str = ""
    number: str = ""
    gender: str = ""
    tense: str = ""
    passive: bool = False
    transitive: bool = False
    animate: bool = False


def agree(one: Reading, other: Reading) -> bool:
    """Same case and number, and in the singular same gender, as far as both have them."""
    if one.case != other.case and one.case and other.case:
        return False
    if one.number != other.number and one.number and other.number:
        return False
    return "plur" in (one.number, other.number) or not (one.gender and other.gender) or one.gender == other.gender


@lru_cache(maxsize=65536)
def readings(form: str) -> tuple[Reading, ...]:
    """All readings of a form, without doubles."""
    if not any("а" <= char <= "я" or char == "ё" for char in form.lower()):
        return _foreign(form)
    parses = [parse for parse in russian_morphology().parse(form) if parse.score > 0.005 and parse.tag.POS]
    found = dict.fromkeys(map(_read, parses))
    # "признанный" is in the dictionary as an adjective too, but what was done to it is what counts.
    return tuple(sorted(found, key=lambda reading: reading.kind == "adjective" and _is_participle(found))) or _any_case(
        form
    )


def _foreign(form: str) -> tuple[Reading, ...]:
    if form[:1].isdigit():
        return (Reading(form, "number"),)
    if not any(char.isalpha() for char in form):
        return (Reading(form, "point"),)
    return _any_case(form)


def _is_participle(found: Iterable[Reading]) -> bool:
    return any(reading.kind == "participle" for reading in found)


def _any_case(form: str) -> tuple[Reading, ...]:
    return tuple(Reading(form.lower(), "noun", case) for case in CASES)


def _read(parse: Any) -> Reading:
    tag = parse.tag
    kind = KINDS.get(str(tag.POS), "noun")
    if kind == "adjective" and "Anph" in tag and parse.normal_form == "который":
        kind = "relative"
    return Reading(
        lemma=parse.normal_form,
        kind=kind,
        case=SAME_CASE.get(str(tag.case), str(tag.case)) if tag.case else "",
        number=str(tag.number or ""),
        gender=str(tag.gender or ""),
        tense=str(tag.tense or ""),
        passive="pssv" in tag,
        transitive="tran" in tag,
        animate="anim" in tag,
    )


@lru_cache(maxsize=4096)
def name_readings(text: str) -> tuple[Reading, ...]:
    """A name's readings: those of its head noun; any case where it is Latin or unknown."""
    parts = [readings(part) for part in text.replace("«", " ").split()]
    adjectives: list[tuple[Reading, ...]] = []
    for part in parts:
        nouns = tuple(replace(r, lemma=text.lower()) for r in part if r.kind == "noun")
        if nouns and part[0].kind != "adjective":
            nouns += _borrowed(text)
            return tuple(r for r in nouns if all(_agrees(r, a) for a in adjectives)) or nouns
        adjectives.append(part)
    return _any_case(text)


def _borrowed(text: str) -> tuple[Reading, ...]:
    """ "Ютуба" is the genitive of a foreign name, where the dictionary, not knowing it, sees a nominative."""
    known = russian_morphology().word_is_known(text)
    return () if known or not text.endswith(("а", "я")) else (Reading(text.lower(), "noun", "gent", "sing", "masc"),)


def _agrees(noun: Reading, readings_: tuple[Reading, ...]) -> bool:
    return any(agree(noun, r) for r in readings_)
