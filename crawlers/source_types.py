"""The kinds of values in a source file, each checked when the file is loaded: addresses, selectors, paths."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Any
from urllib.parse import urlsplit

import jmespath
from parsel import Selector
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from crawlers.templates import paths_of


def _checked(check: Callable[[str], Any], wanted: str) -> AfterValidator:
    """A validator that refuses what `check` raises on or has no answer to."""

    def validate(value: str) -> str:
        try:
            good = check(value)
        except Exception as error:
            raise ValueError(f"must be {wanted}: {error}") from error
        if good is False:
            raise ValueError(f"must be {wanted}")
        return value

    return AfterValidator(validate)


def _is_address(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _try_selector(selector: str) -> object:
    return not selector or find(Selector(text="<p/>"), selector)


def _try_paths(template: str) -> object:
    return [jmespath.compile(path) for path in paths_of(template)]


def find(node: Any, selector: str) -> Any:
    """What a selector of a source file finds in a node: XPath if it begins with "/", "./", ".." or "(", else CSS."""
    return node.xpath(selector) if selector.startswith(("/", "./", "..", "(")) else node.css(selector)


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
WebAddress = Annotated[str, _checked(_is_address, "a full http or https address")]
Regex = Annotated[Text, _checked(re.compile, "a regular expression")]
Selects = Annotated[str, _checked(_try_selector, "a CSS selector, or an XPath that begins with / or ./")]
Told = Annotated[Text, _checked(_try_paths, "a JMESPath, or words with JMESPaths in braces")]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]*$")]


class Part(BaseModel):
    """A part of a source file: unknown keys are refused, and nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
