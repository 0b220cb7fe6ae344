"""``make model`` of docs/training.md makes a model like the bundled one, at a small scale."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.encoders import open_encoder
from indexer.encoders.compact_files import open_compact
from tests.docs.console import ROOT
from web.cli import cli

STEPS = ["--pretrain-steps", "2", "--steps", "3", "--batch-pairs", "64"]
SMALL = ["--dimension", "16", "--heads", "2", *STEPS]
# Made from nothing, with so many layers. The one that is taught, `second`, comes first.
TEACHERS = {"second": 4, "first": 2, "third": 2, "fourth": 2, "fifth": 2}
PAIRS = "花呗怎么还\t怎么还花呗\t1\n借呗利息\t花呗额度\t0\n"


def commands(folder: Path) -> list[list[str]]:
    """What ``make model`` runs of loanfaq, written into a folder."""
    (folder / "venv").mkdir()
    (folder / "venv" / "installed").touch()
    make = [
        "make",
        "-n",
        "model",
        f"PAIRS={folder}/PAIRS",
        f"MODEL={folder}",
        f"VENV={folder}/venv",
    ]
    told = subprocess.run(make, cwd=ROOT, capture_output=True, check=True, text=True)
    lines = map(shlex.split, told.stdout.replace("\\\n", "").splitlines())
    return [line[1:] for line in lines if line[0].endswith("/loanfaq")]


def test_a_model_like_the_bundled_one_is_made_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("train/bq", "train/afqmc", "train/atec", "train/general", "dev/bq", "dev/atec"):
        path = tmp_path / "PAIRS" / f"{name}.tsv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAIRS, encoding="utf-8")
    monkeypatch.chdir(ROOT)
    told = commands(tmp_path)
    derive, *new, taught, bundled = told[:-4]
    seeds = [command[command.index("--seed") + 1] for command in (*new, taught, bundled)]
    assert seeds == ["14", "13", "15", "16", "17", "13", "14"]
    small = (*([*command, *SMALL] for command in new), [*taught, *STEPS], [*bundled, *STEPS])
    for command in (derive, *small):
        result = CliRunner().invoke(cli, command, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        if command is derive:
            shorten(tmp_path / "pairs")

    assert open_encoder(tmp_path / "bundled").dimension == 16
    assert open_compact(tmp_path / "bundled").config.shape.layers == (4,)
    names = ("afqmc", "atec", "bq", "general", "articles", "asked", "judged")
    for name, layers in TEACHERS.items():
        assert open_compact(tmp_path / name).config.shape.layers == (layers,)
        assert rounds(tmp_path / name) == [
            *zip(names, ["1.5", "1.5", "1.1", "0.4", "0.6", "1", "4.5"], strict=True)
        ]
    *all_but_last, last = (mark(tmp_path / name) for name in TEACHERS)
    teachers = f"{', '.join(all_but_last)} and {last}"
    for name, start in (("taught", "second"), ("bundled", "taught")):
        assert rounds(tmp_path / name) == [
            *zip(names, ["1.5", "2", "0.7", "0.4", "1.5", "0.5", "3"], strict=True)
        ]
        card = (tmp_path / name / "README.md").read_text(encoding="utf-8")
        assert f"Begun from {mark(tmp_path / start)} and taught by {teachers}." in card
    assert [command[0] for command in told[-4:]] == ["index", "calibrate"] * 2


def shorten(pairs: Path) -> None:
    """Keep some pairs of each file: seven models would read all of them for minutes."""
    for path in pairs.iterdir():
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(lines[::20]), encoding="utf-8")


@pytest.mark.parametrize("made", [(), ("pairs/judged.tsv",)])
def test_the_folder_of_pairs_must_be_named(tmp_path: Path, made: tuple[str, ...]) -> None:
    """Also where a run goes on that had it named."""
    for name in ("installed", *made):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    make = ["make", "model", f"MODEL={tmp_path}", f"VENV={tmp_path}"]
    told = subprocess.run(make, cwd=ROOT, capture_output=True, text=True)
    assert told.returncode
    assert "name the folder of question pairs: make model PAIRS=FOLDER" in told.stderr


def mark(model: Path) -> str:
    """What cards call a model."""
    return f"loanfaq-compact-16 `{open_encoder(model).fingerprint[:16]}`"


def rounds(model: Path) -> list[tuple[str, str]]:
    """Each set's rounds as the card of a model tells them."""
    card = (model / "README.md").read_text(encoding="utf-8")
    learnt_from = card.partition("## Learnt from")[2].partition("## Recipe")[0]
    row = r"^\| (\w+) \| [\d,]+ \| [\d,]+ \| ([\d.]+) \|"
    return re.findall(row, learnt_from, re.MULTILINE)
