"""Money in text: a table of phrases a language, and laws that hold for any sum and any text."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp import phrases
from nlp.money import MoneyMention, find_money
from nlp.money_words import money_words, parse_number

# text with the sum in [brackets], amount, currency
ENGLISH = [
    ("fined [€530m]", 530e6, "EUR"),
    ("fined [€ 1.2B]", 1.2e9, "EUR"),
    ("fined [530 million euros]", 530e6, "EUR"),
    ("fined [€290,000,000]", 290e6, "EUR"),
    ("fined [$1.2bn]", 1.2e9, "USD"),
    ("fined [$32M]", 32e6, "USD"),
    ("fined [US$ 5,000]", 5000, "USD"),
    ("fined [A$386,000]", 386e3, "AUD"),
    ("fined [£12.7 million]", 12.7e6, "GBP"),
    ("fined [R$ 8.5 mi]", 8.5e6, "BRL"),
    ("fined [₹1,337.76 crore]", 13_377_600_000, "INR"),
    ("fined [Rs 213 crore]", 2.13e9, "INR"),
    ("fined [Rs. 2,00,000]", 200e3, "INR"),
    ("fined [2 lakh rupees]", 200e3, "INR"),
    ("fined [1 million Turkish lira]", 1e6, "TRY"),
    ("fined [2 billion won]", 2e9, "KRW"),
    ("fined [100 million Brazilian reais]", 100e6, "BRL"),
    ("fined [50 million tenge]", 50e6, "KZT"),
    ("fined [one million crowns]", 1e6, "SEK"),
    ("fined [two and a half million roubles]", 2.5e6, "RUB"),
    ("fined [20 decillion rubles]", 20e33, "RUB"),
    ("fined [a million dollars]", 1e6, "USD"),
    ("a [$5-million] fine", 5e6, "USD"),
    ("between [$10-15 million]", 10e6, "USD"),
    ("fined [$10 to $15 million]", 10e6, "USD"),
    ("fined [USD 5 million]", 5e6, "USD"),
    ("fined [3m naira]", 3e6, "NGN"),
]
RUSSIAN = [
    ("штраф [4 млн рублей]", 4e6, "RUB"),
    ("штраф [4 миллиона рублей]", 4e6, "RUB"),
    ("штраф [1,2 млрд евро]", 1.2e9, "EUR"),
    ("штраф [800 тыс. рублей]", 800e3, "RUB"),
    ("штраф [10 млн руб.]", 10e6, "RUB"),
    ("штраф [8,5 млн ₽]", 8.5e6, "RUB"),
    ("штраф [3\u00a0000\u202f000 рублей]", 3e6, "RUB"),
    ("штраф [миллион рублей]", 1e6, "RUB"),
    ("штраф [три с половиной миллиона рублей]", 3.5e6, "RUB"),
    ("штраф [полтора миллиарда долларов США]", 1.5e9, "USD"),
    ("штраф [$1,2 млрд]", 1.2e9, "USD"),
    ("штраф [500 тысяч гривен]", 500e3, "UAH"),
    ("штраф [20 дециллионов рублей]", 20e33, "RUB"),
]
NO_MONEY = [
    ("en", "5 million users, 4 percent of turnover, Article 83(5), in 2024"),
    ("en", "$100bnx and the US$ sign"),
    ("en", "pounds of paper"),
    ("xx", "R$ 8,5 whatever millions are called there"),
    ("ru", "7 млн пользователей и 15 сайтов в 2024 году"),
]


def bracketed(marked: str) -> tuple[str, int, int]:
    start, end = marked.index("["), marked.index("]") - 1
    return marked.replace("[", "").replace("]", ""), start, end


@pytest.mark.parametrize(
    ("lang", "marked", "amount", "currency"), [("en", *row) for row in ENGLISH] + [("ru", *row) for row in RUSSIAN]
)
def test_a_sum_has_its_span_amount_and_currency(lang: str, marked: str, amount: float, currency: str) -> None:
    text, start, end = bracketed(marked)
    (found,) = find_money(text, lang)
    assert (found.start, found.end, found.currency) == (start, end, currency)
    assert found.amount == pytest.approx(amount)


@pytest.mark.parametrize(("lang", "text"), NO_MONEY)
def test_what_only_looks_like_money_is_none(lang: str, text: str) -> None:
    assert find_money(text, lang) == []


@pytest.mark.parametrize(
    ("text", "country", "currency"),
    [
        ("$610,500, or half of A$1,221,000", "AU", "AUD"),
        ("5 million dollars, as Canadian dollars go", "CA", "CAD"),
        ("$610,500", "AU", "USD"),
        ("5 million dollars", None, "USD"),
        ("US$5 million", "AU", "USD"),
        ("$5 million", "BR", "USD"),
        ("¥18.2 billion", "CN", "CNY"),
        ("¥18.2 billion", None, "JPY"),
        ("5 million rupees", "PK", "PKR"),
        ("a million kroner", "NO", "NOK"),
    ],
)
def test_the_country_tells_whose_dollar_it_is(text: str, country: str | None, currency: str) -> None:
    assert find_money(text, "en", country)[0].currency == currency


@pytest.mark.parametrize(
    ("lang", "text", "flags"),
    [
        ("en", "fined €530m ($601m)", [set(), {"converted"}]),
        ("en", "fined 530 million euros, or about $601 million,", [set(), {"converted"}]),
        ("en", "fined €530m and $601m", [set(), set()]),
        ("en", "up to $5 million", [{"ceiling"}]),
        ("en", "a maximum fine of €10m", [{"ceiling"}]),
        ("en", "$100,000 a day", [{"per_day"}]),
        ("en", "A$100,000 (US$66,000) a day", [{"per_day"}, {"converted"}]),
        ("en", "€1 million/$1.1 million", [set(), {"converted"}]),
        ("en", "a daily fine of up to $100,000", [{"ceiling", "per_day"}]),
        ("en", "a daily fine of $100,000", [{"per_day"}]),
        ("ru", "штраф до 4 млн рублей", [{"ceiling"}]),
        ("ru", "суд снизил штраф с десяти до 4 млн рублей", [set()]),
        ("ru", "100 тыс. рублей в день", [{"per_day"}]),
        ("ru", "530 млн евро (около 601 млн долларов)", [set(), {"converted"}]),
    ],
)
def test_what_stands_beside_a_sum_marks_it(lang: str, text: str, flags: list[set[str]]) -> None:
    marks = ("ceiling", "converted", "per_day")
    assert [{mark for mark in marks if getattr(m, mark)} for m in find_money(text, lang)] == flags


@pytest.mark.parametrize(
    ("lang", "text", "amounts"),
    [
        ("en", "The first paid 40 million euros, the second 150 million.", [40e6, 150e6]),
        ("en", "It paid 40 million euros and has 150 million users", [40e6]),
        ("ru", "Первому — 3 млн рублей, второму — ещё 7 млн.", [3e6, 7e6]),
        ("ru", "Штраф 3 млн рублей, у сервиса 7 млн пользователей", [3e6]),
    ],
)
def test_a_sum_may_leave_out_the_currency_told_before(lang: str, text: str, amounts: list[float]) -> None:
    assert [m.amount for m in find_money(text, lang)] == amounts


@pytest.mark.parametrize(
    ("number", "decimal", "value"),
    [
        ("1.200.000,50", ",", 1_200_000.5),
        ("1,200,000.50", ".", 1_200_000.5),
        ("1.200", ",", 1200),
        ("1.200", ".", 1.2),
        ("1,200", ".", 1200),
        ("8,5", ".", 8.5),
        ("0,125", ".", 0.125),
        ("12 000 000", ",", 12e6),
        ("2’000’000", ".", 2e6),
    ],
)
def test_separators_follow_the_language(number: str, decimal: str, value: float) -> None:
    assert parse_number(number, decimal) == value


SUMS = st.integers(1, 10**12)


@given(amount=SUMS)
def test_a_written_sum_is_read_back(amount: int) -> None:
    ways = [("en", f"${amount:,}"), ("en", f"{amount:,} euros"), ("ru", f"{amount:,} рублей".replace(",", "\u00a0"))]
    for lang, phrase in ways:
        assert [(m.start, m.end, m.amount) for m in find_money(f"({phrase})", lang)] == [(1, len(phrase) + 1, amount)]


WORDS = st.sampled_from(
    [
        *(
            "$",
            "€",
            "US$",
            "kr",
            "4",
            "1,5",
            "1.200.000",
            "10-15",
            "million",
            "m",
            "млн",
            "с половиной",
            "евро",
            "euros",
        ),
        *(
            "(",
            ")",
            "or",
            "about",
            "up to",
            "a day",
            "до",
            "a",
            "one",
            "половиной",
            ",",
            ".",
            "\n",
            "²",
            "٣",
            "%",
            "тыс.",
        ),
    ]
)


@given(text=st.text() | st.lists(WORDS).map(" ".join), lang=st.sampled_from(["en", "ru", "xx"]))
def test_any_text_yields_sound_mentions(text: str, lang: str) -> None:
    found = find_money(text, lang)
    assert all(0 <= m.start < m.end <= len(text) and m.amount >= 0 and len(m.currency) == 3 for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_a_language_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "money.yaml").write_text(
        "decimal: ','\nnames: {EUR: Euro}\nmultipliers: {1000000: Mio\\.|Millionen}\nceiling: bis zu\n", "utf-8"
    )
    monkeypatch.setattr(phrases, "LANG", tmp_path)
    money_words.cache_clear()
    found = find_money("bis zu 1,5 Mio. Euro, 1.200.000 Euro", "de")
    money_words.cache_clear()
    assert found == [MoneyMention(7, 20, 1.5e6, "EUR", ceiling=True), MoneyMention(22, 36, 1.2e6, "EUR")]


@pytest.mark.parametrize("content", ["names: {Pound: pounds}", "nmaes: {}", "ceiling: '('"])
def test_a_bad_file_is_refused_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    (tmp_path / "zz").mkdir()
    (tmp_path / "zz" / "money.yaml").write_text(content, "utf-8")
    monkeypatch.setattr(phrases, "LANG", tmp_path)
    with pytest.raises(ValueError, match=r"money\.yaml"):
        find_money("", "zz")
