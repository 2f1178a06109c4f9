"""An official's evening and a coordinator's look at the province, in real Chromium before ``spbe serve``."""

import re
from pathlib import Path

import pytest
from browsing import Visit
from conftest import Served
from openpyxl import Workbook
from playwright.sync_api import expect
from sqlalchemy import Engine

from assistant.permissions import OPERATOR
from assistant.records.drafts import Drafts
from assistant.records.holdings import Holdings
from scoring import load_instrument
from scoring.figures import exactly

pytestmark = pytest.mark.browser

KOTA, LAST_YEAR = "Kota Bandar Lampung", 2025


def sign_in(visit: Visit, served: Served, agency: str, role: str, name: str) -> None:
    page = visit.page
    page.goto(f"{served.address}/masuk?lang=id&kode={served.code(agency, role, name)}")
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def workbook(folder: Path, engine: Engine) -> Path:
    """Last year's self-assessment as an agency has it: the levels that were found in 2024, under a letterhead."""
    levels = Holdings(engine).assessment(KOTA, 2024, "external", OPERATOR).levels
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Penilaian"
    sheet.append(["PEMERINTAH KOTA BANDAR LAMPUNG"])
    sheet.append([f"Penilaian Mandiri SPBE Tahun {LAST_YEAR}"])
    sheet.append([])
    sheet.append(["No", "Indikator", "Nilai Mandiri"])
    for indicator in load_instrument("spbe-2020").indicators:
        sheet.append([indicator.number, indicator.name.id, int(levels[indicator.number])])
    path = folder / "penilaian-mandiri-2025.xlsx"
    book.save(path)
    return path


def test_the_evening_of_an_official(served: Served, desktop: Visit, tmp_path: Path) -> None:
    page, base = desktop.page, served.address
    sign_in(desktop, served, KOTA, "staff", "Sari Dewi")

    # last year's workbook: what was read is shown first
    page.get_by_role("link", name="Penilaian mandiri", exact=True).click()
    page.get_by_role("link", name="Pilih berkas").click()
    page.get_by_label("Berkas:").set_input_files(workbook(tmp_path, served.engine))
    page.get_by_role("button", name="Baca berkas").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Yang terbaca, belum disimpan")
    expect(page.locator(".step")).to_contain_text("2,98")
    desktop.picture("import")
    page.get_by_role("button", name="Ya, simpan").click()
    expect(page.locator("#standing")).to_contain_text("2,98")

    # two levels corrected in the form
    for number in (11, 12):
        page.goto(f"{base}/penilaian/{LAST_YEAR}/indikator/{number}?lang=id")
        expect(page.get_by_label("Tingkat 1", exact=False).first).to_be_checked()
        page.locator("#level-2").check()
        expect(page.locator("#saved")).to_have_text("Tersimpan")
    page.get_by_label("Catatan").fill("Perwali ditetapkan Desember 2025.")
    expect(page.locator("#saved")).to_have_text("Tersimpan")
    expect(page.locator("#standing")).to_contain_text("3,03")
    desktop.picture("self-assessment")
    page.goto(f"{base}/penilaian/{LAST_YEAR}?lang=id")
    page.get_by_role("button", name="Kirim penilaian").click()
    expect(page.get_by_text("Sudah dikirim pada")).to_be_visible()

    # why is domain 2 low, and where does it say so
    page.get_by_role("link", name="Tanyakan", exact=True).click()
    page.get_by_label("Pertanyaan Anda").fill("kenapa domain 2 kami rendah?")
    page.get_by_role("button", name="Tanya", exact=True).click()
    answer = page.locator(".answer").first
    expect(answer.locator(".foot")).to_be_visible(timeout=30_000)
    expect(answer).to_contain_text("2,60")
    answer.locator(".blocks .chip").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")

    # a suggestion leads on, and its answer to the plan
    answer.locator(".suggestion").filter(has_text=re.compile("rencana|langkah|naik", re.I)).first.click()
    second = page.locator(".answer").nth(1)
    expect(second.locator(".foot")).to_be_visible(timeout=30_000)
    second.get_by_role("link", name="Buka sebagai halaman").click()
    page.wait_for_url("**/rencana?**")
    before = page.locator("#plan-cost").inner_text()
    first = page.locator(".costs input[inputmode=decimal]").first
    priced = first.get_attribute("name")
    first.fill("40")
    page.get_by_role("button", name="Hitung ulang").click()
    assert f"{priced}=40" in page.url
    expect(page.locator(f"input[name='{priced}']")).to_have_value("40")
    assert page.locator("#plan-cost").inner_text() != before
    desktop.picture("plan")

    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    assert desktop.complaints == []
    assert desktop.hosts == {base.removeprefix("http://")}


def test_two_people_at_one_indicator_see_each_other(served: Served, desktop: Visit, phone: Visit) -> None:
    place = f"{served.address}/penilaian/2023/indikator/5?lang=id"
    sign_in(desktop, served, "Kota Metro", "staff", "Sari Dewi")
    sign_in(phone, served, "Kota Metro", "head", "Budi Santoso")
    desktop.page.goto(f"{served.address}/penilaian?lang=id")
    desktop.page.get_by_label("Tahun").select_option("2023")
    desktop.page.get_by_role("button", name="Mulai").click()
    desktop.page.goto(place)
    phone.page.goto(place)
    desktop.page.locator("#level-3").check()
    expect(desktop.page.locator("#saved")).to_have_text("Tersimpan")
    phone.page.get_by_label("Catatan").fill("isian Budi")
    phone.page.locator("#level-4").check()
    expect(phone.page.get_by_role("alert")).to_contain_text("Sari Dewi baru saja mengubah")
    expect(phone.page.get_by_label("Catatan")).to_have_value("isian Budi")
    phone.page.get_by_role("button", name="Pakai isian saya").click()
    expect(phone.page.locator("#saved")).to_have_text("Tersimpan")
    desktop.page.reload()
    expect(desktop.page.locator("#level-4")).to_be_checked()
    expect(desktop.page.get_by_label("Catatan")).to_have_value("isian Budi")
    assert phone.fits()


def test_a_coordinator_sees_where_the_province_is_weak(served: Served, desktop: Visit) -> None:
    for agency, level in (("Kab. Sumedang", 4), ("Kab. Garut", 2)):
        _submitted(served.engine, agency, level)
    page = desktop.page
    sign_in(desktop, served, "Provinsi Jawa Barat", "coordinator", "Rina Kartika")
    page.get_by_role("link", name="Provinsi", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jawa Barat")
    expect(page.locator(".steps")).to_contain_text("Dapat mengajari")
    desktop.picture("province")
    page.goto(f"{served.address}/provinsi?lang=id&group=Jawa+Barat&year={LAST_YEAR}&stage=self")
    expect(page.get_by_text("Memuat penilaian yang belum diterbitkan")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Kab. Sumedang"))).to_contain_text("4,00")
    page.goto(f"{served.address}/penilaian?lang=id")
    expect(page.get_by_role("alert")).to_be_visible()
    assert [said for said in desktop.complaints if "403" not in said] == []


def _submitted(engine: Engine, agency: str, level: int) -> None:
    drafts = Drafts(engine, OPERATOR, Holdings(engine).register.find(agency))
    drafts.begin(LAST_YEAR, "spbe-2020")
    drafts.fill(LAST_YEAR, {number: exactly(level) for number in range(1, 48)})
    drafts.submit(LAST_YEAR)
