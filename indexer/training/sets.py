"""Sets of pairs, and how much each weighs.

A set is a file of pairs, known by its name without endings. What weighs otherwise than
usual stands in a TOML file, a table for each set:

    [bq]
    rounds = 1.1     # how often its pairs come while a set of the usual weight comes once
    ranking = 0.5    # weight of its pairs in the ranking loss
    cosent = 0.6     # weight of its order in the CoSENT loss
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from indexer.errors import InputError
from indexer.training.pairs import OnJudged, Pair, pair_files, read_pairs


@dataclass(frozen=True, slots=True)
class SetWeights:
    """How much a set weighs.

    Attributes:
        rounds: how often its pairs come while those of a set of weight 1 come once.
        ranking: of its pairs in the ranking loss.
        cosent: of its order in the CoSENT loss.
    """

    rounds: float = 1.0
    ranking: float = 1.0
    cosent: float = 1.0


USUAL = SetWeights()


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """A set of pairs to learn from."""

    name: str
    pairs: tuple[Pair, ...]
    weights: SetWeights = USUAL


def read_sets(
    paths: Iterable[Path], weights: Path | None = None, on_judged: OnJudged | None = None
) -> list[TrainingSet]:
    """Read the sets of files and folders.

    Args:
        paths: files and folders of pairs; one named twice comes twice as often.
        weights: a file of weights.
        on_judged: makes pairs of judged questions among them.

    Raises:
        PairsError: a file or line that cannot be read.
        InputError: the weights cannot be read, or are of a set that is not there.
    """
    given = _read_weights(weights) if weights is not None else {}
    times = Counter(pair_files(paths))
    names = {set_name(path) for path in times}
    unknown = sorted(given.keys() - names)
    if unknown:
        raise InputError(
            f"{weights}: no set is called {unknown[0]!r}; there are {', '.join(sorted(names))}"
        )
    sets = []
    for path, count in times.items():
        own = given.get(set_name(path), USUAL)
        own = replace(own, rounds=own.rounds * count)
        sets.append(TrainingSet(set_name(path), tuple(read_pairs([path], on_judged)), own))
    return sets


def set_name(path: Path) -> str:
    """``bq`` for ``train/bq.tsv.gz``."""
    return path.name.removesuffix(".gz").removesuffix(".tsv").removesuffix(".jsonl")


def _read_weights(path: Path) -> Mapping[str, SetWeights]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{path} cannot be read as TOML ({reason})") from error
    return {name: _weights(table, f"{path}: [{name}]") for name, table in tables.items()}


def _weights(table: object, where: str) -> SetWeights:
    known = [field.name for field in fields(SetWeights)]
    if not isinstance(table, dict) or not table.keys() <= set(known):
        raise InputError(f"{where}: a set has {', '.join(known)} and nothing else")
    for name, value in table.items():
        right = isinstance(value, int | float) and not isinstance(value, bool)
        if not right or not 0 <= value < float("inf"):
            raise InputError(f"{where}: {name} is {value!r}; it must be a number from 0")
    return SetWeights(**table)
