"""The questionnaire: which question comes, what was answered, what an answer would do, and the file that keeps it."""

from plenipo.interview.course import Interview, Question, begin
from plenipo.interview.weigh import Branch, Consequence, weigh

__all__ = ["Branch", "Consequence", "Interview", "Question", "begin", "weigh"]
