"""The pages of figures in Chromium: no barrier, no overflow, no markup that somebody put into the data."""

import io
from collections.abc import Iterator
from urllib.parse import quote_plus

import pytest
from browsing import Visit
from conftest import HOSTILE, HOSTILE_KOTA, HOSTILE_PROVINCE, Served
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

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


def _import_markup(page: Page, base: str) -> None:
    """A workbook whose name, sheet, headings, notes and levels are markup: the report shows all of it as text."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "<svg onload=top.hit=6>"
    sheet.append([f"Penilaian Mandiri SPBE Tahun 2021 {HOSTILE}"])
    sheet.append(["No", "Indikator", "Nilai Mandiri", f"Catatan {HOSTILE}", HOSTILE])
    sheet.append([1, HOSTILE, 2, HOSTILE, HOSTILE])
    sheet.append([2, f"Kebijakan {HOSTILE}", f"<b>{HOSTILE}", HOSTILE, HOSTILE])
    content = io.BytesIO()
    book.save(content)
    for name in ("<img src=x onerror=top.hit=7>.xlsx", "<svg onload=top.hit=8>.pdf"):
        page.goto(f"{base}/penilaian/impor?lang=id")
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content.getvalue()}
        page.get_by_label("Berkas:").set_input_files(file)  # type: ignore[arg-type]
        page.get_by_role("button", name="Baca berkas").click()
        expect(page.locator("main")).to_contain_text(name)
        assert page.locator("img, main script, svg[onload]").count() == 0


def states(visit: Visit, served: Served, language: str) -> Iterator[str]:
    """What a page looks like after something was done on it; the name of each state."""
    page, base = visit.page, served.address
    id_ = language == "id"
    page.goto(f"{base}/?lang={language}&agency=")
    page.locator("button[data-own]").first.click()
    expect(page.locator("#agency")).to_be_focused()
    yield "chat, an agency is asked for"
    page.goto(f"{base}/?lang={language}&agency=Kota+Lampung+Bandar&q=berapa+indeks+kami%3F")
    expect(page.get_by_role("alert")).to_be_visible(timeout=30_000)
    yield "chat, refused"
    page.goto(f"{base}/?lang={language}&agency={KOTA}&q=kenapa+domain+2+kami+rendah%3F")
    expect(page.locator(".foot")).to_be_visible(timeout=30_000)
    yield "chat, answered"
    page.locator(".thumb").last.click()
    page.locator(".feedback button[type=submit]").click()
    expect(page.locator(".feedback .said")).not_to_be_empty()
    yield "chat, thanked"
    page.locator(".chip").first.click()
    yield "chat, passage open"
    for path, button in (
        (f"/rencana?agency={KOTA}&target=9", None),
        ("/nilai?agency=Kota+Lampung", None),
        ("/masuk?kode=AAAA-BBBB-CCCC", "Masuk" if id_ else "Sign in"),
        ("/penilaian/2022/indikator/11", None),
        ("/penilaian/2022/riwayat", None),
        ("/penilaian/impor", "Baca berkas" if id_ else "Read the file"),
    ):
        page.goto(f"{base}{path}{'&' if '?' in path else '?'}lang={language}")
        if button is not None:
            page.locator("main").get_by_role("button", name=button, exact=True).click()
            page.wait_for_load_state()
        if "indikator" in path:
            page.route("**/penilaian/2022/indikator/11*", lambda route: route.abort())
            page.locator("#filling textarea").fill(f"{page.viewport_size} {language}")
            expect(page.locator("#saved")).not_to_be_empty()
        yield path
        if "indikator" in path:
            page.unroute("**/penilaian/2022/indikator/11*")
            page.reload()


@pytest.mark.parametrize(("width", "scheme", "language"), [(360, "dark", "id"), (640, "light", "en")])
def test_every_state_fits_and_axe_finds_no_barrier(
    served: Served, browser: Browser, member: str, width: int, scheme: str, language: str
) -> None:
    """640 px is a desktop of 1280 at 200 %."""
    visit = Visit(browser, width, 740, scheme)
    visit.page.on("dialog", lambda dialog: dialog.accept())
    signed_in(visit, served, member)
    found = {}
    for state in states(visit, served, language):
        if problems := visit.barriers() + ([] if visit.fits() else ["wider than the window"]):
            found[state] = problems
    visit.context.close()
    assert found == {}


def test_the_focus_is_always_to_be_seen(served: Served, browser: Browser, member: str) -> None:
    """Every place that Tab reaches has an outline, and lies in the window, not under what sticks to its edge."""
    visit = Visit(browser, 360, 740)
    signed_in(visit, served, member)
    hidden = {}
    for path in (f"/nilai?agency={KOTA}", f"/rencana?agency={KOTA}", "/penilaian/2022/indikator/11", "/akun", "/"):
        visit.page.goto(f"{served.address}{path}{'&' if '?' in path else '?'}lang=id")
        for _ in range(40):
            visit.page.keyboard.press("Tab")
            seen = visit.page.evaluate(
                """() => {
                    const one = document.activeElement;
                    if (one === document.body) return "end";
                    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
                    const { left, top, width, height } = one.getBoundingClientRect();
                    const there = document.elementFromPoint(left + width / 2, Math.min(top + height / 2, top + 20));
                    const shown = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 || boxShadow !== "none";
                    const free = one.contains(there) || there?.contains(one) || one.labels?.[0]?.contains(there);
                    return shown && free ? "" : `${one.outerHTML.slice(0, 80)} ${outlineStyle} ${free}`;
                }"""
            )
            if seen == "end":
                break
            if seen:
                hidden.setdefault(path, []).append(seen)
    visit.context.close()
    assert hidden == {}


def test_who_wants_no_motion_gets_none(served: Served, browser: Browser) -> None:
    visit = Visit(browser, 1280, 900)
    visit.page.goto(f"{served.address}/?lang=id&agency={KOTA}&q=kenapa+domain+2+kami+rendah%3F")
    expect(visit.page.locator(".foot")).to_be_visible(timeout=30_000)
    moving = visit.page.evaluate("document.getAnimations().length")
    smooth = visit.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
    visit.context.close()
    assert (moving, smooth) == (0, "auto")


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
        assert page.locator("img, main script, svg[onload]").count() == 0, path
        page.emulate_media(media="print")
        assert page.locator("main img, main script, main svg[onload]").count() == 0, path
        page.emulate_media(media="screen")
    _import_markup(page, base)
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
