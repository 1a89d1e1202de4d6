"""Why what was read is wrong: the component that lost an owed event, the reading that made one up, the field at fault.

A cause is found in what each component left behind in the Doc, so that the table says where mending pays most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from spacy.tokens import Doc

from nlp.candidates import Candidate
from nlp.features import reading
from nlp.mentions import Verdict
from nlp.score import ATTRIBUTES, Report, Tally, fits, is_right, pair_up

Gold = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Cause:
    """`kind` is missed, extra or a field; `name` says which component or reading is at fault."""

    kind: str
    name: str


@dataclass(slots=True)
class Causes:
    """How often each cause struck. `strict` counts, by cause, the pairs that fail strict F1 for that cause alone."""

    counts: Counter[Cause] = field(default_factory=Counter)
    strict: Counter[Cause] = field(default_factory=Counter)

    def add(self, record: Gold, doc: Doc, predicted: Sequence[Mapping[str, Any]]) -> None:
        """Counts what went wrong in one labelled document; `predicted` are its mentions as tables, in their order."""
        gold = record["events"]
        pairs = pair_up(gold, predicted)
        verdicts = [_verdict_of(doc, index) for index in range(len(predicted))]
        owed = {index for index, event in enumerate(gold) if not event.get("optional")}
        taken = {id(verdicts[e].candidate) for _, e in pairs}
        self.counts.update(_missed(gold[g], doc, taken) for g in sorted(owed - {g for g, _ in pairs}))
        paired = {e for _, e in pairs}
        self.counts.update(_extra(verdicts[e], verdicts, pairs) for e in range(len(predicted)) if e not in paired)
        for g, e in pairs:
            if g in owed:
                self._add_pair(gold[g], predicted[e], verdicts[e])

    def _add_pair(self, gold: Gold, event: Mapping[str, Any], verdict: Verdict) -> None:
        wrong = [_wrong(name, gold, event, verdict) for name in ATTRIBUTES if not is_right(gold, event, name)]
        self.counts.update(wrong)
        strict = [cause for cause in wrong if cause.kind in ("date", "status")]
        if len(strict) == 1:
            self.strict.update(strict)


def _verdict_of(doc: Doc, index: int) -> Verdict:
    mention = doc._.mentions[index]
    found: Verdict = next(verdict for verdict in doc._.verdicts if verdict.mention is mention)
    return found


def _missed(gold: Gold, doc: Doc, taken: set[int]) -> Cause:
    fitting = [
        v for v in doc._.verdicts if fits(gold, {"platform": v.candidate.platform, "action": v.candidate.action})
    ]
    free = [v for v in fitting if id(v.candidate) not in taken]
    if free:
        best = max(free, key=lambda verdict: verdict.confidence)
        return Cause("missed", f"judged too low: {_reading(best.candidate)}")
    if fitting:
        return Cause("missed", "folded into another event of its platform and action")
    return Cause("missed", _unseen(gold, doc))


def _told(candidate: Candidate) -> dict[str, str]:
    return {"platform": candidate.platform, "action": candidate.action}


def _unseen(gold: Gold, doc: Doc) -> str:
    if not any(span.id_ in gold["platform"] for span in doc.spans["platforms"]):
        return "no name of the platform found"
    if not any(span.label_ in gold["action"] for span in doc.spans["triggers"]):
        return "no word for the action found"
    return "platform and action never in one frame"


def _extra(verdict: Verdict, verdicts: Sequence[Verdict], pairs: Sequence[tuple[int, int]]) -> Cause:
    mine = verdict.candidate
    right = [verdicts[e].candidate for _, e in pairs]
    if any((each.platform, each.action) == (mine.platform, mine.action) for each in right):
        return Cause("extra", "a second time what another event tells")
    if any(each.platform == mine.platform for each in right):
        return Cause("extra", f"another action of a platform read rightly: {_reading(mine)}")
    if any(each.action == mine.action for each in right):
        return Cause("extra", f"the action of another platform read rightly: {_reading(mine)}")
    return Cause("extra", f"no event of the document: {_reading(mine)}")


def _wrong(name: str, gold: Gold, event: Mapping[str, Any], verdict: Verdict) -> Cause:
    got = event.get(name)
    if name == "status":
        return Cause(name, f"{gold[name][0]} read as {got}")
    basis = {"date": event.get("date_basis"), "country": _basis(verdict.candidate.jurisdiction)}.get(name)
    return Cause(name, f"wrong, {basis or 'nothing'} taken" if got and basis else "wrong" if got else "not found")


def _basis(found: Any) -> str | None:
    return found.basis if found else "document"


def _reading(candidate: Candidate) -> str:
    frame = candidate.told[0].frame
    return f"{'-'.join(reading(frame))} ({frame.role.name}, {frame.actor.kind})"


def rows(causes: Causes, report: Report, limit: int = 50) -> Iterator[tuple[int, Cause, float, float]]:
    """The commonest causes: how often, which, and what event F1 and strict F1 would gain if it went."""
    for cause, count in causes.counts.most_common(limit):
        hits = count if cause.kind == "missed" else 0
        more = hits - (count if cause.kind == "extra" else 0)
        event = _gain(report.event, hits, more)
        yield count, cause, event, _gain(report.strict, hits + causes.strict[cause], more)


def _gain(tally: Tally, hits: int, predicted: int) -> float:
    """How much F1 rises with so many more hits and predictions."""
    return Tally(tally.hit + hits, tally.predicted + predicted, tally.owed).rates()[2] - tally.rates()[2]


def table(causes: Causes, report: Report, limit: int = 50) -> str:
    """The rows as lines for people."""
    lines = ["errors  kind       event F1  strict F1  cause"]
    for count, cause, event, strict in rows(causes, report, limit):
        lines.append(f"{count:6}  {cause.kind:9}  {event:+8.3f}  {strict:+9.3f}  {cause.name}")
    return "\n".join(lines)
