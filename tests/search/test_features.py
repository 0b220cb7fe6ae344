"""What vectors alone make of a candidate's features."""

from __future__ import annotations

import numpy as np
import pytest

from search.features import COLUMN, NAMES, nearness


def test_nearness_is_half_what_an_article_asks_and_half_what_it_says() -> None:
    features = np.zeros((2, len(NAMES)))
    for name, value in (("questions", 0.8), ("body", 0.4), ("clauses", 0.6), ("words", 0.9)):
        features[1, COLUMN[name]] = value

    # 0.8 / 2 + 0.4 / 4 + 0.6 / 4; words have no say.
    assert nearness(features).tolist() == pytest.approx([0.0, 0.65])
