"""What a training run reads. Importing this imports no torch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.deduplicate import deduplicate
from indexer.errors import InputError, SourcesRejectedError
from indexer.judgments import Judgment
from indexer.readers import read_sources
from indexer.training.dataset import PairSet
from indexer.training.derive import pairs_from_judgments
from indexer.training.pairs import OnJudged, Pair
from indexer.training.sets import TrainingSet, read_sets
from indexer.training.texts import read_texts


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run reads.

    Attributes:
        pairs: files and folders of question pairs; one named twice comes twice as often.
        dev: those to measure on, and to stop early by.
        texts: files of text to read before any pairs, a sentence a line.
        start: the model to begin from, a folder or a name on the hub; None for nothing.
        weights: a file of what sets of pairs weigh.
        articles: sources of the articles that judged questions among the pairs name.
        teachers: models to learn from in place of judgments, folders or names on the hub.
        trust_remote_code: run code that the start and the teachers bring.
    """

    pairs: Sequence[Path]
    dev: Sequence[Path] = ()
    texts: Sequence[Path] = ()
    start: str | Path | None = None
    weights: Path | None = None
    articles: Sequence[str] = ()
    teachers: Sequence[str | Path] = ()
    trust_remote_code: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """What was read.

    Attributes:
        sets: of pairs to learn from.
        pairs: the pairs of these.
        dev: sets of pairs to measure on.
        texts: all texts of the pairs, and those to read before them.
    """

    sets: Sequence[TrainingSet]
    pairs: PairSet
    dev: Sequence[TrainingSet]
    texts: Sequence[str]

    @property
    def judged(self) -> Sequence[Sequence[Pair]]:
        """The pairs to measure on, set by set."""
        return [found.pairs for found in self.dev]


def read_material(inputs: Inputs) -> Material:
    """Read all that a run learns from and is measured on.

    Raises:
        PairsError: pairs that cannot be read.
        SourcesRejectedError: articles that cannot be read.
        InputError: what was given does not suffice.
    """
    on_judged = _on_judged(inputs.articles)
    sets = read_sets(inputs.pairs, inputs.weights, on_judged)
    dev = read_sets(inputs.dev, on_judged=on_judged)
    _check_dev(dev)
    weighed = [pair for found in sets if found.weights.rounds for pair in found.pairs]
    if not any(pair.same or inputs.teachers for pair in weighed):
        reason = "there are no pairs" if inputs.teachers else "no pair was judged the same"
        raise InputError(f"{reason}: there is nothing to learn from")
    pairs = PairSet.of_sets(sets)
    texts = list(dict.fromkeys([*pairs.texts, *read_texts(inputs.texts)]))
    return Material(sets, pairs, dev, texts)


def _check_dev(sets: Sequence[TrainingSet]) -> None:
    """Sets to measure on must give an order to find.

    Raises:
        InputError: all pairs of a set were judged alike, or it has none.
    """
    for found in sets:
        if len({pair.same for pair in found.pairs}) < 2:
            raise InputError(
                f"dev pairs {found.name!r}: measuring takes pairs that were judged the same, "
                f"and pairs that were not; of {len(found.pairs):,} all are alike"
            )


def _on_judged(sources: Sequence[str]) -> OnJudged | None:
    """What looks up the articles of judged questions; None where no source is named."""
    if not sources:
        return None
    read = read_sources(sources)
    kept = deduplicate(read.articles)
    rejected = [*read.rejected, *kept.conflicts]
    if rejected:
        raise SourcesRejectedError(rejected)
    articles = {article.id: article for article in kept.articles}

    def pairs_or_problem(judgment: Judgment) -> Iterable[Pair] | str:
        if judgment.best and not judgment.best & articles.keys():
            return f"no article has the id {min(judgment.best)!r}; name its source by --articles"
        return pairs_from_judgments([judgment], articles)

    return pairs_or_problem
