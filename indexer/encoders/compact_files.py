"""The folder of a compact model: tables, small transformers, a description.

    encoder.json       format version, name, sizes, fingerprint
    characters.txt     UTF-8, line i is the character of row 3 + i
    bigrams.npy        (bigrams, 2) int32, rows of the two characters
    embeddings.npy     (2, rows, dimension) int8: what transformers read, what the bag sums
    scales.npy         (2, rows) float32: a row's numbers are its int8 times its scale
    model.safetensors  the transformers' weights for torch: matrices int8, all else float16
    model.onnx         the same weights and the computation over them, for onnxruntime
    projections.npy    (parts, dimension, dimension) float16: what brings the bag's vector, then
                       each transformer's, into the space in which they are added

The fingerprint is written once, at saving: opening trusts it and takes milliseconds,
`verify_compact` computes it anew.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.encoders.compact_weights import quantise
from indexer.encoders.vocabulary import Vocabulary
from indexer.errors import EncoderError

# Also stands for how a text becomes rows and rows a vector: a change there is a new format.
FORMAT = 5
CONFIG = "encoder.json"
CHARACTERS = "characters.txt"
BIGRAMS = "bigrams.npy"
EMBEDDINGS = "embeddings.npy"
SCALES = "scales.npy"
WEIGHTS = "model.safetensors"
ONNX = "model.onnx"
PROJECTIONS = "projections.npy"
FILES = (CHARACTERS, BIGRAMS, EMBEDDINGS, SCALES, WEIGHTS, ONNX, PROJECTIONS)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a compact model is made of.

    Attributes:
        dimension: how many numbers a vector, and a state of a transformer, has.
        layers: of each transformer, in the order in which they were trained.
        heads: of their attention.
        window: how many characters they read at once; longer texts are read in windows.
    """

    dimension: int = 256
    layers: tuple[int, ...] = (2,)
    heads: int = 4
    window: int = 128


@dataclass(frozen=True, slots=True)
class CompactConfig:
    """What ``encoder.json`` says.

    Attributes:
        format: the version of the layout and of the computation.
        name: what people call the model.
        shape: of the network.
        shares: each transformer's weight beside the bag's, which is 1.
        rows: how many specials, characters and bigrams there are.
        fingerprint: SHA-256 in hexadecimal over format, shape, shares and files.
    """

    format: int
    name: str
    shape: Shape
    shares: tuple[float, ...]
    rows: int
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class CompactFiles:
    """An opened folder.

    Attributes:
        folder: where it lies.
        config: what the folder says of itself.
        vocabulary: of the rows.
        embeddings: ``(2, rows, dimension)`` int8, mapped from the file read-only, so that
            all worker processes share one copy in memory.
        scales: ``(2, rows)`` float32.
        projections: ``(1 + transformers, dimension, dimension)`` float32, of the bag first.
    """

    folder: Path
    config: CompactConfig
    vocabulary: Vocabulary
    embeddings: NDArray[np.int8]
    scales: NDArray[np.float32]
    projections: NDArray[np.float32]

    def table(self, which: int) -> NDArray[np.float32]:
        """One of the two tables whole, ``(rows, dimension)`` float32."""
        table: NDArray[np.float32] = self.embeddings[which] * self.scales[which][:, None]
        return table


def is_compact_folder(folder: Path) -> bool:
    """Whether a folder describes itself as a compact model."""
    return (folder / CONFIG).is_file()


def save_tables(
    folder: Path,
    vocabulary: Vocabulary,
    tables: tuple[NDArray[np.floating[Any]], NDArray[np.floating[Any]]],
) -> None:
    """Write a vocabulary and its two tables, each ``(len(vocabulary), dimension)``.

    Raises:
        EncoderError: the tables and the vocabulary do not belong together.
    """
    shapes = {table.shape for table in tables}
    characters = vocabulary.characters
    if len(shapes) != 1 or {rows for rows, _ in shapes} != {len(vocabulary)}:
        raise EncoderError(f"cannot save tables {shapes} for {len(vocabulary)} rows")
    if len(set(characters)) != len(characters) or any(len(c) != 1 or c == "\n" for c in characters):
        raise EncoderError("cannot save characters that are not single and distinct")
    (folder / CHARACTERS).write_bytes("".join(f"{c}\n" for c in characters).encode())
    np.save(folder / BIGRAMS, vocabulary.bigrams.astype(np.int32))
    rows, scales = zip(*map(quantise, tables), strict=True)
    np.save(folder / EMBEDDINGS, np.stack(rows))
    np.save(folder / SCALES, np.stack(scales))


