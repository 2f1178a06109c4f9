"""The store holds old or new, never half, and embeds nothing twice."""

from collections.abc import Callable

import pytest
from small_library import WordEmbedder, make_passage, make_rule
from sqlalchemy import delete, event

from knowledge.building import Builder, Origin
from knowledge.keys import keys_of
from knowledge.store import PASSAGES, VECTORS, Store


def test_replacing_an_origin_leaves_the_others_alone(store: Store) -> None:
    store.replace("official:a-1-2020", [make_passage("Pasal 1", "lama", "a-1-2020")])
    store.replace("official:b-1-2020", [make_passage("Pasal 1", "tetap", "b-1-2020")])
    store.replace("official:a-1-2020", [make_passage("Pasal 2", "baru", "a-1-2020")])
    assert [p.text for p in store.passages()] == ["baru", "tetap"]


def test_the_same_content_again_changes_nothing(store: Store) -> None:
    passages = [make_passage("Pasal 1", "isi")]
    assert store.replace("x", passages) is True
    generation = store.generation()
    assert store.replace("x", passages) is False
    assert store.generation() == generation


def test_every_change_raises_the_generation(store: Store) -> None:
    seen = [store.generation()]
    store.replace("x", [make_passage("Pasal 1", "isi")])
    seen.append(store.generation())
    store.remove("x")
    seen.append(store.generation())
    assert seen == sorted(set(seen))
    assert store.count() == 0


def test_a_replacement_that_fails_halfway_leaves_the_old_state(store: Store) -> None:
    store.replace("x", [make_passage("Pasal 1", "lama")], [make_rule()])
    before = store.state()

    def fail(*_: object) -> None:
        raise RuntimeError("the power went")

    event.listen(store.engine, "commit", fail)
    with pytest.raises(RuntimeError):
        store.replace("x", [make_passage("Pasal 1", "baru")], [make_rule()])
    event.remove(store.engine, "commit", fail)
    assert [p.text for p in store.passages()] == ["lama"]
    assert store.state() == before


def test_one_article_number_twice_keeps_both_passages(store: Store) -> None:
    store.replace("x", [make_passage("Pasal 1", "satu"), make_passage("Pasal 1", "dua")])
    assert {p.text for p in store.passages()} == {"satu", "dua"}
    assert len({p.id for p in store.passages()}) == 2


def test_unchanged_text_is_not_embedded_again(builder: Builder, embedder: WordEmbedder) -> None:
    builder.put(Origin("x", [make_passage("Pasal 1", "tetap"), make_passage("Pasal 2", "lama")]))
    first = embedder.embedded
    builder.put(Origin("x", [make_passage("Pasal 1", "tetap"), make_passage("Pasal 2", "baru")]))
    assert (first, embedder.embedded) == (2, 3)


def test_vectors_come_back_as_they_were_stored(store: Store, builder: Builder, embedder: WordEmbedder) -> None:
    passage = make_passage("Pasal 1", "arsitektur proses bisnis", questions=("apa arsitektur?",))
    builder.put(Origin("x", [passage]))
    held = store.vectors(embedder.name)
    for key in keys_of(passage):
        assert held[key.content] @ embedder.embed([key.text], key.side)[0] == pytest.approx(1, abs=2e-3)


def test_pruning_forgets_only_what_nothing_uses(store: Store, builder: Builder, embedder: WordEmbedder) -> None:
    builder.put(Origin("x", [make_passage("Pasal 1", "lama"), make_passage("Pasal 2", "tetap")]))
    builder.put(Origin("x", [make_passage("Pasal 2", "tetap")]))
    assert store.prune() == 1
    assert len(store.vectors(embedder.name)) == 1


def test_what_a_person_wrote_wins_over_what_the_parser_read(store: Store) -> None:
    store.replace("official:perpres-95-2018", [], [make_rule(title="SISTEM P3MERINTAHAN", articles=77)])
    store.replace("pack", [], [make_rule(title="Sistem Pemerintahan Berbasis Elektronik")])
    rule = store.library().get("perpres-95-2018")
    assert rule is not None
    assert (rule.title, rule.articles) == ("Sistem Pemerintahan Berbasis Elektronik", 77)


def test_unpublished_findings_are_told_only_in_private(store: Store) -> None:
    mine = {"kind": "finding", "agency": "Kab. A"}
    store.replace(
        "finding:a",
        [
            make_passage("Aspek 1", "terbit", "lhe", **mine),
            make_passage("Aspek 2", "rahasia", "lhe", published=False, **mine),
        ],
    )
    assert [p.text for p in store.findings("Kab. A")] == ["terbit"]
    assert [p.text for p in store.findings("Kab. A", private=True)] == ["terbit", "rahasia"]
    assert store.findings("Kab. B", private=True) == []


def test_passages_are_returned_in_the_order_asked(store: Store, put: Callable[..., bool]) -> None:
    put(*(make_passage(f"Pasal {n}", f"isi {n}") for n in range(1, 4)))
    ids = [p.id for p in store.passages()]
    assert [p.id for p in store.passages(reversed(ids))] == ids[::-1]


def test_an_empty_database_has_no_generation_and_no_rules(store: Store) -> None:
    assert store.generation() == 0
    assert list(store.library()) == []  # type: ignore[call-overload]
    with store.engine.begin() as connection:
        assert connection.execute(delete(PASSAGES)).rowcount == 0
        assert connection.execute(delete(VECTORS)).rowcount == 0
