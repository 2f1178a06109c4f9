"""Whatever is said arrives whole, in valid messages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.telegram.pieces import MESSAGE_LIMIT, Piece, Run, clipped, messages, piece, units
from tests.bots.telegram.bot_api import parse_html

WORDS = st.text(st.sampled_from("ab<>&\"'. \n🙂é*_/"), min_size=1, max_size=60)
RUNS = st.lists(st.builds(Run, WORDS, st.booleans()), min_size=1, max_size=8).map(tuple)
PIECES = st.lists(st.builds(Piece, RUNS, st.sampled_from(["text", "note", "table", "sources"])), max_size=12)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@given(PIECES, st.integers(20, 200))
def test_nothing_is_lost_and_every_message_is_valid_and_short_enough(pieces: list[Piece], limit: int) -> None:
    packed = [parse_html(html)[0] for html in messages(pieces, limit)]
    assert all(0 < units(text) <= limit for text in packed)
    assert bare("".join(packed)) == bare("".join(p.text for p in pieces))


def test_a_long_answer_is_cut_between_paragraphs() -> None:
    paragraphs = [piece("Kalimat. " * 150 + f"**{n}**") for n in range(6)]
    packed = messages(paragraphs)
    assert len(packed) == 2
    assert all(html.startswith("Kalimat.") and html.endswith("</b>") for html in packed)


def test_one_endless_word_of_emoji_is_cut_between_characters() -> None:
    packed = messages([piece("🙂" * 5000)])
    assert [units(html) for html in packed] == [4096, 4096, 1808]


def test_a_cut_inside_bold_or_a_quote_closes_and_opens_the_tag() -> None:
    packed = messages([Piece((Run("kata " * 2000, bold=True),), "sources")])
    assert len(packed) == 3
    for html in packed:
        assert html.startswith("<blockquote expandable><b>") and html.endswith("</b></blockquote>")


def test_the_limit_counts_what_is_shown_not_how_it_is_escaped() -> None:
    assert len(messages([piece("&" * MESSAGE_LIMIT)])) == 1
    assert len(messages([piece("&" * (MESSAGE_LIMIT + 1))])) == 2


def test_more_bold_words_than_telegram_keeps_go_into_another_message() -> None:
    packed = messages([piece(" ".join(f"**{n}**" for n in range(250)))])
    assert [len(parse_html(html)[1]) for html in packed] == [100, 100, 50]


@pytest.mark.parametrize(
    ("text", "cut"), [("satu dua tiga", "satu dua…"), ("🙂🙂🙂🙂🙂🙂", "🙂🙂🙂🙂…"), ("pas", "pas")]
)
def test_a_label_is_clipped_between_words_or_characters(text: str, cut: str) -> None:
    assert clipped(text, 10) == cut


def test_markup_in_the_words_is_shown_as_written() -> None:
    assert messages([piece("<script> & **tebal**")]) == ["&lt;script&gt; &amp; <b>tebal</b>"]
