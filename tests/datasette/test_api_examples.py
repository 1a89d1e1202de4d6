"""The examples of docs/api.md run, in every language, against the sample's own database."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```(sh|python|r|js)\n(.+?)^```$", PAGE, re.MULTILINE | re.DOTALL)
PROGRAMS = {"sh": ["bash", "-euo", "pipefail"], "python": [sys.executable], "r": ["Rscript"]}


@pytest.mark.parametrize(("language", "code"), EXAMPLES, ids=[f"{n}-{e[0]}" for n, e in enumerate(EXAMPLES)])
def test_an_example_runs(
    sample_site: str, tmp_path: Path, request: pytest.FixtureRequest, language: str, code: str
) -> None:
    code = code.replace("http://127.0.0.1:8001", sample_site).replace("curl -s ", "curl -sf ")
    if language == "js":
        return notebook(request, code)
    program = PROGRAMS[language]
    if not shutil.which(program[0]) and not os.environ.get("CI"):
        pytest.skip(f"{program[0]} is missing: `make tools` installs it")
    file = tmp_path / "example"
    file.write_text(code, "utf-8")
    done = subprocess.run([*program, str(file)], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def notebook(request: pytest.FixtureRequest, code: str) -> None:
    """Run cells of Observable as its notebooks do: on a page of another site, each waiting for those before it."""
    cells = re.findall(r"^(\w+) = (.+?)(?=^\w+ = |\Z)", code, re.MULTILINE | re.DOTALL)
    body = "".join(f"const {name} = await ({expression.strip()});\n" for name, expression in cells)
    page = request.getfixturevalue("browser").new_page()
    value = page.evaluate(f"async () => {{ {body} return {cells[-1][0]}; }}")
    page.close()
    assert len(cells) > 1 and value
