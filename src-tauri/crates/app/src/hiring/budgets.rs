//! Budgets, the currency of the plan, and exchange rates.

use chrono::NaiveDate;
use headroom_analysis::cost::{
    CURRENCY, Costs, MonthTable, PAY_RANGE, PayInRange, currency_of, months_between, refusal,
};
use headroom_model::{Budget, BudgetId, Currency, ExchangeRate, FieldError, Money, TeamId};
use serde::{Deserialize, Serialize};
use specta_typescript::Number;

use crate::{
    entities::id::Id,
    error::{Answer, AppError, ErrorKind},
    hidden_pay::ShownAmount,
    state::AppState,
};

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BudgetRow {
    pub id: Id,
    pub team: Option<Id>,
    pub team_name: String,
    pub amount: Option<ShownAmount>,
    pub seats: String,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub note: String,
    /// Cost of the period, unless that reveals a salary.
    pub planned: Option<ShownAmount>,
    pub is_over: bool,
    /// The highest headcount at the end of a month of the period.
    #[specta(type = Number)]
    pub most_seats: f64,
}

/// All budgets by period, the organisation's first.
#[specta::specta]
pub fn budgets(app: &AppState) -> Answer<Vec<BudgetRow>> {
    let plan = app.plan()?;
    let first = plan.budgets.iter().filter_map(|row| row.from).min();
    let last = plan.budgets.iter().filter_map(|row| row.until).max();
    let (Some(first), Some(last)) = (first, last) else { return Ok(Vec::new()) };
    let costs = Costs::new(&plan, first, last);
    let table = MonthTable::new(&plan, &costs);
    let rates = headroom_analysis::cost::Rates::new(&plan);
    let row = |row: &Budget| {
        let cells = row.team.map_or(&table.whole, |team| {
            let known = table.teams.iter().find(|known| known.team == Some(team));
            known.map_or(&table.whole, |known| &known.whole)
        });
        let months = months_between(row.from.unwrap_or(first), row.until.unwrap_or(last));
        let within = table.months.iter().zip(cells).filter(|(month, _)| months.contains(month));
        let cells: Vec<_> = within.map(|(_, cell)| cell).collect();
        let cost = cells.iter().map(|cell| cell.cost).fold(0, i64::saturating_add);
        let fewest = cells.iter().filter(|cell| cell.cost != 0).map(|cell| cell.heads).min();
        let own = row.amount.zip(row.from).and_then(|(amount, from)| {
            let on = rates.on(amount.currency, from)?;
            Some(rates.convert(amount, on.rate, 1_000_000))
        });
        BudgetRow {
            id: row.id.into(),
            team: row.team.map(|team| team.into()),
            team_name: row.team.map_or_else(|| "Organisation".to_owned(), |team| plan.name_of(team.into())),
            amount: row.amount.map(ShownAmount::from),
            seats: row.seats.map(|seats| seats.to_string()).unwrap_or_default(),
            from: row.from,
            until: row.until,
            note: row.note.clone(),
            planned: app.pay.total(Money::new(cost, rates.currency), fewest.unwrap_or_default()),
            is_over: own.is_some_and(|own| cost > own),
            most_seats: cells.iter().map(|cell| cell.heads.as_f64()).fold(0.0, f64::max),
        }
    };
    let mut rows = plan.in_order::<Budget>();
    rows.sort_by_key(|row| (row.from, row.team.map(|team| plan.place_of(team))));
    Ok(rows.into_iter().map(row).collect())
}

/// A budget from a form; an empty amount or headcount sets none.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BudgetEdit {
    pub id: Option<Id>,
    pub team: Option<Id>,
    /// `120000`, in the plan's currency, or `120000 USD`.
    pub amount: String,
    pub seats: String,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    pub note: String,
}

/// Creates or changes a budget. Refused if teams together exceed the budget above them.
#[specta::specta]
pub fn set_budget(app: &AppState, edit: BudgetEdit) -> Answer<()> {
    app.edit_as(|plan, draft| {
        let id = edit.id.map_or_else(|| draft.new_id::<Budget>(), BudgetId::from);
        let before = plan.budgets.get(id).cloned().unwrap_or_default();
        let row = Budget {
            id,
            team: edit.team.map(TeamId::from),
            amount: amount("amount", &edit.amount, currency_of(plan))?,
            seats: match edit.seats.trim() {
                "" => None,
                text => Some(text.parse().map_err(|fault| FieldError::new("seats", fault))?),
            },
            from: edit.from,
            until: edit.until,
            note: edit.note.trim().to_owned(),
            source: before.source,
        };
        if row.amount.is_none() && row.seats.is_none() {
            return Err(FieldError::new("amount", "or a headcount limit is required").into());
        }
        draft.put(row);
        let after = draft.outcome()?;
        if let Some(words) = refusal(plan, &after, id) {
            return Err(AppError {
                field: Some("budget".to_owned()),
                ..AppError::new(ErrorKind::Invalid, words)
            });
        }
        let verb = if edit.id.is_some() { "Change" } else { "Set" };
        Ok((format!("{verb} the {}", after.name_of(id.into())), ()))
    })
}

