"""How a date or sum stands to a trigger of its sentence: in the same clause, in one that governs it, or beside."""

from __future__ import annotations

from enum import IntEnum
from itertools import takewhile

from spacy.tokens import Token

from nlp.date_words import date_words
from nlp.dates import DateMention
from nlp.frames import Frame
from nlp.money import MoneyMention
from nlp.sentences import Sentence

CLAUSES = frozenset({"ccomp", "xcomp", "advcl", "relcl", "acl", "conj", "pcomp", "parataxis", "csubj"})
OCCASIONS = frozenset({"in", "at", "by", "during"})
"""What stands before a noun that only says on which occasion: "in a vote on Friday", not "after a vote on Friday"."""
AWAY = frozenset({"after", "before", "since", "until"})
"""Relations whose clause has a time of its own."""


class Tie(IntEnum):
    """How a date stands to a trigger, the surest first: in its clause, in one that governs it, or merely beside."""

    OWN = 0
    GOVERNING = 1
    LOOSE = 2


def tie_of(frame: Frame, told: DateMention | MoneyMention) -> Tie | None:
    """The tie of a date or sum of the frame's sentence; None where another clause has it for its own."""
    sentence = frame.sentence
    trigger = sentence.token(frame.trigger)
    host, beside = _host(_head(sentence, told), trigger, sentence)
    way = _way_up(trigger, host)
    if way is None and _is_told_apart(host, trigger, sentence):
        return None
    if way is None or beside:
        return Tie.LOOSE
    if any(_parts(token, sentence) for token in way):
        return None
    return Tie.GOVERNING if any(token.dep_ in CLAUSES for token in way) else Tie.OWN


def _head(sentence: Sentence, told: DateMention | MoneyMention) -> Token:
    """The word of a date or sum on which its other words depend."""
    words = [
        sentence.doc[i] for i, unit in enumerate(sentence.units) if told.start < unit.end and unit.start < told.end
    ]
    return next((word for word in words if word.head not in words or word.head == word), words[0])


def _host(token: Token, trigger: Token, sentence: Sentence) -> tuple[Token, bool]:
    """The trigger or verb that a date goes with, and whether a noun stands between that has it rather."""
    beside = False
    while token.head != token:
        token = token.head
        if token == trigger or token.pos_ in ("VERB", "AUX"):
            break
        if token.pos_ in ("NOUN", "PROPN") and not sentence.units[token.i].kind:
            beside |= token.head.lower_ not in OCCASIONS
    return token, beside


def _way_up(trigger: Token, host: Token) -> list[Token] | None:
    """The words from a trigger up to a host, the host left out; None where it does not stand above."""
    way, token = [], trigger
    while token != host:
        if token.head == token:
            return None
        way.append(token)
        token = token.head
    return way


def _is_told_apart(host: Token, trigger: Token, sentence: Sentence) -> bool:
    """Whether a date's host is another trigger in a clause of its own, not merely joined to the trigger by "and"."""
    if host.i not in {place for place, _ in sentence.triggers}:
        return False
    above = {trigger, *trigger.ancestors}
    way = [host, *host.ancestors]
    return any(token.dep_ in CLAUSES - {"conj"} for token in takewhile(lambda token: token not in above, way))


def _parts(token: Token, sentence: Sentence) -> bool:
    """Whether a word on the way up heads a clause or phrase whose time is another than that of what it depends on."""
    if token.dep_ in ("relcl", "acl") and sentence.units[token.head.i].kind == "platform":
        return True
    openers = [child for child in token.children if child.dep_ in ("mark", "prep")] if token.dep_ == "advcl" else []
    openers += [token] if token.dep_ == "prep" else []
    words = date_words(sentence.doc.lang_)
    return any(words.relation_of(sentence.units[each.i].text) in AWAY for each in openers)
