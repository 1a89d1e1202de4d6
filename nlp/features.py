"""What the judge sees of a candidate: named yes-or-no features that speak no language and know no words.

Each frame gives its features; a candidate has those of all its frames, and once more, as `best:`, those of its first.
"""

from __future__ import annotations

from spacy.tokens import Doc

from nlp.candidates import Candidate
from nlp.clauses import NOMINAL
from nlp.frames import Frame
from nlp.paragraphs import paragraph_features
from nlp.roles import TARGETED
from nlp.sentences import title_length
from nlp.standing import standing
from nlp.status import outlook_of
from nlp.telling import Told
from nlp.topics import lead_topics, title_topics, topics_of

KIN = {
    "block": ("ban", "throttle"),
    "ban": ("block", "removal"),
    "throttle": ("block",),
    "removal": ("ban", "takedown", "block"),
    "takedown": ("order", "removal", "block"),
    "order": ("takedown", "ban", "lawsuit", "investigation"),
    "investigation": ("lawsuit", "order"),
    "lawsuit": ("investigation", "order", "fine"),
    "fine": ("order", "lawsuit"),
    "restore": ("block", "ban"),
}
"""Action types that one act is often told as."""


def features(candidate: Candidate, doc: Doc) -> set[str]:
    """The features of a candidate among all candidates of its Doc."""
    best, *others = (_frame(told) for told in candidate.told)
    found = {"bias", f"action={candidate.action}"} | {f"any:{name}" for name in best.union(*others)}
    found |= {f"best:{name}" for name in best} | _crossed(best, candidate.action)
    found |= paragraph_features(doc, candidate.told[0].frame.sentence, candidate.platform)
    return found | _place(candidate, doc) | _rivals(candidate, doc) | _topics(candidate, doc)


def _frame(told: Told) -> set[str]:
    frame = told.frame
    role, where = frame.role.name, "title" if frame.sentence.title else ("lead" if frame.sentence.index < 2 else "body")
    found = {f"role={role}", f"actor={frame.actor.kind}", f"pos={frame.pos}", f"where={where}", f"{where}:role={role}"}
    found |= {f"mood={flag}" for flag in frame.mood} | {f"flag={flag}" for flag in frame.role.flags}
    found |= {
        f"support={frame.support}",
        f"role={role}&support={frame.support}",
        f"role={role}&actor={frame.actor.kind}",
        f"role={role}&pos={frame.pos}",
    }
    found |= {name for name, held in _yes_no(told) if held}
    outlook = outlook_of(frame.mood)
    found |= {f"outlook={outlook}", f"role={role}&outlook={outlook}", f"said={frame.speaker}"}
    found |= {f"role={role}&flag={flag}" for flag in frame.role.flags}
    found |= _reading(frame) | {f"acts-on={frame.acts_on}", f"role={role}&acts-on={frame.acts_on}"}
    found.add(f"actor={frame.actor.kind}&acts-on={frame.acts_on}")
    if role == "near":
        found |= _nearness(told)
    return found | standing(frame.sentence, frame.trigger)


OFFICIAL = frozenset({"authority", "institution", "place"})
UNSETTLED = frozenset(
    {"possible", "future", "unreal", "intent", "conditional", "negation", "denial", "question", "generic", "infinitive"}
)
ASIDE = frozenset({"thing", "deal", "device", "other"})


def reading(frame: Frame) -> tuple[str, str, str]:
    """The whole of a frame in three words: is the platform the target, does an authority act, has it happened?"""
    aside = frame.role.flags & ASIDE and "through" not in frame.role.flags
    target = "aside" if aside else "target" if frame.role.name in TARGETED else "other"
    actor = "official" if frame.actor.kind in OFFICIAL else "none" if frame.actor.kind == "none" else "other"
    return target, actor, "open" if frame.mood & UNSETTLED else "settled"


def _reading(frame: Frame) -> set[str]:
    target, actor, mood = reading(frame)
    whole = f"{target}-{actor}-{mood}"
    return {
        f"reading={whole}",
        f"reading={whole}&pos={frame.pos}",
        f"reading={target}-{actor}",
        f"reading={target}-{mood}",
    }


