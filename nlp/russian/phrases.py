"""Noun phrases: modifiers that agree with their noun, and the preposition before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from nlp.russian.government import government
from nlp.russian.readings import Reading, agree
from nlp.russian.words import Word

NOMINAL = ("noun", "pronoun", "relative")
MODIFIERS = ("adjective", "participle", "number")
OPENING = ("«", '"', "„", "“")
CLOSING = ("»", '"', "”", "“")


@dataclass(slots=True, eq=False)
class Phrase:
    """A noun with its modifiers, words[first..last], and the preposition that governs it."""

    head: Word
    first: int
    last: int
    preposition: Word | None = None

    @property
    def top(self) -> Word:
        """The word by which the phrase hangs: its preposition or its noun."""
        return self.preposition or self.head


def prefer_verbs(words: Sequence[Word]) -> None:
    """ "Комиссия начала": a form that may be a verb is one behind a nominative that agrees, if no other verb is."""
    if any(word.kind in ("finite", "short") for word in words):
        return
    for before, word in pairwise(words):
        verbs = [r for r in word.readings if r.kind == "finite"]
        subjects = [r for r in before.readings if r.case == "nomn" and r.kind in NOMINAL]
        if word.kind == "noun" and any(agree(replace(verb, case=""), noun) for verb in verbs for noun in subjects):
            word.readings = [*verbs, *[r for r in word.readings if r not in verbs]]
            return


def find_phrases(words: Sequence[Word]) -> list[Phrase]:
    """The noun phrases of a sentence from left to right; modifiers and prepositions are attached to their nouns."""
    _fold_prepositions(words)
    found: list[Phrase] = []
    i = 0
    while i < len(words):
        phrase = _phrase_at(words, i)
        if phrase:
            found.append(phrase)
            i = phrase.last + 1
        else:
            i += 1
    return found


def _fold_prepositions(words: Sequence[Word]) -> None:
    """Makes one preposition of "в отношении", and of "по решению" or "решением" the sign of a by-phrase."""
    table = government()
    for i, word in enumerate(words):
        pair = f"{words[i - 1].lower} {word.lower}" if i else ""
        last = i + 1 == len(words)
        if last or not any(reading.case == "gent" or reading.kind == "number" for reading in words[i + 1].readings):
            continue
        alone = word.lower in table.behest and word.kind == "noun" and not word.is_name
        if pair in table.behest or pair in table.phrases or alone:
            word.readings = [Reading(word.lower, "preposition")]
            word.tag = "by" if pair in table.behest or alone else ""
            if not alone:
                words[i - 1].readings = [Reading(words[i - 1].lower, "particle")]
                words[i - 1].attach(word, "advmod")


def _phrase_at(words: Sequence[Word], start: int) -> Phrase | None:
    preposition = words[start] if words[start].kind == "preposition" and words[start].head is None else None
    first = start + 1 if preposition else start
    end, readings = _noun_from(words, first, _wanted(preposition))
    if end is None and preposition:
        end, readings = _noun_from(words, first, None)
    if end is None:
        return None
    head = words[end]
    head.readings = readings
    for word in words[first:end]:
        if word.head is None and word.kind in (*MODIFIERS, "adverb", "point"):
            _modify(word, head)
    if preposition:
        head.attach(preposition, "pobj")
    return Phrase(head, start, end, preposition)


def _wanted(preposition: Word | None) -> frozenset[str] | None:
    if preposition is None:
        return None
    return government().prepositions.get(preposition.lower, frozenset({"gent"}))


def _noun_from(words: Sequence[Word], first: int, cases: frozenset[str] | None) -> tuple[int | None, list[Reading]]:
    """The index of the noun that words[first:] lead to, and its readings that agree with all before it."""
    modifiers: list[list[Reading]] = []
    counted = False
    for i in range(first, min(first + 8, len(words))):
        word = words[i]
        nouns = [r for r in word.readings if r.kind in NOMINAL and (cases is None or r.case in cases or counted)]
        nouns = [r for r in nouns if all(any(agree(r, m) for m in each) for each in modifiers)]
        others = [r for r in word.readings if r.kind in ("adjective", "participle")]
        others = [r for r in others if cases is None or not r.case or r.case in cases]
        rank = word.readings[0].kind
        if nouns and (rank in NOMINAL or modifiers or (cases and not others)):
            return i, _counted(nouns) if counted else nouns
        if rank == "number":
            counted = True
        elif others and rank in ("adjective", "participle", "noun"):
            modifiers.append(others)
            word.readings = [*others, *[r for r in word.readings if r not in others]]
        elif not (
            word.lower in OPENING or word.lower == "же" or (modifiers and (rank == "adverb" or word.lower == "и"))
        ):
            return None, []
    return None, []


def _counted(nouns: list[Reading]) -> list[Reading]:
    """ "5 запросов": the genitive is the number's doing, the phrase may stand in any plain case."""
    base = nouns[0]
    plain = [Reading(base.lemma, base.kind, case, "plur") for case in ("nomn", "accs")]
    return [*plain, *nouns]


def _modify(word: Word, head: Word) -> None:
    if word.kind == "participle" or word.kind == "adjective":
        fitting = [r for r in word.readings if any(agree(r, h) for h in head.readings)]
        word.readings = fitting or word.readings
    label = {"number": "nummod", "adverb": "advmod", "point": "punct"}.get(word.kind, "amod")
    word.attach(head, label)
