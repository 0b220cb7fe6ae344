"""The encoder of an index, opened again as the manifest names it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from indexer.encoders import open_encoder
from indexer.errors import EncoderError, IndexMismatchError
from indexer.store.entries import EncoderEntry
from indexer.store.manifest import REBUILD

if TYPE_CHECKING:
    from indexer.encoders.protocol import Encoder


def reopen_encoder(entry: EncoderEntry) -> Encoder:
    """Open the encoder that an index was built with.

    Raises:
        EncoderError: it cannot be loaded.
        IndexMismatchError: it is no longer the same.
    """
    if entry.trust_remote_code and not os.environ.get("LOANFAQ_TRUST_REMOTE_CODE"):
        raise EncoderError(
            f"the encoder {entry.name} runs code of its own; set LOANFAQ_TRUST_REMOTE_CODE=1 if "
            "you trust it"
        )
    encoder = open_encoder(
        entry.model,
        query_prompt=entry.query_prompt,
        document_prompt=entry.document_prompt,
        trust_remote_code=entry.trust_remote_code,
    )
    if encoder.fingerprint != entry.fingerprint:
        raise IndexMismatchError(
            f"the index was built with another version of the encoder {entry.name}; {REBUILD}"
        )
    return encoder
