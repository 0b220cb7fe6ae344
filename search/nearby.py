"""Ways on where nothing answers: categories that a question is near to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from indexer.store.calibration import Calibration
from search.ranking import RankedArticle

_NEIGHBOURS = 10
_AT_MOST = 3
# One article says little of what a question is about; two of one category agree.
_ARTICLES_OF_A_CATEGORY = 2
# Likelihood of the first article where a question is near at all, as a part of what a
# suggestion needs.
_NEAR = 0.4


def nearest_categories(
    ranked: Sequence[RankedArticle], calibration: Calibration | None
) -> tuple[str, ...]:
    """Categories of the articles whose vectors are nearest, those with most of them first.

    Three at most; none where no article is near enough to tell, as of a question on another
    subject altogether. Nearness is judged by the fitted likelihood, as cosines of different
    encoders lie apart; without a calibration nothing is known and nothing named.
    """
    if calibration is None or not ranked:
        return ()
    if max(each.likelihood or 0.0 for each in ranked) < _NEAR * calibration.suggest:
        return ()
    found = [each for each in ranked if "vector" in each.candidate.scores]
    found.sort(key=lambda each: (-each.candidate.scores["vector"], each.card.id))
    counts = Counter(each.card.category for each in found[:_NEIGHBOURS] if each.card.category)
    return tuple(
        name for name, count in counts.most_common(_AT_MOST) if count >= _ARTICLES_OF_A_CATEGORY
    )
