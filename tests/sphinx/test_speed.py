"""What makes Sphinx faster changes nothing that it writes."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import docutils.utils
import pytest
from babel.messages.pofile import read_po
from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.statemachine import StateWS
from hypothesis import given, settings
from hypothesis import strategies as st
from sphinx.application import Sphinx
from sphinx.parsers import RSTParser
from sphinx.transforms import i18n
from sphinx.util.docutils import LoggingReporter, sphinx_domains
from sphinx.util.logging import suppress_logging

from tests.sphinx.conftest import files_of, stock_build, write_catalog, write_files
from transpipe.sphinx.knowncode import digest, unknown
from transpipe.sphinx.quickparse import KNOWN, OneLine, QuickParser, QuickRSTParser, is_unused
from transpipe.sphinx.speed import FINDALL, Replacement, replace, replacements
from transpipe.sphinx.translated import DUMMY_LITERAL

SPEED = "transpipe.sphinx.speed"
NOTHING = "alabaster"
"""An extension that Sphinx loads in any case."""

CONF = """
import itertools
from docutils import nodes
project = "Speed"
html_theme = "alabaster"
exclude_patterns = ["parts"]
gettext_compact = False
gettext_additional_targets = ["index", "literal-block", "doctest-block", "raw", "image"]
locale_dirs = ["locale"]
rst_prolog = ".. |product| replace:: The Product"
suppress_warnings = ["toc.not_included"]
numbers = itertools.count()

def count(name, rawtext, text, lineno, inliner, options={}, content=[]):
    "A role that gives something else each time it is run."
    return [nodes.emphasis(rawtext, f"{text} {next(numbers)}")], []

def setup(app):
    app.add_role("count", count)
"""

INDEX = """
`A title`_ with ``code`` and *emphasis*
=======================================

.. toctree::
   :caption: Words to *read*

   other
   Named page <third>

A plain paragraph, "with quotes" -- and dashes... and 'more' of them.

A title
-------

.. _spot:

A title
-------

See `A title with ``code`` and *emphasis*`_, `Another title`_, the :ref:`spot`, :ref:`words
<spot>`, :doc:`other`, :term:`term`, :py:func:`len`, :pep:`8`, :envvar:`HOME`, :count:`role`,
:index:`entry`, :index:`! main`, |product|, `a link <https://example.org/>`_, `b`__ and `c`__,
https://example.org/bare, me@example.org, _`inner target`, `inner target`_ and :math:`x^2`.

__ https://example.org/1
__ https://example.org/2

