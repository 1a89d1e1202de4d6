"""Who tells of an act: whom the document names as its source.

official   an authority, an institution or a state: "the regulator said it had blocked"
platform   a platform
report     media, users, network monitors, unnamed sources
other      somebody else
none       nobody: the document tells it itself
"""

from __future__ import annotations

from spacy.tokens import Token

from nlp.clauses import SUBJECTS
from nlp.governors import Step, steps
from nlp.heads import is_one_of
from nlp.kinds import kind_of, noun_phrase
from nlp.lexicon import word_lists
from nlp.sentences import Sentence

KINDS = {"authority": "official", "institution": "official", "place": "official", "platform": "platform"}


def speaker_of(trigger: Token, sentence: Sentence, lang: str) -> str:
    """The kind of the nearest speaker above a trigger."""
    words, way = word_lists(lang, "moods"), steps(trigger)
    if any(
        is_one_of(child, words["report"]) for step in way for child in step.token.children if child.dep_ == "advmod"
    ):
        return "report"
    named = _speaker(way, words)
    if named is None:
        return "none"
    if any(is_one_of(token, words["report"]) for token in noun_phrase(named)):
        return "report"
    return KINDS.get(kind_of(named, sentence, lang), "other")


def _speaker(way: list[Step], words: dict[str, frozenset[str]]) -> Token | None:
    below = way[0].token
    for step in way:
        cited = _according(step.token, words["according"])
        if cited is not None:
            return cited
        if below.dep_ in ("ccomp", "parataxis") and is_one_of(step.token, words["say"]):
            return next((child for child in step.token.children if child.dep_ in SUBJECTS), None)
        below = step.token
    return None


def _according(verb: Token, words: frozenset[str]) -> Token | None:
    """For "according to NetBlocks": the source."""
    for prep in verb.children:
        if any(is_one_of(token, words) for token in (prep, *prep.children)) and prep.dep_ == "prep":
            ends = [child for child in prep.subtree if child.dep_ == "pobj"]
            return next(iter(ends), None)
    return None
