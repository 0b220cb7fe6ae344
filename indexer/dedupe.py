"""What `loanfaq dedupe` tells of the near-duplicates of an index."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.article import Article
from indexer.near_duplicates import Cluster
from indexer.near_duplicates.compare import Likeness
from indexer.near_duplicates.keep import Why, preference, why_kept
from indexer.store.articles import ArticleStore
from indexer.store.builds import hold_current
from indexer.store.manifest import ARTICLES
from indexer.store.near_duplicates import NearDuplicateStore


@dataclass(frozen=True, slots=True)
class FoundCluster:
    """A cluster with its articles.

    Attributes:
        why: by what the article to keep is kept rather than the best of its copies.
        copies: each with how far it is the same as the article to keep.
    """

    kept: Article
    why: Why
    copies: tuple[tuple[Article, Likeness], ...]

    def to_json(self) -> dict[str, object]:
        """The object that ``loanfaq dedupe --json`` lists."""
        return {
            "keep": {**_article_to_json(self.kept), "why": self.why},
            "copies": [
                {
                    **_article_to_json(article),
                    "resemblance": round(likeness.resemblance, 4),
                    "containment": round(likeness.containment, 4),
                }
                for article, likeness in self.copies
            ],
        }


def near_duplicates_of(folder: Path, min_resemblance: float = 0.0) -> list[FoundCluster]:
    """Near-duplicates of the published build, by the place of the article to keep.

    Args:
        folder: the index folder.
        min_resemblance: leaves out copies that resemble the kept article less.

    Raises:
        IndexMissingError, IndexMismatchError, IndexDamagedError: there is no such index.
    """
    held = hold_current(folder)
    held.manifest.check_hashes_under(held.path, ARTICLES)
    articles = ArticleStore.open(held.path / ARTICLES)
    clusters = NearDuplicateStore.open(held.path / ARTICLES)
    found = [_found(cluster, articles, min_resemblance) for cluster in clusters.clusters()]
    articles.close()
    clusters.close()
    return [cluster for cluster in found if cluster.copies]


def _found(cluster: Cluster, articles: ArticleStore, min_resemblance: float) -> FoundCluster:
    kept = articles.article(cluster.kept)
    copies = tuple(
        (articles.article(copy.row), copy.likeness)
        for copy in cluster.copies
        if copy.likeness.resemblance >= min_resemblance
    )
    next_best = min((article for article, _ in copies), key=preference, default=kept)
    return FoundCluster(kept, why_kept(kept, next_best), copies)


def copies_of(clusters: Sequence[FoundCluster]) -> list[str]:
    """Ids of the articles that need not be kept."""
    return [article.id for cluster in clusters for article, _ in cluster.copies]


def describe(clusters: Sequence[FoundCluster], folder: Path) -> str:
    """Clusters as lines of text, and the command that takes the copies away."""
    if not clusters:
        return f"no near-duplicates in {folder}"
    ids = copies_of(clusters)
    articles = "1 article says" if len(ids) == 1 else f"{len(ids):,} articles say"
    groups = "1 cluster" if len(clusters) == 1 else f"{len(clusters):,} clusters"
    lines = [f"{articles} what another one says, in {groups}"]
    for number, cluster in enumerate(clusters, start=1):
        lines += ["", f"{number}. keep {_line(cluster.kept)}", f"        {_why(cluster)}"]
        for article, likeness in cluster.copies:
            lines += [
                f"   copy {_line(article)}",
                f"        resemblance {likeness.resemblance:.2f}, "
                f"{likeness.containment:.0%} of the shorter text is in the longer",
            ]
    command = ["loanfaq", "remove", "--index", str(folder), "--", *ids]
    return "\n".join([*lines, "", "to take the copies away:", f"  {shlex.join(command)}"])


def _line(article: Article) -> str:
    return f"{article.id}  {article.title}  ({article.source})"


def _why(cluster: FoundCluster) -> str:
    kept = cluster.kept
    return {
        "whole": "whole, where only the beginning of the others is known",
        "longer": f"the longest, {len(kept.text):,} characters",
        "newer": f"the newest, of {kept.published}",
        "checked later": f"checked last, as of {kept.as_of}",
        "first by id": "alike in length and date; the first by id",
    }[cluster.why]


def _article_to_json(article: Article) -> dict[str, object]:
    return {
        "id": article.id,
        "title": article.title,
        "source": article.source,
        "published": article.published.isoformat() if article.published else None,
        "excerpt_only": article.excerpt_only,
        "characters": len(article.text),
    }
