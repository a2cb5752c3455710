"""What people say they cannot do or do not like, taken out of a text before strengths are read from it."""

from __future__ import annotations

import re

_BUT = "but|though|although|yet|pero|aunque|nhưng|لكن|بس|але|проте|но|однако|зато|mais|mas|porém|kaso|ngunit"
_CLAUSE = rf"(?:(?!\b(?:{_BUT})\b|但|可是|不过)[^.,;:!?،؛。,;!?、\n])*"
"""The rest of a clause: up to a stop or a "but"."""
_GOOD_AFTER_CANNOT = "stop|help|keep|resist|live|stand|sit|wait|get|go|walk|say|bear|let|imagine|leave|put|pass|ignore|turn|be|quit|lose|miss|do without"
"""What follows "can't" where it says something good: "I can't stop drawing", "I can't stand by"."""
_BAD_AT = r"(?:bad|no good|not good|not very good|not much good|terrible|hopeless|useless|rubbish) (?:at|with)"
_ENGLISH = (
    r"\b(?:i|he|she|we|they)\s+(?:really\s+|just\s+|honestly\s+)?"
    rf"(?:(?:can'?t|cannot|can not|couldn'?t)(?!\s+(?:{_GOOD_AFTER_CANNOT}))"
    r"|(?:don'?t|never)\s+(?:really\s+)?(?:know how to|learnt? (?:how )?to|learned (?:how )?to|like to|like|enjoy)"
    rf"|hate|am {_BAD_AT})\b|\b(?:i'm|im)\s+(?:really\s+)?{_BAD_AT}\b|^\s*{_BAD_AT}\b"
)
_SPANISH = (
    r"\b(?:no (?:s[eé](?! rendirme)|puedo(?! (?:parar|dejar|vivir|evitar|quedarme|estar))|me gusta)"
    r"|nunca aprend[ií] a|odio|soy mal[oa] (?:para|en|con)|se me da mal)\b"
)
_VIETNAMESE = (
    r"\b(?:tôi )?(?:không biết(?! (?:mệt|sợ|chán|bao))|không giỏi|không thích|ghét"
    r"|không thể(?! (?:thiếu|sống|ngừng|dừng|ngồi|im)))\b"
)
_ARABIC = (
    r"(?<!\w)(?:لا أعرف|لا اعرف|ما أعرف|ما اعرف|ما بعرف|لا أجيد|لا أستطيع(?! (?:السكوت|العيش|أن أسكت))"
    r"|ما أقدر(?! (?:أسكت|أعيش))|أكره|لا أحب|ما أحب)(?!\w)"
)
_CHINESE = (
    r"我(?:完全|根本|真的|也)?(?:不会(?!放弃|认输|迟到|骗|让|忘|慌|生气|发火|嫌|计较|丢下|轻易)|不太会|不懂|不擅长|不喜欢|讨厌|学不会|没学会)"
    r"|^(?:不会|不太会|不懂|不擅长|不喜欢|讨厌)(?!放弃|认输|迟到)"
)
_UKRAINIAN = (
    r"\b(?:я )?(?:(?:зовсім |взагалі |геть )?не (?:[ву]мію(?! (?:здаватис|здаватися|сидіти|брехати|обманювати|відмовляти|відпочивати))"
    r"|можу(?! (?:без|не|сидіти|жити|мовчати|спинит|зупинит|пройти|всидіти|відмовити))|люблю|вчи(?:вся|лася))|терпіти не можу|ненавиджу)\b"
)
_RUSSIAN = (
    r"\b(?:я )?(?:(?:совсем |вообще |совершенно )?не (?:умею(?! (?:сдаваться|сидеть|врать|обманывать|отказывать|отдыхать|опаздывать))"
    r"|могу(?! (?:без|не|сидеть|жить|молчать|остановит|пройти|усидеть|отказать))|люблю|учил(?:ся|ась))|терпеть не могу|ненавижу)\b"
)
_FRENCH = (
    r"\b(?:je |j')?(?:(?:ne |n')?(?:sais(?: vraiment)? pas(?! (?:abandonner|mentir|rester|dire non|m'arrêter|tricher|perdre))"
    r"|peux pas(?! (?:vivre|m'arrêter|m'empêcher|rester|rien|me passer|laisser|mentir))|aime(?: vraiment)? pas|arrive pas à)"
    r"|déteste|suis nul(?:le)? (?:en|à|pour|avec))\b"
)
_PORTUGUESE = (
    r"\b(?:eu )?(?:n(?:ão|ao) (?:sei(?! (?:desistir|mentir|ficar|dizer n|parar|perder))|consigo(?! (?:parar|ficar|viver|deixar|dizer|mentir))|gosto)"
    r"|odeio|detesto|sou (?:ruim|péssim[oa]|mau|má) (?:em|para|pra|com|de|no|na))\b"
)
_FILIPINO = (
    r"\b(?:(?:hindi|di) (?:ako )?(?:marunong|magaling)|(?:hindi|di) ko (?:kaya(?! (?:tumigil|manahimik|mabuhay))|gusto|alam kung pa?ano)|ayoko|ayaw ko)\b"
)
_ALL = (_ENGLISH, _SPANISH, _VIETNAMESE, _ARABIC, _CHINESE, _UKRAINIAN, _RUSSIAN, _FRENCH, _PORTUGUESE, _FILIPINO)
_NEGATED = re.compile("|".join(f"(?:{one}){_CLAUSE}" for one in _ALL), re.IGNORECASE)
_QUOTES = str.maketrans("\u2019\u2018\u02bc", "'''")


def without_negated(text: str) -> str:
    """Return ``text`` without the clauses that say what somebody cannot do ("I can't cook, but I drive": "but I drive").

    Only plain words of not being able, not knowing how and not liking are read so: "I can't stop drawing", "I never give up" and "I don't panic"
    say something good, and so does a wish ("I want to learn to cook").
    """
    return _NEGATED.sub(" ", text.translate(_QUOTES))
