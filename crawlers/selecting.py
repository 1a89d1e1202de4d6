"""What the selectors of a source file take from a node."""

from __future__ import annotations

from parsel import Selector

from crawlers.markup import one_line
from crawlers.source_types import find


def value_of(node: Selector, selector: str, attribute: str) -> str:
    """An attribute of the first element found, or what the selector itself takes from it; "" where there is none."""
    found = _first(node, selector)
    if found is None:
        return ""
    return ((found.attrib.get(attribute) or "") if _is_element(found) else str(found.get())).strip()


def words_of(node: Selector, selector: str) -> str:
    """The words of the first element found, on one line."""
    found = _first(node, selector)
    if found is None:
        return ""
    return one_line(" ".join(found.css("::text").getall()) if _is_element(found) else found.get())


def markup_of(node: Selector, selector: str) -> str:
    """The first element found, as markup."""
    found = _first(node, selector)
    return found.get() or "" if found is not None else ""


def _first(node: Selector, selector: str) -> Selector | None:
    return next(iter(find(node, selector)), None) if selector else node


def _is_element(found: Selector) -> bool:
    """Whether it is no attribute or text."""
    return hasattr(found.root, "attrib")
