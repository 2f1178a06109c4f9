"""Every route of the app, asked by everybody: what is not published reaches those it belongs to and nobody else.

The tables of rules are checked against the app's own routes, mounts and MCP tools: a new one without a rule fails.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from assistant.conversation import InMemoryConversations, Memory
from assistant.permissions import Asker
from assistant.records.api_keys import create_key, revoke_key
from assistant.records.database import open_database
from assistant.records.invitations import invite
from assistant.records.models import Account, now
from assistant.records.sessions import WebSession
from assistant.service import Assistant
from bots.telegram.mailbox import Mailbox
from bots.telegram.webhook import webhook
from bots.web.app import create_app
from bots.web.bearer import bearers
from bots.web.portal.portal import Portals
from bots.web.portal.sites import Sites
from bots.web.portal.visitor_tokens import VisitorTokens
from bots.web.records import Records
from bots.web.session_cookie import PLAIN
from scoring import Assessment, score

if TYPE_CHECKING:
    from bots.assembly import Installation

OWN, OTHER, FAR = "Kota Bandar Lampung", "Kota Metro", "Provinsi Jawa Barat"
YEAR = 2025
NOTE, OWNER, FILE = "CATATAN-RAHASIA-7731", "PEMILIK-RAHASIA-7731", "berkas-rahasia-7731.pdf"
LEVELS = {number: 4 if number % 3 else 2 for number in range(1, 48)} | {17: 5, 23: 1}
CARD = score(Assessment(agency=f"Pemerintah {OWN}", year=YEAR, stage="self", levels=LEVELS))
assert CARD.index_exact is not None
FIGURES = (CARD.index_exact, CARD.index_exact.replace(".", ","), f"{YEAR} self")
"""What tells that somebody has seen the submitted self-assessment: its exact index, or its name as a source."""
PAPERS = (NOTE, OWNER, FILE)
"""What tells that somebody has seen the form: note, owner, name of a file."""

VISITORS = ("visitor", "expired session", "forged cookie", "closed account")
REFUSED = (
    "key, revoked", "key, forged", "portal, expired", "portal, forged", "portal, other site", "portal, no site",
    "portal, no token",
)  # fmt: skip
"""Who shows a token that is not accepted: 401 wherever tokens are read, and never a visitor instead."""
BY_TOKEN = {"key, own", "key, other", "portal staff, own", "portal staff, other", "portal coordinator, own",
            "portal visitor, own", *REFUSED}  # fmt: skip
SEE_FIGURES = {
    "staff, own", "head, own", "coordinator, own", "operator", "key, own", "portal staff, own",
    "portal coordinator, own",
}  # fmt: skip
SEE_PAPERS = {"staff, own", "head, own"}
CALLERS = (
    *VISITORS, *REFUSED, "staff, other", "head, other", "coordinator, other", "key, other", "portal visitor, own",
    "portal staff, other", "portal staff, own", "portal coordinator, own",
    "coordinator, own", "operator", "key, own", "head, own", "staff, own",
)  # fmt: skip
DOORS = ("/api/v1/", "/v1/", "/mcp")
"""Where a token says who asks; pages know people by their cookie."""


@dataclass(frozen=True)
class Rule:
    """What a route is asked, and who gets what.

    Attributes:
        ask: method, address and the rest of the request, with the secret's own names in it.
        kind: ``open`` to all; ``held``: found by those who may see the figures; ``person``: signed in, by cookie;
            ``member``: somebody of an agency, by cookie; ``telegram``: Telegram alone, by its secret; ``tool``: of
            MCP, which tells refusals inside its answer.
        shows: whether the figures are in the answer of those who may see them.
        shows_papers: the same for note, owner and file.
        ends: the request ends what it is about; those it belongs to are not let ask it here.
    """

    ask: tuple[str, str, dict[str, Any]]
    kind: str = "open"
    shows: bool = False
    shows_papers: bool = False
    ends: bool = False

    @property
    def address(self) -> str:
        return self.ask[1]

    def sees(self, name: str) -> bool:
        """Whether somebody who may see the figures is known here as who they are."""
        if name not in SEE_FIGURES:
            return False
        by_token = self.address.startswith(DOORS)
        return by_token if name in BY_TOKEN else self.address != "/mcp"


def get(address: str, kind: str = "open", **flags: bool) -> Rule:
    return Rule(("GET", address, {}), kind, **flags)


def post(address: str, kind: str = "open", *, shows: bool = False, ends: bool = False, **request: Any) -> Rule:
    return Rule(("POST", address, request), kind, shows=shows, ends=ends)


RATES = dict.fromkeys(("per_visitor", "per_address", "per_site"), "10000/minute")
SITES = [
    {"id": "kota", "origins": ["http://localhost:9"], "agencies": [OWN], "province": "Lampung", **RATES},
    {"id": "lain", "origins": ["http://localhost:10"], "agencies": [OTHER], **RATES},
]
HELD = {"agency": OWN, "year": YEAR}
QUERY = "agency=Kota+Bandar+Lampung&year=2025"
FORM = "/penilaian/2025"
QUESTION = "berapa indeks kota bandar lampung tahun 2025?"
RULES = {
    "GET /": get(f"/?{QUERY}"),
    "POST /api/v1/chat": post("/api/v1/chat", json={"message": QUESTION}, shows=True),
    "POST /api/v1/feedback": post("/api/v1/feedback", json={"helpful": True, "question": QUESTION}),
    "GET /api/v1/search": get("/api/v1/search?q=CATATAN-RAHASIA-7731+bandar+lampung"),
    "GET /api/v1/passages/{passage_id:path}": get("/api/v1/passages/digest:perpres-95-2018%23pasal-6"),
    "POST /api/v1/score": post("/api/v1/score", "held", json=HELD, shows=True),
    "POST /api/v1/gaps": post("/api/v1/gaps", "held", json=HELD, shows=True),
    "POST /api/v1/plan": post("/api/v1/plan", "held", json={**HELD, "target": "Memuaskan"}, shows=True),
    "POST /api/v1/simulate": post("/api/v1/simulate", "held", json={**HELD, "set": {"11": 3}}, shows=True),
    "GET /api/v1/conversations/{conversation}": get("/api/v1/conversations/rahasia"),
    "DELETE /api/v1/conversations/{conversation}": Rule(("DELETE", "/api/v1/conversations/rahasia", {}), "open"),
    "GET /api/v1/agencies": get("/api/v1/agencies"),
    "GET /api/v1/agencies/{agency_id}/scorecards": get("/api/v1/agencies/kota-bandar-lampung/scorecards", shows=True),
    "GET /api/v1/trend": get("/api/v1/trend?agency=Kota+Bandar+Lampung", shows=True),
    "GET /api/v1/compare": get("/api/v1/compare?agency=Kota+Bandar+Lampung&agency=Kota+Metro&year=2024"),
    "GET /healthz": get("/healthz"),
    "GET /readyz": get("/readyz"),
    "POST /v1/chat/completions": post(
        "/v1/chat/completions",
        json={"model": "tanya-spbe", "messages": [{"role": "user", "content": QUESTION}]},
        shows=True,
    ),
    "GET /v1/models": get("/v1/models"),
    "GET /v1/models/{model}": get("/v1/models/tanya-spbe"),
    "GET /masuk": get("/masuk"),
    "POST /masuk": post("/masuk", data={"kode": "AAAA-BBBB-CCCC"}),
    "POST /keluar": post("/keluar", ends=True),
    "GET /akun": get("/akun", "person"),
    "POST /akun/kode": post("/akun/kode", "person"),
    "POST /akun/keluar-semua": post("/akun/keluar-semua", "person", ends=True),
    "GET /penilaian/impor": get("/penilaian/impor", "member"),
    "POST /penilaian/impor": post("/penilaian/impor", "member", files={"berkas": ("a.json", b"{}")}),
    "POST /penilaian/impor/{token}": post("/penilaian/impor/{token}", "member", ends=True),
    "GET /penilaian": get("/penilaian", "member"),
    "POST /penilaian": post("/penilaian", "member", data={"year": 2019}),
    "GET /penilaian/{year}": get(FORM, "member", shows_papers=True),
    "GET /penilaian/{year}/riwayat": get(f"{FORM}/riwayat", "member", shows_papers=True),
    "GET /penilaian/{year}/indikator/{number}": get(f"{FORM}/indikator/11", "member", shows_papers=True),
    "POST /penilaian/{year}/indikator/{number}": post(
        f"{FORM}/indikator/11", "member", data={"version": 1, "level": 5}, ends=True
    ),
    "POST /penilaian/{year}/kirim": post(f"{FORM}/kirim", "member", ends=True),
    "POST /penilaian/{year}/tarik": post(f"{FORM}/tarik", "member", ends=True),
    "POST /penilaian/{year}/indikator/{number}/bukti": post(
        f"{FORM}/indikator/11/bukti", "member", files={"berkas": ("b.pdf", b"%PDF-1.7")}, ends=True
    ),
    "GET /bukti/{evidence_id}": get("/bukti/{evidence}", "member", shows_papers=True),
    "POST /bukti/{evidence_id}/hapus": post("/bukti/{evidence}/hapus", "member", ends=True),
    "GET /nilai": get(f"/nilai?{QUERY}", "held", shows=True),
    "GET /laporan": get(f"/laporan?{QUERY}&to=xlsx", "held"),
    "GET /rencana": get(f"/rencana?{QUERY}", "held"),
    "GET /banding": get("/banding?agency=Kota+Bandar+Lampung&agency=Kota+Metro"),
    "GET /tren": get("/tren?agency=Kota+Bandar+Lampung"),
    "GET /provinsi": get("/provinsi?group=Lampung&year=2025&stage=self"),
    "GET /pengetahuan": get("/pengetahuan"),
    "GET /pengetahuan/{rule_id}": get("/pengetahuan/perpres-95-2018"),
    "GET /instrumen": get("/instrumen"),
    "GET /instrumen/{instrument_id}": get("/instrumen/spbe-2020"),
    "GET /instrumen/{instrument_id}/{number}": get("/instrumen/spbe-2020/11"),
    "GET /embed.js": get("/embed.js"),
    "GET /embed/{site}": get("/embed/kota"),
    "POST /embed/{site}/token": post("/embed/kota/token", json={}),
    "POST /telegram/updates": post("/telegram/updates", "telegram", json={"update_id": 1}),
}
MOUNTED = {
    "/api/openapi.json": get("/api/openapi.json"),
    "/static": get("/static/app.css"),
    "/mcp": get("/mcp"),
}
"""What is no route of FastAPI: mounted apps and plain routes."""


def tool(name: str, *, shows: bool = False, **arguments: Any) -> Rule:
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": name, "arguments": arguments}}
    return post("/mcp", "tool", json=call, headers={"Accept": "application/json, text/event-stream"}, shows=shows)


TOOLS = {
    "score": tool("score", agency=OWN, year=YEAR, shows=True),
    "gaps": tool("gaps", agency=OWN, year=YEAR, shows=True),
    "plan": tool("plan", agency=OWN, year=YEAR, target="Memuaskan", shows=True),
    "compare": tool("compare", agencies=[OWN, OTHER]),
    "search": tool("search", query=f"{NOTE} bandar lampung"),
    "rule": tool("rule", question=QUESTION, shows=True),
    "ask": tool("ask", question=QUESTION, shows=True),
}
TOKENLESS = [
    *MOUNTED.values(),
    *(rule for key, rule in RULES.items() if key.split()[1].startswith(("/embed", "/healthz", "/readyz", "/telegram"))),
    RULES["GET /"],
]
"""What is not about anybody, so that no token is read."""
ALL = {**RULES, **MOUNTED, **{f"MCP {name}": rule for name, rule in TOOLS.items()}}


@dataclass
class House:
    """An app over a library and records with one secret in it."""

    app: FastAPI
    records: Records
    portals: Portals
    running: TestClient
    own: TestClient = field(init=False)
    evidence: str = ""
    token: str = ""

    def caller(self, name: str) -> TestClient:
        """Somebody's client; one that is signed in has a session of its own."""
        client = TestClient(self.app, raise_server_exceptions=False, follow_redirects=False)
        client.portal = self.running.portal  # the loop in which the app lives
        client.headers["Origin"] = "http://testserver"
        kind, _, side = name.partition(", ")
        engine, register = self.records.holdings.engine, self.records.holdings.register
        agency = OWN if side == "own" else OTHER
        if kind.startswith("portal"):
            client.headers.update(self._portal(kind.removeprefix("portal").strip(), side))
            return client
        if name == "key, forged":
            client.headers["Authorization"] = f"Bearer spbe_{'A' * 43}"
            return client
        if kind == "key":
            number, key = create_key(engine, "matriks", "staff", register.find(OWN if side == "revoked" else agency))
            client.headers["Authorization"] = f"Bearer {key}"
            if side == "revoked":
                revoke_key(engine, number)
            return client
        if name == "visitor":
            return client
        if name == "forged cookie":
            client.cookies.set(PLAIN, "x" * 43)
            return client
        if kind == "coordinator":
            agency = "Provinsi Lampung" if side == "own" else FAR
        if side == "":
            agency = OWN
        client.post("/masuk", data={"kode": invite(engine, register.find(agency), _role(kind), name)})
        if kind in ("operator", "expired session", "closed account"):
            self._special(client, kind)
        return client

    def _portal(self, role: str, side: str) -> dict[str, str]:
        """The headers of a frame in a portal; without a role the token is of its own agency's staff, spoilt."""
        site = "lain" if side == "other" else "kota"
        register = self.records.holdings.register
        who = {
            "visitor": Asker(),
            "coordinator": Asker("coordinator", province="Lampung", through=f"{site}:rina"),
        }.get(role, Asker("staff", register.find(OTHER if side == "other" else OWN).id, through=f"{site}:sari"))
        token = self.portals.tokens.make(site, who)
        if side == "forged":
            token = VisitorTokens(b"k" * 64).make(site, who)
        elif side == "expired":
            claims = jwt.decode(token, options={"verify_signature": False})
            key = self.portals.sites.path(Path("visitor-tokens.key")).read_bytes()
            token = jwt.encode({**claims, "iat": claims["iat"] - 1000, "exp": claims["iat"] - 100}, key)
        headers = {"Tanya-Site": "lain" if side == "other site" else site, "Authorization": f"Bearer {token}"}
        if side == "no site":
            del headers["Tanya-Site"]
        elif side == "no token":
            del headers["Authorization"]
        return headers

    def _special(self, client: TestClient, kind: str) -> None:
        token = client.cookies[PLAIN]
        with Session(self.records.holdings.engine) as session, session.begin():
            account = session.query(Account).order_by(Account.id.desc()).first()
            assert account is not None
            if kind == "operator":
                account.role, account.agency_id = "operator", None
            elif kind == "closed account":
                account.active = False
            else:
                session.execute(
                    update(WebSession)
                    .where(WebSession.account_id == account.id)
                    .values(expires_at=now() - timedelta(1))
                )
        assert client.cookies[PLAIN] == token


