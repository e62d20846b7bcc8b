//! Compares rows by the descriptions of their fields: those with a key by it, others by what they are about.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_files::{
    Diagnostic, Level, Place,
    records::{Dates, FieldStatement, KeyRef, OwnerKind, OwnerRef, Records, RowRecord, Stated},
    shortened,
};
use headroom_model::{
    EntityRef, EntityTable, Grouping, GroupingKind, Kind, Plan,
    field::{FieldSpec, FieldType, field, identity},
    for_kind,
};
use rayon::prelude::*;
use serde_json::{Value, json};

use super::{
    differ::Differ,
    relations::{RelationRecord, new_row, source_of},
};
use crate::{
    described_kinds::{described_kinds, has_key},
    known_entities::KnownEntities,
    registry::BILL,
};

/// What a row says in some of its fields. Rows come by the hundred thousand: clones share it.
type IdentityText = Arc<[u8]>;

fn text_of<T: EntityTable>(row: &T, fields: &[&FieldSpec<T>]) -> IdentityText {
    let mut text = Vec::with_capacity(160);
    for field in fields {
        field.value(row).append_json(&mut text);
        text.push(b',');
    }
    text.into()
}

/// A record whose references have been found.
pub(super) struct ResolvedRow<'r, T: EntityTable> {
    place: &'r Place,
    /// What the record states, in a row that is empty otherwise.
    pub(super) said: T,
    stated: Vec<&'static FieldSpec<T>>,
    dates: Dates,
    /// What it is about, once all are resolved.
    identity: IdentityText,
}

impl<T: EntityTable> ResolvedRow<'_, T> {
    fn overwrite(&self, row: &mut T) {
        self.stated.iter().for_each(|field| field.copy(&self.said, row));
    }
}

impl<T: EntityTable> RelationRecord for ResolvedRow<'_, T> {
    type Row = T;
    /// What it is about.
    type Ends = IdentityText;

    fn ends_of(row: &T) -> Self::Ends {
        text_of(row, &identity::<T>())
    }

    fn dates(&self) -> &Dates {
        &self.dates
    }

    fn place(&self) -> &Place {
        self.place
    }

    /// What it is about is the same in both, or empty in both.
    fn set(&self, row: &mut T, _ends: Self::Ends, _differ: &Differ<'_>) {
        self.overwrite(row);
    }

    /// They are among the fields.
    fn set_dates(&self, _row: &mut T) {}
}

pub(super) fn records_of<T: EntityTable>(records: &Records) -> impl Iterator<Item = &RowRecord> {
    records.rows.iter().filter(|row| row.kind == T::KIND)
}

