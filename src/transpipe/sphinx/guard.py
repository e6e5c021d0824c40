"""What a translation does in a built page: see :mod:`transpipe.deeds`.

The deeds of Markdown are taken from its tokens, before anything is rendered; those of any markup
from the nodes that it became. A translation may have the deeds of its source and no others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from docutils import nodes
from markdown_it.token import Token
from sphinx import addnodes
from sphinx.domains import Domain

from transpipe.deeds import (
    MARKUP_ROLES,
    READING_ROLES,
    Deed,
    DeedKind,
    acts,
    html_tags,
    is_control,
)

Deeds = Counter[Deed]
"""Deeds, and how often each is done."""

SAYING_NODES: tuple[type[nodes.Node], ...] = (
    nodes.Text,
    nodes.abbreviation,
    nodes.acronym,
    nodes.citation_reference,
    nodes.comment,
    nodes.emphasis,
    nodes.footnote_reference,
    nodes.generated,
    nodes.inline,
    nodes.literal,
    nodes.literal_block,
    nodes.math,
    nodes.math_block,
    nodes.paragraph,
    nodes.problematic,
    nodes.reference,
    nodes.strong,
    nodes.subscript,
    nodes.superscript,
    nodes.system_message,
    nodes.target,
    nodes.title,
    nodes.title_reference,
    addnodes.index,
    addnodes.literal_emphasis,
    addnodes.literal_strong,
    addnodes.manpage,
    addnodes.number_reference,
    addnodes.pending_xref,
)
"""What marks up text, or links to what the project defines."""

SAYING_RAW = frozenset(
    {("html", "<br />\n"), ("latex", "\\\\\n"), ("html", "<s>"), ("html", "</s>")}
)
"""How MyST writes a line break of Markdown, and text that is struck through."""

SAYING_TEX = frozenset(
    r"""\ \! \, \: \; \{ \} \% \$ \& \# \_ \\ \mathrm \mathsf \mathbf \mathit \operatorname \quad
    \qquad \text \textbf \textit \textrm \textsf
    """.split()  # noqa: SIM905 - four lines otherwise
)
"""What a formula may gain in translation: words within it, and the room around them."""

ACTING_TEX = frozenset(
    r"""\bbox \catcode \class \csname \cssId \data \def \directlua \edef \expandafter \gdef
    \href \htmlClass \htmlData \htmlId \htmlStyle \immediate \include \includegraphics \input \let
    \lstinputlisting \mmlToken \newcommand \newenvironment \openin \openout \read
    \renewcommand \renewenvironment \require \special \style \unicode \url \usepackage
    \verbatiminput \write \xdef
    """.split()  # noqa: SIM905 - forty lines otherwise
)
"""What links, reads, writes, defines or marks up by its argument: that is part of the deed."""

TEX_COMMAND = re.compile(r"\\[a-zA-Z@]+|\\.|\^\^", re.DOTALL)
"""A control sequence, or TeX's way to write any character as another."""

TEX_CHARACTER = re.compile(r"\\.|(?P<character>[%$#&])", re.DOTALL)
"""A character that ends a formula, or a part of one, unless it is escaped."""

TEX_BRACE = re.compile(r"\\.|(?P<brace>[{}])", re.DOTALL)
"""A brace that groups, unless it is escaped."""

FORMULA = re.compile(r"\\[(\[]|\$\$|\\begin\b|\\[a-zA-Z@]+\s*\{")
"""Where text can be taken for a formula."""

VERBATIM = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw)
"""What holds text that is looked at by itself, or by nobody."""

PLAIN_ATTRIBUTES = frozenset({"alt", "href", "src", "title"})
"""Attributes of Markdown's own links and images; what they hold is looked at by itself."""


def deeds_of_tokens(tokens: Iterable[Token]) -> Deeds:
    """Give what inline Markdown tokens do; the files they show are known of the nodes only."""
    return Counter(_of_tokens(tokens))


def deeds_of_html(text: str) -> Deeds:
    """Give what a piece of raw HTML does. Some servers obey comments."""
    return Counter(Deed(DeedKind.HTML, str(tag)) for tag in html_tags(text))


def deeds_of_nodes(tree: nodes.Node) -> Deeds:
    """Give what text of any markup does, once it is parsed."""
    found = Counter(deed for node in tree.findall() for deed in _of_node(node))
    # MathJax finds formulas in the text of a page too.
    shown = "".join(
        node.astext() for node in tree.findall(nodes.Text) if not isinstance(node.parent, VERBATIM)
    )
    return found + _tex_commands(shown) if FORMULA.search(shown) else found


def deeds_of_tex(text: str) -> Deeds:
    """Give what a formula does other than to be typeset: MathJax links, TeX reads and writes."""
    found = {match["character"] for match in TEX_CHARACTER.finditer(text)} - {None}
    return _tex_commands(text) + Counter(Deed(DeedKind.TEX, each) for each in found)


def is_unbalanced_tex(text: str) -> bool:
    """Tell whether a formula has a brace too many or too few: the whole of a book fails by it."""
    depth = 0
    for match in TEX_BRACE.finditer(text):
        depth += {"{": 1, "}": -1}.get(match["brace"], 0)
        if depth < 0:
            return True
    return depth > 0


