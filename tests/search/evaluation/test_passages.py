"""How often the right passage is shown, and the weights that decide it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import approx_fprime

from indexer.errors import InputError
from indexer.passage_judgments import PassageJudgment
from search.engine import SearchEngine
from search.evaluation import fit_passages
from search.evaluation.fit_passages import Example, Weights, examples, fit_weights, shown_by
from search.evaluation.passages import PassagesShown, format_passages, measure_passages
from search.passage.features import FEATURES
from search.passage.weights import LEAD_MARGIN, WEIGHTS


def judged(query: str, article: str, **passages: int) -> PassageJudgment:
    grades = {anchor.replace("_", "-"): grade for anchor, grade in passages.items()}
    return PassageJudgment(query, article, grades, "", "dev")


def example(*grades: int, **features: tuple[float, ...]) -> Example:
    rows = np.zeros((len(grades), len(FEATURES)))
    for name, values in features.items():
        rows[:, FEATURES.index(name)] = values
    return Example("a", rows, np.array(grades), 1.0)


def test_what_is_shown_is_counted_by_its_grade(engine: SearchEngine) -> None:
    lead = "房贷提前还款划算吗"
    shown = measure_passages(
        engine,
        [
            judged(lead, "mortgage-early", s0_1=2, s1_1=1),
            judged(lead, "mortgage-early", s0_1=1, s1_1=2),
            judged(lead, "mortgage-early", s1_1=2),
        ],
        lambda _: None,
    )
    assert shown == {"dev": PassagesShown(questions=3, best=1, acceptable=1)}
    assert shown["dev"].right == 2
    assert format_passages(shown) == [
        "passage shown, dev: right 2 of 3 (best 1, acceptable 1)",
    ]


@pytest.mark.parametrize(
    ("judgment", "problem"),
    [
        (judged("问", "no-such-article", s0_1=2), "none of the articles of the judged passages"),
        (judged("问", "mortgage-early", s0_1=1, s9_9=2), "the article has no passage s9-9"),
        (judged("？", "mortgage-early", s0_1=2), "没有看到文字"),
    ],
)
def test_what_was_judged_elsewhere_is_named(
    engine: SearchEngine, judgment: PassageJudgment, problem: str
) -> None:
    with pytest.raises(InputError, match=problem):
        measure_passages(engine, [judgment], lambda _: None)


def test_a_question_whose_article_was_taken_away_is_counted_apart(engine: SearchEngine) -> None:
    known = judged("房贷提前还款划算吗", "mortgage-early", s0_1=2)
    shown = measure_passages(engine, [known, judged("问", "gone", s0_1=2)], lambda _: None)
    assert shown == {"dev": PassagesShown(1, 1, 0, unknown=1)}
    assert format_passages(shown) == [
        "passage shown, dev: right 1 of 1 (best 1, acceptable 0); 1 on articles that are not in "
        "this index"
    ]


def test_every_feature_has_a_weight_and_no_other() -> None:
    assert tuple(WEIGHTS) == FEATURES


def test_a_question_is_described_passage_by_passage(engine: SearchEngine) -> None:
    (found,) = examples(engine, [judged("提前还房贷划算吗", "mortgage-early", s0_1=2, s1_2=1)])
    assert found.features[0, FEATURES.index("lead")] == 1
    assert found.grades.tolist()[0] == 2
    assert sorted(found.grades.tolist()) == [0, 0, 1, 2]


def test_another_passage_is_shown_where_it_beats_the_lead_by_the_margin() -> None:
    questions = [example(1, 2, lead=(1, 0), told=(0, 1))]
    assert shown_by({"told": LEAD_MARGIN + 0.1}, questions) == PassagesShown(1, 1, 0)
    assert shown_by({"told": LEAD_MARGIN - 0.1}, questions) == PassagesShown(1, 0, 1)


def test_weights_follow_what_is_right() -> None:
    weights = fit_weights(
        [example(0, 2, 0, lead=(1, 0, 0), told=(0, 1, 0), item=(0, 1, 1)) for _ in range(5)]
    )
    assert weights["told"] > 0 > weights["lead"]
    assert weights["item"] > 0


def test_the_gradient_is_that_of_the_loss() -> None:
    rng = np.random.default_rng(3)
    questions = [
        Example("a", rng.normal(size=(4, len(FEATURES))), np.array(grades), 2.0)
        for grades in ([2, 0, 1, 0], [0, 2, 2, 1])
    ]
    at = rng.normal(size=len(FEATURES))
    _, gradient = fit_passages._loss(at, questions)

    def loss(weights: Weights) -> float:
        return fit_passages._loss(weights, questions)[0]

    numeric = approx_fprime(at, loss, 1e-6)
    assert gradient == pytest.approx(numeric, abs=1e-3)
