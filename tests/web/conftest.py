"""The app made as production makes it, over a real index."""

from __future__ import annotations

import dataclasses
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.encoders.protocol import Encoder
from indexer.store.builds import read_current
from indexer.store.calibration import Calibration, Linear
from search.response import Status
from tests.conftest import build
from web.app import create_app
from web.settings import Settings

# Likelihoods that make every search come out the same, whatever the encoder finds.
BIAS: dict[Status, float] = {"answered": 9.0, "suggested": 0.0, "none": -9.0}


@pytest.fixture
def settings(index_folder: Path, tmp_path: Path) -> Settings:
    """Settings with a state folder of the test's own."""
    return Settings(index=index_folder, state=tmp_path / "state")


@pytest.fixture
def app(settings: Settings) -> Flask:
    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def client_that_says(settings: Settings, tmp_path: Path) -> Callable[..., FlaskClient]:
    """A site whose every search has the status given, or whose articles have that bias."""

    def make(status: Status, bias: float | None = None) -> FlaskClient:
        folder = tmp_path / f"index-{status}"
        shutil.copytree(settings.index, folder)
        build_folder, manifest = read_current(folder)
        calibration = Calibration(
            ranking=Linear({"questions": 1.0, "wording": 1.0}),
            confidence=Linear({}, BIAS[status] if bias is None else bias),
            suggest=0.1,
            answer=0.9,
            questions=0,
            worded=False,
        )
        dataclasses.replace(manifest, calibration=calibration).write(build_folder)
        return create_app(settings.model_copy(update={"index": folder})).test_client()

    return make


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}'


@pytest.fixture(scope="session")
def hostile_index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """An index whose articles try to be markup, and leave out what they may."""
    folder = tmp_path_factory.mktemp("hostile")
    articles = [
        {
            "id": "hostile",
            "title": f"花呗逾期{HOSTILE}",
            "category": f"花呗{HOSTILE}",
            "published": "2026-01-02",
            "url": "javascript:alert(3)",
            "tags": [HOSTILE],
            "body": f"花呗逾期一天{HOSTILE}\n## 后果{HOSTILE}\n1、花呗逾期会停用{HOSTILE}",
        },
        {"id": "bare", "title": "借呗能提前还款吗", "body": "可以提前还借呗。"},
    ]
    source = folder / "hostile.jsonl"
    lines = (json.dumps(article, ensure_ascii=False) for article in articles)
    source.write_text("\n".join(lines), encoding="utf-8")
    build([source], folder / "index", encoder)
    return folder / "index"


@pytest.fixture
def hostile_client(hostile_index: Path, tmp_path: Path) -> FlaskClient:
    return create_app(Settings(index=hostile_index, state=tmp_path / "state")).test_client()
