"""
A page as a PDF: by WeasyPrint where it is installed, else by a Chromium or Chrome that is found.

Whatever the page says, nothing is fetched: WeasyPrint is given a fetcher that refuses, the browser a network in which
no name is known, and the page itself forbids it as well.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from plenipo.errors import UsageError
from plenipo.temporary import temporary_folder

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "msedge")
#: A browser that has not printed a page by then will not.
SECONDS = 120


def pdf(page: str) -> bytes:
    """
    Return a page as a PDF.

    Raises:
        UsageError: nothing here can make one.
    """
    if (made := _by_weasyprint(page)) is not None:
        return made
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        help = (
            "install WeasyPrint: `pip install 'plenipo[pdf]'` (it needs Pango), or Chromium",
            "or write a name that ends in `.html`, and print the page from a browser",
        )
        raise UsageError("neither WeasyPrint nor Chromium is here to make a PDF", help=help)
    return _by_browser(page, browser)


def _by_weasyprint(page: str) -> bytes | None:
    """Return a PDF that screen readers can read, or nothing where WeasyPrint or its Pango is missing."""
    try:
        from weasyprint import HTML  # noqa: PLC0415 - it is an extra
        from weasyprint.urls import URLFetcher  # noqa: PLC0415 - likewise
    except (ImportError, OSError):
        return None

    fetcher = URLFetcher(allowed_protocols=("data",))
    made: bytes = HTML(string=page, url_fetcher=fetcher).write_pdf(pdf_variant="pdf/ua-1")
    return made


def _by_browser(page: str, browser: str) -> bytes:
    """
    Return a PDF that a browser printed, with a profile of its own that is thrown away.

    Raises:
        UsageError: it printed none.
    """
    with temporary_folder() as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, encoding="utf-8")
        command = [
            browser,
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-extensions",
            "--disable-background-networking",
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--proxy-server=127.0.0.1:9",
            f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer",
            "--generate-pdf-document-outline",
            f"--print-to-pdf={target}",
            # Chromium will not run sandboxed as root, which only containers do
            *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
            source.as_uri(),
        ]
        try:
            ran = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - a browser that was found, with words of ours
            said = ran.stderr.decode(errors="replace").strip().splitlines()
        except subprocess.TimeoutExpired:
            said = [f"it took more than {SECONDS} seconds"]
        if target.is_file() and target.stat().st_size:
            return target.read_bytes()
    help = ("write a name that ends in `.html`, and print the page from a browser",)
    raise UsageError(f"`{browser}` made no PDF: {said[-1] if said else 'it gave no reason'}", help=help)
