"""What a question names exactly, and what of it is known not to exist."""

import pytest
from small_library import make_rule

from knowledge.library import Library
from knowledge.references import References
from scoring import load_instrument

RULES = (
    make_rule("perpres-95-2018", articles=77),
    make_rule("permenpanrb-59-2020", articles=12),
    make_rule("permenpanrb-5-2020", articles=4),
    make_rule("permenpanrb-5-2018", articles=9),
    make_rule("peraturan-bssn-8-2024", articles=73),
)


@pytest.fixture(scope="module")
def references() -> References:
    return References(Library(RULES), [load_instrument("spbe-2020"), load_instrument("spbe-2018")])


@pytest.mark.parametrize(
    ("text", "rule", "steps"),
    [
        ("pasal 12 ayat 3 perpres 95 tahun 2018", "perpres-95-2018", {"pasal-12", "ayat-3"}),
        ("Pasal 12 ayat (3) Peraturan Presiden Nomor 95 Tahun 2018", "perpres-95-2018", {"pasal-12", "ayat-3"}),
        ("perpres 95 pasal 61 bunyinya apa", "perpres-95-2018", {"pasal-61"}),
        ("isi tabel 13 permenpanrb 59/2020", "permenpanrb-59-2020", {"tabel-13"}),
        ("apa isi BAB III peraturan bssn 8 tahun 2024", "peraturan-bssn-8-2024", {"bab-iii"}),
        ("article 35 of perpres 95/2018", "perpres-95-2018", {"pasal-35"}),
    ],
)
def test_places_of_rules(references: References, text: str, rule: str, steps: set[str]) -> None:
    found = references.find(text)
    assert found.rules == (rule,)
    assert found.steps == steps
    assert found.absent == ()


@pytest.mark.parametrize(
    ("text", "indicators", "levels"),
    [
        ("indikator 21 level 3", (21,), (3,)),
        ("Indikator 21 tingkat 3", (21,), (3,)),
        ("ind 22 lvl 4 buktinya apa", (22,), (4,)),
        ("beda tingkat 2 (interaksi) dan tingkat 3 pada Layanan Kearsipan Dinamis", (37,), (2, 3)),
        ("syarat tingkat kematangan 3 untuk Penerapan Manajemen Pengetahuan", (26,), (3,)),
        ("kriteria level 2 sampai 4 indikator 12", (12,), (2, 4)),
        ("indikator 32-47 bagaimana menulisnya", (), ()),
        ("tugas walidata tingkat daerah dalam satu data", (), ()),
    ],
)
def test_indicators_by_number_and_name(
    references: References, text: str, indicators: tuple[int, ...], levels: tuple[int, ...]
) -> None:
    found = references.find(text)
    assert (found.indicators, found.levels) == (indicators, levels)


@pytest.mark.parametrize(
    ("text", "what", "extent"),
    [
        ("bunyi pasal 90 perpres 95 tahun 2018", "article", "Pasal 1-77"),
        ("kriteria tingkat 3 untuk indikator 50", "indicator", "Indikator 1-47"),
        ("kriteria tingkat 0 untuk indikator peta rencana", "level", "Level 1-5"),
        ("apa isi perpres 12 tahun 2031", "rule", ""),
    ],
)
def test_what_does_not_exist_is_known(references: References, text: str, what: str, extent: str) -> None:
    (absent,) = references.find(text).absent
    assert (absent.what, absent.extent) == (what, extent)
    assert absent.message.id != absent.message.en


def test_the_year_decides_the_instrument(references: References) -> None:
    assert references.find("indikator 36 level 0").absent != ()
    assert references.find("indikator 20 level 0", year=2019).absent == ()
    assert references.find("indikator 20", year=2019).instrument == "spbe-2018"


def test_a_year_tells_rules_of_one_number_apart(references: References) -> None:
    assert references.find("permenpanrb 5 tahun 2020").rules == ("permenpanrb-5-2020",)
    assert references.find("permenpanrb 5 tahun 2018").rules == ("permenpanrb-5-2018",)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("bobot indikator 42", "tabel-9"),
        ("berapa bobot aspek layanan publik", "tabel-8"),
        ("bobot domain 2 berapa", "tabel-7"),
    ],
)
def test_weights_are_asked_for_at_their_table(references: References, text: str, place: str) -> None:
    found = references.find(text)
    assert found.weights
    assert place in found.steps


def test_a_bare_question_names_nothing(references: References) -> None:
    found = references.find("siapa koordinator spbe pemerintah daerah")
    assert not found.exact
    assert found.rules == ()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("bobot domain 5 berapa", "Domain 5"),
        ("apa isi aspek 9 evaluasi spbe", "Aspek 9"),
        ("apa sanksi menurut uu pdp", "UU PDP"),
        ("pasal berapa uu ite yang mengatur itu", "UU ITE"),
        ("menurut permendagri 86 tahun 2017", "Permendagri 86 tahun 2017"),
    ],
)
def test_parts_and_laws_that_are_not_held_are_known_to_be_absent(references: References, text: str, asked: str) -> None:
    assert [absent.asked for absent in references.find(text).absent] == [asked]


@pytest.mark.parametrize(
    "text",
    ["bobot domain 4", "aspek 8", "uu apa yang jadi dasar perpres 95 tahun 2018", "isi peta proses bisnis level 0"],
)
def test_what_there_is_is_not_absent(references: References, text: str) -> None:
    assert references.find(text).absent == ()


def test_half_an_indicators_name_is_not_its_name(references: References) -> None:
    assert references.find("kriteria data yang boleh diusulkan").indicators == ()
    assert references.find("kriteria pusat data tingkat 3").indicators != ()


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("manajemen risiko level empat minta apa", (4,)),
        ("kriteria tingkat tertinggi manajemen risiko", (5,)),
        ("level paling rendah manajemen risiko seperti apa", (1,)),
        ("what is the highest level of manajemen risiko", (5,)),
        ("tingkat dua dari tiga tingkat manajemen risiko", ()),
    ],
)
def test_levels_in_words(references: References, text: str, levels: tuple[int, ...]) -> None:
    assert references.find(text).levels == levels


def test_a_level_outside_the_scale_of_a_named_indicator_is_absent(references: References) -> None:
    assert [absent.asked for absent in references.find("tingkat 0 layanan kepegawaian itu apa").absent] == ["Level 0"]
    assert references.find("apa isi peta proses bisnis level 0").absent == ()
