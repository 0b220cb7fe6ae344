"""Index folders that tests change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indexer.encoders.protocol import Encoder
from tests.conftest import build
from tests.indexer.changing.rows import write


@pytest.fixture(scope="session")
def small_index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """An index of nothing that a test speaks of; only its segmentation table is taken over."""
    place = tmp_path_factory.mktemp("small")
    other = {"title": "别的问题", "body": "别的回答"}
    build([write(place / "rows.jsonl", [other])], place / "index", encoder)
    return place / "index"


@pytest.fixture
def folder(tmp_path: Path, small_index: Path) -> Path:
    """The index folder that a test changes."""
    return Path(shutil.copytree(small_index, tmp_path / "index"))


@pytest.fixture
def scratch(tmp_path: Path, small_index: Path) -> Path:
    """Another one, to build from scratch in."""
    return Path(shutil.copytree(small_index, tmp_path / "scratch"))
