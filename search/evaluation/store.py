"""A fitted calibration put where the index finds it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from indexer.calibration import write_calibration
from indexer.judgments import Judgment
from indexer.progress import progress_bar
from indexer.publish import DEFAULT_KEEP, new_build_id, publish_build
from indexer.store.builds import list_build_files, read_current
from indexer.store.calibration import Calibration
from indexer.store.manifest import MANIFEST, Manifest
from indexer.store.writing import writing
from search.engine import SearchEngine
from search.evaluation.fit import fit_calibration


def fit_and_store(
    folder: Path,
    judgments: Sequence[Judgment],
    model: Path | None,
    keep_builds: int = DEFAULT_KEEP,
) -> str:
    """Fit a calibration, publish the index with it, and say so in one line.

    Builds are immutable: the index is published anew, its files linked; `keep_builds` says
    how many are kept.
    """
    engine = SearchEngine.open(folder, calibrated=False)
    with progress_bar("fit", len(judgments)) as advance:
        calibration = fit_calibration(engine, judgments, advance)
    engine.close()
    publish_calibration(folder, replace(calibration, fitted_here=True), keep_builds)
    if model:
        write_calibration(calibration, model)
    return (
        f"fitted on {calibration.questions} questions: suggested from "
        f"{calibration.suggest:.2f}, answered from {calibration.answer:.2f}"
    )


def publish_calibration(folder: Path, calibration: Calibration, keep_builds: int) -> None:
    """Publish the current build again with another calibration."""

    def write(build: Path) -> Manifest:
        current, manifest = read_current(folder)
        for name, path in list_build_files(current).items():
            if name != MANIFEST:
                target = build / name
                with writing(target):
                    target.parent.mkdir(exist_ok=True)
                    _link(path, target)
        return replace(manifest, build_id=new_build_id(), calibration=calibration)

    publish_build(folder, keep_builds, write)


def _link(path: Path, target: Path) -> None:
    try:
        os.link(path, target)
    except OSError:  # a file system without hard links
        shutil.copyfile(path, target)
