"""How well models tell judged question pairs apart, without an index."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.encoders.protocol import Encoder
from indexer.training.pairs import Pair
from indexer.training.spearman import cosines_of, rank_correlation


@dataclass(frozen=True, slots=True)
class PairMetrics:
    """How a model's cosines agree with judges; None where a figure has no meaning.

    Attributes:
        pairs: how many pairs.
        spearman: rank correlation of cosines with judgments, times 100.
        auc: likelihood that a pair judged the same is closer than one that was not.
        best_f1: F1 of "the same" at the threshold that suits it best: an upper bound.
        anchors: questions with a partner of both judgments.
        mean_average_precision: over anchors, of their partners ranked by cosine.
        precision_at_1: how often an anchor's closest partner was judged the same.
    """

    pairs: int
    spearman: float | None
    auc: float | None
    best_f1: float | None
    anchors: int
    mean_average_precision: float | None
    precision_at_1: float | None

    def to_json(self) -> dict[str, float | int | None]:
        """The figures by name, to four digits."""
        return {
            name: round(value, 4) if isinstance(value, float) else value
            for name, value in asdict(self).items()
        }


def evaluate_pairs(encoder: Encoder, pairs: Sequence[Pair]) -> PairMetrics:
    """Measure a model on judged pairs; both texts are questions and encoded as such."""
    cosines = cosines_of(encoder, pairs)
    same = np.array([pair.same for pair in pairs], dtype=np.bool_)
    both = bool(same.any()) and not bool(same.all())
    ranked = list(_rankings(pairs, cosines))
    correlation = rank_correlation(cosines, same)
    return PairMetrics(
        pairs=len(pairs),
        spearman=None if np.isnan(correlation) else correlation,
        auc=_auc(same, cosines) if both else None,
        best_f1=best_f1(same, cosines) if both else None,
        anchors=len(ranked),
        mean_average_precision=statistics.fmean(map(average_precision, ranked)) if ranked else None,
        precision_at_1=statistics.fmean(float(right[0]) for right in ranked) if ranked else None,
    )


def best_f1(same: NDArray[np.bool_], cosines: NDArray[np.floating]) -> float:
    """The best F1 that any threshold gives; pairs of one cosine fall on one side of it."""
    order = np.argsort(-cosines, kind="stable")
    found = np.cumsum(same[order])
    ends = np.flatnonzero(np.diff(cosines[order], append=-np.inf))
    return float((2 * found[ends] / (ends + 1 + same.sum())).max())


def average_precision(right: Sequence[bool]) -> float:
    """Mean over the right ones of the precision down to each, as trec_eval defines it."""
    places = [place for place, is_right in enumerate(right, start=1) if is_right]
    return statistics.fmean(count / place for count, place in enumerate(places, start=1))


def _auc(same: NDArray[np.bool_], cosines: NDArray[np.floating]) -> float:
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(same, cosines))


def _rankings(pairs: Sequence[Pair], cosines: NDArray[np.floating]) -> Iterator[list[bool]]:
    """For each anchor whether its partners were judged the same, the closest first.

    Ties go against the model: of partners equally close the wrong come first.
    """
    partners: defaultdict[str, dict[str, tuple[float, bool]]] = defaultdict(dict)
    for pair, cosine in zip(pairs, cosines.tolist(), strict=True):
        partners[pair.first][pair.second] = (-cosine, pair.same)
        partners[pair.second][pair.first] = (-cosine, pair.same)
    for judged in partners.values():
        right = [is_right for _, is_right in sorted(judged.values())]
        if any(right) and not all(right):
            yield right


def format_pairs(results: Sequence[tuple[str, str, PairMetrics]]) -> str:
    """A table of files and models: name of the file, of the model, and its figures."""
    files = max(4, *(len(name) for name, _, _ in results))
    models = max(5, *(len(name) for _, name, _ in results))
    head = f"{'file':<{files}}  {'model':<{models}}   pairs  Spearman    AUC  best F1  anchors"
    rows = [
        f"{file:<{files}}  {model:<{models}}{found.pairs:>8}{_cell(found.spearman, 10, 2)}"
        f"{_cell(found.auc, 7)}{_cell(found.best_f1, 9)}{found.anchors:>9}"
        f"{_cell(found.mean_average_precision, 7)}{_cell(found.precision_at_1, 7)}"
        for file, model, found in results
    ]
    return "\n".join([f"{head}    MAP    P@1", *rows])


def _cell(value: float | None, width: int, digits: int = 3) -> str:
    return f"{'–':>{width}}" if value is None else f"{value:>{width}.{digits}f}"
