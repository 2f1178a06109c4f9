"""Too many requests are refused quickly, in the one shape, with the time to wait; others are not hindered."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import Request
from fastapi.testclient import TestClient
from redis import Redis, exceptions

from assistant.permissions import Asker
from assistant.settings import Settings
from bots.web.app import create_app
from bots.web.limits import Limits, network_of
from bots.web.service import Assistant
from scoring import RefusedInput

ASKED = {"message": "kenapa domain 2 kami rendah?"}


def _bearer(request: Request) -> Asker | None:
    """`Bearer 7 kab-a` is account 7 of agency kab-a."""
    words = request.headers.get("authorization", "").split()
    return Asker("staff", words[2], account_id=int(words[1])) if len(words) == 3 else None


@pytest.fixture
def client_of(assistant: Assistant) -> Callable[..., TestClient]:
    """Makes a client of an app with these limits."""

    def made(**settings: str) -> TestClient:
        limits = Limits.of(Settings(_env_file=None, **{"limit_visitor": "off", **settings}))  # type: ignore[arg-type]
        return TestClient(create_app(assistant, bearer=_bearer, limits=limits), client=("203.0.113.7", 1234))

    return made


def _statuses(client: TestClient, times: int, **more: Any) -> list[int]:
    return [client.post("/api/v1/chat", json=ASKED, **more).status_code for _ in range(times)]


def _as(account: int, agency: str = "kab-a") -> dict[str, dict[str, str]]:
    return {"headers": {"Authorization": f"Bearer {account} {agency}"}}


def test_one_too_many_is_refused_with_the_time_to_wait(client_of: Callable[..., TestClient]) -> None:
    client = client_of(limit_visitor="3/minute")
    assert _statuses(client, 3) == [200, 200, 200]
    refused = client.post("/api/v1/chat", json=ASKED)
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 61
    error = refused.json()["error"]
    assert (error["code"], error["details"]["by"]) == ("too_many_requests", "address")
    assert "Tunggu" in error["message"]


def test_after_the_wait_there_is_room_again(client_of: Callable[..., TestClient]) -> None:
    client = client_of(limit_visitor="2/second")
    assert _statuses(client, 3) == [200, 200, 429]
    time.sleep(1.1)
    assert _statuses(client, 1) == [200]


def test_a_refusal_costs_the_assistant_nothing(
    client_of: Callable[..., TestClient], assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(limit_visitor="1/minute")
    assert _statuses(client, 1) == [200]
    monkeypatch.setattr(assistant, "ask", None)
    assert _statuses(client, 3) == [429, 429, 429]


def test_another_address_is_not_hindered_and_accounts_are_counted_by_themselves(
    client_of: Callable[..., TestClient],
) -> None:
    client = client_of(limit_visitor="1/minute", limit_account="2/minute")
    assert _statuses(client, 2) == [200, 429]
    other = TestClient(client.app, client=("203.0.113.8", 1))
    assert _statuses(other, 1) == [200]
    assert _statuses(client, 3, **_as(7)) == [200, 200, 429]
    assert _statuses(client, 1, **_as(8)) == [200]


def test_the_accounts_of_an_agency_share_its_limit(client_of: Callable[..., TestClient]) -> None:
    client = client_of(limit_account="off", limit_agency="3/minute")
    assert [_statuses(client, 1, **_as(number))[0] for number in range(4)] == [200, 200, 200, 429]
    assert _statuses(client, 1, **_as(9, "kab-b")) == [200]


def test_every_span_of_a_limit_holds(client_of: Callable[..., TestClient]) -> None:
    client = client_of(limit_visitor="2/second;3/minute")
    assert _statuses(client, 2) == [200, 200]
    time.sleep(1.1)
    assert _statuses(client, 2) == [200, 429]


def test_health_and_static_files_are_never_refused(client_of: Callable[..., TestClient]) -> None:
    client = client_of(limit_visitor="1/minute")
    _statuses(client, 2)
    for address in ("/healthz", "/", "/static/app.css"):
        assert [client.get(address).status_code for _ in range(4)] == [200] * 4


def test_the_stream_and_the_openai_format_are_refused_too(client_of: Callable[..., TestClient]) -> None:
    client = client_of(limit_visitor="1/minute")
    _statuses(client, 1)
    assert _statuses(client, 1, headers={"Accept": "text/event-stream"}) == [429]
    body = {"model": "tanya-spbe", "messages": [{"role": "user", "content": "halo"}]}
    refused = client.post("/v1/chat/completions", json=body)
    assert (refused.status_code, refused.json()["error"]["type"]) == (429, "rate_limit_error")
    assert "retry-after" in refused.headers


def test_the_tools_of_mcp_are_refused_too(assistant: Assistant) -> None:
    limits = Limits.of(Settings(_env_file=None, limit_visitor="2/minute"))
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    accepted = {"Accept": "application/json, text/event-stream"}
    with TestClient(create_app(assistant, limits=limits), client=("203.0.113.7", 1234)) as client:
        answers = [client.post("/mcp", json=body, headers=accepted) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1].json()["error"]["code"] == "too_many_requests"
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 61


def test_every_route_that_works_for_somebody_is_counted(client_of: Callable[..., TestClient]) -> None:
    """All of /api and /v1; a router that is added without its limit fails here."""
    client = client_of(limit_visitor="1/minute")
    _statuses(client, 1)
    document = client.get("/api/openapi.json").json()
    for path, methods in document["paths"].items():
        for method in methods:
            if path.startswith(("/api/", "/v1/")):
                assert client.request(method, path).status_code == 429, (method, path)


@pytest.fixture
def redis() -> str:
    """Address of a real Redis; its database 15 is emptied first."""
    address = "redis://127.0.0.1:6379/15"
    try:
        Redis.from_url(address).flushdb()
    except exceptions.ConnectionError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("no Redis on 127.0.0.1:6379")
    return address


def test_workers_that_share_a_redis_count_together(client_of: Callable[..., TestClient], redis: str) -> None:
    one, other = (client_of(limit_visitor="3/minute", limit_storage=redis) for _ in range(2))
    assert _statuses(one, 2) + _statuses(other, 1) == [200, 200, 200]
    assert _statuses(one, 1) + _statuses(other, 1) == [429, 429]


def test_a_redis_that_is_away_stops_nobody_and_each_worker_counts_alone(
    client_of: Callable[..., TestClient], caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(limit_visitor="2/minute", limit_storage="redis://127.0.0.1:1/0")
    assert _statuses(client, 3) == [200, 200, 429]
    assert [record.name for record in caplog.records].count("bots.web.counting") == 1


def test_off_means_off(client_of: Callable[..., TestClient]) -> None:
    assert set(_statuses(client_of(), 40)) == {200}


@pytest.mark.parametrize("wrong", [{"limit_visitor": "many"}, {"limit_account": "3"}, {"limit_storage": "cloud://x"}])
def test_a_limit_that_cannot_be_read_is_refused_at_the_start(wrong: dict[str, str]) -> None:
    with pytest.raises(RefusedInput, match="SPBE_LIMIT"):
        Limits.of(Settings(_env_file=None, **wrong))  # type: ignore[arg-type]


def test_one_network_of_ipv6_is_one_address() -> None:
    assert network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::1") == "2001:db8:1:2::/64"
    assert network_of("2001:db8:1:3::1") != network_of("2001:db8:1:2::1")
    assert network_of("::ffff:203.0.113.7") == network_of("203.0.113.7") == "203.0.113.7"
    assert network_of("testclient") == "testclient"


def test_the_machine_itself_is_not_limited(client_of: Callable[..., TestClient]) -> None:
    app = client_of(limit_visitor="1/minute").app
    assert _statuses(TestClient(app, client=("127.0.0.1", 1)), 3) == [200, 200, 200]
    assert _statuses(TestClient(app, client=("::1", 1)), 2) == [200, 200]
    assert _statuses(TestClient(app, client=("203.0.113.9", 1)), 2) == [200, 429]
