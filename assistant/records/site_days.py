"""How many questions came through each portal today: a budget holds over workers and restarts."""

from datetime import date

from sqlalchemy import Date, Engine, String, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from assistant.records.models import Base


class SiteDay(Base):
    """The questions that came through one portal on one day (UTC)."""

    __tablename__ = "site_days"

    site: Mapped[str] = mapped_column(String(60), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    questions: Mapped[int]


def spend(engine: Engine, site: str, day: date, budget: int) -> bool:
    """Count one question; False, and nothing counted, where the day's budget is spent."""
    here = (SiteDay.site == site, SiteDay.day == day)
    one_more = update(SiteDay).where(*here, SiteDay.questions < budget).values(questions=SiteDay.questions + 1)
    for _ in range(2):
        with Session(engine) as session, session.begin():
            if session.execute(one_more.returning(SiteDay.questions)).first() is not None:
                return True
            if budget < 1 or session.scalar(select(func.count()).select_from(SiteDay).where(*here)):
                return False
        try:
            with Session(engine) as session, session.begin():
                session.execute(insert(SiteDay).values(site=site, day=day, questions=1))
            return True
        except IntegrityError:
            continue  # another worker counted the day's first question at the same moment
    return False


def spent(engine: Engine, site: str, day: date) -> int:
    """The questions counted on a day."""
    with Session(engine) as session:
        found = session.get(SiteDay, (site, day))
        return 0 if found is None else found.questions
