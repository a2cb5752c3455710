"""Names of health conditions, so that none of them is ever read as something a person is good at."""

from __future__ import annotations

from matching.typos import Spellings
from matching.words import words

_NAMES = """
addict addicted addiction addictions adhd agoraphobia alcoholic alcoholism alzheimer alzheimers anorexia anorexic anxiety asperger aspergers
autism autistic bipolar bulimia bulimic cancer delusion delusional delusions dementia depressed depression depressive diabetes diabetic diagnosed
diagnoses diagnosis disease disorder disorders dyslexia dyslexic dyspraxia epilepsy epileptic fibromyalgia hallucinations hepatitis hiv
hypomania illness insomnia mania manic neurosis ocd paranoia paranoid parkinson parkinsons phobia phobias psychosis psychotic ptsd
schizoaffective schizoid schizophrenia schizophrenic sclerosis symptom symptoms syndrome tourette tourettes trauma traumatic traumatised traumatized
depresion ansiedad bipolaridad esquizofrenia autismo trastorno enfermedad adiccion alcoholismo demencia
anxiete angoisse bipolaire schizophrenie schizophrene autisme autiste maladie toxicomanie demence alcoolisme alcoolique depressif depressive epilepsie
depressionen angststorung autismus erkrankung demenz
depressao ansiedade doenca transtorno esquizofrenia esquizofrenico demencia autista alcoolismo alcoolatra epilepsia dependencia
depresyon skisoprenya epilepsi
depresja depresje schizofrenia choroba zaburzenie uzaleznienie
депрессия депрессии депрессию депрессией тревожность шизофрения шизофрении шизофренией аутизм аутист болезнь болезни расстройство расстройства
расстройством зависимость зависимости деменция деменции алкоголизм наркомания диагноз диагнозом биполярное биполярка птср эпилепсия
депресія депресії депресію депресією тривожність шизофренія шизофренії шизофренією аутизм хвороба хвороби розлад розладом залежність залежності
деменція деменції алкоголізм наркоманія діагноз діагнозом біполярний епілепсія
اكتئاب قلق فصام توحد مرض اضطراب ادمان خرف
抑郁 抑鬱 躁郁 躁鬱 焦虑 焦慮 自闭 自閉 精神分裂 うつ病 双極性 統合失調 우울증 조현병 โรคซึมเศร้า ไบโพลาร์
"""
_PHRASES = """
eating disorder, learning disability, post traumatic stress, multiple sclerosis, brain injury, split personality,
panic attack, panic attacks, panic disorder,
tram cam, lo au, roi loan luong cuc, roi loan tam than, tam than phan liet, tu ky, dong kinh, mat tri nho, nghien ruou, tieu duong, ung thu
"""
_AROUND = """
been child childhood condition conditions diagnose got had has have having kid life live lived lives living long severe since struggle struggled
struggles struggling suffer suffered suffering suffers year years
"""
CONDITIONS = frozenset(words(_NAMES))
"""Folded words; misspelt ones are found with ``MISSPELT``."""
MISSPELT = Spellings.build(word for word in CONDITIONS if word.isascii())
AROUND = frozenset(words(_AROUND))
"""Words that say no more than that somebody has a condition; passed over beside one."""
_SEQUENCES = tuple(tuple(words(phrase)) for phrase in _PHRASES.split(","))


def without_conditions(text_words: list[str]) -> list[str]:
    """Return the words that are left when names of conditions, alone or of several words, and the words around them are taken out."""
    kept = list(text_words)
    for sequence in _SEQUENCES:
        for at in range(len(kept) - len(sequence), -1, -1):
            if tuple(kept[at : at + len(sequence)]) == sequence:
                del kept[at : at + len(sequence)]
    left = [word for word in kept if word not in CONDITIONS]
    return left if len(left) == len(text_words) else [word for word in left if word not in AROUND]


def names_condition(text_words: list[str]) -> bool:
    """Whether the words name a condition."""
    return len(without_conditions(text_words)) < len(text_words)
