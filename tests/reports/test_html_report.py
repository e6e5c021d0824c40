"""The report as a site: what others wrote does no harm in it, and it works in a browser."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from babel import Locale
from hypothesis import given, settings

from tests.reports.samples import BR, ES, EVERYTHING, HOSTILE
from tests.reports.test_report_laws import RESULTS
from tests.sphinx.browser import dom_of, installed, served
from transpipe.escape import is_unsafe
from transpipe.model import (
    Completeness,
    DocumentCompleteness,
    LanguageCompleteness,
    MissingMessage,
    State,
    Tally,
)
from transpipe.reports.html import site

EDIT = "https://example.org/edit/{path}#L{line}"


class Tags(HTMLParser):
    """Collects what a page does."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@given(RESULTS)
@settings(max_examples=15)
def test_nothing_is_raw_in_a_page(result: Completeness) -> None:
    for name, text in site(result).items():
        bad = [character for character in text if character != "\n" and is_unsafe(character)]
        assert bad == [], name
        assert ".." not in name.split("/")
        assert not name.startswith("/")


def test_hostile_texts_are_texts() -> None:
    files = site(EVERYTHING, EDIT)
    page = Tags(files["es/documents/about/index.html"])
    assert page.names.count("script") == 1
    assert "{{ 7 * 7 }}" in files["es/documents/about/index.html"]
    assert HOSTILE not in files["es/documents/about/index.html"]
    assert not [name for name, _ in page.attributes if name.startswith("on") or name == "style"]


@pytest.mark.parametrize("url", ["javascript:alert(1)//{path}", "data:text/html,{path}", ""])
def test_an_edit_link_leads_to_the_web_or_nowhere(url: str) -> None:
    page = Tags(site(EVERYTHING, url)["es/documents/about/index.html"])
    assert not [value for name, value in page.attributes if name == "href" and ":" in value]


def test_every_page_forbids_what_it_does_not_need() -> None:
    for name, text in site(EVERYTHING).items():
        if name.endswith(".html"):
            assert "content=\"default-src 'none'; style-src 'self'; script-src 'self';" in text
            # No address of another host: nothing is asked of a network.
            assert not re.search(r'(?:src|href)="(?:https?:)?//', text)


def test_links_lead_to_files_of_the_site() -> None:
    odd = DocumentCompleteness("ñ/a b#c?d%20e", EVERYTHING.languages[1].tally)
    language = LanguageCompleteness(BR, (odd,))
    for result in (EVERYTHING, Completeness((language,))):
        files = site(result)
        for name, text in files.items():
            if not name.endswith(".html"):
                continue
            for attribute, value in Tags(text).attributes:
                target = unquote(urldefrag(value).url)
                if attribute in ("href", "src") and target:
                    parts: list[str] = list(Path(name).parent.parts)
                    for part in target.split("/"):
                        parts = parts[:-1] if part == ".." else [*parts, part]
                    assert "/".join(parts) in files, (name, value)


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../../b", "./x"])
def test_a_name_does_not_lead_out_of_the_folder(name: str) -> None:
    document = DocumentCompleteness(name, EVERYTHING.languages[1].tally)
    for path in site(Completeness((LanguageCompleteness(ES, (document,)),))):
        assert ".." not in Path(path).parts
        assert not Path(path).is_absolute()


def test_pages_are_in_the_language_of_their_readers() -> None:
    files = site(EVERYTHING)
    spanish = files["es/index.html"]
    assert '<html lang="es" dir="ltr">' in spanish
    assert "Documentos" in spanish  # as the catalog of the package has it
    assert 'aria-label="Idiomas"' in files["index.es.html"]
    assert "10.000" not in spanish
    assert '<html lang="pt"' in files["pt_BR/index.html"]
    arabic = site(Completeness((LanguageCompleteness(Locale("ar"), ()),)))
    assert '<html lang="en" dir="ltr">' in arabic["ar/index.html"]


def test_a_picture_is_shown_only_if_there_is_something_to_draw() -> None:
    assert '<img class="chart" src="chart.es.svg"' in site(EVERYTHING)["index.es.html"]
    files = site(replace(EVERYTHING, history=EVERYTHING.history[:1]))
    assert "<img" not in files["index.es.html"]
    assert "<p>Aún no hay suficiente historial.</p>" in files["index.es.html"]


def test_numbers_are_written_as_the_language_does() -> None:
    many = LanguageCompleteness(
        ES, (DocumentCompleteness("a", Tally.sum([EVERYTHING.languages[0].tally] * 999)),)
    )
    assert "200.799" in site(Completeness((many,)))["es/index.html"]


# ------------------------------------------------------------------------------- in a browser

