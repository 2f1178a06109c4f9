"""The page as it is served: language, safety, and no third party."""

import re
from pathlib import Path

from fastapi.testclient import TestClient

from bots.web.app import create_app
from bots.web.settings import WebSettings
from bots.web.words import words

STATIC = Path(__file__).parents[3] / "bots" / "web" / "static"


def test_the_page_speaks_the_language_of_the_address_then_of_the_browser(client: TestClient) -> None:
    assert '<html lang="id">' in client.get("/", headers={"Accept-Language": ""}).text
    assert '<html lang="en">' in client.get("/", headers={"Accept-Language": "en-GB,id;q=0.5"}).text
    assert '<html lang="id">' in client.get("/", headers={"Accept-Language": "in-ID, en;q=0.5"}).text
    assert '<html lang="id">' in client.get("/?lang=id", headers={"Accept-Language": "en"}).text


def test_the_language_switch_keeps_the_question_and_the_agency(client: TestClient) -> None:
    page = client.get("/", params={"q": 'a&b"<', "agency": "Kota Contoh", "lang": "id"}).text
    assert 'href="?q=a%26b%22%3C&amp;agency=Kota+Contoh&amp;lang=en"' in page


def test_no_script_or_style_stands_in_the_page_itself(client: TestClient) -> None:
    page = client.get("/").text
    scripts = re.findall(r"<script\b([^>]*)>", page)
    assert all("src=" in attributes or 'type="application/json"' in attributes for attributes in scripts)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)


def test_every_response_carries_the_policy(client: TestClient) -> None:
    for path in ("/", "/static/app.css", "/nothing", "/api/v1/agencies"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_only_named_sites_may_frame_the_page(assistant: object) -> None:
    app = create_app(assistant, WebSettings(frame_ancestors=("https://portal.example.go.id",)))  # type: ignore[arg-type]
    headers = TestClient(app).get("/").headers
    assert "frame-ancestors https://portal.example.go.id;" in headers["content-security-policy"]
    assert "x-frame-options" not in headers


def test_nothing_is_asked_of_a_third_party(client: TestClient) -> None:
    served = [client.get("/").text, *(file.read_text() for file in STATIC.glob("*.*"))]
    namespaces = {"http://www.w3.org/2000/svg", "https://tanya.example.go.id/embed.js"}  # the latter in a comment
    assert {address for text in served for address in re.findall(r"https?://[^\"' )>]+", text)} <= namespaces


def test_every_word_the_scripts_ask_for_exists_in_both_languages() -> None:
    asked = {key for file in STATIC.glob("*.js") for key in re.findall(r'say\("([a-z_]+)"', file.read_text())}
    assert len(asked) > 20
    for language in ("id", "en"):
        assert asked <= set(words(language)["js"])
