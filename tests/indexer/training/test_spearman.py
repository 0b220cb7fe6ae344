from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from indexer.encoders.protocol import Vectors
from indexer.training.pairs import Pair
from indexer.training.spearman import spearman


class Compass:
    """Encodes ``"30"`` as the unit vector at 30 degrees."""

    name = fingerprint = "compass"
    dimension = 2
    truncated = 0

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        angles = np.radians([float(text) for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return self.encode_queries(texts)


def test_perfect_order_with_ties_in_the_judgments() -> None:
    pairs = [Pair("0", "5", True), Pair("0", "30", False), Pair("0", "90", False)]
    # Ranks of cosines 3, 2, 1; of judgments 3, 1.5, 1.5; Pearson's correlation of those:
    expected = 1.5 / math.sqrt(2 * 1.5)
    assert spearman(Compass(), pairs) == pytest.approx(100 * expected)


def test_reversed_order_is_negative() -> None:
    pairs = [Pair("0", "90", True), Pair("0", "5", False)]
    assert spearman(Compass(), pairs) == pytest.approx(-100)


def test_without_contrast_there_is_no_correlation() -> None:
    assert math.isnan(spearman(Compass(), []))
    assert math.isnan(spearman(Compass(), [Pair("0", "9", True), Pair("0", "5", True)]))
    assert math.isnan(spearman(Compass(), [Pair("0", "9", True), Pair("0", "9", False)]))
