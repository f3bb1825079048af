"""Every (actor, target, action) of an organization, written out."""

import itertools

import pytest

from api.organizations import rules
from api.organizations.rules import ROLES, Role, RoleDecision, Standing

LETTERS = {"+": RoleDecision.ALLOWED, "-": RoleDecision.FORBIDDEN, "L": RoleDecision.LAST_OWNER}

# Columns: what is done to whom. A team manager runs team A.
WHOLE = {
    "owner": "++",
    "admin": "+-",
    "team_manager": "--",
    "member": "--",
}


@pytest.mark.parametrize("actor", ROLES)
def test_who_edits_and_dissolves(actor: Role) -> None:
    standing = Standing(actor, "A")
    assert [rules.edit(standing), rules.dissolve(standing)] == [LETTERS[letter] for letter in WHOLE[actor]]


@pytest.mark.parametrize("actor", ROLES)
def test_who_teaches_whom(actor: Role) -> None:
    """In a team and without one: whether, and if so the only team."""
    found = [rules.only_team(one) if rules.teach(one) is RoleDecision.ALLOWED else "-" for one in people(actor)]
    assert found == {"owner": [None, None], "admin": [None, None], "team_manager": ["A", "-"]}.get(actor, ["-", "-"])


def people(role: Role) -> list[Standing]:
    return [Standing(role, "A"), Standing(role)]


PEOPLE: tuple[Standing, ...] = tuple(Standing(role, team) for role in ROLES for team in ("A", "B", None))
"""member A, B, none; team_manager A, B, none; admin A, B, none; owner A, B, none."""

ADD = {
    "owner": "+++ +++ +++ +++",
    "admin": "+++ +++ +++ ---",
    "team_manager": "+-- --- --- ---",
    "member": "--- --- --- ---",
}
REMOVE_ANOTHER = {
    "owner": "+++ +++ +++ +++",
    "admin": "+++ +++ --- ---",
    "team_manager": "+-- --- --- ---",
    "member": "--- --- --- ---",
}
# Rows: the actor; columns: the target's role member, team_manager, admin, owner; inside: the new role in that order.
CHANGE_ANOTHER_OF_TEAM_A = {
    "owner": "++++ ++++ ++++ ++++",
    "admin": "+++- +++- ---- ----",
    "team_manager": "+--- ---- ---- ----",
    "member": "---- ---- ---- ----",
}
CHANGE_ITSELF = {
    "owner": "++++",
    "admin": "+++-",
    "team_manager": "++--",
    "member": "+---",
}


def expected(row: str) -> list[RoleDecision]:
    return [LETTERS[letter] for letter in row.replace(" ", "")]


@pytest.mark.parametrize("actor", ROLES)
def test_who_adds_whom(actor: Role) -> None:
    assert [rules.add(Standing(actor, "A"), new) for new in PEOPLE] == expected(ADD[actor])


@pytest.mark.parametrize("actor", ROLES)
def test_who_removes_whom(actor: Role) -> None:
    verdicts = [rules.remove(Standing(actor, "A"), target, itself=False, owners=2) for target in PEOPLE]
    assert verdicts == expected(REMOVE_ANOTHER[actor])


@pytest.mark.parametrize("actor", ROLES)
def test_everybody_may_leave(actor: Role) -> None:
    me = Standing(actor, None)
    assert rules.remove(me, me, itself=True, owners=2) is RoleDecision.ALLOWED


@pytest.mark.parametrize("actor", ROLES)
def test_who_gives_whom_which_role(actor: Role) -> None:
    verdicts = [
        rules.change(Standing(actor, "A"), Standing(before, "A"), Standing(after, "A"), itself=False, owners=2)
        for before, after in itertools.product(ROLES, ROLES)
    ]
    assert verdicts == expected(CHANGE_ANOTHER_OF_TEAM_A[actor])


@pytest.mark.parametrize("actor", ROLES)
def test_who_changes_their_own_role(actor: Role) -> None:
    me = Standing(actor, "A")
    verdicts = [rules.change(me, me, Standing(after, "A"), itself=True, owners=2) for after in ROLES]
    assert verdicts == expected(CHANGE_ITSELF[actor])


@pytest.mark.parametrize(("actor", "allowed"), [("owner", "+++"), ("admin", "+++"), ("team_manager", "+-+")])
def test_who_moves_a_member_of_team_a_to_a_team(actor: Role, allowed: str) -> None:
    verdicts = [
        rules.change(Standing(actor, "A"), Standing("member", "A"), Standing("member", team), itself=False, owners=2)
        for team in ("A", "B", None)
    ]
    assert verdicts == expected(allowed)


@pytest.mark.parametrize(("actor", "allowed"), [("owner", "+"), ("admin", "+"), ("team_manager", "-"), ("member", "-")])
def test_only_the_leaders_choose_their_own_team(actor: Role, allowed: str) -> None:
    me = Standing(actor, "A")
    assert [rules.change(me, me, Standing(actor, "B"), itself=True, owners=2)] == expected(allowed)


@pytest.mark.parametrize("actor", ROLES)
@pytest.mark.parametrize("after", [None, "member", "team_manager", "admin"])
def test_the_last_owner_stays(actor: Role, after: Role | None) -> None:
    last = Standing("owner", "A")
    itself = actor == "owner"
    if after is None:
        verdict = rules.remove(Standing(actor, "A"), last, itself=itself, owners=1)
    else:
        verdict = rules.change(Standing(actor, "A"), last, Standing(after, "A"), itself=itself, owners=1)
    assert verdict is (RoleDecision.LAST_OWNER if actor == "owner" else RoleDecision.FORBIDDEN)


def test_a_team_manager_without_a_team_manages_nobody() -> None:
    lost = Standing("team_manager", None)
    assert rules.add(lost, Standing("member", None)) is RoleDecision.FORBIDDEN
    assert rules.remove(lost, Standing("member", None), itself=False, owners=1) is RoleDecision.FORBIDDEN


def test_nobody_is_raised_above_whoever_raises_them() -> None:
    for actor, target, to, itself in itertools.product(PEOPLE, PEOPLE, PEOPLE, (False, True)):
        verdict = rules.change(actor, target, to, itself=itself, owners=2)
        if rules.rank(to.role) > rules.rank(actor.role):
            assert verdict is RoleDecision.FORBIDDEN
