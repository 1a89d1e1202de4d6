"""The mood of a trigger: how sure, how near, denied, conditional, told by whom. Flags that speak no language.

possible, future, intent   it may come, is to come, somebody wants or plans it
negation, denial           it did not happen, or somebody says so
conditional                "if", "unless"
report                     media, users or monitors tell it
resist                     a platform fights it: it exists, and is told as background
past, perfect, present, bare   the tense of its clause; `bare` has no finite verb
infinitive, participle     the same of a verb that is not finite
question, generic          a question; a class of platforms rather than this one
"""

from __future__ import annotations

from spacy.tokens import Token

from nlp.lexicon import word_lists

STEPS = 6
WATCHED = ("possible", "future", "intent", "conditional", "negation", "denial", "report", "resist", "generic")


def mood_of(trigger: Token, lang: str) -> frozenset[str]:
    """The flags of a trigger, from its own clause and the verbs above it."""
    words = word_lists(lang, "moods")
    flags = set(_tense(trigger))
    for distance, token in enumerate(_upward(trigger)):
        for near in [token, *_modifiers(token)]:
            if near != trigger:
                flags |= _flags(near, words, own=distance == 0)
    if trigger.doc[-1].text == "?":
        flags.add("question")
    return frozenset(flags)


def _upward(token: Token) -> list[Token]:
    """The token and what governs it, up to the root of its sentence."""
    chain = [token]
    while len(chain) < STEPS and chain[-1].head != chain[-1]:
        chain.append(chain[-1].head)
    return chain


def _modifiers(token: Token) -> list[Token]:
    return [
        child
        for child in token.children
        if child.dep_ in ("aux", "neg", "advmod", "mark", "amod", "det", "prep", "compound", "acomp", "prt", "preconj")
    ]


def _flags(token: Token, words: dict[str, frozenset[str]], *, own: bool) -> set[str]:
    lemma, lower = token.lemma_.lower(), token.lower_
    found = {kind for kind in WATCHED if lemma in words[kind] or lower in words[kind]}
    if lower == "to" and token.dep_ != "aux":
        found.discard("future")
    if token.dep_ == "prep":
        found.discard("future")
    return found if own or token.pos_ in ("VERB", "AUX", "NOUN") else found - {"generic", "future"}


def _tense(trigger: Token) -> set[str]:
    verb = next((t for t in _upward(trigger) if t.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return {"bare"}
    aux = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    if aux & {"has", "have", "had", "'ve", "having"}:
        return {"perfect"}
    told = verb.morph.get("Tense", []) if "Fin" in verb.morph.get("VerbForm", []) else []
    if told == ["Past"] or verb.tag_ == "VBD" or aux & {"was", "were", "did", "got"}:
        return {"past"}
    if told == ["Fut"]:
        return {"future"}
    if told or verb.tag_ in ("VBZ", "VBP") or aux & {"is", "are", "'s"}:
        return {"present"}
    return {"bare"} if verb.tag_ == "VBN" else {"infinitive" if verb.tag_ == "VB" else "participle"}
