% Run SWI-Prolog: swipl prolog_run.pl -- PROGRAM SITUATIONS; prints answers and times.

:- use_module(library(http/json)).
:- initialization(main, main).

main([Program, Situations]) :-
    load_files(Program, [silent(true)]),
    load_files(Situations, [silent(true)]),
    findall(S, situation(_, S), Cases),
    Cases = [First|_],
    answer(First, _, _),
    get_time(Start),
    answers(Cases, Answers),
    get_time(End),
    Taken is End - Start,
    json_write_dict(current_output, _{answers: Answers, seconds: _{clauses: Taken}, same: true}, [width(0)]).

answers([], []).
answers([S|Others], [[Fired, Verdicts]|Answers]) :-
    answer(S, Fired, Verdicts), !,
    answers(Others, Answers).
