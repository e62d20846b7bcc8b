//! The state of a comparison: the draft, the names that are known so far, and what was touched.
//!
//! What is compared with what is in `entities`, `positions`, `relations`, `described` and `templates`.

use chrono::NaiveDate;
use headroom_files::{Diagnostic, Level, Place, records::Records};
use headroom_model::{
    DateRange, Draft, EntityRef, EntityTable, Grouping, GroupingKind, Kind, Person, Plan, Position,
    PositionId, Service, Team, TeamId, field::field, for_kind,
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    names::{DefinedName, EntityNames, KeyLookup, names_of},
    preview::{Preview, counts},
    sift,
};
use crate::described_kinds::described_kinds;

/// How one format is compared.
#[derive(Debug, Clone)]
pub struct DiffOptions {
    /// The first day on which entities that end no longer exist.
    pub today: NaiveDate,
    /// The source is complete: what came from it before and is no longer mentioned ends.
    pub complete: bool,
    /// ID of the format: identifies what came from it before.
    pub source: &'static str,
}

/// A comparison of one source with the plan.
pub(super) struct Differ<'a> {
    pub(super) plan: &'a Plan,
    pub(super) options: &'a DiffOptions,
    pub(super) draft: Draft<'a>,
    pub(super) teams: EntityNames<Team>,
    pub(super) people: EntityNames<Person>,
    pub(super) systems: EntityNames<Grouping>,
    pub(super) domains: EntityNames<Grouping>,
    pub(super) services: EntityNames<Service>,
    pub(super) positions: EntityNames<Position>,
    pub(super) parents: FxHashMap<TeamId, Option<TeamId>>,
    pub(super) managers: FxHashMap<PositionId, Option<PositionId>>,
    /// The names of other kinds with keys that sources can define.
    pub(super) keyed: FxHashMap<Kind, Box<dyn KeyLookup>>,
    pub(super) has_all_aliases: bool,
    /// What the source mentions, if that is asked: see [`Differ::touch`].
    pub(super) touched: FxHashSet<EntityRef>,
    pub(super) ended: FxHashSet<EntityRef>,
    pub(super) problems: Vec<Diagnostic>,
}

impl<'a> Differ<'a> {
    pub(super) fn new(plan: &'a Plan, records: &Records, options: &'a DiffOptions) -> Self {
        let mut draft = Draft::new(plan);
        draft.reserve(records.len());
        let mut problems = records.problems.clone();
        let out = sift::LeftOut::of(plan, records, options.today, &mut problems);
        let groupings = |kind| records.groupings.iter().filter(move |row| row.kind == kind);
        let mut differ = Self {
            teams: EntityNames::new(
                &mut draft,
                &mut problems,
                &out,
                "",
                records.teams.iter().map(|row| DefinedName::new(&row.key, &row.place, &row.aliases)),
            ),
            people: EntityNames::new(
                &mut draft,
                &mut problems,
                &out,
                "",
                records.people.iter().map(|row| DefinedName::new(&row.key, &row.place, &row.aliases)),
            ),
            systems: EntityNames::new(
                &mut draft,
                &mut problems,
                &out,
                GroupingKind::System.noun(),
                groupings(GroupingKind::System)
                    .map(|row| DefinedName::new(&row.key, &row.place, &row.aliases)),
            ),
            domains: EntityNames::new(
                &mut draft,
                &mut problems,
                &out,
                GroupingKind::Domain.noun(),
                groupings(GroupingKind::Domain)
                    .map(|row| DefinedName::new(&row.key, &row.place, &row.aliases)),
            ),
            services: EntityNames::new(
                &mut draft,
                &mut problems,
                &out,
                "",
                records.services.iter().map(|row| DefinedName::new(&row.key, &row.place, &row.aliases)),
            ),
            positions: EntityNames::new(
                &mut draft,
                &mut problems,
                &out,
                "",
                records.positions.iter().map(|row| DefinedName::new(&row.key, &row.place, &None)),
            ),
            keyed: described_kinds()
                .filter_map(|kind| {
                    let names = for_kind!(kind, T => names_of::<T>(&mut draft, &mut problems, &out, records));
                    Some((kind, names?))
                })
                .collect(),
            plan,
            options,
            draft,
            parents: FxHashMap::default(),
            managers: FxHashMap::default(),
            has_all_aliases: records.has_all_aliases,
            touched: FxHashSet::default(),
            ended: FxHashSet::default(),
            problems,
        };
        differ.name_the_nameless(records);
        differ
    }

