from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.encoders.bag_files import save_bag

FEATURES = ("花", "呗", "还", "款", "^花", "花呗", "呗还", "还款", "款$", "呗$", " ")


@pytest.fixture
def features() -> tuple[str, ...]:
    return FEATURES


@pytest.fixture
def table() -> np.ndarray:
    rng = np.random.default_rng(7)
    # Exact in float16, so that what is saved is what was given.
    return rng.standard_normal((len(FEATURES), 8)).astype(np.float16)


@pytest.fixture
def bag_folder(tmp_path: Path, table: np.ndarray) -> Path:
    folder = tmp_path / "bag"
    folder.mkdir()
    save_bag(folder, table, FEATURES)
    return folder
