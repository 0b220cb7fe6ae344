"""The bag encoder as a sentence-transformers module: for training, and for others' code.

A folder that holds it is a sentence-transformers model folder:
``SentenceTransformer(folder, trust_remote_code=True)`` gives the vectors that
``BagEncoder`` gives. Importing this imports torch, which takes seconds; nothing that
only encodes with the bundled model does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers.base.modules import InputModule
from torch import Tensor, nn

from indexer.encoders.bag_files import CONFIG, FEATURES, TABLE, open_bag, save_bag
from indexer.encoders.features import features_of


class BagModule(InputModule):
    """Sums the rows of a text's features; the Normalize module behind it gives length 1.

    Args:
        features: the feature of each row.
        weights: ``(len(features), dimension)``, the starting table; kept as float32.
        dropout: in training, the share of features left out of a bag at random.
    """

    save_in_root = True
    config_file_name = CONFIG

    def __init__(
        self, features: Sequence[str], weights: NDArray[np.floating[Any]], dropout: float = 0.0
    ) -> None:
        """Copy the table, so that training never writes into a mapped file."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.features = tuple(features)
        self.dropout = dropout
        table = torch.from_numpy(np.array(weights, dtype=np.float32))
        self.embedding = nn.EmbeddingBag.from_pretrained(table, freeze=False, mode="sum")
        self._rows = {feature: row for row, feature in enumerate(self.features)}

    def preprocess(
        self, inputs: Sequence[Any], prompt: str | None = None, **_: object
    ) -> dict[str, Tensor]:
        """Look up the rows of texts.

        Returns:
            ``input_ids``, ``(total,)`` int64, the rows of all texts end to end;
            ``offsets``, ``(len(inputs),)`` int64, where each text's begin.
        """
        texts = [prompt + text for text in inputs] if prompt else inputs
        bags = [[self._rows[f] for f in features_of(t) if f in self._rows] for t in texts]
        lengths = torch.tensor([len(bag) for bag in bags], dtype=torch.long)
        rows = [row for bag in bags for row in bag]
        return {
            "input_ids": torch.tensor(rows, dtype=torch.long),
            "offsets": lengths.cumsum(0) - lengths,
        }

    def forward(self, features: dict[str, Tensor], **_: object) -> dict[str, Tensor]:
        """Add ``sentence_embedding``, ``(n, dimension)`` float32, not normalised."""
        ids = features["input_ids"]
        kept = None
        if self.training and self.dropout > 0:
            # No rescaling of what stays: the vector is brought to length 1 anyway.
            chance = torch.rand(ids.shape, device=ids.device)
            kept = (chance >= self.dropout).to(self.embedding.weight.dtype)
        features["sentence_embedding"] = self.embedding(
            ids, features["offsets"], per_sample_weights=kept
        )
        return features

    @property
    def max_seq_length(self) -> float:
        """Without bound: a bag has no window."""
        return math.inf

    def get_embedding_dimension(self) -> int:
        """How many numbers a vector has."""
        return self.embedding.embedding_dim

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Write the three files of a bag folder; the table as float16."""
        save_bag(Path(output_path), self.embedding.weight.detach().cpu().numpy(), self.features)

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
    ) -> BagModule:
        """Load from a folder or from the Hugging Face hub, float16 upcast to float32."""
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
            for name in (CONFIG, TABLE, FEATURES)
        ]
        folder = Path(model_name_or_path) if paths[0] is None else Path(paths[0]).parent
        files = open_bag(folder)
        return cls(files.features, files.table)