MANY = Completeness(
    (
        LanguageCompleteness(
            ES,
            (
                *EVERYTHING.languages[0].documents,
                *(
                    DocumentCompleteness(
                        f"library/a-document-with-quite-a-long-name-{number}",
                        Tally.sum([EVERYTHING.languages[0].documents[0].tally] * number),
                        missing=(
                            MissingMessage(
                                f"Text number {number}", State.UNTRANSLATED, 3, Path("a.po"), 3
                            ),
                        ),
                    )
                    for number in (2, 10, 9)
                ),
            ),
        ),
        EVERYTHING.languages[1],
    ),
    next_steps=EVERYTHING.next_steps,
    history=EVERYTHING.history,
    against=EVERYTHING.against,
    changes=EVERYTHING.changes,
    unreadable=EVERYTHING.unreadable,
)
DRIVER = """
<script>addEventListener("load", async () => {
  const said = {};
  %s
  const element = document.createElement("script");
  element.type = "application/json";
  element.id = "said";
  element.textContent = JSON.stringify(said).replaceAll("<", "\\\\u003c");
  document.body.append(element);
});</script></body>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    for name, text in site(MANY, EDIT).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def driven(page: Path, script: str, *, width: int = 1200, dark: bool = False) -> dict[str, object]:
    """Open a page, run a script that fills in ``said``, and give that."""
    text = page.read_text("utf-8")
    # The policy of a page lets no script of ours in; one test holds that it does.
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    copy = page.with_name(f"driven-{page.name}")
    copy.write_text(text.replace("</body>", DRIVER % script), "utf-8")
    dom = dom_of(copy.as_uri(), width=width, dark=dark)
    found = re.search(r'<script type="application/json" id="said">(.*?)</script>', dom, re.DOTALL)
    assert found, "the script did not come to its end"
    data = json.loads(found[1])
    assert isinstance(data, dict)
    return data


ROWS = "[...document.querySelectorAll('#document-table tbody tr')]"


@pytest.mark.browser
def test_tables_sort_and_filter(folder: Path) -> None:
    said = driven(
        folder / "es/index.html",
        f"""
        const rows = () => {ROWS}.filter(row => row.offsetParent !== null)
          .map(row => row.cells[0].textContent.trim());
        const headings = document.querySelectorAll("#document-table th[data-sort]");
        const heading = number => headings[number];
        const sort = number => heading(number).querySelector("button").click();
        const form = document.querySelector("form");
        said.shown = getComputedStyle(form).display !== "none";
        said.first = rows();
        sort(0); said.name = rows(); said.aria = heading(0).getAttribute("aria-sort");
        sort(4); said.left = rows(); said.aria4 = heading(4).getAttribute("aria-sort");
        said.none = heading(0).hasAttribute("aria-sort");
        sort(1); said.percent = rows();
        form.elements.incomplete.click(); said.incomplete = rows();
        form.elements.text.value = "ABOUT"; form.elements.text.dispatchEvent(
          new Event("input", {{bubbles: true}}));
        said.found = rows(); said.output = form.querySelector("output").textContent;
        """,
    )
    names = [f"library/a-document-with-quite-a-long-name-{number}" for number in (10, 2, 9)]
    ordered = ["about/index", "comunidad/bienvenida", "guide/start", *names]
    assert said["shown"] is True
    assert sorted(said["first"]) == sorted(ordered)  # type: ignore[call-overload]  # JSON
    assert (said["name"], said["aria"]) == (ordered[::-1], "descending")
    left = said["left"]
    assert isinstance(left, list)
    assert sorted(left[:2]) == ["comunidad/bienvenida", "guide/start"]
    assert left[2:] == ["about/index", names[1], names[2], names[0]]
    assert (said["aria4"], said["none"]) == ("ascending", False)
    percent = said["percent"]
    assert isinstance(percent, list)
    assert percent[-1] == "comunidad/bienvenida"
    assert sorted(said["incomplete"]) == sorted(["about/index", *names])  # type: ignore[call-overload]  # JSON
    assert said["found"] == ["about/index"]
    assert re.findall(r"\d+", str(said["output"])) == ["1", "6"]


@pytest.mark.browser
def test_messages_are_filtered_by_text_and_state(folder: Path) -> None:
    said = driven(
        folder / "es/documents/about/index.html",
        """
        const shown = () => [...document.querySelectorAll(".message")]
          .filter(item => item.offsetParent !== null).length;
        const form = document.querySelector("form");
        const change = (name, value) => {
          form.elements[name].value = value;
          form.elements[name].dispatchEvent(new Event("input", {bubbles: true}));
          return shown();
        };
        said.counts = [shown(), change("state", "fuzzy"), change("text", "1986"),
                       change("state", ""), change("text", "zzz"), change("text", "")];
        """,
    )
    assert said["counts"] == [3, 2, 1, 1, 0, 3]


@pytest.mark.browser
@pytest.mark.parametrize("name", ["index.html", "es/index.html", "es/documents/about/index.html"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_pages_are_accessible_and_fit_a_phone(folder: Path, name: str, dark: bool) -> None:
    axe = installed("axe-core") / "axe.min.js"
    said = driven(
        folder / name,
        f"""
        await new Promise((done, fail) => {{
          const script = document.createElement("script");
          script.src = {json.dumps(axe.as_uri())};
          script.onload = done; script.onerror = fail;
          document.head.append(script);
        }});
        const result = await axe.run(document, {{resultTypes: ["violations"]}});
        said.violations = result.violations.map(v => [v.id, v.nodes.map(n => n.html)]);
        said.passes = result.passes.length;
        said.dark = getComputedStyle(document.body).backgroundColor;
        said.wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
        """,
        width=500 if dark else 1200,  # headless Chromium has no narrower window
        dark=dark,
    )
    assert said["violations"] == []
    assert said["passes"]
    assert said["dark"] == ("rgb(22, 24, 27)" if dark else "rgb(251, 251, 249)")
    assert said["wide"] == 0


@pytest.mark.browser
def test_pages_are_read_on_a_phone_without_scrolling_to_the_side(folder: Path) -> None:
    names = ("index.html", "es/index.html", "pt_BR/index.html", "es/documents/about/index.html")
    frames = "".join(
        f'<iframe src="{name}" width="{width}" height="800"></iframe>'
        for name in names
        for width in (320, 390, 519, 600, 719)
    )
    (folder / "phone.html").write_text(
        f"<!doctype html>{frames}<script>addEventListener('load', () => document.title = 'cut ' + "
        "[...document.querySelectorAll('iframe')].flatMap(frame => [frame.contentDocument"
        ".documentElement, ...frame.contentDocument.querySelectorAll('.scroll:has(table)')])"
        ".map(element => element.scrollWidth - element.clientWidth).join(' '))</script>"
    )
    with served(folder) as top:
        dom = dom_of(f"{top}phone.html")
    found = re.search(r"<title>cut ([\d ]+)</title>", dom)
    assert found
    assert len(found[1].split()) > 5 * len(names)
    assert set(found[1].split()) == {"0"}


@pytest.mark.browser
def test_a_row_names_its_numbers_on_a_phone(folder: Path) -> None:
    said = driven(
        folder / "es/index.html",
        """
        const row = document.querySelector("#document-table tbody tr");
        said.labels = [...row.querySelectorAll("[data-label]")].map(
          cell => getComputedStyle(cell, "::before").content.split('"')[1].trim());
        said.headings = [...document.querySelectorAll("#document-table th[data-sort]")].map(
          heading => heading.textContent.trim());
        said.buttons = [...document.querySelectorAll("#document-table th button")].filter(
          button => button.getClientRects().length).length;
        """,
        width=500,
    )
    headings = said["headings"]
    assert isinstance(headings, list)
    assert said["labels"] == headings[2:]
    assert said["buttons"] == len(headings)


def test_names_are_broken_behind_slashes() -> None:
    hostile = DocumentCompleteness("a/<b>/c", EVERYTHING.languages[1].tally)
    page = site(Completeness((LanguageCompleteness(ES, (hostile,)),)))["es/index.html"]
    assert "<bdi>a/<wbr>&lt;b&gt;/<wbr>c</bdi>" in page
    assert 'data-value="a/&lt;b&gt;/c"' in page


@pytest.mark.browser
@pytest.mark.parametrize(
    "name", ["index.es.html", "es/index.html", "es/documents/about/index.html"]
)
def test_pages_are_printed_whole_and_without_what_is_for_a_screen(
    name: str, tmp_path: Path
) -> None:
    for path, text in site(MANY, EDIT).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    style = tmp_path / "report.css"
    # The styles of paper are shown on the screen, and those of the screen are not.
    on_paper = {"@media print": "@media screen", "@media screen": "@media print"}
    text = re.sub("|".join(on_paper), lambda match: on_paper[match[0]], style.read_text("utf-8"))
    style.write_text(text, "utf-8")
    said = driven(
        tmp_path / name,
        """
        const shown = element => element.getClientRects().length > 0;
        const all = selector => [...document.querySelectorAll(selector)];
        said.color = getComputedStyle(document.body).backgroundColor;
        said.ink = getComputedStyle(document.body).color;
        said.controls = all("form, input, nav.readers, .skip").filter(shown).length;
        said.links = all("header a").filter(shown).map(a => getComputedStyle(a).textDecorationLine);
        said.cut = [document.documentElement, ...all(".scroll")].map(
          element => element.scrollWidth - element.clientWidth
        );
        """,
        width=718,  # of a sheet of A4
        dark=True,
    )
    assert (said["color"], said["ink"]) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
    assert said["controls"] == 0
    assert isinstance(said["links"], list)
    assert set(said["links"]) <= {"none"}
    assert isinstance(said["cut"], list)
    assert max(said["cut"]) == 0


@pytest.mark.browser
def test_the_policy_lets_the_page_run_and_nothing_else(folder: Path) -> None:
    page = folder / "es/index.html"
    hostile = page.with_name("hostile.html")
    text = page.read_text("utf-8")
    hostile.write_text(
        text.replace("</main>", "<script>document.title = 'pwned'</script></main>"), "utf-8"
    )
    dom = dom_of(hostile.as_uri())
    assert "<title>pwned" not in dom
    assert '<button type="button">' in dom  # our own script ran: headings became buttons
