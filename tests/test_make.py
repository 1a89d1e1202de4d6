"""The targets of the Makefile and what a wheel holds."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
TARGETS = re.findall(r"^\.PHONY: (\S+)$", MAKEFILE, re.MULTILINE)


def make(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    # a make above this test must not hand down its own options
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", "-C", folder, *arguments], capture_output=True, text=True, env=environment)


def test_help_lists_every_target_with_a_line() -> None:
    listed = re.findall(r"^  (\S+) +\S.+$", make("help").stdout, re.MULTILINE)
    assert listed == sorted(TARGETS)
    assert {"demo", "test", "sample", "help"} <= set(TARGETS)


@pytest.mark.parametrize("target", ["demo", "sample", "test"])
def test_a_fresh_clone_sets_itself_up_first(target: str, tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    planned = make("--dry-run", target, folder=tmp_path).stdout
    assert planned.index("-m venv .venv") < planned.index("--require-hashes -r requirements.lock")
    assert planned.index("--require-hashes") < planned.index("splinterlog demo" if target != "test" else "-m pytest")


@pytest.mark.parametrize(
    ("python", "words"),
    [
        (None, "apt install python3"),
        ('case "$*" in *version_info*) exit 1;; esac', "needs Python 3.11 or newer"),
        ('case "$*" in *ensurepip*) exit 1;; esac', "apt install python3-venv"),
    ],
)
def test_what_is_missing_for_the_set_up_is_told(python: str | None, words: str, tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    program = tmp_path / "python"
    if python:
        program.write_text(f"#!/bin/sh\n{python}\n")
        program.chmod(0o755)
    done = make("setup", f"PYTHON={program}", folder=tmp_path)
    assert done.returncode != 0
    assert words in done.stdout
    assert not (tmp_path / ".venv").exists()


def test_train_without_documents_leaves_the_judge() -> None:
    before = (ROOT / "nlp" / "judge.json").read_bytes()
    done = make("--assume-old=.venv/installed", "train", "GOLD=")
    assert done.returncode != 0
    assert "GOLD=" in done.stdout
    assert (ROOT / "nlp" / "judge.json").read_bytes() == before


def test_ci_calls_what_a_user_can_call() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
    calls = [line for line in script if line and not line.startswith(("#", "set ", "cd "))]
    assert calls == ["make tools", "exec make test"]


def test_the_lock_has_hashes_and_no_address() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pins = re.findall(r"^[a-z0-9][\w.-]*==\S+ \\\n +--hash=sha256:[0-9a-f]{64}", lock, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^[a-z0-9]", lock, re.MULTILINE)) > 20
    assert "://" not in lock


def test_a_wheel_holds_all_that_it_reads_and_can_tag(tmp_path: Path) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("needs git, to know which files are the project's")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    files = [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    for name in files:
        (tmp_path / "src" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / "src" / name)
    build = f"from setuptools.build_meta import build_wheel; build_wheel({str(tmp_path)!r})"
    subprocess.run([sys.executable, "-c", build], cwd=tmp_path / "src", check=True, capture_output=True)
    with ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        held = set(wheel.namelist())
        wheel.extractall(tmp_path / "site")
    rooms = ("crawlers/", "data/", "datasette_config/", "nlp/", "splinterlog.py")
    assert {name for name in files if name.startswith(rooms)} - held == set()
    document = {
        "id": "1",
        "title": "Russia blocks FaceTime",
        "text": "Roskomnadzor blocked FaceTime on 4 December 2025.",
    }
    done = subprocess.run(
        [sys.executable, "-m", "splinterlog", "tag", "-"],
        input=json.dumps(document),
        env=os.environ | {"PYTHONPATH": str(tmp_path / "site")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["events"][0]["platform"] == "facetime"
