"""Words that tell a ground or a scope: `doc._.grounds` and `doc._.scopes`, and how much each weighs for a candidate."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from nlp.candidates import Candidate
from nlp.phrasebook import Word, find, phrasebook, words_of
from nlp.sentences import bounds

TIED = 8
"""Words before a label within which a tie binds it to an action."""
WEAK, BOUND, TITLE = 0.5, 2.0, 2
"""What a weak label weighs, how much more one weighs that is bound to the action, how far the title is at most."""

RULES, ACCESS = frozenset({"fine", "order", "investigation", "lawsuit"}), frozenset({"block", "ban", "throttle"})

for extension in ("grounds", "scopes"):
    if not Doc.has_extension(extension):
        Doc.set_extension(extension, default=())


@dataclass(frozen=True, slots=True)
class LabelMention:
    """text[start:end], in a sentence counted from 0, tells a label; `tied`: as why, or to what, something is done."""

    label: str
    start: int
    end: int
    sentence: int
    weak: bool = False
    tied: bool = False


class Labels:
    """Finds the labels of documents that may tell an event; words inside a name tell none."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, doc: Doc) -> Doc:
        if doc._.candidates:
            words, starts = words_of(doc.text), sentence_starts(doc)
            names = [(span.start_char, span.end_char) for span in doc.spans["authorities"]]
            for vocabulary in ("grounds", "scopes"):
                found = self._found(vocabulary, words, starts)
                free = [each for each in found if not any(a < each.end and each.start < b for a, b in names)]
                setattr(doc._, vocabulary, tuple(free))
        return doc

    def _found(self, vocabulary: str, words: list[Word], starts: list[int]) -> list[LabelMention]:
        book = phrasebook(self.lang, vocabulary)
        ties = [(first, words[first].start) for first, _, _ in find(book.ties, words)]
        found = []
        for first, end, phrase in find(book.labels, words):
            start, sentence = words[first].start, sentence_at(starts, words[first].start)
            tied = any(first - TIED <= tie <= first and at >= starts[sentence] for tie, at in ties)
            found.append(LabelMention(phrase.label, start, words[end - 1].end, sentence, phrase.weak, tied))
        return found


def sentence_starts(doc: Doc) -> list[int]:
    """Where the sentences of a Doc begin, in characters."""
    return [doc[start].idx for start, _ in bounds(doc)]


def sentence_at(starts: Sequence[int], place: int) -> int:
    """The sentence, counted from 0, in which a character stands."""
    return max(bisect_right(starts, place) - 1, 0)


def weights(
    candidate: Candidate, doc: Doc, labels: Sequence[LabelMention], residual: Mapping[str, float]
) -> dict[LabelMention, float]:
    """How much each label says of a candidate: the more, the nearer it stands to a trigger; what is tied, most.

    `residual` are the labels told where no other is, with their share.
    """
    starts = sentence_starts(doc)
    told = {sentence_at(starts, told.frame.trigger.start) for told in candidate.told}
    weighed = ((each, _weight(each, min(abs(each.sentence - at) for at in told))) for each in labels)
    return {each: weight * residual.get(each.label, 1.0) for each, weight in weighed if weight}


def _weight(label: LabelMention, far: int) -> float:
    if label.weak and far > 1:
        return 0.0
    far = min(far, TITLE) if label.sentence == 0 else far
    return (WEAK if label.weak else 1.0) * (BOUND if label.tied and not far else 1.0) / (1 + far)


def ends_rule(candidate: Candidate) -> bool:
    """ "annulled the fine": what ends a fine or an order gives no access back."""
    actions = {entry.action for _, entry in candidate.told[0].frame.sentence.triggers}
    return candidate.action == "restore" and bool(actions & RULES) and not actions & ACCESS


def heaviest(weighed: Mapping[LabelMention, float], least: float) -> LabelMention | None:
    """The heaviest mention of the label that weighs most in all, None where none weighs enough."""
    sums: dict[str, float] = defaultdict(float)
    for each, weight in weighed.items():
        sums[each.label] += weight
    label = max(sums, key=lambda label: sums[label], default=None)
    if label is None or sums[label] < least:
        return None
    return max((each for each in weighed if each.label == label), key=lambda each: weighed[each])


@Language.factory("labels", requires=["doc._.candidates"], assigns=["doc._.grounds", "doc._.scopes"])
def make_labels(nlp: Language, name: str) -> Labels:
    """spaCy factory: `doc._.grounds` and `doc._.scopes`."""
    return Labels(str(nlp.lang))
