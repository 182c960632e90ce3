"""A translated sentence keeps the figures and marks of the Norwegian one, and nothing in it turns the text round."""

import pytest

from guidance.translating import MOST, faults_of

SOUND = [
    ("Ring **113** når det er fare for liv.", "اتصل بالرقم **113** إذا كان هناك خطر على الحياة."),
    ("Du tar én tablett på 10 mg i 1–2 uker.", "Приймайте 1–2 тижні по одній таблетці 10 mg."),
    ("10 mg × 3", "10 mg × 3"),
    ("Du har %(left)s, og får %(new)s nå.", "You get %(new)s now and have %(left)s."),
    ("Meld fra på melde.no.", "Report it on melde.no."),
    ("Nei", "می\u200cخواهم"),  # a joiner is spelling
]
FAULTY = [
    ("Hopp over den.", "", "tom"),
    ("Hopp over den.", " \u00a0", "tom"),
    ("Hver tablett er på 10 mg.", "Each tablet is 100 mg.", "Tallene"),
    ("Hver tablett er på 10 mg.", "Each tablet is ten mg.", "Tallene"),
    ("Ring 113.", "اتصل بالرقم ١١٣.", "sifrene"),
    ("Ring **113**.", "Call 113.", "«**»"),
    ("Ring 113.", "Call *113*.", "Stjerner"),
    ("10 mg × 3", "10 mg x 3", "«×»"),
    ("10 mg", "10 мг", "«mg»"),
    ("Du får %(new)s nå.", "You get %(left)s now.", "Plassholderne"),
    ("Du får %(new)s nå.", "You get it now.", "Plassholderne"),
    ("01 gm", "\u202e01 gm\u202c", "snu"),
    ("Ring", "Call\u200e", "snu"),
    ("Ring", "Call\nnow", "linjeskift"),
    ("Ring", "\ue000Call\ue001", "usynlige"),
    ("Ring", "Cafe\u0301", "NFC"),
    ("Ring", "- Call", "begynne"),
    ("Ring", "# Call", "begynne"),
    ("Ring", "<script>", "klammer"),
    ("Ring", "[Call](https://example.org)", "klammer"),
    ("Meld fra på melde.no.", "Report it on example.no.", "Nettadresser"),
]


@pytest.mark.parametrize(("source", "text"), SOUND)
def test_a_sound_translation_has_no_faults(source, text):
    assert faults_of(source, text) == ()


@pytest.mark.parametrize(("source", "text", "says"), FAULTY)
def test_a_faulty_translation_is_named(source, text, says):
    assert any(says in fault for fault in faults_of(source, text))


@pytest.mark.parametrize(("length", "faulty"), [(MOST, False), (MOST + 1, True)])
def test_a_sentence_has_a_greatest_length(length, faulty):
    assert bool(faults_of("Ring", "a" * length)) is faulty
