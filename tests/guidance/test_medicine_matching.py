"""What a doctor types is taken for the right medicines, and for no others."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guidance.guideline import Medicine
from guidance.medicine_matching import Certainty, Matcher, split_list
from tests.guidance.first_edition import EDITION

PACKS = tomllib.loads((Path(__file__).parent / "packs.toml").read_text(encoding="utf-8"))
TABLE = EDITION.medicines
MATCHER = Matcher(TABLE)
match = MATCHER.match

NAMES = sorted({name for medicine in TABLE for name in (medicine.substance, *medicine.brands)})
ONE_WORD_NAMES = [name for name in NAMES if name.isalpha()]
FOR_THE_MIND = [
    medicine
    for medicine in TABLE
    if medicine.atc.startswith(("N05A", "N06A")) or medicine.flags & {"antidepressant", "antipsychotic"}
]


def substances(medicines: tuple[Medicine, ...]) -> set[str]:
    return {medicine.substance for medicine in medicines}


def rows_called(name: str) -> tuple[str, ...]:
    """The codes of the rows that have the name as substance or brand, small letters or capitals."""
    return tuple(
        medicine.atc
        for medicine in sorted(TABLE, key=lambda medicine: medicine.atc)
        if name.lower() in {called.lower() for called in (medicine.substance, *medicine.brands)}
    )


# Packs


@pytest.mark.parametrize(("typed", "atc"), [*PACKS["as_labelled"].items(), *PACKS["as_typed"].items()])
def test_a_pack_is_recognised_by_its_label(typed: str, atc: str):
    found = match(typed)

    assert found.certainty is Certainty.EXACT
    assert found.atc == tuple(atc.split())


@pytest.mark.parametrize(("typed", "atc"), PACKS["misspelt"].items())
def test_a_misspelt_name_is_taken_for_the_one_that_is_meant(typed: str, atc: str):
    assert match(typed).atc == tuple(atc.split())


@pytest.mark.parametrize(("typed", "atc"), PACKS["several_on_a_line"].items())
def test_all_that_stands_on_a_line_counts_and_is_to_be_confirmed(typed: str, atc: str):
    found = match(typed)

    assert found.certainty is Certainty.ASSUMED
    assert found.atc == tuple(atc.split())


@pytest.mark.parametrize("typed", PACKS["not_recognised"]["typed"])
def test_what_the_table_lacks_is_not_recognised_and_is_no_error(typed: str):
    found = match(typed)

    assert found.certainty is Certainty.NONE
    assert (found.typed, found.atc, found.medicines) == (typed, (), ())


def test_a_hundred_everyday_packs_and_more_were_tried():
    assert len(PACKS["as_labelled"]) >= 100


# Antidepressants and antipsychotics, every one (G2)


@pytest.mark.parametrize("medicine", FOR_THE_MIND, ids=lambda medicine: medicine.substance)
def test_no_medicine_for_the_mind_is_missed_as_labelled_or_misspelt(medicine: Medicine):  # G2
    tried = PACKS["for_the_mind"][medicine.atc]

    for typed in (medicine.substance, *medicine.brands, *tried["labelled"]):
        assert (typed, match(typed).certainty, match(typed).atc) == (typed, Certainty.EXACT, (medicine.atc,))
    for typed in tried["misspelt"]:
        assert (typed, match(typed).atc) == (typed, (medicine.atc,))


@pytest.mark.parametrize("atc", PACKS["for_the_mind"])
def test_each_medicine_for_the_mind_that_was_tried_stands_in_the_table(atc: str):
    assert atc in {medicine.atc for medicine in FOR_THE_MIND}
    assert PACKS["for_the_mind"][atc]["labelled"]
    assert PACKS["for_the_mind"][atc]["misspelt"]


# Certainty


@pytest.mark.parametrize(
    "typed", ["sertalin", "zolofft", "setralin 50 mg", "kodien og paracetamol", "Sertralinn"]
)
def test_a_likeness_is_assumed_and_asks_for_a_confirmation(typed: str):
    assert match(typed).certainty is Certainty.ASSUMED


@pytest.mark.parametrize(
    "typed", ["Quetiapin", "quetiapine", "kvetiapin", "KVETIAPIN", "ＱＵＥＴＩＡＰＩＮ", "Que\u00adtiapin"]
)
def test_spellings_from_here_and_abroad_are_the_same_name(typed: str):
    assert (match(typed).certainty, match(typed).atc) == (Certainty.EXACT, ("N05AH04",))


@pytest.mark.parametrize("typed", ["citalopram", "Citalopram", "kitalopram", "sitalopram"])
def test_a_c_may_be_written_as_it_is_said(typed: str):
    assert match(typed).atc == ("N06AB04",)


def test_the_note_of_the_row_comes_with_the_match():
    assert match("Diflucan").medicines[0].note


# What must not be taken for another


@pytest.mark.parametrize(
    ("typed", "not_these"),
    [
        ("paracetamol", {"N02AJ06", "N02AJ13"}),
        ("kodein", {"N02AJ06"}),
        ("NovoRapid", {"N05AG02"}),
        ("imipramin", {"N06AA04", "N06AA06"}),
        ("trimipramin", {"N06AA02"}),
        ("klonidin", {"N03AE01", "N05AH02"}),
        ("citalopram", {"N06AB10"}),
        ("escitalopram", {"N06AB04"}),
        ("omeprazol", {"A02BC05"}),
        ("Pinex", {"N02AJ06"}),
        ("Pinex Forte", {"N02BE01"}),
        ("levodopa og karbidopa", {"N04BA01"}),
        ("kodein og paracetamol", {"N02BE01", "R05DA04"}),
        ("oksykodon", {"N02AA55", "H01BB02"}),
        ("Losec", {"C03CA01"}),
        ("Xanor", {"A02BA02"}),
        ("dapoksetin", {"N06AX21"}),
        ("valganciklovir", {"N06AX21"}),
    ],
)
def test_a_name_is_not_a_longer_a_shorter_or_a_similar_one(typed: str, not_these: set[str]):
    assert not_these.isdisjoint(match(typed).atc)


@pytest.mark.parametrize(
    "part", ["lopinavir", "paritaprevir", "emtricitabin", "etinyløstradiol", "benserazid"]
)
def test_a_part_of_a_combination_is_not_the_combination(part: str):
    assert match(part).certainty is Certainty.NONE


@pytest.mark.parametrize(
    "typed", ["Cozaar Comp 50 mg/12,5 mg", "paracetamol/koffein", "koffein og paracetamol"]
)
def test_a_combination_outside_the_table_is_none_of_its_parts_but_offers_them(typed: str):
    found = match(typed)

    assert found.certainty is Certainty.NONE
    assert substances(found.candidates) <= {"losartan", "paracetamol"}
    assert found.candidates


@pytest.mark.parametrize("typed", ["sertralin/ukjentstoff", "ukjentstoff og sertralin", "Zoloft Comp"])
def test_a_flagged_part_of_an_unknown_combination_still_counts(typed: str):  # G2
    found = match(typed)

    assert (found.certainty, found.atc) == (Certainty.ASSUMED, ("N06AB06",))


def test_beside_a_whole_name_a_joined_part_is_not_passed_over():
    assert match("Zoloft, paracetamol og tran").atc == ("N02BE01", "N06AB06")


def test_names_equally_near_all_count():
    found = match("ecitalopram")

    assert found.certainty is Certainty.ASSUMED
    assert found.atc == ("N06AB04", "N06AB10")


def test_a_name_nearer_than_any_that_may_count_leaves_it_unrecognised():
    found = match("Sabril")

    assert found.certainty is Certainty.NONE
    assert substances(found.candidates) == {"oksazepam"}


@pytest.mark.parametrize("name", ONE_WORD_NAMES)
def test_a_name_without_one_of_its_letters_is_never_surely_another(name: str):
    own = substances(match(name).medicines)

    for place in range(len(name)):
        found = match(name[:place] + name[place + 1 :])
        assert found.certainty is not Certainty.EXACT or own & substances(found.medicines)


# ATC codes


@pytest.mark.parametrize(("typed", "atc"), PACKS["by_code"].items())
def test_a_typed_code_counts_by_itself_also_outside_the_table(typed: str, atc: str):
    found = match(typed)

    assert found.certainty is Certainty.ATC
    assert found.atc == tuple(atc.split())


def test_a_code_outside_the_table_has_no_row():
    assert match("N06AX99").medicines == ()


@pytest.mark.parametrize("group", ["N06A", "N06AB", "J01FA", "J02AC"])
def test_the_start_of_a_code_counts_with_every_flagged_medicine_below_it(group: str):
    """A macrolide, whichever it is, may be the one that stops domperidone; the doctor says which."""
    found = match(group)

    assert found.certainty is Certainty.ASSUMED
    assert found.atc[0] == group
    assert {code[: len(group)] for code in found.atc} == {group}
    assert len(found.medicines) > 1


def test_the_start_of_a_code_with_nothing_flagged_below_it_offers_what_stands_there():
    found = match("M01A")

    assert (found.certainty, found.atc, found.medicines) == (Certainty.ATC, ("M01A",), ())
    assert {medicine.atc[:4] for medicine in found.candidates} == {"M01A"}


def test_the_start_of_a_code_does_not_count_beside_other_words():
    assert match("Noe N06AB").certainty is Certainty.NONE


def test_a_code_that_agrees_with_the_name_leaves_it_certain():
    assert match("Zoloft (N06AB06)").certainty is Certainty.EXACT


def test_a_code_that_disagrees_with_the_name_counts_beside_it():
    found = match("Zoloft N05AH04")

    assert (found.certainty, found.atc) == (Certainty.ASSUMED, ("N05AH04", "N06AB06"))


def test_beside_a_code_nothing_is_guessed():
    found = match("Lasiks C03CA01")

    assert found.atc == ("C03CA01",)
    assert match("sertalin N05AH04").atc == ("N05AH04",)


# Laws


@pytest.mark.parametrize("name", NAMES)
def test_each_name_of_the_table_is_certainly_itself(name: str):
    found = match(name)

    assert found.certainty is Certainty.EXACT
    assert found.atc == rows_called(name)


FIRMS = ["", "Krka", "Teva", "Sandoz", "Orifarm", "2care4", "Medical Valley", "NAF", "B. Braun", "ratiopharm"]
FORMS = [
    "",
    "tab",
    "tabletter",
    "kaps",
    "depottabletter",
    "mikstur",
    "nesespray",
    "depotplaster",
    "inj.",
    "smeltetab",
]
STRENGTHS = [
    "",
    "50 mg",
    "0,5 mg",
    "100 mikrog",
    "500 mg/30 mg",
    "10 mg/ml",
    "1 %",
    "75mg",
    "20\u00a0mg",
    "400 IE",
]
DOSES = ["", "1x1", "1 × 2", "1+0+1", "ved behov", "morgen og kveld", "vesp", "2 tabl. daglig", "fast", "x 3"]


@given(
    name=st.sampled_from(NAMES),
    firm=st.sampled_from(FIRMS),
    form=st.sampled_from(FORMS),
    strength=st.sampled_from(STRENGTHS),
    dose=st.sampled_from(DOSES),
)
def test_firm_form_strength_and_dose_change_nothing(
    name: str, firm: str, form: str, strength: str, dose: str
):
    found = match(" ".join([name, firm, form, strength, dose]))

    assert (found.certainty, found.atc) == (Certainty.EXACT, match(name).atc)


@given(
    name=st.sampled_from(NAMES),
    sign=st.sampled_from(["", "®", "™", " ®"]),
    space=st.sampled_from([" ", "\u00a0", "\t"]),
)
def test_capitals_spaces_and_trade_marks_change_nothing(name: str, sign: str, space: str):
    for written in (name.upper(), name.lower(), name.title()):
        assert match(f"{space}{written}{sign}{space}").atc == match(name).atc


@given(
    name=st.sampled_from(ONE_WORD_NAMES),
    place=st.integers(0, 30),
    letter=st.sampled_from(string.ascii_lowercase),
)
def test_one_wrong_letter_never_makes_it_surely_another(name: str, place: int, letter: str):
    assume(place < len(name))
    own = substances(match(name).medicines)

    for wrong in (name[:place] + letter + name[place + 1 :], name[:place] + letter + name[place:]):
        found = match(wrong)
        assert found.certainty is not Certainty.EXACT or own & substances(found.medicines)


@given(typed=st.text(max_size=300))
def test_any_text_gets_an_answer(typed: str):
    found = match(typed)

    assert found.typed == typed
    assert list(found.atc) == sorted(set(found.atc))
    assert (found.certainty is Certainty.NONE) == (not found.atc)
    assert {medicine.atc for medicine in found.medicines} <= set(found.atc)


@given(
    typed=st.lists(
        st.sampled_from([*NAMES, "og", "/", "+", "med", ",", "(", "-", "50 mg", "comp", "N06AB06"]),
        max_size=12,
    )
)
def test_names_in_any_order_get_an_answer_that_holds_together(typed: list[str]):
    found = match(" ".join(typed))

    assert (found.certainty is Certainty.NONE) == (not found.atc)
    assert {medicine.atc for medicine in found.medicines} <= set(found.atc)


LONG = ("x", "a ", "Zoloft ", "og ", "kodein og ", "(,", "N06AB06 ", "🙂", "abcdefgh ", "1 mg/", "\x00")


@pytest.mark.parametrize("part", LONG)
def test_ten_thousand_characters_are_read_in_no_time(part: str):
    typed = (part * 10_000)[:10_000]
    took = []
    for _ in range(3):
        before = perf_counter()
        match(typed)
        split_list(typed)
        took.append(perf_counter() - before)

    assert min(took) < 1  # some 30 ms; where time grew with the square it was 6 s


def test_the_table_is_made_ready_in_no_time():
    took = []
    for _ in range(3):
        before = perf_counter()
        Matcher(TABLE)
        took.append(perf_counter() - before)

    assert min(took) < 1  # some 30 ms


def test_an_empty_table_recognises_codes_alone():
    empty = Matcher(())

    assert empty.match("Zoloft 50 mg").certainty is Certainty.NONE
    assert empty.match("Zoloft N06AB06").atc == ("N06AB06",)


# A pasted list


@pytest.mark.parametrize(
    ("pasted", "lines"),
    [
        ("Zoloft 50 mg\nImovane 7,5 mg\n\n  Paracet  ", ("Zoloft 50 mg", "Imovane 7,5 mg", "Paracet")),
        ("Zoloft; Imovane;;Paracet;", ("Zoloft", "Imovane", "Paracet")),
        (
            "1. Zoloft\r\n2) Imovane\r\n(3) Paracet\r\n10. Levaxin",
            ("Zoloft", "Imovane", "Paracet", "Levaxin"),
        ),
        (
            "- Zoloft\n• Imovane\n* Paracet\n– Levaxin\no Sobril",
            ("Zoloft", "Imovane", "Paracet", "Levaxin", "Sobril"),
        ),
        ("• Zoloft • Imovane", ("Zoloft", "Imovane")),
        ("Zoloft 50 mg, Imovane 7,5 mg, Paracet", ("Zoloft 50 mg", "Imovane 7,5 mg", "Paracet")),
        ("Zoloft,Imovane", ("Zoloft", "Imovane")),
        ("Levaxin 0,1 mg", ("Levaxin 0,1 mg",)),
        ("Imovane, ved behov", ("Imovane, ved behov",)),
        (
            "Sobril, 10 mg, 1-2 tabletter ved behov, Zoloft",
            ("Sobril, 10 mg, 1-2 tabletter ved behov", "Zoloft"),
        ),
        ("ombitasvir, paritaprevir og ritonavir", ("ombitasvir, paritaprevir og ritonavir",)),
        ("makrogol, kombinasjoner", ("makrogol, kombinasjoner",)),
        ("insulin (humant), middels langtidsvirkende", ("insulin (humant), middels langtidsvirkende",)),
        ("Pinex Forte (paracetamol, kodein), Sobril", ("Pinex Forte (paracetamol, kodein)", "Sobril")),
        ("Zoloft 50 mg, Levaxin morgen og kveld", ("Zoloft 50 mg", "Levaxin morgen og kveld")),
        ("Zoloft depottabletter\n50 mg 1 x 1\nSobril", ("Zoloft depottabletter 50 mg 1 x 1", "Sobril")),
        ("Fast:\nZoloft\nVed behov:\nSobril", ("Zoloft", "Sobril")),
        ("5-HTP 100 mg", ("5-HTP 100 mg",)),
        ("2.5 mg Zyprexa", ("2.5 mg Zyprexa",)),
        ("Zoloft\ttab\t50\u00a0mg", ("Zoloft\ttab\t50\u00a0mg",)),
        ("-----\n🙂\n\n", ()),
        ("", ()),
    ],
)
def test_a_pasted_list_falls_into_its_lines(pasted: str, lines: tuple[str, ...]):
    assert split_list(pasted) == lines


def test_an_enumeration_left_whole_loses_none_of_its_medicines():
    (line,) = split_list("Levaxin, Zoloft og Imovane")

    assert match(line).atc == ("H03AA01", "N05CF01", "N06AB06")


@given(
    names=st.lists(st.sampled_from(ONE_WORD_NAMES), min_size=1, max_size=8),
    separator=st.sampled_from(["\n", "\r\n", "\n\n", ";", " ; ", ", ", "\n- ", "\n• ", " • "]),
    strength=st.sampled_from(["", " 50 mg", " 0,5 mg × 2", " tabletter 10 mg"]),
)
def test_a_list_comes_apart_as_it_was_put_together(names: list[str], separator: str, strength: str):
    lines = [name + strength for name in names]

    assert split_list(separator.join(lines)) == tuple(lines)


@given(pasted=st.text(alphabet=st.sampled_from("Zoloft Imovane,;.()-•*\n\t0123456789og"), max_size=200))
def test_no_letter_of_a_list_is_lost_but_numbering_and_headings(pasted: str):
    assume(":" not in pasted)
    kept = "".join(split_list(pasted))

    assert [char for char in kept if char.isalpha()] == [
        char for char in pasted if char.isalpha()
    ] or re.search(r"(?<![A-Za-z])o\s", pasted)  # a typed bullet


def test_every_line_of_a_list_is_typed_as_it_stands():
    pasted = "  ZOLOFT®  50 mg \n Sértralin\n"

    assert split_list(pasted) == ("ZOLOFT®  50 mg", "Sértralin")
