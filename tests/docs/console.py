"""The READMEs' console blocks: commands with the output that they print.

``python -m tests.docs.console`` runs the commands and writes their output anew.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import data
from indexer.encoders import open_encoder
from tests.conftest import build
from tests.web.serving import running

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")
_BLOCK = re.compile(r"(?<=```console\n)(.*?)(?=```)", re.DOTALL)


def run(command: str, index: Path, url: str, cwd: Path = ROOT) -> str:
    """What a command of a README prints, with the demo index and a site at `url`."""
    done = subprocess.run(
        ["bash", "-c", command.replace("http://127.0.0.1:8000", url)],
        capture_output=True,
        text=True,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "LOANFAQ_INDEX": str(index),
        },
        check=False,
    )
    assert done.returncode == 0, (command, done.stderr)
    return done.stdout


def commands(page: str) -> list[tuple[str, str]]:
    """Commands of a page's console blocks, each with the output shown."""
    text = (ROOT / page).read_text(encoding="utf-8")
    parts = (part for block in _BLOCK.findall(text) for part in _split(block))
    return [(command, shown) for command, shown in parts]


def _split(block: str) -> list[tuple[str, str]]:
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
    return [(part.partition("\n")[0], part.partition("\n")[2]) for part in parts]


def refresh(page: str, run_command: Callable[[str], str]) -> None:
    """Write a page with what its commands print now."""

    def renew(block: re.Match[str]) -> str:
        outputs = (f"$ {command}\n{run_command(command)}" for command, _ in _split(block[0]))
        return "\n".join(output.rstrip("\n") + "\n" for output in outputs)

    path = ROOT / page
    path.write_text(_BLOCK.sub(renew, path.read_text(encoding="utf-8")), encoding="utf-8")


def main() -> None:
    """Refresh all pages."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build([data.CORPUS], folder / "index", open_encoder())
        with running(folder / "index", folder / "state") as site:
            printed = cache(lambda command: run(command, folder / "index", site.url))
            for page in READMES:
                refresh(page, printed)


if __name__ == "__main__":
    main()
