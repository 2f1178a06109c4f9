"""Forms of rules beside laws and regulations with articles; all invented."""

import pytest

from ingest.documents import Document
from ingest.legal import ParsedRule, parse_rule
from ingest.pages import Page


def read(text: str) -> ParsedRule:
    return parse_rule(Document((Page.of(text),), "unduhan.txt", "0", "text"))


def locators(parsed: ParsedRule) -> list[str]:
    return [passage.locator for passage in parsed.passages]


QANUN = """QANUN ACEH
NOMOR 18 TAHUN 2027
TENTANG
PEMELIHARAAN MEUNASAH
BISMILLAHIRRAHMANIRRAHIM
DENGAN NAMA ALLAH YANG MAHA PENGASIH LAGI MAHA PENYAYANG
GUBERNUR ACEH,
Menimbang : a. bahwa meunasah perlu dipelihara;
Mengingat : 1. Undang-Undang Nomor 11 Tahun 2006;
MEMUTUSKAN:
Menetapkan : QANUN ACEH TENTANG PEMELIHARAAN MEUNASAH.
Pasal 1
Dalam Qanun ini yang dimaksud dengan:
1. Meunasah adalah balai gampong.
2. Imum adalah pengurus meunasah.
Pasal 2
(1) Imum memelihara meunasah.
(2) Imum melapor setiap tahun.
Pasal 3
Qanun ini mulai berlaku pada tanggal diundangkan.
Ditetapkan di Banda Aceh
PENJELASAN
ATAS
QANUN ACEH
NOMOR 18 TAHUN 2027
I. UMUM
Meunasah banyak yang rusak.
II. PASAL DEMI PASAL
Pasal 1
Cukup jelas.
Pasal 2
Ayat (1)
Cukup jelas.
Ayat (2)
Laporan disampaikan secara tertulis.
Pasal 3
Cukup jelas."""


def test_a_qanun_is_a_rule_of_its_own_and_not_the_law_it_rests_on() -> None:
    parsed = read(QANUN)
    assert (parsed.rule.id, parsed.rule.title) == ("qanun-aceh-18-2027", "Pemeliharaan Meunasah")
    assert {"Pasal 1 angka 2", "Pasal 2", "Pasal 3", "Penjelasan Pasal 2"} <= set(locators(parsed))
    assert "Penjelasan Pasal 3" not in locators(parsed)


def test_a_rule_of_an_unknown_kind_never_takes_the_name_of_its_legal_basis() -> None:
    parsed = read("MAKLUMAT KEPALA PASAR\nTENTANG JAM BUKA\nMengingat : 1. Undang-Undang Nomor 11 Tahun 2006;\nPasal 1\nPasar buka pagi.\nPasal 2\nPasar tutup sore.")  # fmt: skip  # noqa: E501
    assert "11" not in parsed.rule.id
    assert parsed.notes


DECISION = """KEPUTUSAN BUPATI CONTOH
NOMOR 45.2/KPTS/DISKOMINFO/2027
TENTANG
TIM PENATA KIOS
BUPATI CONTOH,
Menimbang : a. bahwa kios perlu ditata;
Mengingat : 1. Peraturan Bupati Contoh Nomor 3 Tahun 2026;
MEMUTUSKAN:
Menetapkan : KEPUTUSAN BUPATI TENTANG TIM PENATA KIOS.
{first} : Membentuk Tim Penata Kios dengan susunan dalam Lampiran.
KEDUA : Tim bertugas:
a. mendata kios;
b. menata letaknya.
KETIGA : Biaya dibebankan pada anggaran daerah.
KEEMPAT : Keputusan ini mulai berlaku pada tanggal ditetapkan.
Ditetapkan di Contoh
pada tanggal 3 Mei 2027
LAMPIRAN
KEPUTUSAN BUPATI CONTOH
NOMOR 45.2/KPTS/DISKOMINFO/2027
A. Susunan Tim
1. Ketua: Sekretaris Daerah
2. Anggota: Kepala Dinas Perdagangan"""


