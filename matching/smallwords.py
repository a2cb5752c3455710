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
che per sono w z na nie jest mam moj moja sie и в на с я мы не у по для что моя انا في من الي
"""
_CYRILLIC = """
і и із зі у в до від за по під над при без для через між та а але або чи що як якщо коли де куди там тут тоді вже ще не ні так то це цеи ця ці тои те ті він
вона воно вони ми ви ти мене мені мною тебе тобі иого иому іі іи нас нам вас вам іх ім себе собі свіи своі моі моє мого моєі наш ваш все всі весь вся усе
був була було були бути є буде буду може можу лише тільки навіть теж також сьогодні вчора завтра тепер зараз після сам сама самі хто щоб бо тому потім ж же
б би з про из к ко от о об между но или ли как если когда где куда тогда уже еще нет да это этот эта эти тот он она оно они вы ты меня мне мнои тебя его ему
ее еи их им себя свои свою мои моего моеи был была было были быть есть будет может могу лишь только даже тоже также сегодня вчера теперь сеичас после
сами кто чтобы потому потом бы под очень
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

_OF_SENTENCES = """
elle elles ils on te se lui leur leurs y aux ce cet cette ces ton ta tes sa ses notre nos votre vos que quoi dont mais donc ni si ne pas rien jamais tout
tous toute toutes est suis es sommes etes sont etait etaient ete avoir ai as avons avez ont avait sans sous sur par chez vers entre depuis pendant apres
avant quand comme tres trop aussi encore deja puis alors ici ca cela qu jai cest fait faire peux peut veux dit ele ela eles elas voce voces lhe uns umas em
no na nas pelo pela pra pro sem sobre ate desde quem onde quando como porque mas nem nao sim muito menos ja ainda so tambem este esta esse essa isso isto
aquele aquela meus minhas seu sua teu tua nosso nossa sou somos sao foi era estou estao tem tenho tinha ter ser estar fazer faz vou vai ir hoje ontem amanha
agora depois antes aqui ali ang ng mga kay ko mo ka ako siya niya kami tayo kayo sila ito iyan yan yung yun lang din rin pa po opo nga ba kasi pero hindi di
wala may meron mayroon kung kapag pag ay nang naman daw raw sana lagi palagi ngayon kahapon bukas akin sakin sayo iyo kanya nila namin natin amin atin dito
doon tapos dahil ya muy cuando donde sin hasta ella ellos ellas nosotros le ese esa esto eso hay soy fue estoy estan tiene hacer hace voy va hoy ayer ahora
despues tambien علي
"""
STOP = frozenset((_ENGLISH + _OTHERS + _CYRILLIC).split())
"""Never searched for: folded, without apostrophes. Only words that mean little in every language listed, so that none hides a word of another."""
SMALL_IN_SENTENCES = STOP | frozenset(_OF_SENTENCES.split())
"""Never evidence by themselves, only beside their neighbours: here it does no harm that a word means something in another language ("on", "hay")."""
ASKING = frozenset(_ASKING.split())
"""Words around a wish ("looking for someone to ..."); passed over where anything else was written."""
SMALL = STOP | ASKING
"""Both: what tells nothing, of a listing or of a need, where anything else was written."""
LIKING = frozenset(_LIKING.split())
"""Words around a strength ("I really love ..."); passed over where anything else was written."""
EVERY_SMALL = SMALL | LIKING
"""All that are small anywhere: known words, though no vocabulary has them."""
