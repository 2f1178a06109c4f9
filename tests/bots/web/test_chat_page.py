"""The chat page in real Chromium, before a freshly started ``spbe serve``."""

import httpx2
import pytest
from browsing import IMAGES, Visit
from conftest import Served
from playwright import sync_api
from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.records.models import Feedback

pytestmark = pytest.mark.browser

QUESTION = "kenapa domain 2 kami rendah?"


def test_an_official_picks_the_agency_asks_and_opens_a_citation(server: str, desktop: Visit) -> None:
    page = desktop.page
    page.goto(f"{server}/?lang=id")
    page.get_by_label("Instansi", exact=True).fill("Kota Bandar Lampung")
    page.get_by_label("Instansi", exact=True).press("Tab")
    page.get_by_label("Tahun").select_option("2024")
    page.get_by_label("Pertanyaan Anda").fill(QUESTION)
    page.get_by_role("button", name="Tanya", exact=True).click()

    answer = page.locator(".answer").first
    sync_api.expect(answer.locator(".foot")).to_be_visible(timeout=30_000)
    sync_api.expect(answer).to_contain_text("2,40")
    sync_api.expect(answer).to_contain_text("2,98")
    sync_api.expect(page.locator("#held")).to_contain_text("2,98")
    assert "q=kenapa" in page.url
    assert "year=2024" in page.url
    IMAGES.mkdir(parents=True, exist_ok=True)
    page.mouse.move(0, 0)
    page.screenshot(path=IMAGES / "chat.png")

    chip = answer.locator(".blocks .chip").first
    named = chip.get_attribute("aria-label")
    chip.click()
    dialog = page.get_by_role("dialog")
    sync_api.expect(dialog).to_be_visible()
    title, text = dialog.locator("h2").inner_text(), dialog.locator("#passage-text").inner_text()
    assert title in (named or "")
    assert len(text) > 40
    assert dialog.locator(".badge").count() >= 2
    page.keyboard.press("Escape")
    sync_api.expect(dialog).to_be_hidden()
    sync_api.expect(chip).to_be_focused()
    assert desktop.complaints == []
    assert desktop.hosts == {server.removeprefix("http://")}


def test_an_address_with_a_question_asks_it_and_a_suggestion_goes_on(server: str, phone: Visit) -> None:
    page = phone.page
    page.goto(f"{server}/?lang=id&agency=Kota+Bandar+Lampung&year=2024&q={QUESTION.replace(' ', '+')}")
    answer = page.locator(".answer").first
    sync_api.expect(answer.locator(".foot")).to_be_visible(timeout=30_000)
    sync_api.expect(answer).to_contain_text("2,40")
    assert phone.fits()
    page.screenshot(path=IMAGES / "chat-phone.png")

    suggestion = answer.locator(".suggestion").first
    asked = suggestion.inner_text()
    suggestion.click()
    sync_api.expect(page.locator(".turn")).to_have_count(2)
    sync_api.expect(page.locator(".turn").nth(1).locator(".foot")).to_be_visible(timeout=30_000)
    sync_api.expect(page.locator(".asked").nth(1)).to_contain_text(asked)
    for summary in page.locator(".answer summary").all():
        summary.click()
    assert phone.fits()
    assert phone.complaints == []


def test_a_conversation_is_deleted_where_it_was_held(server: str, phone: Visit) -> None:
    page = phone.page
    page.goto(f"{server}/?lang=id&agency=Kota+Bandar+Lampung&year=2024")
    sync_api.expect(page.get_by_role("button", name="Hapus percakapan ini")).to_be_hidden()
    page.get_by_label("Pertanyaan Anda").fill(QUESTION)
    with page.expect_request("**/api/v1/chat") as asked:
        page.get_by_role("button", name="Tanya", exact=True).click()
    sync_api.expect(page.locator(".answer .foot").first).to_be_visible(timeout=30_000)
    address = f"{server}/api/v1/conversations/{asked.value.post_data_json['conversation']}"
    assert len(httpx2.get(address).json()["turns"]) == 1
    assert phone.fits()
    page.get_by_role("button", name="Hapus percakapan ini").click()
    sync_api.expect(page.get_by_text("Percakapan terhapus.")).to_be_visible()
    sync_api.expect(page.locator(".turn")).to_have_count(0)
    sync_api.expect(page.locator("#welcome")).to_be_visible()
    assert httpx2.get(address).json()["turns"] == []
    assert phone.complaints == []


