"""A gate before publishing: a build that answers judged questions too badly is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import GateError, InputError
from indexer.judgments import Judgment
from indexer.progress import Progress, progress_bar
from indexer.store.builds import held
from indexer.store.manifest import Manifest
from search.engine import SearchEngine
from search.evaluation.evaluate import ask, check_known, measure, worst

_WORST = 5


@dataclass(frozen=True, slots=True)
class Gate:
    """Asks a finished build judged questions before it is published.

    Attributes:
        judgments: the questions.
        name: what messages call them.
        least: the share of answerable questions whose first article must be right, 0 to 1.
        progress: shows how far it is.
    """

    judgments: Sequence[Judgment]
    name: str
    least: float
    progress: Progress = progress_bar

    def __call__(self, build: Path, manifest: Manifest) -> None:
        """Look at a build.

        Raises:
            GateError: it answers worse than it must.
            InputError: no question can be answered, or none was judged on these articles.
        """
        if not any(judgment.answerable for judgment in self.judgments):
            raise InputError(f"{self.name}: no question that an article answers; judge some")
        engine = SearchEngine.over(held(build))
        try:
            check_known(engine, self.judgments)
            with self.progress("judge", len(self.judgments)) as advance:
                outcomes = ask(engine, self.judgments, "hybrid", advance)
        finally:
            engine.close()
        metrics = measure(outcomes)
        if metrics.hit_at_1 < self.least:
            missed = "".join(
                f"\n  {each.judgment.query} → {', '.join(each.ranking[:1]) or 'nothing'}; "
                f"wanted {', '.join(sorted(each.judgment.best))}"
                for each in worst(outcomes, _WORST)
                if each.judgment.answerable
            )
            raise GateError(
                f"{self.name}: the first article is right for {metrics.hit_at_1:.3f} of "
                f"{metrics.questions} questions, under {self.least:g}; nothing was published "
                f"and the index stays as it was. Among the worst:{missed}"
            )
