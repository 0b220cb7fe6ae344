"""Pairs derived from a site's own articles and judged questions.

Pairs of questions teach that two questions are alike. To find the prose that answers, a
model has to see questions beside titles, leads and passages, and near neighbours that do
not answer.
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


def pairs_from_articles(articles: Iterable[Article]) -> Iterator[Pair]:
    """Each title beside each of its article's passages."""
    for article in articles:
        for passage in split(article, 0):
            if passage.kind != "title":
                own = passage_text(article, passage).own[:_PASSAGE_CHARACTERS]
                yield Pair(_one_line(article.title), _one_line(own), True)


def pairs_from_judgments(
    judgments: Sequence[Judgment], articles: Mapping[str, Article]
) -> Iterator[Pair]:
    """The pairs of each question, see `JudgedArticles.pairs`."""
    known = JudgedArticles(articles)
    for judgment in judgments:
        yield from known.pairs(judgment)


class JudgedArticles:
    """The articles that judged questions name.

    Args:
        articles: by id.
    """

    def __init__(self, articles: Mapping[str, Article]) -> None:
        """Sort them by family."""
        self._articles = articles
        self._families: defaultdict[str, list[Article]] = defaultdict(list)
        for article in articles.values():
            if article.family:
                self._families[article.family].append(article)

    def pairs(self, judgment: Judgment) -> Iterator[Pair]:
        """A question beside the title and the lead of what answers it, and of what does not.

        Articles that answer are those with the highest grade. Those that do not are graded
        0, or are near neighbours: others of an answering article's family that nobody
        graded for the question. What the judgment names and the articles lack is left out.
        """
        question = _one_line(judgment.query)
        for key in sorted(judgment.best & self._articles.keys()):
            article = self._articles[key]
            title, lead = _title(article), _lead(article)
            # The last is what retrieval sees of a lead.
            for text in (title, lead, f"{title} {lead}"):
                yield Pair(question, text, True)
            for other in self._families[article.family]:
                if other.id not in judgment.relevant:
                    yield Pair(question, _title(other), False)
        for key in sorted(judgment.relevant.keys() & self._articles.keys()):
            if judgment.relevant[key] == 0:
                yield Pair(question, _title(self._articles[key]), False)

    def pairs_or_problem(self, judgment: Judgment) -> Iterable[Pair] | str:
        """The same; or what is wrong, if none of the articles that answer is there."""
        if judgment.best and not judgment.best & self._articles.keys():
            return f"no article has the id {min(judgment.best)!r}; name its source by --articles"
        return self.pairs(judgment)


def _title(article: Article) -> str:
    return _one_line(" ".join([article.title, *article.tags]))


def _lead(article: Article) -> str:
    return _one_line(next((p.block.text for p in article.placed_blocks()), article.title))


def _one_line(text: str) -> str:
    return " ".join(text.split())
