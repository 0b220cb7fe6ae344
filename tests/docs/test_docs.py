"""The docs say what the code does: the README's commands are run and compared."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import data
from indexer.encoders.protocol import Encoder
from tests.conftest import build
from tests.docs.cli_reference import TARGET, render
from tests.web.serving import running

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")
# What differs from run to run.
VOLATILE = (
    (re.compile(r'"took_ms": [\d.]+'), '"took_ms": 0'),
    (re.compile(r'"query_id": "\w+"'), '"query_id": ""'),
    (re.compile(r"\d{8}T\d{12}Z-\w{4}"), "BUILD"),
    (re.compile(r"(?<=into )\S+"), "FOLDER"),
    (re.compile(r"(?<=nothing answers: )\S+"), "FILE"),
)


def console_blocks(page: str) -> list[tuple[str, str]]:
    """Commands of the page's console blocks, each with the output shown."""
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    shown = []
    for block in blocks:
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            shown.append((command, output))
    return shown


def masked(output: str) -> str:
    for pattern, replacement in VOLATILE:
        output = pattern.sub(replacement, output)
    return output.strip()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """A home folder whose index is the bundled corpus."""
    folder = tmp_path_factory.mktemp("home")
    build([data.CORPUS], folder / "index", encoder)
    return folder


@pytest.mark.parametrize("page", READMES)
def test_the_commands_print_what_the_readme_shows(page: str, home: Path) -> None:
    blocks = console_blocks(page)
    assert any(command.startswith("loanfaq search") for command, _ in blocks)
    assert any(command.startswith("curl") for command, _ in blocks)
    with running(home / "index", home / "state") as site:
        for command, shown in blocks:
            done = subprocess.run(
                ["bash", "-c", command.replace("http://127.0.0.1:8000", site.url)],
                capture_output=True,
                text=True,
                cwd=ROOT,
                env={
                    **os.environ,
                    "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                    "LOANFAQ_INDEX": str(home / "index"),
                },
                check=False,
            )
            assert done.returncode == 0, (command, done.stderr)
            assert masked(done.stdout) == masked(shown), command


@pytest.mark.parametrize("page", READMES)
def test_make_targets_and_files_that_the_readme_names_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`?make (\w+)", text):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (ROOT / link).exists(), link


def test_every_command_and_option_is_in_the_reference() -> None:
    assert TARGET.read_text(encoding="utf-8") == render(), "run 'make docs'"


def test_make_serve_serves_the_demo(tmp_path: Path) -> None:
    """The README's first command, with the environment that the tests run in."""
    process = subprocess.Popen(
        [
            "make",
            "serve",
            f"VENV={Path(sys.executable).parents[1]}",
            f"DEMO={tmp_path / 'demo'}",
            "PORT=0",
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout
        lines = [process.stdout.readline() for _ in range(4)]
        ready = next(line for line in lines if "ready" in line)
        assert re.match(r"loanfaq is ready at http://127\.0\.0\.1:\d+ \(\d+ articles, ", ready)
    finally:
        process.terminate()
        process.wait(timeout=30)
