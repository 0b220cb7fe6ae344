"""Ways to rank the same candidates, side by side: the table in docs/ranking.md.

``python -m tests.benchmarks.compare_rankers [--index DIR] [--learn FILE] [--choose FILE]``

Each way learns from one file of judged questions and is measured on another; with the same
file for both every question is ranked by what was learnt from others, in five folds. Two ways
that differ by a question or two change places with how the folds are drawn, so they are drawn
five times, and figures are means over these.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import click
import numpy as np

import data
from indexer.calibration import read_calibration
from indexer.judgments import read_judgments
from indexer.options import index_option
from indexer.progress import progress_bar
from search.confidence import sums
from search.engine import SearchEngine
from search.evaluation.fit import Asked, ask_all, fit_ranking
from search.evaluation.regression import Floats
from search.features import COLUMN, NAMES, RANKING, RANKING_OF_TITLES, nearness, relative
from search.fusion.rrf import ranks

Scoring: TypeAlias = Callable[[Asked], Floats]
# Learns from questions how to score the candidates of others.
Learner: TypeAlias = Callable[[Sequence[Asked]], Scoring]
# A question, and the scores of its candidates by what was learnt from others.
Scored: TypeAlias = tuple[Asked, Floats]
_FOLDS, _FOLDINGS = 5, 5
_K = 60
_STEPS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
_DENSE, _WORDS = ("question", "body"), ("words", "asked_words", "wording")


def _column(asked: Asked, name: str) -> Floats:
    found: Floats = asked.listed.features[:, COLUMN[name]]
    return found


def _dense(asked: Asked) -> Floats:
    found: Floats = np.max([_column(asked, name) for name in _DENSE], axis=0)
    return found


def _both(asked: Asked) -> Floats:
    """Features as they are and against the best candidate's."""
    return np.hstack([asked.listed.features, relative(asked.listed.features)])


def _reciprocal(scores: Floats) -> Floats:
    places = ranks({str(at): value for at, value in enumerate(scores.tolist())})
    return np.array([1 / (_K + places[str(at)]) for at in range(len(scores))])


def _scaled(scores: Floats) -> Floats:
    """Scores between the least and the most of the question's candidates, in 0…1."""
    low, high = scores.min(), scores.max()
    return (scores - low) / (high - low) if high > low else np.zeros(len(scores))


def single(name: str) -> Learner:
    """One feature, nothing learnt."""
    return lambda _: lambda asked: _column(asked, name)


def rrf(_: Sequence[Asked]) -> Scoring:
    """Reciprocal rank of vectors, words and wordings, all alike."""
    return lambda asked: sum(
        (_reciprocal(_column(asked, name)) for name in _WORDS), _reciprocal(_dense(asked))
    )


def weighted_sum(asked: Sequence[Asked]) -> Scoring:
    """Scaled scores of vectors and wordings, with the share that did best."""

    def scoring(share: float) -> Scoring:
        return lambda each: (
            share * _scaled(_dense(each)) + (1 - share) * _scaled(_column(each, "wording"))
        )

    return scoring(max(_STEPS, key=lambda share: hit(asked, scoring(share))))


def listwise(names: Sequence[str]) -> Learner:
    """A weighted sum of features by listwise softmax regression."""

    def learn(asked: Sequence[Asked]) -> Scoring:
        linear = fit_ranking(asked, names)
        return lambda each: sums(relative(each.listed.features), linear)

    return learn


def bundled(*, worded: bool) -> Learner:
    """The weights that the bundled model brings for collections of a kind, fitted before."""
    found = read_calibration(data.MODEL, worded=worded)
    if found is None:
        raise click.ClickException(f"{data.MODEL} has no calibration")
    return lambda _: lambda asked: sums(relative(asked.listed.features), found.ranking)


