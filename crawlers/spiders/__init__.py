"""Generic spiders: one for each way of publishing that a source file can name."""

from __future__ import annotations

from crawlers.spiders.api import ApiSpider
from crawlers.spiders.base import SourceSpider
from crawlers.spiders.feed import FeedSpider
from crawlers.spiders.listing import ListingSpider
from crawlers.spiders.registry import RegistrySpider
from crawlers.spiders.sitemap import SitemapSpider
from crawlers.spiders.telegram import TelegramSpider

SPIDERS: dict[str, type[SourceSpider]] = {
    "feed": FeedSpider,
    "listing": ListingSpider,
    "sitemap": SitemapSpider,
    "api": ApiSpider,
    "registry": RegistrySpider,
    "telegram": TelegramSpider,
}
"""By the `spider` of a source file."""
