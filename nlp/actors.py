"""Who acts: the subject, the by-phrase or the owner of a trigger, and what kind of actor that is.

Kinds: authority (a listed one), institution (a regulator, court, ministry without a name), place ("Russia", "Moscow"
for the state), platform, private (a school, a bank, a rival), party (politicians on
their own), other, and none where nobody is named.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from nlp.lexicon import word_lists
from nlp.roles import NOMINAL, SUBJECTS, headline_passive, is_one_of
from nlp.sentences import STAND_INS, Sentence


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor's kind, and the units (indexes in the sentence) that name it."""

    kind: str
    units: tuple[int, ...] = ()


def actor_of(trigger: Token, sentence: Sentence, lang: str) -> Actor:
    """The actor of a trigger; kind "none" where the sentence names nobody."""
    tokens = (token for token in map(_antecedent, _candidates(trigger)) if token is not None)
    found = [Actor(_kind(token, sentence, lang), _phrase(token)) for token in tokens]
    return next((actor for actor in found if actor.kind != "other"), found[0] if found else Actor("none"))


def _candidates(trigger: Token) -> list[Token]:
    """Tokens that may name the actor, likeliest first."""
    found = [*_agents(trigger)]
    if trigger.pos_ in ("NOUN", "PROPN"):
        found += [child for child in trigger.children if child.dep_ in NOMINAL and not _is_aimed_at(child)]
    verb = trigger
    for _ in range(5):
        if verb.pos_ in ("VERB", "AUX") and not headline_passive(verb):
            found += [child for child in verb.children if child.dep_ in SUBJECTS]
        if verb.head == verb:
            break
        verb = verb.head
        found += _agents(verb)
    return [token for token in found if token != trigger and token.tag_ not in ("WDT", "WP")]


def _is_aimed_at(child: Token) -> bool:
    """A platform, or what the genitive makes a platform's: "блокировка сервиса X" names nobody who blocks."""
    platform = STAND_INS["platform"]
    return child.text == platform or (child.dep_ == "nmod" and any(token.text == platform for token in child.subtree))


def _agents(verb: Token) -> list[Token]:
    words = ("by", "from") if verb.pos_ in ("NOUN", "PROPN") else ("by",)
    preps = [
        child for child in verb.children if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ in words)
    ]
    bare = [child for child in preps if child.pos_ != "ADP"]  # languages with an instrumental case
    return bare + [child for prep in preps for child in prep.children if child.dep_ == "pobj"]


def _antecedent(token: Token) -> Token | None:
    """For "it said it had blocked": the subject of the verb above; a pronoun without one is nobody."""
    if token.pos_ != "PRON":
        return token
    verb = token.head
    while verb.head != verb:
        verb = verb.head
        for child in verb.children:
            if child.dep_ in SUBJECTS and child.pos_ != "PRON":
                return child
    return None


def _phrase(token: Token) -> tuple[int, ...]:
    """The units of an actor's noun phrase: its modifiers, appositions and of-phrases, no clauses."""
    kept, queue = {token.i}, [token]
    while queue:
        for child in queue.pop().children:
            if child.dep_ in NOMINAL | {"prep", "pobj", "appos", "case", "conj"} and len(kept) < 12:
                kept.add(child.i)
                queue.append(child)
    return tuple(sorted(kept))


def _kind(token: Token, sentence: Sentence, lang: str) -> str:
    units, words = sentence.units, word_lists(lang, "actors")
    if units[token.i].kind in ("authority", "platform"):
        return units[token.i].kind
    if is_one_of(token, words["party"]):
        return "party"
    if is_one_of(token, words["institution"]):
        return "institution"
    if any(units[i].kind == "authority" for i in _phrase(token)):
        return "authority"
    if token.lemma_.lower() in words["private"] | words["carrier"] | words["service"] | words["thing"]:
        return "private"
    if units[token.i].kind == "place":
        return "place"
    return "other"
