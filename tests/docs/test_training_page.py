"""The command of docs/training.md that repeats the bundled model runs, at a small scale."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.encoders import open_encoder
from tests.docs.console import ROOT
from web.cli import cli

SMALL = [
    *("--dimension", "16", "--layers", "1", "--heads", "2"),
    *("--pretrain-steps", "2", "--steps", "3", "--batch-pairs", "64"),
]
PAIRS = "花呗怎么还\t怎么还花呗\t1\n借呗利息\t花呗额度\t0\n"


def commands() -> list[list[str]]:
    """What the page gives under From nothing."""
    page = (ROOT / "docs" / "training.md").read_text(encoding="utf-8")
    block = re.search(r"## From nothing.*?```sh\n(.*?)```", page, re.DOTALL)
    assert block
    return [shlex.split(each) for each in block[1].replace("\\\n", "").split("&&")]


def test_the_bundled_model_is_repeated_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("train/bq", "train/afqmc", "train/atec", "train/general", "dev/bq", "dev/atec"):
        path = tmp_path / "PAIRS" / f"{name}.tsv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAIRS, encoding="utf-8")
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    derive, train = commands()
    for command in (derive, [*train, *SMALL]):
        assert command[0] == "loanfaq"
        result = CliRunner().invoke(cli, command[1:], catch_exceptions=False)
        assert result.exit_code == 0, result.output

    assert open_encoder(tmp_path / "bundled").dimension == 16
    card = (tmp_path / "bundled" / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| (\w+) \|.*\| ([\d.]+) \| [\d.]+ \| [\d.]+ \|$", card, re.MULTILINE) == [
        ("afqmc", "1.5"),
        ("atec", "1.5"),
        ("bq", "1.1"),
        ("general", "0.4"),
        ("articles", "0.6"),
        ("judged", "4.5"),
    ]
