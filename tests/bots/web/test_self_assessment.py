"""Filling in a self-assessment: saved as one goes, nothing lost, private, provable."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from assistant.records.draft_tables import Entry
from assistant.records.drafts import Conflict
from bots.waiting_files import WaitingFiles
from bots.web.records import Records

KOTA = "Kota Bandar Lampung"
Browsers = Callable[..., Any]
JSON = {"Accept": "application/json"}
PDF = b"%PDF-1.7\n%..."


@pytest.fixture
def sari(browser_of: Browsers) -> Any:
    browser = browser_of(KOTA)
    assert browser.post("/penilaian", data={"year": 2025}).status_code == 303
    return browser


def save(browser: Any, number: int, level: int | str, version: int = 0, **values: str) -> Any:
    data = {"version": version, "level": level, **values}
    return browser.post(f"/penilaian/2025/indikator/{number}", data=data, headers=JSON)


def test_each_save_answers_with_the_index_so_far(sari: Any) -> None:
    first = save(sari, 11, 3)
    assert first.json()["version"] == 1
    assert first.json()["standing"] == {
        "value": "1,05–4,95",
        "rating": "Kurang sampai Memuaskan",
        "complete": "1 dari 47 indikator terisi",
    }
    for number in range(1, 48):
        answer = save(sari, number, 3, version=1 if number == 11 else 0)
    assert answer.json()["standing"]["value"] == "3,00"
    assert answer.json()["standing"]["rating"] == "Baik"


def test_what_is_filled_in_stands_in_the_form_and_in_the_history(sari: Any) -> None:
    save(sari, 11, 2, note="Baris satu\r\nBaris dua", owner="Diskominfo")
    save(sari, 11, 3, version=1, note="Baris satu\nBaris dua", owner="Diskominfo")
    page = sari.get("/penilaian/2025/indikator/11").text
    assert 'id="level-3" value="3" checked' in page
    assert "Baris satu\nBaris dua</textarea>" in page
    assert 'value="Diskominfo"' in page
    history = sari.get("/penilaian/2025/riwayat").text
    assert re.search(r"Sari</strong> mengubah indikator 11: tingkat 2 → 3", history)
    assert "tingkat – → 2" in history


def test_two_people_at_one_indicator_lose_nothing(sari: Any, browser_of: Browsers) -> None:
    budi = browser_of(KOTA, name="Budi")
    save(sari, 11, 3, note="dari Sari")
    refused = save(budi, 11, 4, note="dari Budi")
    assert refused.status_code == 409
    error = refused.json()["error"]
    assert error["code"] == "changed_meanwhile"
    assert "Sari" in error["message"]
    assert error["details"] == {"level": "3", "note": "dari Sari", "owner": "", "version": 1}
    page = budi.post("/penilaian/2025/indikator/11", data={"version": 0, "level": 4, "note": "dari Budi"})
    assert page.status_code == 409
    assert "dari Budi</textarea>" in page.text
    assert "dari Sari" in page.text
    assert 'name="version" value="1"' in page.text
    assert save(budi, 11, 4, version=1, note="dari Budi").status_code == 200


def test_of_many_at_once_one_wins_and_the_others_are_told(records: Records, browser_of: Browsers) -> None:
    from concurrent.futures import ThreadPoolExecutor

    browser_of(KOTA).post("/penilaian", data={"year": 2025})
    from assistant.permissions import OPERATOR

    drafts = records.drafts(OPERATOR, records.holdings.register.find(KOTA))

    def one(level: int) -> str:
        try:
            drafts.save(2025, Entry(7, Fraction(level), f"catatan {level}"))
        except Conflict:
            return "told"
        return "won"

    with ThreadPoolExecutor(5) as pool:
        assert sorted(pool.map(one, range(1, 6))) == ["told"] * 4 + ["won"]
    assert len(drafts.history(2025, 7)) == 1


@pytest.mark.parametrize("level", ["6", "0", "2,5", "tinggi", "1e1", "999999999"])
def test_a_level_that_does_not_exist_is_refused_and_nothing_stored(sari: Any, level: str) -> None:
    refused = save(sari, 11, level)
    assert refused.status_code == 422
    assert refused.json()["error"]["code"] == "level_not_allowed"
    assert "Belum ada perubahan" in sari.get("/penilaian/2025/riwayat").text


def test_an_indicator_that_does_not_exist_is_not_found(sari: Any) -> None:
    assert save(sari, 48, 3).status_code == 404
    assert sari.get("/penilaian/2025/indikator/0").status_code == 404
    assert sari.get("/penilaian/2024").status_code == 404


def test_the_instrument_of_the_year_decides_what_a_level_is(browser_of: Browsers) -> None:
    browser = browser_of(KOTA)
    browser.post("/penilaian", data={"year": 2026})
    answer = browser.post("/penilaian/2026/indikator/3", data={"version": 0, "level": "3,25"}, headers=JSON)
    assert answer.status_code == 200
    assert 'value="3,25"' in browser.get("/penilaian/2026/indikator/3").text


def test_submitted_it_is_an_assessment_and_withdrawn_it_is_not(sari: Any) -> None:
    assert sari.post("/penilaian/2025/kirim").status_code == 422
    for number in range(1, 48):
        save(sari, number, 4)
    assert sari.post("/penilaian/2025/kirim").status_code == 303
    held = {"agency": KOTA, "year": 2025, "stage": "self"}
    assert "4,00" in sari.get("/nilai", params=held).text
    assert save(sari, 11, 5, version=1).json()["error"]["code"] == "submitted"
    assert sari.post("/penilaian/2025/tarik").status_code == 303
    assert sari.get("/nilai", params=held).status_code == 404
    assert save(sari, 11, 5, version=1).status_code == 200
    assert sari.post("/penilaian/2025/kirim").status_code == 303
    history = sari.get("/penilaian/2025/riwayat").text
    assert history.count("mengirim penilaian") == 2
    assert history.count("menarik penilaian kembali") == 1


def office(*parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return buffer.getvalue()


def upload(browser: Any, name: str, content: bytes) -> Any:
    files = {"berkas": (name, content, "application/octet-stream")}
    return browser.post("/penilaian/2025/indikator/11/bukti", files=files, headers=JSON)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bukti.pdf", PDF),
        ("foto.PNG", b"\x89PNG\r\n\x1a\n..."),
        ("foto.jpeg", b"\xff\xd8\xff\xe0..."),
        ("lembar.xlsx", office("xl/workbook.xml")),
        ("surat.docx", office("word/document.xml")),
    ],
)
def test_evidence_of_these_kinds_is_kept_and_given_back_to_be_saved(sari: Any, name: str, content: bytes) -> None:
    assert upload(sari, name, content).status_code == 303
    page = sari.get("/penilaian/2025/indikator/11").text
    link = re.search(r'href="(/bukti/[0-9a-f]{40})"', page)
    assert link is not None
    given = sari.get(link[1])
    assert given.content == content
    assert given.headers["content-disposition"].startswith("attachment")
    assert given.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in given.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bukti.pdf", b"<html><script>alert(1)</script>"),
        ("bukti.pdf", b""),
        ("bukti.png", PDF),
        ("bukti.html", b"<html>"),
        ("bukti.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("bukti.exe", b"MZ"),
        ("bukti", PDF),
        ("lembar.xlsx", office("xl/workbook.xml", "xl/vbaProject.bin")),
        ("lembar.xlsx", b"PK\x03\x04broken"),
        ("surat.docx", office("xl/workbook.xml")),
    ],
)  # fmt: skip
def test_evidence_that_is_not_what_it_says_is_refused(sari: Any, records: Records, name: str, content: bytes) -> None:
    refused = upload(sari, name, content)
    assert refused.status_code == 422
    assert refused.json()["error"]["code"] in ("file_kind", "file_size")
    assert not list(records.folder.glob("evidence/*"))
    assert "Belum ada berkas" in sari.get("/penilaian/2025/indikator/11").text


def test_too_large_a_file_is_refused(sari: Any) -> None:
    assert upload(sari, "besar.pdf", PDF + b"0" * (21 * 2**20)).status_code == 422
    assert upload(sari, "besar.pdf", PDF + b"0" * (26 * 2**20)).status_code == 413


def test_a_visitor_may_not_send_much(browser_of: Browsers) -> None:
    assert upload(browser_of(), "besar.pdf", PDF + b"0" * 2**20).status_code == 413


def test_a_file_is_named_by_us_on_disk_and_safely_on_the_page(sari: Any, records: Records) -> None:
    upload(sari, "../../<img src=x onerror=alert(1)>\u202efdp.pdf", PDF)
    kept = list((records.folder / "evidence").iterdir())
    assert [re.fullmatch(r"[0-9a-f]{40}", path.name) is not None for path in kept] == [True]
    page = sari.get("/penilaian/2025/indikator/11").text
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;fdp.pdf" in page


def test_evidence_is_for_the_agency_alone(sari: Any, browser_of: Browsers) -> None:
    upload(sari, "rahasia.pdf", PDF)
    link = re.search(r'href="(/bukti/[0-9a-f]{40})"', sari.get("/penilaian/2025/indikator/11").text)
    assert link is not None
    assert browser_of(KOTA, "head").get(link[1]).status_code == 200
    assert browser_of("Kota Metro").get(link[1]).status_code == 404
    assert browser_of("Provinsi Lampung", "coordinator").get(link[1]).status_code == 403
    assert browser_of().get(link[1]).status_code == 303
    assert browser_of("Kota Metro").post(f"{link[1]}/hapus").status_code == 404
    assert sari.post(f"{link[1]}/hapus").status_code == 303
    assert sari.get(link[1]).status_code == 404
    assert "menghapus berkas" in sari.get("/penilaian/2025/riwayat").text


def document(**values: Any) -> bytes:
    levels = {str(n): 3 for n in range(1, 48)} | {"11": 1}
    return json.dumps({"agency": KOTA, "year": 2025, "stage": "self", "levels": levels} | values).encode()


def read(browser: Any, content: bytes, name: str = "penilaian.json") -> Any:
    return browser.post("/penilaian/impor", files={"berkas": (name, content)})


def token_in(page: str) -> str:
    found = re.search(r'action="/penilaian/impor/([0-9a-f]{32})', page)
    assert found is not None
    return found[1]


def test_a_file_is_reported_before_anything_is_stored(browser_of: Browsers) -> None:
    browser = browser_of(KOTA)
    page = read(browser, document()).text
    assert "2025, penilaian mandiri" in page
    assert "47/47" in page
    assert browser.get("/penilaian/2025").status_code == 404
    assert browser.post(f"/penilaian/impor/{token_in(page)}").headers["location"].startswith("/penilaian/2025")
    assert 'id="level-1" value="1" checked' in browser.get("/penilaian/2025/indikator/11").text
    assert "mengimpor indikator 11" in browser.get("/penilaian/2025/riwayat").text
    assert browser.post(f"/penilaian/impor/{token_in(page)}").status_code == 404


def test_an_import_keeps_notes_and_owners(sari: Any) -> None:
    save(sari, 11, 2, note="catatan", owner="Bappeda")
    sari.post(f"/penilaian/impor/{token_in(read(sari, document()).text)}")
    page = sari.get("/penilaian/2025/indikator/11").text
    assert "catatan</textarea>" in page
    assert 'id="level-1" value="1" checked' in page


def test_other_stages_are_kept_as_private_records(browser_of: Browsers) -> None:
    browser = browser_of(KOTA)
    page = read(browser, document(year=2020, instrument="spbe-2018", levels={"1": 2}, stage="internal")).text
    browser.post(f"/penilaian/impor/{token_in(page)}")
    held = {"agency": KOTA, "year": 2020}
    assert "verifikasi internal" in browser.get("/nilai", params=held).text
    assert browser_of().get("/nilai", params=held).status_code == 404
    assert browser_of("Kota Metro").get("/nilai", params=held).status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (document(agency="Kota Metro"), "hanya penilaian Pemerintah Kota Bandar Lampung"),
        (document(levels={"11": 9}), "indikator 11"),
        (b"not json", "penilaian.json"),
        (b"", "penilaian.json"),
    ],
)
def test_a_file_that_cannot_be_used_says_why_and_leaves_nothing(
    browser_of: Browsers, records: Records, content: bytes, said: str
) -> None:
    answer = read(browser_of(KOTA), content)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Tidak ada yang disimpan" in answer.text
    assert not list(records.folder.glob("imports/*/*"))


def test_a_file_of_a_colleague_does_not_wait_for_me(browser_of: Browsers) -> None:
    token = token_in(read(browser_of(KOTA), document()).text)
    assert browser_of(KOTA, name="Budi").post(f"/penilaian/impor/{token}").status_code == 404


def test_no_file_waits_for_more_than_a_day(tmp_path: Path) -> None:
    import os
    import time

    waiting = WaitingFiles(tmp_path, 1)
    old, path = waiting.keep("a.json", b"{}")
    os.utime(path.parent, (time.time() - 90_000,) * 2)
    new, _ = waiting.keep("../b.json", b"{}")
    assert waiting.find(old) is None
    found = waiting.find(new)
    assert found is not None
    assert found.name == "b.json"
    assert waiting.find("../" + "0" * 29) is None


def test_nothing_is_imported_into_a_submitted_form(sari: Any) -> None:
    save(sari, 11, 3)
    sari.post("/penilaian/2025/kirim")
    answer = sari.post(f"/penilaian/impor/{token_in(read(sari, document()).text)}")
    assert answer.status_code == 422
    assert "Tarik kembali dulu" in answer.text
