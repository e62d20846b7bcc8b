//! Compares memberships, ownerships, dependencies, interactions, assignments and approvals.

use std::{collections::hash_map::Entry, hash::Hash};

use chrono::NaiveDate;
use headroom_files::{
    Diagnostic, Level, Place,
    records::{
        ApprovalRecord, AssignmentRecord, Dates, DependencyRecord, InteractionRecord, MembershipRecord,
        OwnerKind, OwnerRef, OwnershipRecord, Records,
    },
};
use headroom_model::{
    Approval, Assignment, DateRange, Dependency, Entity, EntityRef, EntityTable, Identified, Interaction,
    Membership, Owner, Ownership, PersonId, PositionId, ServiceId, TeamId, field::field, folded, is_lead,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::differ::Differ;

/// A record that states a row which is known again by what it is about: the two entities between which it is.
pub(super) trait RelationRecord {
    type Row: EntityTable;
    /// The two entities.
    type Ends: Clone + Eq + Hash;

    fn ends_of(row: &Self::Row) -> Self::Ends;
    /// Tells several rows between the same entities apart: role or kind.
    fn tag_of(_row: &Self::Row) -> &str {
        ""
    }
    fn tag(&self) -> Option<&str> {
        None
    }
    fn dates(&self) -> &Dates;
    fn place(&self) -> &Place;
    /// Overwrites what the record states, but for first and last day.
    fn set(&self, row: &mut Self::Row, ends: Self::Ends, differ: &Differ<'_>);
    /// Overwrites the first and last day that the record states.
    fn set_dates(&self, row: &mut Self::Row);
}

/// The format that a row came from.
pub(super) fn source_of<T: Entity>(row: &T) -> Option<&str> {
    field::<T>("source")?.value(row).as_text()
}

/// A row that is new to the plan.
pub(super) fn new_row<T: EntityTable>(id: T::Id, source: Option<String>) -> T {
    let mut row = T::default();
    row.set_id(id);
    if let Some(field) = field::<T>("source") {
        field.value_mut(&mut row).set_json(&source.into());
    }
    row
}

macro_rules! common {
    ($Row:ident) => {
        type Row = $Row;
        fn dates(&self) -> &Dates {
            &self.dates
        }
        fn place(&self) -> &Place {
            &self.place
        }
        fn set_dates(&self, row: &mut $Row) {
            row.from = self.dates.from.unwrap_or(row.from);
            row.until = self.dates.until.unwrap_or(row.until);
        }
    };
}

impl RelationRecord for MembershipRecord {
    type Ends = (PersonId, TeamId);
    common!(Membership);

    fn ends_of(row: &Membership) -> Self::Ends {
        (row.person, row.team)
    }

    fn tag_of(row: &Membership) -> &str {
        &row.role
    }

    fn tag(&self) -> Option<&str> {
        self.role.as_deref()
    }

    fn set(&self, row: &mut Membership, ends: Self::Ends, _differ: &Differ<'_>) {
        (row.person, row.team) = ends;
        if let Some(role) = &self.role {
            row.role.clone_from(role);
        }
        row.share = self.share.unwrap_or(row.share);
    }
}

impl RelationRecord for OwnershipRecord {
    type Ends = (ServiceId, Owner);
    common!(Ownership);

    fn ends_of(row: &Ownership) -> Self::Ends {
        (row.service, row.owner)
    }

    fn tag_of(row: &Ownership) -> &str {
        &row.role
    }

    fn tag(&self) -> Option<&str> {
        Some(&self.role)
    }

    fn set(&self, row: &mut Ownership, ends: Self::Ends, differ: &Differ<'_>) {
        (row.service, row.owner) = ends;
        row.role.clone_from(&self.role);
        row.confirmed = self.confirmed.unwrap_or(row.confirmed);
        row.named = self.named.clone().unwrap_or_else(|| differ.former_name(&self.owner));
    }
}

impl RelationRecord for DependencyRecord {
    type Ends = (ServiceId, ServiceId);
    common!(Dependency);

    fn ends_of(row: &Dependency) -> Self::Ends {
        (row.service, row.depends_on)
    }

    fn tag_of(row: &Dependency) -> &str {
        &row.kind
    }

    fn tag(&self) -> Option<&str> {
        self.kind.as_deref()
    }

    fn set(&self, row: &mut Dependency, ends: Self::Ends, _differ: &Differ<'_>) {
        (row.service, row.depends_on) = ends;
        if let Some(kind) = &self.kind {
            row.kind.clone_from(kind);
        }
        if let Some(criticality) = &self.criticality {
            row.criticality.clone_from(criticality);
        }
        row.cost_weight = self.cost_weight.unwrap_or(row.cost_weight);
    }
}

impl RelationRecord for AssignmentRecord {
    type Ends = (PositionId, PersonId);
    common!(Assignment);

    fn ends_of(row: &Assignment) -> Self::Ends {
        (row.position, row.person)
    }

    fn set(&self, row: &mut Assignment, ends: Self::Ends, _differ: &Differ<'_>) {
        (row.position, row.person) = ends;
        row.pay = self.pay.unwrap_or(row.pay);
    }
}

impl RelationRecord for InteractionRecord {
    type Ends = (TeamId, TeamId);
    common!(Interaction);

    fn ends_of(row: &Interaction) -> Self::Ends {
        (row.team, row.with)
    }

    fn tag_of(row: &Interaction) -> &str {
        &row.mode
    }

    fn tag(&self) -> Option<&str> {
        self.mode.as_deref()
    }

    fn set(&self, row: &mut Interaction, ends: Self::Ends, _differ: &Differ<'_>) {
        (row.team, row.with) = ends;
        if let Some(mode) = &self.mode {
            row.mode.clone_from(mode);
        }
        if let Some(purpose) = &self.purpose {
            row.purpose.clone_from(purpose);
        }
        row.expected_end = self.expected_end.unwrap_or(row.expected_end);
    }
}

impl RelationRecord for ApprovalRecord {
    type Row = Approval;
    /// Name and day.
    type Ends = (String, NaiveDate);

    fn ends_of(row: &Approval) -> Self::Ends {
        (row.name.clone(), row.on)
    }

    fn dates(&self) -> &Dates {
        &self.dates
    }

    fn place(&self) -> &Place {
        &self.place
    }

    fn set(&self, row: &mut Approval, ends: Self::Ends, _differ: &Differ<'_>) {
        (row.name, row.on) = ends;
        if let Some(by) = &self.by {
            row.by.clone_from(by);
        }
        if let Some(note) = &self.note {
            row.note.clone_from(note);
        }
        row.seats.clone_from(&self.seats);
    }

    fn set_dates(&self, _row: &mut Approval) {}
}

/// The message about a row between the same entities and at the same time as another.
fn said_twice(noun: &str, is_same: bool, first: &Place, place: &Place) -> Diagnostic {
    let (level, message) = if is_same {
        (Level::Note, format!("duplicate {noun}; counted once"))
    } else {
        let at = first.beside(place);
        (Level::Warning, format!("{noun} conflicts with {at}, which was used instead"))
    };
    Diagnostic::new(level, place.clone(), message, "remove one of them, or give both dates")
}

impl Differ<'_> {
    pub(super) fn relations(&mut self, records: &Records) {
        let ends = |differ: &mut Self, record: &MembershipRecord| {
            Some((differ.person(&record.person, &record.place)?, differ.team(&record.team, &record.place)?))
        };
        let moved = if records.has_all_memberships { self.moved(&records.memberships, ends) } else { None };
        self.settle(moved.as_deref().unwrap_or(&records.memberships), ends);
        let ends = |differ: &mut Self, record: &OwnershipRecord| {
            Some((
                differ.service(&record.service, &record.place)?,
                differ.owner(&record.owner, &record.place)?,
            ))
        };
        self.settle(&records.ownerships, ends);
        let ends = |differ: &mut Self, record: &DependencyRecord| {
            Some((
                differ.service(&record.service, &record.place)?,
                differ.service(&record.depends_on, &record.place)?,
            ))
        };
        self.settle(&records.dependencies, ends);
        let ends = |differ: &mut Self, record: &InteractionRecord| {
            Some((differ.team(&record.team, &record.place)?, differ.team(&record.with, &record.place)?))
        };
        self.settle(&records.interactions, ends);
        let ends = |differ: &mut Self, record: &AssignmentRecord| {
            Some((
                differ.known_position(&record.position, &record.place)?,
                differ.person(&record.person, &record.place)?,
            ))
        };
        self.settle(&records.assignments, ends);
        self.tell_double_assignments(&records.assignments);
        self.described(records);
        self.settle(&records.approvals, |_, record| Some((record.name.clone(), record.on)));
    }

    /// Two rows that put a person into one position on the same days are both imported, and reported.
    fn tell_double_assignments(&mut self, records: &[AssignmentRecord]) {
        let span = |dates: &Dates| DateRange::new(dates.from.flatten(), dates.until.flatten());
        let mut known: FxHashMap<_, Vec<&AssignmentRecord>> = FxHashMap::default();
        for record in records {
            let others = known.entry((folded(&record.position), folded(&record.person))).or_default();
            let days = span(&record.dates);
            // Rows with the same days are reported as duplicates.
            let is_other =
                |other: &&&AssignmentRecord| span(&other.dates) != days && span(&other.dates).overlaps(&days);
            if let Some(first) = others.iter().find(is_other) {
                let at = first.place.beside(&record.place);
                let message = format!(
                    "{} is already in {} on overlapping dates at {at}; counted once",
                    record.person, record.position
                );
                let advice = "end the first where the second begins, or remove one";
                self.problems.push(Diagnostic::new(Level::Warning, record.place.clone(), message, advice));
            }
            others.push(record);
        }
    }

    /// Ends memberships that this source stated of people whom it now has on other teams only. Those begin today if
    /// the record has no date. None if no one has moved.
    fn moved(
        &mut self,
        records: &[MembershipRecord],
        ends: impl Fn(&mut Self, &MembershipRecord) -> Option<(PersonId, TeamId)>,
    ) -> Option<Vec<MembershipRecord>> {
        let said: Vec<Option<(PersonId, TeamId)>> = records.iter().map(|record| ends(self, record)).collect();
        let people: FxHashSet<PersonId> = said.iter().flatten().map(|(person, _)| *person).collect();
        let occupancies: FxHashSet<(PersonId, TeamId)> = said.iter().flatten().copied().collect();
        let source = self.source();
        let mut left = FxHashSet::default();
        // A team's lead is stated at the team, and need not be in a row of members.
        let is_said =
            |row: &&Membership| row.source == source && people.contains(&row.person) && !is_lead(&row.role);
        let has_gone = |row: &&Membership| {
            !occupancies.contains(&MembershipRecord::ends_of(row)) && !self.has_ended(row.date_range())
        };
        let mut gone: Vec<&Membership> =
            self.plan.memberships.iter().filter(is_said).filter(has_gone).collect();
        self.plan.sort(&mut gone);
        for row in gone {
            let ended =
                Membership { until: row.date_range().ended_before(self.options.today).until, ..row.clone() };
            if ended != *row {
                self.draft.put(ended);
                self.ended.insert(row.id.into());
                self.touch(row.id.into());
                left.insert(row.person);
            }
        }
        if left.is_empty() {
            return None;
        }
        let known: FxHashSet<(PersonId, TeamId)> =
            self.plan.memberships.iter().map(MembershipRecord::ends_of).collect();
        let mut records = records.to_vec();
        for (record, said) in records.iter_mut().zip(said) {
            let comes = said.filter(|ends| left.contains(&ends.0) && !known.contains(ends));
            if comes.is_some() && record.dates.from.flatten().is_none() {
                record.dates.from = Some(Some(self.options.today));
            }
        }
        Some(records)
    }

    /// The name by which a source calls an owner, if it is an alias.
    fn former_name(&self, owner: &OwnerRef) -> Option<String> {
        let is_former = match owner.kind {
            OwnerKind::Team => self.teams.is_alias(&owner.key),
            OwnerKind::Person => self.people.is_alias(&owner.key),
            OwnerKind::Either => self.teams.is_alias(&owner.key) || self.people.is_alias(&owner.key),
        };
        is_former.then(|| owner.key.clone())
    }

    /// Finds the row of the plan for each record, and adds or changes it.
    pub(super) fn settle<R: RelationRecord>(
        &mut self,
        records: &[R],
        ends: impl Fn(&mut Self, &R) -> Option<R::Ends>,
    ) {
        let mut present: FxHashMap<R::Ends, Vec<&R::Row>> = FxHashMap::default();
        for row in R::Row::table(self.plan) {
            present.entry(R::ends_of(row)).or_default().push(row);
        }
        for rows in present.values_mut().filter(|rows| rows.len() > 1) {
            self.plan.sort(rows);
            rows.sort_by_key(|row| {
                (row.date_range().from, row.date_range().until, R::tag_of(row), source_of(*row))
            });
        }
        let new: R::Row = new_row(<R::Row as Identified>::Id::default(), self.source());
        let said = |differ: &Self, record: &R, ends: &R::Ends| {
            let mut row = new.clone();
            record.set(&mut row, ends.clone(), differ);
            record.set_dates(&mut row);
            row
        };
        let mut seen: FxHashMap<_, &R> = FxHashMap::default();
        seen.reserve(records.len());
        // Exact matches first, so that no looser match takes their row.
        let mut open = Vec::new();
        for record in records {
            let Some(ends) = ends(self, record) else { continue };
            let dates = record.dates();
            let row = said(self, record, &ends);
            let is_valid = row.check().is_ok();
            match seen.entry((ends.clone(), record.tag(), dates.from, dates.until)) {
                // A record that can't be taken is reported later, and claims no row.
                _ if !is_valid => {}
                Entry::Vacant(free) => {
                    free.insert(record);
                }
                Entry::Occupied(first) => {
                    let first = *first.get();
                    let is_same = said(self, first, &ends) == row;
                    let problem = said_twice(R::Row::KIND.noun(), is_same, first.place(), record.place());
                    self.problems.push(problem);
                    continue;
                }
            }
            match self.claim(present.get_mut(&ends), record, true) {
                Some(row) => self.settle_one(Some(row), &new, ends, record),
                None if is_valid && !present.contains_key(&ends) => self.add(row),
                None => open.push((ends, record)),
            }
        }
        for (ends, record) in open {
            let row = self.claim(present.get_mut(&ends), record, false);
            self.settle_one(row, &new, ends, record);
        }
    }

    /// Takes the row that the record means out of those between the same entities.
    fn claim<'p, R: RelationRecord>(
        &self,
        rows: Option<&mut Vec<&'p R::Row>>,
        record: &R,
        is_exact: bool,
    ) -> Option<&'p R::Row> {
        let rows = rows?;
        let dates = record.dates();
        let fits = |row: &&R::Row| {
            let same_tag = record.tag().is_none_or(|tag| tag == R::tag_of(row));
            let same_from = dates.from.is_none_or(|from| from == row.date_range().from);
            // A source without dates states the present.
            let is_present = dates.until.is_some() || !self.has_ended(row.date_range());
            let is_ours = source_of(*row) == Some(self.options.source);
            is_present && if is_exact { same_tag && same_from } else { same_tag || is_ours }
        };
        // Of several rows the one that ends as the record does, then one that has not ended.
        let ends_so = |row: &&R::Row| dates.until.is_some_and(|until| until == row.date_range().until);
        let is_going_on = |row: &&R::Row| !self.has_ended(row.date_range());
        let at = rows
            .iter()
            .position(|row| fits(row) && ends_so(row))
            .or_else(|| rows.iter().position(|row| fits(row) && is_going_on(row)))
            .or_else(|| rows.iter().position(fits))?;
        Some(rows.remove(at))
    }

    /// Adds a valid row that is new to the plan.
    fn add<T: EntityTable>(&mut self, mut row: T) {
        row.set_id(self.draft.new_id::<T>());
        self.touch(EntityRef { kind: T::KIND, id: row.id().into() });
        self.draft.put(row);
    }

    fn settle_one<R: RelationRecord>(
        &mut self,
        present: Option<&R::Row>,
        new: &R::Row,
        ends: R::Ends,
        record: &R,
    ) {
        let mut row = present.unwrap_or(new).clone();
        if present.is_none() {
            row.set_id(self.draft.new_id::<R::Row>());
        }
        record.set(&mut row, ends, self);
        record.set_dates(&mut row);
        if let Some(present) = present {
            self.touch(EntityRef { kind: R::Row::KIND, id: present.id().into() });
        }
        self.put(row, record.place());
    }
}
