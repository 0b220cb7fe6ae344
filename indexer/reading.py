"""How sources are read where that is not for the files themselves to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What was said about the sources; the manifest keeps it, for building again.

    Attributes:
        columns: pairs of a field's name (``title``) and of the header or key that a table
            or a JSON object has for it (``标题行``), beside the names known already.
        drafts: take unpublished posts of a WordPress export too.
        pages: take its pages too, not only its posts.
        without_asked: leave other wordings of the questions out, to measure what they bring.
    """

    columns: tuple[tuple[str, str], ...] = ()
    drafts: bool = False
    pages: bool = False
    without_asked: bool = False

    def extended(self, other: ReadOptions) -> ReadOptions:
        """These options and others: what either says is done."""
        columns = dict.fromkeys((*self.columns, *other.columns))
        return ReadOptions(
            tuple(columns),
            self.drafts or other.drafts,
            self.pages or other.pages,
            self.without_asked or other.without_asked,
        )

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> ReadOptions:
        """Options as ``dataclasses.asdict`` and JSON gave them.

        Raises:
            TypeError, KeyError, ValueError: a value is missing or unknown.
        """
        columns = tuple((str(field), str(header)) for field, header in values["columns"])
        return cls(**{**values, "columns": columns})


DEFAULTS = ReadOptions()
