//! Generic editing: fields of any entity, new entities, and ends.

use chrono::NaiveDate;
use headroom_model::{
    Change, DateRange, Draft, EntityRef, FieldError, Grouping, Kind, Plan, field_label, fields,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    at::At,
    effect::{Effect, effect},
    entities::{
        entity::{EntityKind, NamedEntity},
        id::Id,
    },
    error::Answer,
    late_edit::apply_as_seen,
    ownership::assign::OwnerChoice,
    state::AppState,
    use_case::{UseCase, use_cases},
};

pub(crate) const USE_CASES: &[UseCase] = use_cases! {
    choices, confirm_entity, create, end, end_preview, remove_whole, remove_several, remove_several_preview, rename_plan, set_fields,
};

/// A value from a form.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum FieldValue {
    Nothing,
    Text(String),
    /// Also the ID of an entity that a field refers to.
    Number(Id),
    List(Vec<String>),
    Flag(bool),
    Owner(OwnerChoice),
}

impl From<FieldValue> for Value {
    fn from(value: FieldValue) -> Self {
        match value {
            FieldValue::Nothing => Value::Null,
            FieldValue::Text(text) => text.into(),
            FieldValue::Number(number) => number.0.into(),
            FieldValue::List(items) => items.into(),
            FieldValue::Flag(flag) => flag.into(),
            FieldValue::Owner(owner) => {
                let kind = if owner.kind == EntityKind::Person { "person" } else { "team" };
                serde_json::json!({ kind: owner.id })
            }
        }
    }
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldEdit {
    pub field: String,
    pub value: FieldValue,
    /// What the form was opened with, if it was opened before: somebody else may have changed it meanwhile.
    #[serde(default)]
    #[specta(optional)]
    pub was: Option<FieldValue>,
}

pub(crate) fn values(edits: Vec<FieldEdit>) -> Vec<(String, Value)> {
    edits.into_iter().map(|edit| (edit.field, edit.value.into())).collect()
}

/// Sets fields of an entity, as one undoable step. An error names the field.
#[specta::specta]
pub fn set_fields(app: &AppState, kind: EntityKind, id: Id, edits: Vec<FieldEdit>) -> Answer<()> {
    let subject = EntityRef { kind: kind.into(), id: id.0 };
    let what = edits.iter().map(|edit| field_label(kind.into(), &edit.field)).collect::<Vec<_>>().join(", ");
    let app = &app.home_of(kind);
    let plan = app.plan()?;
    let seen = seen(&plan, subject, &edits);
    let mut draft = Draft::new(&plan);
    fields::set(&mut draft, subject, &values(edits))?;
    let (label, changes) = (format!("Changed {what} of {}", plan.name_of(subject)), draft.finish());
    drop(plan);
    apply_as_seen(app, label, changes, &seen)
}

/// What leads from the plan to what the form was opened with: nothing where that is what the plan has, or can no longer
/// be, since it refers to something that is gone.
fn seen(plan: &Plan, subject: EntityRef, edits: &[FieldEdit]) -> Vec<Change> {
    let was = |edit: &FieldEdit| Some((edit.field.clone(), Value::from(edit.was.clone()?)));
    // What has no name is shown by its key.
    let is_shown_so = |(field, value): &(String, Value)| {
        field == "name" && value.as_str() == Some(plan.name_of(subject).as_str())
    };
    let values: Vec<(String, Value)> = edits.iter().filter_map(was).filter(|one| !is_shown_so(one)).collect();
    let mut draft = Draft::new(plan);
    match fields::set(&mut draft, subject, &values) {
        Ok(()) => draft.finish(),
        Err(_) => Vec::new(),
    }
}

/// Creates an entity with these fields; answers with it.
#[specta::specta]
pub fn create(app: &AppState, kind: EntityKind, edits: Vec<FieldEdit>) -> Answer<NamedEntity> {
    let values = values(edits);
    let name = values.iter().find(|(field, _)| field == "name").and_then(|(_, value)| value.as_str());
    let label = match name {
        Some(name) => format!("Added {} {name}", Kind::from(kind).noun()),
        None => format!("Added {}", Kind::from(kind).noun()),
    };
    let made = app.edit(|_| label, |draft| Ok(fields::create(draft, kind.into(), &values)?))?;
    Ok(NamedEntity::new(&*app.plan()?, made))
}

/// Ends these entities: the day is the first on which they no longer hold.
#[specta::specta]
pub fn end(app: &AppState, kind: EntityKind, ids: Vec<Id>, day: Option<NaiveDate>) -> Answer<()> {
    let day = day.unwrap_or_else(crate::state::today);
    app.edit(
        |plan| end_label(plan, kind, &ids),
        |draft| {
            for id in &ids {
                end_one(draft, EntityRef { kind: kind.into(), id: id.0 }, day)?;
            }
            Ok(())
        },
    )
}

/// The effect of an [`end`] on the day of `at`, the first on which the entity no longer holds, without making it.
#[specta::specta]
pub fn end_preview(app: &AppState, kind: EntityKind, id: Id, at: At) -> Answer<Effect> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let mut draft = Draft::new(plan);
    end_one(&mut draft, EntityRef { kind: kind.into(), id: id.0 }, at.shown_day())?;
    effect(app, &view, end_label(plan, kind, &[id]), draft.finish())
}

fn end_label(plan: &Plan, kind: EntityKind, ids: &[Id]) -> String {
    format!("{} {}", ended(kind), subjects(plan, kind, ids))
}

