"""What a reworded sentence may and may not do."""

import csv
import itertools
import random
import re
from collections import Counter
from collections.abc import Sequence

import pytest

from assistant.guard import refusal
from assistant.lexicon import Lexicon
from assistant.records.sampling import SAMPLE
from scoring import Language
from tests.assistant.completions import HELD_OUT, HONEST, Completion, adversarial, honest

COMPOSED = "{a1} pada {a2} bernilai **{f1}**, di bawah indeks {f2} {c1}."


def _refused(text: str, composed: str = COMPOSED, language: Language = "id") -> str | None:
    return refusal(composed, text, language, {"{a2}"})


def test_the_composed_sentence_itself_passes() -> None:
    for completion in (*honest(), *adversarial()):
        same = completion.composed
        assert refusal(same, same, completion.language, completion.years) is None, same


@pytest.mark.parametrize(("name", "size"), list(zip(HONEST, (100, 60, 100, 50), strict=True)))
def test_at_least_95_of_100_honest_rewordings_pass(name: str, size: int) -> None:
    """Of each set, after the lexicon was widened for it. When first asked, unseen: 32 of the second, 2 of the third
    (the guard then knew few of a fluent model's words), 21 of the fourth (6 with the guard before the third).
    """
    rewordings = honest(name)
    assert len(rewordings) == size
    assert min(Counter((c.kind, c.language) for c in rewordings).values()) >= size // 25
    refused = [(c.text, reason) for c in rewordings if (reason := _reason(c)) is not None]
    assert len(refused) <= size / 20, refused


def test_as_many_pass_of_the_held_out_set_as_when_it_was_first_asked() -> None:
    """The set nothing was mended for; 4 of 50 passed with the guard before the third set."""
    rewordings = honest(HELD_OUT)
    assert len(rewordings) == 50
    assert sum(_reason(c) is None for c in rewordings) >= 32


def test_no_adversarial_completion_passes() -> None:
    completions = adversarial()
    assert len(completions) >= 890
    through = [c for c in completions if _reason(c) is None]
    assert not through, through


def _reason(completion: Completion) -> str | None:
    return refusal(completion.composed, completion.text, completion.language, completion.years)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Pada {a2}, {a1} tercatat **{f1}**, masih di bawah indeks {f2} {c1}.", None),
        ("{a1} pada {a2} {c1} bernilai {f1}, di bawah indeks {f2}.", None),
        ("{a1} pada {a2} bernilai **{f2}**, di bawah indeks {f1} {c1}.", "order"),
        ("{a1} pada {a2} bernilai **{f1}**, di atas indeks {f2} {c1}.", "direction"),
        ("{a1} pada {a2} tidak bernilai **{f1}**, di bawah indeks {f2} {c1}.", "negation"),
        ("{a1} pada {a2} bernilai **{f1}**, di bawah indeks {f2}.", "tokens"),
        ("{a1} pada {a2} bernilai **{f1}**, di bawah dua indeks {f2} {c1}.", "number"),
        ("{a1} pada {a2} bernilai **{f1}**, di bawah indeks {f2} menurut pasal itu {c1}.", "law"),
        ("{a1} pada {a2} bernilai **{f1}**, di bawah indeks {f2} dan 3,1 {c1}.", "number"),
        ("{a1} pada {a2} bernilai **{f1}**, di bawah indeks {f2} milik Bogor {c1}.", "name"),
        ("{a1} in {a2} is **{f1}**, below the index of {f2} {c1}.", "language"),
        ("{a1} pada {a2} bernilai <b>{f1}</b>, di bawah indeks {f2} {c1}.", "markup"),
        ("{a1} pada {a2} bernilai **{f1}**, **di bawah** indeks {f2} {c1}.", "markup"),
        ("{a1} pada {a2} bernilai **{f1}**, di bawah indeks {f2} {c1}?", "characters"),
        ("{a1} pada {a2} bernilai\u200b **{f1}**, di bawah indeks {f2} {c1}.", "characters"),
        ("{a1} tahun **{f1}** pada {a2} bernilai di bawah indeks {f2} {c1}.", "meaning"),
        ("", "empty"),
        ("{a1}", "length"),
    ],
)
def test_reason_of_a_refusal(text: str, reason: str | None) -> None:
    assert _refused(text) == reason


