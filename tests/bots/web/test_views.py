"""The pages of figures in Chromium: no barrier, no overflow, no markup that somebody put into the data."""

from collections.abc import Iterator
from urllib.parse import quote_plus

import pytest
from browsing import Visit
from conftest import HOSTILE, HOSTILE_KOTA, HOSTILE_PROVINCE, Served
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

KOTA = "Kota+Bandar+Lampung"
PUBLIC = (
    f"/nilai?agency={KOTA}&year=2024",
    "/nilai",
    f"/rencana?agency={KOTA}&year=2024",
    "/rencana?agency=Kab.+Sumedang",
    f"/banding?agency={KOTA}&agency=Kota+Metro",
    "/banding?group=Jawa+Barat",
    f"/tren?agency={KOTA}",
    "/provinsi?group=Jawa+Barat",
    "/provinsi",
    "/pengetahuan",
    "/pengetahuan/perpres-132-2022",
    "/instrumen",
    "/instrumen/spbe-2020",
    "/instrumen/spbe-2020/11",
    "/masuk",
)
OWN = ("/akun", "/penilaian", "/penilaian/2022", "/penilaian/2022/indikator/11", "/penilaian/impor")


@pytest.fixture(scope="module")
def member(served: Served, browser: Browser) -> Iterator[str]:
    """A signed-in browser's cookies, of an agency that has begun a year."""
    visit = Visit(browser, 1280, 900)
    page = visit.page
    page.goto(f"{served.address}/masuk?kode={served.code('Kab. Garut', name=f'Sari {HOSTILE}')}")
    page.get_by_role("button", name="Masuk").click()
    page.goto(f"{served.address}/penilaian?lang=id")
    page.get_by_label("Tahun").select_option("2022")
    page.get_by_role("button", name="Mulai").click()
    page.wait_for_url("**/penilaian/2022?**")
    yield page.context.cookies()[0]["value"]
    visit.context.close()


def signed_in(visit: Visit, served: Served, token: str) -> None:
    visit.context.add_cookies([{"name": "spbe_session", "value": token, "url": served.address}])


@pytest.mark.parametrize(("width", "scheme", "language"), [(360, "light", "id"), (1280, "dark", "en")])
def test_every_page_fits_and_axe_finds_no_barrier(
    served: Served, browser: Browser, member: str, width: int, scheme: str, language: str
) -> None:
    visit = Visit(browser, width, 800, scheme)
    signed_in(visit, served, member)
    found = {}
    for path in (*PUBLIC, *OWN):
        visit.page.goto(served.address + path + ("&" if "?" in path else "?") + f"lang={language}")
        for summary in visit.page.locator("summary").all()[:12]:
            summary.click()
        problems = visit.barriers() + ([] if visit.fits() else ["wider than the window"])
        if problems:
            found[path] = problems
    visit.context.close()
    assert found == {}
    assert [said for said in visit.complaints if "422" not in said] == []


def test_the_pages_have_their_pictures(served: Served, desktop: Visit, phone: Visit) -> None:
    for visit, suffix in ((desktop, ""), (phone, "-phone")):
        for name, path in (("scorecard", PUBLIC[0]), ("comparison", PUBLIC[5]), ("trend", PUBLIC[6])):
            visit.page.goto(f"{served.address}{path}&lang=id")
            visit.picture(name + suffix)


def test_the_views_need_no_script(served: Served, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="id-ID")
    page = context.new_page()
    page.goto(f"{served.address}/nilai?lang=id")
    page.get_by_label("Instansi").fill("kota bandar lampung")
    page.get_by_role("button", name="Lihat").click()
    expect(page.locator(".big")).to_have_text("2,98")
    page.locator("main").get_by_role("link", name="Rencana", exact=True).click()
    page.get_by_label("Target:").fill("3,2")
    page.get_by_role("button", name="Hitung", exact=True).click()
    expect(page.locator(".facts")).to_contain_text("2,98")
    assert "target=3%2C2" in page.url
    context.close()


def test_printed_the_page_is_its_figures(served: Served, desktop: Visit) -> None:
    desktop.page.goto(f"{served.address}{PUBLIC[0]}&lang=id")
    desktop.page.emulate_media(media="print")
    expect(desktop.page.locator(".rooms")).to_be_hidden()
    expect(desktop.page.locator(".choose")).to_be_hidden()
    expect(desktop.page.locator(".big")).to_have_text("2,98")


def test_markup_that_somebody_stored_stays_text_everywhere(served: Served, desktop: Visit, member: str) -> None:
    page, base = desktop.page, served.address
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    signed_in(desktop, served, member)
    kota, province, bait = quote_plus(HOSTILE_KOTA), quote_plus(HOSTILE_PROVINCE), quote_plus(HOSTILE)
    form = f"{base}/penilaian/2022/indikator/11?lang=id"
    page.goto(form)
    page.get_by_label("Catatan").fill(HOSTILE)
    page.get_by_label("Penanggung jawab").fill(HOSTILE)
    expect(page.locator("#saved")).to_have_text("Tersimpan")
    name = 'x" onload="top.hit=5.pdf'
    page.locator("#berkas").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    page.get_by_role("button", name="Unggah").click()
    expect(page.locator(".files")).to_contain_text("onload=")
    expect(page.locator(".who")).to_contain_text("<img src=x")
    for path in (
        "/penilaian/2022",
        "/penilaian/2022/riwayat",
        f"/nilai?agency={kota}",
        f"/nilai?agency={bait}",
        f"/rencana?agency={kota}&target={bait}&b1.2={bait}",
        f"/banding?agency={kota}&agency=Kota+Metro",
        f"/banding?group={province}",
        f"/tren?agency={kota}&node={bait}",
        f"/provinsi?group={province}",
        f"/provinsi?group={bait}",
        f"/masuk?kode={bait}&lalu={bait}",
        f"/pengetahuan/{bait}",
        f"/instrumen/{bait}",
    ):
        page.goto(base + path + ("&" if "?" in path else "?") + "lang=id")
        assert page.locator("main img, main script, main svg[onload]").count() == 0, path
    for question in (
        f"kenapa indeks {HOSTILE_KOTA} rendah?",
        "apa isi pasal 1 perwali 99 tahun 2099?",
        f"bandingkan {HOSTILE_KOTA} dengan Kota Metro",
    ):
        page.goto(f"{base}/?lang=id&agency={kota}&year=2024&q={quote_plus(question)}")
        expect(page.locator(".answer")).to_have_attribute("aria-busy", "false", timeout=30_000)
        if page.locator(".chip").count():
            page.locator(".chip").first.click()
            expect(page.get_by_role("dialog")).to_be_visible()
        assert page.locator("main img, main script, dialog img, dialog script").count() == 0
    assert page.evaluate("window.hit") is None
    assert dialogs == []
    assert [said for said in desktop.complaints if "policy" in said.lower()] == []
