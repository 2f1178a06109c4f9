"""Reading YAML strictly: values stay as they were written, and a key that stands twice is refused.

Decimals stay text (exactness), dates stay text (ISO), and only ``true`` and ``false`` are truth values,
so that a chat spelling such as ``no: nomor`` keeps its key.
"""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class StrictLoader(_Loader):  # type: ignore[misc, valid-type]
    """A safe loader with the habits named above."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {key!r} stands twice", key_node.start_mark)
            seen.add(key)
        mapping: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return mapping


def _text(loader: Any, node: yaml.ScalarNode) -> str:
    return str(loader.construct_scalar(node))


def _truth(loader: Any, node: yaml.ScalarNode) -> bool | str:
    word = str(loader.construct_scalar(node))
    return word.lower() == "true" if word.lower() in ("true", "false") else word


StrictLoader.add_constructor("tag:yaml.org,2002:float", _text)
StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", _text)
StrictLoader.add_constructor("tag:yaml.org,2002:bool", _truth)


def read_yaml(path: Path) -> Any:
    """The document of one YAML file.

    Raises:
        yaml.YAMLError: the file is no YAML, or a key stands twice; the message names line and column.
        UnicodeDecodeError: the file is not UTF-8.
    """
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, StrictLoader)  # noqa: S506 - a SafeLoader  # nosec B506
