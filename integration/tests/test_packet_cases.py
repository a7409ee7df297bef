"""Every packet case of `cases/`, one test each. The cases of one network share a switch and a Flow6."""

import pathlib

import pytest

from flow6lab.cases import load
from flow6lab.stage import Stages

_CASES = [case for file in sorted((pathlib.Path(__file__).parents[1] / "cases").glob("*.json")) for case in load(file)]


@pytest.fixture(scope="module")
def stages():
    with Stages() as stages:
        yield stages


@pytest.mark.parametrize("case", sorted(_CASES, key=lambda case: (case.network or "", case.without)), ids=str)
def test_case(stages, case):
    problems = stages.play(case)
    assert not problems, "\n".join(problems)
