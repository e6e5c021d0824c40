"""From templates and the catalogs of a language to its new catalogs.

All domains of a language are updated at once, so that a page that was renamed, split or merged
keeps its translations. Nothing is read or written here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from babel import Locale

from transpipe.catalogs.carry import (
    carry_edited,
    carry_near,
    carry_whole,
    holds_text,
    make_obsolete,
    untranslated,
    with_comments,
)
from transpipe.catalogs.harmless import Edit, harmless_edit
from transpipe.catalogs.header import (
    CREATED,
    SOURCE_LANGUAGE,
    catalog_header,
    is_ours,
    plural_count,
    source_language,
    with_field,
)
from transpipe.catalogs.match import Documents, Pairs, Place, Slot, near_matches
from transpipe.model import Catalog, Message, MessageKey


@dataclass(frozen=True, slots=True)
class UpdateSummary:
    """What became of the messages; all but the obsolete ones are those of the templates."""

    kept: int = 0
    """In the catalog before, with or without a translation."""
    moved: int = 0
    """Not translated here before: the translation is from another catalog, or was obsolete."""
    edited: int = 0
    """Fuzzy now: the translation was written for the text before an edit."""
    new: int = 0
    """Without any translation to start from."""
    obsolete: int = 0
    """Translations that nothing in the sources asks for any more, since this update."""
    authored: tuple[str, ...] = ()
    """Domains written in this very language, of which a catalog exists: left as it is."""
    foreign: tuple[str, ...] = ()
    """Domains without a template whose catalogs another tool keeps: left as they are."""
    carried: int = 0
    """Translated still: the source was edited in a way that cannot alter the meaning."""

    @property
    def total(self) -> int:
        """The messages of the templates."""
        return self.kept + self.moved + self.carried + self.edited + self.new


@dataclass(frozen=True, slots=True)
class SourceEdit:
    """What an author changed in a text that has a translation."""

    domain: str
    before: str
    """The msgid that the translation was written for."""
    after: str
    kinds: tuple[Edit, ...] = ()
    """What was changed, if it cannot alter the meaning."""


@dataclass(frozen=True, slots=True)
class LanguageUpdate:
    """The catalogs of a language after an update."""

    locale: Locale
    catalogs: Mapping[str, Catalog]
    """By domain: every catalog there should be, changed or not."""
    summary: UpdateSummary
    edits: tuple[SourceEdit, ...] = ()
    """What made translations fuzzy, by domain and in its order."""
    carried: tuple[SourceEdit, ...] = ()
    """What was carried without the fuzzy mark: the log of it."""

    @property
    def kept_by_us(self) -> Mapping[str, Catalog]:
        """The catalogs that an update may change."""
        left = {*self.summary.authored, *self.summary.foreign}
        return {domain: one for domain, one in self.catalogs.items() if domain not in left}

    def with_each(self, change: Callable[[Catalog], Catalog]) -> LanguageUpdate:
        """Change every catalog that an update may change."""
        changed = {domain: change(one) for domain, one in self.kept_by_us.items()}
        return replace(self, catalogs={**self.catalogs, **changed})


NearMatches = Callable[[Documents, Documents, Mapping[str, Sequence[str]]], Pairs]
"""Finds the predecessors of new messages, as :func:`near_matches` does."""


def update_language(
    templates: Mapping[str, Catalog],
    catalogs: Mapping[str, Catalog],
    locale: Locale,
    now: datetime,
    near: NearMatches = near_matches,
) -> LanguageUpdate:
    """Bring the catalogs of a language up to date with the templates.

    A msgstr is only ever paired without the fuzzy mark with the msgctxt and msgid it was written
    for, or with one that cannot mean anything else (:func:`harmless_edit`). No translation is
    dropped: what the sources do not ask for becomes obsolete. An update of what is up to date
    gives back equal catalogs. A catalog without a template stays as it is if nothing in its
    header says that it is of documents (:func:`is_ours`); its translations are there for the
    messages of the templates all the same.

    :param templates: all templates of the project, by domain.
    :param catalogs: all catalogs of the language, by domain.
    :param now: the date of new catalogs whose template has none.
    :param near: finds the predecessors of messages that are new.
    """
    return _Update(templates, catalogs, locale, now, near).result()


class _Update:
    """One update: each message of the templates is given its translation, then laid out."""

    def __init__(
        self,
        templates: Mapping[str, Catalog],
        catalogs: Mapping[str, Catalog],
        locale: Locale,
        now: datetime,
        near: NearMatches,
    ) -> None:
        written = {name for name, one in templates.items() if source_language(one) == locale}
        self._authored = {name: catalogs[name] for name in sorted(written & set(catalogs))}
        self._templates = {
            name: one for name, one in sorted(templates.items()) if name not in written
        }
        self._old = {name: one for name, one in sorted(catalogs.items()) if name not in written}
        self._foreign = {
            name: one
            for name, one in self._old.items()
            if name not in self._templates and not is_ours(one)
        }
        self._locale = locale
        self._now = now
        self._near_matches = near
        self._edits: list[SourceEdit] = []
        self._carried: list[SourceEdit] = []
        self._messages = {
            name: {message.key: message for message in one.messages}
            for name, one in self._old.items()
        }
        self._required = {
            # In the order of the template, each once.
            name: dict.fromkeys(message.key for message in one.messages)
            for name, one in self._templates.items()
        }
        self._sources: dict[Place, Place] = {}
        self._near: dict[Place, Place] = {}
        self._count: Counter[str] = Counter()

    def result(self) -> LanguageUpdate:
        """Match everything, then lay out every catalog."""
        self._match_exactly()
        self._match_nearly()
        carried = {*self._sources.values(), *self._near.values()}
        catalogs: dict[str, Catalog] = {**self._authored, **self._foreign}
        for domain in sorted({*self._templates, *self._old} - self._foreign.keys()):
            catalogs[domain] = self._catalog(domain, carried)
        count = self._count
        summary = UpdateSummary(
            count["kept"],
            count["moved"],
            count["edited"],
            count["new"],
            count["obsolete"],
            tuple(self._authored),
            tuple(self._foreign),
            count["carried"],
        )
        return LanguageUpdate(
            self._locale,
            dict(sorted(catalogs.items())),
            summary,
            tuple(self._edits),
            tuple(self._carried),
        )

    # ------------------------------------------------------------------------ matching

    def _match_exactly(self) -> None:
        """Find a translation of the very same message, here or anywhere in the project."""
        wanted = [
            (domain, key)
            for domain, required in self._required.items()
            for key in required
            if not self._is_translated(domain, key)
        ]
        elsewhere: dict[MessageKey, list[Place]] = {key: [] for _, key in wanted}
        for domain, messages in self._messages.items():
            for key, message in messages.items():
                if key in elsewhere and holds_text(message):
                    elsewhere[key].append(Place(domain, key))
        for domain, key in wanted:
            known = self._is_known(domain, key)
            places = [
                place
                for place in elsewhere[key]
                # Who left a message untranslated may not want another page's translation,
                # but one that came loose from its page is better than none.
                if not known or self._is_orphan(place)
            ]
            if places:
                self._sources[Place(domain, key)] = min(places, key=self._rank)

    def _rank(self, place: Place) -> tuple[bool, bool, bool, str]:
        message = self._message(place)
        in_use = not message.obsolete and not self._is_orphan(place)
        return (message.is_fuzzy, message.obsolete, in_use, place.domain)

    def _message(self, place: Place) -> Message:
        return self._messages[place.domain][place.key]

    def _is_orphan(self, place: Place) -> bool:
        return place.key not in self._required.get(place.domain, ())

    def _is_translated(self, domain: str, key: MessageKey) -> bool:
        here = self._messages.get(domain, {}).get(key)
        return here is not None and holds_text(here)

    def _is_known(self, domain: str, key: MessageKey) -> bool:
        """Whether the old catalog has the message, other than as an empty obsolete entry."""
        here = self._messages.get(domain, {}).get(key)
        return here is not None and (holds_text(here) or not here.obsolete)

    def _match_nearly(self) -> None:
        """Find predecessors of messages that are new and translated nowhere."""
        moved = set(self._sources.values())
        new = {
            domain: [
                Slot(
                    key,
                    not self._is_known(domain, key) and Place(domain, key) not in self._sources,
                )
                for key in required
            ]
            for domain, required in self._required.items()
        }
        if not any(slot.is_open for slots in new.values() for slot in slots):
            return
        old: dict[str, list[Slot]] = {}
        for domain, messages in self._messages.items():
            required = self._required.get(domain, {})
            old[domain] = [
                Slot(
                    key,
                    key not in required and Place(domain, key) not in moved,
                    holds_text(message),
                )
                for key, message in messages.items()
                if not message.obsolete
            ]
        self._near = self._near_matches(new, old, self._donors())

    def _donors(self) -> Mapping[str, tuple[str, ...]]:
        """Say for each domain which old catalogs its messages came from: itself, then most."""
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        for place, source in self._sources.items():
            if not self._message(source).obsolete and self._is_orphan(source):
                counts[place.domain][source.domain] += 1
        return {
            domain: tuple(
                dict.fromkeys((domain, *(name for name, _ in counts[domain].most_common())))
            )
            for domain in self._templates
        }

    # -------------------------------------------------------------------------- laying out

    def _catalog(self, domain: str, carried: set[Place]) -> Catalog:
        old, template = self._old.get(domain), self._templates.get(domain)
        if template is None:
            template = Catalog(domain, None, Message(""), ())
        forms = plural_count(old, self._locale)
        active = tuple(self._entry(domain, message, forms) for message in template.messages)
        if old is None:
            header = catalog_header(template, self._locale, self._now)
            return Catalog(domain, self._locale, header, active)
        messages = _in_order(active, self._obsolete(domain, carried), old.messages)
        return replace(old, header=self._header(old, template, messages), messages=messages)

    def _entry(self, domain: str, message: Message, forms: int) -> Message:
        place = Place(domain, message.key)
        here = self._messages.get(domain, {}).get(message.key)
        if place in self._sources:
            self._count["moved"] += 1
            entry = carry_whole(message, self._message(self._sources[place]), forms)
            return with_comments(entry, here.comments) if here else entry
        if place in self._near:
            return self._edited(domain, message, self._message(self._near[place]), forms)
        if here is None or not self._is_known(domain, message.key):
            self._count["new"] += 1
            return untranslated(message, forms)
        self._count["moved" if here.obsolete else "kept"] += 1
        return carry_whole(message, here, forms)

    def _edited(self, domain: str, message: Message, old: Message, forms: int) -> Message:
        """Give a message its predecessor's translation: as it is if nobody need look at it."""
        harmless = harmless_edit(old, message)
        if harmless:
            self._count["carried"] += 1
            self._carried.append(SourceEdit(domain, old.msgid, message.msgid, harmless.kinds))
            return carry_edited(message, old, harmless.msgstr)
        self._count["edited"] += 1
        entry = carry_near(message, old, forms)
        before = entry.previous.msgid if entry.previous else None
        self._edits.append(SourceEdit(domain, before or old.msgid, message.msgid))
        return entry

    def _obsolete(self, domain: str, carried: set[Place]) -> tuple[Message, ...]:
        """Give what is set aside: the obsolete messages before, and the orphans left over."""
        aside = []
        for message in self._old[domain].messages:
            place = Place(domain, message.key)
            if not self._is_orphan(place):
                continue
            if message.obsolete:
                aside.append(message)
            elif holds_text(message) and place not in carried:
                self._count["obsolete"] += 1
                aside.append(make_obsolete(message))
        return tuple(aside)

    def _header(self, old: Catalog, template: Catalog, messages: tuple[Message, ...]) -> Message:
        """Keep the header; its date is that of the template that last changed its messages.

        With any change it comes to say which language its document is written in.
        """
        header = old.header
        if not header.msgstr.strip() and template.messages:
            new = catalog_header(template, self._locale, self._now)
            return replace(header, msgstr=new.msgstr)
        if messages == old.messages:
            return header
        fields = [SOURCE_LANGUAGE]
        if _active_keys(messages) != _active_keys(old.messages):
            fields.insert(0, CREATED)
        for name in fields:
            value = template.header_field(name)
            if value and value != old.header_field(name):
                header = with_field(header, name, value)
        return header


def _active_keys(messages: Sequence[Message]) -> set[MessageKey]:
    return {message.key for message in messages if not message.obsolete}


def _in_order(
    active: Sequence[Message], obsolete: Sequence[Message], old: Sequence[Message]
) -> tuple[Message, ...]:
    """Put active messages first, unless the old file has the same ones in an order of its own."""
    entries = {(message.obsolete, message.key): message for message in (*active, *obsolete)}
    before = [(message.obsolete, message.key) for message in old]
    wanted = [(False, message.key) for message in active]
    if entries.keys() == set(before) and [place for place in before if not place[0]] == wanted:
        return tuple(entries[place] for place in before)
    return (*active, *obsolete)
