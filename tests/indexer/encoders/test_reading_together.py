"""Texts of a batch are read in groups of like length; nothing but the time depends on it."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from indexer.encoders.compact_files import Shape
from indexer.encoders.compact_module import CompactModule, pack
from indexer.encoders.compact_network import CompactNetwork, groups_by_length
from indexer.encoders.vocabulary import Vocabulary

# Short, empty, unknown and repeated texts, one of two windows, one of a window's length.
TEXTS = ["花呗还款", "还", "", "unknown", "花呗" * 5, "花呗还款", "花 还款呗", "还款" * 3]


def joined(module: CompactModule, texts: list[str]) -> Tensor:
    rows = [module.vocabulary.read(text) for text in texts]
    network = module.network
    return network.joined(*network(pack(rows, network.shape.window)))


def gradients(module: CompactModule, losses: list[Tensor]) -> dict[str, Tensor]:
    module.network.zero_grad()
    for loss in losses:
        loss.backward()  # type: ignore[no-untyped-call]
    return {
        name: weight.grad.clone()
        for name, weight in module.network.named_parameters()
        if weight.grad is not None
    }


def towards(vectors: Tensor) -> Tensor:
    """A loss that every number of every vector has a part in."""
    return (vectors * torch.linspace(-1, 1, vectors.shape[1])).sum()


@pytest.mark.parametrize(
    ("lengths", "groups"),
    [
        ([], []),
        ([4], [(0, 1)]),
        # Up to 9 characters count as like the shortest, 10 do not; nor is 13 like 10.
        ([1, 5, 9, 10, 12, 13], [(0, 3), (3, 5), (5, 6)]),
        # 24 is 20 and a fifth more; 25 is more.
        ([20, 24, 25], [(0, 2), (2, 3)]),
        # Forty texts of 100 characters are 4,000, forty-one are 4,100: more than 4,096.
        ([100] * 41, [(0, 40), (40, 41)]),
    ],
)
def test_texts_of_like_length_are_a_group(
    lengths: list[int], groups: list[tuple[int, int]]
) -> None:
    assert [(found.start, found.stop) for found in groups_by_length(lengths)] == groups


def test_vectors_are_those_of_texts_read_one_by_one(module: CompactModule) -> None:
    one_by_one = torch.cat([joined(module, [text]) for text in TEXTS])
    torch.testing.assert_close(joined(module, TEXTS), one_by_one, rtol=0, atol=1e-5)


def test_so_is_what_is_learnt_from_them(module: CompactModule) -> None:
    together = gradients(module, [towards(joined(module, TEXTS))])
    apart = gradients(module, [towards(joined(module, [text])) for text in TEXTS])
    assert together.keys() == dict(module.network.named_parameters()).keys()
    for name, found in together.items():
        torch.testing.assert_close(found, apart[name], rtol=1e-4, atol=1e-4, msg=name)


def test_questions_are_not_filled_up_to_a_passage(vocabulary: Vocabulary) -> None:
    network = CompactNetwork(len(vocabulary), Shape(dimension=8, layers=(1,), heads=2, window=128))
    read = 0

    def count(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        nonlocal read
        read += inputs[0].shape[0] * inputs[0].shape[1]

    network.newest.register_forward_pre_hook(count)
    questions, passage = ["花呗还款"] * 30, "还" * 120
    network(pack([vocabulary.read(text) for text in [*questions, passage]], 128))
    # Filled up, it would be 31 texts of 120 characters.
    assert read == 30 * 4 + 120
