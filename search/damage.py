"""Whatever goes wrong over a damaged index is said to be that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
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


@contextmanager
def naming_damage(held: HeldBuild) -> Iterator[None]:
    """Look for damage when something unforeseen fails over a build.

    Opening hashes only what may crash the process, so an altered file can come to light
    anywhere. Where every file is as it was written, the error is a mistake of ours and
    goes on as it is.

    Raises:
        IndexDamagedError: a file was altered; it is named.
    """
    try:
        yield
    except LoanfaqError:
        raise
    except Exception:
        held.manifest.check_hashes(held.path)
        raise


def names_damage(
    method: Callable[Concatenate[Self, Given], Result],
) -> Callable[Concatenate[Self, Given], Result]:
    """Make a method of what reads a build look for damage, see `naming_damage`."""

    @wraps(method)
    def checked(self: Self, /, *args: Given.args, **kwargs: Given.kwargs) -> Result:
        with naming_damage(self.build):
            return method(self, *args, **kwargs)

    return checked
