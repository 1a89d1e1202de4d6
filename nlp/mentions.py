"""From candidates to mentions: the judge disposes, fields are chosen among what the document says, with evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc

from data.models import Action, Mention, Status
from nlp.acting import acting_authority, acting_country
from nlp.candidates import Candidate
from nlp.country import country_of
from nlp.features import features
from nlp.grounds import grounds_of
from nlp.homeland import homeland_of
from nlp.judge import Judge
from nlp.quoting import evidence
from nlp.scope import scope_of

for extension in ("verdicts", "mentions"):
    if not Doc.has_extension(extension):
        Doc.set_extension(extension, default=())


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the judge made of a candidate: the features that it saw, P(event), and the mention where it kept it."""

    candidate: Candidate
    features: frozenset[str]
    confidence: float
    mention: Mention | None


class Mentions:
    """Builds `doc._.verdicts`, one a candidate, and `doc._.mentions`, the events told, in the order of the text."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge

    def __call__(self, doc: Doc) -> Doc:
        doc._.verdicts = tuple(self._verdict(candidate, doc) for candidate in doc._.candidates)
        kept = [verdict for verdict in doc._.verdicts if verdict.mention]
        doc._.mentions = tuple(verdict.mention for verdict in sorted(kept, key=_place))
        return doc

    def _verdict(self, candidate: Candidate, doc: Doc) -> Verdict:
        names = features(candidate, doc)
        confidence = self.judge.confidence(names)
        kept = confidence >= self.judge.threshold
        mention = self._mention(candidate, doc, names, confidence) if kept else None
        return Verdict(candidate, frozenset(names), confidence, mention)

    def _mention(self, candidate: Candidate, doc: Doc, names: set[str], confidence: float) -> Mention:
        found = [told.country for told in candidate.told if told.country]
        country = country_of(found, doc, candidate.told[0].frame.trigger.start) or homeland_of(candidate, doc)
        authority = acting_authority(candidate, doc, country)
        country = acting_country(country, authority)
        date = candidate.date
        news = date is None and doc._.published is not None and self.judge.is_news(names)
        money, announced = candidate.money, candidate.announced
        grounds, scope = grounds_of(candidate, doc, authority), scope_of(candidate, doc)
        told = {
            "country": country,
            "authority": authority,
            "date": date,
            "announced": announced,
            "amount": money,
            "grounds": grounds,
            "scope": scope,
        }
        return Mention(
            platform=candidate.platform,
            action=cast(Action, candidate.action),
            status=cast(Status, self.judge.status_of(names)),
            date=date.value if date else (doc._.published.isoformat() if news else None),
            date_precision=date.precision if date else ("day" if news else None),
            date_basis=date.basis if date else ("published" if news else None),
            country=country.value if country else None,
            authority=authority.value if authority else None,
            amount=money.amount if money else None,
            currency=money.currency if money else None,
            announced=announced.value if announced else None,
            grounds=grounds.value if grounds else None,
            scope=scope.value if scope else None,
            confidence=round(confidence, 3),
            evidence=evidence(doc, candidate.told[0].frame, told),
        )


def _place(verdict: Verdict) -> int:
    return min(told.frame.trigger.start for told in verdict.candidate.told)


@Language.factory("mentions", requires=["doc._.candidates"], assigns=["doc._.verdicts", "doc._.mentions"])
def make_mentions(nlp: Language, name: str) -> Mentions:
    """spaCy factory: `doc._.mentions`."""
    return Mentions(Judge.load())
