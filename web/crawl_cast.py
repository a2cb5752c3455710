"""Asks a running demonstration for every page of its peer support, as each of its invented people, and says what did not answer well or has nothing on it."""

from __future__ import annotations

import http.client
import re
from collections import deque
from typing import Final
from urllib.parse import urlencode

from web.crawl import found_in

STARTS: Final = ("/my/peers", "/desk")
OURS: Final = re.compile(r"/my/peers(/|$)|/desk(/organizations/[0-9a-f-]+)?$|/desk/organizations/[0-9a-f-]+/peers(/|$)")
WANTED: Final = (
    r"/my/peers/schemes/.+/(seeker|supporter)", r"/my/peers/schemes/.+/words", r"/my/peers/schemes/.+/not-right", r"/my/peers/.+/talk",
    r"/my/peers/.+/check-in",
    r"/my/peers/.+/end", r"/my/peers/.+/report", r"/desk/.+/peers/reports/.+", r"/desk/.+/peers/check-ins", r"/desk/.+/people/.+", r"/desk/.+/introductions/.+",
    r"/desk/.+/named", r"/desk/.+/rounds/[^/]+",
)  # fmt: skip
"""What somebody who tries it should find, from link to link."""
MOST: Final = 200
"""Pages of one person."""


class CastCrawl:
    """One walk a person, by links alone; forms are not sent, but for the button that signs in."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.asked, self.failures = 0, list[str]()
        self.reached: set[str] = set()

    def run(self) -> None:
        """Walk as everybody; ``failures`` says what did not answer well, and of what there is nothing to try."""
        _, _, content = self._ask("GET", "/demo")
        for who in re.findall(r'name="who" value="([0-9a-f-]{36})"', content.decode()):
            _, cookie, _ = self._ask("POST", "/demo/sign-in", body=urlencode({"who": who}))
            self._walk(cookie.partition(";")[0])
        self.failures += [f"no page of peer support is like {wanted}" for wanted in WANTED if not any(re.fullmatch(wanted, path) for path in self.reached)]

    def _walk(self, cookie: str) -> None:
        waiting, known = deque(STARTS), set(STARTS)
        while waiting and len(known) < MOST:
            path = waiting.popleft()
            status, _, content = self._ask("GET", path, cookie=cookie)
            if status not in (200, 303):
                self.failures.append(f"GET {path} answered {status}")
            self.reached.add(path.partition("?")[0])
            for link in found_in(path, "text/html", content) if status == 200 else ():
                plain = link.partition("?")[0]
                if OURS.match(plain) and plain not in known and not plain.endswith((".txt", ".json")):
                    known.add(plain)
                    waiting.append(plain)

    def _ask(self, method: str, path: str, *, cookie: str = "", body: str = "") -> tuple[int, str, bytes]:
        """The status, the cookie that was set, and what was answered."""
        self.asked += 1
        headers = {"Cookie": cookie} if cookie else {}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        try:
            connection.request(method, path, body=body or None, headers=headers)
            response = connection.getresponse()
            return response.status, response.getheader("Set-Cookie", "") or "", response.read()
        except (OSError, http.client.HTTPException) as error:
            self.failures.append(f"{method} {path}: {type(error).__name__}")
            return 0, "", b""
        finally:
            connection.close()