@pytest.mark.parametrize("first", ["KESATU", "PERTAMA"])
def test_a_decision_has_its_dicta(first: str) -> None:
    parsed = read(DECISION.format(first=first))
    assert parsed.rule.id == "kepbup-contoh-45-2-kpts-diskominfo-2027"
    dicta = [name for name in locators(parsed) if name.startswith("Diktum")]
    assert dicta == [f"Diktum {first}", "Diktum KEDUA", "Diktum KETIGA", "Diktum KEEMPAT"]
    (second,) = [p.text for p in parsed.passages if p.locator == "Diktum KEDUA"]
    assert second.splitlines()[1:] == ["a. mendata kios;", "b. menata letaknya."]
    assert "Ditetapkan" not in parsed.passages[locators(parsed).index("Diktum KEEMPAT")].text
    assert "Lampiran" in locators(parsed)[-1]


def test_words_such_as_kedua_in_a_text_with_articles_are_no_dicta() -> None:
    text = QANUN.replace("(2) Imum melapor setiap tahun.", "(2) Imum melapor.\nKESATU : catatan.\nKEDUA : catatan.")
    assert not any(name.startswith("Diktum") for name in locators(read(text)))


def test_an_amended_rule_without_a_place_is_of_the_same_place() -> None:
    parsed = read(
        "PERATURAN GUBERNUR JAWA TENGAH\nNOMOR 12 TAHUN 2027\nTENTANG\n"
        "PERUBAHAN ATAS PERATURAN GUBERNUR NOMOR 5 TAHUN 2026 TENTANG JEMBATAN\n"
        "DENGAN RAHMAT TUHAN YANG MAHA ESA\nGUBERNUR JAWA TENGAH,\nMEMUTUSKAN:\nPasal I\n"
        "Beberapa ketentuan diubah sebagai berikut:\n"
        "1. Di antara Pasal 12 dan Pasal 13 disisipkan 2 (dua) pasal, yakni Pasal 12A dan Pasal 12B sehingga "
        "berbunyi sebagai berikut:\nPasal 12A\nJembatan diperiksa.\nPasal 12B\nHasilnya diumumkan.\n"
        "2. Pasal 14 dihapus.\nPasal II\nPeraturan Gubernur ini mulai berlaku pada tanggal diundangkan.\n"
        "Ditetapkan di Semarang"
    )
    assert parsed.rule.amends == ("pergub-jawa-tengah-5-2026",)
    assert {"Pasal I angka 1 (Pasal 12A)", "Pasal I angka 1 (Pasal 12B)", "Pasal I angka 2", "Pasal II"} <= set(
        locators(parsed)
    )


@pytest.mark.parametrize(
    ("heading", "rule"),
    [
        ("PERATURAN DESA SUKAMAJU\nNOMOR 4 TAHUN 2027", "perdes-sukamaju-4-2027"),
        ("INSTRUKSI WALI KOTA CONTOH\nNOMOR 9 TAHUN 2027", "inwali-contoh-9-2027"),
        ("SURAT EDARAN BUPATI CONTOH\nNOMOR 500.12/17/2027", "se-bupati-contoh-500-12-17-2027"),
        ("KEPUTUSAN GUBERNUR JAWA BARAT\nNOMOR 188.44/OI-KEP/2027", "kepgub-jawa-barat-188-44-oi-kep-2027"),
        ("PERATURAN DAERAH KABUPATEN CONTOH\nNOMOR 1O TAHUN 2027", "perda-kab-contoh-10-2027"),
    ],
)
def test_the_identity_of_other_kinds(heading: str, rule: str) -> None:
    parsed = read(f"{heading}\nTENTANG\nPENATAAN TAMAN\nMenimbang : a. bahwa taman perlu ditata;\nTaman ditata.")
    assert (parsed.rule.id, parsed.rule.title) == (rule, "Penataan Taman")
