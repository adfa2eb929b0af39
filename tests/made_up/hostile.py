"""Texts that a stranger may put into a title, a note or a rulebook, and a rulebook made of them."""

from __future__ import annotations

from dataclasses import replace

from plenipo.rulebook.model import Rulebook

#: Each would do harm somewhere if it were not made safe.
HOSTILE = (
    "</script><script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "]]><!-- x --><![CDATA[ <b>",
    "</style></title></article><iframe src=http://evil.example>",
    "javascript:alert(1) [a](javascript:alert(1)) <a href=javascript:alert(1)>x</a>",
    "{{ 7 * 7 }} {% raw %} {# no #}",
    "&lt;b&gt; &amp;amp; &#x3c;script&#x3e;",
    "one\u2028two\u2029three\rfour\x0bfive\x85six",
    "\x00\x01\x07\x08\x1b[31mred\x1b]8;;http://evil.example\x07x\x9b2J",
    "\u202egnp.exe\u2066\u200f\ufeff\ud800",
    "# head\n- list | cell `code` *b*",
)


def hostile_rulebook(book: Rulebook, evil: str) -> Rulebook:
    """Return a rulebook in which every text that people read is this one."""
    return Rulebook(
        {
            id: replace(fact, ask=evil, title=evil, values=dict.fromkeys(fact.values, evil))
            for id, fact in book.facts.items()
        },
        {id: replace(option, title=evil, group=evil) for id, option in book.options.items()},
        {id: replace(finding, says=evil) for id, finding in book.findings.items()},
        {id: replace(rule, because=evil, track=evil) for id, rule in book.rules.items()},
        {
            id: replace(
                source,
                author=evil,
                title=evil,
                propositions={key: replace(said, says=evil, hedge=evil) for key, said in source.propositions.items()},
            )
            for id, source in book.sources.items()
        },
        digest=book.digest,
    )
