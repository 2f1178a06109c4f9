"""The official ``openai`` client, unchanged, over real HTTP."""

from collections.abc import Iterator

import openai
import pytest

from assistant.answer import Answer
from assistant.records.api_keys import create_key, revoke_key
from tests.bots.gateway.conftest import OTHER, OWN, SELF_YEAR, House

WHY = "kenapa domain 2 kami rendah?"
ABOUT_US = {"agency": "Kota Bandar Lampung", "year": 2024}


def opened(address: str, key: str = "visitor") -> openai.OpenAI:
    return openai.OpenAI(base_url=f"{address}/v1", api_key=key, max_retries=0, timeout=20)


@pytest.fixture
def client(address: str) -> Iterator[openai.OpenAI]:
    with opened(address) as made:
        yield made


def question(text: str) -> list[dict[str, str]]:
    return [{"role": "system", "content": "Answer briefly."}, {"role": "user", "content": text}]


def test_a_completion_carries_the_answer_beside_its_text(client: openai.OpenAI) -> None:
    made = client.chat.completions.create(model="tanya-spbe", messages=question(WHY), extra_body=ABOUT_US)
    answer = Answer.model_validate(made.answer)
    assert made.choices[0].message.content == answer.text
    assert made.choices[0].finish_reason == "stop"
    assert answer.intent == "why"
    assert any(figure.value == "2.40" for figure in answer.figures)
    assert made.usage.total_tokens == made.usage.prompt_tokens + made.usage.completion_tokens
    assert made.usage.prompt_tokens > 5
    assert made.usage.completion_tokens > 20


@pytest.mark.parametrize("counted", [True, False])
def test_a_stream_gives_the_same_text_and_answer(client: openai.OpenAI, counted: bool) -> None:
    options = {"stream_options": {"include_usage": True}} if counted else {}
    stream = client.chat.completions.create(
        model="tanya-spbe", messages=question(WHY), stream=True, extra_body=ABOUT_US, **options
    )
    chunks = list(stream)
    text = "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)
    answer = Answer.model_validate(chunks[-1].answer)
    assert text == answer.text
    assert len(chunks) > 4
    assert [c.finish_reason for chunk in chunks for c in chunk.choices if c.finish_reason] == ["stop"]
    assert (chunks[-1].usage is not None) == counted
    whole = client.chat.completions.create(model="tanya-spbe", messages=question(WHY), extra_body=ABOUT_US)
    assert Answer.model_validate(whole.answer) == answer


def test_the_helper_that_gathers_a_stream_works(client: openai.OpenAI) -> None:
    with client.chat.completions.stream(model="tanya-spbe", messages=question("apa itu SPBE?")) as stream:
        final = stream.get_final_completion()
    assert final.choices[0].message.content


def test_models_are_listed_and_one_is_read(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["tanya-spbe"]
    assert client.models.retrieve("tanya-spbe").owned_by == "tanya-spbe"
    with pytest.raises(openai.NotFoundError):
        client.models.retrieve("gpt-4o")


def test_earlier_messages_are_the_conversation(client: openai.OpenAI) -> None:
    first = question("berapa indeks SPBE Kota Bandung tahun 2024?")
    answered = client.chat.completions.create(model="tanya-spbe", messages=first)
    followed = [
        *first,
        {"role": "assistant", "content": answered.choices[0].message.content},
        {"role": "user", "content": [{"type": "text", "text": "kalau Kota Bogor?"}]},
    ]
    for _ in range(2):  # remembered, then asked again from the messages alone
        made = client.chat.completions.create(model="tanya-spbe", messages=followed)
        assert made.answer["request"]["agency"] == "Pemerintah Kota Bogor"
        assert made.answer["request"]["intent"] == "score"
        assert made.answer["request"]["year"] == 2024


def test_a_conversation_can_be_named_instead(client: openai.OpenAI) -> None:
    for text, agency in (("berapa indeks Kota Bandung?", "Bandung"), ("kalau Kota Bogor?", "Bogor")):
        made = client.chat.completions.create(
            model="tanya-spbe", messages=[{"role": "user", "content": text}], extra_body={"conversation": "c-17"}
        )
        assert made.answer["request"]["agency"] == f"Pemerintah Kota {agency}"
        assert made.answer["request"]["intent"] == "score"


def test_a_key_is_scoped_to_its_agency(address: str, house: House) -> None:
    ask = f"berapa indeks penilaian mandiri {{}} tahun {SELF_YEAR}?"
    seen = {}
    for who, key in (("own", house.own_key), ("other", house.other_key), ("visitor", "visitor")):
        with opened(address, key) as client:
            made = client.chat.completions.create(
                model="tanya-spbe", messages=[{"role": "user", "content": ask.format("Kota Bandar Lampung")}]
            )
            seen[who] = {figure["value"] for figure in made.answer["figures"] if str(SELF_YEAR) in figure["source"]}
    assert "3.00" in seen["own"]
    assert seen["other"] == seen["visitor"] == set()


def test_kami_is_the_agency_of_the_key(address: str, house: House) -> None:
    for key, agency in ((house.own_key, OWN), (house.other_key, OTHER)):
        with opened(address, key) as client:
            made = client.chat.completions.create(
                model="tanya-spbe", messages=[{"role": "user", "content": "berapa indeks kami?"}]
            )
            assert made.answer["request"]["agency"] == agency


def test_an_unknown_or_revoked_key_is_refused(address: str, house: House) -> None:
    engine = house.installation.engine
    number, key = create_key(engine, "soon gone", "staff", house.installation.records.register.find(OWN))
    with opened(address, key) as client:
        client.chat.completions.create(model="tanya-spbe", messages=question("apa itu SPBE?"))
        revoke_key(engine, number)
        with pytest.raises(openai.AuthenticationError) as refused:
            client.chat.completions.create(model="tanya-spbe", messages=question("apa itu SPBE?"))
    assert refused.value.code == "key_not_accepted"
    assert refused.value.type == "authentication_error"
    for forged in ("sk-123", house.own_key + "x", "spbe_" + "A" * 43):
        with opened(address, forged) as client, pytest.raises(openai.AuthenticationError):
            client.chat.completions.create(model="tanya-spbe", messages=question("apa itu SPBE?"), stream=True)


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        ({"model": "gpt-4o"}, openai.NotFoundError, "not_found_model"),
        ({"messages": [{"role": "system", "content": "x"}]}, openai.UnprocessableEntityError, "empty_question"),
        ({"messages": []}, openai.UnprocessableEntityError, "invalid_request"),
        ({"n": 2}, openai.UnprocessableEntityError, "invalid_request"),
        ({"extra_body": {"agency": "Kota Antah Berantah"}}, openai.NotFoundError, "unknown_agency"),
        ({"extra_body": {"agency": "Kota Antah Berantah"}, "stream": True}, openai.NotFoundError, "unknown_agency"),
    ],
)
def test_errors_are_openais_and_ours(client: openai.OpenAI, body: dict, kind: type, code: str) -> None:
    with pytest.raises(kind) as refused:
        client.chat.completions.create(**{"model": "tanya-spbe", "messages": question("berapa indeks kami?"), **body})
    error = refused.value.body
    assert error["code"] == code
    assert error["message"]
    assert "details" in error
    assert error["type"] == "invalid_request_error"
    assert "param" in error
