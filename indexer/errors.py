"""Everything loanfaq raises on purpose.

    LoanfaqError
    ├── InputError             what was given is wrong; the message says what and where
    │   ├── SourceError        a document: file, line, what is wrong with it
    │   ├── SourcesRejectedError  all that is wrong with the documents, a line each
    │   ├── JudgmentsError     a file of judged questions
    │   ├── PairsError         a file of question pairs
    │   ├── QueryError         a question or a search parameter
    │   └── GateError          a build that answers worse than it was asked to
    ├── IndexFolderError       the folder that holds the index
    │   ├── IndexMissingError  nothing was built there yet
    │   ├── IndexMismatchError built by another version, encoder or lexicon
    │   ├── IndexDamagedError  a file is gone, cut short or altered
    │   └── IndexBusyError     another build is writing there
    ├── ArticleNotFoundError   no article has that id
    └── EncoderError           a model that cannot be loaded or does not fit

A message is one line (`SourcesRejectedError` has one for each fault), names the thing at
fault and says what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


class LoanfaqError(Exception):
    """Base of every error that loanfaq raises on purpose."""


class InputError(LoanfaqError):
    """What the user gave is wrong."""


class SourceError(InputError):
    """A document that cannot be indexed.

    Args:
        where: the file (or ``<stdin>``) at fault.
        problem: what is wrong with it, in one clause.
        line: the line at fault, counted from 1, where there is one.
    """

    def __init__(self, where: str | Path, problem: str, line: int | None = None) -> None:
        """Make the one line that names the place."""
        self.where = str(where)
        self.problem = problem
        self.line = line
        at = self.where if line is None else f"{self.where}:{line}"
        super().__init__(f"{at}: {problem}")


class SourcesRejectedError(InputError):
    """Documents that cannot be used; the message has a line for each.

    Args:
        rejected: the faults.
        advice: what was not done for them, and what to do.
    """

    def __init__(
        self, rejected: Sequence[SourceError], advice: str = "mend them, and try again"
    ) -> None:
        """Make a line for each fault, and one on what to do."""
        self.rejected = tuple(rejected)
        count = len(self.rejected)
        summary = f"{count} part{'s' if count > 1 else ''} of the sources cannot be used; {advice}"
        super().__init__("\n".join([*map(str, self.rejected), summary]))


class JudgmentsError(SourceError):
    """A line of judged questions that cannot be read."""


class PairsError(SourceError):
    """A line of question pairs that cannot be read."""


class QueryError(InputError):
    """A question or search parameter that cannot be answered.

    Args:
        code: a stable name for programs, such as ``query_too_long``.
        message: one line for people (Chinese: it is shown to readers of the site).
    """

    def __init__(self, code: str, message: str) -> None:
        """Keep the code beside the message."""
        self.code = code
        super().__init__(message)


class GateError(InputError):
    """A build that answers judged questions worse than it must; it is not published."""


class IndexFolderError(LoanfaqError):
    """The folder that holds the index cannot be used."""


class IndexMissingError(IndexFolderError):
    """No index has been published in the folder."""


class IndexMismatchError(IndexFolderError):
    """The index was built by another version, encoder or lexicon."""


class IndexDamagedError(IndexFolderError):
    """A file of the index is gone, cut short or altered."""


class IndexBusyError(IndexFolderError):
    """Another process is building into the folder."""


class ArticleNotFoundError(LoanfaqError):
    """No article of the index has the id asked for."""


class EncoderError(LoanfaqError):
    """A model that cannot be loaded or does not fit the index."""
