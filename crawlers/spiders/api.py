"""JSON from an API, by the paths of the source file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from scrapy.http import Response

from crawlers.entries import Entry, MalformedIndexError
from crawlers.json_items import entries_of
from crawlers.spiders.base import SourceSpider


class ApiSpider(SourceSpider):
    """Reads the items of a JSON answer."""

    def entries(self, response: Response) -> Iterator[Entry]:
        """The items that have an address of their own, or an id in their place."""
        paths, languages = self.source.paths or (), self.source.languages
        yield from entries_of(parsed(response), paths, response.url, languages, self.asking.whole)


def parsed(response: Response) -> Any:
    """The JSON of a response. Raises MalformedIndexError where it is none."""
    try:
        return json.loads(response.body)
    except (ValueError, RecursionError) as error:
        raise MalformedIndexError(f"no JSON: {error}") from error
