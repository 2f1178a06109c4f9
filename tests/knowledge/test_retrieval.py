"""Search: exact places first, digests lead to official text, revoked rules step back, findings stay private."""

from collections.abc import Callable, Iterable, Iterator

import pytest
from small_library import make_passage, make_rule

from knowledge import catalogue
from knowledge.catalogue import LibraryChangedError
from knowledge.passage import Passage
from knowledge.retrieval import Retriever
from knowledge.spelling import Spelling
from scoring import load_instrument

RULES = (
    make_rule("perpres-95-2018", articles=77),
    make_rule("permenpanrb-5-2018", status="revoked", revoked_by="permenpanrb-59-2020", ended="2020-12-31"),
    make_rule("permenpanrb-59-2020", revokes=("permenpanrb-5-2018",), effective="2021-01-01"),
)


def found(retriever: Retriever, query: str, **more: object) -> list[str]:
    return [hit.passage.id for hit in retriever.search(query, 5, **more)]  # type: ignore[arg-type]


def test_an_empty_library_finds_nothing(retriever: Retriever) -> None:
    assert retriever.search("apa itu arsitektur") == []


def test_the_place_named_comes_first_whatever_the_words(put: Callable[..., bool], retriever: Retriever) -> None:
    put(
        make_passage("Pasal 12 ayat (3)", "sesuatu yang lain sama sekali"),
        make_passage("Pasal 7", "pasal dua belas ayat tiga perpres sembilan puluh lima"),
        rules=RULES,
    )
    assert found(retriever, "pasal 12 ayat 3 perpres 95 tahun 2018")[0].endswith("pasal-12/ayat-3")


def test_a_digest_leads_to_the_official_text_it_digests(put: Callable[..., bool], retriever: Retriever) -> None:
    put(
        make_passage("Pasal 30", "ketentuan sumber tertentu", kind="digest", questions=("boleh punya server?",)),
        origin="pack",
    )
    assert found(retriever, "boleh punya server") == ["digest:perpres-95-2018#pasal-30"]
    put(make_passage("Pasal 30 ayat (1)", "ketentuan pertama"), make_passage("Pasal 2", "hal lain"))
    assert found(retriever, "boleh punya server")[0] == "official:perpres-95-2018#pasal-30/ayat-1"
    assert not any(name.startswith("digest:") for name in found(retriever, "boleh punya server"))


def test_a_digest_of_one_paragraph_leads_to_the_whole_article_where_it_is_not_split(
    put: Callable[..., bool], retriever: Retriever
) -> None:
    put(make_passage("Pasal 3 ayat (2)", "inti", kind="digest", questions=("kapan wajib?",)), origin="pack")
    put(make_passage("Pasal 3", "naskah resmi"), make_passage("Pasal 4", "naskah lain"))
    assert found(retriever, "kapan wajib")[0] == "official:perpres-95-2018#pasal-3"


def test_a_revoked_rule_steps_back_unless_it_or_its_year_is_named(
    put: Callable[..., bool], retriever: Retriever
) -> None:
    text = "penilaian tingkat kematangan {} setiap tahun oleh asesor"
    put(make_passage("Pasal 3", text.format("lama sekali dahulu"), "permenpanrb-5-2018"), rules=RULES)
    put(make_passage("Pasal 3", text.format("oleh tim baru ditunjuk"), "permenpanrb-59-2020"), rules=RULES)
    query = "penilaian tingkat kematangan oleh asesor"
    assert found(retriever, query)[0].startswith("official:permenpanrb-59-2020")
    assert found(retriever, f"{query} permenpanrb 5 tahun 2018")[0].startswith("official:permenpanrb-5-2018")
    assert found(retriever, query, year=2019)[0].startswith("official:permenpanrb-5-2018")


def test_the_same_words_are_told_once(put: Callable[..., bool], retriever: Retriever) -> None:
    same = "kriteria tingkat kematangan arsitektur telah ditetapkan dan direviu"
    put(make_passage("Pasal 1", same), make_passage("Pasal 2", same), make_passage("Pasal 3", "hal lain"))
    assert len(found(retriever, "kriteria arsitektur ditetapkan")) == 2


def test_findings_are_found_for_their_agency_only(put: Callable[..., bool], retriever: Retriever) -> None:
    mine: dict[str, object] = {"kind": "finding", "agency": "Kab. A"}
    put(
        make_passage("Aspek 1", "kelemahan arsitektur", "lhe-2024", **mine),
        make_passage("Aspek 2", "kelemahan rencana", "lhe-2024", published=False, **mine),
    )
    assert found(retriever, "kelemahan arsitektur") == []
    assert found(retriever, "kelemahan arsitektur", agency="Kab. B") == []
    assert len(found(retriever, "kelemahan arsitektur", agency="Kab. A")) == 1
    assert len(found(retriever, "kelemahan arsitektur", agency="Kab. A", private=True)) == 2


