"""What was understood of a question or an article, for who asks why a hit is where it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction

from indexer.aspects import Agreement, Aspects, Quantity

_ROLES = {"overdue": "逾期", "income": "收入"}
_MONTH, _MYRIAD = 30, 10_000


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a text is about, to read.

    Attributes:
        products: names of products, platforms and kinds of loans.
        numbers: each with its unit and what it is of: 年利率 7.2%.
        contrasts: sides by contrast.
    """

    products: tuple[str, ...]
    numbers: tuple[str, ...]
    contrasts: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, aspects: Aspects) -> Understanding:
        """What aspects say."""
        return cls(
            tuple(each.name for each in aspects.products or aspects.touched),
            tuple(map(describe, aspects.quantities)),
            {axis: tuple(sorted(sides)) for axis, sides in aspects.contrasts.items()},
        )

    @property
    def line(self) -> str:
        """All of it on one line; empty if nothing was understood."""
        sides = (f"{axis}：{'、'.join(sides)}" for axis, sides in self.contrasts.items())
        return "；".join([*self.products, *self.numbers, *sides])

    def to_json(self) -> dict[str, object]:
        """The object ``about`` of an explanation."""
        return {
            "products": list(self.products),
            "numbers": list(self.numbers),
            "contrasts": {axis: list(sides) for axis, sides in self.contrasts.items()},
        }


@dataclass(frozen=True, slots=True)
class Compared:
    """What an article is about, and how far it agrees with the question."""

    about: Understanding
    agreement: Agreement

    def to_json(self) -> dict[str, object]:
        """The object ``agreement`` of a hit's explanation."""
        return {**asdict(self.agreement), "about": self.about.to_json()}


def describe(quantity: Quantity) -> str:
    """A number with its unit: 年利率 7.2%, 逾期 90 天, 300000 元."""
    value, role = quantity.value, quantity.role
    match quantity.kind:
        case "rate":
            return f"年利率 {_percent(value)}{'以上' if role == 'over' else ''}"
        case "spread":
            return f"加点 {_plain(value * _MYRIAD)} 个基点"
        case "percent" | "share":
            return _percent(value)
        case "amount":
            return f"{_ROLES.get(role, '')} {_plain(value)} 元".strip()
        case "duration":
            months, rest = divmod(value, _MONTH)
            length = f"{_plain(value)} 天" if rest or not months else f"{months} 个月"
            return f"{length}前" if role == "ago" else f"{_ROLES.get(role, '')} {length}".strip()
        case "count":
            return f"{_plain(value)} {role}"
        case _:
            units = {"year": "年", "month": "月", "day": "日", "age": "岁"}
            return f"{_plain(value)}{units[quantity.kind]}"


def _percent(value: Fraction) -> str:
    return f"{_plain(value * 100)}%"


def _plain(value: Fraction) -> str:
    """Decimals without an exponent; a value that has no end to four of them."""
    return f"{float(value):.4f}".rstrip("0").rstrip(".")
