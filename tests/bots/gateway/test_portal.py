"""Who a portal's visitors are: tokens in and out of their time, site, signature and scope, over real HTTP."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx2
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from assistant.settings import Settings
from bots.web.app import create_app
from bots.web.bearer import bearers
from bots.web.limits import Limits
from bots.web.portal.handover import Handover
from bots.web.portal.portal import Portals
from bots.web.portal.sites import Site, Sites
from bots.web.portal.visitor_tokens import VisitorTokens
from scoring import RefusedInput
from tests.bots.gateway.conftest import OTHER, OWN, SELF_YEAR, House, served

SECRET = "portal-secret-of-at-least-32-bytes!"
PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ISSUER, AUDIENCE = "https://sso.kota.example", "tanya-spbe"
SITES = [
    {
        "id": "kota",
        "origins": ["http://localhost:9"],
        "agencies": [OWN],
        "province": "Lampung",
        "issuer": ISSUER,
        "audience": AUDIENCE,
        "secret_file": "kota.secret",
        "per_visitor": "5/minute",
        "per_address": "1000/minute",
        "per_site": "1000/minute",
    },
    {"id": "lain", "origins": ["http://localhost:10"], "daily_budget": 2, "per_address": "1000/minute"},
    {"id": "ramai", "origins": ["http://localhost:11"], "per_address": "3/minute"},
    {"id": "penuh", "origins": ["http://localhost:12"], "per_site": "3/minute"},
    {
        "id": "jwks",
        "origins": ["http://localhost:13"],
        "agencies": [OWN],
        "issuer": ISSUER,
        "audience": AUDIENCE,
        "jwks_url": "http://127.0.0.1:{port}/keys",
    },
]


def claims(**changed: Any) -> dict[str, Any]:
    now = int(time.time())
    said = {"iss": ISSUER, "aud": AUDIENCE, "sub": "u1", "exp": now + 300, "nbf": now, "role": "staff"}
    return {key: value for key, value in (said | changed).items() if value is not None}


def signed(key: Any = SECRET, algorithm: str = "HS256", headers: dict | None = None, **changed: Any) -> str:
    return jwt.encode(claims(**changed), key, algorithm=algorithm, headers=headers)


@dataclass
class Web:
    """The served app, asked as a browser frame would."""

    http: httpx2.Client
    portals: Portals

    def open(self, site: str = "kota", token: str | None = None) -> httpx2.Response:
        return self.http.post(f"/embed/{site}/token", json={} if token is None else {"token": token})

    def token(self, site: str = "kota", token: str | None = None) -> str:
        opened = self.open(site, token)
        assert opened.status_code == 200, opened.text
        return opened.json()["token"]

    def ask(self, token: str, site: str | None = "kota", message: str = "apa itu SPBE?") -> httpx2.Response:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers |= {"Tanya-Site": site} if site else {}
        return self.http.post("/api/v1/chat", json={"message": message}, headers=headers)


@pytest.fixture(scope="module")
def web(house: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Web]:
    folder = tmp_path_factory.mktemp("sites")
    (folder / "kota.secret").write_text(SECRET)
    with served(_keys()) as keys:
        sites = json.dumps(SITES).replace("http://127.0.0.1:{port}", keys)
        (folder / "sites.yaml").write_text(sites)
        assistant = house.installation.assistant
        portals = Portals.of(assistant, Sites(folder))
        app = create_app(assistant, bearer=bearers(house.installation.engine, portals.asker), portals=portals)
        with served(app) as at, httpx2.Client(base_url=at, timeout=20) as http:
            yield Web(http, portals)


def _keys() -> Any:
    """The portal's public keys, served."""
    from fastapi import FastAPI

    app = FastAPI()

    @app.get("/keys")
    def keys() -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(PRIVATE.public_key()))
        return {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}

    return app


