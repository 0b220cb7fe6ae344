"""What an objection should take from an article: a table in docs/ranking.md.

``python -m tests.benchmarks.compare_objections [--index DIR]``

Weights are fitted beside each share: on the dev questions in folds, and on all of them for the
train questions, which the encoder has seen.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np

import data
from indexer.judgments import read_judgments
from indexer.options import index_option
from indexer.progress import progress_bar
from search.engine import SearchEngine
from search.evaluation.fit import Asked, ask_all
from search.evaluation.regression import Floats, Listed, fit_listwise
from search.features import COLUMN, RANKING, RANKING_OF_TITLES, relative
from tests.benchmarks.compare_rankers import Learner, Scored, Scoring, scored, scored_in_folds

_SHARES = (0.0, 0.03, 0.05, 0.1, 0.15, 0.2, 0.3)
_DEPTH = 10


def taking(share: float, names: Sequence[str]) -> Learner:
    """A weighted sum beside which an objection takes a share of all weights together."""
    columns = [COLUMN[name] for name in names]

    def features(asked: Asked) -> Floats:
        known = relative(asked.listed.features)
        found: Floats = known[:, columns] + share * known[:, [COLUMN["against"]]]
        return found

    def learn(asked: Sequence[Asked]) -> Scoring:
        weights = fit_listwise([Listed(features(each), each.listed.right) for each in asked])
        return lambda each: np.asarray(features(each) @ weights)

    return learn


def figures(questions: Sequence[Scored]) -> str:
    """Hit@1, MRR@10 and Recall@10 of the answerable questions."""
    rows = []
    for each, found in questions:
        if each.judgment.answerable:
            right = each.listed.right[np.argsort(-found, kind="stable")][:_DEPTH]
            place = int(right.argmax()) + 1 if right.any() else 0
            recalled = right.sum() / len(each.judgment.best)
            rows.append((float(place == 1), 1 / place if place else 0.0, float(recalled)))
    hit, reciprocal, recall = (statistics.fmean(column) for column in zip(*rows, strict=True))
    return f"{hit:>8.3f}{reciprocal:>8.3f}{recall:>11.3f}"


@click.command()
@index_option
def compare(index_folder: Path) -> None:
    """Print a line for each share."""
    engine = SearchEngine.open(index_folder)
    judged = [read_judgments(data.JUDGMENTS / f"{part}.jsonl") for part in ("dev", "train")]
    with progress_bar("ask", sum(map(len, judged))) as advance:
        dev, train = (ask_all(engine, each, advance) for each in judged)
    names = RANKING if engine.manifest.counts.worded else RANKING_OF_TITLES
    engine.close()
    columns = "   Hit@1  MRR@10  Recall@10"
    click.echo(f"{'share':<8}dev: {columns.lstrip():<26}   train: {columns.lstrip()}")
    for share in _SHARES:
        learner = taking(share, names)
        in_folds = figures(scored_in_folds(learner, dev))
        on_train = figures(scored(learner, dev, train))
        click.echo(f"{share or 'none':<8}{in_folds}     {on_train}")


if __name__ == "__main__":
    compare()
