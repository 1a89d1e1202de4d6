"""Phrases that hang on the phrase right before them: a genitive, a name behind its title, a noun's own preposition."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.russian.government import government
from nlp.russian.phrases import CLOSING, OPENING, Phrase
from nlp.russian.readings import CASES
from nlp.russian.words import Word


def join_phrases(words: Sequence[Word], phrases: Sequence[Phrase]) -> None:
    """Attaches each phrase to the one right before it where that governs it; what is left hangs on a verb."""
    row: list[Phrase] = []
    for phrase in phrases:
        between = words[row[-1].last + 1 : phrase.first] if row else []
        quotes = [word for word in between if word.head is not phrase.preposition or phrase.preposition is None]
        if row and all(word.lower in (*OPENING, *CLOSING) for word in quotes):
            _join(row, phrase)
        else:
            row = []
        row.append(phrase)


def _join(row: Sequence[Phrase], phrase: Phrase) -> None:
    """Attaches a phrase to the last, or a name to a title, of the phrases right before it."""
    head, noun, before = row[-1].head, phrase.head, row[-1]
    if phrase.preposition:
        if phrase.preposition.lower in government().nouns.get(head.best.lemma, ()):
            phrase.preposition.attach(head, "prep")
        return
    titled = next((p.head for p in reversed(row[-4:]) if p.head.best.lemma in government().titles), None)
    if noun.unit.kind in ("platform", "authority") and titled and not head.is_name:
        noun.attach(titled, "compound")
    elif head.unit.text.isascii() and noun.unit.text.isascii():
        if not noun.unit.kind:
            noun.attach(head, "compound")
    elif "gent" in noun.cases and not _stands_alone(before, phrase) and not _breaks_time(head, noun):
        noun.narrow("gent")
        noun.attach(head, "nmod")
    elif _names_same(before, phrase):
        noun.attach(_chain_top(head), "appos")


def _stands_alone(before: Phrase, phrase: Phrase) -> bool:
    """Whether a name of any case, or a word after a name, is rather an argument of the verb."""
    head, noun = before.head, phrase.head
    if noun.unit.kind == "platform" and len(noun.cases) == len(CASES):
        acts = head.unit.kind in ("authority", "place", "money") or head.kind == "pronoun" or head.best.animate
        return acts or (head.best.case == "datv" and not before.preposition)
    if head.unit.kind == "platform" or head.kind in ("pronoun", "relative"):
        return True
    return noun.kind in ("pronoun", "relative") or noun.unit.kind == "money"


def _breaks_time(head: Word, noun: Word) -> bool:
    """ "13 августа служба": nothing hangs on a time, and of times only "года" and "месяца" on what is none."""
    times = government().times
    if (head.best.lemma in times) == (noun.best.lemma in times):
        return False
    return head.best.lemma in times or noun.best.lemma not in ("год", "месяц") or head.is_name


def _names_same(before: Phrase, phrase: Phrase) -> bool:
    """ "основатель мессенджера Павел Дуров": a capital, in the case of the phrase's top."""
    top = _chain_top(before.head)
    return phrase.head.unit.text[:1].isupper() and not phrase.head.is_name and bool(top.cases & phrase.head.cases)


def _chain_top(word: Word) -> Word:
    while word.head is not None and word.label in ("nmod", "compound", "appos"):
        word = word.head
    return word