def test_a_token_keeps_what_is_glued_to_it() -> None:
    composed = "Bobotnya {f1}% dan tambahannya +{f2}."
    assert _refused("Bobotnya {f1}%, tambahannya +{f2}.", composed) is None
    assert _refused("Bobotnya {f1} persen, tambahannya +{f2}.", composed) is None
    assert _refused("Bobotnya {f1}, tambahannya +{f2}%.", composed) is not None
    assert _refused("Bobotnya {f1}%, tambahannya -{f2}.", composed) is not None
    assert _refused("Bobotnya {f1}%, tambahannya {f2}.", composed) is not None


def test_a_figure_stays_with_its_name() -> None:
    composed = "Bagian lainnya: {a1} {f1} dan {a3} {f2}."
    for text in (
        "Bagian lainnya: {a1} {f2} dan {a3} {f1}.",
        "Bagian lainnya: {a3} {f1} dan {a1} {f2}.",
        "Bagian lainnya: {f2} {a1} {f1} dan {a3}.",
    ):
        assert _refused(text, composed) == "order"


@pytest.mark.parametrize(
    ("composed", "passes", "refused"),
    [
        ("Kurang {f1} menuju {a1}.", ["Menuju {a1} kurang {f1}."], ["Menuju {f1} kurang {a1}."]),
        (
            "{a2} {a1} naik {f4} dari {f1} ({a3}) ke {f3} ({a5}).",
            [
                "Dari {f1} pada {a3}, {a2} {a1} naik {f4} menjadi {f3} pada {a5}.",
                "Dari tahun {a3} hingga {a5}, {a2} {a1} meningkat {f4}, dari {f1} menjadi {f3}.",
            ],
            [
                "Dari {f1} pada {a5}, {a2} {a1} naik {f4} menjadi {f3} pada {a3}.",
                "Dari {f3} pada {a3}, {a2} {a1} naik {f4} menjadi {f1} pada {a5}.",
                "Dari {f1} pada {a3}, {a1} {a2} naik {f4} menjadi {f3} pada {a5}.",
            ],
        ),
        (
            "Bila {a4} mencapai tingkat {f1}, indeks menjadi {f4}.",
            ["Indeks menjadi {f4} bila {a4} mencapai tingkat {f1}."],
            ["Indeks menjadi {f1} bila {a4} mencapai tingkat {f4}.", "Bila {a4} menjadi {f4}, indeks tingkat {f1}."],
        ),
        (
            "Bila {a4} mencapai tingkat {f1}, {a1} menjadi {f2} dan indeks {f4}.",
            ["Jika {a4} naik ke tingkat {f1}, {a1} akan menjadi {f2} dan indeks menjadi {f4}."],
            [
                "{a1} menjadi {f2} bila {a4} mencapai tingkat {f1} dan indeks {f4}.",
                "Bila {a4} menjadi {f2}, {a1} mencapai tingkat {f1} dan indeks {f4}.",
                "Bila {a4} mencapai tingkat {f1} dan indeks {f4}, {a1} menjadi {f2}.",
            ],
        ),
        (
            "{a1} bernilai {f1} (bobot {f2}%), di bawah indeks {f3}.",
            ["Di bawah indeks {f3}, {a1} bernilai {f1} (bobot {f2}%)."],
            ["{a1} bernilai {f1}, di bawah indeks {f3} (bobot {f2}%)."],
        ),
        (
            "Untuk tingkat {f1}, {a1} meminta: {a4}.",
            ["{a1} untuk tingkat {f1} meminta: {a4}.", "Syarat {a1} untuk tingkat {f1}: {a4}."],
            ["{a4} untuk tingkat {f1} meminta: {a1}.", "Syarat {a4} untuk tingkat {f1}: {a1}."],
        ),
        ("Di tingkat {f1}: {a1}, {a4}, dan {a5}.", [], ["{a1} di tingkat {f1}: {a4}, dan {a5}."]),
    ],
)  # fmt: skip
def test_a_phrase_may_move_where_its_own_word_says_what_it_is(
    composed: str, passes: list[str], refused: list[str]
) -> None:
    years = {"{a3}", "{a5}"} if "naik" in composed else set()
    for text in (composed, *passes):
        assert refusal(composed, text, "id", years) is None, text
    for text in refused:
        assert refusal(composed, text, "id", years) is not None, text