def _yes_no(told: Told) -> list[tuple[str, bool]]:
    frame = told.frame
    return [
        ("coreferent", frame.coreferent),
        ("specific", frame.specific),
        ("in-context", frame.in_context),
        ("capital", _is_capital(frame)),
        ("modifies", _modifies(frame)),
        ("dated", told.date is not None),
        ("money", told.money is not None),
        ("money-ceiling", told.money is not None and told.money.ceiling),
        ("country-actor", told.country is not None and told.country.basis == "actor"),
        ("country-place", told.country is not None and told.country.basis == "place"),
        ("country-fellow", told.country is not None and told.country.basis == "fellow"),
        ("country-beside", told.country is not None and told.country.basis == "beside"),
        ("weak-name", frame.platform.weak),
        ("authority-actor", told.authority is not None and told.authority.basis == "actor"),
        ("authority-sentence", told.authority is not None and told.authority.basis == "sentence"),
    ]


def _is_capital(frame: Frame) -> bool:
    """A trigger inside a name: "the Prohibition Act", told in running text."""
    sentence = frame.sentence
    return not sentence.title and frame.trigger != sentence.units[0] and frame.trigger.text[:1].isupper()


def _modifies(frame: Frame) -> bool:
    """A trigger that only says of what kind a noun is: "the ban decision"."""
    token = frame.sentence.token(frame.trigger)
    platform = frame.sentence.units[token.head.i].kind == "platform"
    return token.dep_ in NOMINAL and token.head.pos_ == "NOUN" and not platform


def _nearness(told: Told) -> set[str]:
    """How a trigger and a name without a tie lie to one another: which first, how far, what between."""
    frame = told.frame
    units, doc = frame.sentence.units, frame.sentence.doc
    a, b = sorted((units.index(frame.trigger), units.index(frame.platform)))
    order = "after" if frame.platform.start > frame.trigger.start else "before"
    between = {token.pos_ for token in doc[a + 1 : b]}
    gap = "clause" if between & {"VERB", "AUX", "PUNCT"} else "phrase" if between & {"ADP", "CCONJ"} else "none"
    far = "close" if frame.distance < 6 else "far"
    return {f"near:{far}", f"near:{order}-{gap}", f"near:{order}-{gap}-{frame.pos}-{far}"}


CROSSED = frozenset(
    {"role", "actor", "mood", "outlook", "where", "support", "money"}
    | {"flag", "reading", "said", "specific", "in-context", "pos"}
)


def _crossed(best: set[str], action: str) -> set[str]:
    crossing = [name for name in best if name.split("=")[0] in CROSSED]
    return {f"action={action}&{name}" for name in crossing}


def _place(candidate: Candidate, doc: Doc) -> set[str]:
    sentences = {id(told.frame.sentence) for told in candidate.told}
    platforms = [span.id_ for span in doc.spans["platforms"]]
    found = {
        f"frames={min(len(candidate.told), 4)}",
        f"sentences={min(len(sentences), 3)}",
        f"rank={min(candidate.rank, 2)}",
    }
    if platforms and platforms[0] == candidate.platform:
        found.add("platform-first")
    if any(span.start_char < title_length(doc) and span.id_ == candidate.platform for span in doc.spans["platforms"]):
        found.add("platform-in-title")
    found.add(f"platforms={min(len(set(platforms)), 4)}")
    return found


def _topics(candidate: Candidate, doc: Doc) -> set[str]:
    """What the sentence that tells it best, what the title and what the lead below it are about."""
    inside = topics_of(candidate.told[0].frame.sentence, doc.lang_)
    titled, lead = title_topics(doc), lead_topics(doc)
    above = {f"title-topic={kind}" for kind in titled} | {f"lead-topic={kind}" for kind in lead}
    crossed = {f"topic={kind}" for kind in inside | titled} | above
    found = {f"topic={kind}" for kind in inside} | above
    return found | {f"action={candidate.action}&{name}" for name in crossed}


def _rivals(candidate: Candidate, doc: Doc) -> set[str]:
    """Whether a kindred action of the same platform, or the same action of another, is told better."""
    found = set()
    mine = _standing(candidate)
    for other in doc._.candidates:
        if other is candidate:
            continue
        if other.platform == candidate.platform and other.action in KIN[candidate.action]:
            found.add("kin-better" if _standing(other) > mine else "kin-worse")
        if other.platform == candidate.platform and other.action == candidate.action:
            found.add("twin-better" if _standing(other) > mine else "twin-worse")
        if other.platform != candidate.platform and other.action == candidate.action and _standing(other) > mine:
            found.add("platform-better")
    return found


def _standing(candidate: Candidate) -> tuple[bool, bool, int]:
    frame = candidate.told[0].frame
    return (frame.role.name in TARGETED, frame.sentence.title, len(candidate.told))
