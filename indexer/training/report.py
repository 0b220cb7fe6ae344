"""What a training run read, made and measured."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from indexer.training.pairs import pair_files, read_pairs


@dataclass(frozen=True, slots=True)
class SetReport:
    """A file of pairs.

    Attributes:
        name: its name without endings.
        pairs: how many pairs it holds.
        same: how many of them were judged the same.
        times: how often it was named, hence how often an epoch sees it.
        spearman: where the model was measured on it, Spearman times 100.
    """

    name: str
    pairs: int
    same: int
    times: int = 1
    spearman: float | None = None


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """A trained model.

    Attributes:
        folder: where it lies.
        fingerprint: of its weights and features.
        features: how many features it knows.
        dimension: how many numbers a vector has.
        bytes: size of its table.
        seconds: that training took, reading and measuring aside.
        trained_on: the files of pairs it learnt from.
        measured_on: the files of pairs it was measured on.
    """

    folder: str
    fingerprint: str
    features: int
    dimension: int
    bytes: int
    seconds: float
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
