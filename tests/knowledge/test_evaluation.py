"""The figures of retrieval, against values worked out by hand."""

import math

import pytest

from knowledge.evaluation import Gold, Judged, TestQuestion, compare, interval, ranks_of, report, scores_of


def question(*gold: Gold, ganda: bool = False) -> TestQuestion:
    return TestQuestion(id="q", question="?", kind="k", gold=gold, ganda=ganda)


def judged(name: str, ranks: list[int | None], *, answered: bool = True, kind: str = "k") -> Judged:
    return Judged(
        id=name, question="?", kind=kind, found=[], ranks=ranks, answered=answered, reason="", scores=scores_of(ranks)
    )


def test_an_anchor_is_found_across_line_breaks() -> None:
    assert ranks_of(question(Gold(doc="a", anchor="dua tiga")), ["satu", "satu dua\n   tiga empat"]) == [2]


def test_an_alternative_place_counts_as_much() -> None:
    gold = (Gold(doc="a", anchor="xx"), Gold(doc="b", anchor="yy", alternative=True))
    assert ranks_of(question(*gold), ["yy", "xx"]) == [1]


def test_a_double_question_needs_every_slot() -> None:
    gold = tuple(Gold(doc="a", anchor=a, slot=s) for a, s in (("aa", 1), ("ab", 1), ("bb", 2)))
    assert ranks_of(question(*gold, ganda=True), ["--", "ab", "aa"]) == [2, None]


@pytest.mark.parametrize(
    ("ranks", "expected"),
    [
        ([1], (1, 1, 1, 1)),
        ([6], (0, 1, 1 / 6, 1 / math.log2(7))),
        ([None], (0, 0, 0, 0)),
        ([11], (0, 0, 0, 0)),
        ([2, None], (0.5, 0.5, 0.5, (1 / math.log2(3)) / (1 + 1 / math.log2(3)))),
        ([1, 2], (1, 1, 1, 1)),
    ],
)
def test_scores(ranks: list[int | None], expected: tuple[float, ...]) -> None:
    assert list(scores_of(ranks).values()) == pytest.approx(list(expected))


def test_a_report_keeps_kinds_and_abstentions_apart() -> None:
    made = report(
        [
            judged("a", [1], kind="x"),
            judged("b", [None], kind="y", answered=False),
            judged("c", [], answered=False),
            judged("d", []),
        ]
    )
    assert made.figures["recall@5"].mean == 0.5
    assert {kind: f["recall@5"] for kind, f in made.kinds.items()} == {"x": 1.0, "y": 0.0}
    assert (made.refused_rightly, made.unanswerable, made.refused_wrongly, made.answerable) == (1, 2, 1, 2)


def test_two_configurations_are_compared_question_by_question() -> None:
    first = report([judged("a", [2]), judged("b", [1]), judged("c", [None])], "first")
    second = report([judged("a", [1]), judged("b", [3]), judged("c", [None])], "second")
    difference = compare(first, second)
    assert (difference.better, difference.worse) == (["a"], ["b"])
    assert difference.figures["mrr@10"].mean == pytest.approx((0.5 - 2 / 3) / 3)


def test_an_interval_holds_its_mean_and_is_the_same_each_time() -> None:
    values = [0.0, 1.0, 1.0, 0.5] * 10
    made = interval(values)
    assert made.low < made.mean < made.high
    assert interval(values) == made
