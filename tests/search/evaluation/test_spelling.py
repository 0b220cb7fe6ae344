"""Corrections of judged questions are counted, and the false ones told."""

from __future__ import annotations

import json
from pathlib import Path

from indexer.judgments import Judgment
from search.evaluation.report import evaluate, format_report
from search.evaluation.spelling import Spelling, SpellingOutcome, format_spelling

JUDGED = [
    Judgment("fangdai tiqian huanqing you shenme yaoqiu", {"fangdai-tiqian-huankuan": 2}, "typo"),
    Judgment("花呗可以提前还款吗", {"huabei-tiqian-huankuan": 2}, "keywords"),
    Judgment("明天下雨吗", {}, "none-far"),
]


def outcome(kind: str, *, before: bool, after: bool) -> SpellingOutcome:
    return SpellingOutcome("网袋", kind, "网贷", before, after)


def test_a_misspelt_question_may_be_changed_unless_that_loses_its_article() -> None:
    for kind in ("typo", ""):
        assert not outcome(kind, before=False, after=True).false
        assert not outcome(kind, before=True, after=True).false
        assert not outcome(kind, before=False, after=False).false
        assert outcome(kind, before=True, after=False).false


def test_any_other_may_be_changed_only_to_bring_its_article() -> None:
    assert not outcome("story", before=False, after=True).false
    assert outcome("story", before=True, after=True).false
    assert outcome("story", before=True, after=False).false
    assert outcome("none-far", before=False, after=False).false


def test_the_rate_is_of_all_questions() -> None:
    outcomes = (
        outcome("typo", before=False, after=True),
        outcome("none", before=False, after=False),
    )
    spelling = Spelling(400, outcomes, 0.5, 0.6)
    assert spelling.false_rate == 1 / 400
    assert format_spelling(spelling) == (
        "corrected 2 of 400, false 1 (0.2%); Hit@1 0.500 as written, 0.600 corrected"
    )


def test_the_report_says_what_correction_does(corpus_index: Path) -> None:
    report = evaluate(corpus_index, JUDGED, "judged.jsonl", worst_count=0)
    assert [each.query for each in report.spelling.outcomes] == [JUDGED[0].query]
    assert report.spelling.false == ()
    assert "corrected 1 of 3, false 0 (0.0%)" in format_report(report)
    told = json.loads(json.dumps(report.to_json()))["spelling"]
    assert (told["questions"], told["corrected"], told["false"]) == (3, 1, 0)
    assert told["hit_at_1_corrected"] >= told["hit_at_1"]
