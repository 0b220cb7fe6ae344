"""The network of a compact model in torch: small transformers beside a bag.

A transformer reads each character with the bigrams on its both sides (Vaswani et al.,
"Attention Is All You Need", 2017, arXiv:1706.03762; layers normalised before, as in Xiong
et al., 2020, arXiv:2002.04745) and its states are averaged. The bag sums a row for each
distinct character and bigram (Joulin et al., 2016, arXiv:1607.01759). Each is brought to
length 1 and they are added: the bag knows words, a transformer what they do to each other,
and two that were trained apart err in different places (Hansen and Salamon, "Neural Network
Ensembles", 1990). What grew into a model later has axes of its own: before they are added each
is projected onto the axes that they share (`indexer.training.growing`), or all together onto those
by which the first numbers say the most (`indexer.training.axes`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from indexer.encoders.compact_files import Shape
from indexer.encoders.vocabulary import NOTHING

# Characters read together, about: what fits into a processor's cache is read fastest. Texts
# shorter than the second number count as that long.
_GROUP, _SHORT = 4_096, 8


@dataclass(frozen=True, slots=True)
class Windows:
    """Texts as tensors of rows.

    Attributes:
        ids: ``(windows, length)`` int64 rows of characters, `NOTHING` behind the end.
        left: of the bigrams that they close.
        right: of the bigrams that they open.
        owner: ``(windows,)`` int64, the text of each window.
        bags: ``(total,)`` int64, the distinct rows of all texts end to end.
        offsets: ``(texts,)`` int64, where each text's begin.
    """

    ids: Tensor
    left: Tensor
    right: Tensor
    owner: Tensor
    bags: Tensor
    offsets: Tensor


class Layer(nn.Module):
    """One transformer layer."""

    def __init__(self, shape: Shape, layers: int) -> None:
        """Small random weights; smaller where a sum over so many layers is added to."""
        super().__init__()
        dimension = shape.dimension
        self.heads = shape.heads
        self.attention_norm = nn.LayerNorm(dimension)
        self.attending = nn.Linear(dimension, 3 * dimension)
        self.attended = nn.Linear(dimension, dimension)
        self.wide_norm = nn.LayerNorm(dimension)
        self.wide = nn.Linear(dimension, 4 * dimension)
        self.narrow = nn.Linear(4 * dimension, dimension)
        deep = 0.02 / (2 * layers) ** 0.5
        for linear in (self.attending, self.attended, self.wide, self.narrow):
            added_to = linear in (self.attended, self.narrow)
            nn.init.normal_(linear.weight, std=2 * deep if added_to else 0.02)
            nn.init.zeros_(linear.bias)

    def forward(self, states: Tensor, seen: Tensor | None, dropout: float) -> Tensor:
        """States ``(n, length, dimension)`` to states of that shape."""
        n, length, dimension = states.shape
        heads = self.attending(self.attention_norm(states))
        heads = heads.view(n, length, 3 * self.heads, dimension // self.heads).transpose(1, 2)
        query, key, value = heads.chunk(3, dim=1)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=seen)
        mixed = self.attended(mixed.transpose(1, 2).reshape(n, length, dimension))
        states = states + functional.dropout(mixed, dropout, self.training)
        wide = functional.gelu(self.wide(self.wide_norm(states)), approximate="tanh")
        return states + functional.dropout(self.narrow(wide), dropout, self.training)


class Transformer(nn.Module):
    """Embedded characters to states, or to their mean; its weights are what ONNX stores."""

    def __init__(self, shape: Shape, layers: int) -> None:
        """Random weights of so many layers."""
        super().__init__()
        self.positions = nn.Parameter(torch.randn(shape.window, shape.dimension) * 0.02)
        self.embedded = nn.LayerNorm(shape.dimension)
        self.layers = nn.ModuleList(Layer(shape, layers) for _ in range(layers))
        self.final = nn.LayerNorm(shape.dimension)

    def forward(self, embedded: Tensor, real: Tensor, dropout: float = 0.0) -> Tensor:
        """States of the last layer.

        Args:
            embedded: ``(n, length, dimension)``.
            real: ``(n, length)`` bool, False behind the end of a text.
            dropout: of embeddings and of what layers add, in training.
        """
        states = self.embedded(embedded + self.positions[: embedded.shape[1]])
        states = functional.dropout(states, dropout, self.training)
        seen = None if bool(real.all()) else real[:, None, None, :]
        for layer in self.layers:
            states = layer(states, seen, dropout)
        final: Tensor = self.final(states.float())
        return final


def groups_by_length(lengths: Sequence[int]) -> Iterator[slice]:
    """Cut ascending lengths where reading together would be filling up.

    A group is cut before it holds `_GROUP` characters, filling counted, or where its
    longest would be more than a fifth longer than its shortest.
    """
    start = 0
    for at, length in enumerate(lengths):
        full = (at - start + 1) * length > _GROUP
        if at > start and (full or 5 * length > 6 * max(lengths[start], _SHORT)):
            yield slice(start, at)
            start = at
    if lengths:
        yield slice(start, len(lengths))


class CompactNetwork(nn.Module):
    """Transformers and a bag over two tables of the same rows.

    Args:
        rows: how many rows the tables have.
        shape: of the network.

    Attributes:
        inputs: what the transformers read.
        bag: what the bag sums.
        transformers: in the order in which they were trained.
        shares: each one's weight beside the bag's, which is 1.
        projections: ``(1 + transformers, dimension, dimension)``, of the bag first: the axes in
            which the parts are added. They change nothing until `indexer.training` turns them.
    """

    projections: Tensor

    def __init__(self, rows: int, shape: Shape) -> None:
        """Random inputs; a bag that knows nothing yet."""
        super().__init__()
        self.shape = shape
        self.inputs = nn.Embedding(rows, shape.dimension)
        self.bag = nn.EmbeddingBag(rows, shape.dimension, mode="sum")
        self.transformers = nn.ModuleList(Transformer(shape, layers) for layers in shape.layers)
        self.shares = nn.Parameter(torch.full((len(shape.layers),), 0.5))
        same = torch.eye(shape.dimension).repeat(1 + len(shape.layers), 1, 1)
        self.register_buffer("projections", same)
        nn.init.normal_(self.inputs.weight, std=0.02)
        nn.init.zeros_(self.bag.weight)
        with torch.no_grad():
            self.inputs.weight[NOTHING] = 0

    @property
    def newest(self) -> Transformer:
        """The transformer that was added last."""
        return cast(Transformer, self.transformers[-1])

    def states(self, ids: Tensor, left: Tensor, right: Tensor, dropout: float = 0.0) -> Tensor:
        """The newest transformer's states of characters, ``(n, length, dimension)``.

        See `Windows` for the rows.
        """
        embedded = self._embedded(ids.flatten(), left.flatten(), right.flatten())
        embedded = embedded.view(*ids.shape, self.shape.dimension)
        states: Tensor = self.newest(embedded, ids != NOTHING, dropout)
        return states

    def _embedded(self, ids: Tensor, left: Tensor, right: Tensor) -> Tensor:
        """What the transformers read of ``(n,)`` characters, ``(n, dimension)``."""
        # One look-up for all three: each would cost a gradient as large as the whole table.
        rows = torch.stack([ids, left, right], dim=1)
        return functional.embedding_bag(rows, self.inputs.weight, mode="sum", padding_idx=NOTHING)

    def forward(
        self, windows: Windows, dropout: float = 0.0, bag_dropout: float = 0.0
    ) -> tuple[Tensor, Tensor]:
        """The transformers' and the bag's vectors, of length 1 each.

        ``(texts, transformers, dimension)`` and ``(texts, dimension)``; where a text has no
        known row, all are zero.
        """
        transformed = self._transformed(windows, list(self.transformers), dropout)
        kept = None
        if self.training and bag_dropout > 0:
            # No rescaling of what stays: the vector is brought to length 1 anyway.
            drawn = torch.rand(windows.bags.shape, device=transformed.device)
            kept = (drawn >= bag_dropout).float()
        bags = self.bag(windows.bags, windows.offsets, per_sample_weights=kept)
        return transformed, functional.normalize(bags, dim=1, eps=1e-9)

    def newest_alone(self, windows: Windows, dropout: float = 0.0) -> Tensor:
        """The newest transformer's vectors of length 1, ``(texts, dimension)``."""
        return self._transformed(windows, [self.newest], dropout)[:, 0]

    def _transformed(
        self, windows: Windows, transformers: Sequence[nn.Module], dropout: float
    ) -> Tensor:
        known = windows.offsets.diff(append=windows.offsets.new_tensor([len(windows.bags)])) > 0
        summed = self._summed_states(windows, transformers, dropout)
        sums = summed.new_zeros(len(known), *summed.shape[1:])
        sums = sums.index_add(0, windows.owner, summed)
        return functional.normalize(sums * known[:, None, None], dim=2, eps=1e-9)

    def _summed_states(
        self, windows: Windows, transformers: Sequence[nn.Module], dropout: float
    ) -> Tensor:
        """The sum of the states of each window, ``(windows, transformers, dimension)``.

        Windows of like length are read together: filled up to the longest passage of a
        batch, its questions would take several times as long.
        """
        real = windows.ids != NOTHING
        lengths = real.sum(1)
        order = lengths.argsort(stable=True)
        real = real[order]
        embedded = self._embedded(
            *(part[order][real] for part in (windows.ids, windows.left, windows.right))
        )
        ascending = lengths[order]
        summed, read = [], 0
        for group in groups_by_length(ascending.tolist()):
            seen = real[group, : max(1, int(ascending[group.stop - 1]))]
            count = int(ascending[group].sum())
            filled = embedded.new_zeros(*seen.shape, embedded.shape[1])
            filled[seen] = embedded[read : read + count]
            states = [each(filled, seen, dropout) for each in transformers]
            summed.append((torch.stack(states, dim=1) * seen[:, None, :, None]).sum(2))
            read += count
        if not summed:
            return embedded.new_zeros(0, len(transformers), embedded.shape[1])
        return torch.cat(summed)[order.argsort()]

    def joined(self, transformed: Tensor, bags: Tensor) -> Tensor:
        """The model's vectors, not yet of length 1."""
        parts = torch.cat([bags[:, None], self.shares[:, None] * transformed], dim=1)
        return parts.flatten(1) @ self.projections.flatten(0, 1)
