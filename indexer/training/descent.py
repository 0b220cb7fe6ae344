"""How weights go down. Importing this imports torch."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from indexer.errors import InputError
from indexer.training.muon import Muon

_WARM_UP = 0.04


@dataclass(frozen=True, slots=True)
class Group:
    """Weights that are learnt alike.

    Attributes:
        weights: of a model.
        rate: the learning rate that they begin with.
        by_muon: whether by `Muon`, which takes matrices alone; if not, by AdamW.
    """

    weights: Sequence[nn.Parameter]
    rate: float
    by_muon: bool = False


def groups_of(parts: Sequence[nn.Module], rate: float) -> list[Group]:
    """What parts of a network learn: matrices that states pass through by Muon, the rest by AdamW.

    A table's row is looked up, no state passes through it.
    """
    layers = [each for part in parts for each in part.modules() if isinstance(each, nn.Linear)]
    matrices = {layer.weight for layer in layers}
    weights = [weight for part in parts for weight in part.parameters() if weight.requires_grad]
    return [
        Group([weight for weight in weights if weight not in matrices], rate),
        Group([weight for weight in weights if weight in matrices], rate, by_muon=True),
    ]


class Descent:
    """AdamW or Muon over groups of weights, rates rising briefly and then falling linearly to 0.

    Kingma and Ba, 2015, arXiv:1412.6980; Loshchilov and Hutter, 2019, arXiv:1711.05101; for
    Muon see there.

    Args:
        groups: weights and how they are learnt; those without a weight are left out.
        total: steps in all.
        option: of the command, that says the rates.
    """

    def __init__(self, groups: Sequence[Group], total: int, option: str = "--rate") -> None:
        """Begin at step 0."""
        self._option = option
        self._weights = [weight for group in groups for weight in group.weights]
        self._optimizers = _optimizers([group for group in groups if group.weights])
        warm = max(1, round(total * _WARM_UP))
        self._schedules = [
            torch.optim.lr_scheduler.LambdaLR(
                optimizer,
                lambda step: min(1, (step + 1) / warm) * max(0.0, 1 - step / total),
            )
            for optimizer in self._optimizers
        ]

    def step(self, loss: Tensor) -> float:
        """Go one step down, and say the loss.

        Raises:
            InputError: the loss is no number any more.
        """
        value = float(loss.detach())
        if not math.isfinite(value):
            raise self._diverged()
        for weight in self._weights:
            weight.grad = None
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self._weights, 1.0)
        for optimizer in self._optimizers:
            optimizer.step()
        for schedule in self._schedules:
            schedule.step()
        return value

    def check(self) -> None:
        """See that the last step, too, left numbers.

        Raises:
            InputError: a weight is no number any more.
        """
        if not all(bool(weight.isfinite().all()) for weight in self._weights):
            raise self._diverged()

    def _diverged(self) -> InputError:
        return InputError(f"training diverged, no model was written; give a smaller {self._option}")

    def state(self) -> dict[str, Any]:
        """All that going on takes."""
        return {
            "optimizers": [optimizer.state_dict() for optimizer in self._optimizers],
            "schedules": [schedule.state_dict() for schedule in self._schedules],
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from a `state`."""
        for optimizer, own in zip(self._optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(own)
        for schedule, own in zip(self._schedules, state["schedules"], strict=True):
            schedule.load_state_dict(own)


def _optimizers(groups: Sequence[Group]) -> list[torch.optim.Optimizer]:
    """One of each kind that the groups ask for."""
    adam, muon = (
        [
            {"params": list(group.weights), "lr": group.rate}
            for group in groups
            if group.by_muon == by_muon
        ]
        for by_muon in (False, True)
    )
    found: list[torch.optim.Optimizer] = []
    if adam:
        # Fused: the same numbers in one pass over the large tables instead of ten.
        found.append(
            torch.optim.AdamW(adam, betas=(0.9, 0.98), eps=1e-6, weight_decay=0.0, fused=True)
        )
    if muon:
        found.append(Muon(muon))
    return found
