"""The folder of a bag encoder: table, features, and a description with a fingerprint.

    embeddings.npy   (features, dimension) float16, one row a feature
    features.txt     UTF-8, line i is the feature of row i
    bag.json         format version, name, sizes, fingerprint

The fingerprint is written once, at saving: opening trusts it and takes milliseconds,
``verify_bag`` computes it anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.errors import EncoderError

# Also stands for how a text becomes features: a change there is a new format.
FORMAT = 1
CONFIG = "bag.json"
TABLE = "embeddings.npy"
FEATURES = "features.txt"


@dataclass(frozen=True, slots=True)
class BagConfig:
    """What ``bag.json`` says.

    Attributes:
        format: the version of the layout and of the features.
        name: what people call the model.
        dimension: how many numbers a vector has.
        features: how many features, hence rows, there are.
        fingerprint: SHA-256 in hexadecimal over format, table and features.
        max_characters: how many characters of a text are used: all of them (None). A bag
            has no window, so nothing is ever cut.
    """

    format: int
    name: str
    dimension: int
    features: int
    fingerprint: str
    max_characters: None = None


@dataclass(frozen=True, slots=True)
class BagFiles:
    """An opened folder.

    Attributes:
        config: what the folder says of itself.
        table: ``(features, dimension)`` float16, mapped from the file read-only, so that
            all worker processes share one copy in memory.
        features: the feature of each row.
    """

    config: BagConfig
    table: NDArray[np.float16]
    features: list[str]


def is_bag_folder(folder: Path) -> bool:
    """Whether a folder describes itself as a bag encoder."""
    return (folder / CONFIG).is_file()


def save_bag(folder: Path, table: NDArray[np.floating[Any]], features: Sequence[str]) -> BagConfig:
    """Write a bag encoder's files.

    Args:
        folder: an existing folder.
        table: ``(len(features), dimension)``; stored as float16.
        features: distinct and without line breaks; the feature of each row.

    Raises:
        EncoderError: the table and the features do not belong together.
    """
    rows, dimension = table.shape
    if rows != len(features) or len(set(features)) != rows or any("\n" in f for f in features):
        raise EncoderError(
            f"cannot save {rows} rows for {len(features)} features: "
            "each needs one row, distinct and without line breaks"
        )
    np.save(folder / TABLE, table.astype(np.float16))
    (folder / FEATURES).write_bytes("".join(f"{f}\n" for f in features).encode())
    config = BagConfig(
        format=FORMAT,
        name=f"loanfaq-bag-{dimension}",
        dimension=dimension,
        features=rows,
        fingerprint=_fingerprint(folder),
    )
    text = json.dumps(asdict(config), indent=2, sort_keys=True)
    (folder / CONFIG).write_text(text + "\n", encoding="utf-8")
    return config


def open_bag(folder: Path) -> BagFiles:
    """Open a bag encoder's folder, checking versions and sizes but not the fingerprint.

    Raises:
        EncoderError: a file is missing, damaged or of another version.
    """
    try:
        config = _read_config(folder)
        table = np.load(folder / TABLE, mmap_mode="r", allow_pickle=False)
        features = (folder / FEATURES).read_bytes().decode().split("\n")[:-1]
    except FileNotFoundError as error:
        missing = Path(str(error.filename)).name
        raise EncoderError(f"{folder}: {missing} is missing; train or copy it anew") from error
    except (OSError, ValueError, EOFError) as error:
        raise EncoderError(f"{folder} cannot be read ({error}); train or copy it anew") from error
    shape = (config.features, config.dimension)
    if table.shape != shape or table.dtype != np.float16 or len(features) != config.features:
        raise EncoderError(
            f"{folder}: {CONFIG} speaks of {shape[0]} x {shape[1]}, {TABLE} holds {table.shape} "
            f"{table.dtype}, {FEATURES} {len(features)} features; train or copy it anew"
        )
    # A plain array over the mapped pages: indexing it is faster than indexing a memmap.
    return BagFiles(config, np.asarray(table), features)


def verify_bag(folder: Path) -> bool:
    """Whether table and features still are what was saved (reads them whole).

    Raises:
        EncoderError: ``bag.json`` or one of the files cannot be read.
    """
    try:
        return _fingerprint(folder) == _read_config(folder).fingerprint
    except (OSError, ValueError) as error:
        raise EncoderError(f"{folder} cannot be read ({error}); train or copy it anew") from error


def _read_config(folder: Path) -> BagConfig:
    raw = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    if not isinstance(raw, dict) or raw.get("format") != FORMAT:
        found = raw.get("format") if isinstance(raw, dict) else None
        raise EncoderError(
            f"{folder}: format {found!r}, this loanfaq reads {FORMAT}; train the model anew"
        )
    try:
        return BagConfig(**raw)
    except TypeError as error:
        raise EncoderError(f"{folder}: {CONFIG} is not whole; train or copy it anew") from error


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256(f"loanfaq bag {FORMAT}\n".encode())
    for name in (TABLE, FEATURES):
        content = (folder / name).read_bytes()
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
