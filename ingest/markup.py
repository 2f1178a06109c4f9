"""Text of DOCX, HTML and Markdown documents, tables as rows with bars."""

import re
import zipfile
from copy import copy
from io import BytesIO

import docx
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from docx.oxml.exceptions import InvalidXmlError

from ingest import word
from ingest.layout_tables import table_lines
from scoring.refusal import RefusedInput, Text

#: Unpacked size of a DOCX beyond which it is taken for a decompression bomb, in bytes.
LARGEST_UNPACKED = 500 * 1024 * 1024
_BLOCKS = ["p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "blockquote", "dt", "dd"]
#: A form is no block to leave out: some portals put the whole page into one.
_UNSEEN = [
    "script", "style", "head", "nav", "noscript", "template", "footer", "header", "aside",
    "input", "button", "select", "textarea", "label",
]  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_FRONT_MATTER = re.compile(r"\A\ufeff?---\s*\n.*?\n(?:---|\.\.\.)\s*\n", re.DOTALL)
_IMAGE = re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)")
_LINK = re.compile(r"\[([^\]\n]+)\](?:\([^)\n]*\)|\[[^\]\n]*\])")
_ATTRIBUTES = re.compile(r"\s*\{[#.][^}\n]*\}\s*$", re.MULTILINE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>])")


def docx_text(content: bytes, name: str) -> str:
    """Paragraphs and tables in the order of the document; automatic numbering is restored.

    Raises:
        RefusedInput: the file is damaged, encrypted or unpacks to an enormous size.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if sum(item.file_size for item in archive.infolist()) > LARGEST_UNPACKED:
                raise _damaged(name, Text(id="isinya terlalu besar setelah dibuka", en="it is too large when unpacked"))
        return "\n".join(word.lines(docx.Document(BytesIO(content))))
    except (zipfile.BadZipFile, KeyError, ValueError, SyntaxError, InvalidXmlError, OSError) as error:
        raise _damaged(name, Text(id="berkas DOCX rusak", en="the DOCX file is damaged")) from error


def html_text(page: str) -> str:
    """The visible text of a web page; blocks on lines of their own."""
    soup = BeautifulSoup(page, "lxml")
    for tag in soup(_UNSEEN):
        tag.decompose()
    for tag in soup.find_all(_is_unseen):
        tag.decompose()
    for table in soup.find_all("table"):
        _repeat_spanned(table)
    for listing in soup.find_all("ol"):
        _number(listing)
    for tag in soup.find_all("br"):
        tag.replace_with("\n")
    for tag in soup.find_all(_BLOCKS):
        tag.insert_before("\n")
        tag.insert_after("\n")
    for table in reversed(soup.find_all("table")):  # those inside others first
        _write(table)
    lines = (" ".join(line.split()) for line in soup.get_text().splitlines())
    return "\n".join(lines)


def markdown_text(text: str) -> str:
    """Markdown without what is no text: front matter, pictures, targets of links, escapes."""
    text = _IMAGE.sub("", _FRONT_MATTER.sub("", text))
    return _ESCAPED.sub(r"\1", _ATTRIBUTES.sub("", _LINK.sub(r"\1", text)))


def _is_unseen(tag: Tag) -> bool:
    if tag.attrs is None:  # inside one that was left out
        return False
    return (
        tag.has_attr("hidden")
        or tag.get("role") in ("navigation", "search", "banner", "contentinfo")
        or _HIDDEN.search(str(tag.get("style") or "")) is not None
    )


def _write(table: Tag) -> None:
    """Put the lines of a table in its place."""
    rows = [
        [cell.get_text().splitlines() for cell in row.find_all(["td", "th"], recursive=False)]
        for row in table.find_all("tr")
        if row.find_parent("table") is table
    ]
    table.replace_with(NavigableString("\n".join(["", *table_lines(rows), ""])))


def _repeat_spanned(table: Tag) -> None:
    """Tell a cell that spans rows in each of them: a row is found and read without those above it."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    for at, row in enumerate(rows):
        for column, cell in enumerate(row.find_all(["td", "th"], recursive=False)):
            span = str(cell.get("rowspan") or "1")
            del cell["rowspan"]
            for below in rows[at + 1 : at + int(span) if span.isdigit() else at]:
                cells = below.find_all(["td", "th"], recursive=False)
                if column < len(cells):
                    cells[column].insert_before(copy(cell))
                else:
                    below.append(copy(cell))


def _number(listing: Tag) -> None:
    """Write the markers that a browser would show before the items of a numbered list."""
    style = str(listing.get("type") or "1")
    start = str(listing.get("start") or "1")
    first = int(start) if start.isdigit() else 1
    for index, item in enumerate(listing.find_all("li", recursive=False), first):
        marker = chr(ord(style) + index - 1) if style in "aA" and index <= 26 else str(index)
        item.insert(0, NavigableString(f"{marker}. "))


def _damaged(name: str, reason: Text) -> RefusedInput:
    return RefusedInput(
        "document_damaged",
        Text(
            id=f"{name}: {reason.id}, sehingga tidak dapat dibaca. Tidak ada yang disimpan. "
            "Unduh ulang dari sumbernya, atau simpan ulang dari Word.",
            en=f"{name}: {reason.en} and cannot be read. Nothing was stored. "
            "Download it again from its source, or save it again from Word.",
        ),
        file=name,
    )
