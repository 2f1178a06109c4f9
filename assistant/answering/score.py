"""What is the value of a node?"""

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.answering.charts import standing_chart
from assistant.answering.desk import Desk, node_words, premise, premise_told
from assistant.answering.standing import Standing
from assistant.records.agencies import spoken
from assistant.request import Request
from scoring.assessment import STAGE_NAMES
from scoring.figures import shown


def answer(request: Request, desk: Desk) -> Answer:
    standing = desk.standing(request)
    node = request.node or "index"
    request = request.model_copy(update={"node": node, "year": standing.year, "agency": standing.assessment.agency})
    several = [other for other in request.nodes if standing.value(other) is not None]
    if len(several) > 1:
        _values(desk, standing, several, [other for other in request.nodes if other not in several])
        second_hand(desk, standing)
        _suggest(desk, standing, node)
        return desk.draft.answer(request)
    _correct(request, desk, standing, node)
    _value(desk, standing, node)
    if node == "index":
        _below_index(desk, standing)
    else:
        _around(desk, standing, node)
    _notes(desk, standing, node)
    _suggest(desk, standing, node)
    return desk.draft.answer(request)


def _correct(request: Request, desk: Desk, standing: Standing, node: str) -> None:
    """A value the asker took for granted is put right first."""
    assumed, value = premise(request), standing.value(node)
    claimed = next((b.name for b in standing.instrument.bands if b.name.id == request.premise), None)
    bands = [band.name.id for band in standing.instrument.bands]
    if claimed is not None and node == "index" and standing.rating is not None and standing.rating.id in bands:
        right = claimed.id == standing.rating.id
        said = desk.rating(claimed)
        desk.draft.sentence(
            desk.say("Benar.", "That is right.")
            if right
            else desk.say(f"Belum sampai {said}.", f"It has not reached {said}.")
            if bands.index(claimed.id) > bands.index(standing.rating.id)
            else desk.say(f"Sudah melewati {said}.", f"It is past {said}.")
        )
        return
    if assumed is None or value is None or shown(assumed) == shown(value):
        return
    told = premise_told(request, desk)
    desk.draft.sentence(
        desk.say(
            f"Nilai {desk.node(standing.instrument, node)} bukan {told}, melainkan {desk.value(standing, node)}.",
            f"{desk.node(standing.instrument, node)} is not {told} but {desk.value(standing, node)}.",
        )
    )


def _value(desk: Desk, standing: Standing, node: str) -> None:
    agency, year = desk.called(standing.assessment.agency), desk.year(standing.year)
    name = desk.node(standing.instrument, node)
    stage = desk.text(STAGE_NAMES[standing.assessment.stage])
    if standing.value(node) is None and _coarser(desk, standing, node):
        return
    if standing.value(node) is None:
        low = desk.exact(standing.scoring.span(node).floor, desk.say("batas bawah", "floor"), node, standing)
        high = desk.exact(standing.scoring.span(node).ceiling, desk.say("batas atas", "ceiling"), node, standing)
        desk.draft.sentence(
            desk.say(
                f"{name} {agency} pada {year} belum dapat dipastikan: antara {low} dan {high} ({stage}).",
                f"{name} of {agency} in {year} is not certain yet: between {low} and {high} ({stage}).",
            )
        )
        _completeness(desk, standing)
        return
    value = desk.value(standing, node)
    if node == "index" and standing.rating is not None:
        rating = desk.rating(standing.rating)
        desk.draft.sentence(
            desk.say(
                f"{name} {agency} pada {year} adalah **{value}**, predikat **{rating}** ({stage}).",
                f"The {name} of {agency} in {year} is **{value}**, rated **{rating}** ({stage}).",
            )
        )
    elif node.startswith("indicator"):
        indicator = standing.instrument.indicators[int(node.split()[1]) - 1]
        aspect = standing.instrument.aspects[indicator.aspect - 1]
        level = standing.levels(node).get(indicator.number)
        names = standing.instrument.maturity.get(aspect.maturity or "", ())
        known = f" ({desk.draft.name(desk.text(names[level - 1]))})" if level and names else ""
        desk.draft.sentence(
            desk.say(
                f"{agency} berada di tingkat **{value}**{known} pada {name}, tahun {year} ({stage}).",
                f"{agency} stands at level **{value}**{known} on {name} in {year} ({stage}).",
            )
        )
    else:
        weight = desk.share(standing, node)
        desk.draft.sentence(
            desk.say(
                f"{name} {agency} pada {year} bernilai **{value}** ({stage}; bobot {weight}%).",
                f"{name} of {agency} in {year} is **{value}** ({stage}; weight {weight}%).",
            )
        )


def _values(desk: Desk, standing: Standing, nodes: Sequence[str], missing: Sequence[str]) -> None:
    """The values of several parts that were asked for at once."""
    agency, year = desk.called(standing.assessment.agency), desk.year(standing.year)
    stage = desk.text(STAGE_NAMES[standing.assessment.stage])
    told = desk.listed([f"{desk.node(standing.instrument, n)} **{desk.value(standing, n)}**" for n in nodes])
    desk.draft.sentence(
        desk.say(f"Nilai {agency} pada {year} ({stage}): {told}.", f"{agency} in {year} ({stage}): {told}.")
    )
    if missing:
        names = desk.listed([desk.node(standing.instrument, node) for node in missing])
        desk.draft.sentence(desk.say(f"Nilai {names} tidak ada di sini.", f"No value of {names} is held here."))


