"""Judges an Answer against the `expect` of an utterance (shared/eval/README.md)."""

from typing import Any


def faults(answer: dict[str, Any], expect: dict[str, Any]) -> list[str]:
    """Everything in which an Answer document misses what is expected; empty where it is right."""
    if "error" in answer:
        return [f"refused: {answer['error']['code']}"]
    found = []
    intents = [expect["intent"], *expect.get("intent_also", ())]
    asks_back = bool(answer["request"].get("clarify"))
    if answer["intent"] not in intents:
        found.append(f"intent {answer['intent']}, expected {intents}")
    text = answer["text"]
    if asks_back and (expect.get("ambiguous") or expect.get("clarify")):
        return found
    for slot, value in expect["request"].items():
        said = answer["request"].get(slot)
        same = sorted(said or []) == sorted(value) if slot == "agencies" else _plain(said) == _plain(value)
        if not same:
            found.append(f"{slot} {said!r}, expected {value!r}")
    values = {figure["value"] for figure in answer["figures"]}
    point = "." if answer["language"] == "en" else ","
    for figure in expect["figures"]:
        if not any(_same_number(figure, value) for value in values) or figure.replace(".", point) not in text:
            found.append(f"figure {figure} is not stated")
    groups = expect.get("figures_any")
    if groups and not any(all(figure.replace(".", point) in text for figure in group) for group in groups):
        found.append(f"none of the figures {groups}")
    for mention in expect["must_mention"]:
        if not any(word.lower() in text.lower() for word in mention.split("|")):
            found.append(f"does not mention {mention}")
    for banned in expect["must_not"]:
        if banned in text or banned.replace(".", ",") in text:
            found.append(f"mentions {banned}")
    for wanted in expect.get("citations", ()):
        if not any(_cites(citation, wanted) for citation in answer["citations"]):
            found.append(f"does not cite {wanted}")
    if "abstained" in expect and answer["abstained"] != expect["abstained"]:
        found.append(f"abstained {answer['abstained']}")
    if "language" in expect and answer["language"] != expect["language"]:
        found.append(f"language {answer['language']}")
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): float(item) for key, item in value.items()}
    return float(value) if isinstance(value, str) and value.replace(".", "", 1).isdigit() else value


def _same_number(one: str, other: str) -> bool:
    return float(one) == float(other)


def _cites(citation: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(str(citation.get(key, "")).startswith(str(value)) for key, value in wanted.items())
