"""Judged passages: read with every fault named, and true to the bundled corpus."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import data
from indexer.errors import JudgmentsError
from indexer.judgments import read_judgments
from indexer.passage_judgments import DETAIL, PassageJudgment, read_passage_judgments
from indexer.readers import read_sources

BUNDLED = data.JUDGMENTS / "passages.jsonl"


def test_a_line_is_a_question_an_article_and_graded_anchors(tmp_path: Path) -> None:
    file = tmp_path / "passages.jsonl"
    file.write_text('{"query": "问 ", "article": "a", "passages": {"s1-2": 2}}\n\n')
    assert read_passage_judgments(file) == [PassageJudgment("问", "a", {"s1-2": 2}, "", "dev")]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "not JSON"),
        ("[]", "each line must be a JSON object"),
        ('{"article": "a"}', 'missing "query"'),
        ('{"query": "问", "article": " "}', 'missing "article"'),
        ('{"query": "问", "article": "a"}', '"passages" must give'),
        ('{"query": "问", "article": "a", "passages": {"s1": 3}}', '"passages" must give'),
        ('{"query": "问", "article": "a", "passages": {"s1": 1}}', "must name the best passage"),
        ('{"query": "问", "article": "a", "passages": {}}', "must name the best passage"),
        (
            '{"query": "问", "article": "a", "passages": {"s1": 2}, "kind": 1, "part": "dev"}',
            '"kind" must be text',
        ),
        (
            '{"query": "问", "article": "a", "passages": {"s1": 2}, "part": "test"}',
            '"part" must be train or dev',
        ),
    ],
)
def test_a_fault_names_its_line(tmp_path: Path, line: str, problem: str) -> None:
    file = tmp_path / "passages.jsonl"
    file.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(JudgmentsError, match=problem) as fault:
        read_passage_judgments(file)
    assert f"{file}:2: " in str(fault.value)


def test_a_file_without_a_line_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n")
    with pytest.raises(JudgmentsError, match="no judged passage"):
        read_passage_judgments(tmp_path / "empty.jsonl")


def test_the_bundled_anchors_are_passages_of_their_articles() -> None:
    articles = {each.id: each for each in read_sources([str(data.CORPUS)]).articles}
    for judged in read_passage_judgments(BUNDLED):
        anchors = {placed.anchor for placed in articles[judged.article].placed_blocks()}
        assert set(judged.passages) <= anchors, judged.query


@pytest.mark.parametrize("part", ["train", "dev"])
def test_the_bundled_questions_are_those_of_their_part(part: str) -> None:
    asked = {each.query: each.relevant for each in read_judgments(data.JUDGMENTS / f"{part}.jsonl")}
    articles = {article for relevant in asked.values() for article in relevant}
    judged = [each for each in read_passage_judgments(BUNDLED) if each.part == part]
    for each in judged:
        if each.kind == DETAIL:  # written for an article that is judged in the part
            assert each.article in articles, each.query
        else:
            assert asked[each.query][each.article] == 2, each.query
    assert not [q for q, n in Counter((j.query, j.article) for j in judged).items() if n > 1]
