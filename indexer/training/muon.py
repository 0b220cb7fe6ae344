"""Muon: descent that goes as far along every direction of a matrix. Importing imports torch.

Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024,
https://kellerjordan.github.io/posts/muon/. Reading takes about half as many steps as by AdamW
(docs/training.md). torch has one of its own, which computes in bfloat16: processors without
instructions for that take many times longer than in float32.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor

# Of Newton and Schulz's iteration, as in the publication: steep at 0, and near 1 in the end.
_A, _B, _C = 3.4445, -4.7750, 2.0315
_ITERATIONS = 5
# A step is made as long as one of AdamW at the same rate usually is (Liu et al., "Muon is
# Scalable for LLM Training", 2025, arXiv:2502.16982).
_LIKE_ADAMW = 0.2


class Muon(torch.optim.Optimizer):
    """Momentum, made orthogonal.

    Args:
        groups: matrices and the rate ``lr`` of each group.
        momentum: how much of what went before stays.
    """

    def __init__(self, groups: Iterable[dict[str, Any]], momentum: float = 0.95) -> None:
        """Begin without momentum."""
        super().__init__(groups, {"lr": 1e-3, "momentum": momentum})

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        """Go one step down; a `closure` is not asked."""
        for group in self.param_groups:
            for weight in group["params"]:
                if weight.grad is not None:
                    way = self._way(weight, weight.grad, group["momentum"])
                    length = _LIKE_ADAMW * max(weight.shape) ** 0.5
                    weight.sub_(way, alpha=group["lr"] * length)

    def _way(self, weight: Tensor, grad: Tensor, momentum: float) -> Tensor:
        """The momentum with this step's gradient counted once more (Nesterov), orthogonal."""
        state = self.state[weight]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(weight)
        state["momentum"].lerp_(grad, 1 - momentum)
        return orthogonal(grad.lerp(state["momentum"], momentum))


def orthogonal(matrix: Tensor) -> Tensor:
    """The matrix with all its singular values near 1, from 0.7 to 1.2, by matrix products alone.

    Args:
        matrix: ``(rows, columns)``; of one that is 0 everywhere nothing is made.
    """
    wide = matrix if matrix.shape[0] <= matrix.shape[1] else matrix.T
    found: Tensor = wide / wide.norm().clamp(min=1e-7)
    for _ in range(_ITERATIONS):
        gram = found @ found.T
        found = torch.addmm(found, torch.addmm(gram, gram, gram, beta=_B, alpha=_C), found, beta=_A)
    return found if wide is matrix else found.T
