"""Finds the list in a page: the elements that repeat, each with a link in words and perhaps a day.

What repeats most often, tells days, and has words enough to be headlines wins. Only classes that people chose are used:
one with a digit in it, or that other items do not share, will not be there tomorrow.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parsel import Selector, SelectorList

from crawlers.dates import day_of
from crawlers.source_layouts import Dated

FEWEST, SHORTEST, LEVELS = 3, 15, 5
"""Items that make a list; characters of a headline; how far above a link its item is looked for."""
FURNITURE = ("nav", "header", "footer", "aside", "form")
DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\b\d{1,2}\.?\s+\w+,?\s+\d{4}\b|\b\w+\s+\d{1,2},\s+\d{4}\b|\d{4}年")


@dataclass(frozen=True, slots=True)
class Listing:
    """Selectors of a list, as a source file has them, and how many items and days they find."""

    item: str
    link: str
    date: str | None
    items: int
    dated: int
    next: str | None

    @property
    def worth(self) -> tuple[int, int]:
        """Lists with days before others, then the longer one."""
        return (self.dated * 2 >= self.items and self.dated > 0, self.items)


def listing_in(page: Selector, languages: Sequence[str]) -> Listing | None:
    """The likeliest list of a page; None where nothing repeats."""
    groups: dict[str, list[Selector]] = defaultdict(list)
    for link in page.css("a[href]"):
        if _headline(link):
            for above in _above(link):
                groups[_named(above)].append(link)
    lists = (_listing(page, item, languages) for item, links in groups.items() if item and len(links) >= FEWEST)
    return max((each for each in lists if each), key=lambda each: each.worth, default=None)


def _headline(link: Selector) -> bool:
    words = " ".join(link.css("*::text").getall()).split()
    inside = {node.root.tag for node in link.xpath("ancestor::*")}
    return len(" ".join(words)) >= SHORTEST and not inside & set(FURNITURE)


def _above(link: Selector) -> Iterator[Selector]:
    yield from reversed(link.xpath("ancestor::*[not(self::html or self::body or self::main)]")[-LEVELS:])


def _named(node: Selector) -> str:
    """A CSS selector by tag and steady classes; "" where it would fit anything."""
    classes = [each for each in (node.attrib.get("class") or "").split() if re.fullmatch(r"[A-Za-z][A-Za-z_-]*", each)]
    tag = node.root.tag
    return f"{tag}{''.join(f'.{each}' for each in classes[:2])}" if classes or tag in ("li", "article", "tr") else ""


def _listing(page: Selector, item: str, languages: Sequence[str]) -> Listing | None:
    nodes = [node for node in page.css(item) if any(_headline(link) for link in node.css("a[href]"))]
    alone = [node for node in nodes if len({a.attrib["href"] for a in node.css("a[href]") if _headline(a)}) == 1]
    if len(alone) < FEWEST or len(alone) * 3 < len(nodes) * 2:
        return None
    link = next((each for each in ("h1 a", "h2 a", "h3 a", "h4 a") if _in_most(alone, each)), "a")
    date = _date(alone, languages)
    dated = sum(_day(node.css(date), languages) is not None for node in alone) if date else 0
    further = "a[rel=next]" if page.css("a[rel=next][href]") else None
    return Listing(item, link, date, len(alone), dated, further)


def _in_most(nodes: Sequence[Selector], selector: str) -> bool:
    return sum(bool(node.css(selector)) for node in nodes) * 3 >= len(nodes) * 2


def _date(nodes: Sequence[Selector], languages: Sequence[str]) -> str | None:
    """The selector of what tells days in most items: time, else what the first item's day stands in."""
    if _in_most(nodes, "time"):
        return "time"
    places = [
        _named(each) or each.root.tag
        for each in nodes[0].css("*")
        if DAY.search(" ".join(each.xpath("text()").getall()))
    ]
    found = (
        each for each in places if sum(_day(node.css(each), languages) is not None for node in nodes) * 2 >= len(nodes)
    )
    return next(found, None)


def _day(found: SelectorList[Selector], languages: Sequence[str]) -> str | None:
    if not found:
        return None
    words = " ".join(found[0].css("*::text").getall()).strip()
    return day_of(found[0].attrib.get("datetime") or words, Dated(), languages)