def test_a_visitor_asks_with_a_token_of_the_site(web: Web) -> None:
    opened = web.open().json()
    assert opened["expires_in"] == 900
    assert opened["role"] == "visitor"
    assert web.ask(opened["token"]).status_code == 200
    read = jwt.decode(opened["token"], options={"verify_signature": False})
    assert read["exp"] - read["iat"] == 900


def test_the_portals_staff_sees_what_its_agency_keeps_and_no_other_does(web: Web) -> None:
    ask = f"berapa indeks penilaian mandiri kami tahun {SELF_YEAR}?"
    staff = web.ask(web.token(token=signed()), message=ask).json()
    assert staff["request"]["agency"] == OWN
    assert any(figure["value"] == "3.00" and str(SELF_YEAR) in figure["source"] for figure in staff["figures"])
    other = web.ask(web.token(token=signed()), message=f"berapa indeks {OTHER} tahun {SELF_YEAR}?").json()
    assert not any(str(SELF_YEAR) in figure["source"] for figure in other["figures"])
    visitor = web.ask(web.token(), message=f"berapa indeks {OWN} tahun {SELF_YEAR}?").json()
    assert not any(str(SELF_YEAR) in figure["source"] for figure in visitor["figures"])


def test_roles_are_mapped_within_the_portals_scope(web: Web) -> None:
    for role in ("staff", "head"):
        assert web.open(token=signed(role=role)).json()["agency"] == "kota-bandar-lampung"
        assert web.open(token=signed(role=role, agency=OWN)).json()["role"] == role
    assert web.open(token=signed(role="coordinator")).json()["role"] == "coordinator"
    assert web.open(token=signed(role=None)).json()["role"] == "visitor"


