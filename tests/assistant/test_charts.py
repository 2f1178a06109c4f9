"""Charts: every kind is a picture, whatever is missing, and drawing leaves no state behind."""

import io
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from assistant.answer import Chart
from assistant.charts import draw

LABELS = ("Kebijakan Internal Tata Kelola SPBE", "Perencanaan Strategis", "Audit TIK")


def chart(kind: str, **series: tuple[float | None, ...]) -> Chart:
    return Chart(kind=kind, title="Nilai", summary="", labels=LABELS, series=series)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["radar", "bars", "line", "ranking"])
@pytest.mark.parametrize("values", [(1.5, 2.75, 5.0), (None, 2.0, 0.0), (None, None, None)])
def test_every_kind_draws_with_whatever_is_known(kind: str, values: tuple[float | None, ...]) -> None:
    picture = Image.open(io.BytesIO(draw(chart(kind, a=values, b=(3.0, 3.0, None)))))
    assert picture.format == "PNG"
    assert picture.width == 1400


def test_the_decimal_mark_is_the_languages() -> None:
    one = chart("bars", a=(1.5, 2.5, 3.5))
    assert draw(one, "id") != draw(one, "en")


def test_threads_draw_the_same_picture() -> None:
    one = chart("radar", a=(1.5, 2.75, 5.0))
    alone = draw(one)
    with ThreadPoolExecutor(2) as pool:
        assert all(made == alone for made in pool.map(draw, [one] * 4))
