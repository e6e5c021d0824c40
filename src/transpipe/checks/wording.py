"""Checks of the words of a translation: doubled, not translated, of another language or script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from babel import Locale

from transpipe.checks.language import detect, is_function_word, telling_words
from transpipe.checks.prose import prose, script, scripts_of, words, words_of
from transpipe.checks.registry import Context, Fault, check
from transpipe.checks.words import quoted
from transpipe.locales import language_name
from transpipe.model import Message, Severity

_ENGLISH = Locale("en")

_DOUBLED = re.compile(r"(?<![\w'’-])([^\W\d_]{2,})[ \u00a0\n]+(\1)(?![\w'’-])", re.IGNORECASE)
_MAY_DOUBLE = frozenset(
    {"nos", "vous", "nous", "se", "si", "no", "sí", "muy", "bien", "casi"}
    | {"bla", "ya", "yo", "tan", "tal", "la"}
)


@check(severity=Severity.WARNING)
def doubled_word(message: Message, context: Context) -> Iterator[str]:
    """Write each word once.

    Bad::

        msgid "The water of the garden."
        msgstr "El agua del del jardín."

    Good::

        msgid "The water of the garden."
        msgstr "El agua del jardín."

        msgid "Step by step, very slowly"
        msgstr "Paso a paso, muy muy despacio"
    """
    said = [word.lower() for word in words_of(message.msgstr, context.syntax)]
    if not any(map(str.__eq__, said, said[1:])):
        return
    source = {match[1].lower() for match in _DOUBLED.finditer(prose(message.msgid, context.syntax))}
    for match in _DOUBLED.finditer(prose(message.msgstr, context.syntax)):
        word = match[1].lower()
        # "The the" begins a sentence; "Python python" or a name twice is no slip of the keyboard.
        if word in source or source or word in _MAY_DOUBLE or match[2][0].isupper():
            continue
        yield Fault(f"{quoted(match[1])} stands there twice: take one out", match[0])
        return


_AROUND = ".,:;!?…()[]\"'“”‘’*_"


def _is_copy(message: Message) -> bool:
    source, translation = message.msgid.strip(), message.msgstr.strip()
    # Most differ at an end, and need not be taken apart.
    if source[:1] != translation[:1] or source[-1:] != translation[-1:]:
        return False
    return source.split() == translation.split()


@check(severity=Severity.WARNING)
def untranslated_copy(message: Message, context: Context) -> Iterator[str]:
    """Translate sentences: a copy of the source is no translation.

    Names, code and single words may be the same in both languages.

    Bad::

        msgid "Water the plants before the sun is high."
        msgstr "Water the plants before the sun is high."

    Good::

        msgid "GNU General Public License"
        msgstr "GNU General Public License"

        msgid "Water the plants."
        msgstr "Riega las plantas."
    """
    if not _is_copy(message):
        return
    if context.locale is not None and context.locale.language == context.source.language:
        return
    # The pieces of a path or a name in a program are no words.
    found = [each.strip(_AROUND) for each in prose(message.msgid, context.syntax).split()]
    common = [word for word in found if word.isalpha() and word.islower() and len(word) > 1]
    functional = [w for w in common if is_function_word(w, context.source.language)]
    if len(common) >= 3 and functional:
        yield "the translation is a copy of the source: translate it, or leave it empty"


@check(severity=Severity.WARNING, on=False)
def inconsistent_translation(message: Message, context: Context) -> Iterator[str]:
    """Translate the same text in the same way in all catalogs of a language.

    It is off by default, because one text may rightly have two translations.

    Bad::

        #. Elsewhere: Buscar
        msgid "Search"
        msgstr "Búsqueda"

    Good::

        #. Elsewhere: Buscar
        msgid "Search"
        msgstr "Buscar"
    """
    usual = context.usual.get(message.msgid)
    if usual is not None and usual != message.msgstr:
        yield f"elsewhere this text is translated as {quoted(usual)}: use one translation"


@check(severity=Severity.WARNING)
def length(message: Message, context: Context) -> Iterator[str]:
    """Say as much as the source says: a text many times as long, or as short, is another text.

    Bad::

        msgid "Water the plants every morning before the sun is high in the summer months."
        msgstr "Riega."

    Good::

        msgid "Water the plants every morning."
        msgstr "Riega las plantas cada mañana."
    """
    if context.locale is None or context.locale.language in ("zh", "ja", "ko"):
        return
    source = sum(map(len, words_of(message.msgid, context.syntax)))
    translation = sum(map(len, words_of(message.msgstr, context.syntax)))
    longest = 2.5 * source + 30
    shortest = 0.4 * source - 12
    if translation > longest:
        yield "the translation is far longer than the source: see that it belongs to it"
    elif translation < shortest:
        yield "the translation is far shorter than the source: see that nothing is missing"


@check(severity=Severity.WARNING)
def foreign_script(message: Message, context: Context) -> Iterator[str]:
    """Use the letters of the language, and none of another script that the source does not have.

    A single letter, as in a formula, is no fault; one inside a word of other letters is.

    Bad::

        msgid "The community"
        msgstr "La 社区 comunidad"

        msgid "A network"
        msgstr "Una rеd"

    Good::

        msgid "About 20 μm, from 東京"
        msgstr "Unos 20 μm, de 東京"
    """
    allowed = scripts_of(context.locale)
    if allowed is None or not _BEYOND_LATIN.search(message.msgstr):
        return
    text = prose(message.msgstr, context.syntax)
    for word in _LETTERS.findall(text):
        foreign = [
            letter
            for letter in word
            if letter.isalpha()
            and script(letter) not in allowed
            and letter not in message.msgid
            and not (len(word) == 1 and script(letter) == "GREEK")
        ]
        if foreign:
            name = script(foreign[0]).capitalize()
            yield Fault(f"{quoted(word)} has letters of another script: {name}. Mend it.", word)
            return


_BEYOND_LATIN = re.compile(r"[^\W\d_\u0000-\u024f]")
_LETTERS = re.compile(r"[^\W\d_]*[^\W\d_\u0000-\u024f][^\W\d_]*")


@check(severity=Severity.WARNING)
def wrong_language(message: Message, context: Context) -> Iterator[str]:
    """Write in the language of the catalog.

    Bad::

        msgid "The plants that are in the garden of the house need water."
        msgstr "Les plantes qui sont dans le jardin de la maison ont besoin d'eau."

    Good::

        msgid "The plants that are in the garden of the house need water."
        msgstr "Las plantas que están en el jardín de la casa necesitan agua."
    """
    if context.locale is None or _is_copy(message):
        return
    found = detect(words_of(message.msgstr, context.syntax), context.locale.language)
    if found is not None:
        name = language_name(Locale(found), _ENGLISH)
        target = language_name(context.locale, _ENGLISH)
        yield f"the translation reads as {name}: write it in {target}"


_RUN = 3
# A translator shows what stays in the source's language on purpose.
_CITED = re.compile(
    r"\*[^*]++\*|_[^_]++_|\"[^\"]++\"|“[^”]++”|«[^»]++»|‘[^’]++’|(?<!\w)'[^']++'(?!\w)|\[[^\[\]]++\]"
)


@check(severity=Severity.WARNING)
def source_remnant(message: Message, context: Context) -> Iterator[str]:
    """Leave no words of the source behind.

    Words that both languages have are not told.

    Bad::

        msgid "Water the plants before the sun is high."
        msgstr "Riega las plantas before the sun is high."

    Good::

        msgid "Read “The Wind in the Willows”."
        msgstr "Lee “The Wind in the Willows”."

        msgid "A switch is on or off by design."
        msgstr "Un interruptor está encendido o apagado (*on or off by design*)."
    """
    language = context.locale.language if context.locale else ""
    if language == context.source.language or _is_copy(message):
        return
    telling = telling_words(context.source.language, language)
    translation = words_of(message.msgstr, context.syntax)
    if telling.isdisjoint(translation):
        return
    # Where all is in the language of the source, wrong-language tells it.
    if telling_words(language, context.source.language).isdisjoint(translation) and detect(
        translation, language
    ):
        return
    said, source = (prose(text, context.syntax) for text in (message.msgstr, message.msgid))
    said = _CITED.sub(" \ufffc ", said)
    translation = tuple(words(said))
    for start in range(len(translation) - _RUN + 1):
        run = translation[start : start + _RUN]
        # Titles and names are not translated: they have capital letters.
        if not all(word.islower() for word in run) or telling.isdisjoint(run):
            continue
        piece = " ".join(run)
        if all(_holds_words(text, piece) for text in (source, said)):
            yield Fault(f"{quoted(piece)} is left of the source: translate it", piece)
            return


def _holds_words(text: str, piece: str) -> bool:
    """Whether words stand in a text as words, and none of them is part of a longer one."""
    if piece not in text:
        return False
    return re.search(rf"(?<![\w'’-])(?<!\w\.){re.escape(piece)}(?![\w'’-]|\.\w)", text) is not None
