"""Where Russian sentences begin: behind a full stop that ends no abbreviation ("г. Москвы", "ч. 2") and no initial."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

from nlp.russian.government import government

ENDS = (".", "!", "?", "…", "...")
CLOSING = ("»", '"', "”", ")", "'")


@Language.component("russian_sentences", assigns=["token.is_sent_start"])
def russian_sentences(doc: Doc) -> Doc:
    """spaCy component: marks the first token of each sentence."""
    ended = True
    for token in doc:
        if ended and token.text in (*CLOSING, *ENDS, "—", "–") and token.i:
            token.is_sent_start = False
            continue
        token.is_sent_start = ended and (token.i == 0 or _may_begin(token))
        ended = (ended and token.is_space) or "\n" in token.text or _ends(token)
    return doc


def _ends(token: Token) -> bool:
    if token.text not in ENDS:
        return False
    before = token.nbor(-1) if token.i else token
    initial = len(before.text) == 1 and before.is_upper
    return not (
        token.text == "."
        and (before.lower_ in government().abbreviations or initial)
        and token.idx == before.idx + len(before)
    )


def _may_begin(token: Token) -> bool:
    """A sentence opens with a capital, a digit or a quotation mark."""
    return not token.text[:1].islower()
