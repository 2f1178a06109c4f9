"""The demo portal of examples/portal embeds the chat, in real Chromium, from another origin."""

import importlib.util
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe
from playwright import sync_api
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.records.models import Feedback
from bots.web.app import create_app
from bots.web.bearer import bearers
from bots.web.portal.portal import Portals
from bots.web.portal.sites import Sites
from bots.web.records import Records
from tests.bots.gateway.conftest import OWN, SELF_YEAR, House, served

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[3]
IMAGES = ROOT / "docs" / "images"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
SECRET = "portal-secret-of-at-least-32-bytes!"
LAUNCH = "Tanya SPBE"
Portal = Callable[..., str]


@pytest.fixture(scope="module")
def example() -> ModuleType:
    """The portal of the example, as its file has it."""
    spec = importlib.util.spec_from_file_location("portal", ROOT / "examples" / "portal" / "portal.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def tanya(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of Tanya SPBE and the folder of its list of sites."""
    folder = tmp_path_factory.mktemp("sites")
    (folder / "portal.secret").write_text(SECRET)
    assistant = house.installation.assistant
    portals = Portals.of(assistant, Sites(folder))
    bearer, records = bearers(house.installation.engine, portals.asker), Records.of(house.installation)
    app = create_app(assistant, records=records, bearer=bearer, portals=portals)
    with served(app) as address:
        yield address, folder


@pytest.fixture
def portal(tanya: tuple[str, Path], example: ModuleType) -> Iterator[Portal]:
    """Starts a portal; ``listed`` is whether Tanya SPBE lists its origin."""
    address, folder = tanya
    started = []

    def start(role: str | None = None, secret: str = SECRET, listed: bool = True, **site: object) -> str:
        server = example.portal(0, address, secret, role)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        started.append(server)
        origin = f"http://localhost:{server.server_port}"  # another site than 127.0.0.1 to the browser
        entry = {
            "id": "kota-contoh",
            "origins": [origin if listed else "https://portal.example"],
            "agencies": [OWN],
            "issuer": "https://portal.kota-contoh.example",
            "audience": "tanya-spbe",
            "secret_file": "portal.secret",
            **site,
        }
        (folder / "sites.yaml").write_text(yaml.safe_dump([entry]))
        return origin

    yield start
    for server in started:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[sync_api.Browser]:
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing, and CI must see the frame: apt-get install chromium")
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@contextmanager
def visiting(browser: sync_api.Browser, address: str, width: int = 1280, height: int = 900) -> Iterator[sync_api.Page]:
    """A page on the portal; what the browser complains about is kept in ``page.complaints``."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="id-ID", reduced_motion="reduce", color_scheme="light"
    )
    context.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error('policy', e.violatedDirective, e.blockedURI))"
    )
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(address)
    yield page
    context.close()


def ask(page: sync_api.Page, question: str) -> sync_api.Locator:
    frame = page.frame_locator("iframe")
    frame.get_by_label("Pertanyaan Anda").fill(question)
    frame.get_by_role("button", name="Tanya", exact=True).click()
    answer = frame.locator(".answer").last
    sync_api.expect(answer).to_have_attribute("aria-busy", "false", timeout=30_000)
    return answer


def test_a_visitor_of_the_portal_opens_it_asks_and_closes_it_by_keyboard(
    browser: sync_api.Browser, portal: Portal, tanya: tuple[str, Path]
) -> None:
    with visiting(browser, portal()) as page:
        launcher = page.get_by_role("button", name=LAUNCH)
        sync_api.expect(launcher).to_have_attribute("aria-expanded", "false")
        assert page.locator("iframe").count() == 0  # nothing of ours is loaded before it is wanted
        launcher.focus()
        page.keyboard.press("Enter")
        sync_api.expect(launcher).to_have_attribute("aria-expanded", "true")
        frame = page.locator("iframe")
        assert frame.get_attribute("title") == "Obrolan Tanya SPBE"
        assert "allow-top-navigation" not in frame.get_attribute("sandbox")
        assert frame.get_attribute("src").startswith(f"{tanya[0]}/embed/kota-contoh?")
        sync_api.expect(page.get_by_role("heading", name="dijawab mesin")).to_be_visible()
        field = page.frame_locator("iframe").get_by_label("Pertanyaan Anda")
        sync_api.expect(page.frame_locator("iframe").locator("#question:focus")).to_be_visible()
        page.keyboard.type("kenapa domain 2 kami rendah?")
        page.keyboard.press("Enter")
        answer = page.frame_locator("iframe").locator(".answer").last
        sync_api.expect(answer).to_have_attribute("aria-busy", "false", timeout=30_000)
        sync_api.expect(answer).to_contain_text("2,40")
        sync_api.expect(answer.locator(".sources")).to_be_visible()
        sync_api.expect(page.frame_locator("iframe").locator(".framed-notice")).to_contain_text("Dijawab mesin")
        IMAGES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=IMAGES / "portal.png")

        chip = answer.locator(".chip").first
        chip.click()
        dialog = page.frame_locator("iframe").get_by_role("dialog")
        sync_api.expect(dialog).to_be_visible()
        page.keyboard.press("Escape")
        sync_api.expect(dialog).to_be_hidden()
        sync_api.expect(launcher).to_have_attribute("aria-expanded", "true")  # one Escape, one thing closed
        page.keyboard.press("Escape")
        sync_api.expect(launcher).to_have_attribute("aria-expanded", "false")
        sync_api.expect(launcher).to_be_focused()
        page.keyboard.press("Enter")
        sync_api.expect(answer).to_be_visible()  # the conversation is still there
        page.keyboard.type("lagi")
        sync_api.expect(field).to_have_value("lagi")
        page.get_by_role("button", name="Tutup", exact=True).click()
        sync_api.expect(launcher).to_be_focused()
        assert page.complaints == []


@pytest.mark.parametrize("role", [None, "staff"])
def test_a_thumb_in_the_frame_is_kept_without_a_name(
    browser: sync_api.Browser, portal: Portal, house: House, role: str | None
) -> None:
    asked = f"apa isi pasal 6 perpres 95 tahun 2018? ({role})"
    with visiting(browser, portal(role), 360, 740) as page:
        page.get_by_role("button", name=LAUNCH).click()
        answer = ask(page, asked)
        answer.get_by_role("button", name="Tidak membantu", exact=True).click()
        answer.get_by_label("Alasan").fill("Pasalnya keliru")
        assert page.frames[1].evaluate("document.documentElement.scrollWidth <= innerWidth")
        with page.expect_response("**/api/v1/feedback*") as kept:
            answer.get_by_role("button", name="Kirim", exact=True).click()
        assert kept.value.status == 201
        assert kept.value.request.headers["tanya-site"] == "kota-contoh"
        sync_api.expect(answer.locator(".feedback").get_by_role("status")).to_contain_text("Terima kasih")
        assert page.complaints == []
    with Session(house.installation.engine) as session:
        (row,) = session.scalars(select(Feedback).where(Feedback.question == asked))
    assert (row.channel, row.account_id, row.helpful, row.reason) == ("web", None, False, "Pasalnya keliru")
    assert any("Pasal 6" in line for line in row.evidence["citations"])


def test_markup_in_what_a_portal_or_its_visitor_says_stays_text(browser: sync_api.Browser, portal: Portal) -> None:
    bait = '<img src=x onerror="top.hit=1"><script>top.hit=2</script>'
    with visiting(browser, portal()) as page:
        page.evaluate(
            """bait => {
                const old = document.querySelector("script[data-site]");
                const tag = document.createElement("script");
                Object.assign(tag.dataset, old.dataset, { label: bait, agency: bait });
                tag.src = old.src;
                document.head.append(tag);
            }""",
            bait,
        )
        page.get_by_role("button", name="<img src=x").click()
        ask(page, f"kenapa {bait} rendah?")
        frame = page.frame_locator("iframe")
        sync_api.expect(frame.locator(".asked")).to_contain_text("<img src=x")
        sync_api.expect(frame.get_by_role("alert")).to_contain_text("onerror")
        assert frame.locator("main img, main script").count() == 0
        assert page.evaluate("window.hit") is None
        assert [said for said in page.complaints if "policy" in said.lower()] == []


def test_on_a_phone_it_fills_the_screen(browser: sync_api.Browser, portal: Portal) -> None:
    with visiting(browser, portal(), 360, 740) as page:
        page.get_by_role("button", name=LAUNCH).click()
        ask(page, "kenapa domain 2 kami rendah?")
        assert page.locator(".panel").bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 740}
        inside = page.frames[1]
        assert inside.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.screenshot(path=IMAGES / "portal-phone.png")
        close = page.get_by_role("button", name="Tutup", exact=True)
        assert close.bounding_box()["width"] >= 44
        close.click()
        sync_api.expect(page.locator(".panel")).to_be_hidden()
        assert page.complaints == []


def test_the_portals_staff_asks_as_staff(browser: sync_api.Browser, portal: Portal) -> None:
    with visiting(browser, portal("staff")) as page:
        page.get_by_role("button", name=LAUNCH).click()
        answer = ask(page, f"berapa indeks penilaian mandiri kami tahun {SELF_YEAR}?")
        sync_api.expect(answer).to_contain_text("3,00")
        sync_api.expect(page.frame_locator("iframe").locator("#asking-as")).to_contain_text("akun portal")
        assert page.complaints == []


def test_a_forged_handover_asks_as_a_visitor_and_says_so(browser: sync_api.Browser, portal: Portal) -> None:
    with visiting(browser, portal("staff", secret="forged-secret-of-at-least-32-bytes")) as page:
        page.get_by_role("button", name=LAUNCH).click()
        answer = ask(page, f"berapa indeks penilaian mandiri kami tahun {SELF_YEAR}?")
        sync_api.expect(answer).not_to_contain_text("3,00")
        sync_api.expect(page.frame_locator("iframe").locator("#asking-as")).to_contain_text("tidak diterima")


def test_a_page_that_is_not_listed_cannot_frame_it(browser: sync_api.Browser, portal: Portal) -> None:
    with visiting(browser, portal(listed=False)) as page:
        page.get_by_role("button", name=LAUNCH).click()
        page.wait_for_timeout(1500)
        assert page.frame_locator("iframe").get_by_label("Pertanyaan Anda").count() == 0
        assert any("frame-ancestors" in said for said in page.complaints)


def test_a_paused_site_says_that_it_rests(browser: sync_api.Browser, portal: Portal) -> None:
    with visiting(browser, portal(paused=True)) as page:
        page.get_by_role("button", name=LAUNCH).click()
        frame = page.frame_locator("iframe")
        sync_api.expect(frame.get_by_role("alert")).to_contain_text("dihentikan sementara")
        assert frame.get_by_label("Pertanyaan Anda").count() == 0


def test_axe_finds_no_barrier_in_the_launcher_and_the_frame(browser: sync_api.Browser, portal: Portal) -> None:
    with visiting(browser, portal()) as page:
        page.get_by_role("button", name=LAUNCH).click()
        ask(page, "kenapa domain 2 kami rendah?")
        for where in page.frames:
            rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
            found = Axe().run(where, options={**rules, "iframes": False}).response["violations"]
            assert [f"{one['id']}: {one['nodes'][0]['html']}" for one in found] == []
