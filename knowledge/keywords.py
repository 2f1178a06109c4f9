"""Keyword search (BM25) over passages under their headings, in Indonesian and English."""

import logging
import re
import unicodedata
from collections.abc import Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

logging.getLogger("bm25s").setLevel(logging.WARNING)  # it sets itself to DEBUG, which is no news for a console
_WORD = re.compile(r"[a-z0-9]+")
_CLITIC = re.compile(r"(?<=[a-z]{4})(?:nya|lah|kah)$")
_STOPWORDS = frozenset(
    re.findall(
        r"[a-z]+",
        """
        ada adalah agar akan antara apa apakah atas atau bagaimana bagi bahwa berapa bila bisa boleh
        bukan dalam dan dapat dari dengan di harus ini itu jika juga kalau kami kamu kan karena ke
        kepada ketika kita lain maka mana mau melalui mengapa menurut mereka namun oleh pada para pun
        saat saja saya secara sebagai sebagaimana seperti serta siapa sudah supaya tapi telah tentang
        terhadap tersebut tetapi tidak untuk yaitu yakni yang dimaksud dong sih deh kok ya nih loh min
        kak gan bro pak bu mohon tolong the a an of to in on for and or is are be by with what which who
        how when does do must should at it its this that
        """,
    )
)


def words(text: str) -> list[str]:
    """The words that count, lower case, without clitics (-nya, -lah, -kah).

    >>> words("Bagaimana caranya menyusun Arsitektur SPBE?")
    ['cara', 'menyusun', 'arsitektur', 'spbe']
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    found = (_CLITIC.sub("", word) for word in _WORD.findall(plain) if word not in _STOPWORDS)
    return [word for word in found if word not in _STOPWORDS]


class KeywordIndex:
    """BM25 over documents given as word lists."""

    def __init__(self, documents: Sequence[list[str]]) -> None:
        self.size = len(documents)
        self._index: bm25s.BM25 | None = None
        if any(documents):
            self._index = bm25s.BM25(k1=1.2, b=0.6)
            self._index.index([list(document) for document in documents], show_progress=False)

    def scores(self, query: list[str]) -> NDArray[np.float32]:
        """One score for each document; zeros where no word is known."""
        if self._index is None:
            return np.zeros(self.size, np.float32)
        known = self._index.get_tokens_ids(list(dict.fromkeys(query)))
        if not known:
            return np.zeros(self.size, np.float32)
        return np.asarray(self._index.get_scores_from_ids(known), np.float32)[: self.size]