def _coarser(desk: Desk, standing: Standing, node: str) -> bool:
    """Where results are held in coarser parts only, say so and give the part above; whether it was so."""
    kind, number = standing.instrument.node(node)
    if standing.assessment.basis == "indicator" or kind not in ("aspect", "indicator"):
        return False
    instrument = standing.instrument
    aspect = instrument.aspects[(instrument.indicators[number - 1].aspect if kind == "indicator" else number) - 1]
    above = [f"aspect {aspect.number}", f"domain {aspect.domain}", "index"]
    known = next((part for part in above if part != node and standing.value(part) is not None), None)
    if known is None:
        return False
    agency, year, name = (
        desk.called(standing.assessment.agency),
        desk.year(standing.year),
        desk.node(instrument, node),
    )
    value, whole = desk.value(standing, known), desk.node(instrument, known)
    desk.draft.sentence(
        desk.say(
            f"Nilai {name} {agency} pada {year} tidak ada di sini; yang dipublikasikan baru {whole}: **{value}**.",
            f"The value of {name} of {agency} in {year} is not held here; published down to {whole}: **{value}**.",
        )
    )
    return True


def _completeness(desk: Desk, standing: Standing) -> None:
    known, total = standing.scoring.known
    if standing.assessment.basis != "indicator" or known == total:
        return
    label = standing.held.label
    k = desk.count(known, desk.say("indikator yang dinilai", "indicators assessed"), "index", label)
    t = desk.count(total, desk.say("jumlah indikator", "number of indicators"), "index", label)
    desk.draft.sentence(
        desk.say(
            f"Baru {k} dari {t} indikator yang tingkatnya diketahui; yang kosong tidak dihitung nol.",
            f"Only {k} of {t} indicators have a known level; missing ones are not counted as zero.",
        )
    )


def _below_index(desk: Desk, standing: Standing) -> None:
    parts = standing.instrument.domains or standing.instrument.aspects
    kind = "domain" if standing.instrument.domains else "aspect"
    known = [p for p in parts if standing.value(f"{kind} {p.number}") is not None]
    if known:
        words = [f"{desk.draft.name(desk.text(p.name))} {desk.value(standing, f'{kind} {p.number}')}" for p in known]
        title = desk.say("Per domain", "By domain") if kind == "domain" else desk.say("Per aspek", "By aspect")
        desk.draft.sentence(f"{title}: {'; '.join(words)}.")
        if (chart := standing_chart(desk, standing)) is not None:
            desk.draft.charts.append(chart)
    following, index = standing.next_band(), standing.value("index")
    if following is not None and index is not None:
        name, lower = following
        lacking = desk.draft.figure(lower - index, desk.say("kekurangan", "shortfall"), "index", standing.held.label)
        if lower > index:
            desk.draft.sentence(
                desk.say(
                    f"Kurang {lacking} lagi menuju {desk.rating(name)}.",
                    f"It is {lacking} short of {desk.rating(name)}.",
                )
            )


def _around(desk: Desk, standing: Standing, node: str) -> None:
    index = standing.value("index")
    if index is None or standing.value(node) is None or node.startswith("indicator"):
        return
    desk.draft.sentence(
        desk.say(
            f"Indeks keseluruhan {desk.value(standing, 'index')}.",
            f"The index as a whole is {desk.value(standing, 'index')}.",
        )
    )


def _notes(desk: Desk, standing: Standing, node: str) -> None:
    span = standing.scoring.span(node)
    published = standing.published(node)
    if published is not None and span.exact is None and standing.assessment.basis == "indicator":
        low = desk.exact(span.floor, desk.say("batas bawah", "floor"), node, standing)
        high = desk.exact(span.ceiling, desk.say("batas atas", "ceiling"), node, standing)
        desk.draft.sentence(
            desk.say(
                f"Itu angka yang dipublikasikan. Dari tingkat yang diketahui saja, nilainya antara {low} dan {high}.",
                f"That is the published figure. From the known levels alone it lies between {low} and {high}.",
            )
        )
        _completeness(desk, standing)
    if standing.differs(node) and span.exact is not None:
        computed = desk.exact(span.exact, desk.say("hasil hitung", "computed"), node, standing)
        desk.draft.note(
            desk.say(
                f"Dari tingkat indikator, hasil hitungnya {computed}, berbeda dari yang dipublikasikan.",
                f"Computed from the indicator levels it is {computed}, which differs from the published value.",
            )
        )
    others = [
        held
        for held in desk.assessments.of(desk.agencies.find(standing.assessment.agency))
        if held.assessment.year == standing.year and held.assessment.stage != standing.assessment.stage
    ]
    for other in map(Standing, others):
        if other.value(node) is not None and other.instrument.id == standing.instrument.id:
            stage = desk.text(STAGE_NAMES[other.assessment.stage])
            desk.draft.sentence(
                desk.say(
                    f"Pada {stage} nilainya {desk.value(other, node)}.",
                    f"In the {stage} it is {desk.value(other, node)}.",
                )
            )
    second_hand(desk, standing)


def second_hand(desk: Desk, standing: Standing) -> None:
    """Say so where the instrument's facts were not checked against the rule's text."""
    if standing.instrument.second_hand:
        desk.draft.note(
            desk.say(
                "Instrumen ini dari sumber kedua; belum dicocokkan dengan naskah aturannya.",
                "This instrument is known second-hand; it was not checked against the text of the rule.",
            )
        )


def _suggest(desk: Desk, standing: Standing, node: str) -> None:
    agency = spoken(standing.assessment.agency)
    name = node_words(desk, standing.instrument, "index" if standing.value(node) is None else node)
    desk.draft.suggest(
        desk.say(
            f"Apa yang menahan {name} {agency} {standing.year}?",
            f"What holds {name} of {agency} back in {standing.year}?",
        ),
        desk.say(f"Indikator apa yang paling menahan {agency}?", f"Which gaps hold {agency} back the most?"),
        desk.say(
            f"Bagaimana perkembangan indeks {agency}?", f"How has the index of {agency} developed over the years?"
        ),
    )
