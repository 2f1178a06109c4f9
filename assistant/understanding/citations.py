"""Rules and places in them that a text names: "perpres 95/2018 pasal 46 ayat 2"."""

import re
from dataclasses import dataclass

_KINDS = {
    r"perpres|peraturan presiden|presidential regulation": "perpres",
    r"permenpan ?-?rb|permen ?pan ?-?rb|permenpanrb|permenpan|peraturan menteri ?pan ?-?rb|peraturan menpan ?-?rb|"
    r"peraturan menteri pendayagunaan aparatur negara dan reformasi birokrasi": "permenpanrb",
    r"permenkominfo|permen ?kominfo|peraturan menteri kominfo|pm ?kominfo": "permenkominfo",
    r"permenkomdigi|permen ?komdigi": "permenkomdigi",
    r"permendagri|permen dagri": "permendagri",
    r"permen ?ppn|permenppn|peraturan menteri ppn": "permenppn",
    r"peraturan bssn|perbssn|per ?bssn|perban bssn": "peraturan-bssn",
    r"peraturan brin|perbrin": "peraturan-brin",
    r"pedoman(?: menteri| menpan ?-?rb| menpanrb| kemenpanrb| panrb| spbe| pemantauan dan evaluasi spbe)*":
        "pedoman-menpanrb",
    r"se menpan ?-?rb|surat edaran(?: menpan ?-?rb)?": "se-menpanrb",
    r"kepmenpan ?-?rb|kepmen panrb": "kepmenpanrb",
    r"uu|undang-? ?undang|law": "uu",
    r"pp|peraturan pemerintah|government regulation": "pp",
    r"inpres|instruksi presiden": "inpres",
    r"permen": "permen",
}  # fmt: skip
_KIND = "|".join(f"(?:{pattern})" for pattern in _KINDS)
_RULE = re.compile(
    rf"\b({_KIND})(?: spbe| ri| republik indonesia)* ?(?:nomor|no\.?|number|#)? ?"
    r"(\d{1,3})(?: ?(?:/|tahun|of|thn|-|,)? ?((?:19|20)\d{2}))?\b(?! (?:tahun terakhir))"
)
_BARE = re.compile(
    r"\b(?:nomor|no\.?) ?(\d{1,3}) ?(?:/|tahun|of) ?((?:19|20)\d{2})\b|\b(\d{1,3}) ?/ ?((?:19|20)\d{2})\b"
)
_ARTICLE = re.compile(
    r"\b(?:pasal|article|psl|ps\.?) ?(\d{1,3})(?:,? ?(?:ayat|paragraph|para|clause) ?\(?(\d{1,2})\)?)?"
    r"(?:,? ?(?:huruf|letter) ?([a-z])\b\.?)?(?:,? ?(?:angka) ?(\d{1,3}))?"
)
_CHAPTER = re.compile(r"\bbab ?([ivx]+|\d{1,2})\b(?: ?huruf ([a-z])\b)?")
_ANNEX = re.compile(r"\b(lampiran|annex|appendix)\b")
_MENTION = re.compile(rf"\b(?:{_KIND})\b")


@dataclass
class Cited:
    """A rule named in a text.

    Attributes:
        rule: "perpres-95-2018", or "permenpanrb-59" where the year is left out (the library completes it), or
            "59-2020" where the kind is.
        locator: "Pasal 46 ayat (2)", "BAB III", "Lampiran".
        mentioned: the text speaks of a rule, be it without a number.
        rest: the text with the reference taken out.
    """

    rule: str | None = None
    locator: str | None = None
    mentioned: bool = False
    rest: str = ""


def cited_in(text: str) -> Cited:
    """Find the rule and the place in it that plain words name."""
    cited = Cited(rest=text)

    def take_rule(match: re.Match[str]) -> str:
        if cited.rule is None:
            kind = next(kind for pattern, kind in _KINDS.items() if re.fullmatch(pattern, match[1]))
            cited.rule = "-".join(part for part in (kind, match[2], match[3]) if part)
        return " @ "

    def take_bare(match: re.Match[str]) -> str:
        if cited.rule is None:
            cited.rule = f"{match[1] or match[3]}-{match[2] or match[4]}"
        return " @ "

    def take_place(match: re.Match[str]) -> str:
        if cited.locator is None:
            article, paragraph, letter, item = match.groups()
            cited.locator = f"Pasal {article}"
            cited.locator += f" ayat ({paragraph})" if paragraph else ""
            cited.locator += f" huruf {letter}" if letter else ""
            cited.locator += f" angka {item}" if item else ""
        return " @ "

    cited.mentioned = bool(_MENTION.search(text))
    cited.rest = _BARE.sub(take_bare, _RULE.sub(take_rule, cited.rest))
    cited.rest = _ARTICLE.sub(take_place, cited.rest)
    if cited.locator is None and (cited.rule or cited.mentioned):
        if chapter := _CHAPTER.search(cited.rest):
            cited.locator = f"BAB {chapter[1].upper()}" + (f" huruf {chapter[2].upper()}" if chapter[2] else "")
        elif _ANNEX.search(cited.rest):
            cited.locator = "Lampiran"
    cited.mentioned = cited.mentioned or cited.rule is not None or cited.locator is not None
    return cited
