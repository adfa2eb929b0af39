"""A page as a careful parser sees it: what stands open, what it says, and all that a browser might act upon."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"meta", "br", "hr", "img", "wbr", "col", "input", "link"}
#: What may stand in a page; anything else is a surprise.
KNOWN = {
    *("html", "head", "meta", "title", "style", "body", "main", "article", "header", "footer", "nav", "section"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "a", "strong", "em", "span", "code", "blockquote"),
    *("div", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "figure"),
    *("svg", "g", "path", "rect", "text"),
}
ATTRIBUTES = {
    *("class", "id", "href", "lang", "charset", "name", "content", "http-equiv", "tabindex", "role", "aria-label"),
    *("aria-hidden", "scope", "value", "open", "colspan", "xmlns", "viewbox", "width", "height", "d", "x", "y"),
    *("transform", "text-anchor"),
}


class WebPage(HTMLParser):
    """Parses a page, and refuses what is not well formed or not expected in one."""

    def __init__(self, written: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.headings: list[int] = []
        self.text: list[str] = []
        self.style = ""
        self.feed(written)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in KNOWN, f"an element {tag}"
        assert {name for name, _ in attrs} <= ATTRIBUTES, f"{tag} has {attrs}"
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "style":
            self.style += data
        else:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction {data}")

    @property
    def said(self) -> str:
        """All that it says, with single spaces."""
        return " ".join("".join(self.text).split())

    def every(self, attribute: str) -> list[str]:
        """Return the values of an attribute, wherever it is."""
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]


def checked(written: str) -> WebPage:
    """Return a page that is well formed, whose links stay in it, and whose ids and headings are in order."""
    seen = WebPage(written)
    ids, links = seen.every("id"), seen.every("href")
    assert len(ids) == len(set(ids))
    assert {link[:1] for link in links} == {"#"}
    assert {link[1:] for link in links} <= set(ids)
    assert seen.headings.count(1) <= 1
    assert all(after <= before + 1 for before, after in zip(seen.headings, seen.headings[1:], strict=False))
    return seen
