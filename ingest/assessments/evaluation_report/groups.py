"""The groups of agencies whose averages a report prints."""

import re

_GROUPS = (
    ("nasional", "Nasional"), ("kementerian", "Kementerian"), ("lpnk", "LPNK"), ("lembaga", "Lembaga lainnya"),
    ("lns", "Lembaga lainnya"), ("instansi", "Lembaga lainnya"), ("provinsi", "Provinsi"),
    ("kabupaten", "Kabupaten"), ("kota", "Kota"),
)  # fmt: skip


def groups_in(text: str) -> tuple[str, ...]:
    """The groups of agencies that head the columns of a table of averages; empty for any other line."""
    plain = text.lower()
    if len(plain) > 120:
        return ()
    groups = [(position, label) for word, label in _GROUPS if (position := _word_at(plain, word)) is not None]
    return tuple(dict.fromkeys(label for _, label in sorted(groups))) if len(groups) >= 4 else ()


def group_of(text: str) -> str | None:
    """The one group that a heading names, also where a narrow column has cut its word."""
    for said in (text.lower(), text.lower().replace(" ", "")):
        found = {label for word, label in _GROUPS if _word_at(said, word) is not None}
        if len(found) == 1 and len(text) < 40:
            return next(iter(found))
    return None


def _word_at(text: str, word: str) -> int | None:
    match = re.search(rf"\b{word}\b", text)
    return match.start() if match else None
