"""Every text that goes into the archive can be stored, and shown in every format that we write."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from data.characters import whole_characters


@given(st.text(st.characters(exclude_categories=[])))
def test_any_text_becomes_one_that_can_be_kept_and_shown(text: str) -> None:
    whole = whole_characters(text)
    assert len(whole) == len(text) and whole_characters(whole) == whole
    element = etree.Element("a")
    element.text = whole
    assert etree.fromstring(etree.tostring(element, encoding="utf-8")).text is not None or not whole


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"])))
def test_text_stays_as_it_is(text: str) -> None:
    assert whole_characters(text) == text
