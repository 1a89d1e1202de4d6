"""The inflected forms of a lemma, so that lexicons list lemmas and the matchers find every form without a parse.

English by rule, with the irregular ones in nlp/lang/en/irregular.yaml; Russian by pymorphy3's dictionary (OpenCorpora).
"""

from __future__ import annotations

from functools import cache
from typing import Any

from nlp.lexicon import read_yaml

_VOWELS = "aeiou"
_OF = ("of ", "for ")
_UNSTRESSED = ("un", "per", "com", "sub", "ad", "ex", "re", "de", "an", "with", "out")


def inflect(lemma: str, *, lang: str, pos: str) -> list[str]:
    """All forms of a lemma in lower case, itself first; only the first word of a phrase is inflected (its head).

    `pos` is "verb" or "noun". A language without rules here keeps the lemma as its only form.
    """
    head, _, rest = lemma.lower().partition(" ")
    if lang == "en":
        if head_is_last(lemma, lang=lang, pos=pos):
            return [lemma.lower(), *(f"{head} {form}" for form in _english_noun(rest) if form != rest)]
        forms = _english_verb(head) if pos == "verb" else _english_noun(head)
    elif lang == "ru":
        forms = _russian(head, pos)
    else:
        forms = [head]
    return list(dict.fromkeys(f"{form} {rest}".strip() for form in [head, *forms]))


def head_is_last(lemma: str, *, lang: str, pos: str) -> bool:
    """Whether a phrase's last word is the one that is inflected, and on which its others depend: "legal notice"."""
    _, _, rest = lemma.lower().partition(" ")
    return lang == "en" and pos == "noun" and bool(rest) and not rest.startswith(_OF)


@cache
def _irregular() -> dict[str, list[str]]:
    table: dict[str, list[str]] = read_yaml("en", "irregular")
    return table


def _english_verb(verb: str) -> list[str]:
    if verb in _irregular():
        return [verb, *_irregular()[verb], _third_person(verb)]
    stem = _doubled(verb)
    return [verb, _third_person(verb), _past(verb, stem), _participle(verb, stem)]


def _english_noun(noun: str) -> list[str]:
    return [noun, _third_person(noun)]


def _third_person(word: str) -> str:
    if word.endswith("y") and word[-2] not in _VOWELS:
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"


def _doubled(verb: str) -> str:
    """ "ban" → "bann", "permit" → "permitt": a stressed last syllable of one vowel and one consonant doubles it."""
    root = next((verb.removeprefix(prefix) for prefix in _UNSTRESSED if verb.startswith(prefix)), verb)
    root = root if len(root) > 2 else verb
    short = sum(char in _VOWELS for char in root) == 1
    ends = len(root) > 2 and root[-1] not in f"{_VOWELS}wxy" and root[-2] in _VOWELS and root[-3] not in _VOWELS
    return verb + verb[-1] if short and ends else verb


def _past(verb: str, stem: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if verb.endswith("y") and verb[-2] not in _VOWELS else f"{stem}ed"


def _participle(verb: str, stem: str) -> str:
    if verb.endswith("ie"):
        return f"{verb[:-2]}ying"
    return f"{verb[:-1]}ing" if verb.endswith("e") and not verb.endswith("ee") else f"{stem}ing"


@cache
def russian_morphology() -> Any:
    """pymorphy3's analyser, loaded once a process."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


def _russian(word: str, pos: str) -> list[str]:
    parses = [p for p in russian_morphology().parse(word) if p.normal_form in (word, word.replace("ё", "е"))]
    of_pos = [p for p in parses if (p.tag.POS == "INFN") == (pos == "verb")]
    return [form.word for parse in (of_pos or parses)[:1] for form in parse.lexeme]
