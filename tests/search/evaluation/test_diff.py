"""What two indexes answer differently."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.encoders.protocol import Encoder
from indexer.errors import IndexFolderError, InputError
from indexer.judgments import Judgment
from indexer.pipeline import remove_from_index
from indexer.store.builds import read_current
from search.engine import SearchEngine
from search.evaluation.diff import compare, format_difference, read_questions
from tests.conftest import FAQ, build
from web.cli import cli

EARLY = "房贷提前还款划算吗"
LOANFAQ = Path(sys.executable).with_name("loanfaq")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """An index whose build before had one article more."""
    folder = tmp_path_factory.mktemp("index")
    build([FAQ], folder, encoder)
    remove_from_index(["mortgage-early"], folder)
    return folder


@pytest.fixture(scope="module")
def before(index: Path) -> str:
    """The index as it was, as the command names it."""
    replaced = read_current(index)[1].replaces
    assert replaced
    return f"{index}@{replaced}"


def diff(*arguments: object) -> str:
    done = CliRunner().invoke(cli, ["diff", *map(str, arguments)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_questions_whose_first_article_changed_are_listed(
    index: Path, before: str, tmp_path: Path
) -> None:
    questions = tmp_path / "questions.txt"
    questions.write_text(f"{EARLY}\n\n信用卡最低还款影响征信吗\n", encoding="utf-8")
    lines = diff(before, index, questions).splitlines()
    assert lines[0] == f"changed: {EARLY}"
    assert lines[1] == f"  - {EARLY} (mortgage-early, answered)"
    assert lines[2].startswith("  + ")
    assert "mortgage-early" not in lines[2]
    assert lines[3] == "1 of 2 questions have another first article"


def test_judged_questions_tell_better_from_worse(index: Path, before: str, tmp_path: Path) -> None:
    judged = tmp_path / "judged.jsonl"
    judged.write_text(json.dumps({"query": EARLY, "relevant": {"mortgage-early": 2}}) + "\n")
    assert json.loads(diff(before, index, judged, "--json"))["worse"] == 1
    back = json.loads(diff(index, before, judged, "--json"))
    assert (back["changed"], back["better"], back["worse"]) == (1, 1, 0)
    assert back["changes"][0]["new"]["id"] == "mortgage-early"


def test_an_index_does_not_differ_from_itself(index: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.txt"
    questions.write_text("花呗\n房贷逾期\n", encoding="utf-8")
    assert diff(index, index, questions) == "0 of 2 questions have another first article\n"


def test_modes_of_one_index_can_be_compared(engine: SearchEngine) -> None:
    asked = [Judgment("供房子的钱早点结清合算不", {"mortgage-early": 2})]
    found = compare((engine, "keyword"), (engine, "semantic"), asked, lambda _: None)
    assert found.questions == 1
    for change in found.changes:
        assert change.verdict in {"better", "worse", "neither"}
    assert f"{len(found.changes)} of 1 questions" in format_difference(found)


def test_a_build_that_is_not_kept_is_named(index: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.txt"
    questions.write_text("花呗\n", encoding="utf-8")
    with pytest.raises(IndexFolderError, match=r"keeps no build '\.\./x'.*inspect --builds"):
        diff(f"{index}@../x", index, questions)


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe"])
def test_questions_that_cannot_be_read_are_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "questions.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(InputError, match=r"questions\.txt: "):
        read_questions(path)


def test_the_process_says_so_in_one_line(index: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [str(LOANFAQ), "diff", str(index), str(index), str(tmp_path / "none.txt")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "none.txt: cannot be read" in done.stderr
