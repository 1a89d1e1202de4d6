"""The word that holds a name's place in a sentence: the first of a list, "app" in "the X app", "apps" in "apps like X".

Labels of trees are those of spaCy's English models (ClearNLP style).
"""

from __future__ import annotations

from spacy.tokens import Token

from nlp.clauses import NOMINAL
from nlp.sentences import STAND_INS, SUM

Words = dict[str, frozenset[str]]
"""The lists of actors.yaml."""
HEADS = ("owner", "service", "deal", "device", "thing", "use")
"""Classes of nouns (actors.yaml) that a name may modify."""
NOUNS = frozenset({"NOUN", "PROPN", "X"})
MEMBER = frozenset({"including", "like", "as", "such"})
BESIDE = frozenset({"along", "alongside", "together"})


def is_one_of(token: Token, words: frozenset[str]) -> bool:
    """Whether a list of lower-case words holds a token, as its lemma or as it stands."""
    return token.lemma_.lower() in words or token.lower_ in words


def noun_class(token: Token, words: Words) -> str:
    """The class of nouns of HEADS that a token is of; "" for none."""
    return next((kind for kind in HEADS if is_one_of(token, words[kind])), "")


def stand_in(name: Token, trigger: Token, words: Words) -> tuple[Token, set[str]]:
    """Climbs from a name, at most to the trigger, and tells what it passed: a class of nouns, listed, named, other."""
    token, flags = name, set[str]()
    for _ in range(12):
        if token in (trigger, token.head) or token.head == trigger:
            break
        above = _above(token, words)
        if above is None:
            break
        token, flag = above
        flags.add(flag)
    return token, flags - {""}


def _above(token: Token, words: Words) -> tuple[Token, str] | None:
    head = token.head
    if token.dep_ in ("conj", "appos") and head.pos_ in NOUNS:
        return head, "listed" if token.dep_ == "conj" else "named"
    if token.dep_ in NOMINAL and (head.pos_ in NOUNS or head.dep_ in ("compound", "amod")):
        return head, _modified(token, words) if head.pos_ in NOUNS else ""
    if token.dep_ == "oprd" and head.dep_ == "acl" and head.head.pos_ in NOUNS:
        return head.head, "named"  # "the network, then called X"
    if token.dep_ == "pobj" and head.dep_ == "conj" and head.head.pos_ == "ADP":
        return next(((child, "listed") for child in head.head.children if child.dep_ == "pobj"), None)
    if token.dep_ == "pobj" and (noun := _of_list(head)):
        return noun, "listed"
    if token.dep_ == "pobj" and (company := _company_of(head, words)):
        return company, "service"
    return None


def _of_list(preposition: Token) -> Token | None:
    """The noun that "including X", "such as X" or "along with X" goes with: a parser may hang it on the verb."""
    first = preposition.head if preposition.head.pos_ in ("ADP", "SCONJ") else preposition
    if first.lower_ in MEMBER and first.head.pos_ in NOUNS:
        return first.head
    set_off = first.i > 0 and first.doc[first.i - 1].text == ","
    if first.lower_ not in BESIDE and not (set_off and first.lower_ in MEMBER):
        return None
    return next((token for token in reversed(list(first.doc[: first.i])) if token.pos_ in NOUNS), None)


def _company_of(preposition: Token, words: Words) -> Token | None:
    """ "the company behind X", "the owner of X": a platform's company, where it is told by no name of its own."""
    if not preposition.i or preposition.lower_ not in ("behind", "of"):
        return None
    noun = preposition.doc[preposition.i - 1]
    fits = words["owner"] | (words["service"] if preposition.lower_ == "behind" else frozenset())
    return noun if noun.pos_ in NOUNS and is_one_of(noun, fits) and not _is_named(noun) else None


def _is_named(noun: Token) -> bool:
    """Whether a noun has a platform's name for its own: "the owner, Y", "owner Y"."""
    names = [noun.head, *noun.doc[noun.i : noun.i + 2], *(child for child in noun.children if child.dep_ == "appos")]
    return any(name.text == STAND_INS["platform"] for name in names)


def _modified(name: Token, words: Words) -> str:
    """The class of the noun that a name modifies; owner where another platform is it, or names it: "X's Y service"."""
    platform, head = STAND_INS["platform"], name.head
    between = (child.text for child in head.lefts if child.i > name.i and child.dep_ in NOMINAL)
    if platform in (head.text, *between):
        return "owner"
    # "fined X Europe Ltd €5m": parsers take name and sum for one name
    named = head.pos_ == "PROPN" or head.text[:1].isupper() or head.text == SUM
    kind = noun_class(head, words) or ("name" if named else "other")
    return "service" if kind == "owner" and not _is_named(head) else kind
