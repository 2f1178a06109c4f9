"""One error shape everywhere, in the language of the request."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

BAD_LEVEL = {"agency": "A", "year": 2024, "levels": {"1": 6}}
BAD_NODE = {"agency": "A", "year": 2024, "levels": {"48": 1}}
BAD_CHANGE = {"agency": "Kota Contoh", "set": {"21": 6}}
CASES = [
    ("GET", "/nothing-here", {}, 404, "not_found"),
    ("GET", "/static/nothing.js", {}, 404, "not_found"),
    ("GET", "/api/v1/chat", {}, 405, "method_not_allowed"),
    ("POST", "/api/v1/search", {}, 405, "method_not_allowed"),
    ("POST", "/api/v1/chat", {"content": b"{broken"}, 422, "broken_json"),
    ("POST", "/api/v1/chat", {"content": b""}, 422, "invalid_request"),
    ("POST", "/api/v1/chat", {"data": {"message": "x"}}, 422, "not_json"),
    ("POST", "/api/v1/chat", {"json": {}}, 422, "invalid_request"),
    ("POST", "/api/v1/chat", {"json": ["x"]}, 422, "invalid_request"),
    ("POST", "/api/v1/chat", {"json": {"message": 5}}, 422, "invalid_request"),
    ("POST", "/api/v1/chat", {"json": {"message": "x", "year": "soon"}}, 422, "invalid_request"),
    ("POST", "/api/v1/chat", {"json": {"message": "x", "agencies": []}}, 422, "invalid_request"),
    ("POST", "/api/v1/chat", {"json": {"message": "x" * 300_000}}, 413, "body_too_large"),
    ("POST", "/api/v1/score", {"content": b"[1,"}, 422, "broken_json"),
    ("POST", "/api/v1/score", {"json": 5}, 422, "invalid_request"),
    ("POST", "/api/v1/score", {"json": BAD_LEVEL}, 422, "level_not_allowed"),
    ("POST", "/api/v1/score", {"json": BAD_NODE}, 422, "unknown_node"),
    ("POST", "/api/v1/score", {"json": {"agency": "Antah", "year": 2024}}, 404, "unknown_agency"),
    ("POST", "/api/v1/score", {"json": {"agency": "Kota Contoh", "year": 1999}}, 404, "no_assessment"),
    ("POST", "/api/v1/gaps", {"json": {"agency": "Kota Contoh", "node": "domain 9"}}, 422, "unknown_node"),
    ("POST", "/api/v1/plan", {"json": {"agency": "Kota Contoh"}}, 422, "invalid_request"),
    ("POST", "/api/v1/simulate", {"json": BAD_CHANGE}, 422, "level_not_allowed"),
    ("GET", "/api/v1/search", {}, 422, "invalid_request"),
    ("GET", "/api/v1/search?q=x&k=0", {}, 422, "invalid_request"),
    ("GET", "/api/v1/passages/official:nowhere", {}, 404, "not_found"),
    ("GET", "/api/v1/agencies/antah/scorecards", {}, 404, "unknown_agency"),
    ("GET", "/api/v1/compare?agency=kota-contoh", {}, 422, "too_few_to_compare"),
    ("GET", "/api/v1/trend", {}, 422, "invalid_request"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "status", "code"), CASES)
def test_every_error_has_one_shape(
    client: TestClient, method: str, path: str, body: dict[str, Any], status: int, code: str
) -> None:
    said = {}
    for language in ("id", "en"):
        headers = {"Accept-Language": language}
        if "content" in body:
            headers["Content-Type"] = "application/json"
        response = client.request(method, path, **body, headers=headers)
        assert response.status_code == status, response.text
        assert response.headers["content-type"] == "application/json"
        assert set(response.json()) == {"error"}
        error = response.json()["error"]
        assert set(error) == {"code", "message", "details"}
        assert error["code"] == code
        said[language] = error["message"]
    assert said["id"] != said["en"]


def test_a_bad_item_of_a_list_is_named(client: TestClient) -> None:
    good = {"agency": "A", "year": 2024, "levels": {"1": 1}}
    response = client.post("/api/v1/score", json=[good, {**good, "levels": {"1": 9}}])
    assert response.json()["error"]["details"]["item"] == 1
    response = client.post("/api/v1/score", json=[good, {**good, "year": "soon"}])
    assert response.json()["error"]["details"]["problems"][0]["where"] == "1.year"


def test_a_method_that_is_not_allowed_names_those_that_are(client: TestClient) -> None:
    assert client.get("/api/v1/chat").headers["allow"] == "POST"


def test_a_body_without_announced_length_is_cut_off_at_the_limit(client: TestClient) -> None:
    chunks = (b"x" * 65_536 for _ in range(8))
    response = client.post("/api/v1/chat", content=chunks, headers={"Content-Type": "application/json"})
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "body_too_large"


def test_the_language_of_the_body_wins_over_that_of_the_browser(client: TestClient) -> None:
    response = client.get("/nothing?lang=en", headers={"Accept-Language": "id"})
    assert response.json()["error"]["message"].startswith("There is nothing")
