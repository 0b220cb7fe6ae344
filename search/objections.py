"""What speaks against an article counts whatever the scores were fitted to.

Judged questions are too few to teach a fit what another number means, and an encoder's vectors
and a word's characters hardly tell 3.45% from 3.95%. So an article about another product, with
other numbers or on the other side of a contrast loses a fixed share of what scores can give.
A general article, and a question that names nothing of the kind, are not touched.
"""

from __future__ import annotations

import math

from indexer.store.calibration import Linear

# Chosen on train and dev questions, see docs/ranking.md: enough that articles which differ in
# nothing else come in the right order, and no judged question loses by it.
OBJECTION = 0.15


def objection_weight(ranking: Linear) -> float:
    """What one objection takes from a weighted sum: a share of all that it can come to."""
    return OBJECTION * sum(ranking.weights.values())


def objected(score: float, against: float) -> float:
    """What objections leave of a score in 0…1 that has no sum.

    Args:
        score: without them.
        against: the feature, -4…0.
    """
    return score * math.pow(1 - OBJECTION, -against)
