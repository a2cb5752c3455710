"""One import, step by step, within its transaction: what its records say becomes rows, and never over what somebody here decided."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from directory.changes import record_changes
from directory.exchange.intake.apart import Foreign, leave_out
from directory.exchange.intake.checks import faults
from directory.exchange.intake.confidential import Secret, telling_pattern
from directory.exchange.intake.ledger import Ledger, move_last_modified
from directory.exchange.intake.merged import MergedAway
from directory.exchange.intake.news import News, forget_news
from directory.exchange.intake.ours import Ours
from directory.exchange.intake.own_terms import OwnTerms, stored_flagged
from directory.exchange.intake.ready import Ready, hold_places, keyed_keys, mark
from directory.exchange.intake.references import keys_of, named_by, refuse_dangling
from directory.exchange.intake.removals import what_stays
from directory.exchange.intake.upsert import Actor, Key, Written, release_rows, remove_rows, write_rows
from directory.exchange.intake.vanished import flag_vanished
from directory.exchange.intake.withdrawn import withdraw
from directory.exchange.report import ImportReport
from directory.exchange.rows import Row, Rows, flatten, merge
from directory.models import ImportRun
from directory.placing import held_visibilities, known_of, seal_place, sealed_of, take_back
from directory.sealing import Sealer

Progress = Callable[[int, int | None], None]
"""Told how many records were handled so far, and of how many when that is known."""
TOLD_EVERY = 200
KEPT_HERE = "what was changed here stands, and the source says nothing else that is new"


class Run:
    """One run: what its steps share."""

    def __init__(self, session: Session, ledger: Ledger, report: ImportReport, actor: Actor, sealer: Sealer, progress: Progress) -> None:
        self.session, self.ledger, self.report, self.actor, self.sealer, self.progress = session, ledger, report, actor, sealer, progress
        self.terms = OwnTerms.of(session)
        self.foreign = Foreign.to(session, ledger.source_id)
        self.merged = MergedAway.of(session)
        self.ledger.merges = self.merged.mark
        forget_news(session, ledger.source_id)
        self.news = News(session, ledger.source_id, at=actor.at, now=self.merged.now)
        self.ours = Ours(session, ledger.source_id, at=actor.at, now=self.merged.now)

    def go(self, ready: list[Ready], *, is_whole: bool) -> None:
        """All steps."""
        held = hold_places(
            ready, held_visibilities(self.session), stored_flagged=lambda ids: stored_flagged(self.session, ids),
            known=self._known, sealed_of=self._sealed_of,
        )
        new = self._apart(self._without_away(self._without_merged(self._flattened(self._unseen(ready)))))
        for item in refuse_dangling(self.session, new, self.report):
            new.remove(item)
        self._take_back({self.merged.now("location", place): visibility for place, visibility in held.items()})
        touched = self._write(new)
        self._seal(new, touched)
        self._count(new, touched)
        withdrawn = self._withdrawn(ready)
        touched |= withdraw(self.session, withdrawn, ledger=self.ledger, ours=self.ours, actor=self.actor)
        self.ours.close()
        self.ledger.close()
        if is_whole:
            flag_vanished(self.session, self.ledger.source_id, ready, self.report, at=self.actor.at, withdrawn=withdrawn)
        if touched or self.report.conflicts:
            self._note_run()

    # What is sealed is compared with texts of its own source only: another feed could try addresses, and see in public which was withheld.

    def _known(self, place: UUID) -> Secret:
        return {} if ("location", place) in self.foreign.made else known_of(self.session, place, sealer=self.sealer)

    def _sealed_of(self, organizations: Iterable[UUID]) -> dict[UUID, list[Secret]]:
        own = [key for key in organizations if ("organization", key) not in self.foreign.made]
        return sealed_of(self.session, own, sealer=self.sealer)

    def _unseen(self, ready: list[Ready]) -> list[Ready]:
        """The records that are new or differ from what was seen; a key that stands twice in the file counts once.

        Several records may feed one row, such as a site that stands in the file once for each contract, where they say the same of it.
        """
        first: dict[str, Ready] = {}
        entities: dict[Key, Ready] = {}
        unseen = []
        for item in ready:
            mark(item, self.terms.find, self.sealer)
            self.report.repairs += item.repairs
            same = first.setdefault(item.key, item)
            if same is not item:
                self._repeated(item, same)
            elif item.entity[1] in self.terms.ids:
                self.report.unchanged += 1
            elif entities.setdefault(item.entity, item).content != item.content:
                self.report.refuse(item.refusal("id", str(item.entity[1]), "another record of this file has the same id and other content"))
            elif self.ledger.knows(item):
                self.report.unchanged += 1
            else:
                unseen.append(item)
        return unseen

    def _repeated(self, item: Ready, first: Ready) -> None:
        if item.fingerprints == first.fingerprints:
            self.report.unchanged += 1
        else:
            reason = f"this key stands in the file before (line {first.source.line}) with other content; the first was taken"
            self.report.refuse(item.refusal("key", item.key, reason))

    def _flattened(self, unseen: list[Ready]) -> list[Ready]:
        """The records as rows, without those that the tables would refuse."""
        new = []
        for done, item in enumerate(unseen, 1):
            flat = item.flat = flatten(item.content, self.terms.find, self.terms.ids)
            fault = next((fault for table, rows in flat.rows.items() for row in rows.values() for fault in faults(table, row)), None)
            if fault:
                self.report.refuse(item.refusal(fault.field, fault.value, fault.reason))
            else:
                new.append(item)
                self._note(item)
            if done % TOLD_EVERY == 0 or done == len(unseen):
                self.progress(done, len(unseen))
        return new

    def _apart(self, new: list[Ready]) -> list[Ready]:
        """The records without what another source brought in; those about such a thing are refused."""
        if not new:
            return []
        self.ledger.made_by_others(new)
        own = {item.key: self.ledger.rows_of(item) for item in new}
        return list(self.foreign.keep_apart(new, own, self.report))

    def _without_merged(self, new: list[Ready]) -> list[Ready]:
        going_on = list(self.merged.without(new, self.report))
        standing = {item.key for item in going_on}
        away = [item for item in new if item.key not in standing]
        for item in away:
            self.ledger.saw(item)
        self.news.read(away)
        return going_on

    def _without_away(self, new: list[Ready]) -> list[Ready]:
        """The records without what somebody here took away or does not want listed, and all that hangs on it."""
        rows = {(table, row_id): row for item in new for table, group in item.flat.rows.items() for row_id, row in group.items()}
        out = self.ours.away(rows)
        while more := {key: out[on] for key, row in rows.items() if key not in out and (on := _hangs_on(key[0], row, out))}:
            out |= more
        return [item for item in new if not out or self._stands_without(item, out)]

    def _stands_without(self, item: Ready, out: dict[Key, str]) -> bool:
        if item.entity in out:
            self.report.keep(item.repair("", "", out[item.entity]))
            return False
        gone = _keys(item) & out.keys()
        leave_out(item, gone)
        item.kept |= gone
        return True

    def _note(self, item: Ready) -> None:
        unknown = "no vocabulary here has this term; it was left out, and will be taken once the vocabulary has it"
        self.report.repairs += [item.repair("attribute", "/".join(term), unknown) for term in sorted(set(item.flat.unknown_terms))]
        differing = "the same id stands in this record with different values; the first was taken"
        self.report.repairs += [item.repair(".".join(at), "", differing) for at in sorted(set(item.flat.conflicts))]

    def _take_back(self, held: dict[UUID, str]) -> None:
        by_visibility = defaultdict(list)
        for place, visibility in held.items():
            by_visibility[visibility].append(place)
        why = "an imported record calls for care"
        for visibility, places in by_visibility.items():
            take_back(self.session, places, visibility, by=self.actor.by, at=self.actor.at, why=why, sealer=self.sealer, act=self.actor.act)

    def _write(self, new: list[Ready]) -> set[Key]:
        """Write what differs; gives the rows that were added, changed, removed or let go."""
        rows, others = _together(new), self.ledger.made_by_others(new)
        now = {(table, row_id) for table, group in rows.items() for row_id in group}
        dropped = {key for item in new for key in self.ledger.rows_of(item) - _keys(item) - item.kept}
        own, gone, released = now - others, dropped - now - others, dropped & others
        telling = telling_pattern(secret for item in new for secret in item.secrets.values())
        self.ours.withholds(telling)
        staying = what_stays(self.session, gone, now | others, self.ours)
        gone -= staying
        for item in new:
            item.kept |= staying & self.ledger.rows_of(item)
        mains = {item.entity for item in new}
        fills = set().union(*(item.only_fills for item in new))
        parts = [
            write_rows(
                self.session, rows, shared=others - mains, guarded=(self.ledger.mains_of_others - mains) | fills, own=own,
                ours=self.ours, actor=self.actor,
            ),
            release_rows(self.session, released, own | gone, ours=self.ours, actor=self.actor),
            remove_rows(self.session, gone, ours=self.ours, actor=self.actor),
        ]
        record_changes(self.session, (_untelling(change, telling) for part in parts for change in part.changes))
        return _touched(parts)

    def _seal(self, new: list[Ready], touched: set[Key]) -> None:
        for item in new:
            for place, secret in item.secrets.items():
                if seal_place(self.session, place, secret, sealer=self.sealer):
                    touched.add(("location", place))
                    self.report.held_places += 1

    def _count(self, new: list[Ready], touched: set[Key]) -> None:
        for item in new:
            is_known, before = self.ledger.has(item), self.ledger.rows_of(item)
            made = _keys(item) - item.only_fills | (item.kept & before)
            leftover_differs = self.ledger.write(item, made, named_by(item) | item.only_fills)
            if not is_known:
                self.report.added += 1
            elif leftover_differs or not touched.isdisjoint(_keys(item) | before):
                self.report.changed += 1
                move_last_modified(self.session, item, at=self.actor.at)
            elif item.kept or not self.ours.kept.isdisjoint(_keys(item)):
                self.report.keep(item.repair("", "", KEPT_HERE))
            else:
                self.report.unchanged += 1
        self.report.conflicts = self.ours.opened + self.news.opened

    def _withdrawn(self, ready: list[Ready]) -> list[str]:
        """The keys, as the ledger may have them, of records that the source says must not be shown, but for those that stand in the file as well."""
        keys = {refusal.withdrawn for refusal in self.report.refusals if refusal.withdrawn} - {item.key for item in ready}
        return [key for one in sorted(keys) for key in (one, *keyed_keys(one, self.sealer))]

    def _note_run(self) -> None:
        was = {str(row_id): sorted(rows) for row_id, rows in self.ledger.was.items()}
        said = self.report.summary()
        self.session.add(ImportRun(act=self.actor.act, source_id=self.actor.source_id, at=self.actor.at, by=self.actor.by, report=said, was=was))
        self.session.flush()


def _together(new: list[Ready]) -> Rows:
    """The rows of all records as one: what a record says of its own entity comes before what others say of it in passing."""
    rows: Rows = {}
    for item in new:
        table, row_id = item.entity
        rows.setdefault(table, {})[row_id] = dict(item.flat.rows[table][row_id])
    for item in new:
        for table, group in item.flat.rows.items():
            into = rows.setdefault(table, {})
            for row_id, row in group.items():
                list(merge(into.setdefault(row_id, dict(row)), row))
    return rows


def _untelling(change: Row, telling: re.Pattern[str] | None) -> Row:
    """A line of the log without values that tell where a held place is."""
    tells = telling is not None and any(telling.search(change[name] or "") for name in ("before", "after"))
    return {**change, "before": None, "after": None} if tells else change


def _keys(item: Ready) -> set[Key]:
    return {(table, row_id) for table, group in item.flat.rows.items() for row_id in group}


def _touched(parts: list[Written]) -> set[Key]:
    return {key for part in parts for key in part.added | part.touched}


def _hangs_on(table: str, row: Row, out: dict[Key, str]) -> Key | None:
    """One of the rows left out that a row hangs on."""
    on = [(target, row.get(column)) for column, target in keys_of(table)]
    if table == "attribute":
        on.append((str(row["link_entity"]), row["link_id"]))
    return next(((target, key) for target, key in on if key is not None and (target, key) in out), None)
