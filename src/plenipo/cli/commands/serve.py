"""`plenipo serve`: the questionnaire and the brief in a browser."""

from typing import Annotated

import typer

from plenipo.cli.options import RulebookFolder, valued

EXAMPLES = """\
\b
Examples:
  plenipo serve                        then open the link that it prints
  plenipo serve --open                 the browser opens it
  plenipo serve --port 9000 --rulebook mine
  plenipo serve --host 0.0.0.0 --name desk.example   for others on the network
"""


def command(
    host: Annotated[str, valued("--host", "HOST", "The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, valued("--port", "N", "The port; 0 for one that is free.", min=0, max=65535)] = 8765,
    name: Annotated[list[str] | None, valued("--name", "NAME", "Another name by which it is reached.")] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Open the link in the browser.")] = False,
    rulebook: RulebookFolder = None,
) -> None:
    """
    Serve a page for this machine's browser: the questionnaire beside the brief, live at every answer.

    The link that it prints lets one browser in. Nothing is kept on the server: the situation is in the address of the
    page, and the fact file can be saved from there. Ctrl-C ends it.
    """
    import plenipo
    from plenipo.errors import UsageError
    from plenipo.web.gate import LOOPBACK, bracketed

    book = plenipo.load_rulebook(rulebook)
    if bracketed(host) not in LOOPBACK:
        _warn(host, name or [])
    folder = None if rulebook is None else str(rulebook)
    try:
        from plenipo.web.server import Where, serve
    except ImportError as missing:
        message = f"to serve the page, plenipo needs {missing.name}, which is not installed"
        raise UsageError(message, help=("type: pip install 'plenipo[web]'",)) from None

    links = list[str]()

    def tell_link(link: str) -> None:
        print(f"Open {link}", flush=True)
        links.append(link)
        if open_it and len(links) == 1:
            import webbrowser

            webbrowser.open(link)

    def tell_word(word: str) -> None:
        print(f"Programs bring: Authorization: Bearer {word}", flush=True)
        print("Ctrl-C ends it.", flush=True)

    serve(book, Where(host, port, name or ()), folder=folder, tell=tell_link, tell_word=tell_word)


def _warn(host: str, names: list[str]) -> None:
    """Say on stderr what it means that others can reach the page."""
    from plenipo.cli.messages import tell
    from plenipo.web.gate import EVERYWHERE, bracketed

    warning = f"warning: anyone who reaches {host} and has the link can use the page; it is not encrypted"
    if bracketed(host) in EVERYWHERE and not names:
        warning += "\n  help: only this machine is answered; say by which name or address others reach it, with --name"
    tell(warning)
