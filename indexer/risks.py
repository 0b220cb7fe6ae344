"""Topics of fraud and unlawful practice, as ``risk.ini`` of a lexicon lists them."""

from __future__ import annotations

import configparser
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import SourceError
from indexer.text.normalise import normalise


@dataclass(frozen=True, slots=True)
class RiskTerm:
    """What a question says that touches a topic.

    Attributes:
        parts: each one or more words of which a question has at least one, normalised; a
            question has all parts near one another, in any order.
    """

    parts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Risk:
    """A topic of fraud or unlawful practice.

    Attributes:
        topic: its name.
        terms: a question that says one of them touches it,
        unless: if it says none of these, which look alike and mean something lawful.
        notice: the risk and the lawful way, for readers.
    """

    topic: str
    terms: tuple[RiskTerm, ...]
    notice: str
    unless: tuple[RiskTerm, ...] = ()


def read_risks(path: Path) -> tuple[Risk, ...]:
    """The topics of a file: INI sections with ``terms``, ``notice`` and perhaps ``unless``.

    Raises:
        SourceError: the file is no INI file, a section lacks one of the first two, or a
            term has an empty part.
    """
    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read(path, encoding="utf-8")
        return tuple(
            Risk(
                name,
                _terms(path, name, parser[name]["terms"]),
                parser[name]["notice"].strip(),
                _terms(path, name, parser[name].get("unless", "")),
            )
            for name in parser.sections()
        )
    except (configparser.Error, UnicodeDecodeError, KeyError) as error:
        problem = " ".join(str(error).split())
        raise SourceError(path, f"each section needs terms and notice ({problem})") from error


def _terms(path: Path, topic: str, text: str) -> tuple[RiskTerm, ...]:
    return tuple(
        _term(path, topic, written)
        for written in text.replace("，", ",").split(",")
        if written.strip()
    )


def _term(path: Path, topic: str, written: str) -> RiskTerm:
    parts = tuple(
        tuple("".join(normalise(word).text.split()) for word in part.split("|"))
        for part in written.split("+")
    )
    if not all(all(part) for part in parts):
        shown = " ".join(written.split())
        raise SourceError(
            path,
            f'[{topic}]: "{shown}" has an empty part; write "a|b + c" with words around | and +',
        )
    return RiskTerm(parts)
