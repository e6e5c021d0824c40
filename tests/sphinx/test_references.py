"""References lead where those of the source lead, and are compared by that."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import sphinx

from tests.sphinx.conftest import body, page, write_catalog, write_files

PAGE = """
Top
===

See `Alpha one`_ and `Beta two`_.

The `first site`_, the `second site`_ and the `third site`_.

Only `Python <https://python.org>`_ here.

Then `Python`_ again.

A _`inline spot` here, and one _`more`.

Go to `inline spot`_ or `more`_.

Note [#f]_ and [1]_ and |name| and :ref:`top-label` and :term:`word`.

Text `of two
lines`_.

Back to `Beta two`_ now.

Anonymous `x`__ and `y`__.

Out to `Taken`_ then.

__ https://example.org/x
__ https://example.org/y

.. _top-label:

Alpha one
---------

Text.

Beta two
--------

Taken
-----

.. _Taken: https://example.org/taken
.. _first site: https://example.org/1
.. _second site: https://example.org/2
.. _third site: https://example.org/3
.. _of two lines: https://example.org/lines

.. [#f] Foot.
.. [1] One.

.. |name| replace:: Acme

.. glossary::

   word
      Definition.
"""
MESSAGES = {
    "See `Alpha one`_ and `Beta two`_.": "Vea `Beta segunda`_ y `Alfa primera`_.",
    "The `first site`_, the `second site`_ and the `third site`_.": (
        "El `sitio uno`_, el `sitio dos`_ y el `sitio tres`_."
    ),
    "Only `Python <https://python.org>`_ here.": "Solo `Pitón <https://python.org/es>`_ aquí.",
    "Then `Python`_ again.": "Luego `Python`_ otra vez.",
    "A _`inline spot` here, and one _`more`.": "Un _`punto en línea` y uno más.",
    "Go to `inline spot`_ or `more`_.": "Vaya al `punto <inline spot_>`_ o `más <more_>`_.",
    "Note [#f]_ and [1]_ and |name| and :ref:`top-label` and :term:`word`.": (
        "Nota :term:`palabra` [1]_ y :ref:`top-label` [#f]_ y |name|."
    ),
    "Text `of two lines`_.": "Texto `of two lines`_.",
    "Anonymous `x`__ and `y`__.": "Anónimas `equis`__ e `ye`__.",
    "Back to `Beta two`_ now.": "De vuelta a `Beta dos`_.",
    "Out to `Taken`_ then.": "Y fuera a `Tomado`_.",
    "Taken": "Tomado",
    "Alpha one": "Alfa uno",
    "Beta two": "Beta dos",
    "word": "palabra",
}
EXPECTED = {
    "Beta segunda": "#beta-two",
    "Alfa primera": "#alpha-one",
    "Beta dos": "#beta-two",
    "sitio uno": "https://example.org/1",
    "sitio dos": "https://example.org/2",
    "sitio tres": "https://example.org/3",
    "Pitón": "https://python.org/es",
    "Python": "https://python.org",
    "punto": "#inline-spot",
    "más": "#more",
    "of two lines": "https://example.org/lines",
    "equis": "https://example.org/x",
    "ye": "https://example.org/y",
    "Alfa uno": "#top-label",
    "palabra": "#term-word",
    "Tomado": "https://example.org/taken",
}


def sphinx_build(
    source: Path, output: Path, *options: str, seed: int = 0, extension: bool = True
) -> str:
    """Build with sphinx-build, as a project does by itself; gives what it warns of."""
    extensions = ["-Dextensions=transpipe.sphinx"] if extension else []
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-q", "-N", "-E", "-d", f"{output}-trees", "-Dlanguage=es",
         "-Dgettext_compact=0", *extensions, *options, str(source), str(output)],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": str(seed), "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    return done.stderr


def links_of(html: str) -> dict[str, str]:
    found = re.findall(r'<a class="reference[^"]*" href="([^"]*)">(.*?)</a>', html)
    return {re.sub(r"<[^>]+>", "", text): href for href, text in found}


def test_every_name_keeps_its_target_whatever_the_hash_seed(tmp_path: Path) -> None:
    source = write_files(tmp_path / "src", {"conf.py": "", "index.rst": PAGE})
    write_catalog(tmp_path / "locale", "es", "index", MESSAGES)
    locale_dirs = f"-Dlocale_dirs={tmp_path}/locale"
    stock = []
    for seed in (1, 2, 3):
        assert sphinx_build(source, tmp_path / f"es{seed}", locale_dirs, seed=seed) == ""
        html = body(page(tmp_path / f"es{seed}", "index"))
        assert EXPECTED.items() <= links_of(html).items()
        assert "[</span>1<" in html
        assert "Acme" in html
        folder = tmp_path / f"stock{seed}"
        said = sphinx_build(source, folder, locale_dirs, seed=seed, extension=False)
        if sphinx.version_info >= (9,):  # earlier ones compare only how many there are
            assert said.count("[i18n.inconsistent_references]") >= 5
        stock.append(links_of(body(page(folder, "index"))))
    assert not any(EXPECTED.items() <= links.items() for links in stock)
    assert len({links["sitio uno"] for links in stock}) > 1
    assert all(links["Python"] != EXPECTED["Python"] for links in stock)


def test_an_index_leads_to_places_that_are_there(tmp_path: Path) -> None:
    texts = {
        "See :pep:`1` and :envvar:`HOME`.": "Vea :envvar:`HOME` y :pep:`1`.",
        "Then :pep:`2`.": "Luego :pep:`2` y :pep:`3`.",
        "An :index:`entry` and _`spot`.": "Una :index:`entrada` y _`sitio`.",
    }
    text = "Top\n===\n\n" + "\n\n".join(texts)
    source = write_files(tmp_path / "src", {"conf.py": "", "index.rst": text})
    write_catalog(tmp_path / "locale", "es", "index", texts)
    sphinx_build(source, tmp_path / "es", f"-Dlocale_dirs={tmp_path}/locale")
    sphinx_build(source, tmp_path / "en")
    html = page(tmp_path / "es", "index")
    found = re.findall(r'href="index\.html#([^"]+)"', page(tmp_path / "es", "genindex"))
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(found) >= 5
    assert set(found) <= set(ids)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r' id="([^"]+)"', page(tmp_path / "en", "index"))) <= set(ids)


def test_true_differences_are_told_in_the_catalog(tmp_path: Path) -> None:
    texts = {
        "See :doc:`index`.": "Véase.",
        "Go to `Top`_.": "Vaya.",
        "Note [#f]_.": "Nota.",
        "Plain.": "Con :ref:`search`.",
        "A :term:`word`.": "Una palabra.",
        "Twice :doc:`index` and :doc:`index`.": "Una vez :doc:`index`.",
    }
    rest = "\n\n.. [#f] Foot.\n\n.. glossary::\n\n   word\n      Text.\n"
    text = "Top\n===\n\n" + "\n\n".join(texts) + rest
    source = write_files(tmp_path / "src", {"conf.py": "", "index.rst": text})
    path = write_catalog(tmp_path / "locale", "es", "index", texts)
    locale_dirs = f"-Dlocale_dirs={tmp_path}/locale"
    said = sphinx_build(source, tmp_path / "es", locale_dirs)
    expected = {
        "See :doc:`index`.": "it lacks :doc:`index`",
        "Go to `Top`_.": "it lacks `Top`_",
        "Note [#f]_.": "it lacks [#f]_",
        "Plain.": "it adds :ref:`search`",
        "A :term:`word`.": "it lacks :term:`word`",
    }
    lines = path.read_text("utf-8").splitlines()
    for msgid, what in expected.items():
        line = lines.index(f'msgid "{msgid}"') + 1
        pattern = rf"{re.escape(str(path))}:{line}: WARNING: .*{re.escape(what)}: “"
        assert re.search(pattern, said), msgid
    assert said.count("[transpipe.references]") == len(expected)
    muted = sphinx_build(
        source, tmp_path / "muted", locale_dirs, "-Dsuppress_warnings=transpipe.references"
    )
    assert muted == ""


PAGES = {
    f"p{number}": f"Page {number}\n======\n\nSee :doc:`index` and `top`_.\n\nBroken.\n"
    "\n.. _top: https://example.org\n"
    for number in range(8)
}


def test_parallel_builds_are_the_same(tmp_path: Path) -> None:
    toctree = "".join(f"   {name}\n" for name in PAGES)
    files = {f"{name}.rst": text for name, text in PAGES.items()}
    index = f"Top\n===\n\n.. toctree::\n\n{toctree}"
    source = write_files(tmp_path / "src", {"conf.py": "", "index.rst": index, **files})
    for name in PAGES:
        messages = {
            "See :doc:`index` and `top`_.": "Véase `arriba`_ e :doc:`index`.",
            "Broken.": "**Roto.",
        }
        write_catalog(tmp_path / "locale", "es", name, messages)
    locale_dirs = f"-Dlocale_dirs={tmp_path}/locale"
    one = sphinx_build(source, tmp_path / "one", locale_dirs)
    two = sphinx_build(source, tmp_path / "two", locale_dirs, "-j2")
    assert len(one.splitlines()) == len(PAGES)
    assert sorted(one.splitlines()) == sorted(two.splitlines())
    for name in PAGES:
        assert page(tmp_path / "one", name) == page(tmp_path / "two", name)
        assert 'href="https://example.org">arriba</a>' in page(tmp_path / "two", name)


@pytest.mark.corpus
@pytest.mark.slow
def test_the_page_whose_links_were_swapped(corpora: Path, tmp_path: Path) -> None:
    docs = corpora / "cpython-docs"
    text = (docs / "Doc" / "whatsnew" / "3.3.rst").read_text("utf-8")
    conf = "suppress_warnings = ['docutils', 'ref', 'toc']\nmaster_doc = 'whatsnew/3.3'\n"
    source = write_files(tmp_path / "src", {"conf.py": conf, "whatsnew/3.3.rst": text})
    catalog = (docs / "locale/es/LC_MESSAGES/whatsnew/3.3.po").read_text("utf-8")
    write_files(tmp_path / "locale/es/LC_MESSAGES", {"whatsnew/3.3.po": catalog})
    sphinx_build(source, tmp_path / "es", f"-Dlocale_dirs={tmp_path}/locale", seed=2)
    links = links_of(page(tmp_path / "es", "whatsnew/3.3"))
    assert links["Compilación y cambios en la API de C"] == "#build-and-c-api-changes"
    assert links["Portabilidad del código C"] == "#porting-c-code"
