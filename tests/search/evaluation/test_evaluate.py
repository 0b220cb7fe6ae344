"""An evaluation over a real index, and the calibration fitted on it."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.calibration import read_calibration
from indexer.errors import InputError
from indexer.judgments import Judgment
from indexer.store.builds import read_current
from search.engine import SearchEngine
from search.evaluation.evaluate import Outcome, measure, status_counts, worst
from search.evaluation.fit import fit_calibration
from search.evaluation.report import evaluate, format_report
from search.evaluation.store import fit_and_store
from search.query import Query
from search.response import Status

JUDGED = [
    Judgment("提前还房贷好不好", {"mortgage-early": 2}, "colloquial"),
    Judgment("房贷晚还一个月", {"mortgage-late": 2, "mortgage-early": 1}, "keywords"),
    Judgment("大绿本解押", {"car-release": 2}, "keywords"),
    Judgment("先收保证金的贷款", {"scam-fee": 2}, "colloquial"),
    Judgment("征信上写错了", {"credit-error": 2}, "colloquial"),
    Judgment("信用卡只还最低", {"card-min": 2}, "colloquial"),
    Judgment("日息万五", {"card-limit": 2}, "keywords"),  # judged wrong on purpose: a miss
    Judgment("西红柿炒鸡蛋先放什么", {}, "none-far"),
    Judgment("明天下雨吗", {}, "none-far"),
    Judgment("手机屏幕碎了去哪修", {}, "none-far"),
]


def outcome(
    rank: int | None, confidence: float, relevant: dict[str, int], status: Status = "suggested"
) -> Outcome:
    ranking = tuple("xyz"[: (rank or 4) - 1]) + (("a",) if rank else ())
    return Outcome(Judgment("问", relevant), ranking, confidence, rank, status)


def test_metrics_are_means_over_answerable_questions() -> None:
    outcomes = [outcome(1, 0.9, {"a": 2}), outcome(2, 0.6, {"a": 2}), outcome(None, 0.7, {})]
    metrics = measure(outcomes)
    assert (metrics.questions, metrics.hit_at_1) == (2, 1 / 2)
    assert metrics.mrr_at_10 == pytest.approx((1 + 1 / 2) / 2)
    # Of the pairs answerable–unanswerable one of two is in the right order.
    assert metrics.no_answer_auroc == pytest.approx(1 / 2)


def test_without_unanswerable_questions_there_is_no_auroc() -> None:
    assert measure([outcome(1, 0.9, {"a": 2})]).no_answer_auroc is None


def test_the_worst_are_the_lowest_right_answers_then_the_surest_of_none() -> None:
    found = [
        outcome(1, 0.9, {"a": 2}),
        outcome(3, 0.9, {"a": 2}),
        outcome(None, 0.9, {"a": 2}),
        outcome(None, 0.2, {}),
        outcome(None, 0.8, {}),
    ]
    assert worst(found, 3) == [found[2], found[1], found[4]]


def test_statuses_are_counted_apart_for_right_wrong_and_none() -> None:
    found = [
        outcome(1, 0.9, {"a": 2}, "answered"),
        outcome(2, 0.5, {"a": 2}, "suggested"),
        outcome(None, 0.1, {}, "none"),
    ]
    assert status_counts(found) == {
        "right first": {"answered": 1, "suggested": 0, "none": 0},
        "wrong first": {"answered": 0, "suggested": 1, "none": 0},
        "nothing answers": {"answered": 0, "suggested": 0, "none": 1},
    }


def test_the_report_compares_words_vectors_and_both(index_folder: Path) -> None:
    report = evaluate(index_folder, JUDGED, "judged.jsonl", worst_count=3)
    assert list(report.modes) == ["keyword", "semantic", "hybrid"]
    assert (report.questions, report.unanswerable) == (10, 3)
    assert all(metrics.questions == 7 for metrics in report.modes.values())
    assert set(report.kinds["hybrid"]) == {"colloquial", "keywords"}
    text = format_report(report)
    for part in (
        "words only",
        "vectors only",
        "both",
        "no-answer AUROC",
        "日息万五",
        "wanted card-limit",
        "words only, by kind",
        "expected calibration error",
    ):
        assert part in text
    assert json.loads(json.dumps(report.to_json()))["modes"]["hybrid"]["questions"] == 7


def test_a_calibration_is_fitted_stored_and_kept_by_the_next_build(
    index_folder: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    shutil.copytree(index_folder, folder)
    model = tmp_path / "model"
    model.mkdir()
    said = fit_and_store(folder, JUDGED, model)
    assert said.startswith("fitted on 10 questions")
    build_folder, manifest = read_current(folder)
    assert manifest.calibration is not None
    assert manifest.calibration.questions == 10
    assert 0 < manifest.calibration.suggest <= manifest.calibration.answer <= 1
    # None of its articles has other wordings of its title.
    assert read_calibration(model, worded=False) == replace(manifest.calibration, fitted_here=False)
    manifest.check_hashes(build_folder)
    engine = SearchEngine.open(folder)
    near = engine.rank(Query.parse("房贷提前还款划算吗"))[0].likelihood
    far = engine.rank(Query.parse("明天下雨吗"))
    assert near is not None
    assert near > ((far[0].likelihood or 0.0) if far else 0.0)


def test_a_calibration_needs_both_kinds_of_questions(engine: SearchEngine) -> None:
    answerable = [each for each in JUDGED if each.answerable]
    with pytest.raises(InputError, match="needs both questions"):
        fit_calibration(engine, answerable, lambda _: None)
