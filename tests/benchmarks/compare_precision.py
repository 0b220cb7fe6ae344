"""What a model loses as it is stored, and by its first numbers alone: figures of its card.

``python -m tests.benchmarks.compare_precision [--model FOLDER] PAIRS...``
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np

import data
from indexer.encoders import open_encoder
from indexer.encoders.protocol import Encoder, Vectors
from indexer.training.pairs import read_pairs
from indexer.training.sets import set_name
from indexer.training.spearman import spearman
from tests.indexer.encoders.exact import exactly


class FirstNumbers:
    """An encoder whose vectors are cut short, and brought to length 1 again.

    Args:
        encoder: with the whole vectors.
        dimension: how many numbers to keep.
    """

    truncated = 0

    def __init__(self, encoder: Encoder, dimension: int) -> None:
        """Nothing is encoded yet."""
        self.name, self.fingerprint, self.dimension = encoder.name, "", dimension
        self._encoder = encoder

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """``(len(texts), dimension)`` float32, L2-normalised."""
        found = self._encoder.encode_queries(texts)[:, : self.dimension]
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        zero = np.zeros_like(found)
        short: Vectors = np.divide(found, lengths, out=zero, where=lengths > 0)
        return short

    encode_documents = encode_queries


@click.command()
@click.option("--model", type=click.Path(path_type=Path), default=data.MODEL)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def compare(model: Path, files: tuple[Path, ...]) -> None:
    """Print Spearman, times 100, of each file for each way to compute vectors."""
    shipped = open_encoder(model)
    with tempfile.TemporaryDirectory() as place:
        ways: dict[str, Encoder] = {
            "as it is stored": shipped,
            "in float32 throughout": exactly(model, Path(place) / "exact"),
            f"the first {shipped.dimension // 2} numbers": FirstNumbers(
                shipped, shipped.dimension // 2
            ),
        }
        click.echo(f"{'':<24}" + "".join(f"{set_name(file):>10}" for file in files))
        read = [read_pairs([file]) for file in files]
        for name, encoder in ways.items():
            scores = (spearman(encoder, pairs) for pairs in read)
            click.echo(f"{name:<24}" + "".join(f"{score:>10.2f}" for score in scores))


if __name__ == "__main__":
    compare()
