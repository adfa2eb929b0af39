"""The questionnaire on a terminal: what is shown at each step, and what each choice does."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from plenipo.cli.ask.prompts import MenuChoice, Prompts
from plenipo.cli.ask.saving import keep
from plenipo.interview import Interview, Question, branches
from plenipo.interview.answer_file import AnswerFile
from plenipo.report import questionnaire
from plenipo.report.page import Page
from plenipo.rulebook.model import UNKNOWN

#: What can be done at a question beside answering it.
BACK = MenuChoice(":back", "b", "back", side=True)
KEEP = MenuChoice(":keep", "k", "keep this answer", side=True)
WHY = MenuChoice(":why", "w", "why", side=True)
HELP = MenuChoice(":help", "?", "help", side=True)
REVIEW = MenuChoice(":review", "r", "review answers", side=True)
BRIEF = MenuChoice(":brief", "a", "brief so far", side=True)
REST = MenuChoice(":rest", "n", "the rest is not known", side=True)
STOP = MenuChoice(":stop", "s", "save and stop", side=True)
UNSURE = MenuChoice(UNKNOWN, "u", "not known")
#: What can be said to "the rest is not known".
YES = MenuChoice(":yes", "y", "yes")
NO = MenuChoice(":no", "k", "no, keep asking")


class Dialogue:
    """A questionnaire that is put to somebody; every answer is kept before the next question comes."""

    def __init__(
        self,
        interview: Interview,
        answer_file: AnswerFile,
        prompts: Prompts,
        page: Page,
        show_brief: Callable[[Interview], None],
    ) -> None:
        self.interview = interview
        self._show_brief = show_brief
        self._file = answer_file
        self._prompts = prompts
        self._page = page
        self._steps: Mapping[str, Callable[[], None]] = {
            BACK.value: self._back,
            KEEP.value: self._keep,
            WHY.value: self._why,
            HELP.value: self._help,
            REVIEW.value: self._review,
            BRIEF.value: self._brief,
            REST.value: self._rest,
            ":on": self._go_on,
        }

    def run(self) -> None:
        """Ask until nothing is left to ask, or the user stops."""
        shown: Interview | None = None
        while True:
            again, shown = shown is self.interview, self.interview
            question = self.interview.question
            chosen = self._conclude(again=again) if question is None else self._ask(question, again=again)
            if chosen == STOP.value:
                self._finish()
                return
            if chosen in self._steps:
                self._steps[chosen]()
            elif question is not None:
                self._take(self.interview.answer(chosen), {question.fact.id})

    def _take(self, answered: Interview, facts: Collection[str]) -> None:
        """Keep answers, and say what they change in the brief."""
        before = self.interview
        self.interview = keep(answered, facts, self._file, self._prompts, self._page)
        if not self.interview.about:
            questionnaire.changed(before, self.interview, self._page)

    def _ask(self, question: Question, *, again: bool) -> str:
        if again:
            questionnaire.again(question.fact.name, self._page)
        else:
            questionnaire.question(self.interview, question, self._page)
        answers = [
            MenuChoice(value, str(number), label) for number, (value, label) in enumerate(question.values.items(), 1)
        ]
        side = [KEEP] if question.held is not None else []
        side += [BACK] if self.interview.earlier is not None else []
        side += [WHY, HELP, *self._looking_back(), REST, STOP]
        held = question.held if question.held in {*question.values, UNKNOWN} else None
        # Enter shows the brief as soon as the situation is placed, so that nobody has to answer every question.
        default = held or (BRIEF.value if self.interview.placed else None)
        note = questionnaire.note(question, self._page)
        return self._prompts.choose(question.fact.ask, [*answers, UNSURE, *side], default, note)

    def _conclude(self, *, again: bool) -> str:
        if again:
            questionnaire.again("Done", self._page)
        else:
            questionnaire.conclusion(self.interview, self._page)
        stop = MenuChoice(STOP.value, STOP.key, "save and stop, with the brief" if self.interview.known else STOP.label)
        choices = [stop, *self._looking_back()]
        if self.interview.left and not self.interview.broken:
            choices.insert(0, MenuChoice(":on", "g", questionnaire.further(self.interview)))
        choices[:0] = [BACK] if self.interview.earlier is not None else []
        plain = [MenuChoice(each.value, each.key, each.label) for each in choices]
        return self._prompts.choose("What now?", plain, STOP.value)

    def _looking_back(self) -> list[MenuChoice]:
        return [*([REVIEW] if self.interview.answers else []), BRIEF]

    def _back(self) -> None:
        self.interview = self.interview.back()

    def _keep(self) -> None:
        self.interview = self.interview.forward()

    def _go_on(self) -> None:
        self.interview = self.interview.go_on()

    def _why(self) -> None:
        questionnaire.why(self.interview, branches(self.interview), self._page)

    def _help(self) -> None:
        if (question := self.interview.question) is not None:
            questionnaire.help(self.interview, question, self._page)

    def _review(self) -> None:
        self._page.blank()
        given = list(questionnaire.answers(self.interview))
        choices = [MenuChoice(id, str(number), f"{name}: {said}") for number, (id, name, said) in enumerate(given, 1)]
        leave = MenuChoice(":leave", "k", "keep them all", side=True)
        chosen = self._prompts.choose("Which answer do you want to change?", [*choices, leave], leave.value)
        if chosen != leave.value:
            self.interview = self.interview.revisit(chosen)

    def _rest(self) -> None:
        left = self.interview.left
        many = "the question that is left" if len(left) == 1 else f"the {len(left)} questions that are left"
        if left and self._prompts.choose(f'Answer {many} with "not known"?', [YES, NO], NO.value) == YES.value:
            self._take(self.interview.rest_unknown(), left)

    def _finish(self) -> None:
        if self.interview.known and not self.interview.broken:
            self._brief()

    def _brief(self) -> None:
        self._page.blank()
        self._show_brief(self.interview)
