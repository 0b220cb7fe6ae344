"""Where the calibration of a new build comes from.

How likely an article answers, given its scores, is fitted on judged questions for one
encoder. A site without judged questions starts from the calibration that its encoder
brings, or that was fitted on the build before.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import data
from indexer.errors import EncoderError, IndexFolderError
from indexer.store.builds import read_current
from indexer.store.calibration import Calibration
from indexer.store.entries import EncoderEntry

CALIBRATION = "calibration.json"


def inherited_calibration(encoder: EncoderEntry, folder: Path) -> Calibration | None:
    """What was fitted on the published build with the same encoder, else the model's own."""
    try:
        _, manifest = read_current(folder)
        fitted = manifest.calibration
        if fitted and fitted.fitted_here and manifest.encoder.fingerprint == encoder.fingerprint:
            return fitted
    except IndexFolderError:
        pass
    return read_calibration(Path(encoder.model).expanduser() if encoder.model else data.MODEL)


def read_calibration(model: Path) -> Calibration | None:
    """The calibration that lies in a model folder; None where there is none.

    Raises:
        EncoderError: it cannot be read.
    """
    path = model / CALIBRATION
    if not path.is_file():
        return None
    try:
        return Calibration.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise EncoderError(
            f"{path}: cannot be used ({error}); remove it, build the index, then fit it again: "
            f"loanfaq calibrate --save-to {model}"
        ) from error


def write_calibration(calibration: Calibration, model: Path) -> None:
    """Put a calibration into a model folder."""
    text = json.dumps(asdict(calibration), indent=2) + "\n"
    (model / CALIBRATION).write_text(text, encoding="utf-8")
