"""Completeness as a test report: a language is a suite, a document a test that it is complete.

The format is that of JUnit as CI systems read it: ``testsuites``, ``testsuite``, ``testcase``,
``failure`` and ``error``.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET

from transpipe.escape import visible
from transpipe.locales import language_name, path_code
from transpipe.model import Completeness, Counts, DocumentCompleteness, LanguageCompleteness
from transpipe.reports.numbers import counted


def report(completeness: Completeness) -> str:
    """Write a failure for each document that is not complete, and an error for each broken one."""
    top = ET.Element("testsuites", name="translation")
    for language in completeness.languages:
        top.append(_suite(language, completeness))
    for attribute in ("tests", "failures", "errors"):
        top.set(attribute, str(sum(int(suite.get(attribute, "0")) for suite in top)))
    ET.indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(top, "unicode") + "\n"


def _suite(language: LanguageCompleteness, completeness: Completeness) -> ET.Element:
    code = path_code(language.locale)
    suite = ET.Element("testsuite", name=f"{language_name(language.locale)} ({code})")
    for document in (*language.documents, *language.hidden):
        suite.append(_case(document, code))
    broken = [one for one in completeness.unreadable if one.locale == language.locale]
    for finding in broken:
        path = _attribute(finding.path.as_posix())
        case = ET.SubElement(suite, "testcase", classname=code, name=path, file=path)
        ET.SubElement(case, "error", message=_attribute(finding.text), type="unreadable")
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", str(len(broken)))
    return suite


def _case(document: DocumentCompleteness, code: str) -> ET.Element:
    case = ET.Element("testcase", classname=code, name=_attribute(document.document))
    messages, words = document.tally.messages, document.tally.words
    if messages.translated < messages.total:
        text = f"{messages.display_percent} % translated, {counted(_left(words), 'word')} left"
        failure = ET.SubElement(case, "failure", message=text, type="incomplete")
        failure.text = (
            f"messages: {messages.translated} translated, {messages.fuzzy} fuzzy, "
            f"{messages.untranslated} untranslated"
        )
    return case


def _left(counts: Counts) -> int:
    return counts.total - counts.translated


def _attribute(text: str) -> str:
    """Take out what XML cannot hold."""
    return "".join(one if one not in "\ufffe\uffff" else "\ufffd" for one in visible(text))
