"""The examples of docs/api.md and of /api run, in every language, against the sample's own database."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from lxml import html

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```(sh|python|r|js)\n(.+?)^```$", PAGE, re.MULTILINE | re.DOTALL)
TITLES = {"curl": "sh", "pandas": "python", "R": "r", "Observable": "js"}
"""Those on the page that need no other program, by their language."""
PROGRAMS = {"sh": ["bash", "-euo", "pipefail"], "python": [sys.executable], "r": ["Rscript"]}


@pytest.mark.parametrize(("language", "code"), EXAMPLES, ids=[f"{n}-{e[0]}" for n, e in enumerate(EXAMPLES)])
def test_an_example_runs(
    sample_site: str, tmp_path: Path, request: pytest.FixtureRequest, language: str, code: str
) -> None:
    run(language, code.replace("http://127.0.0.1:8001", sample_site), tmp_path, request)


@pytest.mark.parametrize("title", TITLES)
def test_an_example_of_the_page_runs_as_it_stands(
    sample_site: str, tmp_path: Path, request: pytest.FixtureRequest, title: str
) -> None:
    page = html.document_fromstring(httpx.get(f"{sample_site}/api").text)
    [code] = page.xpath(f"//pre[@aria-label='{title}']")
    run(TITLES[title], code.text_content(), tmp_path, request)


def run(language: str, code: str, folder: Path, request: pytest.FixtureRequest) -> None:
    """Run an example to its end, which must be a good one that shows something."""
    if language == "js":
        return notebook(request, code)
    program = PROGRAMS[language]
    if not shutil.which(program[0]) and not os.environ.get("CI"):
        pytest.skip(f"{program[0]} is missing: `make tools` installs it")
    file = folder / "example"
    file.write_text(code.replace("curl -s ", "curl -sf "), "utf-8")
    done = subprocess.run([*program, str(file)], cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def notebook(request: pytest.FixtureRequest, code: str) -> None:
    """Run cells of Observable as its notebooks do: on a page of another site, each waiting for those before it."""
    cells = re.findall(r"^(\w+) = (.+?)(?=^\w+ = |\Z)", code, re.MULTILINE | re.DOTALL)
    body = "".join(f"const {name} = await ({expression.strip()});\n" for name, expression in cells)
    page = request.getfixturevalue("browser").new_page()
    value = page.evaluate(f"async () => {{ {body} return {cells[-1][0]}; }}")
    page.close()
    assert value
