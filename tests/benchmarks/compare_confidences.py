"""What tells how sure the first article is: a table in docs/ranking.md.

``python -m tests.benchmarks.compare_confidences [--index DIR]``

First articles of the dev questions, ranked and rated by fits on other questions, in folds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

import data
from indexer.judgments import read_judgments
from indexer.options import index_option
from indexer.progress import progress_bar
from search.confidence import CONFIDENCE, sums
from search.engine import SearchEngine
from search.evaluation.evaluate import NEAR
from search.evaluation.fit import (
    Asked,
    First,
    ask_all,
    first_of,
    fit_ranking,
    lowest_precise,
    rate_apart,
)
from search.evaluation.reliability import reliability
from search.features import COLUMN, NAMES, RANKING, RANKING_OF_TITLES, relative

_FOLDS = 5
# How far an only candidate's sum stands above the next one's.
_FAR = 20.0


def first_articles(asked: Sequence[Asked], names: Sequence[str]) -> list[First]:
    """The first article of each question by a ranking fitted on others, and more of it."""
    firsts: list[First | None] = [None] * len(asked)
    for fold in range(_FOLDS):
        ranking = fit_ranking([a for at, a in enumerate(asked) if at % _FOLDS != fold], names)
        for at in range(fold, len(asked), _FOLDS):
            each = asked[at]
            found = first_of(each, ranking)
            ranked = sums(relative(each.listed.features), ranking)
            question = each.listed.features[:, COLUMN["question"]]
            highest = sorted(ranked.tolist(), reverse=True)
            more = {
                "characters": math.log(each.findings.characters),
                "margin": highest[0] - highest[1] if len(highest) > 1 else _FAR,
                "apart": float(question[ranked.argmax()] - question.mean()),
                "distinct": _distinct(each.findings.wordings, found.values["wording"]),
            }
            firsts[at] = First({**found.values, **more}, found.right)
    return [each for each in firsts if each is not None]


def _distinct(wordings: NDArray[np.float64], score: float) -> float:
    """How far a wording score stands above those of all articles, in standard deviations."""
    spread = float(wordings.std())
    return (score - float(wordings.mean())) / spread if spread else 0.0


# By name: what the confidence rests on.
WAYS: Mapping[str, Sequence[str]] = {
    "as it is": CONFIDENCE,
    "the wording score, not evidence": [*(n for n in CONFIDENCE if n != "evidence"), "wording"],
    **{f"without {name}": [n for n in CONFIDENCE if n != name] for name in CONFIDENCE},
    "its nearest question, not passage": ["question", *(n for n in CONFIDENCE if n != "nearest")],
    "its margin, not share": [*(n for n in CONFIDENCE if n != "share"), "margin"],
    "with its margin": [*CONFIDENCE, "margin"],
    "with its nearest question": [*CONFIDENCE, "question"],
    "with the score of words": [*CONFIDENCE, "words"],
    "with agreements": [*CONFIDENCE, "product", "numbers", "contrasts"],
    "with its wording above theirs": [*CONFIDENCE, "distinct"],
    "with its cosine above theirs": [*CONFIDENCE, "apart"],
    "with the length": [*CONFIDENCE, "characters"],
    "with all features": [*CONFIDENCE, *(n for n in NAMES if n not in CONFIDENCE)],
}


def auroc(asked: Sequence[Asked], scores: Sequence[float], keep: Callable[[Asked], bool]) -> float:
    """How well scores tell answerable questions from the others that are kept."""
    from sklearn.metrics import roc_auc_score

    kept = [
        (each.judgment.answerable, score)
        for each, score in zip(asked, scores, strict=True)
        if keep(each)
    ]
    return float(roc_auc_score(*zip(*kept, strict=True)))


@click.command()
@index_option
def compare(index_folder: Path) -> None:
    """Print a line for each way to tell."""
    from sklearn.metrics import log_loss

    engine = SearchEngine.open(index_folder)
    judged = read_judgments(data.JUDGMENTS / "dev.jsonl")
    with progress_bar("ask", len(judged)) as advance:
        asked = ask_all(engine, judged, advance)
    names = RANKING if engine.manifest.counts.worded else RANKING_OF_TITLES
    engine.close()
    firsts = first_articles(asked, names)
    click.echo(f"{'':<34} AUROC  near misses  log loss  calibration error  answered")
    for name, features in WAYS.items():
        likely, right = rate_apart(firsts, features)
        every = auroc(asked, likely, lambda _: True)
        near = auroc(asked, likely, lambda a: a.judgment.answerable or a.judgment.kind == NEAR)
        loss = log_loss(right, likely)
        error = reliability(likely, right).error
        answered = sum(score >= lowest_precise(likely, right) for score in likely)
        click.echo(f"{name:<34}{every:>6.3f}{near:>13.3f}{loss:>10.4f}{error:>19.3f}{answered:>10}")


if __name__ == "__main__":
    compare()
