"""How an index is asked for: the requests that a source file declares, with its query, token and further pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote, quote_plus, urlsplit

import jmespath
from scrapy.http import FormRequest, Request, Response, TextResponse
from w3lib.url import add_or_replace_parameters

from crawlers.selecting import value_of
from crawlers.sources import SourceFile
from crawlers.templates import on_day
from crawlers.urls import absolute_url


class Asking:
    """Makes the requests for the index of one source, as of one day."""

    def __init__(self, source: SourceFile, today: date) -> None:
        self.source = source
        self.today = today

    def first(self) -> Request:
        """The request for the index's first page."""
        return self.request(self.source.url)

    def request(self, url: str, more: dict[str, str] | None = None) -> Request:
        """A request for a page of the index at `url`, with `more` parameters besides those declared."""
        ask, token = self.source.request, self.source.request.token
        form = {name: on_day(value, self.today) for name, value in ask.form.items()}
        query = {name: on_day(value, self.today) for name, value in ask.query.items()}
        headers = dict(ask.headers)
        (form or query).update(more or {})
        if token and token.parameter:
            query[token.parameter] = self.source.token or ""
        elif token and token.header:
            headers[token.header] = token.prefix + (self.source.token or "")
        address = add_or_replace_parameters(on_day(url, self.today), query) if query else on_day(url, self.today)
        # A redirect must not carry the token to another host.
        meta = {"dont_redirect": True} if token else {}
        if form:
            return FormRequest(address, formdata=form, headers=headers, meta=meta)
        return Request(address, headers=headers, meta=meta)

    def further(self, response: Response, page: int) -> Iterator[Request]:
        """The request for the page of the index after the `page`th; none where it ends or `paging` says enough."""
        paging = self.source.paging
        if paging is None or page >= paging.pages:
            return
        count = str(paging.start + (page - 1) * paging.step)
        if paging.pattern:
            yield self.request(paging.pattern.replace("{page}", count))
        elif not paging.next:
            yield self.request(self.source.url, {paging.parameter or "": count})
        elif (told := self._next(response, paging.next)) and paging.parameter:
            yield self.request(self.source.url, {paging.parameter: told})
        elif told and (address := absolute_url(response.url, told)):
            yield self.request(address)

    def _next(self, response: Response, where: str) -> str:
        if not isinstance(response, TextResponse):
            return ""
        if self.source.format == "json":
            told = jmespath.search(where, response.json())
            return str(told) if told not in (None, False, "") else ""
        return value_of(response.selector, where, "href")

    def lets_through(self, url: str) -> bool:
        """Whether `links` of the source file is found in an address."""
        return self.source.links is None or re.search(self.source.links, url) is not None

    @property
    def whole(self) -> str:
        """The index as the address of what has no page of its own: without its query, which pages and days change."""
        return urlsplit(self.source.url)._replace(query="", fragment="").geturl()

    def shown(self, words: str) -> str:
        """Addresses, and words that hold them, for people's eyes: without the token."""
        token, secret = self.source.request.token, self.source.token
        if token and token.parameter and secret:
            for spelled in (secret, quote(secret), quote_plus(secret)):
                words = words.replace(f"{token.parameter}={spelled}", f"{token.parameter}=TOKEN")
        return words

    def without_token(self, request: Request) -> Request:
        """A request as it may be kept."""
        token = self.source.request.token
        kept = request.replace(url=self.shown(request.url))
        if token and token.header:
            kept.headers.pop(token.header, None)
        return kept
