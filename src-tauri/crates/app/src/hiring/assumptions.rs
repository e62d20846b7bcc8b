//! The assumptions of the plan and their sources.

use chrono::NaiveDate;
use headroom_analysis::{
    assumptions::{KINDS, Unit, kind},
    cost::currency_of,
};
use headroom_model::{
    Assumption, AssumptionId, AssumptionValue, Currency, Entity, EntityRef, FieldError, PersonId, PositionId,
    TeamId,
};
use serde::{Deserialize, Serialize};

use crate::{
    entities::{entity::NamedEntity, id::Id},
    error::Answer,
    hiring::budgets::amount,
    state::AppState,
};

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AssumptionRow {
    pub id: Id,
    pub kind: String,
    pub label: String,
    /// None if it is a salary and salaries are hidden.
    pub value: Option<String>,
    pub cap: String,
    pub person: Option<NamedEntity>,
    pub position: Option<NamedEntity>,
    pub level: String,
    pub discipline: String,
    pub location: String,
    pub team: Option<NamedEntity>,
    pub origin: String,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AssumptionKindRow {
    pub id: String,
    pub title: String,
    pub meaning: String,
    /// Used where no row matches; empty if there is no default.
    pub default: String,
    pub default_origin: String,
    pub adds_up: bool,
    /// An example of a value.
    pub example: String,
    /// A rate of this type may have a cap.
    pub has_cap: bool,
    pub rows: Vec<AssumptionRow>,
}

/// Every type, with the assumptions of the plan.
#[specta::specta]
pub fn assumptions(app: &AppState) -> Answer<Vec<AssumptionKindRow>> {
    let plan = app.plan()?;
    let named = |row: &Assumption| {
        (
            row.person.map(|id| NamedEntity::new(&plan, id)),
            row.position.map(|id| NamedEntity::new(&plan, id)),
            row.team.map(|id| NamedEntity::new(&plan, id)),
        )
    };
    let row = |row: &Assumption| {
        let (person, position, team) = named(row);
        AssumptionRow {
            id: row.id.into(),
            kind: row.kind.clone(),
            label: row.label.clone(),
            value: (!row.is_pay() || app.pay.is_shown()).then(|| row.value.to_string()),
            cap: row.cap.map(|cap| cap.to_string()).unwrap_or_default(),
            person,
            position,
            level: row.level.clone(),
            discipline: row.discipline.clone(),
            location: row.location.clone(),
            team,
            origin: row.origin.clone(),
            from: row.from,
            until: row.until,
        }
    };
    let kinds = KINDS.iter().map(|kind| {
        let mut rows: Vec<&Assumption> = plan.assumptions.iter().filter(|row| row.kind == kind.id).collect();
        // Hidden values must not be revealed by their order.
        let size = |row: &Assumption| if app.pay.is_shown() || !row.is_pay() { size(&row.value) } else { 0 };
        let whom = |row: &Assumption| {
            let place = |of: Option<EntityRef>| of.map(|of| plan.place_of(of));
            let words = [&row.level, &row.discipline, &row.location].map(String::clone);
            let named = [row.person.map(Into::into), row.position.map(Into::into), row.team.map(Into::into)];
            (named.map(place), words)
        };
        rows.sort_by_cached_key(|row| (row.label.clone(), row.from, size(row), whom(row), row.until));
        AssumptionKindRow {
            id: kind.id.to_owned(),
            title: kind.title.to_owned(),
            meaning: kind.meaning.to_owned(),
            default: kind.default.unwrap_or_default().to_owned(),
            default_origin: kind.origin.to_owned(),
            adds_up: kind.adds_up,
            example: example(kind.unit).to_owned(),
            has_cap: kind.unit == Unit::RateOrAmount,
            rows: rows.into_iter().map(row).collect(),
        }
    });
    Ok(kinds.collect())
}

/// A sort key: smaller values come before larger ones.
fn size(value: &AssumptionValue) -> i64 {
    match value {
        AssumptionValue::Amount(money) => money.minor,
        AssumptionValue::Share(number) | AssumptionValue::Number(number) => number.millionths(),
        AssumptionValue::Curve(points) => points.first().map_or(0, |point| point.millionths()),
        AssumptionValue::DaysOff(_) => 0,
    }
}

fn example(unit: Unit) -> &'static str {
    match unit {
        Unit::AmountPerYear => "72000 EUR per year",
        Unit::AmountOnce => "2500 EUR",
        Unit::RateOrAmount => "12.5% or 6000 EUR per year",
        Unit::Rate => "12.5%",
        Unit::Days => "58 days",
        Unit::Hours => "2 hours",
        Unit::Minutes => "18 minutes",
        Unit::People => "4",
        Unit::Curve => "20% 50% 100%",
        Unit::Weekdays => "Fri Sat",
    }
}

