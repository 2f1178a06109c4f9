"""Signing in by invitation: once, for a while, on this site only."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from assistant.permissions import VISITOR
from assistant.records.invitations import invite
from assistant.records.models import now
from assistant.records.sessions import LASTS, LONGEST, WebSession, signed_in
from bots.web.app import create_app
from bots.web.records import Records
from bots.web.session_cookie import PLAIN, SECURE

KOTA = "Kota Bandar Lampung"
Browsers = Callable[..., Any]


def code_for(records: Records, agency: str = KOTA, role: str = "staff", days: int = 7) -> str:
    return invite(records.holdings.engine, records.holdings.register.find(agency), role, "Sari", days)


def test_a_link_brings_the_code_along_and_only_the_button_uses_it(browser_of: Browsers, records: Records) -> None:
    browser, code = browser_of(), code_for(records)
    for _ in range(3):  # previews of the link in a chat
        assert f'value="{code}"' in browser.get("/masuk", params={"kode": code}).text
    assert browser.post("/masuk", data={"kode": code.lower()}).status_code == 303
    page = browser.get("/akun").text
    assert "Sari" in page
    assert KOTA in page
    assert browser_of().post("/masuk", data={"kode": code}).status_code == 422


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser_of: Browsers, records: Records) -> None:
    browser = browser_of()
    sent = browser.post("/masuk", data={"kode": code_for(records)}).headers["set-cookie"].lower()
    assert "httponly" in sent
    assert "samesite=lax" in sent
    assert "secure" not in sent
    over_tls = TestClient(browser.app, base_url="https://testserver", follow_redirects=False)
    sent = over_tls.post("/masuk", data={"kode": code_for(records)}, headers={"Origin": "https://testserver"}).headers[
        "set-cookie"
    ]
    assert sent.startswith(f"{SECURE}=")
    assert "secure" in sent.lower()


def test_only_the_hash_of_a_token_is_kept(browser_of: Browsers, records: Records) -> None:
    browser = browser_of(KOTA)
    token = browser.cookies[PLAIN]
    with Session(records.holdings.engine) as session:
        held = session.query(WebSession).one()
    assert token not in held.token_hash
    assert len(token) >= 40
    assert signed_in(records.holdings.engine, held.token_hash) is None


def test_the_chat_answers_as_the_person_who_is_signed_in(browser_of: Browsers, assistant: Any) -> None:
    browser = browser_of(KOTA, "head")
    assert browser.post("/api/v1/chat", json={"message": "berapa indeks kami?"}).status_code == 200
    asker = assistant.asked[-1][1]
    assert (asker.role, asker.agency_id) == ("head", "kota-bandar-lampung")
    browser_of().post("/api/v1/chat", json={"message": "berapa indeks kami?"})
    assert assistant.asked[-1][1] == VISITOR


def test_signing_out_ends_the_session_and_not_only_the_cookie(browser_of: Browsers) -> None:
    browser = browser_of(KOTA)
    token = browser.cookies[PLAIN]
    assert browser.post("/keluar").status_code == 303
    assert PLAIN not in browser.cookies
    browser.cookies.set(PLAIN, token)
    assert browser.get("/akun").headers["location"].startswith("/masuk?")


def test_a_session_ends_by_itself_and_a_used_one_goes_on_for_a_while(browser_of: Browsers, records: Records) -> None:
    browser, engine = browser_of(KOTA), records.holdings.engine

    def age(**values: Any) -> None:
        with Session(engine) as session, session.begin():
            session.execute(update(WebSession).values(**values))

    age(expires_at=now() + timedelta(days=1))
    assert browser.get("/akun").status_code == 200
    person = signed_in(engine, browser.cookies[PLAIN])
    assert person is not None
    assert person.expires_at > now() + LASTS - timedelta(days=1)
    age(created_at=now() - LONGEST + timedelta(hours=1), expires_at=now() + timedelta(hours=1))
    person = signed_in(engine, browser.cookies[PLAIN])
    assert person is not None
    assert person.expires_at < now() + timedelta(hours=2)
    age(expires_at=now() - timedelta(seconds=1))
    assert browser.get("/akun").status_code == 303


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC", "'; drop table accounts; --", "<script>alert(1)</script>"])
def test_a_wrong_code_opens_nothing_and_is_shown_as_text(browser_of: Browsers, code: str) -> None:
    browser = browser_of()
    answer = browser.post("/masuk", data={"kode": code})
    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers
    assert "<script>alert" not in answer.text
    assert "Kode itu tidak berlaku" in answer.text


def test_an_expired_code_opens_nothing(browser_of: Browsers, records: Records) -> None:
    assert browser_of().post("/masuk", data={"kode": code_for(records, days=-1)}).status_code == 422


@pytest.mark.parametrize(
    ("then", "goes_to"),
    [
        ("/penilaian/2025", "/penilaian/2025"),
        ("https://evil.example/", "/akun"),
        ("//evil.example/", "/akun"),
        ("/\\evil.example/", "/akun"),
        ("javascript:alert(1)", "/akun"),
        ("/x\r\nSet-Cookie: a=b", "/akun"),
    ],
)
def test_after_signing_in_one_stays_on_this_site(
    browser_of: Browsers, records: Records, then: str, goes_to: str
) -> None:
    answer = browser_of().post("/masuk", data={"kode": code_for(records), "lalu": then})
    assert answer.headers["location"].partition("?")[0] == goes_to


@pytest.mark.parametrize(
    "marks",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {"Origin": "http://testserver.evil.example"},
        {},
    ],
)
def test_a_foreign_or_unmarked_request_cannot_use_a_session(browser_of: Browsers, marks: dict[str, str]) -> None:
    browser = browser_of(KOTA)
    del browser.headers["Origin"]
    for path in ("/keluar", "/akun/kode", "/akun/keluar-semua"):
        assert browser.post(path, headers=marks).status_code == 403
    assert browser.post("/api/v1/chat", json={"message": "halo"}, headers=marks).status_code == 403
    assert browser.get("/akun").status_code == 200


def test_a_foreign_page_cannot_sign_somebody_in(browser_of: Browsers, records: Records) -> None:
    browser = browser_of()
    answer = browser.post("/masuk", data={"kode": code_for(records)}, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_programs_without_a_session_need_no_origin(client: TestClient) -> None:
    assert client.post("/api/v1/chat", json={"message": "halo"}).status_code == 200


def test_a_code_for_another_browser_is_for_the_same_person(browser_of: Browsers, assistant: Any) -> None:
    import re

    browser, other = browser_of(KOTA), browser_of()
    code = re.search(r"<code>([A-Z0-9-]{14})</code>", browser.post("/akun/kode").text)
    assert code is not None
    assert other.post("/masuk", data={"kode": code[1]}).status_code == 303
    for one in (browser, other):
        one.post("/api/v1/chat", json={"message": "halo"})
    assert assistant.asked[-1][1] == assistant.asked[-2][1]
    assert browser.post("/akun/keluar-semua").status_code == 303
    assert other.get("/akun").status_code == 303


def test_without_records_everybody_is_a_visitor(assistant: Any) -> None:
    bare = TestClient(create_app(assistant))
    assert bare.get("/masuk").status_code == 404
    assert "/masuk" not in bare.get("/").text


def test_every_page_says_who_is_signed_in(browser_of: Browsers) -> None:
    browser = browser_of(KOTA, name="Sari <b>Dewi</b>")
    page = browser.get("/").text
    assert "Sari &lt;b&gt;Dewi&lt;/b&gt;" in page
    assert "belum diterbitkan ikut dipakai" in page
