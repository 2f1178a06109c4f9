"""Tables on a phone."""

from bots.telegram.pieces import messages
from bots.telegram.tables import table

NARROW = "| Tahun | Indeks |\n| --- | --- |\n| 2021 | 1,20 |\n| 2024 | **12,98** |"
WIDE = "| Indikator | Tingkat | Indeks |\n| --- | --- | --- |\n| Layanan Pengaduan \\| Publik (42) | 4 → 5 | +0,03 |"


def test_a_narrow_table_is_aligned_numbers_to_the_right() -> None:
    assert table(NARROW).text == "Tahun  Indeks\n 2021    1,20\n 2024   12,98"
    assert messages([table(NARROW)])[0].startswith("<pre>")


def test_a_wide_table_becomes_lines_that_name_their_columns() -> None:
    assert table(WIDE).text == "• Layanan Pengaduan | Publik (42): Tingkat 4 → 5; Indeks +0,03"