/// An assumption from a form.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AssumptionEdit {
    pub id: Option<Id>,
    pub kind: String,
    pub label: String,
    /// None leaves it unchanged.
    pub value: Option<String>,
    pub cap: String,
    pub person: Option<Id>,
    pub position: Option<Id>,
    pub level: String,
    pub discipline: String,
    pub location: String,
    pub team: Option<Id>,
    pub origin: String,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

/// Creates or changes an assumption; its type must accept the value.
#[specta::specta]
pub fn set_assumption(app: &AppState, edit: AssumptionEdit) -> Answer<()> {
    let title = kind(&edit.kind).map_or(edit.kind.clone(), |kind| kind.title.to_owned());
    let verb = if edit.id.is_some() { "Edit" } else { "Add" };
    app.edit(
        |_| format!("{verb} assumption: {title}"),
        |draft| {
            let plan = draft.base();
            let id = edit.id.map_or_else(|| draft.new_id::<Assumption>(), AssumptionId::from);
            let before = draft.get::<Assumption>(id).cloned().unwrap_or_default();
            let trimmed = |text: &str| text.trim().to_owned();
            let row = Assumption {
                id,
                kind: edit.kind.clone(),
                label: trimmed(&edit.label),
                value: match &edit.value {
                    Some(text) => value(text, &edit.kind, currency_of(plan))?,
                    None => before.value,
                },
                cap: amount("cap", &edit.cap, currency_of(plan))?,
                person: edit.person.map(PersonId::from),
                position: edit.position.map(PositionId::from),
                level: trimmed(&edit.level),
                discipline: trimmed(&edit.discipline),
                location: trimmed(&edit.location),
                team: edit.team.map(TeamId::from),
                origin: trimmed(&edit.origin),
                source: before.source,
                from: edit.from,
                until: edit.until,
            };
            row.check()?;
            draft.put(row);
            Ok(())
        },
    )
}

/// Parses a value in its written form; also `12,5 %`, `58 days`, `6 000 EUR per year` and, where only an amount can
/// be meant, `72k`.
fn value(text: &str, of: &str, currency: Currency) -> Result<AssumptionValue, FieldError> {
    let mut plain = text.trim();
    for unit in [" per year", "/yr", " a year", " days", " hours"] {
        plain = plain.trim_end_matches(unit).trim_end();
    }
    let has_currency = || plain.chars().any(|letter| letter.is_alphabetic() || "€$£¥₹".contains(letter));
    let is_amount = match kind(of).map(|kind| kind.unit) {
        Some(Unit::AmountPerYear | Unit::AmountOnce) => true,
        // A number alone may be a rate or an amount.
        Some(Unit::RateOrAmount) => has_currency(),
        _ => false,
    };
    if is_amount && let Some(money) = amount("value", plain, currency)? {
        return Ok(AssumptionValue::Amount(money));
    }
    plain
        .parse()
        .or_else(|fault| plain.replace(',', ".").parse().map_err(|_| FieldError::new("value", fault)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn values_parse_in_common_spellings() {
        let read = |of, text| value(text, of, Currency::EUR).map(|value| value.to_string());
        for (of, text, expected) in [
            ("base", "72k", "72000.00 EUR"),
            ("base", "72000 EUR a year", "72000.00 EUR"),
            ("base", "72000 EUR per year", "72000.00 EUR"),
            ("base", "72000 EUR/yr", "72000.00 EUR"),
            ("benefits", "6 000 EUR a year", "6000.00 EUR"),
            ("benefits", "€1,000", "1000.00 EUR"),
            ("benefits", "120,50 EUR", "120.50 EUR"),
            ("benefits", "12,5%", "12.5%"),
            ("time-to-fill", "58 days", "58"),
            ("ramp", "20% 50% 100%", "20% 50% 100%"),
        ] {
            assert_eq!(read(of, text).unwrap(), expected, "{text}");
        }
        for (of, text) in [("base", ""), ("base", "much"), ("benefits", "no figure")] {
            assert!(read(of, text).is_err(), "{text}");
        }
    }
}
