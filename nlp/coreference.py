"""What "the app", "both companies" or "it" stand for: platforms spoken of before.

A noun stands for the last ones that it fits: "the messenger" for a messenger, "the app" for no company. A pronoun
stands for the subject before it in its sentence, and for nothing where that subject is no platform.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import takewhile

from spacy.tokens import Doc, Token

from data.reference import load_reference
from nlp.clauses import NOMINAL, OBJECTS, SUBJECTS
from nlp.lexicon import word_lists
from nlp.sentences import Sentence, title_length

BARE = SUBJECTS | OBJECTS | {"pobj"}
"""How a noun stands that headlines write without its article: "UK bans app"."""
STANDING = SUBJECTS | {"nsubjpass"}
COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}
"""Lists of words that say how many are meant."""
NEAR = 3
"""Platforms named last, among which the one most spoken of is meant."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A platform that a sentence means, and the unit that stands for it; None where no word does."""

    platform: str
    place: int | None = None


class Antecedents:
    """The platforms of a document in reading order, to look back from a sentence."""

    def __init__(self, doc: Doc) -> None:
        spans = doc.spans["platforms"]
        sure = [span for span in spans if span.label_ != "weak"] or list(spans)
        self.names = [(span.start_char, span.id_) for span in sure]
        self.counts = Counter(id for _, id in self.names)
        self.words = word_lists(doc.lang_, "references")
        self.opening = title_length(doc) + len("\n\n")
        self.heads = word_lists(doc.lang_, "actors")["service"]
        categories = {row.category for row in load_reference().platforms.values()}
        self.specific = frozenset[str]().union(*(self.words[category] for category in categories))

    def of(self, sentence: Sentence) -> list[Reference]:
        """The words of a sentence that stand for platforms; what it implies where it holds neither those nor names."""
        found = [Reference(id, token.i) for token in sentence.doc for id in self._meant(token, sentence)]
        if not found and not sentence.of_kind("platform"):
            found = [Reference(id) for id in self._last(sentence.units[0].start)]
        return found

    def _meant(self, token: Token, sentence: Sentence) -> list[str]:
        if number := self._number(token):
            return self._of_number(token, sentence, number)
        if token.pos_ == "PRON":
            return self._of_pronoun(token, sentence) if token.lower_ in self.words["pronoun"] else []
        if token.pos_ == "NOUN" and self._is_definite(token, sentence) and not _names_its_own(token, sentence):
            return self._of_noun(token, sentence)
        return []

    def _of_noun(self, noun: Token, sentence: Sentence) -> list[str]:
        """The platforms last named that fit a noun with its modifiers; those of the owner that it names, if any."""
        rows, phrase = load_reference().platforms, [noun, *_modifiers(noun)]
        said = {word for token in phrase for word in (token.lemma_.lower(), sentence.units[token.i].text.lower())}
        fits = self._fitting(noun, said)
        owners = {sentence.units[token.i].id for token in phrase if sentence.units[token.i].kind == "platform"}
        names = [(at, id) for at, id in self.names if id in fits and (not owners or rows[id].parent in owners)]
        counted = max(map(self._number, noun.children), default=0)
        return self._last(sentence.units[noun.i].start, names, counted or (2 if _is_plural(noun) else 1))

    def _fitting(self, noun: Token, said: set[str]) -> set[str]:
        """The ids that a noun can stand for, by the kinds of platforms that the words of its phrase tell."""
        rows = load_reference().platforms
        known = {id for id in self.counts if id in rows}
        kinds = {rows[id].category for id in known if said & self.words[rows[id].category]}
        head = {noun.lemma_.lower(), noun.lower_}
        if not head & self.heads.union(*(self.words[kind] for kind in kinds)):
            return set()
        anyone = bool(head & self.words["anyone"])
        if said & self.specific:
            return {id for id in known if rows[id].category in kinds | ({"company"} if anyone else set())}
        bare = "news-site" if anyone else "company"
        return {id for id in known if rows[id].category != bare} or known

    def _number(self, token: Token) -> int:
        return next((number for kind, number in COUNTS.items() if token.lower_ in self.words[kind]), 0)

    def _of_number(self, token: Token, sentence: Sentence, number: int) -> list[str]:
        """ "the trio", "all four", "both": as many as were named last, where so many were."""
        before = {child.lower_ for child in token.children}
        told = before & self.words["definite"] or (before | {token.lower_}) & self.words["whole"]
        if not told or token.dep_ not in BARE | {"nsubjpass"}:
            return []
        found = self._last(sentence.units[token.i].start, number=number)
        return found if len(found) == number else []

    def _of_pronoun(self, pronoun: Token, sentence: Sentence) -> list[str]:
        actor = _subject_over(pronoun)
        for token in reversed(list(sentence.doc[: pronoun.i])):
            unit = sentence.units[token.i]
            if token.dep_ not in STANDING or token.pos_ == "PRON" or token == actor:
                continue
            if unit.kind == "platform":
                return [unit.id]
            return self._meant(token, sentence)
        if pronoun.lower_ in self.words["people"] or pronoun.dep_ not in BARE | NOMINAL:
            return []
        return self._last(sentence.units[pronoun.i].start)

    def _last(self, start: int, names: list[tuple[int, str]] | None = None, number: int = 1) -> list[str]:
        """The platform most spoken of among the last before a place; the last few, where several are meant."""
        before = [id for place, id in (self.names if names is None else names) if place < start]
        if number > 1:
            return list(dict.fromkeys(reversed(before)))[:number]
        last = before[-NEAR:]
        return [max(last, key=lambda id: (last.count(id), self.counts[id]))] if last else []

    def _is_definite(self, noun: Token, sentence: Sentence) -> bool:
        before = [child for child in noun.children if child.dep_ in ("det", "poss", "nummod", "predet")]
        words = {child.lower_ for child in noun.children}
        if not self.words["definite"] or words & self.words["definite"]:
            return True
        headline = sentence.title or sentence.index == 0 or sentence.units[0].start == self.opening
        return headline and not before and noun.tag_ == "NN" and noun.dep_ in BARE


def _subject_over(pronoun: Token) -> Token | None:
    """The subject over a pronoun that is no subject, which it cannot be: "Kenya blocked it", "sued to block it"."""
    token = pronoun
    if pronoun.dep_ in STANDING | NOMINAL:
        return None
    while token.head != token:
        token = token.head
        if subject := next((child for child in token.children if child.dep_ in STANDING), None):
            return subject
    return None


def _is_plural(noun: Token) -> bool:
    return noun.tag_ == "NNS" or "Number=Plur" in str(noun.morph)


def _names_its_own(noun: Token, sentence: Sentence) -> bool:
    """ "the messaging service X": a noun whose name follows stands for nothing else."""
    after = takewhile(lambda token: token.pos_ not in ("VERB", "AUX"), (t for t in noun.subtree if t.i > noun.i))
    return any(sentence.units[token.i].kind == "platform" for token in after)


def _modifiers(noun: Token) -> list[Token]:
    """The words before a noun that say what kind it is of: "the short video app"."""
    return [token for token in noun.subtree if token.i < noun.i and token.pos_ in ("NOUN", "ADJ", "PROPN", "VERB")]
