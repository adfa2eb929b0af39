"""The API against its own description: whatever is sent, the answer is one that is described, and never a fault."""

from __future__ import annotations

import hypothesis
import schemathesis
from hypothesis import HealthCheck
from schemathesis.specs.openapi.checks import positive_data_acceptance

import plenipo
from plenipo.web.json_api import json_api

SCHEMA = schemathesis.openapi.from_asgi("/openapi.json", json_api(plenipo.load_rulebook()))
#: What a sweep over many facts or a deep roadmap costs is bounded elsewhere; here are few of each.
EXAMPLES = 12


@SCHEMA.parametrize()
@hypothesis.settings(max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_is_described(case: schemathesis.Case) -> None:
    case.call_and_validate(excluded_checks=[positive_data_acceptance])  # no schema knows which names there are
