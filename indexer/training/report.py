"""What a training run read, made and measured."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.encoders.compact_files import Shape
from indexer.training.sets import USUAL, SetWeights, TrainingSet


@dataclass(frozen=True, slots=True)
class SetReport:
    """A set of pairs.

    Attributes:
        name: its name without endings.
        pairs: how many pairs it holds.
        same: how many of them were judged the same.
        weights: how often its pairs came, and how much they counted.
        spearman: where the model was measured on it, Spearman times 100.
        before: the same of the model that training began from.
    """

    name: str
    pairs: int
    same: int
    weights: SetWeights = USUAL
    spearman: float | None = None
    before: float | None = None


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """A trained model.

    Attributes:
        folder: where it lies.
        fingerprint: of its files.
        start: the name and fingerprint of the model that it began from; empty for nothing.
        teachers: names and fingerprints of the models that it learnt from in place of judgments.
        dimension: how many numbers a vector has.
        shape: of a compact model's network; None for another kind.
        rows: how many characters and bigrams a compact model knows, specials included.
        parameters: how many numbers it has.
        prompt: what went before every text.
        bytes: size of its files.
        seconds: that training took, in all processes, reading files and measuring at the end aside.
        steps: over pairs, up to the weights that were kept.
        balance: what the share of a new compact model's transformer was multiplied by, as dev pairs
            had it; None where it was not weighed.
        texts_read: how many texts it read before any pairs; 0 where nothing was read first.
        trained_on: the files of pairs it learnt from.
        measured_on: the files of pairs it was measured on.
    """

    folder: str
    fingerprint: str
    start: str
    teachers: tuple[str, ...]
    dimension: int
    shape: Shape | None
    rows: int | None
    parameters: int
    prompt: str
    bytes: int
    seconds: float
    steps: int
    balance: float | None
    texts_read: int
    trained_on: tuple[SetReport, ...]
    measured_on: tuple[SetReport, ...]


def describe_set(found: TrainingSet) -> SetReport:
    """Count the pairs of a set."""
    same = sum(pair.same for pair in found.pairs)
    return SetReport(found.name, len(found.pairs), same, found.weights)