NOW = int(time.time())
REFUSED = {
    "forged": (lambda: signed("another-secret-of-at-least-32-bytes!"), "signature"),
    "expired": (lambda: signed(exp=NOW - 120), "expired"),
    "not yet": (lambda: signed(nbf=NOW + 600), "not_yet_valid"),
    "other audience": (lambda: signed(aud="another-service"), "audience"),
    "other issuer": (lambda: signed(iss="https://evil.example"), "issuer"),
    "no expiry": (lambda: signed(exp=None), "claims"),
    "no audience": (lambda: signed(aud=None), "claims"),
    "no subject": (lambda: signed(sub=None), "claims"),
    "valid for a day": (lambda: signed(exp=NOW + 86_400), "lifetime"),
    "unsigned": (lambda: jwt.encode(claims(), None, algorithm="none"), "algorithm"),
    "signature cut off": (lambda: signed().rpartition(".")[0] + ".", "signature"),
    "operator": (lambda: signed(role="operator"), "role"),
    "role of another kind": (lambda: signed(role=["staff"]), "role"),
    "another agency": (lambda: signed(agency=OTHER), "agency"),
    "agency of another kind": (lambda: signed(agency={"id": 1}), "agency"),
    "another province": (lambda: signed(role="coordinator", province="Jawa Barat"), "province"),
    "no token at all": (lambda: "x.y.z", "malformed"),
    "an API key": (lambda: "spbe_" + "A" * 43, "malformed"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_portals_token_that_is_not_right_is_refused(web: Web, case: str) -> None:
    make, reason = REFUSED[case]
    with pytest.raises(RefusedInput) as refused:  # the same code as over HTTP, without its limit of openings
        web.portals.handover.asker(web.portals.sites.find("kota"), make())
    assert refused.value.code == "token_not_accepted"
    assert refused.value.details["reason"] == reason


def test_a_refused_token_is_401_with_the_reason(web: Web) -> None:
    refused = web.open(token=signed(exp=NOW - 120))
    assert refused.status_code == 401
    assert refused.json()["error"]["code"] == "token_not_accepted"
    assert refused.json()["error"]["details"] == {"reason": "expired"}


def test_a_portal_that_hands_over_nobody_takes_no_token(web: Web) -> None:
    refused = web.open("lain", signed())
    assert refused.json()["error"]["details"] == {"reason": "no_handover"}


def test_public_keys_are_fetched_and_only_their_algorithms_count(web: Web) -> None:
    site = web.portals.sites.find("jwks")
    read: Handover = web.portals.handover
    assert read.asker(site, signed(PRIVATE, "RS256", {"kid": "one"})).agency_id == "kota-bandar-lampung"
    public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(PRIVATE.public_key()))["n"]
    for token, reason in [
        (signed(STRANGER, "RS256", {"kid": "one"}), "signature"),
        (signed(STRANGER, "RS256", {"kid": "two"}), "signature"),
        (signed(PRIVATE, "RS512", {"kid": "one"}), "algorithm"),
        (signed(public, "HS256", {"kid": "one"}), "algorithm"),
    ]:
        with pytest.raises(RefusedInput) as refused:
            read.asker(site, token)
        assert refused.value.details["reason"] == reason


def test_a_visitor_token_is_good_for_its_site_and_time_alone(web: Web) -> None:
    token = web.token()
    forged = VisitorTokens(b"k" * 64).make("kota", web.portals.tokens.read("kota", token))
    theirs = web.token("lain")
    key = web.portals.sites.path(Path("visitor-tokens.key")).read_bytes()
    read = jwt.decode(token, options={"verify_signature": False})
    expired = jwt.encode({**read, "iat": NOW - 1000, "exp": NOW - 100}, key, algorithm="HS256")
    unsigned = jwt.encode(read, None, algorithm="none")
    operator = jwt.encode({**read, "role": "operator"}, key, algorithm="HS256")
    for case, site, reason in [
        (forged, "kota", "signature"),
        (theirs, "kota", "site"),
        (token, "lain", "site"),
        (token, None, "site"),
        (expired, "kota", "expired"),
        (unsigned, "kota", "algorithm"),
        (operator, "kota", "role"),
        (signed(), "kota", "signature"),  # the portal's token opens, it does not ask
        ("", "kota", "malformed"),
    ]:
        refused = web.ask(case, site)
        assert refused.status_code == 401, (reason, refused.text)
        assert refused.json()["error"]["details"]["reason"] == reason


def test_a_site_that_is_not_registered_is_not_served(web: Web) -> None:
    assert web.open("antah").status_code == 404
    assert web.http.get("/embed/antah").status_code == 404
    assert web.ask(web.token(), "antah").status_code == 404


def test_a_visitor_an_address_and_a_site_have_limits(web: Web) -> None:
    one = web.token()
    assert [web.ask(one).status_code for _ in range(6)] == [200] * 5 + [429]
    assert web.ask(web.token()).status_code == 200
    for site, by in (("ramai", "address"), ("penuh", "site")):
        answers = [web.ask(web.token(site), site) for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200] * 3 + [429]
        assert answers[-1].json()["error"]["details"]["by"] == by
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 61


def test_a_days_budget_holds_for_all_visitors_together(web: Web) -> None:
    answers = [web.ask(web.token("lain"), "lain") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json()["error"]["code"] == "budget_spent"
    midnight = 86_400 - time.time() % 86_400  # the day is UTC's
    assert abs(int(answers[-1].headers["retry-after"]) - midnight) < 60


def test_workers_that_share_a_storage_share_every_limit(house: House, tmp_path: Path) -> None:
    rates = {"per_visitor": "2/minute", "per_address": "3/minute", "per_site": "5/minute", "daily_budget": 9}
    site = Site(id="banyak", origins=("http://localhost:14",), **rates)
    limiter = Limits.of(Settings(_env_file=None)).limiter
    assistant = house.installation.assistant
    workers = cycle([Portals.of(assistant, Sites(tmp_path), limiter).allowances for _ in range(3)])

    def ask(visitor: str, address: str) -> str:
        try:
            next(workers).ask(site, visitor, address)
        except RefusedInput as refused:
            assert refused.details["retry_after"] >= 1
            return str(refused.details["by"])
        return "answered"

    assert [ask("a", "203.0.113.1") for _ in range(3)] == ["answered", "answered", "visitor"]
    assert [ask("b", "203.0.113.1") for _ in range(2)] == ["answered", "address"]
    asked = [ask(name, f"203.0.113.{n}") for n, name in enumerate("cdef", 2)]
    assert asked == ["answered", "answered", "site", "site"]
    alone = Portals.of(assistant, Sites(tmp_path)).allowances
    alone.ask(site, "a", "203.0.113.1")  # a worker that counts by itself knows of none of them


def test_a_household_of_ipv6_opens_as_one_address(house: House, tmp_path: Path) -> None:
    site = Site(id="enam", origins=("http://localhost:14",))
    allowances = Portals.of(house.installation.assistant, Sites(tmp_path)).allowances
    for n in range(30):
        allowances.open(site, f"2001:db8:1:2::{n:x}")
    with pytest.raises(RefusedInput) as refused:
        allowances.open(site, "2001:db8:1:2:ffff::1")
    assert (refused.value.code, refused.value.details["by"]) == ("too_many_requests", "address")
    allowances.open(site, "2001:db8:1:3::1")


def test_looking_around_spends_nothing(web: Web) -> None:
    headers = {"Authorization": f"Bearer {web.token()}", "Tanya-Site": "kota"}
    for _ in range(8):
        assert web.http.get("/api/v1/compare?group=Lampung", headers=headers).status_code == 200


def test_the_pause_switch_works_at_once(web: Web) -> None:
    token = web.token()
    web.portals.sites.pause("kota", True)
    try:
        for refused in (web.ask(token), web.open()):
            assert refused.status_code == 403
            assert refused.json()["error"]["code"] == "site_paused"
        assert "dihentikan sementara" in web.http.get("/embed/kota?lang=id").text
    finally:
        web.portals.sites.pause("kota", False)
    assert web.ask(token).status_code == 200


def test_only_the_sites_own_pages_may_frame_it(web: Web) -> None:
    for site, origin in (("kota", "http://localhost:9"), ("lain", "http://localhost:10")):
        headers = web.http.get(f"/embed/{site}").headers
        assert f"frame-ancestors {origin};" in headers["content-security-policy"]
        assert "x-frame-options" not in headers
    plain = web.http.get("/").headers
    assert "frame-ancestors 'none';" in plain["content-security-policy"]
    assert plain["x-frame-options"] == "DENY"
    script = web.http.get("/embed.js").headers
    assert script["cross-origin-resource-policy"] == "cross-origin"
    assert script["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    "wrong",
    [
        "- id: kota",
        "- {id: kota, origins: ['*']}",
        "- {id: kota, origins: ['http://portal.example']}",
        "- {id: kota, origins: ['https://portal.example/page']}",
        '- {id: kota, origins: ["https://portal.example; script-src *"]}',
        "- {id: '../kota', origins: ['https://portal.example']}",
        "- {id: kota, origins: ['https://a.example'], jwks_url: 'http://a.example/k', issuer: a, audience: b}",
        "- {id: kota, origins: ['https://a.example'], secret_file: s}",
        "- {id: kota, origins: ['https://a.example'], algorithms: [none]}",
        "[{id: a, origins: ['https://a.example']}, {id: a, origins: ['https://b.example']}]",
        "{",
    ],
)
def test_a_list_of_sites_that_is_wrong_is_refused_with_its_place(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "sites.yaml").write_text(wrong)
    with pytest.raises(RefusedInput, match=r"sites\.yaml"):
        Sites(tmp_path).all()


def test_a_change_of_the_list_is_seen_without_a_restart(tmp_path: Path) -> None:
    sites = Sites(tmp_path)
    assert sites.all() == {}
    (tmp_path / "sites.yaml").write_text("- {id: kota, origins: ['https://portal.example']}")
    assert not sites.find("kota").paused
    (tmp_path / "sites.yaml").write_text("- {id: kota, origins: ['https://portal.example'], paused: true}")
    assert sites.find("kota").paused
