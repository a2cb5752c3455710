"""Short and other forms of one given name, as people use them side by side: each line is a name. Folded, in letters without accents; never complete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_LINES: Final = """
abdul abd abdullah abdallah
abigail abby gail
alejandro alex sandro jandro alexander sasha aleksandr alessandro
alexandra alex sandra sasha alejandra
ana ann anna anne annie anita hannah
andrew andy drew andres andrei
anthony tony antonio toni
barbara barb babs
benjamin ben benny
catherine kate katie kathy cathy kitty katya catalina
charles charlie chuck carlos carl karl chas
christina tina chris christine cristina
christopher chris kit cristobal
consuelo chelo
daniel dan danny
deborah deb debbie
dolores lola loli
donald don donnie
dorothy dot dottie dolly
edward ed eddie ted ned eduardo lalo
eleanor ellie nell nora
elizabeth liz beth betty lisa eliza betsy lizzie isabel
emmanuel manny manuel manolo
francisco paco pancho kiko frank francis
frances fran frankie paca francisca
george jorge jurgen georg
gerald gerry jerry
gregory greg
guadalupe lupe lupita
guillermo memo william bill will billy liam willy
henry harry hank enrique kike
ignacio nacho
james jim jimmy jamie jaime santiago diego
jennifer jen jenny
jessica jess jessie
jesus chucho chuy
john jack johnny jon jonathan juan ian sean ivan johan hans
joseph joe joey jose pepe yusuf josef
josefina pepa fina josephine jo
joshua josh
kimberly kim
lawrence larry lorenzo laurence
leonard leo lenny leonardo
louis luis lou ludwig
margaret maggie meg peg peggy greta rita margarita marge
maria mary marie molly miriam maryam mia marika
martha marty marta
matthew matt mateo
michael mike mick miguel mikhail misha micky
mohammed mo muhammad mehmet mamadou
nathaniel nathan nate
nicholas nick nico nicolas klaus
pamela pam
patricia pat patty trish tricia
patrick pat paddy
peter pete pedro piotr pierre
philip phil felipe
rafael rafa raphael
rebecca becky becca
richard rick dick rich ricky ricardo
robert bob bobby rob robbie roberto bert
ronald ron ronnie
rosario charo
rosa rose rosie rosita
samuel sam sammy
samantha sam
socorro coco
soledad sol sole
stephen steve steven esteban stefan
susan sue susie suzanne susana
teresa terry tess tessa therese
theodore ted theo teo teodoro
thomas tom tommy tomas
timothy tim
vanessa nessa
victoria vicky tori
vincent vince vicente
walter walt wally gualterio
zachary zach zack
"""


def _by_form() -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, line in enumerate(_LINES.split("\n")):
        for form in line.split():
            found.setdefault(form, set()).add(number)
    return {form: frozenset(numbers) for form, numbers in found.items()}


FORMS: Final = _by_form()
"""For each form the names that it is of: a form can be of several."""


def are_forms_of_one(one: str, other: str) -> bool:
    """Whether two folded words are in use for one name."""
    return bool(FORMS.get(one, frozenset()) & FORMS.get(other, frozenset()))
