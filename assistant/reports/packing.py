"""Office documents are zip archives; packed anew, the same report is the same bytes, whenever it is made."""

import io
import re
import zipfile
from datetime import date

_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def packed(document: bytes, made_on: date) -> bytes:
    """The archive with the report's day in place of the clock's."""
    buffer = io.BytesIO()
    day = (made_on.year, made_on.month, made_on.day, 0, 0, 0)
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _STAMP.sub(rb"\g<1>" + f"{made_on.isoformat()}T00:00:00Z".encode() + rb"\g<2>", content)
            fixed = zipfile.ZipInfo(entry.filename, day)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, content)
    return buffer.getvalue()