impl Differ<'_> {
    pub(super) fn described(&mut self, records: &Records) {
        for kind in described_kinds() {
            match kind {
                Kind::Observation => self.figures(&records.figures),
                Kind::CostLine if self.options.source == BILL => self.restate_bill(records),
                _ => for_kind!(kind, T => self.described_kind::<T>(records)),
            }
        }
    }

    fn described_kind<T: EntityTable>(&mut self, records: &Records) {
        let Some(names) = self.keyed.get_mut(&T::KIND) else {
            let mut resolved: Vec<ResolvedRow<'_, T>> = Vec::with_capacity(records_of::<T>(records).count());
            resolved.extend(records_of::<T>(records).filter_map(|record| self.resolved(record)));
            let fields = identity::<T>();
            resolved.par_iter_mut().for_each(|record| record.identity = text_of(&record.said, &fields));
            return self.settle(&resolved, |_, record| Some(record.identity.clone()));
        };
        let ids = names.records();
        for (record, id) in records_of::<T>(records).zip(ids) {
            if let Some(id) = id {
                self.put_keyed::<T>(record, id.into());
            }
        }
    }

    fn put_keyed<T: EntityTable>(&mut self, record: &RowRecord, id: T::Id) {
        let Some(resolved) = self.resolved::<T>(record) else { return };
        let known = self.plan.get::<T>(id).cloned();
        let key = known.as_ref().and_then(|row| row.key().map(str::to_owned));
        let mut row = known.unwrap_or_else(|| new_row(id, self.source()));
        let has_ended = self.has_ended(row.date_range());
        resolved.overwrite(&mut row);
        // A key never changes, whatever its case in the source.
        if let (Some(key), Some(field)) = (key, field::<T>("key")) {
            field.value_mut(&mut row).set_json(&key.into());
        }
        // What a source without dates mentions exists.
        if has_ended && resolved.dates.until.is_none() {
            set_day(&mut row, "until", None);
        }
        self.put(row, &record.place);
    }

    /// The record with its references found; none if it is about something that does not exist: it would hold for
    /// everyone.
    pub(super) fn resolved<'r, T: EntityTable>(
        &mut self,
        record: &'r RowRecord,
    ) -> Option<ResolvedRow<'r, T>> {
        let mut row = ResolvedRow {
            place: &record.place,
            said: T::default(),
            stated: Vec::with_capacity(record.fields.len()),
            dates: Dates { from: day(record, "from"), until: day(record, "until") },
            identity: IdentityText::default(),
        };
        for (name, said) in &record.fields {
            let Some(field) = field::<T>(name) else { continue };
            let value = match said {
                FieldStatement::Value(value) => value.clone(),
                FieldStatement::Reference(key) => match self.referred(field.field_type, key, &record.place) {
                    Some(value) => value,
                    None if field.is_required() || field.is_identity => return None,
                    None => Value::Null,
                },
                FieldStatement::FirstKnown(keys) => {
                    let known = keys.iter().find(|key| self.is_known(key));
                    let Some(known) = known else {
                        self.tell_unknown(T::KIND, keys, &record.place);
                        return None;
                    };
                    self.referred(field.field_type, known, &record.place)?
                }
                FieldStatement::References(keys) => {
                    let found = keys.iter().filter_map(|key| {
                        let kind = key.kind?;
                        self.entity(kind, &key.key, &record.place).map(|target| target.id)
                    });
                    found.collect::<Vec<_>>().into()
                }
            };
            if field.value_mut(&mut row.said).set_json(&value) {
                row.stated.push(field);
            }
        }
        Some(row)
    }

    fn is_known(&mut self, key: &KeyRef) -> bool {
        match key.kind {
            Some(Kind::Service) => self.services.find(&key.key).is_some(),
            Some(kind) => self.known(kind, &key.key).is_some(),
            None => false,
        }
    }

    fn tell_unknown(&mut self, of: Kind, keys: &[KeyRef], place: &Place) {
        let noun = keys.first().and_then(|key| key.kind).map_or("entity", Kind::noun);
        let names: Vec<String> = keys.iter().map(|key| format!("“{}”", shortened(&key.key))).collect();
        let message = format!(
            "the file names no {noun}, and there is none called {}; {} skipped",
            names.join(" or "),
            of.noun()
        );
        let advice = format!("name the {noun} in the file, or import it first");
        self.problems.push(Diagnostic::new(Level::Warning, place.clone(), message, advice));
    }

    /// The entity, as a field of this type has it in JSON.
    fn referred(&mut self, field_type: FieldType, key: &KeyRef, place: &Place) -> Option<Value> {
        let FieldType::Reference(kinds) = field_type else { return None };
        if let [kind] = kinds {
            return self.entity(*kind, &key.key, place).map(|target| target.id.into());
        }
        let kind = match key.kind {
            Some(Kind::Person) => OwnerKind::Person,
            Some(_) => OwnerKind::Team,
            None => OwnerKind::Either,
        };
        let owner = self.owner(&OwnerRef { kind, key: key.key.clone() }, place)?;
        let target = EntityRef::from(owner);
        Some(json!({ target.kind.word(): target.id }))
    }

    /// The entity of a kind with this key. Teams, people and services that are defined nowhere become stubs; of others
    /// it is reported.
    pub(super) fn entity(&mut self, kind: Kind, key: &str, place: &Place) -> Option<EntityRef> {
        match kind {
            Kind::Team => self.team(key, place).map(EntityRef::from),
            Kind::Person => self.person(key, place).map(EntityRef::from),
            Kind::Service => self.service(key, place).map(EntityRef::from),
            Kind::Position => self.known_position(key, place).map(EntityRef::from),
            kind => {
                let found = match self.keyed.get_mut(&kind) {
                    Some(names) => names.id(key),
                    None => self.known(kind, key),
                };
                if found.is_none() {
                    let noun = kind.noun();
                    let message = format!("no {noun} “{key}” here or in the plan; ignored");
                    let advice = format!("add the {noun} or correct its ID");
                    self.problems.push(Diagnostic::new(Level::Warning, place.clone(), message, advice));
                }
                found.map(|id| EntityRef { kind, id })
            }
        }
    }

    /// An entity of the plan by its key, or by its ID if its kind has no keys.
    fn known(&self, kind: Kind, key: &str) -> Option<u64> {
        if kind == Kind::Grouping {
            let find = |kind: GroupingKind| KnownEntities::<Grouping>::new(self.plan, kind.noun()).find(key);
            return GroupingKind::ALL.into_iter().find_map(find).map(u64::from);
        }
        for_kind!(kind, T => known_of::<T>(self.plan, key))
    }

    /// Ends the rows of a kind that came from the source and are no longer mentioned, if its rows can end.
    pub(super) fn end_vanished<T: EntityTable>(&mut self) {
        if field::<T>("source").is_none() || field::<T>("until").is_none() {
            return;
        }
        for row in T::table(self.plan) {
            let subject = EntityRef { kind: T::KIND, id: row.id().into() };
            let is_ours = source_of(row) == Some(self.options.source);
            let is_stub = || field::<T>("unconfirmed").is_some_and(|field| !field.value(row).is_empty());
            if !is_ours || is_stub() || self.touched.contains(&subject) || self.has_ended(row.date_range()) {
                continue;
            }
            let mut ended = row.clone();
            set_day(&mut ended, "until", row.date_range().ended_before(self.options.today).until);
            if ended != *row {
                self.draft.put(ended);
                self.ended.insert(subject);
            }
        }
    }
}

fn known_of<T: EntityTable>(plan: &Plan, key: &str) -> Option<u64> {
    if has_key::<T>() {
        return KnownEntities::<T>::new(plan, T::default().key_space()).find(key).map(Into::into);
    }
    key.parse().ok().filter(|id: &u64| T::table(plan).get((*id).into()).is_some())
}

pub(super) fn set_day<T: EntityTable>(row: &mut T, name: &str, day: Option<NaiveDate>) {
    if let Some(field) = field::<T>(name) {
        field.value_mut(row).set_json(&json!(day));
    }
}

/// The day that a record states in a field.
fn day(record: &RowRecord, name: &str) -> Stated<Option<NaiveDate>> {
    let (_, said) = record.fields.iter().find(|(field, _)| *field == name)?;
    match said {
        FieldStatement::Value(value) => Some(value.as_str().and_then(|day| day.parse().ok())),
        _ => None,
    }
}
