"""A fitted calibration put where the index finds it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from indexer.calibration import write_calibration
from indexer.judgments import Judgment
from indexer.pipeline import new_build_id
from indexer.progress import progress_bar
from indexer.store.builds import IndexFolder, list_build_files, read_current
from indexer.store.manifest import MANIFEST, Calibration
from search.engine import SearchEngine
from search.evaluation.fit import fit_calibration


def fit_and_store(folder: Path, judgments: Sequence[Judgment], model: Path | None) -> str:
    """Fit a calibration, publish the index with it, and say so in one line.

    Builds are immutable: the index is published anew, its files linked.
    """
    engine = SearchEngine.open(folder)
    with progress_bar("fit", len(judgments)) as advance:
        calibration = fit_calibration(engine, judgments, advance)
    engine.close()
    publish_calibration(folder, replace(calibration, fitted_here=True))
    if model:
        write_calibration(calibration, model)
    return (
        f"fitted on {calibration.questions} questions: suggested from "
        f"{calibration.suggest:.2f}, answered from {calibration.answer:.2f}; the table is of the "
        "same questions and so flattered: report on others"
    )


def publish_calibration(folder: Path, calibration: Calibration) -> None:
    """Publish the current build again with another calibration."""
    index = IndexFolder(folder)
    with index.lock():
        current, manifest = read_current(folder)
        build = index.new_build()
        for name, path in list_build_files(current).items():
            if name != MANIFEST:
                target = build / name
                target.parent.mkdir(exist_ok=True)
                _link(path, target)
        manifest = replace(manifest, build_id=new_build_id(), calibration=calibration)
        manifest.write(build)
        index.publish(build, manifest.build_id)
        index.prune(keep=2)


def _link(path: Path, target: Path) -> None:
    try:
        os.link(path, target)
    except OSError:  # a file system without hard links
        shutil.copyfile(path, target)