def _tex_commands(text: str) -> Deeds:
    found = set()
    for match in TEX_COMMAND.finditer(text):
        command = match[0]
        if command in ACTING_TEX:
            command += _argument(text[match.end() :])
        if command not in SAYING_TEX:
            found.add(command)
    return Counter(Deed(DeedKind.TEX, command) for command in found)


def _argument(rest: str) -> str:
    """Give what follows a TeX command up to the end of its first group, all where none is whole."""
    depth = 0
    for match in TEX_BRACE.finditer(rest):
        if match["brace"]:
            depth += 1 if match["brace"] == "{" else -1
            if depth <= 0:
                return rest[: match.end()]
    return rest


def deeds_of_text(text: str) -> Deeds:
    """Give what the characters of a text do, whatever its markup."""
    if text.isprintable():
        return Counter()
    return Counter(
        Deed(DeedKind.CONTROL_CHARACTER, f"U+{ord(character):04X}")
        for character in text
        if is_control(character)
    )


def added(before: Deeds, after: Deeds) -> frozenset[Deed]:
    """Give the deeds that are new, and HTML tags that are more: they could close the page's."""
    return frozenset(
        deed
        for deed, count in after.items()
        if count > before[deed] and (not before[deed] or deed.kind is DeedKind.HTML)
    )


def saying_roles(domains: Iterable[Domain]) -> frozenset[str]:
    """Give the roles that mark up text or link by name: of docutils and of Sphinx's own domains."""
    own = [domain for domain in domains if type(domain).__module__.startswith("sphinx.")]
    return frozenset(
        MARKUP_ROLES
        | {"eq"}  # of Sphinx's domain of formulas, which registers it apart
        | {name for domain in own for name in domain.roles}
        | {f"{domain.name}:{name}" for domain in own for name in domain.roles}
    )


VOID_ELEMENTS = frozenset(
    """area base br col embed hr img input link meta source track wbr
    """.split()  # noqa: SIM905 - a line each otherwise
)
"""HTML elements that have no end tag."""


def is_unbalanced(source: str, html: str) -> bool:
    """Tell whether some HTML leaves open, or closes, what its source does not."""
    return source != html and _unpaired(source) != _unpaired(html)


def _unpaired(html: str) -> Counter[str]:
    """Give the tags that open or close what is not closed or opened within some HTML."""
    tags = html_tags(html)
    opened: list[str] = []
    unpaired: Counter[str] = Counter()
    for tag in tags:
        if tag.is_comment or tag.name.removeprefix("/") in VOID_ELEMENTS:
            continue
        if not tag.name.startswith("/"):
            opened.append(tag.name)
        elif opened and opened[-1] == tag.name[1:]:
            opened.pop()
        else:
            unpaired[tag.name] += 1
    unpaired.update(opened)
    # What is begun and not ended is no tag to a reader of HTML, and swallows what follows.
    unpaired["<"] = len(re.findall(r"<(?=[A-Za-z/!?])", html)) - len(tags)
    return unpaired


def _of_tokens(tokens: Iterable[Token]) -> Iterator[Deed]:
    for token in tokens:
        if token.type == "html_inline":
            yield from deeds_of_html(token.content).elements()
        elif token.type == "myst_role":
            name = str(token.meta.get("name", "")).lower()
            yield Deed(DeedKind.ROLE, name, token.content if name in READING_ROLES else None)
        elif token.type.startswith("substitution"):
            yield Deed(DeedKind.SUBSTITUTION, f"{{{{{token.content.strip()}}}}}")
        elif token.type == "image":
            # Wherever it is from: one of another host tells that host who reads the page.
            yield Deed(DeedKind.IMAGE, str(token.attrGet("src") or ""))
        elif token.type == "link_open":
            yield from _of_address(str(token.attrGet("href") or ""))
        for name, value in token.attrs.items():
            if name not in PLAIN_ATTRIBUTES and not token.type.startswith("substitution"):
                yield Deed(DeedKind.ATTRIBUTES, f'{name}="{value}"')
        yield from _of_tokens(token.children or ())


def _of_node(node: nodes.Node) -> Iterator[Deed]:
    if isinstance(node, nodes.raw):
        yield from _of_raw(node)
    elif isinstance(node, nodes.image):
        yield Deed(DeedKind.IMAGE, str(node.get("uri", "")))
    elif isinstance(node, addnodes.download_reference):
        yield Deed(DeedKind.FILE, str(node.get("reftarget", "")))
    elif isinstance(node, nodes.substitution_reference):
        yield Deed(DeedKind.SUBSTITUTION, f"|{node.get('refname', '')}|")
    elif isinstance(node, nodes.math | nodes.math_block):
        yield from deeds_of_tex(node.astext()).elements()
    elif isinstance(node, nodes.reference | nodes.target):
        yield from _of_address(str(node.get("refuri") or ""))
    elif not isinstance(node, SAYING_NODES):
        yield Deed(DeedKind.ELEMENT, type(node).__name__)


def _of_raw(node: nodes.raw) -> Iterator[Deed]:
    form, text = str(node.get("format", "")), node.astext()
    if (form, text) in SAYING_RAW:
        return
    if form == "html":
        yield from deeds_of_html(text).elements()
    else:
        yield Deed(DeedKind.RAW, f"{form} {text}")


def _of_address(address: str) -> tuple[Deed, ...]:
    return (Deed(DeedKind.ADDRESS, address),) if acts(address) else ()
