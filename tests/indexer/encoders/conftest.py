from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize

from indexer.encoders.compact_files import Shape
from indexer.encoders.compact_module import CompactModule
from indexer.encoders.compact_network import CompactNetwork
from indexer.encoders.vocabulary import NOTHING, SPECIALS, Vocabulary

CHARACTERS = ("花", "呗", "还", "款", " ")
FLOWER, PAY = SPECIALS, SPECIALS + 1
SHAPE = Shape(dimension=8, layers=(2, 1), heads=2, window=6)


@pytest.fixture
def vocabulary() -> Vocabulary:
    """Five characters; 花呗, 呗还, 花 at the start, 呗 at the end."""
    pairs = [(FLOWER, PAY), (PAY, PAY + 1), (NOTHING, FLOWER), (PAY, NOTHING)]
    return Vocabulary(CHARACTERS, np.array(pairs))


@pytest.fixture
def module(vocabulary: Vocabulary) -> CompactModule:
    """A network of chance, its numbers large enough to tell texts apart."""
    torch.manual_seed(7)
    network = CompactNetwork(len(vocabulary), SHAPE)
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.5)
    torch.nn.init.normal_(network.projections, std=0.3)
    return CompactModule(vocabulary, network).eval()


@pytest.fixture
def compact_folder(tmp_path: Path, module: CompactModule) -> Path:
    """The network saved as sentence-transformers does."""
    folder = tmp_path / "compact"
    modules: list[torch.nn.Module] = [module, Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder), create_model_card=False)
    return folder
