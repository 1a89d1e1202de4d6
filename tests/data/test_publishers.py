"""Where a publisher is at home, by address."""

from __future__ import annotations

import pytest

from crawlers.sources import load_sources
from data.publishers import country_of_address


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.nytimes.com/2025/12/04/a.html", "US"),  # listed
        ("https://Abcnews.GO.com/a", "US"),  # listed below a domain that is not
        ("https://www.bbc.co.uk/news/a", "GB"),  # by its ending
        ("https://rkn.gov.ru/a", "RU"),
        ("https://www.ftc.gov/a", "US"),
        ("https://ec.europa.eu/a", "EU"),
        ("https://noyb.eu/a", None),  # an ending for all members
        ("https://a.io/a", None),  # an ending for anybody
        ("https://notnytimes.com/a", None),
        ("label:Something", None),
        ("http://[", None),
        (None, None),
    ],
)
def test_the_country_of_an_address(url: str | None, country: str | None) -> None:
    assert country_of_address(url) == country


def test_what_we_crawl_is_at_home_where_its_file_says() -> None:
    told = {source.id: (country_of_address(source.url), source.country) for source in load_sources()}
    assert told and {id: each for id, each in told.items() if each[0] not in (None, each[1])} == {}
