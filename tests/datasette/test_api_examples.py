"""The examples of docs/api.md run, against the sample's own database."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```(sh|python)\n(.+?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> str:
    folder = tmp_path_factory.mktemp("demo")
    paths = ["--archive", str(folder / "archive.db"), "--events", str(folder / "events.db")]
    subprocess.run([sys.executable, "-m", "splinterlog", "demo", "--no-serve", *paths], check=True, capture_output=True)
    return str(serving(folder / "events.db"))


@pytest.mark.parametrize(("language", "code"), EXAMPLES, ids=[f"{n}-{e[0]}" for n, e in enumerate(EXAMPLES)])
def test_an_example_runs(address: str, tmp_path: Path, language: str, code: str) -> None:
    code = code.replace("http://127.0.0.1:8001", address)
    if language == "sh":
        command = ["bash", "-euo", "pipefail", "-c", code.replace("curl -s ", "curl -sf ")]
    else:
        command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
