"""A rulebook whose names are hard to keep apart: equal titles, titles of punctuation, labels that are other values."""

from __future__ import annotations

FACTS = """\
facts:
  people:
    age: {ask: How old is the person?, title: Age at entry, values: {under_18: under 18, from_18: 18 or over}}
    port-fee: {ask: Who pays?, title: Port fee, values: {none: nobody, owner: the owner, unclear: Unknown}}
    dues: {ask: What of the dues?, title: "The owner's dues", values: {low: Very low, very_low: Low, waived: "no dues"}}
    wet: {ask: Is it raining?, title: "???", values: boolean}
    sure: {ask: Is that sure?, title: "--", values: {maybe: "50/50", quite: N/A, no_talk: none}}
    heard: {ask: What was heard?, title: "Heard \u201cat sea\u201d", values: {a-b: one, ab2: two, c: "a b"}}
"""
OPTIONS = """\
options:
  sea:
    sail: {title: Set sail}
    port_fee: {title: Pay the port fee}
    port-fees: {title: Pay the port fees}
    twin: {title: Ask the harbour master}
    twin2: {title: Ask the Harbour-Master}
    third: {title: Tell the harbour master}
    strange: {title: "!!!"}
"""
FINDINGS = """\
findings:
  safe: {says: The sea is safe.}
  portfee: {says: The port fee is paid.}
"""
RULES = """\
- {id: young, when: {age: under_18}, then: {avoid: sail}}
- {id: old, when: {age: from_18}, then: {recommend: sail}}
- {id: low-dues, when: {dues: very_low, wet: false}, then: {find: safe}}
- {id: fee-paid, when: {port-fee: owner}, then: {find: portfee}}
- {id: pay-it, when: {safe: true}, then: {recommend: port_fee}}
- {id: pay-them, when: {portfee: true}, then: {consider: port-fees}}
- {id: ask-one, when: {sure: maybe}, then: {consider: twin}}
- {id: ask-another, when: {sure: quite}, then: {consider: twin2}}
- {id: tell, when: {heard: a-b}, then: {consider: third}}
- {id: be-strange, when: {heard: c}, then: {consider: strange}}
"""
