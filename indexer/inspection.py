"""What `loanfaq inspect` shows of an index and of one article in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from indexer.errors import ArticleNotFoundError
from indexer.split import passage_text
from indexer.store.articles import ArticleStore
from indexer.store.builds import hold_current
from indexer.store.history import KeptBuild
from indexer.store.manifest import ARTICLES
from indexer.store.segmentation import open_segmenter

# So many forms of boilerplate are listed as text.
_FORMS_SHOWN = 40


def inspect_index(folder: Path) -> dict[str, Any]:
    """The manifest of the published build with its place and its size in bytes."""
    held = hold_current(folder)
    build, manifest = held.path, held.manifest
    manifest.check_sizes(build)
    store = ArticleStore.open(build / ARTICLES)
    categories = store.categories()
    store.close()
    return {
        "index": str(folder),
        **asdict(manifest),
        "categories": categories,
        "bytes": sum(entry.size for entry in manifest.files.values()),
    }


def verify_index(folder: Path) -> None:
    """Check every file of the published build.

    Raises:
        IndexDamagedError: one is not as it was written.
    """
    held = hold_current(folder)
    build, manifest = held.path, held.manifest
    manifest.check_hashes(build)


def inspect_article(folder: Path, article_id: str) -> dict[str, Any]:
    """An article's passages, what retrieval sees of each, and its words.

    Raises:
        ArticleNotFoundError: no article has that id.
    """
    held = hold_current(folder)
    build, manifest = held.path, held.manifest
    manifest.check_sizes(build)
    store = ArticleStore.open(build / ARTICLES)
    segmenter = open_segmenter(build)
    row = store.row_of(article_id)
    if row is None:
        raise ArticleNotFoundError(f'no article has the id "{article_id}"')
    article = store.article(row)
    passages = [
        {
            "row": passage_row,
            **asdict(passage),
            "indexed_text": passage_text(article, passage).whole,
            "words": segmenter.content_words(passage_text(article, passage).whole),
        }
        for passage_row, passage in store.passages_of([row])[row].items()
    ]
    store.close()
    return {
        "id": article.id,
        "title": article.title,
        "category": article.category,
        "published": article.published.isoformat() if article.published else None,
        "excerpt_only": article.excerpt_only,
        "source": article.source,
        "passages": passages,
    }


def describe_index(overview: dict[str, Any]) -> str:
    """The overview as lines of text."""
    counts, encoder, calibration = (overview[name] for name in ("counts", "encoder", "calibration"))
    lines = [
        f"index       {overview['index']}",
        f"build       {overview['build_id']}, {overview['created']}, "
        f"loanfaq {overview['loanfaq_version']}, {overview['bytes']:,} bytes",
        f"articles    {counts['articles']:,}, of them {counts['excerpts']:,} excerpts; "
        f"{counts['passages']:,} passages, {counts['asked']:,} other wordings among them; "
        f"{counts['duplicates']:,} repeats folded, "
        f"{counts['rejected']:,} rejected",
        f"encoder     {encoder['name']}, {encoder['dimension']} dimensions, "
        f"{encoder['fingerprint'][:12]}",
        "calibration "
        + (
            f"on {calibration['questions']} judged questions: suggested from "
            f"{calibration['suggest']:.2f}, answered from {calibration['answer']:.2f}"
            if calibration
            else "none; 'loanfaq calibrate' makes one"
        ),
    ]
    lines += ["sources"]
    lines += [
        f"  {source['name']}: {source['articles']:,} articles, {source['fingerprint'][:12]}"
        for source in overview["sources"]
    ]
    if overview["left_out"]:
        lines += ["taken out of the sources"]
        lines += [f"  {each['id']}, of {each['source']}" for each in overview["left_out"]]
    lines += ["lexicon"]
    lines += [f"  {name}: {digest[:12]}" for name, digest in overview["lexicon"].items()]
    lines += ["categories"]
    lines += [f"  {name}: {count:,}" for name, count in overview["categories"].items()]
    lines += _describe_boilerplate(overview["boilerplate"])
    lines += ["files"]
    lines += [f"  {name}: {entry['size']:,} bytes" for name, entry in overview["files"].items()]
    return "\n".join(lines)


def describe_builds(kept: Sequence[KeptBuild]) -> str:
    """Builds as lines of text, the newest first."""
    return "\n".join(
        f"{'*' if each.current else ' '} {each.id}  "
        + (
            each.problem
            or f"{each.created}  {each.articles:,} articles  {each.bytes:,} bytes"
            + ("  current" if each.current else "")
            + ("  open" if each.open else "")
        )
        for each in kept
    )


def _describe_boilerplate(boilerplate: dict[str, Any]) -> list[str]:
    if not boilerplate["sentences"]:
        return []
    forms = boilerplate["forms"]
    shown = forms[:_FORMS_SHOWN]
    lines = [
        f"pasted sentences taken away: {boilerplate['sentences']:,} from "
        f"{boilerplate['articles']:,} articles (… is the title, # a number)"
    ]
    lines += [
        f"  {form['count']:,} × {form['place']}, {form['evidence']}: {form['form']}"
        for form in shown
    ]
    if rarer := boilerplate["sentences"] - sum(form["count"] for form in shown):
        lines += [f"  {rarer:,} of rarer forms; --json lists {len(forms):,} forms"]
    return lines


def describe_article(article: dict[str, Any]) -> str:
    """An article's passages as lines of text."""
    excerpt = ", excerpt only" if article["excerpt_only"] else ""
    lines = [
        f"{article['id']}  {article['title']}",
        f"{article['category'] or '(no category)'}, {article['published'] or 'no date'}{excerpt}, "
        f"from {article['source']}",
    ]
    for passage in article["passages"]:
        place = f"{passage['anchor'] or '-'} {passage['start']}–{passage['end']}"
        lines += [
            "",
            f"{passage['row']:>5}  {passage['kind']}  {place}",
            f"       {passage['indexed_text']}",
            f"       {' / '.join(passage['words'])}",
        ]
    return "\n".join(lines)
