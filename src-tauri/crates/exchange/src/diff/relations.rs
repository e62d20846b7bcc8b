//! Compares memberships, ownerships, dependencies, interactions and assignments.

use std::{collections::hash_map::Entry, hash::Hash};

use headroom_files::{
    Diagnostic, Level, Place,
    records::{
        AssignmentRecord, Dates, DependencyRecord, InteractionRecord, MembershipRecord, OwnerKind, OwnerRef,
        OwnershipRecord, Records,
    },
};
use headroom_model::{
    Assignment, Change, DateRange, Dependency, Edit, Entity, EntityRef, Interaction, Membership, Owner,
    Ownership, PersonId, PositionId, RowOrder, ServiceId, TeamId, folded, is_lead,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::differ::Differ;

/// A row between two entities, and the record that states one.
pub(super) trait RelationRow: RowOrder + Default {
    type Record;
    /// The two entities.
    type Ends: Clone + Eq + Hash;

    fn ends(&self) -> Self::Ends;
    /// Tells several rows between the same entities apart: role or kind.
    fn tag(&self) -> &str;
    fn source(&self) -> Option<&str>;
    fn set(&mut self, ends: Self::Ends, record: &Self::Record, differ: &Differ<'_>);
    /// Overwrites the first and last day that the record states.
    fn set_dates(&mut self, dates: &Dates);
    fn make(id: Self::Id, source: Option<String>) -> Self;

    fn record_tag(record: &Self::Record) -> Option<&str>;
    fn record_dates(record: &Self::Record) -> &Dates;
    fn place(record: &Self::Record) -> &Place;
}

macro_rules! shared {
    ($record:ident, $tag:ident) => {
        type Record = $record;
        fn tag(&self) -> &str {
            &self.$tag
        }
        fn source(&self) -> Option<&str> {
            self.source.as_deref()
        }
        fn set_dates(&mut self, dates: &Dates) {
            self.from = dates.from.unwrap_or(self.from);
            self.until = dates.until.unwrap_or(self.until);
        }
        fn make(id: Self::Id, source: Option<String>) -> Self {
            Self { id, source, ..Self::default() }
        }
        fn record_dates(record: &$record) -> &Dates {
            &record.dates
        }
        fn place(record: &$record) -> &Place {
            &record.place
        }
    };
}

impl RelationRow for Membership {
    type Ends = (PersonId, TeamId);
    shared!(MembershipRecord, role);

    fn ends(&self) -> Self::Ends {
        (self.person, self.team)
    }

    fn record_tag(record: &MembershipRecord) -> Option<&str> {
        record.role.as_deref()
    }

    fn set(&mut self, ends: Self::Ends, record: &MembershipRecord, _differ: &Differ<'_>) {
        (self.person, self.team) = ends;
        if let Some(role) = &record.role {
            self.role.clone_from(role);
        }
        self.share = record.share.unwrap_or(self.share);
    }
}

impl RelationRow for Ownership {
    type Ends = (ServiceId, Owner);
    shared!(OwnershipRecord, role);

    fn ends(&self) -> Self::Ends {
        (self.service, self.owner)
    }

    fn record_tag(record: &OwnershipRecord) -> Option<&str> {
        Some(&record.role)
    }

    fn set(&mut self, ends: Self::Ends, record: &OwnershipRecord, differ: &Differ<'_>) {
        (self.service, self.owner) = ends;
        self.role.clone_from(&record.role);
        self.confirmed = record.confirmed.unwrap_or(self.confirmed);
        self.named = record.named.clone().unwrap_or_else(|| differ.former_name(&record.owner));
    }
}

impl RelationRow for Dependency {
    type Ends = (ServiceId, ServiceId);
    shared!(DependencyRecord, kind);

    fn ends(&self) -> Self::Ends {
        (self.service, self.depends_on)
    }

    fn record_tag(record: &DependencyRecord) -> Option<&str> {
        record.kind.as_deref()
    }

    fn set(&mut self, ends: Self::Ends, record: &DependencyRecord, _differ: &Differ<'_>) {
        (self.service, self.depends_on) = ends;
        if let Some(kind) = &record.kind {
            self.kind.clone_from(kind);
        }
        if let Some(criticality) = &record.criticality {
            self.criticality.clone_from(criticality);
        }
    }
}

impl RelationRow for Assignment {
    type Record = AssignmentRecord;
    type Ends = (PositionId, PersonId);

    fn ends(&self) -> Self::Ends {
        (self.position, self.person)
    }

    fn tag(&self) -> &str {
        ""
    }

    fn source(&self) -> Option<&str> {
        self.source.as_deref()
    }

    fn set(&mut self, ends: Self::Ends, record: &AssignmentRecord, _differ: &Differ<'_>) {
        (self.position, self.person) = ends;
        self.pay = record.pay.unwrap_or(self.pay);
    }

    fn set_dates(&mut self, dates: &Dates) {
        self.from = dates.from.unwrap_or(self.from);
        self.until = dates.until.unwrap_or(self.until);
    }

    fn make(id: Self::Id, source: Option<String>) -> Self {
        Self { id, source, ..Self::default() }
    }

    fn record_tag(_record: &AssignmentRecord) -> Option<&str> {
        None
    }

    fn record_dates(record: &AssignmentRecord) -> &Dates {
        &record.dates
    }

    fn place(record: &AssignmentRecord) -> &Place {
        &record.place
    }
}

impl RelationRow for Interaction {
    type Ends = (TeamId, TeamId);
    shared!(InteractionRecord, mode);

    fn ends(&self) -> Self::Ends {
        (self.team, self.with)
    }

    fn record_tag(record: &InteractionRecord) -> Option<&str> {
        record.mode.as_deref()
    }

    fn set(&mut self, ends: Self::Ends, record: &InteractionRecord, _differ: &Differ<'_>) {
        (self.team, self.with) = ends;
        if let Some(mode) = &record.mode {
            self.mode.clone_from(mode);
        }
        if let Some(purpose) = &record.purpose {
            self.purpose.clone_from(purpose);
        }
        self.expected_end = record.expected_end.unwrap_or(self.expected_end);
    }
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
        self.settle::<Membership>(moved.as_deref().unwrap_or(&records.memberships), ends);
        let ends = |differ: &mut Self, record: &OwnershipRecord| {
            Some((
                differ.service(&record.service, &record.place)?,
                differ.owner(&record.owner, &record.place)?,
            ))
        };
        self.settle::<Ownership>(&records.ownerships, ends);
        let ends = |differ: &mut Self, record: &DependencyRecord| {
            Some((
                differ.service(&record.service, &record.place)?,
                differ.service(&record.depends_on, &record.place)?,
            ))
        };
        self.settle::<Dependency>(&records.dependencies, ends);
        let ends = |differ: &mut Self, record: &InteractionRecord| {
            Some((differ.team(&record.team, &record.place)?, differ.team(&record.with, &record.place)?))
        };
        self.settle::<Interaction>(&records.interactions, ends);
        let ends = |differ: &mut Self, record: &AssignmentRecord| {
            Some((
                differ.known_position(&record.position, &record.place)?,
                differ.person(&record.person, &record.place)?,
            ))
        };
        self.settle::<Assignment>(&records.assignments, ends);
        self.tell_double_assignments(&records.assignments);
        self.figures(records);
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
        let has_gone =
            |row: &&Membership| !occupancies.contains(&row.ends()) && !self.has_ended(row.date_range());
        let mut gone: Vec<&Membership> =
            self.plan.memberships.iter().filter(is_said).filter(has_gone).collect();
        self.plan.sort(&mut gone);
        for row in gone {
            let ended =
                Membership { until: row.date_range().ended_before(self.options.today).until, ..row.clone() };
            if ended != *row {
                self.draft.put(ended);
                self.ended.insert(row.id.into());
                self.touched.insert(row.id.into());
                left.insert(row.person);
            }
        }
        if left.is_empty() {
            return None;
        }
        let known: FxHashSet<(PersonId, TeamId)> =
            self.plan.memberships.iter().map(RelationRow::ends).collect();
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
    pub(super) fn settle<T: RelationRow>(
        &mut self,
        records: &[T::Record],
        ends: impl Fn(&mut Self, &T::Record) -> Option<T::Ends>,
    ) where
        Change: From<Edit<T>>,
    {
        let mut present: FxHashMap<T::Ends, Vec<&T>> = FxHashMap::default();
        for row in T::table(self.plan) {
            present.entry(row.ends()).or_default().push(row);
        }
        for rows in present.values_mut().filter(|rows| rows.len() > 1) {
            self.plan.sort(rows);
            rows.sort_by_key(|row| (row.date_range().from, row.date_range().until, row.tag(), row.source()));
        }
        let mut seen: FxHashMap<_, (T, &Place)> = FxHashMap::default();
        // Exact matches first, so that no looser match takes their row.
        let mut open = Vec::new();
        for record in records {
            let Some(ends) = ends(self, record) else { continue };
            let dates = T::record_dates(record);
            let mut said = T::default();
            said.set(ends.clone(), record, self);
            said.set_dates(dates);
            match seen.entry((ends.clone(), T::record_tag(record), dates.from, dates.until)) {
                // A record that can't be taken is reported later, and claims no row.
                _ if said.check().is_err() => {}
                Entry::Vacant(free) => {
                    free.insert((said, T::place(record)));
                }
                Entry::Occupied(first) => {
                    let (first, at) = first.get();
                    let problem = said_twice(T::KIND.noun(), *first == said, at, T::place(record));
                    self.problems.push(problem);
                    continue;
                }
            }
            match self.claim(present.get_mut(&ends), record, true) {
                Some(row) => self.settle_one(Some(row), ends, record),
                None => open.push((ends, record)),
            }
        }
        for (ends, record) in open {
            let row = self.claim(present.get_mut(&ends), record, false);
            self.settle_one(row, ends, record);
        }
    }

    /// Takes the row that the record means out of those between the same entities.
    fn claim<'p, T: RelationRow>(
        &self,
        rows: Option<&mut Vec<&'p T>>,
        record: &T::Record,
        is_exact: bool,
    ) -> Option<&'p T> {
        let rows = rows?;
        let dates = T::record_dates(record);
        let fits = |row: &&T| {
            let same_tag = T::record_tag(record).is_none_or(|tag| tag == row.tag());
            let same_from = dates.from.is_none_or(|from| from == row.date_range().from);
            // A source without dates states the present.
            let is_present = dates.until.is_some() || !self.has_ended(row.date_range());
            let is_ours = row.source() == Some(self.options.source);
            is_present && if is_exact { same_tag && same_from } else { same_tag || is_ours }
        };
        // Of several rows the one that ends as the record does, then one that has not ended.
        let ends_so = |row: &&T| dates.until.is_some_and(|until| until == row.date_range().until);
        let is_going_on = |row: &&T| !self.has_ended(row.date_range());
        let at = rows
            .iter()
            .position(|row| fits(row) && ends_so(row))
            .or_else(|| rows.iter().position(|row| fits(row) && is_going_on(row)))
            .or_else(|| rows.iter().position(fits))?;
        Some(rows.remove(at))
    }

    fn settle_one<T: RelationRow>(&mut self, present: Option<&T>, ends: T::Ends, record: &T::Record)
    where
        Change: From<Edit<T>>,
    {
        let mut row = match present {
            Some(row) => row.clone(),
            None => T::make(self.draft.new_id::<T>(), self.source()),
        };
        row.set(ends, record, self);
        row.set_dates(T::record_dates(record));
        if let Some(present) = present {
            self.touched.insert(EntityRef { kind: T::KIND, id: present.id().into() });
        }
        self.put(row, T::place(record));
    }
}
