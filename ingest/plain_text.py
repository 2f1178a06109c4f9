"""Bytes of a text file as text, whatever its encoding."""

import codecs

from scoring.refusal import RefusedInput, Text

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content: bytes, name: str) -> str:
    """Decode UTF-8, UTF-16, UTF-32 or Windows-1252; NUL bytes never remain.

    Raises:
        RefusedInput: the bytes are no text in any of these.
    """
    encoding = _encoding(content)
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if _share_of_control(text) > 0.02:
        raise RefusedInput(
            "not_text",
            Text(
                id=f"{name}: isinya bukan teks. Yang diterima: teks UTF-8, UTF-16 atau Windows-1252. "
                "Simpan ulang dokumen itu sebagai teks UTF-8, atau berikan PDF atau DOCX aslinya.",
                en=f"{name}: its content is not text. Accepted: text in UTF-8, UTF-16 or Windows-1252. "
                "Save the document again as UTF-8 text, or give the original PDF or DOCX.",
            ),
            file=name,
        )
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def _encoding(content: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return encoding
    sample = content[:4096]
    if len(sample) >= 4:
        # Western text in UTF-16 has a zero in every other byte, also without a byte order mark.
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        if odd > len(sample) * 0.3 and even < odd / 10:
            return "utf-16-le"
        if even > len(sample) * 0.3 and odd < even / 10:
            return "utf-16-be"
    return "utf-8"


def _share_of_control(text: str) -> float:
    odd = sum(1 for letter in text[:20000] if (letter < " " and letter not in "\t\n\r\f\v") or letter == "�")
    return odd / max(1, min(len(text), 20000))
