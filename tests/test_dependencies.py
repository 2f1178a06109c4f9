"""Every dependency is declared, used, and explained in docs/dependencies.md."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("scoring", "knowledge", "ingest", "assistant", "bots")
NEEDED_UNSEEN = {"python-multipart", "psycopg"}
"""Used by FastAPI for forms, and by SQLAlchemy as the driver in the database's address."""
BY_NAME = {"langchain-openai"}
"""Loaded by LangChain from the name of a model."""
OPTIONAL = {"openai"}


def _name(requirement: str) -> str:
    return re.split(r"[\s\[<>=!~;]", requirement, maxsplit=1)[0].lower().replace("_", "-")


def _declared() -> tuple[set[str], set[str]]:
    """Base, and extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {_name(one) for group in project["optional-dependencies"].values() for one in group}
    return {_name(one) for one in project["dependencies"]}, extras


def _for_development() -> set[str]:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    return {_name(one) for one in groups["dev"]}


def _explained() -> list[str]:
    return re.findall(r"^\| `([a-z0-9-]+)` \|", (ROOT / "docs" / "dependencies.md").read_text(), re.MULTILINE)


def _imported() -> set[str]:
    """The top-level modules that the five rooms import and that are not theirs nor Python's."""
    found = set()
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    found |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    found.add(node.module.split(".")[0])
    return found - set(ROOMS) - set(sys.stdlib_module_names)


def test_every_dependency_is_explained_and_nothing_else() -> None:
    base, extras = _declared()
    assert set(_explained()) == base | extras | _for_development()
    assert len(_explained()) == len(set(_explained()))


def test_every_dependency_is_used() -> None:
    base, extras = _declared()
    of = packages_distributions()
    used = {_name(distribution) for module in _imported() for distribution in of.get(module, [module])}
    assert (base | extras) - used - NEEDED_UNSEEN - BY_NAME == set()


def test_what_is_imported_is_declared() -> None:
    base, extras = _declared()
    of = packages_distributions()
    for module in _imported() - OPTIONAL:
        distributions = {_name(one) for one in of.get(module, [module.replace("_", "-")])}
        # These come with the packages whose parts they are.
        allowed = base | extras | {"starlette", "anyio", "pydantic-core", "mcp-types"}
        assert distributions & allowed, f"{module} is imported, none of {distributions} is declared"
