"""The answer-set engine: every situation a rulebook allows, searched with clingo. clingo is imported on first use."""

from plenipo.engines.answers.engine import AnswerEngine, answer_engine

__all__ = ["AnswerEngine", "answer_engine"]
