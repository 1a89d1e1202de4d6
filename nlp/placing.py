"""How a place stands in the sentence of a frame: it acts, does the like, is where it is done, or is only named.

Labels are those of spaCy's English models, as in clauses.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from nlp.clauses import NOMINAL, SUBJECTS
from nlp.frames import Frame
from nlp.heads import is_one_of, noun_class
from nlp.lexicon import word_lists
from nlp.sentences import Unit

LISTED = frozenset({",", "and", "&"})
SPOKEN_OF = frozenset({"over", "about", "amid", "against"})
INSIDE = frozenset({"in", "across", "throughout", "within"})
ASIDE = frozenset({"advcl", "relcl", "acl"})
TOWARDS = frozenset({"to", "into"})
PLACED = INSIDE | frozenset({"by", "like", "as", "including"})


def acting_places(frame: Frame) -> list[int]:
    """The places among the words of the actor, and those listed before them: "Utah, Alabama ban ..."."""
    units = frame.sentence.units
    found = [i for i in frame.actor.units if units[i].kind == "place"]
    first = found[0] if found else 0
    while first > 1 and units[first - 1].text in LISTED and units[first - 2].kind == "place":
        first -= 2
        found.append(first)
    return found


def speakers_of(frame: Frame) -> set[int]:
    """ "China lashes out at the US over the ban": the subject of the verb only speaks of what the noun tells."""
    doc, trigger = frame.sentence.doc, frame.sentence.token(frame.trigger)
    if trigger.dep_ != "pobj" or trigger.head.lower_ not in SPOKEN_OF:
        return set()
    above = {token.i for token in trigger.ancestors}
    subjects = [token for token in doc if token.dep_ in SUBJECTS and token.head.i in above]
    return {below.i for token in subjects for below in token.subtree}


def own_units(frame: Frame) -> set[int]:
    """The units below a noun trigger, which tell of no other act: "after the ban in Italy"."""
    trigger = frame.sentence.token(frame.trigger)
    return {token.i for token in trigger.subtree} if trigger.pos_ == "NOUN" else set()


def is_fellow(name: int, frame: Frame) -> bool:
    """ "joins Italy in", "a move like Italy's", "other states, like Italy": it acts likewise, apart from who acts."""
    units, token = frame.sentence.units, frame.sentence.doc[name]
    alike = word_lists(frame.sentence.doc.lang_, "references")["alike"]
    states = word_lists(frame.sentence.doc.lang_, "actors")["institution"]
    direct = True
    while name not in frame.actor.units and token.head != token and token.dep_ not in SUBJECTS | {"nsubjpass"}:
        direct = direct and (token.dep_ in ("conj", "appos", "dobj", "pobj"))
        token = token.head
        if units[token.i] == frame.trigger:
            return False
        noun = token.pos_ == "NOUN" and (token.lemma_ in alike or any(c.lower_ in alike for c in token.children))
        noun = noun or (is_one_of(token, states) and any(c.lower_ == "other" for c in token.children))
        if noun or (direct and token.lemma_.lower() in alike):
            return True
    return False


def is_slot(place: int, frame: Frame) -> bool:
    """ "in Italy", "by Italy and France", "like Italy", "include Italy": where, or by whom, something is done."""
    token = frame.sentence.doc[place]
    while token.dep_ in ("conj", "appos") and token.head != token:
        token = token.head
    if token.dep_ == "pobj" and token.head.lower_ in PLACED:
        return not _is_of_another(token.head, frame)
    return token.dep_ in SUBJECTS or (token.dep_ == "dobj" and token.head.lemma_ == "include")


def _is_of_another(preposition: Token, frame: Frame) -> bool:
    """ "the war in Ukraine", "controlled by China": where another thing is, which is neither who acts nor acted on."""
    noun, units = preposition.head, frame.sentence.units
    if is_one_of(noun, word_lists(noun.doc.lang_, "references")["tied"]):
        return True
    if noun.dep_ in ASIDE and frame.sentence.token(frame.trigger) not in noun.subtree:
        return True
    if noun.pos_ != "NOUN" or preposition.lower_ not in INSIDE or units[noun.i] in (frame.trigger, frame.platform):
        return False
    words = word_lists(noun.doc.lang_, "actors")
    return noun.i not in frame.actor.units and not noun_class(noun, words) and not is_one_of(noun, words["institution"])


def is_origin(place: int, frame: Frame) -> bool:
    """ "Chinese-owned", "China's ByteDance": where a company comes from, not who acts on it."""
    units, token = frame.sentence.units, frame.sentence.doc[place]
    if place + 1 < len(units) and units[place + 1].text.startswith("-") and not _is_pair(place, units):
        return True
    return token.dep_ in NOMINAL and units[token.head.i].kind == "platform"


def is_destination(place: int, frame: Frame) -> bool:
    """ "for moving data to servers in the US", "EU-US transfers": the far end of what is sent, which acts not."""
    if _is_pair(place - 2, frame.sentence.units):
        return True
    token, sent, to = frame.sentence.doc[place], word_lists(frame.sentence.doc.lang_, "references")["sent"], False
    while token.head != token and frame.sentence.units[token.i] != frame.trigger:
        token, to = token.head, to or token.lower_ in TOWARDS
        if to and is_one_of(token, sent):
            return True
    return False


def _is_pair(first: int, units: Sequence[Unit]) -> bool:
    """Whether two places stand there with a hyphen between."""
    kinds = [unit.kind or unit.text for unit in units[first : first + 3]] if first >= 0 else []
    return kinds == ["place", "-", "place"]


def names_institution(place: int, frame: Frame) -> bool:
    """ "Chinese regulators", "the government of China": whose word it is, whatever it does."""
    token = frame.sentence.doc[place]
    noun = token.head.head if token.dep_ == "pobj" and token.head.lower_ == "of" else token.head
    by = token.dep_ in NOMINAL or token.dep_ == "pobj"
    return by and noun != token and is_one_of(noun, word_lists(noun.doc.lang_, "actors")["institution"])
