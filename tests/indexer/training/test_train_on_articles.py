"""``loanfaq train`` on questions and the articles that answer them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.errors import PairsError, SourcesRejectedError
from tests.indexer.training.test_train_command import invoke

ARTICLES = """\
{"id": "pay", "title": "花呗怎么还", "body": "在账单页还款。"}
{"id": "limit", "title": "花呗额度是多少", "body": "在额度页看。"}
"""


@pytest.fixture
def judged_file(tmp_path: Path) -> Path:
    path = tmp_path / "judged.jsonl"
    lines = [
        '{"query": "哪里还花呗", "relevant": {"pay": 2, "limit": 0}}',
        '{"query": "西红柿炒蛋", "relevant": {}}',
        '{"a": "怎么还花呗", "b": "花呗如何还款", "label": 1}',
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_questions_and_the_ids_of_their_articles_are_learnt_from(
    tmp_path: Path, judged_file: Path
) -> None:
    faq = tmp_path / "faq.jsonl"
    faq.write_text(ARTICLES, encoding="utf-8")
    out = tmp_path / "mine"
    report = json.loads(invoke(judged_file, "--articles", faq, "--out", out, "--json"))
    # The question beside title, lead and both, parted from what was graded 0; and the pair.
    assert [(found["pairs"], found["same"]) for found in report["trained_on"]] == [(5, 4)]


def test_a_judged_question_without_its_article_is_one_clear_error(
    tmp_path: Path, judged_file: Path
) -> None:
    with pytest.raises(PairsError, match=r"judged\.jsonl:1: is a judged question.*--articles"):
        invoke(judged_file, "--out", tmp_path / "mine")
    faq = tmp_path / "faq.jsonl"
    faq.write_text(ARTICLES.splitlines()[1] + "\n", encoding="utf-8")
    with pytest.raises(PairsError, match=r"judged\.jsonl:1: no article has the id 'pay'"):
        invoke(judged_file, "--articles", faq, "--out", tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_a_source_of_articles_that_cannot_be_read_is_named(
    tmp_path: Path, judged_file: Path
) -> None:
    faq = tmp_path / "faq.jsonl"
    faq.write_text('{"id": "pay"}\n', encoding="utf-8")
    with pytest.raises(SourcesRejectedError, match=r"faq\.jsonl:1: missing") as raised:
        invoke(judged_file, "--articles", faq, "--out", tmp_path / "mine")
    assert str(raised.value).endswith(
        "1 part of the sources cannot be used; mend them, and try again"
    )
