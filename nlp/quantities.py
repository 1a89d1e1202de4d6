"""Dates and sums of a Doc: `doc._.dates` and `doc._.money`, and the span group "money" that the parser folds."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from spacy.language import Language
from spacy.tokens import Doc

from nlp.country import document_country
from nlp.dates import find_dates
from nlp.money import find_money

for name in ("dates", "money"):
    if not Doc.has_extension(name):
        Doc.set_extension(name, default=())
if not Doc.has_extension("published"):
    Doc.set_extension("published", default=None)


def set_published(doc: Doc, published: str | None) -> Doc:
    """The Doc, told when its document was published (ISO 8601 date or timestamp); what is neither tells nothing."""
    with suppress(ValueError):
        doc._.published = datetime.fromisoformat(published).date() if published else None
    return doc


def _may_tell(doc: Doc) -> bool:
    """Whether an event can come of it: most documents name no platform, or no action, and cost no search."""
    return all(doc.spans.get(group, True) for group in ("platforms", "triggers"))


@Language.component("dates", assigns=["doc._.dates"])
def dates(doc: Doc) -> Doc:
    """spaCy component: `doc._.dates`, resolved against `doc._.published`."""
    if _may_tell(doc):
        doc._.dates = tuple(find_dates(doc.text, doc.lang_, doc._.published))
    return doc


@Language.component("money", assigns=["doc._.money", "doc.spans"])
def money(doc: Doc) -> Doc:
    """spaCy component: `doc._.money`."""
    country = document_country(doc)
    found = find_money(doc.text, doc.lang_, country.value if country else None) if _may_tell(doc) else []
    spans = [(m, doc.char_span(m.start, m.end, label="money", alignment_mode="expand")) for m in found]
    doc._.money = tuple(m for m, span in spans if span)
    doc.spans["money"] = [span for _, span in spans if span]
    return doc
