"""An index that answers worse than it must is not published."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.encoders.protocol import Encoder
from indexer.errors import GateError, InputError
from indexer.judgments import Judgment
from indexer.lexicon import bundled_lexicon
from indexer.pipeline import build_index
from indexer.store.builds import IndexFolder, read_current
from search.engine import SearchEngine
from search.evaluation.gate import Gate
from search.query import Query
from tests.conftest import FAQ, build, entry_of
from web.cli import cli

RIGHT = Judgment("提前还房贷好不好", {"mortgage-early": 2})
# Judged wrong on purpose: no engine may put this article first.
WRONG = Judgment("提前还房贷好不好吗", {"card-limit": 2})


def built(folder: Path, encoder: Encoder, gate: Gate) -> None:
    build_index([str(FAQ)], folder, encoder, entry_of(encoder), bundled_lexicon(), approve=gate)


def gate(*judgments: Judgment, least: float) -> Gate:
    return Gate(judgments, "questions.jsonl", least)


def test_a_build_that_answers_well_is_published(tmp_path: Path, encoder: Encoder) -> None:
    built(tmp_path, encoder, gate(RIGHT, least=1.0))
    assert SearchEngine.open(tmp_path).search(Query.parse(RIGHT.query)).hits


def test_one_that_answers_worse_leaves_the_index_as_it_was(
    tmp_path: Path, encoder: Encoder
) -> None:
    build([FAQ], tmp_path, encoder)
    before, _ = read_current(tmp_path)
    with pytest.raises(GateError, match=r"0\.500 of 2 questions, under 0\.9.*stays as it was") as e:
        built(tmp_path, encoder, gate(RIGHT, WRONG, least=0.9))
    assert f"{WRONG.query} → mortgage-early; wanted card-limit" in str(e.value)
    assert read_current(tmp_path)[0] == before
    assert [each.name for each in IndexFolder(tmp_path).builds.iterdir()] == [before.name]


def test_exactly_the_share_asked_for_is_enough(tmp_path: Path, encoder: Encoder) -> None:
    built(tmp_path, encoder, gate(RIGHT, WRONG, least=0.5))
    assert read_current(tmp_path)[1].counts.articles > 0


@pytest.mark.parametrize(
    ("judgment", "said"),
    [
        (Judgment("西红柿炒鸡蛋先放什么", {}), "no question that an article answers"),
        (Judgment("提前还房贷", {"of-another-site": 2}), "judged on another collection"),
    ],
)
def test_questions_that_cannot_tell_are_refused(
    tmp_path: Path, encoder: Encoder, judgment: Judgment, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        built(tmp_path, encoder, gate(judgment, least=0.1))
    assert not (tmp_path / "CURRENT").exists()


def test_the_command_exits_with_1_and_one_clear_message(tmp_path: Path) -> None:
    judged = tmp_path / "judged.jsonl"
    judged.write_text(json.dumps({"query": WRONG.query, "relevant": dict(WRONG.relevant)}) + "\n")
    folder = tmp_path / "index"
    options = ["--index", str(folder), "--judgments", str(judged), "--fail-under", "0.9"]
    refused = CliRunner().invoke(cli, ["index", str(FAQ), *options])
    assert refused.exit_code == 1
    assert isinstance(refused.exception, GateError)
    assert not (folder / "CURRENT").exists()


def test_questions_without_a_bar_are_wrong_usage(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        cli, ["index", str(FAQ), "--index", str(tmp_path), "--fail-under", "1"]
    )
    assert done.exit_code == 2
    assert "--judgments and --fail-under go together" in done.output
