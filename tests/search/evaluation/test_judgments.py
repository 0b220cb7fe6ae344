"""Judged questions: read with every fault named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import data
from indexer.errors import JudgmentsError
from indexer.readers import read_sources
from search.evaluation.judgments import Judgment, read_judgments


def test_the_highest_grade_counts_as_right() -> None:
    assert Judgment("问", {"a": 1, "b": 2, "c": 2, "d": 0}).best == {"b", "c"}
    assert Judgment("问", {"a": 1, "b": 0}).best == {"a"}
    assert not Judgment("问", {}).answerable
    assert not Judgment("问", {"a": 0}).answerable


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not JSON"),
        ("[]", "each line must be a JSON object"),
        ('{"relevant": {}}', 'missing "query"'),
        ('{"query": " ", "relevant": {}}', 'missing "query"'),
        ('{"query": "问"}', '"relevant" must give'),
        ('{"query": "问", "relevant": ["a"]}', '"relevant" must give'),
        ('{"query": "问", "relevant": {"a": 9}}', '"relevant" must give'),
        ('{"query": "问", "relevant": {"a": "2"}}', '"relevant" must give'),
        ('{"query": "问", "relevant": {}, "kind": 1}', '"kind" must be text'),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, line: str, problem: str) -> None:
    file = tmp_path / "judged.jsonl"
    file.write_text(f'{{"query": "好", "relevant": {{}}}}\n{line}\n', encoding="utf-8")
    with pytest.raises(JudgmentsError, match=f"judged.jsonl:2: {problem}"):
        read_judgments(file)


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "judged.jsonl"
    file.write_text("\n", encoding="utf-8")
    with pytest.raises(JudgmentsError, match="no judged question"):
        read_judgments(file)


@pytest.mark.parametrize("name", ["dev", "test"])
def test_the_bundled_questions_judge_articles_that_exist(name: str) -> None:
    ids = {article.id for article in read_sources([str(data.CORPUS)]).articles}
    judgments = read_judgments(data.JUDGMENTS / f"{name}.jsonl")
    assert len(judgments) >= 120
    assert sum(not each.answerable for each in judgments) >= 30
    assert {key for each in judgments for key in each.relevant} <= ids


def test_no_bundled_question_is_in_both_parts() -> None:
    dev, test = (
        {each.query for each in read_judgments(data.JUDGMENTS / f"{name}.jsonl")}
        for name in ("dev", "test")
    )
    assert not dev & test


def test_families_of_articles_are_judged_in_one_part_only() -> None:
    parts = {
        name: {
            max(each.relevant, key=lambda key: each.relevant[key])
            for each in read_judgments(data.JUDGMENTS / f"{name}.jsonl")
            if each.relevant and each.kind != "broad"
        }
        for name in ("dev", "test")
    }
    assert not parts["dev"] & parts["test"]


def test_a_judgment_file_is_plain_json_lines() -> None:
    for line in (data.JUDGMENTS / "test.jsonl").read_text(encoding="utf-8").splitlines():
        assert set(json.loads(line)) == {"query", "relevant", "kind"}