def boosted(asked: Sequence[Asked]) -> Scoring:
    """Gradient-boosted trees over all features, candidate by candidate."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(
        max_iter=100, max_depth=3, learning_rate=0.08, random_state=0
    ).fit(
        np.concatenate([_both(each) for each in asked]),
        np.concatenate([each.listed.right for each in asked]),
    )
    return lambda each: np.asarray(model.predict_proba(_both(each))[:, 1])


def hit(asked: Sequence[Asked], scoring: Scoring) -> float:
    """Share of the questions that have a right candidate whose first one is right."""
    useful = [each for each in asked if each.listed.right.any()]
    return statistics.fmean(bool(each.listed.right[scoring(each).argmax()]) for each in useful)


def learners(kept: Sequence[str]) -> Mapping[str, Learner]:
    """Every way to rank, by name; `kept` are the features that the product ranks by."""
    others = [name for name in NAMES if name not in (*kept, "against")]
    return {
        "vectors: nearest question": single("question"),
        "vectors: nearest passage": lambda _: _dense,
        "vectors: half questions, half body": lambda _: lambda each: nearness(each.listed.features),
        "words of all its texts": single("words"),
        "words of other wordings": single("asked_words"),
        "characters of all wordings": single("wording"),
        "reciprocal rank fusion": rrf,
        "scaled, weighted sum": weighted_sum,
        "gradient boosting, all features": boosted,
        "weights fitted with wordings": bundled(worded=True),
        "weights fitted on titles alone": bundled(worded=False),
        "listwise, all features": listwise([*kept, *others]),
        "listwise, those kept": listwise(kept),
        **{
            f"  kept without {name}": listwise([each for each in kept if each != name])
            for name in kept
        },
        **{f"  kept with {name}": listwise([*kept, name]) for name in others},
    }


def scored(learner: Learner, learn: Sequence[Asked], choose: Sequence[Asked]) -> list[Scored]:
    """Every question of one file, scored by what was learnt from another."""
    scoring = learner(learn)
    return [(each, scoring(each)) for each in choose]


def scored_in_folds(learner: Learner, asked: Sequence[Asked]) -> list[Scored]:
    """Every question once for each drawing of folds, scored by what was learnt from other folds."""
    found: list[Scored] = []
    for seed in range(_FOLDINGS):
        drawn = [asked[at] for at in np.random.default_rng(seed).permutation(len(asked))]
        for fold in range(_FOLDS):
            others = [each for at, each in enumerate(drawn) if at % _FOLDS != fold]
            found += scored(learner, others, drawn[fold::_FOLDS])
    return found


def figures(questions: Sequence[Scored]) -> str:
    """Hit@1 and MRR@10, and Hit@1 of each kind, of the answerable questions."""
    hits: dict[str, list[float]] = {}
    reciprocal = []
    for each, found in questions:
        if each.judgment.answerable:
            right = each.listed.right[np.argsort(-found, kind="stable")]
            place = int(right.argmax()) + 1 if right[:10].any() else 0
            reciprocal.append(1 / place if place else 0.0)
            hits.setdefault(each.judgment.kind, []).append(float(place == 1))
    every = statistics.fmean(value for found in hits.values() for value in found)
    shares = "".join(f"{statistics.fmean(found):>11.3f}" for _, found in sorted(hits.items()))
    return f"{every:>7.3f}{statistics.fmean(reciprocal):>8.3f}{shares}"


@click.command()
@index_option
@click.option("--learn", type=click.Path(path_type=Path), default=data.JUDGMENTS / "train.jsonl")
@click.option("--choose", type=click.Path(path_type=Path), default=data.JUDGMENTS / "dev.jsonl")
def compare(index_folder: Path, learn: Path, choose: Path) -> None:
    """Print a line for each way to rank."""
    learn, choose = learn.resolve(), choose.resolve()
    engine = SearchEngine.open(index_folder)
    judged = {path: read_judgments(path) for path in {learn, choose}}
    with progress_bar("ask", sum(map(len, judged.values()))) as advance:
        asked = {path: ask_all(engine, each, advance) for path, each in judged.items()}
    kept = RANKING if engine.manifest.counts.worded else RANKING_OF_TITLES
    engine.close()
    kinds = sorted({each.kind for each in judged[choose] if each.answerable})
    click.echo(f"{'':<34}  Hit@1  MRR@10" + "".join(f"{kind:>11}" for kind in kinds))
    for name, learner in learners(kept).items():
        if learn == choose:
            questions = scored_in_folds(learner, asked[choose])
        else:
            questions = scored(learner, asked[learn], asked[choose])
        click.echo(f"{name:<34}{figures(questions)}")


if __name__ == "__main__":
    compare()
