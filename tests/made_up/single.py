"""A rulebook with one of everything, whose counts are all to be said of one, with its text and situations."""

from __future__ import annotations

from hashlib import sha256

TEXT = "Rain makes people wet."
FILES: dict[str, str | bytes] = {
    "rules/facts.yaml": """\
facts:
  weather:
    rain: {ask: Does it rain?, values: boolean, known_to: [owner], cite: [P01]}
""",
    "rules/options.yaml": """\
options:
  day:
    stay: {title: Stay at home, cite: [P01], by: owner, arises_when: {wet: true}}
""",
    "rules/findings.yaml": "findings:\n  wet: {says: It is wet outside., cite: [P01]}\n",
    "rules/parties.yaml": "parties:\n  owner: {title: the owner, own: true}\n",
    "rules/days.yaml": """\
- id: wet-rain
  when: {rain: yes}
  then: {find: wet, recommend: stay}
  because: Rain is water.
  cite: [P01]
  basis: stated
  strength: plain
""",
    "seeds/P.yaml": f"""\
id: P
title: Notes on rain
author: A walker
file: text.txt
paragraphs: [{sha256(TEXT.encode()).hexdigest()}]
propositions:
  P01: {{paragraph: 1, kind: premise, strength: plain, says: Rain makes wet.}}
""",
    "facts/rainy.yaml": "title: A day\nfacts: {rain: yes}\nconsidering: [stay]\nexpect: {stay: recommend}\n",
    "facts/open.yaml": "title: Some day\nfacts: {}\nlikely: {rain: equal}\nnotes: {rain: Look outside.}\n",
    "text.txt": f"{TEXT}\n",
    "table.csv": "id,rain\na,yes\n",
    "mixed.csv": "id,rain\na,yes\nb,sometimes\n",
}
