//! Forms: what a form says and asks of each field of an entity, by its description.

use headroom_model::{
    Entity, FieldSpec, FieldType, Kind, MergeRule, Plan, currency_of,
    field::{Names, TextLimit},
    for_kind,
    wording::capitalized,
};
use serde::Serialize;

use crate::{
    entities::entity::EntityKind,
    error::Answer,
    state::AppState,
    use_case::{UseCase, use_cases},
};

pub(crate) const USE_CASES: &[UseCase] = use_cases! { fields_of };

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum FieldControl {
    Text,
    /// Several lines.
    LongText,
    /// Texts with `;` between them.
    List,
    Flag,
    Number,
    Date,
    /// One of [`FormField::words`].
    Word,
    /// An entity of one of [`FormField::kinds`].
    Entity,
    /// A value as it is written: an amount, a currency, a rate, a percentage.
    Value,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FormWord {
    pub word: String,
    pub label: String,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FormField {
    /// As edits name it: `need_by`.
    pub name: String,
    /// `Needed by`.
    pub label: String,
    pub control: FieldControl,
    pub words: Vec<FormWord>,
    pub kinds: Vec<EntityKind>,
    /// The value of a new entity, as it is typed; empty if there is none.
    pub default: String,
    pub example: String,
    /// What stands behind the value: `%`, the currency of the plan behind a rate.
    pub unit: String,
    pub is_required: bool,
    /// It may say what one person is paid.
    pub is_pay: bool,
}

/// The fields of a kind that a form can ask for, in the order of its description.
#[specta::specta]
pub fn fields_of(app: &AppState, kind: EntityKind) -> Answer<Vec<FormField>> {
    let plan = app.home_of(kind).plan()?;
    Ok(form_of(&plan, kind.into()))
}

/// [`fields_of`] for a plan.
pub fn form_of(plan: &Plan, kind: Kind) -> Vec<FormField> {
    for_kind!(kind, T => fields::<T>(plan))
}

/// What no one fills in by hand: where a row is from, and what other formats said of it.
const OF_SOURCES: [&str; 3] = ["source", "extra", "unconfirmed"];

fn fields<T: Entity>(plan: &Plan) -> Vec<FormField> {
    let is_asked = |field: &&FieldSpec<T>| {
        !field.is_internal && !OF_SOURCES.contains(&field.name) && field.merge != MergeRule::Place
    };
    T::FIELDS.iter().filter(is_asked).filter_map(|field| form_field(plan, field)).collect()
}

/// None for a field that has a structure of its own, and a control of its own on a page.
fn form_field<T: Entity>(plan: &Plan, field: &FieldSpec<T>) -> Option<FormField> {
    let empty = T::default();
    let control = control(field)?;
    let has_default = matches!(control, FieldControl::Word | FieldControl::Number | FieldControl::Value);
    Some(FormField {
        name: field.name.to_owned(),
        label: capitalized(field.label),
        control,
        words: words(plan, field),
        kinds: match field.field_type {
            FieldType::Reference(kinds) => kinds.iter().map(|kind| (*kind).into()).collect(),
            _ => Vec::new(),
        },
        default: match field.value(&empty).json() {
            serde_json::Value::String(text) if has_default && !field.is_required() => text,
            serde_json::Value::Number(number) if has_default => number.to_string(),
            _ => String::new(),
        },
        example: example(field.field_type).to_owned(),
        unit: match field.field_type {
            FieldType::Availability => "%".to_owned(),
            FieldType::Rate => currency_of(plan).to_string(),
            _ => String::new(),
        },
        // A key is made from the name.
        is_required: field.is_required() && field.name != "key",
        is_pay: field.is_pay,
    })
}

fn control<T>(field: &FieldSpec<T>) -> Option<FieldControl> {
    Some(match field.field_type {
        FieldType::Text if matches!(field.limit, TextLimit::Long | TextLimit::Document) => {
            FieldControl::LongText
        }
        FieldType::Text => FieldControl::Text,
        FieldType::List => FieldControl::List,
        FieldType::Flag => FieldControl::Flag,
        FieldType::Number => FieldControl::Number,
        FieldType::Date => FieldControl::Date,
        FieldType::OneOf(_) => FieldControl::Word,
        FieldType::Reference(_) => FieldControl::Entity,
        FieldType::Amount
        | FieldType::Currency
        | FieldType::Decimal
        | FieldType::Rate
        | FieldType::Availability
        | FieldType::Figure
        | FieldType::MetricValue
        | FieldType::Window
        | FieldType::Time => FieldControl::Value,
        FieldType::References(_) | FieldType::Structure => return None,
    })
}

fn words<T: Entity>(names: &dyn Names, field: &FieldSpec<T>) -> Vec<FormWord> {
    let FieldType::OneOf(words) = field.field_type else { return Vec::new() };
    let label = |word: &str| {
        let mut row = T::default();
        field.value_mut(&mut row).set_json(&word.into());
        capitalized(&field.words(&row, names))
    };
    words.iter().map(|word| FormWord { word: (*word).to_owned(), label: label(word) }).collect()
}

fn example(field_type: FieldType) -> &'static str {
    match field_type {
        FieldType::Date => "12 Mar 2027",
        FieldType::Amount => "85000 EUR",
        FieldType::Currency => "USD",
        FieldType::Decimal => "0.6",
        FieldType::Rate => "0.92",
        FieldType::Availability => "99.95",
        FieldType::Figure => "6000 EUR or 12.5%",
        FieldType::MetricValue => "11.5, 12% or 48000 EUR",
        FieldType::Window => "30d, 4w or 1M calendar",
        FieldType::Time => "2027-03-12 08:05",
        _ => "",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn field(kind: Kind, name: &str) -> FormField {
        form_of(&Plan::default(), kind).into_iter().find(|field| field.name == name).unwrap()
    }

    #[test]
    fn every_kind_has_a_form_with_labels() {
        for kind in Kind::ALL {
            let fields = form_of(&Plan::default(), *kind);
            assert!(!fields.is_empty(), "{kind:?}");
            assert!(fields.iter().all(|field| !field.label.is_empty()), "{kind:?}");
            let needs = |field: &FormField| match field.control {
                FieldControl::Word => !field.words.is_empty(),
                FieldControl::Entity => !field.kinds.is_empty(),
                _ => true,
            };
            assert!(fields.iter().all(needs), "{kind:?}");
        }
    }

    #[test]
    fn form_follows_the_description() {
        let status = field(Kind::Position, "status");
        assert_eq!(
            (status.control, status.words.len(), &*status.default),
            (FieldControl::Word, 6, "planned")
        );
        let rate = field(Kind::ExchangeRate, "rate");
        assert!(rate.is_required && rate.default.is_empty() && rate.unit == "EUR");
        let owner = field(Kind::Ownership, "owner");
        assert_eq!(owner.kinds, [EntityKind::Team, EntityKind::Person]);
        assert!(field(Kind::Assignment, "pay").is_pay && !field(Kind::Budget, "amount").is_pay);
        assert!(!field(Kind::Team, "key").is_required && field(Kind::Team, "name").is_required);
        assert_eq!(field(Kind::Position, "fte").default, "1");
    }
}
