"""What everybody may do is declared in one place, and holds at every address of the admin."""

from pathlib import Path

import pytest
from django.utils.translation import override

from cms.translation.acts import ROLES, Reach
from cms.translation.matrix import MATRIX, find_act, table
from tests.translators.everywhere import Stage, has_object, is_let_in, names

UNTRIED = {"be asked before a review is cancelled"}
"""Acts for which nothing lies ready on the stage: no review runs there."""

DOCS = Path(__file__).resolve().parents[2] / "docs" / "rights.md"


def test_every_address_is_in_the_matrix() -> None:
    """An address that a new version or a new feature brings is closed until somebody says who may go there."""
    assert [name for name in names() if find_act(name) is None] == []


def test_the_matrix_names_no_address_that_is_not_there() -> None:
    used = {act.what for name in names() if (act := find_act(name))}
    assert [act.what for act in MATRIX if act.what not in used] == []


def test_the_documentation_shows_the_matrix() -> None:
    assert table() in DOCS.read_text()


@pytest.mark.parametrize("role", ROLES)
def test_everybody_comes_as_far_as_the_matrix_says_and_no_further(role: str, stage: Stage) -> None:
    """Traps 5 and 20, at every address: one's own objects and others'."""
    odd, tried, wanted = [], set(), set()
    with override("en"):
        for name in names():
            for scope, reaches in (("own", (Reach.OWN, Reach.ALL)), ("foreign", (Reach.ALL,))):
                act = find_act(name)
                said = act is not None and act.reach(role) in reaches
                found = is_let_in(stage, role, scope, name)
                if act and said and scope == "own":
                    wanted.add(act.what)
                    tried |= {act.what} if found is not None else set()
                if found not in (None, said) and (has_object(name) or scope == "own"):
                    odd.append(f"{name}, {scope}: declared {said}, found {found}")
    assert not odd, "\n" + "\n".join(odd)
    assert wanted - tried <= UNTRIED  # of everything else that is said to be theirs, something was theirs to try
