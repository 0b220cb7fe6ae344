"""Whatever goes wrong over a damaged index is said to be that."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from indexer.errors import LoanfaqError
from indexer.store.builds import HeldBuild

Given = ParamSpec("Given")
Result = TypeVar("Result")


class _OverBuild(Protocol):
    @property
    def build(self) -> HeldBuild: ...


Self = TypeVar("Self", bound=_OverBuild)


def names_damage(
    method: Callable[Concatenate[Self, Given], Result],
) -> Callable[Concatenate[Self, Given], Result]:
    """Make a method of what reads a build look for damage when something unforeseen fails.

    Opening hashes only what may crash the process, so an altered file can come to light
    anywhere: the file is named by an `IndexDamagedError`. Where every file is as it was
    written, the error is a mistake of ours and goes on as it is.
    """

    @wraps(method)
    def checked(self: Self, /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
        try:
            return method(self, *args, **kwargs)
        except LoanfaqError:
            raise
        except Exception:
            self.build.manifest.check_hashes(self.build.path)
            raise

    return checked
