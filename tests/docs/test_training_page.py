"""The commands of docs/training.md for a model like the bundled one run, at a small scale."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.encoders import open_encoder
from indexer.encoders.compact_files import open_compact
from tests.docs.console import ROOT
from web.cli import cli

STEPS = ["--pretrain-steps", "2", "--steps", "3", "--batch-pairs", "64"]
SMALL = ["--dimension", "16", "--layers", "1", "--heads", "2", *STEPS]
PAIRS = "花呗怎么还\t怎么还花呗\t1\n借呗利息\t花呗额度\t0\n"


def commands() -> list[list[str]]:
    """What the page gives under From nothing."""
    page = (ROOT / "docs" / "training.md").read_text(encoding="utf-8")
    block = re.search(r"## From nothing.*?```sh\n(.*?)```", page, re.DOTALL)
    assert block
    return [shlex.split(each) for each in block[1].replace("\\\n", "").split("&&")]


def test_a_model_like_the_bundled_one_is_made_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("train/bq", "train/afqmc", "train/atec", "train/general", "dev/bq", "dev/atec"):
        path = tmp_path / "PAIRS" / f"{name}.tsv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAIRS, encoding="utf-8")
    (tmp_path / "data").symlink_to(ROOT / "data")
    monkeypatch.chdir(tmp_path)
    derive, train, grow = commands()
    for command in (derive, [*train, *SMALL], [*grow, *STEPS]):
        assert command[0] == "loanfaq"
        result = CliRunner().invoke(cli, command[1:], catch_exceptions=False)
        assert result.exit_code == 0, result.output

    assert open_encoder(tmp_path / "bundled").dimension == 16
    assert open_compact(tmp_path / "bundled").config.shape.layers == (1, 4)
    names = ("afqmc", "atec", "bq", "general", "articles", "judged")
    assert rounds(tmp_path / "first") == [
        *zip(names, ["1.5", "1.5", "1.1", "0.4", "0.6", "4.5"], strict=True)
    ]
    assert rounds(tmp_path / "bundled")[: len(names)] == [
        *zip(names, ["1.5", "1.5", "1.1", "1", "2.8", "2.1"], strict=True)
    ]


def rounds(model: Path) -> list[tuple[str, str]]:
    """Each set's rounds as the card of a model tells them."""
    card = (model / "README.md").read_text(encoding="utf-8")
    row = r"^\| (\w+) \|.*\| ([\d.]+) \| [\d.]+ \| [\d.]+ \|$"
    return re.findall(row, card, re.MULTILINE)
