"""What leads in many situations is what leads in each, on any rulebook."""

from __future__ import annotations

import hypothesis
import pytest
from hypothesis import strategies as st

from plenipo.counsel.brief import brief
from plenipo.counsel.leads import leads
from plenipo.counsel.prerequisites import weighed_alike
from plenipo.engines.bitset import truth_table
from plenipo.rulebook.model import Rulebook
from tests.answers import advise, few
from tests.made_up.journeys import FACTS, VALUES, journey

SITUATIONS = st.lists(
    st.dictionaries(st.sampled_from(FACTS), st.sampled_from(VALUES), max_size=5), min_size=1, max_size=6
)


def alone(rulebook: Rulebook, situations: list[dict[str, str]]) -> list[tuple[str, ...]]:
    return [tuple(each.option.id for each in brief(advise(rulebook, facts)).lead) for facts in situations]


@few
@hypothesis.given(st.integers(0, 10_000), SITUATIONS)
def test_a_situation_leads_in_company_with_what_it_leads_with_alone(
    seed: int, situations: list[dict[str, str]]
) -> None:
    rulebook = journey(seed)
    assert weighed_alike(rulebook)
    assert list(leads(rulebook, situations)) == alone(rulebook, situations)


@few
@hypothesis.given(st.integers(0, 10_000), SITUATIONS)
def test_it_does_where_a_truth_table_has_no_room_for_every_fact(seed: int, situations: list[dict[str, str]]) -> None:
    rulebook = journey(seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(truth_table, "MOST_ROWS", 30)
        assert list(leads(rulebook, situations)) == alone(rulebook, situations)
