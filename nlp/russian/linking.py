"""How clauses hang together: which go into one, which hang on a noun or a verb, which stand by themselves."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.russian.clauses import Clause, is_dependent
from nlp.russian.government import government
from nlp.russian.words import Word


def merged(stretches: list[Clause]) -> list[Clause]:
    """Gives a stretch without a verb to the clause that it belongs to: the one that it interrupts, or the next."""
    done: list[Clause] = []
    pending: Clause | None = None
    for clause in stretches:
        last = next((c for c in reversed(done) if not is_dependent(c)), None)
        listed = bool(clause.phrases) and clause.phrases[0].top.label == "conj"
        if clause.verb is None and pending is not None:
            clause.takes(pending)
            pending = clause
        elif (
            clause.verb is None
            and (listed or clause.opened in ("(", "—", "–", ":", ","))
            and last
            and not clause.marker
        ):
            last.words, last.phrases = last.words + clause.words, last.phrases + clause.phrases
        elif clause.verb is None:
            pending = clause
        elif is_dependent(clause):
            before = pending or (done[-1] if done else None)
            clause.modifies = _modified(clause, before)
            done.append(clause)
        else:
            if pending is not None:
                clause.takes(pending)
                pending = None
            done.append(clause)
    return [*done, pending] if pending else done


def _modified(clause: Clause, before: Clause | None) -> Word | None:
    """The noun that a relative or participial clause modifies: the nearest before it that agrees."""
    if before is None or clause.verb is None or clause.verb.kind == "gerund":
        return None
    nouns = [p.head for p in before.phrases]
    key = next((w for w in clause.words if w.kind == "relative"), clause.verb)
    fitting = [n for n in nouns if _fits(key, n)]
    return next(reversed(fitting or nouns), None)


def _fits(key: Word, noun: Word) -> bool:
    relative = key.kind == "relative"
    for r in key.readings:
        for n in noun.readings:
            number = not (r.number and n.number) or r.number == n.number
            gender = r.number == "plur" or not (r.gender and n.gender) or r.gender == n.gender
            if number and gender and (relative or not (r.case and n.case) or r.case == n.case):
                return True
    return False


def link(clauses: Sequence[Clause]) -> None:
    """Hangs clauses on one another; one that stands by itself is a root of its own."""
    for i, clause in enumerate(clauses):
        root = _root(clause)
        before = clauses[i - 1] if i else None
        if root is None or root.head is not None:
            continue
        if clause.modifies is not None:
            root.attach(clause.modifies, "relcl" if root.kind != "participle" else "acl")
        elif clause.marker is not None and clause.marker.lower in government().asserted:
            continue
        elif clause.marker is not None:
            other = before or (clauses[i + 1] if i + 1 < len(clauses) else None)
            above = _root(other) if other else None
            content = clause.marker.lower in government().content
            if above is not None:
                root.attach(above, "ccomp" if content else "advcl")
        elif before is not None:
            _beside(clause, root, before)


def _beside(clause: Clause, root: Word, before: Clause) -> None:
    above = _root(before)
    if above is None:
        return
    if root.kind == "gerund":
        root.attach(above, "advcl")
    elif root.best.lemma in government().speech and clause.words[0].index >= root.index - 1 and above.head is None:
        above.attach(root, "ccomp")
    elif above.best.lemma in government().speech and clause.opened in (":", "—"):
        root.attach(above, "ccomp")
    elif is_dependent(clause) or not any(w.label in ("nsubj", "nsubjpass") and w.head is root for w in clause.words):
        root.attach(above, "conj")


def _root(clause: Clause) -> Word | None:
    if clause.verb is not None:
        return clause.verb
    return next((word for word in clause.words if word.head is None), None)
