"""A harbour, as rulebook files have it, whose options come after, go with and belong to others."""

from __future__ import annotations

OPTIONS = """\
options:
  sea:
    crew: {title: Hire a crew}
    sail:
      title: Set sail
      after: {crew: {cite: [A02], basis: stated, because: A boat needs hands.}}
    net: {title: Cast the net, part_of: sail}
    dynamite: {title: Fish with dynamite, part_of: sail}
    cross: {title: Cross the ocean, after: [sail]}
  land:
    mend: {title: Mend the nets, with: {paint: {cite: [B03], basis: inferred, because: Both are done ashore.}}}
    paint: {title: Paint the boat}
    sell: {title: Sell the boat}
    rest: {title: Rest}
    insure: {title: Insure the boat and everything that belongs to it with a company of good repute}
    sing: {title: Sing}
"""
FINDINGS = """\
findings:
  safe: {says: The sea is safe.}
  rough: {says: The sea is rough.}
"""
RULES = """\
- {id: calm-is-safe, when: {wind: [calm, breeze]}, then: {find: safe}, because: Little wind moves little water.}
- {id: storm-is-rough, when: {wind: storm}, then: {find: rough}, because: Much wind moves much water., cite: [B01]}
- {id: hire-hands, then: {recommend: crew}, because: Nobody sails alone., strength: must}
- id: sail-when-safe
  when: {safe: true}
  unless: {sky: dark}
  then: {recommend: sail}
  because: A safe sea is a sea to be on.
  cite: [A01, B01]
  strength: should
- {id: sail-anyway, then: {consider: sail}, because: Boats are made for sailing., cite: [B04], strength: might}
- {id: wait-out-the-storm, when: {rough: true}, then: {defer: sail}, because: Wait until the wind has dropped.}
- {id: cast-it, then: {consider: net}, because: Fish are in the sea., basis: inferred, strength: could}
- {id: no-dynamite, then: {avoid: dynamite}, because: It ends badly., cite: [B02]}
- id: not-across
  when: {any: [{tide: false}, {moon: false}, {rough: true}]}
  then: {defer: cross}
  because: One leaves on a high tide under a full moon.
  cite: [B05]
- {id: across-on-the-tide, when: {tide: true, moon: true}, then: {consider: cross}, because: Now is the hour.}
- {id: mend-them, then: {recommend: mend}, because: Torn nets hold no fish., basis: inferred, cite: [A05, B05]}
- {id: paint-it, when: {sky: [clear, cloudy]}, then: {recommend: paint}, because: Paint keeps the water out.}
- {id: wet-paint, when: {sky: unknown}, then: {caution: paint}, because: Rain would spoil it., strength: might}
- {id: mind-the-reef, then: {caution: sail}, because: There is a reef before the harbour., basis: inferred}
- {id: never-sell, then: {avoid: sell}, because: It is the only boat there is., cite: [A09]}
- {id: rested, when: {wind: storm}, then: {done: rest}, because: Nobody went out., overrides: rest-now}
- {id: rest-now, then: {recommend: rest}, because: Rest while you may.}
- id: insure-it
  when: {sky: dark}
  then: {consider: insure}
  because: Dark skies cost money.
  jointly: true
  cite: [A03, B03]
"""
STORM = {"wind": "storm", "sky": "dark", "tide": "false"}
CALM = {"wind": "calm", "sky": "clear"}
