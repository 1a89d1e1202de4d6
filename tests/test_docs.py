"""The docs are whole and true: all names are there, links lead somewhere, commands run."""

from __future__ import annotations

import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click
import pytest
import yaml

from crawlers.source_file import SourceFile
from crawlers.source_layouts import Paths, Registry, Selectors, Sitemap, Words
from crawlers.source_parts import Ask, Expect, Paging, Token
from crawlers.sources import load_sources
from data.events_schema import TABLES
from data.models import Action, Status
from nlp.pipeline import supported
from splinterlog import main

ROOT = Path(__file__).parents[1]
PAGES = {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")}
PAGES |= {f"docs/{page.name}": page.read_text("utf-8") for page in sorted((ROOT / "docs").glob("*.md"))}
README, DEFINITION = PAGES["README.md"], PAGES["docs/definition.md"]
LINK = re.compile(r"\[[^\]]+\]\((?!https?:)([^)#]*)(#[^)]*)?\)")
EXAMPLE = re.compile(r"^```sh\n(.+?)^```$", re.MULTILINE | re.DOTALL)


def commands(group: click.Group = main, above: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command by its name, those of groups too ("source add")."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} ")
        else:
            yield f"{above}{name}", command


def options() -> Iterator[tuple[str, str]]:
    """Command and option, for every option but --help."""
    for name, command in commands():
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                yield from ((name, option) for option in parameter.opts + parameter.secondary_opts)


def row_of(command: str) -> str:
    """The README's line about a command."""
    found = re.search(rf"^\| `splinterlog {command}\b.*$", README, re.MULTILINE)
    return found[0] if found else ""


@pytest.mark.parametrize("command", [name for name, _ in commands()])
def test_every_command_is_in_the_readme(command: str) -> None:
    assert row_of(command)


@pytest.mark.parametrize(("command", "option"), [(c, o) for c, o in options() if o != "--output"])
def test_every_option_is_in_the_readme(command: str, option: str) -> None:
    assert re.search(rf"(?<![\w-]){option}(?![\w-])", row_of(command))


def test_the_readme_names_no_other_option() -> None:
    known = {option for _, option in options()} | {"--help"}
    assert set(re.findall(r"(?<=[\[| \\])--[a-z][a-z-]*", README)) <= known


def test_make_targets_are_true() -> None:
    targets = set(re.findall(r"^\.PHONY: (\S+)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {
        target for text in PAGES.values() for target in re.findall(r"(?:`|^ {4}|&& )make ([a-z]+)", text, re.MULTILINE)
    }
    assert {"demo", "test", "help", "lint", "docs", "train", "setup"} <= named <= targets


def test_generated_pages_are_up_to_date() -> None:
    for file, text in runpy.run_path(str(ROOT / "docs" / "pages.py"))["pages"]().items():
        assert file.read_text("utf-8") == text, f"{file.name}: `make docs` writes it anew"


def test_every_table_and_column_is_described() -> None:
    text = PAGES["docs/tables.md"]
    for name, table in TABLES.items():
        section = text.split(f"## `{name}`\n")[1].split("\n## ")[0]
        assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == set(table.columns)


def test_actions_and_statuses_are_defined() -> None:
    assert set(re.findall(r"^\| `(\w+)` \|", DEFINITION, re.MULTILINE)) == {*get_args(Action), *get_args(Status)}


def test_sources_and_languages_are_named() -> None:
    for source in load_sources():
        assert f"`{source.id}`" in PAGES["docs/sources.md"]
    for page in ("README.md", "docs/architecture.md"):
        assert {f"(`{lang}`)" for lang in supported()} == set(re.findall(r"\(`[a-z]{2}`\)", PAGES[page]))


YAML = re.compile(r"^```yaml\n(.+?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(
    "example", map(yaml.safe_load, YAML.findall(PAGES["docs/source-files.md"])), ids=lambda e: e["id"]
)
def test_the_examples_of_source_files_hold(example: dict[str, object]) -> None:
    assert SourceFile.model_validate(example).enabled


def test_every_field_of_a_source_file_is_explained() -> None:
    models = (SourceFile, Selectors, Paths, Sitemap, Registry, Words, Paging, Token, Ask, Expect)
    fields = {name for model in models for name in model.model_fields} - {"allow_private"}
    named = re.findall(r"[a-z_]+", PAGES["docs/source-files.md"])
    assert fields - set(named) == set()


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    for path, anchor in LINK.findall(PAGES[page]):
        target = (ROOT / page).parent / path if path else ROOT / page
        assert target.exists(), path
        if anchor:
            heads = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            assert anchor[1:] in {re.sub(r"[^\w -]", "", head).lower().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES)
def test_files_that_are_named_are_there(page: str) -> None:
    named = re.findall(r"`((?:crawlers|nlp|data|datasette_config|docs|tests|bench)/[^`\s<>*]+)`", PAGES[page])
    made = {"data/archive.db", "data/events.db"}
    assert [name for name in named if name not in made and not (ROOT / name).exists()] == []


def test_the_examples_of_the_readme_run(tmp_path: Path) -> None:
    (example,) = EXAMPLE.findall(README)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    script = ["bash", "-euo", "pipefail", "-c", example]
    done = subprocess.run(script, cwd=tmp_path, env=os.environ | {"PATH": path}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert '"platform": "facetime"' in (tmp_path / "events.jsonl").read_text("utf-8")
    assert "1 documents (1 read now), 1 mentions, 1 events" in done.stdout


def test_the_changelog_tells_of_this_version() -> None:
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    assert version
    assert f"## [{version[1]}] - " in PAGES["CHANGELOG.md"]
