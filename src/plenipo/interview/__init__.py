"""The questionnaire: which question comes, what was answered, what an answer would do, and the file that keeps it."""

from plenipo.interview.consequences import AnswerBranch, Consequence, branches
from plenipo.interview.state import Interview, Question, begin

__all__ = ["AnswerBranch", "Consequence", "Interview", "Question", "begin", "branches"]
