"""Edits that cannot alter the meaning, and the many that can."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transpipe.catalogs.harmless import Edit, harmless_edit
from transpipe.model import Message


def after(old: str, msgstr: str, new: str) -> str | None:
    """Give the translation of the new text, None where a person must look at it."""
    edit = harmless_edit(Message(old, msgstr), Message(new))
    return edit.msgstr if edit else None


@pytest.mark.parametrize(
    ("old", "msgstr", "new", "wanted", "kind"),
    [
        ("one  two\nthree", "uno dos tres", "one two three", "uno dos tres", Edit.WHITE_SPACE),
        ("Read [it](a.md).", "[Léelo](a.md).", "Read [it](b.md).", "[Léelo](b.md).", Edit.LINK),
        (
            "At https://a.org/x, now.",
            "Ya, en https://a.org/x.",
            "At https://b.org/y, now.",
            "Ya, en https://b.org/y.",
            Edit.LINK,
        ),
        (
            "See `the docs <https://a.org/1>`_.",
            "Ver `la guía <https://a.org/1>`_.",
            "See `the docs <https://a.org/2>`_.",
            "Ver `la guía <https://a.org/2>`_.",
            Edit.LINK,
        ),
        ("Press *save* now.", "Pulse *guardar*.", "Press _save_ now.", "Pulse _guardar_.",
         Edit.EMPHASIS),
        ("Press **save** now.", "Pulse **guardar**.", "Press save now.", "Pulse guardar.",
         Edit.EMPHASIS),
        ("Call `send` now.", "Llame a `send`.", "Call `send()` now.", "Llame a `send()`.",
         Edit.CODE),
        ("Use `--force`.", "Usa `--force`.", "Use `--overwrite`.", "Usa `--overwrite`.", Edit.CODE),
        ("From `alpha` to `beta`.", "A `beta` de `alpha`.", "From `beta` to `alpha`.",
         "A `alpha` de `beta`.", Edit.CODE),
    ],
)  # fmt: skip
def test_a_harmless_edit_is_made_in_the_translation(
    old: str, msgstr: str, new: str, wanted: str, kind: Edit
) -> None:
    edit = harmless_edit(Message(old, msgstr), Message(new))
    assert edit is not None
    assert (edit.msgstr, edit.kinds) == (wanted, (kind,))


@pytest.mark.parametrize(
    ("old", "msgstr", "new"),
    [
        # The translation has another address, or none: where the new one goes is not known.
        ("Read [it](/en/a).", "[Léelo](/es/a).", "Read [it](/en/b)."),
        ("Read [it](a.md).", "Léelo.", "Read [it](b.md)."),
        ("[x](a.md), [y](a.md)", "[x](a.md), [y](a.md)", "[x](b.md), [y](c.md)"),
        ("Call [us](tel:123456).", "[Llame](tel:123456).", "Call [us](tel:654321)."),
        # Emphasis that came, or moved.
        ("Press save.", "Pulse guardar.", "Press **save**."),
        ("*Press*  save.", "*Pulse* guardar.", "Press *save*."),
        ("*Press* save.", "Pulse guardar.", "_Press_ save."),
        # Marks that are none.
        ("Run 2*3*4 times", "2*3*4 veces", "Run 234 times"),
        ("The method __init__ runs", "El método __init__", "The method init runs"),
        ("Take *.py* files", "Tome *.py*", "Take .py files"),
        # White space that is something.
        ("one\n\ntwo", "uno\n\ndos", "one two"),
        ("one  \ntwo", "uno  \ndos", "one two"),
        ("one\\\ntwo", "uno\\\ndos", "one two"),
        ("- one\n- two", "- uno\n- dos", "- one - two"),
        ("one\n", "uno\n", "one"),
        ("    one", "    uno", "one"),
        ("10 000 users", "10 000 usuarios", "10000 users"),
        ("Run x[0](10) now.", "Ejecute x[0](10).", "Run x[0](20) now."),
        ("A `weight <1.5>`.", "Un `weight <1.5>`.", "A `weight <2.5>`."),
        ("a part", "una parte", "apart"),
        ("Type `a  b`.", "Teclee `a  b`.", "Type `a b`."),
        # Code that is a value, a quantity, or a name in prose.
        ("Default: `true`.", "Defecto: `true`.", "Default: `false`."),
        ("Set `is_valid`.", "Ponga `is_valid`.", "Set `is_invalid`."),
        ("Use `--force`.", "Usa `--force`.", "Use `--no-force`."),
        ("Wait `10` s.", "Espere `10` s.", "Wait `20` s."),
        ("Set `limit=10`.", "Ponga `limit=10`.", "Set `limit=20`."),
        ("Use `utf8`.", "Usa `utf8`.", "Use `utf16`."),
        ("In `timeout_ms`.", "En `timeout_ms`.", "In `timeout_s`."),
        ("In `MiB`.", "En `MiB`.", "In `GiB`."),
        ("If `a < b`.", "Si `a < b`.", "If `a > b`."),
        ("By `Ana`_.", "Por `Ana`_.", "By `Eva`_."),
        ("Call `send`.", "Llame a `enviar`.", "Call `post`."),
        ("`send` and `send`", "`send`", "`post` and `post`"),
    ],
)
def test_what_may_alter_the_meaning_is_for_a_person(old: str, msgstr: str, new: str) -> None:
    assert after(old, msgstr, new) is None


SENTENCES = {
    "en": "You must press the red button for 10 minutes at 5 km from Lima, and never before May 3.",
    "es": "Debes pulsar el botón rojo 10 minutos a 5 km de Lima, y nunca antes del 3 de mayo.",
    "pt": "Você deve apertar o botão vermelho 10 minutos a 5 km de Lima, nunca antes de 3 de maio.",
}
SWAPS = {
    "en": [
        ("must", "must not"), ("never", "always"), ("never", ""), ("10", "100"), ("10", "10.0"),
        ("5 km", "5 m"), ("5 km", "5 mi"), ("Lima", "Quito"), ("May", "March"), ("red", "green"),
        ("before", "after"), ("minutes", "hours"), ("3.", "30."), ("You must", "You mustn't"),
        ("must", "may"), ("must", "cannot"), ("10", "ten"), ("10", "-10"), ("5 km", "5km"),
    ],
    "es": [
        ("Debes", "No debes"), ("nunca", "siempre"), ("10", "1,0"), ("5 km", "5 m"),
        ("Lima", "Quito"), ("mayo", "marzo"), ("rojo", "verde"), ("antes", "después"),
        ("minutos", "horas"), ("y nunca", "y"), ("Debes", "Puedes"), ("pulsar", "no pulsar"),
    ],
    "pt": [
        ("deve", "não deve"), ("nunca", "sempre"), ("10", "1.0"), ("5 km", "5 m"),
        ("Lima", "Quito"), ("maio", "março"), ("vermelho", "verde"), ("antes", "depois"),
        ("minutos", "horas"), (", nunca", ","), ("deve", "pode"), ("apertar", "não apertar"),
    ],
}  # fmt: skip
FRAMES = ["{}", "*{}*", "**{}**", "See `run_all`: {}", "[{}](a.md)", "{}  https://a.org/x", "  {}"]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("language", SENTENCES)
def test_negations_numbers_units_and_names_are_never_harmless(language: str, frame: str) -> None:
    """Alone, and together with edits that are harmless by themselves."""
    old = SENTENCES[language]
    for gone, come in SWAPS[language]:
        assert gone in old
        edited = old.replace(gone, come, 1)
        for other in (frame, frame.replace("*", "_"), frame.replace("a.", "b."), "{}", "{} "):
            assert after(frame.format(old), frame.format("x"), other.format(edited)) is None
            assert after(frame.format(old), frame.format(old), other.format(edited)) is None


WORDS = ["press", "not", "no", "never", "10", "3.5", "-2", "km", "Ana", "the", "don't", "não",
         "nunca", "sin", "`run_all`", "`send()`", "`--no-cache`", "`true`", "`x1`", "*bold*",
         "_it_", "**b c**", "__init__", "https://a.org/1", "[x](b.md)", "<b>", "2*3*4", ",", ".",
         "*", "_", "`", "\n", "  ", "\n\n"]  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join)


def meaning(text: str) -> list[str]:
    """Give what a reader is told: words, and numbers, without markup, code and addresses."""
    text = re.sub(r"`[^`]+`|https?://\S+|\]\([^)]*\)", " ", text)
    return re.findall(r"[^\W_]+(?:['.][^\W_]+)*|-(?=\d)", text)


@given(texts, texts, texts)
def test_the_words_and_numbers_stay_whatever_is_carried(old: str, msgstr: str, new: str) -> None:
    edit = harmless_edit(Message(old, msgstr), Message(new))
    if edit:
        assert meaning(old) == meaning(new)
        assert meaning(edit.msgstr) == meaning(msgstr)


@given(texts, st.data())
def test_an_edit_and_its_reverse_give_the_translation_back(old: str, data: st.DataObject) -> None:
    """Of a text translated by itself, with white space, links and code edited at will."""
    new = old.replace(
        "https://a.org/1", data.draw(st.sampled_from(["https://a.org/1", "https://b.net/"]))
    )
    new = new.replace("`send()`", data.draw(st.sampled_from(["`send()`", "`post()`"])))
    edit = harmless_edit(Message(old, old), Message(new))
    if edit:
        assert edit.msgstr == new
        assert after(new, edit.msgstr, old) == old


@pytest.mark.parametrize("flags", [("fuzzy",), ("python-format", "fuzzy")])
def test_a_fuzzy_translation_stays_fuzzy(flags: tuple[str, ...]) -> None:
    assert harmless_edit(Message("a  b", "x", flags=flags), Message("a b")) is None


def test_plurals_and_untranslated_messages_are_left_alone() -> None:
    assert after("a  b", "", "a b") is None
    many = Message("a  b", msgid_plural="c", msgstr_plural=("x", "y"))
    assert harmless_edit(many, Message("a b", msgid_plural="c")) is None


@pytest.mark.parametrize("piece", ["`", "*", "_", " ", "*a", "`a <", "](", "http://", "\n ", "**`"])
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """It ends: with a quadratic pattern each of these would take minutes."""
    text = piece * 20_000
    after(text, text, text + " ")