def test_only_the_rule_asked_for_is_searched(put: Callable[..., bool], retriever: Retriever) -> None:
    put(make_passage("Pasal 1", "arsitektur"))
    put(make_passage("Pasal 1", "arsitektur", "uu-1-2025"))
    assert found(retriever, "arsitektur", rule="uu-1-2025") == ["official:uu-1-2025#pasal-1"]


def test_an_indicator_named_in_words_leads_to_its_own_passages(put: Callable[..., bool], retriever: Retriever) -> None:
    asked = retriever.model_copy(update={"instruments": (load_instrument("spbe-2020"),)})
    levels: list[Passage] = [
        make_passage(f"Indikator {n} Level {level}", f"kriteria nomor{n} jenjang{level}", "pedoman-menpanrb-3-2024")
        for n in (26, 37)
        for level in range(1, 6)
    ]
    put(*levels)
    hits = asked.search("beda tingkat 2 dan tingkat 3 layanan kearsipan dinamis", 2)
    assert {hit.passage.locator for hit in hits} == {"Indikator 37 Level 2", "Indikator 37 Level 3"}


def test_chat_spelling_and_acronyms_are_understood(put: Callable[..., bool], retriever: Retriever) -> None:
    put(make_passage("Pasal 1", "bagaimana kewajiban perangkat daerah"), make_passage("Pasal 2", "hal lain"))
    spelled = retriever.model_copy(
        update={"spelling": Spelling({"gmn": "bagaimana"}, everyday={"opd": "perangkat daerah"})}
    )
    assert spelled.search("gmn opd", 1)[0].passage.locator == "Pasal 1"


def test_a_vector_given_is_not_made_again(put: Callable[..., bool], retriever: Retriever) -> None:
    put(make_passage("Pasal 1", "arsitektur"))
    vector = retriever.vector("arsitektur")
    before = retriever.embedder.embedded  # type: ignore[attr-defined]
    assert retriever.search("arsitektur", vector=vector)
    assert retriever.embedder.embedded == before  # type: ignore[attr-defined]


def test_a_steady_retriever_shows_no_ingest_and_says_when_one_took_a_passage_away(
    put: Callable[..., bool], retriever: Retriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "_HELD", 0)  # as in a library too large for memory
    put(make_passage("Pasal 3", "arsitektur lama"), make_passage("Pasal 4", "audit lama"))
    steady = retriever.steady()
    before = found(steady, "arsitektur")
    put(make_passage("Pasal 9", "arsitektur baru"), rules=RULES, origin="official:another")
    assert found(steady, "arsitektur") == before
    assert "official:perpres-95-2018#pasal-9" in found(retriever, "arsitektur")
    put(make_passage("Pasal 5", "naskah baru tanpa kata itu"))
    with pytest.raises(LibraryChangedError):
        found(steady, "arsitektur")
    assert found(retriever.steady(), "naskah")


def test_of_a_library_too_large_for_memory_only_what_is_told_is_read_and_all_of_it_at_once(
    put: Callable[..., bool], retriever: Retriever, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan")
    put(*(make_passage(f"Pasal {n}", f"arsitektur {name} {name * 2}") for n, name in enumerate(names, 1)))
    put(make_passage("Pasal 3", "inti", kind="digest", questions=("kapan wajib?",)), origin="pack")
    whole = [(hit.passage, hit.score, hit.covered) for hit in retriever.search("arsitektur wajib tiga", 3)]
    monkeypatch.setattr(catalogue, "_HELD", 0)
    large = Retriever(store=retriever.store, index=retriever.index, embedder=retriever.embedder)
    large.search("arsitektur")
    asked: list[list[str]] = []
    read = retriever.store.passages

    def noted(ids: Iterable[str]) -> Iterator[Passage]:
        asked.append(list(ids))
        return read(asked[-1])

    monkeypatch.setattr(retriever.store, "passages", noted)
    assert [(hit.passage, hit.score, hit.covered) for hit in large.search("arsitektur wajib tiga", 3)] == whole
    assert asked == [[passage.id for passage, _, _ in whole]]


def test_it_is_a_langchain_retriever(put: Callable[..., bool], retriever: Retriever) -> None:
    put(make_passage("Pasal 1", "arsitektur"))
    (document,) = retriever.invoke("arsitektur")
    assert document.page_content == "arsitektur"
    assert (document.metadata["locator"], document.metadata["rule"]) == ("Pasal 1", "perpres-95-2018")


@pytest.mark.parametrize("query", ["", "   ", "???", "zzz", "a" * 5000, "\0", "pasal", "(((", "indikator"])
def test_odd_questions_break_nothing(put: Callable[..., bool], retriever: Retriever, query: str) -> None:
    put(make_passage("Pasal 1", "arsitektur"))
    assert isinstance(retriever.search(query), list)
    retriever.reference(query)
