"""A new installation starts with the register and the published results, once."""

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from assistant.permissions import VISITOR
from assistant.records.agencies import Agencies
from assistant.records.assessments import Assessments
from assistant.records.models import Agency, AssessmentRecord
from assistant.records.sampling import load_register, load_sample
from scoring import score


def test_the_register_holds_the_agencies_of_2024_by_kind_and_province(engine: Engine) -> None:
    with Session(engine) as session:
        kinds = dict(session.execute(select(Agency.kind, func.count()).group_by(Agency.kind)).all())
        province = session.scalars(select(Agency).where(Agency.province == "Jawa Barat")).all()
    assert sum(kinds.values()) >= 615
    assert set(kinds) == {"kab", "kota", "prov", "k-l"}
    assert {agency.kind for agency in province} == {"kab", "kota", "prov"}
    assert len(province) == 28  # 27 districts and cities, and the province itself


def test_the_sample_is_stored_once_and_all_of_it_is_published(engine: Engine, register: Agencies) -> None:
    stored = load_sample(engine)
    load_register(engine)
    assert load_sample(engine) == 0
    with Session(engine) as session:
        assert session.scalar(select(func.count()).select_from(AssessmentRecord)) == stored >= 615
        assert session.scalar(select(func.count()).where(AssessmentRecord.published.is_(False))) == 0
    held = Assessments(engine, VISITOR).find(register.find("Kota Bandar Lampung"), 2024)
    card = score(held.assessment)
    assert (str(card.index), card.rating) == ("2.98", "Baik")


def test_assessments_of_an_installation_keep_the_sample_out(engine: Engine, register: Agencies) -> None:
    from tests.assistant.records.conftest import OURS, put

    put(engine, register, OURS)
    assert load_sample(engine) == 0
