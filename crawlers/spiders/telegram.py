"""Channels of Telegram by their public web preview, t.me/s/<channel>: a listing whose items tell all."""

from __future__ import annotations

from datetime import date

from crawlers.health import Health
from crawlers.layouts import layout
from crawlers.sources import SourceFile
from crawlers.spiders.listing import ListingSpider
from data.archive import Archive


class TelegramSpider(ListingSpider):
    """Reads the messages of a channel; the first line of each is its title."""

    def __init__(self, source: SourceFile, archive: Archive, health: Health, today: date | None = None) -> None:
        preview = layout("telegram")
        parts = {"selectors": preview.selectors, "paging": preview.paging, "follow": preview.follow}
        super().__init__(source.model_copy(update=parts), archive, health, today)
