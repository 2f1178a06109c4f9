"""Accounts, invitations and keys: who may what, and when it ends."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from assistant.permissions import VISITOR
from assistant.records import audit
from assistant.records.accounts import accounts, deactivate
from assistant.records.agencies import Agencies
from assistant.records.api_keys import asker_with, create_key, keys, revoke_key
from assistant.records.invitations import accept, invite, who
from assistant.records.models import ApiKey, Invitation, now
from scoring import RefusedInput
from tests.assistant.records.conftest import OURS


def test_a_code_works_once(engine: Engine, register: Agencies) -> None:
    ours = register.find(OURS)
    code = invite(engine, ours, "staff", "Bagian Organisasi")
    asker = accept(engine, code, "telegram", "42")
    assert (asker.role, asker.agency_id) == ("staff", ours.id)
    assert who(engine, "telegram", "42") == asker
    with pytest.raises(RefusedInput):
        accept(engine, code, "telegram", "43")
    assert who(engine, "telegram", "43") == VISITOR


def test_a_code_is_read_as_people_write_it_down(engine: Engine, register: Agencies) -> None:
    code = invite(engine, register.find(OURS), "head")
    assert accept(engine, f"  {code.lower().replace('-', '')} ", "telegram", "42").role == "head"


def test_an_expired_a_wrong_and_an_empty_code_are_refused_in_the_same_words(engine: Engine, register: Agencies) -> None:
    code = invite(engine, register.find(OURS), "staff")
    with Session(engine) as session, session.begin():
        session.execute(update(Invitation).values(expires_at=now() - timedelta(seconds=1)))
    said = set()
    for wrong in (code, "AAAA-BBBB-CCCC", ""):
        with pytest.raises(RefusedInput) as refused:
            accept(engine, wrong, "telegram", "42")
        said.add(refused.value.message.id)
    assert len(said) == 1
    assert accounts(engine) == []


def test_neither_code_nor_key_is_kept(engine: Engine, register: Agencies) -> None:
    code = invite(engine, register.find(OURS), "staff")
    _, key = create_key(engine, "portal", "staff", register.find(OURS))
    with Session(engine) as session:
        invitation = session.scalars(select(Invitation)).one()
        held = session.scalars(select(ApiKey)).one()
    assert code.replace("-", "") not in str(vars(invitation))
    assert key not in str(vars(held)) and len(held.start) < len(key) / 3


def test_a_coordinator_is_of_a_province(engine: Engine, register: Agencies) -> None:
    province = register.find("Provinsi Jawa Barat")
    asker = accept(engine, invite(engine, province, "coordinator"), "web", "1")
    assert (asker.role, asker.province) == ("coordinator", "Jawa Barat")


@pytest.mark.parametrize("role", ["operator", "visitor", "", "STAFF"])
def test_other_roles_are_not_given_away(engine: Engine, register: Agencies, role: str) -> None:
    with pytest.raises(RefusedInput):
        invite(engine, register.find(OURS), role)
    with pytest.raises(RefusedInput):
        create_key(engine, "portal", role, register.find(OURS))


def test_a_district_has_no_coordinating_key(engine: Engine, register: Agencies) -> None:
    with pytest.raises(RefusedInput):
        create_key(engine, "portal", "coordinator", register.find(OURS))


def test_a_deactivated_account_is_a_visitor_and_its_keys_open_nothing(engine: Engine, register: Agencies) -> None:
    asker = accept(engine, invite(engine, register.find(OURS), "staff"), "telegram", "42")
    assert asker.account_id is not None
    _, key = create_key(engine, "portal", "staff", register.find(OURS))
    program = asker_with(engine, key)
    assert program is not None and program.account_id is not None
    for account in (asker.account_id, program.account_id):
        deactivate(engine, account)
    assert who(engine, "telegram", "42") == VISITOR
    assert asker_with(engine, key) is None
    assert [account["active"] for account in accounts(engine)] == [False, False]
    assert [key["works"] for key in keys(engine)] == [False]


def test_a_key_may_what_its_scope_says_until_it_is_revoked(engine: Engine, register: Agencies) -> None:
    ours = register.find(OURS)
    number, key = create_key(engine, "portal", "head", ours)
    other, still = create_key(engine, "bot", "staff", ours)
    asker = asker_with(engine, key)
    assert asker is not None and (asker.role, asker.agency_id) == ("head", ours.id)
    assert asker_with(engine, key[:-1]) is None and asker_with(engine, "") is None
    revoke_key(engine, number)
    revoke_key(engine, number)
    assert asker_with(engine, key) is None
    assert asker_with(engine, still) is not None
    assert [(k["id"], k["works"]) for k in keys(engine)] == [(number, False), (other, True)]
    assert [e["action"] for e in audit.entries(engine)].count("key revoked") == 1


def test_two_keys_ask_under_two_names(engine: Engine, register: Agencies) -> None:
    ours = register.find(OURS)
    askers = [asker_with(engine, create_key(engine, name, "staff", ours)[1]) for name in ("a", "b")]
    names = {asker.name for asker in askers if asker is not None}
    assert len(names) == 2


def test_what_does_not_exist_cannot_be_ended(engine: Engine) -> None:
    with pytest.raises(RefusedInput, match="99"):
        deactivate(engine, 99)
    with pytest.raises(RefusedInput, match="99"):
        revoke_key(engine, 99)
