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
from indexer.store.entries import Counts, EncoderEntry

# Of a collection whose articles have other wordings, and of one whose titles stand alone: how
# much the scores of wordings count has little to do with one another.
CALIBRATIONS = {True: "calibration.json", False: "calibration-titles.json"}


def inherited_calibration(
    encoder: EncoderEntry, counts: Counts, folder: Path
) -> Calibration | None:
    """What was fitted on the published build with the same encoder, else the model's own.

    Args:
        encoder: the encoder of the new build.
        counts: what the new build holds.
        folder: the index folder.
    """
    try:
        _, manifest = read_current(folder)
        fitted = manifest.calibration
        if fitted and fitted.fitted_here and manifest.encoder.fingerprint == encoder.fingerprint:
            return fitted
    except IndexFolderError:
        pass
    model = Path(encoder.model).expanduser() if encoder.model else data.MODEL
    return read_calibration(model, worded=counts.worded)


def read_calibration(model: Path, *, worded: bool) -> Calibration | None:
    """The calibration that lies in a model folder for such a collection, else for the other.

    None where there is neither.

    Args:
        model: the folder.
        worded: whether the articles have other wordings.

    Raises:
        EncoderError: it cannot be read.
    """
    for kind in (worded, not worded):
        if (path := model / CALIBRATIONS[kind]).is_file():
            return _read(path)
    return None


def _read(path: Path) -> Calibration:
    try:
        return Calibration.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise EncoderError(
            f"{path}: cannot be used ({error}); remove it, build the index, then fit it again: "
            f"loanfaq calibrate --save-to {path.parent}"
        ) from error


def write_calibration(calibration: Calibration, model: Path) -> None:
    """Put a calibration into a model folder, for collections like the one it was fitted on."""
    text = json.dumps(asdict(calibration), indent=2) + "\n"
    (model / CALIBRATIONS[calibration.worded]).write_text(text, encoding="utf-8")
