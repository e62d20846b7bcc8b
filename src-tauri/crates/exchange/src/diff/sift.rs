//! Leaves out records whose money or dates the plan refuses, before anything refers to them: otherwise an end would
//! become open, or a share full time.

use chrono::NaiveDate;
use headroom_files::{
    Diagnostic, Level, Place,
    records::{Dates, FieldStatement, Records, RowRecord},
};
use headroom_model::{
    DateRange, Entity, EntityTable, FieldError, Grouping, Kind, Person, Plan, Position, Service, Team,
    entity::check_span,
    field::{FieldSpec, FieldType, field},
    for_kind,
};
use rustc_hash::FxHashSet;

use crate::described_kinds::{has_key, is_described};

use super::overlay::{overlay_position, set_dates};

/// Whether a row would mean something else without the value of this field.
pub(super) fn spoils(kind: Kind, name: &str) -> bool {
    for_kind!(kind, T => field::<T>(name).is_none_or(|field| match kind {
        Kind::Approval => !matches!(name, "note" | "name" | "by"),
        // Everything but a note says which one it is, how much, for whom or when.
        kind if is_described(kind) => {
            let is_text = matches!(field.field_type, FieldType::Text | FieldType::List);
            !is_text || field.is_identity || name == "key"
        }
        _ => counts(field),
    }))
}

fn counts<T>(field: &FieldSpec<T>) -> bool {
    match field.field_type {
        FieldType::Date | FieldType::Decimal | FieldType::Amount | FieldType::Rate => true,
        // Of working time.
        FieldType::Number => field.name == "share",
        _ => false,
    }
}

pub(super) fn problem(error: &FieldError, place: &Place) -> Diagnostic {
    let message = format!("{error}; row skipped");
    Diagnostic::new(Level::Error, place.clone(), message, "correct the value")
}

/// Entities left out, which others refer to by key. What the plan has of them stays.
pub(super) struct LeftOut<'r>(FxHashSet<(Kind, &'r str, &'r Place)>);

impl<'r> LeftOut<'r> {
    /// Reports each.
    pub fn of(plan: &Plan, records: &'r Records, today: NaiveDate, problems: &mut Vec<Diagnostic>) -> Self {
        let mut sieve = Sieve { plan, today, problems, out: FxHashSet::default() };
        for record in &records.teams {
            sieve.dated::<Team>("", &record.key, &record.dates, &record.place);
        }
        for record in &records.people {
            sieve.dated::<Person>("", &record.key, &record.dates, &record.place);
        }
        for record in &records.groupings {
            sieve.dated::<Grouping>(record.kind.noun(), &record.key, &record.dates, &record.place);
        }
        for record in &records.services {
            sieve.dated::<Service>("", &record.key, &record.dates, &record.place);
        }
        for record in &records.positions {
            let known = plan.find::<Position>(&record.key).and_then(|id| plan.positions.get(id));
            let mut row =
                known.cloned().unwrap_or_else(|| Position { key: record.key.clone(), ..Position::default() });
            overlay_position(&mut row, record);
            let days = sieve.days(row.date_range(), &record.dates);
            (row.from, row.until) = (days.from, days.until);
            sieve.look(Kind::Position, &record.key, row.check(), &record.place);
        }
        for record in &records.rows {
            for_kind!(record.kind, T => sieve.row::<T>(record));
        }
        Self(sieve.out)
    }

    pub fn has(&self, kind: Kind, key: &str, place: &Place) -> bool {
        self.0.contains(&(kind, key, place))
    }
}

struct Sieve<'r, 'p> {
    plan: &'p Plan,
    today: NaiveDate,
    problems: &'p mut Vec<Diagnostic>,
    out: FxHashSet<(Kind, &'r str, &'r Place)>,
}

impl<'r> Sieve<'r, '_> {
    fn dated<T: EntityTable>(
        &mut self,
        key_space: &'static str,
        key: &'r str,
        said: &Dates,
        place: &'r Place,
    ) {
        let known = self.plan.find_in::<T>(key_space, key).and_then(|id| self.plan.get::<T>(id));
        let days = self.days(known.map(Entity::date_range).unwrap_or_default(), said);
        self.look(T::KIND, key, check_span(days), place);
    }

    /// Only rows with a key are referred to.
    fn row<T: EntityTable>(&mut self, record: &'r RowRecord) {
        let Some(key) = record.text("key").filter(|_| has_key::<T>()) else { return };
        let known = self.plan.find::<T>(key).and_then(|id| self.plan.get::<T>(id));
        let mut row = known.cloned().unwrap_or_default();
        for (name, said) in &record.fields {
            if let (Some(field), FieldStatement::Value(value)) = (field::<T>(name), said) {
                field.value_mut(&mut row).set_json(value);
            }
        }
        self.look(T::KIND, key, row.check(), &record.place);
    }

    fn days(&self, known: DateRange, said: &Dates) -> DateRange {
        let has_ended = known.until.is_some_and(|until| until < self.today);
        let DateRange { mut from, mut until } = known;
        set_dates(said, has_ended, &mut from, &mut until);
        DateRange::new(from, until)
    }

    fn look(&mut self, kind: Kind, key: &'r str, checked: Result<(), FieldError>, place: &'r Place) {
        match checked {
            Err(error) if spoils(kind, &error.field) => {
                self.problems.push(problem(&error, place));
                self.out.insert((kind, key, place));
            }
            _ => {}
        }
    }
}
