"""spbe mcp"""

from __future__ import annotations

import typer

from bots.commands.asking import ready
from bots.commands.output import refusing
from scoring.refusal import RefusedInput, Text


def mcp(context: typer.Context) -> None:
    """Alat MCP lewat stdio untuk asisten lain / MCP tools over stdio for other assistants."""
    with refusing():
        try:
            from bots.mcp import server
        except ImportError as reason:
            raise RefusedInput(
                "mcp_not_installed",
                Text(
                    id="Perintah ini memerlukan paket mcp. Pasang dengan: pip install 'tanya-spbe[mcp]'.",
                    en="This command needs the package mcp. Install it with: pip install 'tanya-spbe[mcp]'.",
                ),
            ) from reason
        from assistant.permissions import OPERATOR

        context.obj.threads = 1
        server(ready(context), lambda _: OPERATOR).run("stdio")