/// Parses an amount like the planning grid: in this currency, or with one of its own. None if the text is empty.
pub fn amount(field: &'static str, typed: &str, currency: Currency) -> Result<Option<Money>, FieldError> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    headroom_planning_grid::amount(typed, currency).map(Some).map_err(|fault| FieldError::new(field, fault))
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RateRow {
    pub id: Id,
    pub currency: String,
    pub rate: String,
    pub from: Option<NaiveDate>,
    pub origin: String,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Currencies {
    pub currency: String,
    /// Set in the plan; otherwise it is the currency of most salaries.
    pub is_named: bool,
    /// `low`, `middle`, `high`.
    pub pay_range: String,
    pub rates: Vec<RateRow>,
    /// Currencies in use without any exchange rate.
    pub lacking: Vec<String>,
}

#[specta::specta]
pub fn currencies(app: &AppState) -> Answer<Currencies> {
    let plan = app.plan()?;
    let own = currency_of(&plan);
    let row = |row: &ExchangeRate| RateRow {
        id: row.id.into(),
        currency: row.currency.to_string(),
        rate: row.rate.to_string(),
        from: row.from,
        origin: row.origin.clone(),
    };
    let rates = plan.in_order::<ExchangeRate>();
    let value = |row: &headroom_model::Assumption| match row.value {
        headroom_model::AssumptionValue::Amount(money) => Some(money),
        _ => None,
    };
    let mut used: Vec<Currency> =
        plan.positions.iter().filter_map(|row| row.pay).map(|pay| pay.currency).collect();
    used.extend(plan.assignments.iter().filter_map(|row| row.pay).map(|pay| pay.currency));
    used.extend(plan.assumptions.iter().filter_map(value).map(|pay| pay.currency));
    used.extend(plan.budgets.iter().filter_map(|row| row.amount).map(|pay| pay.currency));
    used.sort_unstable();
    used.dedup();
    used.retain(|currency| *currency != own && !rates.iter().any(|row| row.currency == *currency));
    Ok(Currencies {
        currency: own.to_string(),
        is_named: plan.setting(CURRENCY).is_some(),
        pay_range: PayInRange::of(&plan).word().to_owned(),
        rates: rates.into_iter().map(row).collect(),
        lacking: used.iter().map(Currency::to_string).collect(),
    })
}

/// Creates or changes an exchange rate from a day on.
#[specta::specta]
pub fn set_rate(
    app: &AppState,
    id: Option<Id>,
    currency: String,
    rate: String,
    from: Option<NaiveDate>,
    origin: String,
) -> Answer<()> {
    let parsed: Currency = currency.parse().map_err(|fault| FieldError::new("currency", fault))?;
    let rate = rate.replace(',', ".").parse().map_err(|fault| FieldError::new("rate", fault))?;
    app.edit(
        |_| format!("Set exchange rate for {parsed}"),
        |draft| {
            if parsed == currency_of(draft.base()) {
                return Err(FieldError::new("currency", "is already the plan currency").into());
            }
            let id = id.map_or_else(|| draft.new_id::<ExchangeRate>(), Into::into);
            let source = draft.get::<ExchangeRate>(id).and_then(|row| row.source.clone());
            draft.put(ExchangeRate { id, currency: parsed, rate, origin, source, from });
            Ok(())
        },
    )
}

/// Sets the currency of the plan.
#[specta::specta]
pub fn set_currency(app: &AppState, currency: String) -> Answer<()> {
    let parsed: Currency = currency.parse().map_err(|fault| FieldError::new("currency", fault))?;
    app.edit(
        |_| format!("Change plan currency to {parsed}"),
        |draft| {
            draft.set(CURRENCY, parsed.code());
            Ok(())
        },
    )
}

/// Sets which salary of a range is used: `low`, `middle` or `high`.
#[specta::specta]
pub fn set_pay_range(app: &AppState, choice: String) -> Answer<()> {
    let known = PayInRange::ALL.into_iter().find(|known| known.word() == choice);
    let known = known.ok_or_else(|| FieldError::new("choice", "must be low, middle or high"))?;
    app.edit(
        |_| {
            let end = match known {
                PayInRange::Low => "lower end",
                PayInRange::Middle => "midpoint",
                PayInRange::High => "upper end",
            };
            format!("Count salary ranges at the {end}")
        },
        |draft| {
            draft.set(PAY_RANGE, if known == PayInRange::default() { "" } else { known.word() });
            Ok(())
        },
    )
}
