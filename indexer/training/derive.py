"""Pairs derived from a site's own articles and judged questions.

Pairs of questions teach that two questions are alike. To find the prose that answers, a
model has to see questions beside titles, leads and passages, and near neighbours that do
not answer. Questions are an article's other wordings, which it brings itself, and judged
ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from indexer.article import Article
from indexer.judgments import Judgment
from indexer.split import passage_text, split
from indexer.training.pairs import Pair

# The end of a long passage is rarely what it is about.
_PASSAGE_CHARACTERS = 160


def pairs_from_articles(articles: Sequence[Article]) -> Iterator[Pair]:
    """Each title beside each passage of its article."""
    for article in articles:
        for passage in split(article, 0):
            if not passage.is_question:
                own = passage_text(article, passage).own[:_PASSAGE_CHARACTERS]
                yield Pair(_one_line(article.title), _one_line(own), True)


def pairs_from_wordings(
    articles: Sequence[Article], held_out: Iterable[Judgment] = ()
) -> Iterator[Pair]:
    """Each other wording of an article as if it were a judged question.

    It stands beside the title and the lead of its article, and beside the titles of the others
    of its family, which do not answer it.

    Args:
        articles: whose wordings.
        held_out: questions that are to measure what was learnt: an article that answers one
            best gives no wording, nor do the others of its family.
    """
    families = _families(articles)
    apart = _answering(articles, held_out)
    for article in articles:
        if article.id in apart or article.family in apart:
            continue
        for wording in article.asked:
            yield from _beside_answer(wording, article)
            for other in families.get(article.family, ()):
                if other.id != article.id:
                    yield Pair(_one_line(wording), _title(other), False)


def pairs_from_judgments(
    judgments: Sequence[Judgment], articles: Mapping[str, Article]
) -> Iterator[Pair]:
    """Each question beside the title and the lead of what answers it, and of what does not.

    Articles that answer are those with the highest grade. Those that do not are graded 0, or
    are near neighbours: others of an answering article's family that nobody graded for the
    question. What the judgments name and the articles lack is left out.
    """
    families = _families(articles.values())
    for judgment in judgments:
        for key in sorted(judgment.best & articles.keys()):
            article = articles[key]
            yield from _beside_answer(judgment.query, article)
            for other in families.get(article.family, ()):
                if other.id not in judgment.relevant:
                    yield Pair(_one_line(judgment.query), _title(other), False)
        for key in sorted(judgment.relevant.keys() & articles.keys()):
            if judgment.relevant[key] == 0:
                yield Pair(_one_line(judgment.query), _title(articles[key]), False)


def _answering(articles: Iterable[Article], questions: Iterable[Judgment]) -> set[str]:
    """Ids and families of the articles that answer questions best."""
    by_id = {article.id: article for article in articles}
    best = [by_id[key] for each in questions for key in each.best & by_id.keys()]
    return {name for article in best for name in (article.id, article.family) if name}


def _beside_answer(question: str, article: Article) -> Iterator[Pair]:
    title, lead = _title(article), _lead(article)
    # The last is what retrieval sees of a lead.
    for text in (title, lead, f"{title} {lead}"):
        yield Pair(_one_line(question), text, True)


def _families(articles: Iterable[Article]) -> Mapping[str, Sequence[Article]]:
    """The articles of each family; those of none have no neighbours."""
    families: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        if article.family:
            families[article.family].append(article)
    return families


def _title(article: Article) -> str:
    return _one_line(" ".join([article.title, *article.tags]))


def _lead(article: Article) -> str:
    return _one_line(next((p.block.text for p in article.placed_blocks()), article.title))


def _one_line(text: str) -> str:
    return " ".join(text.split())
