"""The steps of a training run, with what it takes to go on where one stopped.

Importing this imports torch.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

import numpy as np
import torch
from torch import Tensor, nn

from indexer.errors import InputError

Stage: TypeAlias = Literal["encode", "pretrain", "train"]


@dataclass(frozen=True, slots=True)
class Step:
    """How training stands after a step.

    Attributes:
        stage: teachers encode texts, masked reading, or pairs.
        number: steps of the stage done, from 1; of the first stage, encodings.
        total: steps of the stage in all.
        loss: the step's loss; None of the first stage.
        score: what was just measured on the dev pairs, if anything was.
    """

    stage: Stage
    number: int
    total: int
    loss: float | None
    score: float | None = None


OnStep: TypeAlias = Callable[[Step], None]


def pick_device() -> torch.device:
    """A GPU where there is one."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    return torch.device("mps" if torch.backends.mps.is_available() else "cpu")


@dataclass
class Checkpoint:
    """A file that a run writes every few minutes and goes on from.

    Attributes:
        path: of the file; None for a run that keeps none.
        run: what the run is: a checkpoint of another run is refused.
        seconds: from one writing to the next.
        begun: when this process began with the run, by ``time.perf_counter``.
    """

    path: Path | None
    run: str
    seconds: float = 120.0
    begun: float = field(default_factory=time.perf_counter)
    _written: float = 0.0
    _before: float | None = None

    def spent(self) -> float:
        """Seconds of the run so far, up to its last checkpoint those of earlier processes too."""
        return (self._before or 0.0) + time.perf_counter() - self.begun

    def load(self) -> dict[str, Any] | None:
        """What was written last, if anything was.

        Raises:
            InputError: the file is no checkpoint of this run.
        """
        state = self._read()
        if self._before is None:  # What is read again, this process may have written.
            self._before = (state or {}).get("spent", 0.0)
        return state

    def _read(self) -> dict[str, Any] | None:
        if self.path is None or not self.path.exists():
            return None
        try:
            # Wherever it was written: a run may go on without the GPU that it began on.
            state = torch.load(self.path, weights_only=True, map_location="cpu")
        except Exception as error:  # torch raises what its unpickler does
            raise InputError(f"{self.path} is no checkpoint; name another file") from error
        if not isinstance(state, dict) or state.get("run") != self.run:
            raise InputError(
                f"{self.path} is the checkpoint of a run with other settings or pairs; "
                "name another file, or delete it to begin anew"
            )
        return state

    def write(self, state: Callable[[], dict[str, Any]]) -> None:
        """Write a state, whole or not at all, if the last one is old enough.

        Raises:
            InputError: the file cannot be written; what was written last is still there.
        """
        if self.path is None or time.monotonic() - self._written < self.seconds:
            return
        beside = self.path.with_name(f".{self.path.name}.new")
        content = state() | {"run": self.run, "spent": self.spent()}
        try:
            torch.save(content, beside)
            os.replace(beside, self.path)
        except (OSError, RuntimeError) as error:  # torch's writer raises the second
            with suppress(OSError):
                beside.unlink()
            raise InputError(f"{self.path} cannot be written ({_reason(error)})") from error
        self._written = time.monotonic()

    def remove(self) -> None:
        """The run is done: there is nothing to go on from."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error).partition("\n")[0]


def chance_of_order(seed: int, stage: Stage) -> np.random.Generator:
    """The generator of a stage's batches."""
    return np.random.default_rng([seed, stage == "train"])


def chance_of_step(seed: int, stage: Stage, step: int) -> np.random.Generator:
    """The generator of a step's noise; torch's own chance is set by it too.

    Each step has one of its own, so that a run that goes on makes the steps that it would
    have made.
    """
    rng = np.random.default_rng([seed, stage == "train", step])
    torch.manual_seed(int(rng.integers(2**63)))
    return rng


def copy_of(network: nn.Module) -> dict[str, Tensor]:
    """The weights as they are now."""
    return {name: weight.detach().clone() for name, weight in network.state_dict().items()}