/// The past participle for ended entities of a kind.
fn ended(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "Offboarded",
        EntityKind::Service => "Retired",
        EntityKind::Team => "Dissolved",
        EntityKind::Position => "Closed",
        _ => "Ended",
    }
}

fn end_one(draft: &mut Draft<'_>, subject: EntityRef, day: NaiveDate) -> Result<(), FieldError> {
    use headroom_model::Entity;
    let span = headroom_model::for_kind!(subject.kind, T => {
        draft.get::<T>(subject.id.into()).map_or(DateRange::ALWAYS, Entity::date_range)
    });
    let until = span.ended_before(day).until;
    fields::set(draft, subject, &[("until".to_owned(), serde_json::json!(until))])
}

/// Deletes the entity with everything that refers to it; undo restores it.
#[specta::specta]
pub fn remove_whole(app: &AppState, kind: EntityKind, id: Id) -> Answer<()> {
    let subject = EntityRef { kind: kind.into(), id: id.0 };
    app.edit(
        |plan| format!("Deleted {}", plan.name_of(subject)),
        |draft| {
            headroom_model::delete_cascading(draft, subject);
            Ok(())
        },
    )
}

/// Deletes these entities of one kind with everything that refers to them, as one step; undo restores them.
#[specta::specta]
pub fn remove_several(app: &AppState, kind: EntityKind, ids: Vec<Id>) -> Answer<()> {
    app.edit(
        |plan| format!("Deleted {}", subjects(plan, kind, &ids)),
        |draft| {
            delete_all(draft, kind, &ids);
            Ok(())
        },
    )
}

/// The effect of [`remove_several`], without deleting anything.
#[specta::specta]
pub fn remove_several_preview(app: &AppState, kind: EntityKind, ids: Vec<Id>, at: At) -> Answer<Effect> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let mut draft = Draft::new(plan);
    delete_all(&mut draft, kind, &ids);
    effect(app, &view, format!("Deleted {}", subjects(plan, kind, &ids)), draft.finish())
}

fn delete_all(draft: &mut Draft<'_>, kind: EntityKind, ids: &[Id]) {
    for id in ids {
        headroom_model::delete_cascading(draft, EntityRef { kind: kind.into(), id: id.0 });
    }
}

/// Confirms an unconfirmed entity.
#[specta::specta]
pub fn confirm_entity(app: &AppState, kind: EntityKind, id: Id) -> Answer<()> {
    let subject = EntityRef { kind: kind.into(), id: id.0 };
    app.edit(
        |plan| format!("Confirmed {}", plan.name_of(subject)),
        |draft| Ok(fields::set(draft, subject, &[("unconfirmed".to_owned(), false.into())])?),
    )
}

fn subjects(plan: &Plan, kind: EntityKind, ids: &[Id]) -> String {
    match ids {
        [one] => plan.name_of(EntityRef { kind: kind.into(), id: one.0 }),
        many if kind == EntityKind::Person => format!("{} people", many.len()),
        many => format!("{} {}s", many.len(), Kind::from(kind).noun()),
    }
}

/// Renames the plan; an empty name goes back to that of its file.
#[specta::specta]
pub fn rename_plan(app: &AppState, name: String) -> Answer<()> {
    let label = if name.is_empty() {
        "Reset the plan’s name".to_owned()
    } else {
        format!("Renamed the plan to {name}")
    };
    app.edit(
        |_| label,
        |draft| {
            draft.set("plan.name", &name);
            Ok(())
        },
    )
}

/// An option of a picker: a system, domain, or type in use.
#[derive(Debug, serde::Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GroupingChoice {
    pub team_kinds: Vec<String>,
    pub service_kinds: Vec<String>,
    pub lifecycles: Vec<String>,
    pub roles: Vec<String>,
    pub systems: Vec<NamedEntity>,
    pub domains: Vec<NamedEntity>,
}

/// Options for the pickers of a form: what is in use already, usual terms first.
#[specta::specta]
pub fn choices(app: &AppState) -> Answer<GroupingChoice> {
    let plan = app.plan()?;
    let used = |usual: &[&str], found: &mut dyn Iterator<Item = &String>| {
        let mut all: Vec<String> = found.filter(|text| !text.is_empty()).cloned().collect();
        all.sort();
        all.dedup();
        all.retain(|text| !usual.contains(&text.as_str()));
        usual.iter().map(|text| (*text).to_owned()).chain(all).collect()
    };
    let groupings = |kind| {
        let found = plan.in_order::<Grouping>().into_iter().filter(|row| row.kind == kind);
        found.map(|row| NamedEntity::new(&plan, row.id)).collect()
    };
    Ok(GroupingChoice {
        team_kinds: used(
            &["stream-aligned", "platform", "enabling", "complicated-subsystem", "grouping"],
            &mut plan.teams.iter().map(|team| &team.kind),
        ),
        service_kinds: used(
            &["service", "library", "website", "api", "resource"],
            &mut plan.services.iter().map(|service| &service.kind),
        ),
        lifecycles: used(
            &["experimental", "production", "deprecated"],
            &mut plan.services.iter().map(|service| &service.lifecycle),
        ),
        roles: used(&["lead", "member"], &mut plan.memberships.iter().map(|row| &row.role)),
        systems: groupings(headroom_model::GroupingKind::System),
        domains: groupings(headroom_model::GroupingKind::Domain),
    })
}
