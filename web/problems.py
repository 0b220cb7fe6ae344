"""What went wrong, in the words that a program (code) and a reader (message) get."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.exceptions import HTTPException

from indexer.errors import (
    ArticleNotFoundError,
    EncoderError,
    IndexDamagedError,
    IndexFolderError,
    IndexMismatchError,
    IndexMissingError,
    QueryError,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that says what went wrong.

    Attributes:
        status: the HTTP status.
        code: a stable name for programs.
        message: one line for people.
    """

    status: int
    code: str
    message: str

    def to_json(self) -> dict[str, object]:
        """The one shape of every error of the JSON endpoint."""
        error = {"status": self.status, "code": self.code, "message": self.message}
        return {"error": error}


class CategoryNotFoundError(Exception):
    """No article has this category."""


class CrossSiteError(Exception):
    """A form or script of another site sent this."""


class LikesUnavailableError(Exception):
    """The state database takes no like now."""


class FeedbackUnavailableError(Exception):
    """The state database takes no feedback now."""


_UNAVAILABLE = "搜索暂时不能用，请稍后再试"
_INTERNAL = Problem(500, "internal_error", "这里出了错，请稍后再试")

# More special classes first: the first that fits is taken.
_OURS: tuple[tuple[type[Exception], Problem], ...] = (
    (ArticleNotFoundError, Problem(404, "article_not_found", "没有这篇文章")),
    (CategoryNotFoundError, Problem(404, "category_not_found", "没有这个分类")),
    (CrossSiteError, Problem(403, "cross_site", "不接受从其他网站提交的请求")),
    (
        LikesUnavailableError,
        Problem(503, "likes_unavailable", "点赞暂时记不下来，请稍后再试"),
    ),
    (
        FeedbackUnavailableError,
        Problem(503, "feedback_unavailable", "反馈暂时记不下来，请稍后再试"),
    ),
    (IndexMissingError, Problem(503, "index_missing", _UNAVAILABLE)),
    (IndexMismatchError, Problem(503, "index_mismatch", _UNAVAILABLE)),
    (IndexDamagedError, Problem(503, "index_damaged", _UNAVAILABLE)),
    (IndexFolderError, Problem(503, "index_unavailable", _UNAVAILABLE)),
    (EncoderError, Problem(503, "encoder_unavailable", _UNAVAILABLE)),
)

_OF_HTTP = {
    400: Problem(400, "bad_request", "请求写得不对"),
    404: Problem(404, "not_found", "没有这个地址"),
    405: Problem(405, "method_not_allowed", "这个地址不接受这种请求方法"),
    413: Problem(413, "body_too_large", "提交的内容太大，最多 16 KiB"),
    414: Problem(414, "address_too_long", "网址太长，最多 8 KiB"),
    415: Problem(415, "media_type_unsupported", "请用 JSON 对象或表单提交"),
    429: Problem(429, "rate_limited", "请求太频繁，请稍等一会儿再试"),
    431: Problem(431, "headers_too_large", "请求头太多或太长"),
}


def problem_of(error: Exception) -> Problem:
    """The problem that an error makes; what nobody foresaw is an internal error."""
    if isinstance(error, QueryError):
        return Problem(400, error.code, str(error))
    if isinstance(error, HTTPException) and error.code is not None:
        name = error.name.lower().replace(" ", "_").replace("'", "")
        return _OF_HTTP.get(error.code) or Problem(error.code, name, "请求没有成功")
    return next((problem for kind, problem in _OURS if isinstance(error, kind)), _INTERNAL)
