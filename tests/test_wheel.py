"""The wheel holds all that loanfaq ships, and works away from the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PARTS = ("data", "indexer", "search", "web", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, unpacked into a folder of its own without what it depends on."""
    source = tmp_path_factory.mktemp("source")
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, source / part)
    target = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    subprocess.run(
        [*pip, "--no-deps", "--no-build-isolation", "--target", str(target), str(source)],
        check=True,
    )
    return target


def run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command in a folder that has a plain ``data/`` of its own."""
    (cwd / "data").mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, str(installed / "bin" / "loanfaq"), *arguments],
        capture_output=True,
        text=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(installed), "LOANFAQ_INDEX": str(cwd / "index")},
        check=False,
    )


def test_the_installed_command_indexes_the_bundled_corpus_and_answers(
    installed: Path, tmp_path: Path
) -> None:
    built = run(installed, tmp_path, "index", "--without-asked", "--json")
    assert built.returncode == 0, built.stderr
    assert json.loads(built.stdout)["counts"]["articles"] >= 60
    manifest = json.loads(run(installed, tmp_path, "inspect", "--json").stdout)
    assert manifest["sources"][0]["name"] == str(installed / "data" / "corpus")
    found = json.loads(run(installed, tmp_path, "search", "花呗能提前还款吗", "--json").stdout)
    assert found["hits"][0]["id"] == "huabei-tiqian-huankuan"


def test_pages_and_static_files_are_in_the_wheel(installed: Path) -> None:
    for folder in ("web/templates", "web/static", "data/lexicon", "data/judgments", "data/model"):
        there = {path.name for path in (installed / folder).iterdir()} - {"__pycache__"}
        wanted = {path.name for path in (ROOT / folder).iterdir()} - {"__pycache__"}
        assert there == wanted, folder


def test_tests_are_not_in_the_wheel(installed: Path) -> None:
    assert not (installed / "tests").exists()
