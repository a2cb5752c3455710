"""Static files: our own and htmx from its wheel, read once, each under an address that changes when its content does."""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from litestar import Request, Response, Router, get
from litestar.params import FromPath
from msgspec import Struct

from directory.errors import NotFound

FOR_EVER = "public, max-age=31536000, immutable"
MEDIA_TYPES = {
    ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".ico": "image/x-icon",
    ".png": "image/png", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2", ".txt": "text/plain",
}
VENDORED = {"htmx.min.js": ("js_lib_htmx", "static/htmx/htmx.min.js")}
"""The only files of other packages that are served: name here, package, path inside it."""


class Asset(Struct, frozen=True):
    """A file in memory, plain and packed, with the digest that is part of its address."""

    name: str
    media_type: str
    body: bytes
    packed: bytes
    digest: str

    @property
    def path(self) -> str:
        """The address of the file on this site."""
        return f"/static/{self.digest}/{self.name}"


def asset(name: str) -> str:
    """The address of a static file, for templates: ``{{ asset("homeground.css") }}``. A wrong name is an error at once."""
    return _assets()[name].path


def all_assets() -> tuple[Asset, ...]:
    """Every file that is served, in the order of their names."""
    return tuple(_assets()[name] for name in sorted(_assets()))


@get("/{digest:str}/{name:path}", sync_to_thread=False, name="static")
def show_asset(request: Request[Any, Any, Any], digest: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """One static file. Under an old digest the present file is given, but may not be kept for ever."""
    found = _assets().get(str(name).lstrip("/"))
    if found is None:
        raise NotFound("There is no such file.")
    return answer(found, request, cache=FOR_EVER if digest == found.digest else "no-cache")


def answer(found: Asset, request: Request[Any, Any, Any], *, cache: str) -> Response[bytes]:
    """The file as an answer, packed when the browser takes that."""
    packs = len(found.packed) < len(found.body) and "gzip" in request.headers.get("accept-encoding", "")
    headers = {"Cache-Control": cache, "ETag": f'"{found.digest}{"-gzip" if packs else ""}"', "Vary": "Accept-Encoding"}
    if packs:
        headers["Content-Encoding"] = "gzip"
    return Response(found.packed if packs else found.body, media_type=found.media_type, headers=headers)


def find_asset(name: str) -> Asset:
    """A file by its name."""
    return _assets()[name]


router = Router("/static", route_handlers=[show_asset], include_in_schema=False)


@lru_cache(1)
def _assets() -> dict[str, Asset]:
    found = {name: _read(name, files(package).joinpath(path)) for name, (package, path) in VENDORED.items()}
    return found | {name: _read(name, file) for name, file in _own(files("web") / "static")}


def _own(folder: Traversable, prefix: str = "") -> list[tuple[str, Traversable]]:
    entries = [entry for entry in folder.iterdir() if not entry.name.startswith((".", "_"))]
    here = [(prefix + entry.name, entry) for entry in entries if entry.is_file() and _suffix(entry.name) in MEDIA_TYPES]
    return here + [pair for entry in entries if entry.is_dir() for pair in _own(entry, f"{prefix}{entry.name}/")]


def _read(name: str, file: Traversable) -> Asset:
    body = file.read_bytes()
    return Asset(name, MEDIA_TYPES[_suffix(name)], body, gzip.compress(body, mtime=0), hashlib.sha256(body).hexdigest()[:16])


def _suffix(name: str) -> str:
    return name[name.rfind("."):].lower()
