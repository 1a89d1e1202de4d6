"""The mood of a trigger: how sure, how near, denied, conditional, told by whom. Flags that speak no language.

possible, future, unreal   it may come, is to come, would come
plan, threat, wish         somebody plans it, threatens or weighs it, wants it
bill, vote                 it lies before a parliament, which votes on it
intent                     any of these five
facing                     the platform faces it
negation, denial           it did not happen, or somebody says so
conditional, depending     told inside an "if", or as what then happens
report                     media, users or monitors tell it
given                      taken as known: what comes after it, breaks it, obeys it
resist                     a platform fights it: it exists, and is told as background
achieved                   the first, the latest to do it
past, perfect, present, bare   the tense of its clause; `bare` has no finite verb
infinitive, participle     the same of a verb that is not finite
question, generic          a question; a class of platforms rather than this one
"""

from __future__ import annotations

from spacy.tokens import Token

from nlp.clauses import SUBJECTS
from nlp.governors import Step, steps
from nlp.heads import is_one_of
from nlp.lexicon import word_lists

INTENTS = frozenset({"plan", "threat", "wish", "bill", "vote"})
WATCHED = (
    "possible",
    "future",
    "unreal",
    "facing",
    *INTENTS,
    "negation",
    "denial",
    "conditional",
    "report",
    "generic",
)
TAKEN = ("resist", "given")
"""Words below which an act is a fact, whatever is said of them."""


def mood_of(trigger: Token, lang: str, phrase: frozenset[str] = frozenset()) -> frozenset[str]:
    """The flags of a trigger, from its own clause and what governs it.

    The words of its own phrase lend it none: "no longer opens" denies nothing, "may not be used" is no perhaps.
    """
    words = word_lists(lang, "moods")
    way = _bearing(steps(trigger), words)
    flags = _tense(way) | {flag for n, step in enumerate(way) for flag in _flags(step, words, phrase, own=n == 0)}
    flags |= {kind for kind in TAKEN if way[-1].governs and is_one_of(way[-1].token, words[kind])}
    flags |= _clauses(way, words)
    if flags & INTENTS:
        flags.add("intent")
    if trigger.doc[-1].text == "?":
        flags.add("question")
    return frozenset(flags)


def _bearing(way: list[Step], words: dict[str, frozenset[str]]) -> list[Step]:
    """The steps up to a word below which the act is a fact; what a challenge is to bring about is none."""
    sought = any(child.lower_ == "to" and child.dep_ == "aux" for child in way[0].token.children)
    taken = words["given"] if sought else words["given"] | words["resist"]
    for n, step in enumerate(way):
        if step.governs and is_one_of(step.token, taken):
            return way[: n + 1]
    return way


def _flags(step: Step, words: dict[str, frozenset[str]], phrase: frozenset[str], *, own: bool) -> set[str]:
    found: set[str] = set()
    for token in step.words:
        if token.lower_ in phrase:
            continue
        kinds = {kind for kind in WATCHED if is_one_of(token, words[kind])}
        if token.lower_ == "to" and not _is_predicate(token):
            kinds.discard("future")
        found |= kinds if own or token.pos_ in ("VERB", "AUX", "NOUN") else kinds - {"generic", "future"}
    return found


def _is_predicate(to: Token) -> bool:
    """Whether an infinitive tells what is to come by itself ("Russia to block X", "was to block"), not what for."""
    verb = to.head
    return to.dep_ == "aux" and (verb.dep_ in ("ROOT", "ccomp") or (verb.dep_ == "xcomp" and verb.head.lemma_ == "be"))


def _clauses(way: list[Step], words: dict[str, frozenset[str]]) -> set[str]:
    """What the clauses around tell: that it depends on one with "if", or that somebody was the first to do it."""
    found = set()
    if any(is_one_of(noun, words["bill"]) for noun in _doers(way)):
        found.add("bill")
    for step in way:
        below = [child for child in step.token.children if child.dep_ == "advcl"]
        if any(
            is_one_of(mark, words["conditional"]) for clause in below for mark in clause.children if mark.dep_ == "mark"
        ):
            found.add("depending")
    top = way[0].token
    if top.dep_ in ("relcl", "acl") and any(is_one_of(child, words["achieved"]) for child in top.head.children):
        found.add("achieved")
    return found


OUTLOOKS = (
    ("denied", {"denial"}),
    ("undone", {"negation"}),
    ("asked", {"question", "conditional"}),
    ("generic", {"generic"}),
    ("bill", {"bill", "vote"}),
    ("planned", {"plan", "threat"}),
    ("wished", {"wish", "intent"}),
    ("possible", {"possible", "unreal", "depending"}),
    ("coming", {"future"}),
    ("facing", {"facing"}),
    ("done", {"past", "perfect", "present", "bare", "achieved"}),
)


def outlook_of(mood: frozenset[str]) -> str:
    """A mood in one word, the one that unsettles most; "open" for an infinitive or participle without more."""
    return next((name for name, flags in OUTLOOKS if mood & flags), "open")


def _doers(way: list[Step]) -> list[Token]:
    """What does it, where that may be a text: "a bill would ban", "a bill that would ban"."""
    verbs = [step.token for step in way if step.token.pos_ in ("VERB", "AUX")]
    above = [verb.head for verb in verbs if verb.dep_ in ("relcl", "acl")]
    return above + [child for verb in verbs for child in verb.children if child.dep_ in SUBJECTS]


def _tense(way: list[Step]) -> set[str]:
    verb = next((step.token for step in way if step.token.pos_ in ("VERB", "AUX")), None)
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
