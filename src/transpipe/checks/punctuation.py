"""Checks of the punctuation of a text, by the rules of its language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transpipe.checks.prose import prose
from transpipe.checks.registry import Context, Fault, check
from transpipe.checks.words import quoted
from transpipe.model import Message, Severity

_ENDS = {
    ".": ".", "。": ".", "।": ".", "۔": ".", "։": ".", "።": ".",
    "?": "?", "？": "?", "؟": "?", "՞": "?",
    "!": "!", "！": "!", ":": ":", "：": ":", "…": "…",
}  # fmt: skip
"""The marks that end a text in several scripts, by what they mean."""
_CLOSERS = "\"'”’»«“„)]）」』*_`~ \t\n\r\f\v\u00a0\u202f"
_MARKUP = re.compile(r"\]\([^()\s]*\)|\[\^[^\]\s]+\]|<[^<>]*>|\{[%<].*?[%>]\}|`__?|\|_?\Z")


def _end(text: str, language: str) -> str:
    """Give what the mark at the end of a text means: nothing for a letter."""
    text = text.rstrip(_CLOSERS)
    if text.endswith("..."):
        return "…"
    last = text[-1:]
    if last == ";" and language == "el":
        return "?"
    return _ENDS.get(last, "")


def _bare(text: str) -> str:
    # No markup ends with a letter and a full stop, which is how most texts end.
    if text[-1:] == "." and text[-2:-1].isalpha():
        return text
    return _MARKUP.sub("", text)


_CALLS = {"": "no mark", "…": "“…”"}


def _pair(message: Message, context: Context) -> tuple[str, str]:
    language = context.locale.language if context.locale else ""
    return (
        _end(_bare(message.msgid), context.source.language),
        _end(_bare(message.msgstr), language),
    )


def _mended_end(message: Message, context: Context) -> str:
    wanted, found = _pair(message, context)
    text = message.msgstr
    # Only where nothing but a letter is at the very end is there one place for the mark.
    if wanted not in (".", ":", "…") or found or not text[-1:].isalpha():
        return text
    marks = {"zh": {".": "。", ":": "："}, "ja": {".": "。", ":": "："}, "hi": {".": "।"}}
    language = context.locale.language if context.locale else ""
    space = "\u00a0" if language == "fr" and wanted == ":" else ""
    return text + space + marks.get(language, {}).get(wanted, wanted)


@check(severity=Severity.WARNING, fix=_mended_end)
def ending_punctuation(message: Message, context: Context) -> Iterator[str]:
    """End with the mark that the source ends with, as the language writes it.

    Bad::

        msgid "Water the plants."
        msgstr "Riega las plantas"

        msgid "Did you water them?"
        msgstr "¿Las regaste."

        msgid "The plants:"
        msgstr "Las plantas."

    Good::

        msgid "Water the plants."
        msgstr "Riega las plantas."

        msgid "Water the plants (all)."
        msgstr "Riega las plantas (todas)."

        msgid "Wait..."
        msgstr "Espera…"
    """
    wanted, found = _pair(message, context)
    # A full stop more, or a "!" less, is a matter of taste.
    if wanted in ("", "!", found) or not message.msgstr.strip():
        return
    if {wanted, found} in ({".", "!"}, {".", "…"}):
        return
    yield Fault(
        f"the translation ends with {_CALLS.get(found, quoted(found))}, the source with"
        f" {_CALLS.get(wanted, quoted(wanted))}: end it alike",
        _last_words(message.msgstr.rstrip()),
    )


_MOST_WORDS = 8


def _last_words(text: str) -> str:
    """Give the end of a text: so many words as stand there nowhere else, most often one."""
    for match in reversed(list(re.finditer(r"\S+", text))[-_MOST_WORDS:]):
        if text.find(text[match.start() :]) == match.start():
            return text[match.start() :]
    return ""


_OPENERS = {"?": "¿", "!": "¡"}
# Behind code there is a blank in its place.
_SENTENCE_END = re.compile(
    r"(?:(?<=[\w)\"'»”…*\ufffc])|(?<=\ufffc ))([?!])(?=[\s)\"'»”*_.,;:\\]|\Z)"
)


@check(severity=Severity.WARNING)
def opening_mark(message: Message, context: Context) -> Iterator[str]:
    """In Spanish, open each question with ¿ and each exclamation with ¡.

    Bad::

        msgid "Did you water the plants?"
        msgstr "Regaste las plantas?"

        msgid "Welcome!"
        msgstr "Bienvenida!"

    Good::

        msgid "Did you water the plants?"
        msgstr "¿Regaste las plantas?"

        msgid "Did you water the plants?!"
        msgstr "¿Regaste las plantas?!"
    """
    if context.locale is None or context.locale.language not in ("es", "ast"):
        return
    if message.msgid == message.msgstr:
        return
    if "?" not in message.msgstr and "!" not in message.msgstr:
        return
    text = prose(message.msgstr, context.syntax)
    ends = [match[1] for match in _SENTENCE_END.finditer(text)]
    # A sentence that asks and exclaims may have one mark of each.
    if len(ends) <= text.count("¿") + text.count("¡"):
        return
    for mark in dict.fromkeys(ends):
        opener = _OPENERS[mark]
        if text.count(opener) < ends.count(mark):
            yield Fault(f"{quoted(mark)} has no {quoted(opener)} before it: write both", mark)


_FRENCH = re.compile(r"(?<=[\w)»”…])( ?)([?!;]|:(?=\s|\Z))(?![/\w])|«( ?)(?=\w)|(?<=[\w.!?…])( ?)»")
_NARROW = "\u202f"
_WIDE = "\u00a0"


def _french(text: str) -> str:
    def spaced(match: re.Match[str]) -> str:
        if match[2]:
            return (_WIDE if match[2] == ":" else _NARROW) + match[2]
        return f"«{_WIDE}" if match[0].startswith("«") else f"{_WIDE}»"

    return _FRENCH.sub(spaced, text)


_UNTOUCHABLE = re.compile(
    r"(``.+?``|`[^`]*`|\]\([^)]*\)|<[^<>]*>|\{[^{}]*\}|:[\w:+-]+:(?=`)|\w+://\S+|\|[^|]+\|"
    r"|^\.\. .*)",
    re.MULTILINE,
)


def _mended_french(message: Message, context: Context) -> str:
    is_french = context.locale is not None and context.locale.language == "fr"
    if not is_french or message.msgid == message.msgstr:
        return message.msgstr
    parts = _UNTOUCHABLE.split(message.msgstr)
    # Two colons that end a paragraph of reST are markup.
    return "".join(
        part if index % 2 or "::" in part else _french(part) for index, part in enumerate(parts)
    )


@check(severity=Severity.WARNING, fix=_mended_french)
def french_spacing(message: Message, context: Context) -> Iterator[str]:
    r"""In French, write a no-break space before ; : ! ? and inside « ».

    In the French of Canada only the colon and the quotation marks have one, so there this check
    is silent.

    Bad::

        #. Language: fr
        msgid "Are they dry?"
        msgstr "Sont-elles sèches?"

        #. Language: fr
        msgid "Say “water”."
        msgstr "Dites « eau »."

    Good::

        #. Language: fr
        msgid "Are they dry?"
        msgstr "Sont-elles sèches\u202f?"
    """
    if context.locale is not None and context.locale.territory == "CA":
        return
    if _mended_french(message, context) != message.msgstr:
        yield "a no-break space is missing before ; : ! ? or inside « »: write one, or use --fix"