def _role(kind: str) -> str:
    return kind if kind in ("staff", "head", "coordinator") else "staff"


@pytest.fixture(scope="module")
def house(installation: "Installation", sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(sample, folder / "spbe.sqlite")
    engine = open_database(f"sqlite:///{folder / 'spbe.sqlite'}")
    whole = Assistant(engine, installation.retriever, Memory(InMemoryConversations()))
    kept = Records(whole, folder, lambda _: None, lambda: installation.retriever)
    portals = Portals.of(whole, Sites(folder, json.dumps(SITES)))
    app = create_app(whole, records=kept, bearer=bearers(engine, portals.asker), portals=portals)
    app.include_router(webhook(lambda: Mailbox(engine, 1), "rahasia", lambda _: None))
    with TestClient(app) as running:
        yield _filled(House(app, kept, portals, running))
    engine.dispose()


def _filled(made: House) -> House:
    """The secret goes in as an official would put it in."""
    own = made.own = made.caller("staff, own")
    own.post("/penilaian", data={"year": YEAR})
    own.post(f"{FORM}/indikator/11/bukti", files={"berkas": (FILE, b"%PDF-1.7")})
    for number, level in LEVELS.items():
        texts = {"note": NOTE, "owner": OWNER} if number == 11 else {}
        own.post(f"{FORM}/indikator/{number}", data={"version": 0, "level": level, **texts})
    assert own.post(f"{FORM}/kirim").status_code == 303
    found = re.search(r"/bukti/([0-9a-f]{40})", own.get(f"{FORM}/indikator/11").text)
    assert found is not None
    made.evidence = found[1]
    report = own.post("/penilaian/impor", files={"berkas": ("a.json", _document())})
    token = re.search(r"/penilaian/impor/([0-9a-f]{32})", report.text)
    assert token is not None
    made.token = token[1]
    return made


def _document() -> bytes:
    levels = {str(number): level for number, level in LEVELS.items()}
    return json.dumps({"agency": OWN, "year": 2022, "stage": "internal", "levels": levels}).encode()


def routes(app: FastAPI) -> tuple[set[str], set[str]]:
    """All routes as "METHOD path", and what is mounted or plain."""
    declared: set[str] = set()
    other: set[str] = set()
    for route in app.routes:
        candidates: Callable[[], Any] | None = getattr(route, "effective_candidates", None)
        if candidates is None:
            other.add(route.path)  # type: ignore[attr-defined]
            continue
        for one in candidates():
            if one.methods:
                declared |= {f"{method} {one.path}" for method in one.methods if method != "HEAD"}
            else:  # a socket, or an app mounted in a router
                other.add(one.starlette_route.path)
    return declared, other


def test_every_route_mount_and_tool_has_a_rule_and_every_rule_one_of_them(house: House) -> None:
    declared, other = routes(house.app)
    assert declared == set(RULES)
    assert other == set(MOUNTED)
    ask = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    listed = house.caller("visitor").post("/mcp", json=ask, headers=TOOLS["ask"].ask[2]["headers"]).json()
    assert {one["name"] for one in listed["result"]["tools"]} == set(TOOLS)


def test_what_somebody_adds_is_seen() -> None:
    def nothing() -> None:
        pass

    app, router = FastAPI(openapi_url=None), APIRouter(prefix="/satu")
    router.add_api_route("/jalan", nothing, methods=["PUT"])
    router.add_api_websocket_route("/soket", nothing)
    router.mount("/tujuh", FastAPI())
    app.include_router(router)
    app.add_api_websocket_route("/soket", nothing)
    app.mount("/aplikasi", FastAPI())
    app.add_route("/polos", nothing)
    assert routes(app) == ({"PUT /satu/jalan"}, {"/satu/soket", "/aplikasi", "/soket", "/tujuh", "/polos"})


def test_what_is_not_published_reaches_nobody_it_does_not_belong_to(house: House) -> None:
    leaks: list[str] = []
    wrong: list[str] = []
    unseen = {name: {key for key, rule in ALL.items() if rule.shows and rule.sees(name)} for name in SEE_FIGURES}
    unseen_papers = {name: {key for key, rule in RULES.items() if rule.shows_papers} for name in SEE_PAPERS}
    for name in CALLERS:
        caller = house.caller(name)
        for key, rule in ALL.items():
            if rule.ends and (name in SEE_PAPERS or key in ("POST /keluar", "POST /akun/keluar-semua")):
                continue
            method, address, request = rule.ask
            address = address.replace("{evidence}", house.evidence).replace("{token}", house.token)
            answer = caller.request(method, address, **request)
            said = answer.text + "".join(answer.headers.values())
            if not _expected(rule, name, answer.status_code):
                wrong.append(f"{name}: {key}: {answer.status_code}")
            saw = [mark for mark in FIGURES if mark in said]
            if saw and name not in SEE_FIGURES:
                leaks.append(f"{name}: {key}: {saw}")
            if saw and name in unseen:
                unseen[name].discard(key)
            papers = [mark for mark in PAPERS if mark in said]
            if papers and name not in SEE_PAPERS:
                leaks.append(f"{name}: {key}: {papers}")
            if papers and name in unseen_papers:
                unseen_papers[name].discard(key)
    assert leaks == []
    assert wrong == []
    assert {name: keys for name, keys in unseen.items() if keys} == {}, "the markers must be seen by those who may"
    assert {name: keys for name, keys in unseen_papers.items() if keys} == {}


def _expected(rule: Rule, name: str, status: int) -> bool:
    if name in REFUSED and rule not in TOKENLESS:
        return status == 401
    if rule.kind == "telegram":
        return status == 403
    if rule.kind == "tool":
        return status == 200
    if rule.address == "/mcp":
        return status == 405  # the protocol is POST alone
    if rule.kind == "open":
        return status in (200, 201, 204, 303, 400, 422)
    if rule.kind == "held":
        return status == (200 if rule.sees(name) else 404)
    if name in VISITORS or name in BY_TOKEN:
        return status == 303
    if rule.kind == "person":
        return status in (200, 303)
    if name.startswith(("coordinator", "operator")):
        return status == 403
    return status in (200, 303, 404, 422)


def test_what_others_tried_has_changed_nothing(house: House) -> None:
    own = house.own
    before = own.get(f"{FORM}/riwayat").text
    for name in CALLERS:
        if name in SEE_PAPERS:
            continue
        caller = house.caller(name)
        for rule in RULES.values():
            if rule.ends:
                method, address, request = rule.ask
                address = address.replace("{evidence}", house.evidence).replace("{token}", house.token)
                caller.request(method, address, **request)
    assert own.get(f"{FORM}/riwayat").text == before
    assert own.get(f"/bukti/{house.evidence}").status_code == 200
    assert own.post(f"/penilaian/impor/{house.token}").status_code == 303
