"""What every page behind the second door needs: its frame, a message carried over a redirect, and the words for what is missing."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response
from litestar.response import Redirect, Template

from directory.accounts.sign_ins import Visit
from web.visits import csrf_of

SAID: Final = {
    "saved": "Saved.",
    "sent": "Sent.",
    "referred": "It is on its way. You can take it back at any time.",
    "answered": "Your answer has arrived. Thank you.",
    "withdrawn": "Taken back. What was told is deleted here, and cannot be opened any more.",
    "thanks": "Thank you. Your answer is counted with others, without anything of you.",
    "done": "Done.",
    "peers-ended": "Ended. What you two wrote is deleted.",
    "peers-blocked": "You two will not meet here again. What you wrote is deleted.",
    "peers-thanks": "Thank you. The coordinator reads it.",
    "peers-told": "It has reached the moderator. The answer comes here.",
    "claim-withdrawn": "Taken back. You can ask again at any time.",
    "date-cancelled": "Cancelled. People see it at once. If that was a mistake, choose “It takes place”.",
    "date-restored": "It takes place.",
    "date-added": "Added. People see it at once.",
    "paused": "Its page says that it is not meeting.",
    "resumed": "It meets again, and its page says when.",
    "live": "Your changes are live. Searches find them within a second.",
    "approved": "Approved. It is live.",
    "settled": "Done. Look at it once more, then hand it in.",
    "not-the-same": "Noted: it is another one. You will not be asked about it again.",
    "waiting": "Handed in. A curator looks at it; until then people see the listing as it was.",
    "merged": "The two are one now. If that was a mistake, take it back below.",
    "agreed": "Agreed. You can take it back here at any time.",
    "taken-back": "Taken back. Nobody sees anything under it from now on.",
    "stopped": "You work with them no more, and they see nothing of yours.",
    "joined": "The record is yours now.",
    "united": "There is one record now.",
    "erased": "Erased. Nothing that you kept here is left, but for one line that says that something was erased, and when.",
    "erased-for": "Erased. Nothing is left of them here.",
    "peers-never": "Noted. You two are never suggested to each other again, and nobody is told.",
    "peers-answered": "Noted. Nobody hears of it unless you both say yes.",
    "introduced": "They are introduced. Each reads the name that the other chose, and both have a letter.",
    "erased-soon": "Erased. The last traces in the log of the database go within the hour.",
    "note-answered": "Your answer counts. You can change your mind on your own pages.",
    "proposed": "Written down. Nobody else sees it before the person says yes.",
    "noted": "The note is kept.",
    "taken": "This person is with you now.",
    "handed-over": "They are with your colleague now.",
    "ended": "You work with this person no more. Nothing of theirs is open to your agency.",
    "worked-out": "Worked out again. Nobody knows of it yet.",
    "round-told": "They are told. Whether both say yes is theirs alone; you read of it when both have.",
    "invited": "An invitation is on its way.",
    "signed-out": "You are signed out.",
    "asked-new-address": "A message is on its way to the new address. The change happens when you open the link in it.",
    "new-address": "Your account has its new address. Please sign in.",
    "signed-out-everywhere": "Every other browser is signed out.",
    "mailed": "If we know this address, a message is on its way to it. Look into your mail; it can take some minutes.",
}
"""What a page says after a redirect, by the code in its address."""


def page(visit: Visit, template: str, /, *, status: int = 200, **context: Any) -> Template:
    """A page for somebody who has signed in; 422 for a form with errors."""
    return Template(template, status_code=status, context={"said": "", "visit": visit, "actor": visit.actor, "csrf": csrf_of(visit), **context})


def on_to(path: str, said: str = "") -> Response[Any]:
    """On to another page after a change; what it says there is one of ``SAID``."""
    return Redirect(f"{path}?said={said}" if said else path, status_code=303)


def words_of(code: str) -> str:
    """The words for a code in an address; nothing for a code that is not ours."""
    return SAID.get(code, "")
