"""What kind of actor a noun names.

Kinds: authority (a listed one), institution (a regulator, court, ministry without a name, "Judge Silva"), place
("Russia", "Moscow" for the state), platform, private (a school, a bank, a rival), party (politicians on their own or
out of office), name (somebody whom no list knows) and other.
"""

from __future__ import annotations

from spacy.tokens import Token

from nlp.clauses import NOMINAL
from nlp.heads import is_one_of
from nlp.lexicon import word_lists
from nlp.sentences import Sentence


def noun_phrase(token: Token) -> list[Token]:
    """A noun with its modifiers, appositions and of-phrases, no clauses, in order."""
    kept, queue = {token.i}, [token]
    while queue:
        for child in queue.pop().children:
            if child.dep_ in NOMINAL | {"prep", "pobj", "appos", "case", "conj"} and len(kept) < 12:
                kept.add(child.i)
                queue.append(child)
    return [token.doc[i] for i in sorted(kept)]


def kind_of(token: Token, sentence: Sentence, lang: str) -> str:
    """The kind of actor that a token names."""
    units, words = sentence.units, word_lists(lang, "actors")
    if units[token.i].kind == "authority" and any(is_one_of(child, words["former"]) for child in token.children):
        return "party"
    if units[token.i].kind in ("authority", "platform"):
        return units[token.i].kind
    kinds = [units[word.i].kind for word in noun_phrase(token)]
    if is_one_of(token, words["party"]):
        return "party"
    if _is_plain_service(token, words):
        return "private"
    if is_one_of(token, words["institution"]):
        return "private" if any(is_one_of(child, words["press"]) for child in token.children) else "institution"
    if "authority" in kinds:
        return "authority"
    if is_one_of(token, words["service"]) and "platform" in kinds:
        return "platform"  # "X Corp", "social media giant X"
    if token.lemma_.lower() in words["private"] | words["carrier"] | words["service"] | words["thing"]:
        return "private"
    if units[token.i].kind == "place":
        return "place"
    return _titled(token, words) if token.pos_ == "PROPN" else "other"


def _is_plain_service(token: Token, words: dict[str, frozenset[str]]) -> bool:
    """ "The service said": a word for a platform, too, is an institution's where a name or adjective says of what."""
    named = any(child.dep_ in NOMINAL or child.dep_ == "prep" for child in token.children)
    return is_one_of(token, words["service"]) and not named and token.text.islower()


def _titled(name: Token, words: dict[str, frozenset[str]]) -> str:
    """ "Judge Silva", "CEO Silva": a name is what the title before it says."""
    titles = [child for child in name.children if child.dep_ == "compound"]
    if any(is_one_of(title, words["institution"] | words["party"]) for title in titles):
        return "institution"
    return "private" if any(is_one_of(title, words["thing"] | words["owner"]) for title in titles) else "name"
