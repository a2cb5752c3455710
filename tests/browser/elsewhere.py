"""Somebody else's site on this machine: one page and the files of a program that its owner installed, nothing of ours."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class _Files(SimpleHTTPRequestHandler):
    """The page at ``/``, files below the folder elsewhere; writes no log."""

    def __init__(self, *given: Any, page: str, **named: Any) -> None:
        self.page = page
        super().__init__(*given, **named)

    def do_GET(self) -> None:
        if self.path != "/":
            super().do_GET()
            return
        content = self.page.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@contextmanager
def site(page: str, folder: Path) -> Iterator[str]:
    """Serve it while the block runs; gives its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, page=page, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
