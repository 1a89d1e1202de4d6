"""The authorities that a document speaks of, by name or by description."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span

from data.reference import Authority, load_reference
from nlp.described import Lexicon, lexicon


@dataclass(frozen=True, slots=True)
class Party:
    """Words for an authority, with their place in Document.body. `id` is "" while it is only described.

    `called`: the words mean only an authority that is called so; `many`: they mean what a country has many of;
    `assumed`: the place that is taken for granted with them.
    """

    start: int
    end: int
    id: str = ""
    words: str = ""
    place: str = ""
    kinds: frozenset[str] = frozenset()
    called: bool = False
    many: bool = False
    assumed: str = ""

    @property
    def row(self) -> Authority | None:
        """The listed authority that it is."""
        return load_reference().authorities.get(self.id)


def parties_of(doc: Doc) -> list[Party]:
    """All named and described authorities of a document, in reading order."""
    words = lexicon(doc.lang_)
    found = [(s, Party(s.start_char, s.end_char, s.id_, s.text.lower())) for s in doc.spans["authorities"]]
    found += [(span, _described(span, words)) for span in doc.spans.get("described", ())]
    real = [party for span, party in found if not _is_void(span, words) and not _is_whole(span, words)]
    return sorted(real, key=lambda party: party.start)


def _is_void(span: Span, words: Lexicon) -> bool:
    """ "House Republicans", "the Biden administration": the word after makes the name nobody."""
    return span.end < len(span.doc) and span.doc[span.end].lower_ in words.lists["void"]


def _is_whole(span: Span, words: Lexicon) -> bool:
    """ "a committee that is part of the treasury": what the one that acts is only a part of."""
    before = [token.lower_ for token in span.doc[max(0, span.start - 3) : span.start]]
    before = before[:-1] if before[-1:] == ["the"] else before
    return len(before) > 1 and before[-1] == "of" and before[-2] in words.lists["parts"]


def _described(span: Span, words: Lexicon) -> Party:
    phrase, lists = span.label_, words.lists
    place, kinds = span.id_, words.kinds[phrase]
    called, many = phrase in lists["called"], phrase in lists["many"]
    assumed = words.assumed.get(phrase, "")
    return Party(span.start_char, span.end_char, "", phrase, place, kinds, called, many, assumed)


def lies_in(row: Authority, place: str) -> bool:
    """Whether an authority is of a country, or of a region or its country as a whole."""
    return row.country == place or row.region == place or (row.region is None and row.country == place.split("-")[0])


def is_member(row: Authority, union: str) -> bool:
    """Whether an authority is of a member of the union: "a European regulator" may be Ireland's."""
    country = load_reference().countries.get(union)
    return country is not None and row.country in country.members


def kinds_of(row: Authority) -> frozenset[str]:
    """The kinds of an authority."""
    return frozenset(row.types)
