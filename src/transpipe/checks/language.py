"""Telling a language by its function words: the small words that every sentence has."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping, Sequence

_WORDS: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": """the of and to in is that for it with as was on are be this have from or by not but
            what all were when we there can an your which their if will each about how up out then
            them these so some would into has more its you before after they been than where""",
        "es": """a o e u dos mi esa esas esos estos estas según cual así
            de la que el en y los se del las un por con no una su para es al lo como más pero
            sus le ya este sí porque esta entre cuando muy sin sobre también me hasta hay donde
            desde todo nos durante uno ni contra otros ese eso esto antes algunos unos otro otras
            puede cada ser son si tu está están""",
        "pt": """outro outra outros outras estes estas cada
            de a o que e do da em um para é com não uma os no se na por mais as dos como mas
            foi ao ele das tem à seu sua ou ser quando muito há nos já está também só pelo pela até
            isso entre depois sem mesmo aos seus quem nas me esse eles você essa num nem suas às
            pode cada são se uns são pelos pelas""",
        "fr": """de la le et les des en un du une que est pour qui dans par au plus pas sur ne se
            ce il sont avec son nous vous aux cette ou mais comme ses être à leur ces sans elle été
            même peut fait tout si où votre""",
        "de": """der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als
            auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem
            über einen so zum kann wenn oder""",
        "it": """di che e il la per un in è del una non della si con le dei da i al sono gli delle
            nel alla più ma anche come lo dal ha se o su questo nella essere sia degli suo quando
            può dalla dell""",
        "ca": """de la i que el en els a les del per un una amb es al no dels són com més o pel
            aquest però seu aquesta si ho ser està quan també sobre fins dins poden""",
        "gl": """de a o que e do da en un para con unha os non se na por máis as dos como pero ao
            das ten ou ser cando xa está tamén só pola polo ata iso este son""",
        "nl": """de van het een en in is dat op te zijn met voor niet aan er om ook als bij dan uit
            maar door wordt naar of over worden kan deze dit hebben""",
        "pl": """w i na z się do nie że to jest o po jak przez od za tym dla ale co są oraz przy
            może który które tylko czy lub""",
        "id": """yang dan di untuk dengan ini dari pada adalah dalam tidak akan atau itu ke oleh
            sebagai dapat anda jika juga""",
        "tr": """ve bir bu için ile da de olarak daha çok olan gibi ya değil en kadar sonra her""",
    }.items()
}
# Related languages share more small words than their most frequent ones.
_FAMILIES = (frozenset({"ca", "es", "fr", "gl", "it", "pt"}), frozenset({"de", "nl"}))
_ALSO: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "es": "ha mas",
        "pt": "antes contra desde durante esta este porque sobre todo tu",
        "gl": """antes aos cada contra desde donde durante entre esta estas este estes eu foi mas me
            nas no nos outra outras outro outros pode porque por se seu seus sobre todo uns""",
        "ca": "cada contra entre les me nos se ses sobre tot tu una",
        "fr": "entre me ni tu uns",
        "it": "a durante me no sua tu uno",
        "nl": "die",
    }.items()
}
"""Words of their relatives that languages have in the same use, and not among their own above."""

_FEWEST = 5
_CLEAR = 3


def is_function_word(word: str, language: str) -> bool:
    """Whether a word is one of the small words of a language, so far as they are known here."""
    return word.lower() in _WORDS.get(language, frozenset())


@functools.cache
def telling_words(language: str, other: str) -> frozenset[str]:
    """Give the small words of a language that the other one does not have."""
    found = _WORDS.get(language, frozenset()) - _WORDS.get(other, frozenset())
    related = any({language, other} <= family for family in _FAMILIES)
    return found - _ALSO.get(other, frozenset()) if related else found


def detect(words: Sequence[str], expected: str) -> str | None:
    """Tell the language of a text that is clearly not in the expected one.

    A word that several languages have says little, so it counts a share for each.

    :param expected: a language code, without a country.
    :returns: the code of the language; None where it is the expected one, or not clear.
    """
    if expected not in _WORDS:
        return None
    # Words with a capital letter are names, and names have small words of their own language.
    known = _ALL.intersection((words[0].lower(), *words) if words else ())
    # Where most small words are those of the language, no other one is clearly more like it.
    if len(known) < 2 * len(_WORDS[expected] & known) + 1:
        return None
    if sum(word.islower() for word in words[1:]) + 1 < _FEWEST:
        return None
    scores: Counter[str] = Counter()
    for word in known:
        for language in _LANGUAGES_OF[word]:
            scores[language] += 1
    if not scores:
        return None
    best, score = max(scores.items(), key=lambda item: item[1])
    mine = scores[expected]
    if best == expected or score < _CLEAR or score < 2 * mine + 1:
        return None
    return best


_LANGUAGES_OF: Mapping[str, tuple[str, ...]] = {
    word: tuple(language for language, words in _WORDS.items() if word in words)
    for word in frozenset().union(*_WORDS.values())
}
_ALL = frozenset(_LANGUAGES_OF)