    fn name_the_nameless(&mut self, records: &Records) {
        for (kind, key) in &records.nameless {
            if records.nameless.iter().filter(|(other, _)| other == kind).count() > 1 {
                continue;
            }
            match kind {
                Kind::Team => self.teams.stand_in_for_empty(key),
                Kind::Person => self.people.stand_in_for_empty(key),
                _ => self.services.stand_in_for_empty(key),
            }
        }
    }

    /// Puts a row into the draft. A text that the plan refuses is left out and reported. A row with a refused amount
    /// or date is left out whole: a figure that no one wrote must not count.
    pub(super) fn put<T: EntityTable>(&mut self, mut row: T, place: &Place) {
        self.touch(EntityRef { kind: T::KIND, id: row.id().into() });
        while let Err(error) = row.check() {
            if sift::spoils(T::KIND, &error.field) {
                self.problems.push(sift::problem(&error, place));
                return;
            }
            let message = format!("{error}; value ignored");
            self.problems.push(Diagnostic::new(Level::Error, place.clone(), message, "correct the value"));
            match without(&row, &error.field) {
                Some(cleared) => row = cleared,
                // Can't happen: every field but the key may be left out, and keys were checked.
                None => return,
            }
        }
        self.draft.put(row);
    }

    /// Notes that the source mentions an entity, which does not end therefore. Of a source that is not complete nobody
    /// asks.
    pub(super) fn touch(&mut self, subject: EntityRef) {
        if self.options.complete {
            self.touched.insert(subject);
        }
    }

    pub(super) fn source(&self) -> Option<String> {
        Some(self.options.source.to_owned())
    }

    pub(super) fn has_ended(&self, span: DateRange) -> bool {
        span.until.is_some_and(|until| until < self.options.today)
    }

    pub(super) fn end_what_vanished(&mut self) {
        if !self.options.complete {
            return;
        }
        if let Some(error) = self.problems.iter().find(|problem| problem.level == Level::Error) {
            let message = "nothing was ended because some of the source could not be read".to_owned();
            let problem = Diagnostic::new(
                Level::Error,
                error.place.clone(),
                message,
                "fix the errors and import again",
            );
            self.problems.push(problem);
            return;
        }
        // Teams, people, groupings and services first, then what relates them.
        let is_first = |kind: &Kind| for_kind!(*kind, T => field::<T>("unconfirmed").is_some());
        let (first, then): (Vec<Kind>, Vec<Kind>) = Kind::ALL.iter().partition(|kind| is_first(kind));
        for kind in first.into_iter().chain(then) {
            for_kind!(kind, T => self.end_vanished::<T>());
        }
    }

    pub(super) fn finish(mut self) -> Preview {
        let mut unresolved = Vec::new();
        unresolved.extend(self.teams.unresolved());
        unresolved.extend(self.people.unresolved());
        unresolved.extend(self.systems.unresolved());
        unresolved.extend(self.domains.unresolved());
        unresolved.extend(self.services.unresolved());
        let changes = self.draft.finish();
        self.problems.sort_by_key(|problem| std::cmp::Reverse(problem.level));
        Preview {
            counts: counts(&changes, &self.ended),
            changes,
            ended: self.ended,
            unresolved,
            problems: self.problems,
        }
    }
}

/// The row with one field as if the source had not stated it; a name falls back to the key.
fn without<T: EntityTable>(row: &T, field: &str) -> Option<T> {
    let mut fields = serde_json::to_value(row).ok()?;
    let object = fields.as_object_mut()?;
    object.remove(field)?;
    if field == "name" {
        object.insert("name".to_owned(), row.key()?.into());
    }
    serde_json::from_value(fields).ok()
}
