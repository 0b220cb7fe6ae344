"""What some models want written before a question or a passage.

Newer models carry their prompts in ``config_sentence_transformers.json``; these were
published before that file had a place for them, and lose accuracy without.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prompts:
    """What is put before a text.

    Attributes:
        query: before every question.
        document: before every title and passage.
    """

    query: str = ""
    document: str = ""


_PUBLISHED = (
    # Xiao et al., "C-Pack", arXiv:2309.07597; model cards of BAAI/bge-*-zh and -v1.5.
    # The noinstruct variants were trained without.
    (
        re.compile(r"bge-(small|base|large)-zh(?!-noinstruct)"),
        Prompts(query="为这个句子生成表示以用于检索相关文章："),
    ),
    # Wang et al., "Multilingual E5 Text Embeddings", arXiv:2402.05672, and the English
    # E5 before it, arXiv:2212.03533. The instruct variants carry prompts of their own.
    (
        re.compile(r"(?<![a-z0-9])e5-(small|base|large)(?!-(v2-)?(unsupervised|instruct))"),
        Prompts(query="query: ", document="passage: "),
    ),
)


def published_prompts(model: str) -> Prompts:
    """The prompts published for a model's family, found by its name or folder.

    Known: ``bge-*-zh`` and ``bge-*-zh-v1.5``; ``multilingual-e5-*`` and ``e5-*``. Others
    have none.
    """
    name = model.lower()
    return next((prompts for family, prompts in _PUBLISHED if family.search(name)), Prompts())


def choose_prompts(
    model: str, own: Mapping[str, str | None], query: str | None, document: str | None
) -> Prompts:
    """The prompts to use: those asked for, else the model's own, else the published ones.

    Args:
        model: its name or folder.
        own: the prompts that come with the model, by name.
        query: asked for questions; an empty one asks for none.
        document: asked for passages; an empty one asks for none.
    """
    carried = Prompts(
        query=own.get("query") or "",
        document=own.get("document") or own.get("passage") or own.get("corpus") or "",
    )
    usual = carried if carried != Prompts() else published_prompts(model)
    return Prompts(
        query=usual.query if query is None else query,
        document=usual.document if document is None else document,
    )
