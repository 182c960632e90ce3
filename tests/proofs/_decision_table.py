"""The checks of the first edition as a table typed from their description: what one answer does, for each drug."""

from __future__ import annotations

from decimal import Decimal

STOP, REASON, NOTE, NOTHING = "stop", "reason", "note", ""

ASKED = {  # the answer that meets it; then for metoclopramide, for domperidone
    "breastfeeding-help": ("no", NOTE, NOTE),
    "depression-risk": ("yes", REASON, NOTE),
    "seizures": ("yes", STOP, REASON),
    "parkinson": ("yes", STOP, REASON),
    "tardive-dyskinesia": ("yes", STOP, REASON),
    "phaeochromocytoma": ("yes", STOP, STOP),
    "methaemoglobinaemia": ("yes", STOP, NOTHING),
    "gi-bleed-or-obstruction": ("yes", STOP, STOP),
    "hypersensitivity-metoclopramide": ("yes", STOP, NOTHING),
    "hypersensitivity-domperidone": ("yes", NOTHING, STOP),
    "long-qt": ("yes", REASON, STOP),
    "arrhythmia": ("yes", REASON, STOP),
    "heart-disease": ("yes", REASON, STOP),
    "electrolytes": ("yes", REASON, STOP),
    "prolactinoma": ("yes", REASON, STOP),
    "liver-impairment": ("yes", REASON, STOP),
    "kidney-impairment": ("yes", REASON, NOTE),
    "kidney-impairment-severe": ("yes", REASON, REASON),
    "infant-premature-or-ill": ("yes", NOTE, NOTE),
    "infant-heart": ("yes", NOTE, REASON),
}

MEDICINE = {  # for metoclopramide, for domperidone
    "antidepressant": (REASON, NOTE),
    "antipsychotic": (REASON, NOTE),
    "dopaminergic": (STOP, REASON),
    "qt-known": (NOTE, STOP),
    "qt-possible": (NOTE, REASON),
    "cyp3a4-strong": (NOTHING, STOP),
    "cyp3a4-moderate": (NOTHING, REASON),
    "cyp2d6-strong": (NOTE, NOTHING),
    "serotonergic": (NOTE, NOTHING),
    "mao-inhibitor": (REASON, NOTHING),
    "diuretic": (NOTE, REASON),
    "cns-depressant": (NOTE, NOTHING),
    "motility-opposing": (NOTE, NOTE),
    "same-drug": (REASON, REASON),
}

EXAMPLES = {  # a medicine by its ATC code: the checks that it meets
    "N06AB06": ("antidepressant", "qt-possible", "serotonergic"),  # sertraline
    "N06AB04": ("antidepressant", "qt-known", "serotonergic"),  # citalopram
    "N06AB05": ("antidepressant", "qt-possible", "serotonergic", "cyp2d6-strong"),  # paroxetine
    "N06AX12": ("antidepressant", "cyp2d6-strong"),  # bupropion
    "A08AA62": ("antidepressant", "cyp2d6-strong"),  # bupropion and naltrexone, outside N06A
    "N06AX99": ("antidepressant",),  # a code that the table lacks, in a group that is flagged
    "N05AN01": ("antipsychotic", "qt-possible", "serotonergic"),  # lithium
    "N05AD01": ("antipsychotic", "qt-known", "cns-depressant"),  # haloperidol
    "N05AH03": ("antipsychotic", "qt-possible", "cns-depressant", "motility-opposing"),  # olanzapine
    "N04BC05": ("dopaminergic",),  # pramipexole
    "G02CB03": ("dopaminergic",),  # cabergoline
    "N04BX99": ("dopaminergic",),
    "J01FA09": ("qt-known", "cyp3a4-strong"),  # clarithromycin
    "J01FA01": ("qt-known", "cyp3a4-moderate"),  # erythromycin
    "J02AB02": ("qt-possible", "cyp3a4-strong"),  # ketoconazole
    "J05AE03": ("cyp3a4-strong",),  # ritonavir
    "C08DA01": ("cyp3a4-moderate",),  # verapamil
    "J01XX08": ("mao-inhibitor", "serotonergic"),  # linezolid
    "C03CA01": ("diuretic",),  # furosemide
    "C03ZZ99": ("diuretic",),
    "N05BA01": ("cns-depressant",),  # diazepam
    "N02AA01": ("cns-depressant", "motility-opposing"),  # morphine
    "A03BB01": ("motility-opposing",),  # butylscopolamine
    "A03FA01": ("same-drug", "cns-depressant"),  # metoclopramide itself: its own QT is left out
    "A03FA02": ("same-drug", "qt-known"),  # cisapride
    "A03FA03": ("same-drug",),  # domperidone itself
    "M01AE01": (),  # ibuprofen
    "N02BE01": (),  # paracetamol
    "V99ZZ99": (),  # a code in no flagged group
}

AGE = {
    "12": REASON,
    "17": REASON,
    "18": NOTE,
    "29": NOTE,
    "30": NOTHING,
    "60": NOTHING,
}  # metoclopramide alone
QTC = {  # for metoclopramide, for domperidone
    "300": (NOTHING, NOTHING),
    "460": (NOTHING, NOTHING),
    "461": (NOTE, REASON),
    "500": (NOTE, REASON),
    "501": (REASON, STOP),
    "700": (REASON, STOP),
}
WEIGHT = {  # kg: for metoclopramide with three, two and one dose a day; for domperidone
    "30": (REASON, REASON, NOTE, STOP),
    "34.9": (REASON, REASON, NOTE, STOP),
    "35": (REASON, REASON, NOTE, NOTHING),
    "39.9": (REASON, REASON, NOTE, NOTHING),
    "40": (REASON, NOTE, NOTE, NOTHING),
    "59.9": (REASON, NOTE, NOTE, NOTHING),
    "60": (NOTHING, NOTHING, NOTHING, NOTHING),
    "200": (NOTHING, NOTHING, NOTHING, NOTHING),
}
EARLIER_DAYS = ("0", "28", "90")  # count in the limits; no finding

MEASURED = ("age", "weight", "qtc", "earlier-courses")


def measured(check: str, value: Decimal, doses: int) -> tuple[str, str]:
    """What one measured value does, for metoclopramide and for domperidone."""
    key = str(value)
    if check == "age":
        return AGE[key], NOTHING
    if check == "qtc":
        return QTC[key]
    if check == "weight":
        three, two, one, domperidone = WEIGHT[key]
        return {3: three, 2: two, 1: one}[doses], domperidone
    return NOTHING, NOTHING