Notes [#]_, [#named]_, [1]_, [*]_ and [CIT2024]_; once more [#named]_.

.. [#] Automatic.
.. [#named] Named, see [#]_.
.. [1] Numbered.
.. [*] A symbol.
.. [#] Another.
.. [CIT2024] A citation, with *markup*.

Another title
~~~~~~~~~~~~~

`Alias <Another title_>`_ and `Another title`_.

.. glossary::

   term : class
      A definition of :term:`term`.

   second term
   third term
      Of two terms, "quoted".

Code follows::

   print("code")

>>> 1 + 1
2

.. code-block:: python
   :caption: A *caption*

   x = 1

.. raw:: html

   <hr>

==========  ==========
same        same
``same``    ``same``
*a* :ref:`spot`  *a* :ref:`spot`
==========  ==========

.. list-table:: Caption
   :header-rows: 1

   * - same
     - same
   * - :term:`term`
     - :term:`term`

.. note:: Note with `A title`_.

.. image:: none.png
   :alt: alternative text

.. index:: single: word; part

:Field: of a list
:Other field: with ``code``

- item
- item *two*

1. numbered
2. numbered

| line
| of a block

.. include:: parts/one.rst

.. only:: html

   .. py:function:: spam(eggs)

      Do :py:func:`spam`, with ``::`` inside.

      :param eggs: how many
      :returns: *them*

   .. versionadded:: 1.0
      Words.

   .. deprecated:: 2.0
"""

REST_PROJECT = {
    "conf.py": CONF,
    "index.rst": INDEX,
    "other.rst": "Other page\n==========\n\nSee :doc:`index`, `Other page`_.\n\nPart\n----\n\nx.\n",
    "third.rst": (
        ":orphan:\n\nThird\n=====\n\n.. contents:: Here\n\nOne\n---\n\nOne_\n\nOne\n---\n\ny\n"
    ),
    "parts/one.rst": "Part one, see `A title`_ and :count:`part`.\n\n.. include:: two.rst\n",
    "parts/two.rst": "Part two::\n\n   code\n\nEnd of *it*.\n",
}

MARKDOWN_PROJECT = {
    "conf.py": CONF,
    "index.md": (
        "# A *title* with `code`\n\n```{toctree}\n:caption: Words\n\nother\n```\n\n"
        '"Quoted" text, a [link](other.md), a [named][one], {ref}`spot` and {doc}`other`.\n\n'
        "[one]: https://example.org\n\n(spot)=\n## Second\n\n- item\n- item **two**\n\n"
        "| a | b |\n| - | - |\n| same | same |\n| `x` | `x` |\n\nNote[^1] and {index}`entry`.\n\n"
        "[^1]: A note.\n\n```{glossary}\nterm\n    Words of {term}`term`.\n```\n\n"
        "```{eval-rst}\nWords in :ref:`spot`, *reST*.\n\n.. include:: parts/one.rst\n```\n\n"
        "```python\nx = 1\n```\n"
    ),
    "other.md": "# Other\n\nSee [title](index.md#second).\n",
    "parts/one.rst": "Part one, see :doc:`index`.\n",
}


def as_translated(msgid: str) -> str:
    """A translation that keeps the markup of most messages, and breaks that of some."""
    kind = sum(map(ord, msgid)) % 5
    if kind == 0 or msgid.startswith((".. ", "<")):
        return msgid
    if kind == 1:
        return f"{msgid} ñ"
    return f"Ñandú {msgid}"


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """A project of each markup, with catalogs."""
    return {
        name: project(tmp_path_factory.mktemp(name), files, extensions)
        for name, files, extensions in (
            ("rest", REST_PROJECT, NOTHING),
            ("markdown", MARKDOWN_PROJECT, "myst_parser"),
        )
    }


def project(folder: Path, files: dict[str, str], extensions: str) -> Path:
    source = write_files(folder / "src", files)
    stock_build(source, folder / "pot", f"extensions={extensions}", builder="gettext")
    for path in (folder / "pot").rglob("*.pot"):
        name = path.relative_to(folder / "pot").as_posix().removesuffix(".pot")
        with path.open("rb") as file:
            msgids = [entry.id for entry in read_po(file) if isinstance(entry.id, str) and entry.id]
        messages = {msgid: as_translated(msgid) for msgid in msgids}
        write_catalog(source / "locale", "es", name, messages)
    return source


def same(folder: Path, source: Path, extensions: tuple[str, str], *settings: str) -> None:
    """Build with each of two lists of extensions; what is written and warned of is the same."""
    outputs = [folder / "one", folder / "other"]
    said = [
        stock_build(source, output, f"extensions={names}", *settings, language="es").replace(
            str(output), ""
        )
        for output, names in zip(outputs, extensions, strict=True)
    ]
    assert said[0] == said[1]
    one, other = map(files_of, outputs)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    assert any("Ñandú".encode() in page for page in one.values()) or "contents.html" in one


@pytest.mark.parametrize(
    "settings", [(), ("rst_epilog=.. _end: https://example.org",)], ids=["plain", "epilog"]
)
def test_speed_alone_writes_what_sphinx_writes(
    projects: Mapping[str, Path], tmp_path: Path, settings: tuple[str, ...]
) -> None:
    same(tmp_path, projects["rest"], (NOTHING, SPEED), *settings)


def test_speed_alone_writes_what_sphinx_writes_of_markdown(
    projects: Mapping[str, Path], tmp_path: Path
) -> None:
    same(tmp_path, projects["markdown"], ("myst_parser", f"myst_parser,{SPEED}"))


@pytest.mark.parametrize(
    ("markup", "extensions"),
    [("rest", "transpipe.sphinx"), ("markdown", "myst_parser,transpipe.sphinx")],
)
def test_corrections_are_the_same_with_and_without_speed(
    projects: Mapping[str, Path], tmp_path: Path, markup: str, extensions: str
) -> None:
    source = projects[markup]
    slow = tmp_path / "slow"
    shutil.copytree(source, slow)
    conf = (source / "conf.py").read_text("utf-8")
    (slow / "conf.py").write_text(conf + "\ntranspipe_speed = False\n", "utf-8")
    outputs = []
    for folder in (source, slow):
        output = tmp_path / f"out-{folder.name}"
        said = stock_build(folder, output, f"extensions={extensions}", language="es")
        # docutils names some files from the working folder, where that is not far.
        for place in (str(folder), os.path.relpath(folder)):
            said = said.replace(place, "")
        outputs.append((said, files_of(output)))
    assert outputs[0] == outputs[1]


DOCUMENTS = (
    "c-api/iter",
    "distutils/uploading",
    "extending/index",
    "faq/installed",
    "glossary",
    "howto/sockets",
    "library/cmath",
    "library/contextvars",
    "library/html.parser",
    "library/queue",
    "library/textwrap",
    "library/wave",
    "reference/toplevel_components",
    "tutorial/stdlib2",
    "using/editors",
    "whatsnew/2.1",
)


@pytest.mark.corpus
@pytest.mark.slow
def test_a_part_of_a_real_project(corpora: Path, tmp_path: Path) -> None:
    corpus = corpora / "cpython-docs"
    for name in ("Doc", "Grammar", "Include", "Parser"):
        shutil.copytree(corpus / name, tmp_path / name)
    for name in DOCUMENTS:
        catalog = Path("locale", "es", "LC_MESSAGES", f"{name}.po")
        (tmp_path / catalog).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(corpus / catalog, tmp_path / catalog)
    source = tmp_path / "Doc"
    for path in [tmp_path, *tmp_path.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o200)
    names = ",".join(["contents.rst", *(f"{name}.rst" for name in DOCUMENTS)])
    own = "c_annotations,escape4chm,glossary_search,pyspecific"
    same(tmp_path, source, (own, f"{own},{SPEED}"), f"include_patterns={names}")


# ------------------------------------------------------------------------- one message


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Sphinx:
    folder = tmp_path_factory.mktemp("app")
    source = write_files(folder / "src", {"conf.py": "", "index.rst": "Title\n=====\n"})
    app = Sphinx(source, source, folder / "out", folder / "trees", "dummy", status=None)
    app.build()
    return app


FRAGMENTS = st.sampled_from(
    r"""*a* **b** ``c`` * ** ` `` _ __ | \ \* : :: ; , . ( ) [ ] < > ! - 1. A. (b) iv) # .. >>> :f:
    === +-- -o --opt /V e.g. http://x.org/a?b=c mailto:me@x.org me@x.org x:y a: name_ name__ `x`_
    `x`__ `t`<u> `t <https://x.org>`_ `t <https://x.org>`__ `t <name_>`_ _`target` |sub| [1]_ [#]_
    [#a]_ [*]_ [cit]_ :ref:`x` :ref:`t <x>` :py:func:`f` :term:`t` :math:`x_1` :unknown:`x`
    `x`:emphasis: :doc:`/index` :kbd:`Ctrl+A` :option:`-m` word ñandú "quoted" 'x' $$ PEP 8 … «»
    """.split()  # noqa: SIM905 - many lines otherwise
)
TEXTS = st.lists(
    st.tuples(FRAGMENTS, st.sampled_from(["", " ", "  ", "\n", "\t", "\u00a0", "\u2028"])),
    max_size=7,
).map(lambda parts: "".join(text + space for text, space in parts))


@contextmanager
def message_document(app: Sphinx, settings: Any) -> Iterator[nodes.document]:
    document = docutils.utils.new_document(f"{app.srcdir}/index.rst:3:<translated>", settings)
    document.reporter = LoggingReporter.from_reporter(document.reporter)
    with sphinx_domains(app.env):
        yield document


def seen(document: nodes.document, logged: Any) -> tuple[list[Any], list[str]]:
    """Everything of the first node, and what was said."""
    first = document.children[0]
    parts = [
        (type(node).__name__, node.source, node.line, getattr(node, "attributes", str(node)))
        for node in first.findall()
    ]
    raw = [getattr(node, "rawsource", "") for node in first.findall(nodes.Element)]
    return [parts, raw], [f"{record.levelname} {record.getMessage()}" for record in logged.buffer]


@given(text=TEXTS)
def test_a_line_is_parsed_as_docutils_parses_it(app: Sphinx, text: str) -> None:
    line = OneLine.of(text)
    if line is None:
        return
    app.env.prepare_settings("index")
    values = get_default_settings(RSTParser())
    values.env = app.env
    whole = text + DUMMY_LITERAL if text.rstrip().endswith("::") else text
    with message_document(app, values) as document, suppress_logging() as logged:
        parser = RSTParser()
        parser.set_application(app)
        parser.parse(whole, document)
    expected = seen(document, logged)
    with message_document(app, values) as document, suppress_logging() as logged:
        QuickParser(values).read(line, document)
    assert seen(document, logged) == expected


@given(text=TEXTS)
def test_a_title_is_parsed_as_docutils_parses_it(app: Sphinx, text: str) -> None:
    line = OneLine.of(text, is_title=True)
    if line is None:
        return
    app.env.prepare_settings("index")
    values = get_default_settings(RSTParser())
    values.env = app.env
    with message_document(app, values) as document, suppress_logging():
        parser = RSTParser()
        parser.set_application(app)
        parser.parse(f"{text}\n{'=' * len(text) * 2}", document)
    title = document.next_node(nodes.title)
    assert title is not None
    with message_document(app, values) as document, suppress_logging():
        paragraph = QuickParser(values).read(line, document).paragraph
    assert paragraph.rawsource == title.rawsource
    assert [child.pformat() for child in paragraph] == [child.pformat() for child in title]


@pytest.mark.parametrize(
    ("text", "is_pure"),
    [
        ("See :py:func:`f`, :func:`f`, :ref:`x` and :term:`t`.", True),
        ("See https://example.org/ and *this*.", True),
        ("An :index:`entry`.", False),
        (":pep:`8` says so.", False),
        ("Set :envvar:`HOME`.", False),
        ("See `Name`_.", False),
        ("See [1]_.", False),
        ("A role that is :unknown:`here`.", False),
    ],
)
def test_only_what_links_by_itself_is_kept(app: Sphinx, text: str, is_pure: bool) -> None:
    app.env.prepare_settings("index")
    values = get_default_settings(RSTParser())
    values.env = app.env
    line = OneLine.of(text)
    assert line is not None
    with message_document(app, values) as document, suppress_logging():
        assert QuickParser(values).read(line, document).is_repeatable == is_pure


def test_what_was_parsed_is_given_once(app: Sphinx) -> None:
    app.env.prepare_settings("index")
    values = get_default_settings(RSTParser())
    values.env = app.env
    parser = QuickParser(values)
    line = OneLine.of("A *message* of words")
    assert line is not None
    given = []
    for _ in range(2):
        with message_document(app, values) as document:
            parser.read_once(line, document)
        given.append(document.children[0])
    assert given[0] is given[1]
    with message_document(app, values) as document:
        parser.read_once(line, document)
    first = document.children[0]
    assert isinstance(first, nodes.paragraph)
    assert is_unused(first)
    nodes.title("", "", *first.children)  # as Locale does with those it uses
    with message_document(app, values) as document:
        parser.read_once(line, document)
    assert document.children[0] is not first
    assert document.children[0].astext() == "A message of words"


# ------------------------------------------------------------------------ replacements


def test_what_is_replaced_is_known_here() -> None:
    # Where this fails, Sphinx or docutils has changed a function: look at what changed in it.
    known = {place: codes for each in replacements() for place, codes in each.known.items()}
    assert unknown({**known, **KNOWN}) == ()


def tree(shape: list[Any]) -> nodes.Element:
    node: nodes.Element = (nodes.inline if len(shape) % 2 else nodes.emphasis)()
    for part in shape:
        node += tree(part) if isinstance(part, list) else nodes.Text(part)
    return node


SHAPES = st.lists(
    st.recursive(st.sampled_from("abc"), lambda parts: st.lists(parts, min_size=1, max_size=4)),
    max_size=4,
)


def without_inlines(top: nodes.Element, condition: Any) -> list[str]:
    """Walk a tree, and change it meanwhile as Sphinx's transforms do."""
    walked = []
    for node in top.findall(condition):
        walked.append(node.pformat())
        if isinstance(node, nodes.inline) and node.parent is not None:
            node.parent.remove(node)
            node.parent.extend(node.children)
        elif isinstance(node, nodes.emphasis) and len(node) > 2:
            node.children = [*node.children[1:], nodes.strong("", "", nodes.Text("new"))]
    return [*walked, top.pformat()]


@settings(max_examples=50)
@given(shape=SHAPES)
@pytest.mark.parametrize(
    "condition",
    [None, nodes.Text, nodes.inline, lambda node: isinstance(node, nodes.Element)],
    ids=["all", "texts", "inlines", "function"],
)
def test_trees_are_walked_as_docutils_walks_them(shape: list[Any], condition: Any) -> None:
    expected = [node.pformat() for node in tree(shape).findall(condition)]
    changed = without_inlines(tree(shape), condition)
    undo = list(replace((FINDALL,)))
    try:
        assert len(undo) == 1
        assert [node.pformat() for node in tree(shape).findall(condition)] == expected
        assert without_inlines(tree(shape), condition) == changed
    finally:
        for function in undo:
            function()


def test_a_function_that_is_not_known_stays(app: Sphinx) -> None:
    place = "sphinx.transforms.i18n:parse_noqa"
    before = i18n.parse_noqa
    unknown = Replacement(place, lambda _: None, {place: "0123456789ab"})
    with suppress_logging() as logged:
        assert list(replace((unknown,))) == []
    assert i18n.parse_noqa is before
    (record,) = logged.buffer
    assert record.levelname == "INFO"
    assert f"{place} of Sphinx" in record.getMessage()


def test_layout_and_annotations_do_not_count() -> None:
    assert digest("tests.sphinx.test_speed:one") == digest("tests.sphinx.test_speed:two")
    assert digest("tests.sphinx.test_speed:one") != digest("tests.sphinx.test_speed:same")
    assert digest("tests.sphinx.test_speed:nothing") == ""


class A:
    def same_name(self, value: int) -> str:
        """One documentation."""
        return str(value)


class B:
    def same_name(self, value: Any) -> Any:
        return str(value)


one, two = A.same_name, B.same_name


@pytest.mark.parametrize("is_on", [True, False])
def test_everything_is_taken_back(tmp_path: Path, is_on: bool) -> None:
    source = write_files(tmp_path / "src", {"conf.py": "", "index.rst": "Title\n=====\n"})
    app = Sphinx(
        source, source, tmp_path / "out", tmp_path / "trees", "html", status=None,
        confoverrides={"extensions": [SPEED], "transpipe_speed": is_on},
    )  # fmt: skip
    parser = app.registry.get_source_parsers()["restructuredtext"]
    assert (parser is QuickRSTParser) == is_on
    before = (StateWS.add_initial_transitions, vars(i18n)["NodeMatcher"], gc.get_threshold())
    during: list[Any] = []

    def look(*_: Any) -> None:
        during[:] = [StateWS.add_initial_transitions, vars(i18n)["NodeMatcher"], gc.get_threshold()]

    app.connect("doctree-read", look)
    app.build()
    assert [here is there for here, there in zip(before[:2], during[:2], strict=True)] == [
        not is_on
    ] * 2
    assert (during[2] == before[2]) != is_on
    assert (
        StateWS.add_initial_transitions,
        vars(i18n)["NodeMatcher"],
        gc.get_threshold(),
    ) == before
    assert gc.get_freeze_count() == 0
