"""The tools, called by the SDK's own client: over a pipe to a real ``spbe mcp``, and over HTTP."""

import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import httpx
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from tests.bots.gateway.conftest import OWN, SELF_YEAR, House

TOOLS = {"score", "gaps", "plan", "compare", "search", "rule", "ask"}
US = {"agency": "Kota Bandar Lampung", "year": 2024}


@asynccontextmanager
async def over_http(address: str, key: str | None = None) -> AsyncIterator[Client]:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    async with (
        httpx.AsyncClient(headers=headers, timeout=20) as http,
        Client(streamable_http_client(f"{address}/mcp", http_client=http)) as client,
    ):
        yield client


async def used(client: Client) -> dict[str, Any]:
    """Every tool once; what it gave, structured."""
    listed = (await client.list_tools()).tools
    assert {tool.name for tool in listed} == TOOLS
    for tool in listed:
        assert tool.annotations.read_only_hint is True
        assert tool.output_schema["type"] == "object"
        assert tool.description
    calls = {
        "score": US,
        "gaps": {**US, "node": "domain 2"},
        "plan": {**US, "target": "Sangat Baik"},
        "compare": {"agencies": ["Kota Bandar Lampung", "Kota Bandung"], "year": 2024},
        "search": {"query": "pasal 6 perpres 95 tahun 2018", "k": 3},
        "rule": {"question": "apa isi pasal 6 perpres 95 tahun 2018?"},
        "ask": {**US, "question": "kenapa domain 2 kami rendah?"},
    }
    given = {}
    for name, arguments in calls.items():
        result = await client.call_tool(name, arguments)
        assert not result.is_error, result.content
        given[name] = result.structured_content
        assert json.loads(result.content[0].text) == given[name]
    return given


def right(given: dict[str, Any]) -> None:
    assert given["score"]["index"] == "2.98"
    assert given["score"]["index_exact"] == "2.9795"
    assert given["gaps"]["value_shown"] == "2.40"
    assert given["plan"]["end"]["rating"] == "Sangat Baik"
    assert len(given["compare"]["agencies"]) == 2
    assert given["search"]["passages"][0]["locator"].startswith("Pasal 6")
    assert any(c["locator"].startswith("Pasal 6") for c in given["rule"]["citations"])
    assert any(figure["value"] == "2.40" for figure in given["ask"]["figures"])


def test_every_tool_over_stdio_of_a_real_process(house: House) -> None:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from bots.command_line import main; main()", "mcp"],
        env={**os.environ, "SPBE_DATA_DIR": str(house.installation.settings.data_dir)},
    )

    async def work() -> dict[str, Any]:
        async with Client(stdio_client(command)) as client:
            return await used(client)

    right(anyio.run(work))


def test_every_tool_over_http(address: str) -> None:
    async def work() -> dict[str, Any]:
        async with over_http(address) as client:
            return await used(client)

    right(anyio.run(work))


def test_a_refusal_tells_what_is_accepted(address: str) -> None:
    async def work() -> Any:
        async with over_http(address) as client:
            return await client.call_tool("score", {"agency": "Kota Lampung Bandar"})

    result = anyio.run(work)
    assert result.is_error
    error = json.loads(result.content[0].text.partition("{")[1] + result.content[0].text.partition("{")[2])["error"]
    assert error["code"] == "unknown_agency"
    assert OWN in error["details"]["nearest"]


def test_what_is_not_published_needs_the_agencys_key(address: str, house: House) -> None:
    async def work(key: str | None) -> Any:
        async with over_http(address, key) as client:
            return await client.call_tool("score", {**US, "year": SELF_YEAR, "stage": "self"})

    assert anyio.run(work, house.own_key).structured_content["index"] == "3.00"
    for key in (house.other_key, None):
        result = anyio.run(work, key)
        assert result.is_error
        assert "3.00" not in result.content[0].text


@pytest.mark.parametrize("key", ["sk-123", "spbe_" + "A" * 43])
def test_a_forged_key_reaches_no_tool(address: str, key: str) -> None:
    call = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": "search", "arguments": {"query": "a"}},
    }
    headers = {"Authorization": f"Bearer {key}", "Accept": "application/json, text/event-stream"}
    refused = httpx.post(f"{address}/mcp", json=call, headers=headers)
    assert refused.status_code == 401
    assert refused.headers["www-authenticate"] == "Bearer"
    assert refused.json()["error"]["code"] == "key_not_accepted"
