"""Who acts: the subject, the by-phrase or the owner of a trigger, and what kind of actor that is.

The kinds are those of kinds.py, and none where nobody is named.
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from nlp.clauses import NOMINAL, SUBJECTS, headline_passive, is_borne, is_passive
from nlp.kinds import kind_of, noun_phrase
from nlp.sentences import STAND_INS, Sentence

VAGUE = frozenset({"name", "other"})
"""Kinds that yield to any other in the sentence."""
UNSENT = frozenset({"platform", "other"})
"""Kinds from which nothing is sent: "a ban from phones", "removal from the store"."""


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor's kind, and the units (indexes in the sentence) that name it."""

    kind: str
    units: tuple[int, ...] = ()


def actor_of(trigger: Token, sentence: Sentence, lang: str) -> Actor:
    """The actor of a trigger; kind "none" where the sentence names nobody."""
    if owner := _suitor(trigger, sentence):
        return Actor(kind_of(owner, sentence, lang), _phrase(owner))
    tokens = (token for token in map(_antecedent, _candidates(trigger, sentence, lang)) if token is not None)
    pairs = ((token, Actor(kind_of(token, sentence, lang), _phrase(token))) for token in tokens)
    found = [actor for token, actor in pairs if not (token.head.lower_ == "from" and actor.kind in UNSENT)]
    return next((actor for actor in found if actor.kind not in VAGUE), found[0] if found else Actor("none"))


def _suitor(trigger: Token, sentence: Sentence) -> Token | None:
    """ "Acme's suit against X": whose it is acts, whoever else is named, and though nobody knows the name."""
    aimed = any(prep.lower_ == "against" for prep in trigger.children if prep.dep_ == "prep")
    owners = (child for child in trigger.children if child.dep_ == "poss" and child.pos_ != "PRON" and aimed)
    return next((owner for owner in owners if sentence.units[owner.i].kind != "platform"), None)


def _candidates(trigger: Token, sentence: Sentence, lang: str) -> list[Token]:
    """Tokens that may name the actor, likeliest first."""
    found, verb = _own(trigger, sentence), trigger
    for _ in range(5):
        if verb.pos_ in ("VERB", "AUX") and not headline_passive(verb, lang):
            found += [child for child in verb.children if child.dep_ in SUBJECTS and not is_borne(trigger, verb, lang)]
        found += _outside(verb, lang)
        if verb.head == verb or _is_closed(verb, lang):
            break
        verb = verb.head
        found += _agents(verb)
    return [token for token in found if token != trigger and token.tag_ not in ("WDT", "WP")]


def _own(trigger: Token, sentence: Sentence) -> list[Token]:
    """The by-phrases of a trigger, and the names and nouns before one that is a noun."""
    if trigger.pos_ not in ("NOUN", "PROPN"):
        return _agents(trigger)
    before = [child for child in trigger.children if child.dep_ in NOMINAL | SUBJECTS and _may_act(child, sentence)]
    return _agents(trigger) + [child for child in before if not _is_aimed_at(child)]


def _may_act(child: Token, sentence: Sentence) -> bool:
    """Before a noun an adjective or a sum ("billion-dollar") names nobody, but for the adjective of a place."""
    kind = sentence.units[child.i].kind
    if not kind and any(each.tag_ == "HYPH" for each in child.children):
        return False
    return kind in ("place", "authority") or (kind != "money" and child.pos_ in ("NOUN", "PROPN", "PRON"))


def _is_closed(verb: Token, lang: str) -> bool:
    """ "X, which was blocked in Y, declined": a passive aside shares no actor with what it stands in."""
    return verb.dep_ in ("relcl", "acl", "advcl") and is_passive(verb, lang)


def _outside(verb: Token, lang: str) -> list[Token]:
    """ "a ruling banning X", "a law that bans X", "Y's plan to ban X": the noun with the clause, or its owner."""
    if verb.dep_ == "relcl":
        stands_in = any(child.tag_ in ("WDT", "WP") for child in verb.children if child.dep_ in SUBJECTS)
        return [verb.head] if stands_in and not is_passive(verb, lang) else []
    if verb.dep_ != "acl":
        return []
    owners = [child for child in verb.head.children if child.dep_ == "poss" or _names(child)]
    return [verb.head] if verb.tag_ == "VBG" else owners


def _names(child: Token) -> bool:
    return child.dep_ == "compound" and not _is_aimed_at(child)


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
    """The units of an actor's noun phrase."""
    return tuple(word.i for word in noun_phrase(token))
