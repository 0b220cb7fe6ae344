"""What a training run read, made and measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from indexer.encoders.compact_files import Shape
from indexer.training.pairs import pair_files, read_pairs


@dataclass(frozen=True, slots=True)
class SetReport:
    """A file of pairs.

    Attributes:
        name: its name without endings.
        pairs: how many pairs it holds.
        same: how many of them were judged the same.
        times: how often it was named, hence how often a round sees it.
        spearman: where the model was measured on it, Spearman times 100.
        before: the same of the model that training began from.
    """

    name: str
    pairs: int
    same: int
    times: int = 1
    spearman: float | None = None
    before: float | None = None


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """A trained model.

    Attributes:
        folder: where it lies.
        fingerprint: of its files.
        start: the name and fingerprint of the model that it began from; empty for nothing.
        shape: of its network.
        rows: how many characters and bigrams it knows, specials included.
        bytes: size of its files.
        seconds: that training took, reading and measuring at the end aside.
        steps: over pairs, up to the weights that were kept.
        texts_read: how many texts it read before any pairs; 0 where it began from a model.
        trained_on: the files of pairs it learnt from.
        measured_on: the files of pairs it was measured on.
    """

    folder: str
    fingerprint: str
    start: str
    shape: Shape
    rows: int
    bytes: int
    seconds: float
    steps: int
    texts_read: int
    trained_on: tuple[SetReport, ...]
    measured_on: tuple[SetReport, ...]


def set_name(path: Path) -> str:
    """``bq`` for ``train/bq.tsv.gz``."""
    return path.name.removesuffix(".gz").removesuffix(".tsv").removesuffix(".jsonl")


def describe_sets(paths: Iterable[Path]) -> tuple[SetReport, ...]:
    """Count the pairs of each file, and how often it is named."""
    times = Counter(pair_files(paths))
    described = []
    for path, count in times.items():
        pairs = read_pairs([path])
        same = sum(pair.same for pair in pairs)
        described.append(SetReport(set_name(path), len(pairs), same, count))
    return tuple(described)
