"""Generic spiders: one for each way of publishing that a source file can name."""

from __future__ import annotations

from crawlers.spiders.base import SourceSpider
from crawlers.spiders.feed import FeedSpider
from crawlers.spiders.listing import ListingSpider

SPIDERS: dict[str, type[SourceSpider]] = {"feed": FeedSpider, "listing": ListingSpider}
"""By the `spider` of a source file."""