def test_a_copula_is_none_behind_what_rises() -> None:
    composed = "{a1} pada {a2} naik {f1}."
    assert _refused("{a1} pada {a2} mencapai {f1}.", "{a1} pada {a2} bernilai {f1}.") is None
    assert _refused("{a1} pada {a2} naik sebesar {f1}.", composed) is None
    assert _refused("{a1} pada {a2} naik mencapai {f1}.", composed) is not None


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_turn_of_phrase_keeps_every_token_it_takes(language: Language) -> None:
    for pattern, stands_for in Lexicon.of(language).turns:
        taken = Counter(re.findall(r"\(\?P<(\w)>", pattern.pattern))
        assert Counter(re.findall(r"\\g<(\w)>", stands_for)) == taken, pattern.pattern
        assert not re.search(r"\d", re.sub(r"\\\d", "", stands_for))


def test_gated_words_come_only_where_the_composed_sentence_lets_them() -> None:
    """In every sentence whose terms do not open a gate, its words are refused; a third of all the combinations."""
    tried = 0
    for number, known in enumerate(_templates()):
        lexicon = Lexicon.of(known.language)
        parts = known.composed.split(" ")
        words = _bare(parts)
        said = {m for at in range(len(parts)) if (m := lexicon.meaning(words[at:])[1])} | lexicon.gates(words)
        for phrase, gate in list(lexicon.gated.items())[number % 3 :: 3]:
            if gate.opens(said) or {lexicon.meaning(phrase, said)[1]} <= {""}:
                continue
            text = " ".join([*parts[:1], *phrase, *parts[1:]])
            assert refusal(known.composed, text, known.language, known.years) is not None, text
            tried += 1
    assert tried > 1000


def test_a_negation_keeps_its_place() -> None:
    composed = "Yang ada saya catat; yang tidak lengkap saya sebut."
    assert _refused("Yang tidak ada saya catat; yang lengkap saya sebut.", composed) == "order"


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_agency_can_be_named_in_the_words_of_the_lexicon(language: Language) -> None:
    """The distinctive part of every register name has a word that no rewording may bring in."""
    lexicon = Lexicon.of(language)
    kinds = {"kota", "kab", "kabupaten", "provinsi", "pemerintah", "kementerian", "badan", "lembaga"}
    with (SAMPLE / "agencies.csv").open(encoding="utf-8", newline="") as file:
        entries = list(csv.DictReader(file))
    for entry in entries:
        words = [w for w in entry["name"].lower().replace(".", " ").split() if w.isalpha() and w not in kinds]
        assert not words or any(lexicon.meaning([word])[1] is None for word in words), entry["name"]


@pytest.mark.parametrize("language", ["id", "en"])
def test_number_and_law_words_are_never_free(language: Language) -> None:
    lexicon = Lexicon.of(language)
    free = {word for phrase in lexicon.free for word in phrase}
    assert not free & (lexicon.numbers | lexicon.law)
    assert all(
        lexicon.meaning([word])[1] == f"number {word}" for word in lexicon.numbers if (word,) not in lexicon.terms
    )


def _templates() -> list[Completion]:
    return list({c.composed: c for c in (*honest(), *adversarial())}.values())


def test_no_two_figures_and_no_two_names_can_be_swapped() -> None:
    swapped = 0
    for known in _templates():
        tokens = [t for t in dict.fromkeys(re.findall(r"\{[fa]\d+\}", known.composed)) if t not in known.years]
        for first, second in itertools.combinations(tokens, 2):
            if first[1] != second[1]:
                continue
            text = known.composed.replace(first, "{x}").replace(second, first).replace("{x}", second)
            assert refusal(known.composed, text, known.language, known.years) is not None, text
            swapped += 1
    assert swapped > 100


@pytest.mark.parametrize(
    "word", ["tidak", "not", "dua", "two", "pasal", "article", "Bogor", "turun", "above", "sekitar", "about", "12", "½"]
)
def test_a_word_that_matters_can_be_put_nowhere(word: str) -> None:
    for known in _templates():
        parts = known.composed.split(" ")
        for at in range(len(parts) + 1):
            text = " ".join([*parts[:at], word, *parts[at:]])
            assert refusal(known.composed, text, known.language, known.years) is not None, text


