"""`plenipo serve`: the questionnaire and the brief in a browser."""

from typing import Annotated

from plenipo.cli.options import RulebookFolder, valued

EXAMPLES = """\
\b
Examples:
  plenipo serve                        then open the link that it prints
  plenipo serve --port 9000 --rulebook mine
"""


def command(
    host: Annotated[str, valued("--host", "HOST", "The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, valued("--port", "N", "The port; 0 for one that is free.", min=0, max=65535)] = 8765,
    rulebook: RulebookFolder = None,
) -> None:
    """
    Serve a page for this machine's browser: the questionnaire beside the brief, live at every answer.

    The link that it prints lets one browser in. Nothing is kept on the server: the situation is in the address of the
    page, and the fact file can be saved from there. Ctrl-C ends it.
    """
    import plenipo
    from plenipo.cli.messages import tell
    from plenipo.errors import UsageError

    book = plenipo.load_rulebook(rulebook)
    if host not in {"127.0.0.1", "localhost", "::1", "[::1]"}:
        warning = f"warning: whoever reaches {host} and has the link can use the page, and it is not encrypted"
        tell(warning)
    folder = None if rulebook is None else str(rulebook)
    try:
        from plenipo.web.server import serve
    except ImportError as missing:
        message = f"to serve the page, plenipo needs {missing.name}, which is not installed"
        raise UsageError(message, help=("type: pip install 'plenipo[web]'",)) from None
    serve(book, host, port, folder=folder, tell=lambda link: print(f"Open {link}", flush=True))
