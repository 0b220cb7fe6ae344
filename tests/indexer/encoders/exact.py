"""A compact model whose graph computes in float32 throughout, to hold against torch."""

from __future__ import annotations

import shutil
from pathlib import Path

from safetensors.numpy import load_file

from indexer.encoders.compact import CompactEncoder
from indexer.encoders.compact_files import ONNX, WEIGHTS, open_compact
from indexer.encoders.compact_onnx import write_onnx


def exactly(folder: Path, place: Path) -> CompactEncoder:
    """The model of a folder with an exact graph in place of its own, in a new folder."""
    shutil.copytree(folder, place)
    weights = load_file(place / WEIGHTS)
    write_onnx(place / ONNX, weights, open_compact(place).config.shape, exact=True)
    return CompactEncoder.open(place)
