"""The bundled encoder: a bag of characters and character bigrams, in NumPy alone.

A text's vector is the sum of the rows of its features, brought to length 1 (a
supervised, normalised descendant of fastText: Joulin et al., "Bag of Tricks for
Efficient Text Classification", 2016, arXiv:1607.01759). Opening takes milliseconds and
a question some 30 microseconds, without torch; ``indexer.encoders.bag_module`` is the
same computation as a sentence-transformers module.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from indexer.encoders.bag_files import BagFiles, open_bag
from indexer.encoders.features import features_of
from indexer.encoders.protocol import Vectors


class BagEncoder:
    """Encodes with an opened bag folder; questions and documents alike.

    A text of any length is summed whole. One in which no feature is known, an empty
    one among them, gives a zero vector.

    Args:
        files: the opened folder.

    Attributes:
        name: what people call the model.
        fingerprint: of its table and features.
        dimension: how many numbers a vector has.
        truncated: how many texts were cut so far: none ever are.
    """

    def __init__(self, files: BagFiles) -> None:
        """Index the features by row."""
        self.name: Final = files.config.name
        self.fingerprint: Final = files.config.fingerprint
        self.dimension: Final = files.config.dimension
        self.truncated: Final = 0
        self._table: Final = files.table
        self._rows: Final = {feature: row for row, feature in enumerate(files.features)}

    @classmethod
    def open(cls, folder: Path) -> BagEncoder:
        """Open a folder that ``loanfaq train`` wrote.

        Raises:
            EncoderError: a file is missing, damaged or of another version.
        """
        return cls(open_bag(folder))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions: ``(len(texts), dimension)`` float32, L2-normalised."""
        return self.encode_documents(texts)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode titles and passages: ``(len(texts), dimension)`` float32, L2-normalised."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            self._encode_into(vector, text)
        return vectors

    def _encode_into(self, vector: Vectors, text: str) -> None:
        known = self._rows
        rows = [known[feature] for feature in features_of(text) if feature in known]
        if not rows:
            return
        # Summed in float32: in float16 a long passage would lose its last features.
        total = self._table.take(rows, axis=0).sum(axis=0, dtype=np.float32)
        length = np.sqrt(total @ total)
        if length > 0:
            np.divide(total, length, out=vector)
