"""Words too common to tell one thing from another: small words of grammar, words of asking and words of liking."""

from __future__ import annotations

_ENGLISH = """
a about after again all also am an and any are arent as at be been being but by can cant could couldnt did didnt do does doesnt doing dont
for from
had has have having he her hers him his how i if im in into is isnt it its ive just lot lots many may me might more most much my no not of
off on or
other our ours out own she should so some such than that the their them then there these they this those through to too up us very was we
were
what when where which while who whom whose why with would you your yours
because before during since until without
"""
_OTHERS = """
l d j m n s t c y o e u el la los las un una unos unas de del al en con por para que mi mis su sus se es lo yo le les des du et ou une mon
ma mes je tu il nous
vous qui dans pour avec der das den dem und oder ein eine einen ich du wir fur mit von zu im nicht os um uma da dos das com por meu minha eu
di il lo gli
che per sono w z na nie jest mam moj moja sie и в на с я мы не у по для что мой моя أنا في من على إلى
"""
_ASKING = """
ago anybody anyone anything around ask feel feels feeling make makes made making now people person persons today together tonight tomorrow week weekly
yes bit find finding get gets getting give gives go goes going got help helped helping helps ideally know last like look looking maybe month months near nearby
need needed needs offer place places please provide seek seeking someone somebody something somewhere thing things try trying use used useful want wanted
wants wish year years yesterday
"""
_LIKING = """
able always best better bit brilliant do enjoy enjoyed enjoying excellent fantastic fond good great happy keen kind like liked likes love
loved loves
loving nice often ok okay pretty proud quite really skilled skill skills sort stuff talent talented thing things time times usually well
wonderful
"""

STOP = frozenset((_ENGLISH + _OTHERS).split())
"""Never searched for: folded, without apostrophes. Only words that mean little in every language listed, so that none hides a word of another."""
ASKING = frozenset(_ASKING.split())
"""Words around a wish ("looking for someone to ..."); passed over where anything else was written."""
LIKING = frozenset(_LIKING.split())
"""Words around a strength ("I really love ..."); passed over where anything else was written."""
