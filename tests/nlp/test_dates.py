"""Dates in text: a table of phrases a language, and laws that hold for any day and any text."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import phrases
from nlp.date_words import date_words
from nlp.dates import DateMention, find_dates

PUBLISHED = date(2025, 12, 4)  # a Thursday

# text with the phrase in [brackets], its value and how it ties
ENGLISH = [
    ("It was fined on [Dec. 4, 2025], officials said", "2025-12-04", "on"),
    ("signed on [the 4th of December 2025]", "2025-12-04", "on"),
    ("([Thursday, 4 December 2025])", "2025-12-04", "on"),
    ("dated [12/31/2024]", "2024-12-31", "on"),
    ("dated [31/12/2024]", "2024-12-31", "on"),
    ("decided on [28 February]", "2025-02-28", "on"),
    ("since [Nov. 27] nobody could log in", "2025-11-27", "since"),
    ("from [1 March] nobody may log in", "2026-03-01", "from"),
    ("told to comply by [January 10]", "2026-01-10", "before"),
    ("users will lose access on [9 December]", "2025-12-09", "on"),
    ("the ban, which takes effect [1 January]", "2026-01-01", "on"),
    ("on [the second of October] it vanished", "2025-10-02", "on"),
    ("blocked in [August]", "2025-08", "on"),
    ("blocked in [August 2024]", "2024-08", "on"),
    ("blocked in [May last year]", "2024-05", "on"),
    ("its [October] ruling", "2025-10", "on"),
    ("[late November]", "2025-11", "on"),
    ("in [early March 2023]", "2023-03", "on"),
    ("until [mid-2024]", "2024", "until"),
    ("since [2016]", "2016", "since"),
    ("in [the first quarter of 2025]", "2025", "on"),
    ("in [spring 2024]", "2024", "on"),
    ("the court said on [Thursday] that", "2025-12-04", "on"),
    ("the watchdog said [Monday]", "2025-12-01", "on"),
    ("the court will sit on [Monday]", "2025-12-08", "on"),
    ("X will be blocked, the ministry said on [Monday]", "2025-12-01", "on"),
    ("[last Thursday]", "2025-11-27", "on"),
    ("[next Monday]", "2025-12-08", "on"),
    ("[this Wednesday]", "2025-12-03", "on"),
    ("it went dark [yesterday]", "2025-12-03", "on"),
    ("[tonight]", "2025-12-04", "on"),
    ("from [tomorrow]", "2025-12-05", "from"),
    ("[last week]", "2025-11", "on"),
    ("[earlier this month]", "2025-12", "on"),
    ("[late last year]", "2024", "on"),
    ("by [the end of the year]", "2025", "before"),
    ("[five days ago]", "2025-11-29", "on"),
    ("[two months ago]", "2025-10", "on"),
    ("[a year ago]", "2024", "on"),
    ("on [Tuesday evening] the court met", "2025-12-02", "on"),
]
RUSSIAN = [
    ("штраф от [4 декабря 2025 года]", "2025-12-04", "on"),
    ("решение принято [4 декабря]", "2025-12-04", "on"),
    ("протокол датирован [04.12.2025]", "2025-12-04", "on"),
    ("с [1 сентября] доступ закрыт", "2025-09-01", "since"),
    ("доступ закроют с [1 марта]", "2026-03-01", "from"),
    ("доступ закрыт с [января]", "2025-01", "since"),
    ("закон вступит в силу [1 марта]", "2026-03-01", "on"),
    ("в [августе 2025 года]", "2025-08", "on"),
    ("в [июле прошлого года]", "2024-07", "on"),
    ("в [начале декабря]", "2025-12", "on"),
    ("с [октября] сайт не открывается", "2025-10", "since"),
    ("до [конца года]", "2025", "before"),
    ("в [2018 году]", "2018", "on"),
    ("в [понедельник] суд решил", "2025-12-01", "on"),
    ("в [минувший четверг]", "2025-11-27", "on"),
    ("[накануне] ведомство предупредило", "2025-12-03", "on"),
    ("[вчера] мессенджер замедлили", "2025-12-03", "on"),
    ("на [прошлой неделе]", "2025-11", "on"),
    ("в [прошлом месяце]", "2025-11", "on"),
    ("[два года назад]", "2023", "on"),
    ("[три дня назад]", "2025-12-01", "on"),
    ("в [первом квартале 2025 года]", "2025", "on"),
]
# Nothing here is a date of an event.
NO_DATES = [
    ("en", "You may march on; wait a second, the sun sets"),
    ("en", "Article 15.3 and section 4.12.2025.1 of version 10.11.12"),
    ("en", "call 24/7, 2,000 users, 12.5% or $2024"),
    ("en", "under the Digital Services Act 2022 and the 2024 law"),
    ("en", "the Data Protection Act of 2018"),
    ("en", "one of 2000 users"),
    ("en", "every Friday and on Black Friday"),
    ("en", "see https://example.org/2025/12/04/story or www.example.org/2025-12-04"),
    ("en", "Theresa May and April Jones"),
    ("en", "in the 1990s and in the past year"),
    ("ru", "закон 2024 года о майских праздниках"),
    ("ru", "в 2000 сайтов и 149-ФЗ"),
    ("ru", "накануне выборов"),
    ("ru", "несколько лет назад"),
]


def bracketed(marked: str) -> tuple[str, int, int]:
    start, end = marked.index("["), marked.index("]") - 1
    return marked.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize(
    ("lang", "marked", "value", "relation"),
    [("en", *row) for row in ENGLISH] + [("ru", *row) for row in RUSSIAN],
)
def test_a_phrase_has_its_span_value_and_relation(lang: str, marked: str, value: str, relation: str) -> None:
    text, start, end = bracketed(marked)
    assert [(m.start, m.end, m.value, m.relation) for m in find_dates(text, lang, PUBLISHED)] == [
        (start, end, value, relation)
    ]


@pytest.mark.parametrize(("lang", "text"), NO_DATES)
def test_what_only_looks_like_a_date_is_none(lang: str, text: str) -> None:
    assert find_dates(text, lang, PUBLISHED) == []


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        ("en", "between 4 and 8 December 2025", ["2025-12-04", "2025-12-08"]),
        ("en", "on December 4-8, 2024", ["2024-12-04", "2024-12-08"]),
        ("en", "4-8 December 2024", ["2024-12-04", "2024-12-08"]),
        ("en", "28–30 November", ["2025-11-28", "2025-11-30"]),
        ("en", "from January to March 2024", ["2024-01", "2024-03"]),
        ("en", "from November to March 2024", ["2023-11", "2024-03"]),
        ("en", "in 2019-2021", ["2019", "2021"]),
        ("en", "between 2019 and 2021", ["2019", "2021"]),
        ("ru", "с 4 по 8 декабря 2024 года", ["2024-12-04", "2024-12-08"]),
        ("en", "1 May–8 June 2024", ["2024-05-01", "2024-06-08"]),
        ("en", "May 1–8 June 2024", ["2024-05-01", "2024-06-08"]),
        ("ru", "с 15 сентября по 10 ноября", ["2025-09-15", "2025-11-10"]),
        ("ru", "с 2019 по 2021 год", ["2019", "2021"]),
        ("en", "from 20 November to 5 January", ["2025-11-20", "2026-01-05"]),
        ("ru", "с мая по июль 2024 года", ["2024-05", "2024-07"]),
    ],
)
def test_a_range_has_two_ends(lang: str, text: str, values: list[str]) -> None:
    found = find_dates(text, lang, PUBLISHED)
    assert [m.value for m in found] == values
    assert [m.relation for m in found] == ["range-start", "range-end"]


@pytest.mark.parametrize(
    ("lang", "text", "value"),
    [
        ("en", "It was blocked on 3 May 2024. A day earlier, the court had met", "2024-05-02"),
        ("en", "It was blocked on 3 May 2024. Two months later it was back", "2024-07"),
        ("en", "It was blocked on 3 May 2024 and freed the next day", "2024-05-04"),
        ("en", "Blocked on 3 May 2024, restored on 9 June", "2024-06-09"),
        ("en", "The first was shut on 3 May 2024, the second on the 15th", "2024-05-15"),
        ("ru", "Сайт закрыли 3 мая 2024 года, а второй — 15-го", "2024-05-15"),
        ("ru", "Сайт закрыли 3 мая 2024 года, а днём ранее предупредили", "2024-05-02"),
    ],
)
def test_a_date_can_lean_on_the_one_before(lang: str, text: str, value: str) -> None:
    assert find_dates(text, lang, None)[-1].value == value


@pytest.mark.parametrize("text", ["on Thursday", "4 December", "last year", "in May", "two days ago"])
def test_without_publication_relative_dates_are_left_out(text: str) -> None:
    assert find_dates(text, "en", None) == []


@pytest.mark.parametrize(
    ("text", "basis"),
    [("on 4 December", "stated"), ("in 2025", "stated"), ("on Thursday", "relative"), ("last May", "relative")],
)
def test_the_basis_tells_calendar_from_relative_words(text: str, basis: str) -> None:
    assert [m.basis for m in find_dates(text, "en", PUBLISHED)] == [basis]


EN_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
RU_MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
WAYS = [
    ("en", lambda d: f"{EN_MONTHS[d.month - 1]} {d.day}, {d.year}"),
    ("en", lambda d: f"{EN_MONTHS[d.month - 1].upper()} {d.day}, {d.year}"),
    ("en", lambda d: f"{d.day} {EN_MONTHS[d.month - 1]} {d.year}"),
    ("en", lambda d: f"{d.strftime('%A')}, {d.day} {EN_MONTHS[d.month - 1][:3]} {d.year}"),
    ("en", lambda d: d.strftime("%d.%m.%Y")),
    ("en", lambda d: d.strftime("%m/%d/%Y")),
    ("ru", lambda d: f"{d.day} {RU_MONTHS[d.month - 1]} {d.year} года"),
    ("ru", lambda d: f"{d.day}\u00a0{RU_MONTHS[d.month - 1]} {d.year}"),
    ("ru", lambda d: d.strftime("%d.%m.%Y")),
    ("xx", lambda d: d.isoformat()),
]
DAYS = st.dates(date(1980, 1, 1), date(2049, 12, 31))


@pytest.mark.parametrize(("lang", "write"), WAYS)
@given(day=DAYS, published=st.none() | DAYS)
def test_a_full_date_is_read_back_whenever_it_is_read(lang, write, day, published) -> None:  # type: ignore[no-untyped-def]
    phrase = write(day)
    assert [(m.start, m.end, m.value) for m in find_dates(f"({phrase})", lang, published)] == [
        (1, 1 + len(phrase), day.isoformat())
    ]


@given(back=st.integers(0, 300), published=DAYS)
def test_a_day_without_year_is_the_last_one(back: int, published: date) -> None:
    day = published - timedelta(days=back)
    for lang, phrase in (
        ("en", f"{day.day} {EN_MONTHS[day.month - 1]}"),
        ("ru", f"{day.day} {RU_MONTHS[day.month - 1]}"),
    ):
        assert [m.value for m in find_dates(phrase, lang, published)] == [day.isoformat()]


@given(back=st.integers(0, 6), published=DAYS)
def test_a_weekday_is_the_last_one(back: int, published: date) -> None:
    day = published - timedelta(days=back)
    assert [m.value for m in find_dates(f"on {day:%A}", "en", published)] == [day.isoformat()]


WORDS = st.sampled_from(
    [
        "on",
        "in",
        "by",
        "since",
        "between",
        "and",
        "the",
        "last",
        "next",
        "this",
        "Thursday",
        "May",
        "March",
        "4",
        "31",
        "th",
        "2024",
        "2025-12-04",
        "99",
        "-",
        ",",
        ".",
        ":",
        "(",
        ")",
        "\n",
        "of",
        "week",
        "year",
        "month",
        "ago",
        "later",
        "earlier",
        "two",
        "day",
        "15-го",
        "в",
        "с",
        "до",
        "декабря",
        "мая",
        "году",
        "прошлом",
        "четверг",
        "назад",
        "года",
        "00",
        "²",
        "٣",
    ]
)


@given(
    text=st.text() | st.lists(WORDS).map(" ".join),
    lang=st.sampled_from(["en", "ru", "xx"]),
    published=st.none() | st.dates(),
)
def test_any_text_yields_sound_mentions(text: str, lang: str, published: date | None) -> None:
    found = find_dates(text, lang, published)
    assert all(0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    for mention in found:
        assert len(mention.value) == {"day": 10, "month": 7, "year": 4}[mention.precision]
        date.fromisoformat(
            mention.value + "-01-01"[len(mention.value) - 10 :] if mention.precision != "day" else mention.value
        )


def test_a_language_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "dates.yaml").write_text(
        "months: {3: März, 12: Dezember}\nrelations: {since: seit, 'on': am|im}\n"
        "patterns:\n- text: '{day}\\. {month} {year}'\n- {text: '{month}', needs_cue: true}\n",
        "utf-8",
    )
    monkeypatch.setattr(phrases, "LANG", tmp_path)
    date_words.cache_clear()
    found = find_dates("Am 4. Dezember 2025 gesperrt, seit März gewarnt", "de", PUBLISHED)
    date_words.cache_clear()
    assert found == [
        DateMention(3, 19, "2025-12-04", "day", "stated", "on"),
        DateMention(35, 39, "2025-03", "month", "stated", "since"),
    ]


@pytest.mark.parametrize(
    ("content", "told"), [("monhts: {1: x}", "monhts"), ("ordinal: '('", "ordinal"), ("patterns: [", "dates.yaml")]
)
def test_a_bad_file_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, told: str
) -> None:
    (tmp_path / "zz").mkdir()
    (tmp_path / "zz" / "dates.yaml").write_text(content, "utf-8")
    monkeypatch.setattr(phrases, "LANG", tmp_path)
    with pytest.raises(ValueError, match=told) as refused:
        find_dates("", "zz", None)
    assert "dates.yaml" in str(refused.value)
