"""Encoders: text to vectors. Importing this is light; models load when opened."""

from __future__ import annotations

from pathlib import Path

import data
from indexer.encoders.protocol import Encoder

__all__ = ["Encoder", "open_encoder"]


def open_encoder(
    model: str | Path | None = None,
    *,
    query_prompt: str | None = None,
    document_prompt: str | None = None,
    trust_remote_code: bool = False,
) -> Encoder:
    """Open an encoder.

    Args:
        model: None for the bundled model; a folder that ``loanfaq train`` wrote, which
            needs no torch; or any sentence-transformers model, by folder or by its name
            on the Hugging Face hub.
        query_prompt: what goes before every question, in place of the model's own.
        document_prompt: what goes before every passage, in place of the model's own.
        trust_remote_code: run code that comes with a sentence-transformers model.

    Raises:
        EncoderError: the model cannot be loaded; the message says what to do.
    """
    from indexer.encoders.compact_files import is_compact_folder

    folder = data.MODEL if model is None else Path(model).expanduser()
    if model is None or is_compact_folder(folder):
        return _open_compact(folder, query_prompt, document_prompt)

    from indexer.encoders.sentence_transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder.open(
        model,
        query_prompt=query_prompt,
        document_prompt=document_prompt,
        trust_remote_code=trust_remote_code,
    )


def _open_compact(folder: Path, query_prompt: str | None, document_prompt: str | None) -> Encoder:
    from indexer.encoders.compact import CompactEncoder
    from indexer.errors import EncoderError

    if query_prompt or document_prompt:
        # It was trained without: a prompt's characters would only blur every vector.
        raise EncoderError(f"{folder} takes no prompts: leave them out or name another model")
    return CompactEncoder.open(folder)
