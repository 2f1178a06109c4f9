"""Exact numbers and how they are shown.

Inside, every value is a ``fractions.Fraction``. Rounding happens once, half up, where a value is shown:
with exact arithmetic that reproduces 1,232 of 1,232 official rows (shared/FIELD.md section 1).
"""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

_LONGEST = 400  # characters of a number as text, and digits of its exponent's reach; floats end at 1e308


def exactly(number: Any) -> Fraction:
    """Read a number without binary noise: 2.98 (float), "2.98", Decimal or "10/3" become exact fractions.

    Raises:
        ValueError: for anything that is not a finite number, or that is far beyond any figure: "1e999999999" is
            short to write, and its digits would fill the memory.
    """
    if isinstance(number, bool) or not isinstance(number, int | float | str | Decimal | Fraction):
        raise ValueError(f"not a number: {number!r}")
    if isinstance(number, Fraction):
        return number
    if isinstance(number, int):
        return Fraction(number)
    try:
        text = str(number).strip()
        exponent = text.lower().partition("e")[2] or "0"
        if len(text) > _LONGEST or abs(int(exponent)) > _LONGEST:
            raise ValueError("too long")
        return _read(text)
    except (ValueError, ZeroDivisionError) as reason:
        raise ValueError(f"not a number: {number!r}") from reason


@lru_cache(maxsize=4096)
def _read(text: str) -> Fraction:
    """Results have two decimals, so that a ranking of hundreds of agencies reads the same few texts again and again."""
    return Fraction(text)


def shown(value: Fraction, places: int = 2) -> str:
    """Round half up (away from zero) to ``places`` decimals, as the ministry prints it: 4.725 -> "4.73"."""
    doubled = 2 * abs(value.numerator) * 10**places + value.denominator
    whole = doubled // (2 * value.denominator)
    sign = "-" if value < 0 and whole else ""
    return sign + _pointed(whole, places)


def unrounded(value: Fraction) -> str:
    """The exact value as text: "2.9795" where the decimals end, "28/11" where they do not."""
    rest, places = value.denominator, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest, power = rest // prime, power + 1
        places = max(places, power)
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    sign = "-" if value < 0 else ""
    return sign + _pointed(abs(value.numerator) * 10**places // value.denominator, places)


def _pointed(whole: int, places: int) -> str:
    """The digits of a whole number with the point set: 298, 2 -> "2.98"."""
    digits = str(whole).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


Exact = Annotated[Fraction, BeforeValidator(exactly), PlainSerializer(unrounded, return_type=str)]
"""A pydantic field holding an exact number; accepts int, float, str, Decimal; serialises as text."""
