"""Names without what stands round them."""

import pytest

from desktop_app.reading.draft_people import holds_only_an_office, names


@pytest.mark.parametrize(
    "printed",
    [
        "Louise Hollick, Her Majesty’s Inspector",
        "Louise Hollick Her Majesty's Inspector",
        "Louise Hollick HMI",
        "Louise Hollick (HMI)",
        "Louise Hollick, His Majesty’s Inspector (HMI)",
        "Louise Hollick, Her Majesty Inspector",
        "Louise Hollick, Social care HMI",
        "Louise Hollick, Senior His Majesty’s Inspector",
        "Louise Hollick, H.M.I.",
        "Louise Hollick, Her Majesty’s Inspector, Children’s Social Care",
        "Louise Hollick, Ofsted Inspector",
        "Louise Hollick Deputy lead inspector: Ann Lee HMI",
        "Louise Hollick HMI Team inspectors: Ann Lee, Bo Ray",
        "Louise Hollick, Her Majesty ’s Inspector",
        "Louise Hollick, H M I",
        "Louise Hollick, HM Inspector",
        "Louise Hollick, Acting Senior HMI",
        "Louise Hollick, Specialist Adviser",
        "Louise Hollick, His Majesty’s Inspector of Education, Children’s Services and Skills",
        "Louise Hollick",
    ],
)
def test_one_name_whatever_stands_behind_it(printed: str) -> None:
    assert names(printed) == (["Louise Hollick"], ())


@pytest.mark.parametrize(
    "printed",
    [
        "Ann Lee, HMI and Bo O’Ray, HMI",
        "Ann Lee and Bo O’Ray, Her Majesty’s Inspectors",
        "Ann Lee, Bo O’Ray",
        "Ann Lee HMI; Bo O’Ray HMI",
        "Ann Lee, HMI with Bo O’Ray, HMI",
    ],
)
def test_two_names_are_both_given_and_told(printed: str) -> None:
    assert names(printed) == (["Ann Lee", "Bo O’Ray"], ("The report names 2 lead inspectors.",))


@pytest.mark.parametrize(
    "name",
    ["Máire Atherton", "Jean-Luc de la Cruz", "Marie van der Berg", "Paul D’Inverno", "Sean al-Masri", "J. A. Smith"],
)
def test_names_with_particles_hyphens_and_accents(name: str) -> None:
    assert names(f"{name}, His Majesty’s Inspector") == ([name], ())


def test_words_that_are_no_name_are_left_out_and_doubted() -> None:
    people, doubts = names("to be confirmed")
    assert not people
    assert "does not look like a name" in doubts[0]


def test_an_office_alone_is_told_from_a_name() -> None:
    assert holds_only_an_office("Her Majesty’s Inspector")
    assert not holds_only_an_office("Ann Lee, HMI")
