"""Listed names in all the cases of a language that declines them, so that a list need hold the nominative alone.

"Таганский суд Москвы" gives "Таганского суда Москвы" and so on: what stands before the head noun, and the head, change
together; what follows stands. Latin, abbreviated and indeclinable names have one form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from nlp.inflection import russian_morphology

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write one thing. `context` is empty for a name that is safe alone."""

    text: str
    id: str
    context: frozenset[str] = frozenset()
    ambiguous: bool = False


def declined(names: Iterable[Name], lang: str) -> Iterator[Name]:
    """The names, each followed by its other case forms where the language has them."""
    for name in names:
        yield name
        if lang == "ru" and any("а" <= char <= "я" for char in name.text.lower()):
            yield from (replace(name, text=form) for form in case_forms(name.text) if form != name.text)


def case_forms(text: str) -> list[str]:
    """Every form of a Russian name, written as it is; the name alone where it cannot be declined."""
    words = text.split()
    nouns = [_named(word, "NOUN") for word in words]
    head = next((i for i, noun in enumerate(nouns) if noun), None)
    if head is None:
        return _adjective_forms(text)
    front = [_agreeing(word, nouns[head]) for word in words[:head]]
    if any(parse is None for parse in front):
        return [text]
    return list(dict.fromkeys(_in_case([*front, nouns[head]], words, case) for case in CASES))


def _in_case(parses: list[Any], words: list[str], case: str) -> str:
    wanted = {case, _number(parses[-1])}
    forms = [parse.inflect(wanted | _animacy(parse, parses[-1], case)) for parse in parses]
    if not all(forms):
        return " ".join(words)
    changed = [_like(word, form.word) for word, form in zip(words, forms, strict=False)]
    return " ".join([*changed, *words[len(forms) :]])


def _animacy(parse: Any, noun: Any, case: str) -> set[str]:
    """An adjective's accusative depends on whether its noun lives."""
    animacy = noun.tag.animacy if case == "accs" and parse is not noun and noun.tag.gender != "femn" else None
    return {str(animacy)} if animacy else set()


def _named(word: str, pos: str) -> Any:
    """The reading of a Cyrillic word as a nominative lemma of a part of speech; None where there is none."""
    parses = russian_morphology().parse(word) if word.isalpha() and not word.isupper() else []
    return next((p for p in parses if pos == p.tag.POS and p.tag.case == "nomn" and _is_lemma(p, word)), None)


def _is_lemma(parse: Any, word: str) -> bool:
    lemma: str = parse.normal_form
    return "plur" in parse.tag or lemma.replace("ё", "е") == word.lower().replace("ё", "е")


def _agreeing(word: str, noun: Any) -> Any:
    wanted = {"nomn", _number(noun)} | ({noun.tag.gender} if _number(noun) == "sing" and noun.tag.gender else set())
    return next(
        (p for p in russian_morphology().parse(word) if p.tag.POS in ("ADJF", "PRTF") and wanted in p.tag), None
    )


def _number(parse: Any) -> str:
    return str(parse.tag.number or "sing")


def _adjective_forms(text: str) -> list[str]:
    """ "российский" in every gender, number and case, and each with a capital for the beginning of a sentence."""
    parse = None if " " in text or not text.islower() else _named(text, "ADJF")
    if parse is None:
        return [text]
    forms = [form.word for form in parse.lexeme if form.tag.POS == "ADJF"]
    return list(dict.fromkeys([*forms, *(form.capitalize() for form in forms)]))


def _like(word: str, form: str) -> str:
    """The form with the capitals of the listed word: "ВКонтакте", "Tелеграм"."""
    same = next((i for i, (a, b) in enumerate(zip(word.lower(), form, strict=False)) if a != b), len(word))
    return word[:same] + form[same:] if same else form.capitalize()
