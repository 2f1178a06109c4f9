"""The library's store on both engines, in the schema that the migrations make."""

import threading

import numpy as np
from sqlalchemy import Engine

from knowledge.keys import keys_of
from knowledge.library import Rule
from knowledge.passage import Passage
from knowledge.store import Store


def _passage(locator: str, text: str, rule: str = "perpres-1-2020") -> Passage:
    return Passage.model_validate(
        {"id": f"{rule} {locator}", "rule": rule, "locator": locator, "title": "Aturan", "text": text, "kind": "digest"}
    )


def test_an_origin_is_replaced_as_a_whole(engine: Engine) -> None:
    store = Store(engine)
    known = {"id": "perpres-1-2020", "kind": "perpres", "number": "1", "year": 2020, "short": "Perpres 1/2020"}
    rule = Rule.model_validate({**known, "title": "Aturan", "status": "in force"})
    assert store.replace("a", [_passage("Pasal 1", "lama"), _passage("Pasal 2", "lama")], [rule])
    assert store.replace("b", [_passage("Pasal 9", "tetap", "perpres-2-2020")])
    assert store.replace("a", [_passage("Pasal 1", "baru")], [rule])
    assert not store.replace("a", [_passage("Pasal 1", "baru")], [rule])
    assert [p.text for p in store.passages()] == ["baru", "tetap"]
    assert [r.id for r in store.library()] == ["perpres-1-2020"]  # type: ignore[attr-defined]
    assert store.generation() == 3
    assert store.remove("b") and store.count() == 1


def test_vectors_are_kept_by_content_and_pruned(engine: Engine) -> None:
    store = Store(engine)
    passage = _passage("Pasal 1", "isi")
    store.replace("a", [passage])
    key = keys_of(passage)[0]
    row = np.arange(4, dtype=np.float32)[None]
    assert store.missing([key], "e") == [key]
    store.add_vectors("e", [key.content, "unused"], np.vstack([row, row]))
    store.add_vectors("e", [key.content], row)
    assert store.missing([key], "e") == []
    assert store.vectors_of("e", [key.content])[key.content].tolist() == [0, 1, 2, 3]
    assert store.prune() == 1


def test_writers_at_once_leave_one_state_and_count_every_change(engine: Engine) -> None:
    store = Store(engine)
    store.replace("a", [_passage("Pasal 1", "awal")])
    problems: list[BaseException] = []

    def write(number: int) -> None:
        try:
            store.replace("a", [_passage("Pasal 1", f"isi {number}"), _passage("Pasal 2", f"isi {number}")])
        except Exception as reason:
            problems.append(reason)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len({p.text for p in store.passages()}) == 1
    assert store.generation() == 5
