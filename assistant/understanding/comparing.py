"""Follow-ups of a comparison: whom it is between, and the agency of the same name but another kind."""

import re
from typing import TYPE_CHECKING, Any

from assistant.request import Request
from assistant.understanding.gazetteer import Gazetteer
from assistant.understanding.leaning import ADDING, BESIDE_US, THEM
from assistant.understanding.numbers import asks_average, picked_by

if TYPE_CHECKING:
    from assistant.understanding.understand import Read

_BESIDE = re.compile(
    r"\b(?:sama|dengan|dibanding\w*|banding\w*|lawan|vs|versus|selisih|beda|terhadap|karo|jeung|sareng|with|to|against|than|compare\w*)\b"
)


def compared(
    slots: dict[str, Any],
    names: list[str],
    base: Request,
    own: str | None,
    found: "Read",
    known: Gazetteer,
) -> None:
    """Put into ``slots`` whom a follow-up compares: a group, the same agencies, others, or one more."""
    provinces = [n for n in names if n in known.by_name and known.kind_of(n) == "prov"]
    beside = _BESIDE.search(found.text)
    if base.group and provinces == names and len(names) == 1 and not beside:  # "kalau jawa tengah?" after a ranking
        slots["group"] = known.province_names[names[0]]
        return
    if base.group and len(names) == 1 and not (found.named.group or beside):
        slots |= {"agency": names[0], "agencies": (), "bound": None}  # "kalau garut?": its place among them
        return
    bound = picked_by(found.text, found.ratings)
    if found.named.group:
        slots |= {"group": found.named.group, "kinds": found.named.kinds, "agencies": ()}
        slots["bound"] = bound or (slots.get("bound") if base.group else None)
        return
    if base.group and bound and not names:  # "kalau di bawah 3,8?"
        slots |= {"bound": bound, "kinds": found.named.kinds or base.kinds}
        return
    if base.group and base.listed and not found.named.candidates and names in ([], [own]) and THEM.search(found.text):
        names = list(dict.fromkeys([*([own] if own else []), base.listed[0]]))  # "selisih kita dengan mereka"
        slots |= {"agencies": tuple(names), "group": None, "kinds": (), "agency": None, "bound": None}
        return
    if base.group and not [n for n in names if n != own] and (asks_average(found.text) or BESIDE_US.search(found.text)):
        slots |= {"bound": None, "agency": own or base.agency, "kinds": found.named.kinds or base.kinds}
        return
    other = other_kind(found.text, base.agency, known) if base.agency in known.by_name and found.named.kinds else None
    if base.group and not names and found.named.kinds:
        if other and base.agency != own:  # "kalau yang kabupaten?" after the place of a city
            slots["agency"] = other
        else:  # "kalau kotanya?"
            slots["kinds"] = found.named.kinds
        return
    if other and not names:  # "bandingkan dengan kabupatennya"
        names = [other]
    if base.intent == "compare" and not base.group:
        same = ADDING.search(found.text) or set(names) <= set(base.agencies)
        kept = list(base.agencies) if same else list(base.agencies[:1])
        slots["agencies"] = tuple(dict.fromkeys([*kept, *names]))
    else:
        first = base.agency or own
        others = names or ([own] if own else [])
        both = len(names) > 1 and first in names  # "bandingkan keduanya", in the order they came up
        slots["agencies"] = tuple(dict.fromkeys(names if both else [*([first] if first else ()), *others]))
    if names:
        slots |= {"group": None, "kinds": (), "agency": None, "bound": None}


def other_kind(text: str, agency: str, known: Gazetteer) -> str | None:
    """ "bukan, kota bukan kabupaten": the agency of the same name of the kind that is not denied."""
    denied = re.search(
        r"\bbukan (?:yang )?(kota|kabupaten|kab|provinsi|prov)\b|\bnot the (city|regency|province)\b", text
    )
    kinds = {"kota": "kota", "kabupaten": "kab", "kab": "kab", "provinsi": "prov", "prov": "prov"}
    kinds |= {"city": "kota", "regency": "kab", "province": "prov"}
    wanted = [kinds[word] for word in re.findall(r"[a-z]+", text) if word in kinds]
    if denied:
        wanted = [kind for kind in wanted if kind != kinds[denied[1] or denied[2]]] or wanted
    core = next((core for core, names in known.cores.items() if agency in names), None)
    same = known.cores.get(core, []) if core else []
    return next((name for kind in wanted for name in same if known.kind_of(name) == kind and name != agency), None)
