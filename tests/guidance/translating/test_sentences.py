"""A text is parted into sentences without losing anything, and put together again."""

from hypothesis import given
from hypothesis import strategies as st

from guidance.translating import retell, sentences, split

WORDS = st.sampled_from(
    [
        *(
            "Ring",
            "**113**",
            "**Ta",
            "ingen**",
            "10 mg × 3",
            "«nå».",
            "f.eks.",
            "Da?",
            "legen.",
            "ring",
            "ÆØÅ",
        ),
        *("\n", "\n\n", "\n- ", "\n1. ", "  \n", "\\\n", "> ", "# ", "*", "_", "23. november.", "…", " "),
    ]
)
TEXTS = st.one_of(st.text(), st.lists(WORDS).map(" ".join), st.lists(WORDS).map("".join))


@given(TEXTS)
def test_the_pieces_of_a_text_are_the_text_again(text):
    assert "".join(piece.text for piece in split(text)) == text


@given(TEXTS)
def test_what_stands_between_sentences_has_no_words(text):
    between = [piece.text for piece in split(text) if not piece.says]

    assert not any(letter.isalpha() for gap in between for letter in gap)


@given(TEXTS)
def test_a_text_retold_in_its_own_words_says_the_same_sentences(text):
    again = retell(text, lambda sentence: sentence)

    assert sentences(retell(again, lambda sentence: sentence)) == sentences(again)


def test_a_paragraph_is_its_sentences():
    text = "Hopp over den. Ta neste tablett når den\nskal tas. Ta aldri to på en gang."

    assert sentences(text) == (
        "Hopp over den.",
        "Ta neste tablett når den skal tas.",
        "Ta aldri to på en gang.",
    )


def test_each_item_of_a_list_is_a_sentence():
    text = "Følg med på om\n\n- du er stiv\n- du besvimer.\n\nRing legen."

    assert sentences(text) == ("Følg med på om", "du er stiv", "du besvimer.", "Ring legen.")


def test_bold_words_are_never_cut_in_two():
    text = "**Slutt nå. Ring 113.** Så legen."

    assert sentences(text) == ("**Slutt nå. Ring 113.**", "Så legen.")


def test_a_quotation_ends_its_sentence():
    assert sentences("Merket «bare etter avtale.» De gjelder.") == (
        "Merket «bare etter avtale.»",
        "De gjelder.",
    )


def test_a_date_an_abbreviation_and_a_decimal_end_no_sentence():
    text = "Fra 23. november kl. 14.30 tar du f.eks. Afipran, 0.5 mg."

    assert sentences(text) == (text,)


def test_a_list_that_is_retold_is_still_a_list():
    assert retell("Om\n\n- én\n- to", str.upper) == "OM\n\n- ÉN\n- TO"
