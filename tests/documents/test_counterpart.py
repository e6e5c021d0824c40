"""Two pages in two languages: what translates what."""

from __future__ import annotations

from pathlib import Path

from transpipe.documents.counterpart import find_counterparts, learn, take_apart
from transpipe.documents.options import Options
from transpipe.locales import parse_locale
from transpipe.model import Alignment, Document, Doubt

OPTIONS = Options()
SPANISH = """\
---
title: El huerto
description: Cómo participar
---

# El huerto

Abre los lunes a las 9.
Traiga guantes.

![Una pala](pala.png)

La cosecha se reparte. Escriba al 5550134.
"""
ENGLISH = """\
---
title: The garden
description: How to take part
---

# The garden

It opens on Mondays at 9.
Bring gloves.

![A spade](pala.png)

The harvest is shared. Call 5550134.
"""


def document(text: str, code: str) -> Document:
    return Document("page", Path(f"page.{code}.md"), text, "markdown", parse_locale(code))


def aligned(source: str, target: str) -> Alignment:
    ours = take_apart(document(source, "es"), OPTIONS)
    theirs = take_apart(document(target, "en"), OPTIONS)
    return find_counterparts(ours, theirs, learn([(ours, theirs)]))


def told(alignment: Alignment) -> dict[str, str]:
    return {pair.segment.msgid: pair.msgstr for pair in alignment.pairs}


def test_pages_of_one_structure_are_paired_in_full_and_sure() -> None:
    found = aligned(SPANISH, ENGLISH)
    assert found.same_structure
    assert all(pair.is_sure for pair in found.pairs)
    assert told(found) == {
        "El huerto": "The garden",
        "Cómo participar": "How to take part",
        "Abre los lunes a las 9. Traiga guantes.": "It opens on Mondays at 9.\nBring gloves.",
        "![Una pala](pala.png)": "![A spade](pala.png)",
        "Una pala": "A spade",
        "La cosecha se reparte. Escriba al 5550134.": "The harvest is shared. Call 5550134.",
    }
    assert (found.copied, found.source_only, found.target_only) == ((), (), ())


def test_front_matter_is_paired_by_key_and_not_by_place() -> None:
    swapped = ENGLISH.replace(
        "title: The garden\ndescription: How to take part",
        "description: How to take part\ntitle: The garden",
    )
    assert told(aligned(SPANISH, swapped))["El huerto"] == "The garden"


def test_a_key_that_is_missing_is_listed() -> None:
    found = aligned(SPANISH, ENGLISH.replace("description: How to take part\n", ""))
    assert [each.msgid for each in found.source_only] == ["Cómo participar"]


def test_what_only_one_page_has_is_listed() -> None:
    found = aligned(SPANISH, ENGLISH.replace("![A spade](pala.png)\n\n", ""))
    assert "![Una pala](pala.png)" in {each.msgid for each in found.source_only}
    found = aligned(SPANISH.replace("![Una pala](pala.png)\n\n", ""), ENGLISH)
    assert "![A spade](pala.png)" in {each.msgid for each in found.target_only}


def test_a_paragraph_in_two_is_unsure_and_holds_both() -> None:
    found = aligned(SPANISH, ENGLISH.replace("shared. Call", "shared.\n\nCall"))
    pair = found.pairs[-1]
    assert (pair.doubt, pair.msgstr) == (Doubt.SPLIT, "The harvest is shared. Call 5550134.")


def test_a_sentence_that_stands_on_both_pages_is_not_translated() -> None:
    sentence = "La cosecha se reparte entre quienes trabajan allí."
    found = aligned(f"Hola a todos.\n\nAdiós.\n\n{sentence}\n", f"Hello.\n\nBye.\n\n{sentence}\n")
    assert [each.msgid for each in found.copied] == [sentence]
    assert sentence not in told(found)


def test_a_name_may_stand_on_both_pages() -> None:
    found = aligned("# Hola\n\nAna Ruiz\n\nAdiós\n", "# Hello\n\nAna Ruiz\n\nBye\n")
    assert told(found)["Ana Ruiz"] == "Ana Ruiz"


def test_of_a_page_that_is_a_copy_nothing_is_taken() -> None:
    found = aligned(SPANISH, SPANISH)
    assert found.pairs == ()
    assert len(found.copied) == 7


def test_a_text_that_is_translated_in_two_ways_is_taken_once() -> None:
    found = aligned("# A\n\nSí\n\nNo\n\nSí\n", "# B\n\nYes\n\nNot\n\nSure\n")
    assert [(pair.msgstr, pair.doubt) for pair in found.pairs if pair.segment.msgid == "Sí"] == [
        ("Yes", None),
        ("Sure", Doubt.AMBIGUOUS),
    ]
