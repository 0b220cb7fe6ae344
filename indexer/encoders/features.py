"""What the bundled encoder sees of a text: its characters and pairs of neighbours.

Characters carry the meaning of a Chinese question and bigrams most of its words, so
that no segmentation, and none of its errors, stands between a typo and its match.
"""

from __future__ import annotations

from indexer.text.normalise import normalise

START = "^"
END = "$"


def features_of(text: str) -> list[str]:
    """The distinct features of a text, in order of first occurrence.

    Characters and character bigrams of the normalised text, with ``^`` and ``$`` standing
    for its ends in bigrams. A feature counts once however often it occurs: a long
    passage is not drowned by its 的 and its repeated name, and a short question, where
    hardly anything repeats, is the same either way. Text is never cut.

    Returns:
        The features; empty for a text that normalises to nothing.
    """
    plain = normalise(text).text
    if not plain:
        return []
    bigrams = map(str.__add__, START + plain, plain + END)
    return list(dict.fromkeys((*plain, *bigrams)))
