"""A compact model as a sentence-transformers module: for training, and for others' code.

A folder that holds it is a sentence-transformers model folder:
``SentenceTransformer(folder, trust_remote_code=True)`` gives nearly the vectors that
`CompactEncoder` gives, in float32 throughout. Importing this imports torch, which takes
seconds; nothing that only encodes with the bundled model does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file
from sentence_transformers.base.modules import InputModule
from torch import Tensor

from indexer.encoders.compact_files import (
    CONFIG,
    FILES,
    ONNX,
    PROJECTIONS,
    WEIGHTS,
    open_compact,
    save_tables,
    seal,
)
from indexer.encoders.compact_network import CompactNetwork, Windows
from indexer.encoders.compact_weights import pack_weights, unpack_weights
from indexer.encoders.vocabulary import (
    MASKED,
    NOTHING,
    UNKNOWN,
    TextRows,
    Vocabulary,
    distinct_of,
)
from indexer.encoders.windows import windows_of

_KEYS = ("ids", "left", "right", "owner", "bags", "offsets")


class CompactModule(InputModule):
    """Texts to vectors; the Normalize module behind it gives length 1.

    Args:
        vocabulary: of the rows.
        network: over as many rows.
    """

    save_in_root = True
    config_file_name = CONFIG

    def __init__(self, vocabulary: Vocabulary, network: CompactNetwork) -> None:
        """Take finished parts."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.vocabulary = vocabulary
        self.network = network

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: object
    ) -> dict[str, Tensor]:
        """Look up the rows of texts: the tensors of `Windows` by name."""
        texts = [prompt + text for text in inputs] if prompt else inputs
        rows = self.vocabulary.read_all([self.vocabulary.ids_of(text) for text in texts])
        windows = pack(rows, self.network.shape.window)
        return dict(zip(_KEYS, _tensors(windows), strict=True))

    def forward(self, features: dict[str, Tensor], **_: object) -> dict[str, Tensor]:
        """Add ``sentence_embedding``, ``(n, dimension)`` float32, not normalised."""
        windows = Windows(*(features[key] for key in _KEYS))
        features["sentence_embedding"] = self.network.joined(*self.network(windows))
        return features

    @property
    def max_seq_length(self) -> float:
        """Without bound: long texts are read in windows."""
        return math.inf

    def get_embedding_dimension(self) -> int:
        """How many numbers a vector has."""
        return self.network.shape.dimension

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Write all files of a compact model's folder."""
        from indexer.encoders.compact_onnx import write_onnx

        folder, network = Path(output_path), self.network
        save_tables(
            folder,
            self.vocabulary,
            (_table(network.inputs.weight, NOTHING), _bag_table(network.bag.weight)),
        )
        weights = pack_weights(
            {
                name: w.detach().cpu().numpy()
                for name, w in network.transformers.state_dict().items()
            }
        )
        save_file(weights, folder / WEIGHTS)
        write_onnx(folder / ONNX, weights, network.shape)
        np.save(folder / PROJECTIONS, network.projections.cpu().numpy().astype(np.float16))
        shares = tuple(network.shares.detach().cpu().tolist())
        seal(folder, network.shape, shares, len(self.vocabulary))

    @classmethod
    def load(
        cls,
        model_name_or_path: str,
        subfolder: str = "",
        token: bool | str | None = None,
        cache_folder: str | None = None,
        revision: str | None = None,
        local_files_only: bool = False,
        init_defaults: dict[str, Any] | None = None,
        **_: object,
    ) -> CompactModule:
        """Load from a folder or from the Hugging Face hub, all weights upcast to float32."""
        paths = [
            cls.load_file_path(
                model_name_or_path,
                filename=name,
                subfolder=subfolder,
                token=token,
                cache_folder=cache_folder,
                revision=revision,
                local_files_only=local_files_only,
            )
            for name in (CONFIG, *FILES)
        ]
        return cls.open(Path(model_name_or_path) if paths[0] is None else Path(paths[0]).parent)

    @classmethod
    def open(cls, folder: Path) -> CompactModule:
        """Open a folder.

        Raises:
            EncoderError: a file is missing, damaged or of another version.
        """
        files = open_compact(folder)
        network = CompactNetwork(len(files.vocabulary), files.config.shape)
        weights = unpack_weights(load_file(folder / WEIGHTS))
        network.transformers.load_state_dict({k: torch.from_numpy(w) for k, w in weights.items()})
        with torch.no_grad():
            network.inputs.weight.copy_(torch.from_numpy(files.table(0)))
            network.bag.weight.copy_(torch.from_numpy(files.table(1)))
            network.shares.copy_(torch.tensor(files.config.shares))
            network.projections.copy_(torch.from_numpy(files.projections))
        return cls(files.vocabulary, network).eval()


def pack(texts: Sequence[TextRows], window: int) -> Windows:
    """Texts as tensors, long ones in windows of at most `window` characters."""
    cut = list(windows_of(texts, window))
    bags, offsets = distinct_of(texts)

    def filled(rows: list[NDArray[np.int64]]) -> Tensor:
        # A column at least: an attention over none is none of torch's cases.
        into = np.full((len(rows), max([1, *map(len, rows)])), NOTHING, dtype=np.int64)
        for line, row in zip(into, rows, strict=True):
            line[: len(row)] = row
        return torch.from_numpy(into)

    return Windows(
        ids=filled([each.rows.ids for each in cut]),
        left=filled([each.rows.left for each in cut]),
        right=filled([each.rows.right for each in cut]),
        owner=torch.tensor([each.owner for each in cut], dtype=torch.long),
        bags=torch.from_numpy(bags),
        offsets=torch.from_numpy(offsets),
    )


def _tensors(windows: Windows) -> tuple[Tensor, ...]:
    tensors: tuple[Tensor, ...] = tuple(getattr(windows, key) for key in _KEYS)
    return tensors


def _table(weight: Tensor, *zero: int) -> NDArray[np.float32]:
    table = weight.detach().cpu().numpy().copy()
    table[list(zero)] = 0
    return np.asarray(table, dtype=np.float32)


def _bag_table(weight: Tensor) -> NDArray[np.float32]:
    """What stands for no character is in no bag."""
    return _table(weight, NOTHING, UNKNOWN, MASKED)