def test_a_word_that_matters_cannot_be_left_out() -> None:
    matters = "tidak bukan belum bawah atas naik dari lebih terutama baru tetap not below above up from higher only"
    for known in _templates():
        parts = known.composed.split(" ")
        for at, part in enumerate(parts):
            if part.lower().strip(",.;:") in matters.split():
                text = " ".join([*parts[:at], *parts[at + 1 :]])
                assert refusal(known.composed, text, known.language, known.years) is not None, text


def test_no_meaning_of_the_lexicon_can_be_brought_in() -> None:
    """What the lexicon knows and the composed sentence does not say is refused; a fourth of all the combinations."""
    tried = 0
    for number, known in enumerate(_templates()):
        lexicon = Lexicon.of(known.language)
        parts = known.composed.split(" ")
        said = {meaning for at in range(len(parts)) if (meaning := lexicon.meaning(_bare(parts[at:]))[1])}
        middle = len(parts) // 2
        for phrase, meanings in list(lexicon.terms.items())[number % 4 :: 4]:
            merged = lexicon.meaning(_bare([*phrase, *parts[middle:]]))[0] > len(phrase)  # "to go" before "from"
            copula = phrase in lexicon.copulas and parts[middle].lstrip("*(").startswith("{f")
            if phrase in lexicon.gated and lexicon.gated[phrase].opens(said):
                continue  # see test_gated_words_come_only_where_the_composed_sentence_lets_them
            if merged or copula or {*meanings} & said or "if" in meanings or {*meanings} & lexicon.movable:
                continue
            text = " ".join([*parts[:middle], *phrase, *parts[middle:]])
            assert refusal(known.composed, text, known.language, known.years) is not None, text
            tried += 1
    assert tried > 3000


def _bare(parts: list[str]) -> list[str]:
    return [part.lower().strip(".,:;*()") for part in parts]


_SAID = {
    "id": (("naik", "turun", "terpaut", "dari", "menjadi", "di peringkat", "di bawah"), (", ", " dan ", "; ", ". ")),
    "en": (("up by", "fell by", "behind by", "from", "becomes", "ranks", "below"), (", ", " and ", "; ", ". ")),
}


def _told(owner: Sequence[int], said: Sequence[str], names: Sequence[int], join: str) -> str:
    """ "{a1} naik {f1}, dari {f2}; {a2} turun {f3}.": of each name the figures that are its own."""
    parts = []
    for name in names:
        own = (f"{word} {{f{number}}}" for number, word in enumerate(said, 1) if owner[number - 1] == name)
        parts.append(f"{{a{name}}} {', '.join(own)}".strip())
    return f"{join.join(parts)}."


def test_no_figure_passes_from_one_name_to_another() -> None:
    """Five thousand sentences of two or three names, each told with one figure given to another name."""
    chance, through = random.Random(20), []
    for _ in range(5_000):
        language: Language = chance.choice(["id", "en"])
        words, joins = _SAID[language]
        said = chance.sample(words, chance.randint(2, 4))
        names = [1, 2, 3][: chance.choice([2, 3])]
        owner = [chance.choice(names) for _ in said]
        given = list(owner)
        at = chance.randrange(len(said))
        given[at] = chance.choice([name for name in names if name != owner[at]])
        composed = _told(owner, said, names, chance.choice(joins))
        text = _told(given, said, chance.sample(names, len(names)), chance.choice(joins))
        if refusal(composed, text, language, set()) is None:
            through.append((composed, text))
    assert not through, through[:5]


@pytest.mark.parametrize(
    ("composed", "text"),
    [
        ("{a1} turun {f1} dan {a2} naik {f2}.", "{a1} naik {f2} dan {a2} turun {f1}."),
        ("{a1} bernilai {f1}, naik {f2}; {a2} bernilai {f3}.", "{a1} bernilai {f1}; {a2} bernilai {f3}, naik {f2}."),
        ("{a1} naik {f1}, menjadi {f3}; {a2} terpaut {f2}.", "{a1} naik {f1}; menjadi {f3}, {a2} terpaut {f2}."),
    ],
)
def test_a_figure_that_may_move_stays_with_its_name(composed: str, text: str) -> None:
    assert refusal(composed, text, "id", set()) == "order"
    assert refusal(composed, composed, "id", set()) is None