def seal(folder: Path, shape: Shape, shares: tuple[float, ...], rows: int) -> CompactConfig:
    """Write the description, with the fingerprint, once all other files are there."""
    config = CompactConfig(FORMAT, f"loanfaq-compact-{shape.dimension}", shape, shares, rows)
    values = asdict(config) | {"fingerprint": _fingerprint(folder, config)}
    (folder / CONFIG).write_text(json.dumps(values, indent=2, sort_keys=True) + "\n")
    return _read_config(folder)


def open_compact(folder: Path) -> CompactFiles:
    """Open a folder, checking versions and sizes but not the fingerprint.

    Raises:
        EncoderError: a file is missing, damaged or of another version.
    """
    try:
        config = _read_config(folder)
        characters = (folder / CHARACTERS).read_bytes().decode().split("\n")[:-1]
        bigrams = np.load(folder / BIGRAMS, allow_pickle=False)
        embeddings = np.load(folder / EMBEDDINGS, mmap_mode="r", allow_pickle=False)
        scales = np.load(folder / SCALES, allow_pickle=False)
        projections = np.load(folder / PROJECTIONS, allow_pickle=False)
        missing = next((name for name in FILES if not (folder / name).is_file()), None)
    except FileNotFoundError as error:
        missing = Path(str(error.filename)).name
    except (OSError, ValueError, EOFError) as error:
        raise EncoderError(f"{folder} cannot be read ({error}); train or copy it anew") from error
    if missing:
        raise EncoderError(f"{folder}: {missing} is missing; train or copy it anew")
    vocabulary = Vocabulary(characters, bigrams)
    shape = (2, len(vocabulary), config.shape.dimension)
    if (
        embeddings.shape != shape
        or embeddings.dtype != np.int8
        or scales.shape != shape[:2]
        or len(vocabulary) != config.rows
    ):
        raise EncoderError(
            f"{folder}: {CONFIG} speaks of {config.rows} rows of {shape[2]} numbers, "
            f"{EMBEDDINGS} holds {embeddings.shape} {embeddings.dtype}; train or copy it anew"
        )
    parts = (1 + len(config.shape.layers), shape[2], shape[2])
    if projections.shape != parts:
        raise EncoderError(
            f"{folder}: {CONFIG} speaks of {parts[0]} parts of {shape[2]} numbers, {PROJECTIONS} "
            f"holds {projections.shape}; train or copy it anew"
        )
    # A plain array over the mapped pages: indexing it is faster than indexing a memmap.
    return CompactFiles(
        folder,
        config,
        vocabulary,
        np.asarray(embeddings),
        scales,
        projections.astype(np.float32),
    )


def verify_compact(folder: Path) -> bool:
    """Whether the files still are what was saved (reads them whole).

    Raises:
        EncoderError: the description or one of the files cannot be read.
    """
    try:
        config = _read_config(folder)
        return _fingerprint(folder, config) == config.fingerprint
    except (OSError, ValueError) as error:
        raise EncoderError(f"{folder} cannot be read ({error}); train or copy it anew") from error


def _read_config(folder: Path) -> CompactConfig:
    raw = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    found = raw.get("format") if isinstance(raw, dict) else None
    if found != FORMAT:
        raise EncoderError(
            f"{folder}: format {found!r}, this loanfaq reads {FORMAT}; train the model anew"
        )
    try:
        shape = Shape(**(raw["shape"] | {"layers": tuple(raw["shape"]["layers"])}))
        shares = tuple(map(float, raw["shares"]))
        if len(shares) != len(shape.layers):
            raise TypeError("a share for each transformer")
        return CompactConfig(**(raw | {"shape": shape, "shares": shares}))
    except (TypeError, KeyError) as error:
        raise EncoderError(f"{folder}: {CONFIG} is not whole; train or copy it anew") from error


def _fingerprint(folder: Path, config: CompactConfig) -> str:
    digest = hashlib.sha256(f"{FORMAT} {config.shape} {config.shares!r}\n".encode())
    for name in FILES:
        content = (folder / name).read_bytes()
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