@pytest.mark.parametrize(
    ("language", "thumb", "reason", "send", "thanks"),
    [
        ("id", "Tidak membantu", "Alasan (boleh kosong)", "Kirim", "Terima kasih"),
        ("en", "Not helpful", "Reason (optional)", "Send", "Thank you"),
    ],
)
def test_a_thumb_and_a_reason_are_kept_with_what_the_answer_rested_on(
    served: Served, phone: Visit, language: str, thumb: str, reason: str, send: str, thanks: str
) -> None:
    page, asked = phone.page, f"apa isi pasal 6 perpres 95 tahun 2018? ({language})"
    page.goto(f"{served.address}/?lang={language}&q={asked.replace(' ', '+')}")
    section = page.locator(".feedback")
    sync_api.expect(section).to_be_visible(timeout=30_000)
    page.get_by_role("button", name=thumb, exact=True).focus()
    page.keyboard.press("Enter")
    sync_api.expect(page.get_by_label(reason)).to_be_focused()
    assert phone.fits()
    assert phone.barriers() == []
    page.route("**/api/v1/feedback*", lambda route: route.abort())
    page.keyboard.type("Pasalnya keliru")
    page.get_by_role("button", name=send, exact=True).click()
    sync_api.expect(section.get_by_role("status")).not_to_be_empty()
    page.unroute("**/api/v1/feedback*")
    with page.expect_response("**/api/v1/feedback*") as kept:
        page.get_by_role("button", name=send, exact=True).click()
    assert kept.value.status == 201
    sync_api.expect(section.get_by_role("status")).to_contain_text(thanks)
    assert section.get_by_role("button").count() == 0
    with Session(served.engine) as session:
        (row,) = session.scalars(select(Feedback).where(Feedback.question == asked))
    assert (row.channel, row.account_id, row.helpful, row.reason) == ("web", None, False, "Pasalnya keliru")
    assert any("Pasal 6" in line for line in row.evidence["citations"])
    assert row.evidence["intent"] == "rule"


def test_the_page_speaks_english_and_keeps_the_question(server: str, desktop: Visit) -> None:
    page = desktop.page
    page.goto(f"{server}/?lang=id&agency=Kota+Bandar+Lampung&year=2024&q=why+is+our+domain+2+low?")
    sync_api.expect(page.locator(".foot")).to_be_visible(timeout=30_000)
    page.get_by_role("link", name="English").click()
    sync_api.expect(page.locator(".foot")).to_be_visible(timeout=30_000)
    sync_api.expect(page.locator(".answer")).to_contain_text("2.40")
    assert page.locator("html").get_attribute("lang") == "en"
    assert desktop.complaints == []


def test_a_question_sent_before_the_scripts_are_there_is_asked_all_the_same(server: str, desktop: Visit) -> None:
    page = desktop.page
    page.route("**/static/main.js", lambda route: route.abort())
    page.goto(f"{server}/?lang=en", wait_until="domcontentloaded")
    page.get_by_label("Your question").fill("what does article 6 of perpres 95/2018 say?")
    page.unroute("**/static/main.js")
    page.get_by_role("button", name="Ask", exact=True).click()
    sync_api.expect(page.locator(".foot")).to_be_visible(timeout=30_000)
    assert page.locator("html").get_attribute("lang") == "en"
    sync_api.expect(page.locator(".sources")).to_contain_text("Pasal 6")


def test_the_keyboard_alone_is_enough(server: str, desktop: Visit) -> None:
    page = desktop.page
    page.goto(f"{server}/?lang=id")
    page.keyboard.press("Tab")
    sync_api.expect(page.get_by_role("link", name="Langsung ke pertanyaan")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("apa isi pasal 6 perpres 95 tahun 2018?")
    page.keyboard.press("Enter")
    sync_api.expect(page.locator(".foot")).to_be_visible(timeout=30_000)
    sync_api.expect(page.locator(".sources")).to_contain_text("Pasal 6")


def test_a_name_that_is_not_known_is_refused_with_names_that_are(server: str, phone: Visit) -> None:
    page = phone.page
    page.goto(f"{server}/?lang=id&agency=Kota+Lampung+Bandar&q=berapa+indeks+kami%3F")
    problem = page.get_by_role("alert")
    sync_api.expect(problem).to_be_visible(timeout=30_000)
    sync_api.expect(problem).to_contain_text("Pemerintah Kota Bandar Lampung")
    assert phone.fits()


def test_markup_in_a_question_or_a_name_stays_text(server: str, phone: Visit) -> None:
    page = phone.page
    bait = "%3Cimg+src%3Dx+onerror%3Dalert(1)%3E%3Cscript%3Ealert(2)%3C/script%3E"
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(f"{server}/?lang=id&q={bait}&agency={bait}")
    sync_api.expect(page.locator(".answer")).to_have_attribute("aria-busy", "false", timeout=30_000)
    assert page.locator("main img, main script").count() == 0
    sync_api.expect(page.locator(".asked")).to_contain_text("<img src=x")
    assert dialogs == []
    assert [said for said in phone.complaints if "policy" in said] == []


def test_a_lost_connection_offers_to_try_again(server: str, phone: Visit) -> None:
    page = phone.page
    page.goto(f"{server}/?lang=id")
    page.route("**/api/v1/chat", lambda route: route.abort())
    page.get_by_label("Pertanyaan Anda").fill("apa itu SPBE?")
    page.get_by_role("button", name="Tanya", exact=True).click()
    retry = page.get_by_role("button", name="Coba lagi")
    sync_api.expect(retry).to_be_visible()
    page.unroute("**/api/v1/chat")
    retry.click()
    sync_api.expect(page.locator(".foot")).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_barrier(server: str, browser: sync_api.Browser, width: int, scheme: str) -> None:
    visit = Visit(browser, width, 800, scheme)
    page = visit.page

    page.goto(f"{server}/?lang=id")
    assert visit.barriers() == []
    page.goto(f"{server}/?lang=id&agency=Kota+Bandar+Lampung&year=2024&q={QUESTION.replace(' ', '+')}")
    sync_api.expect(page.locator(".foot")).to_be_visible(timeout=30_000)
    for summary in page.locator(".answer summary").all():
        summary.click()
    assert visit.barriers() == []
    page.locator(".chip").first.click()
    assert visit.barriers() == []
    visit.context.close()
