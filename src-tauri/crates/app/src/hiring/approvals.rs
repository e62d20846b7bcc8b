//! Baselines, and the variance of the plan from one.

use chrono::NaiveDate;
use headroom_analysis::{
    capacity::teams_below,
    cost::{Cause, approved_positions, currency_of, variance},
};
use headroom_model::{Approval, Money, TeamId};
use serde::Serialize;

use crate::{
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    hidden_pay::ShownAmount,
    state::{AppState, today},
};

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ApprovalRow {
    pub id: Id,
    pub name: String,
    pub on: NaiveDate,
    pub by: String,
    pub seats: u32,
}

/// All baselines, newest first.
#[specta::specta]
pub fn approvals(app: &AppState) -> Answer<Vec<ApprovalRow>> {
    let plan = app.plan()?;
    let row = |row: &Approval| {
        let mut keys: Vec<&str> = row.seats.iter().map(|seat| &*seat.position).collect();
        keys.sort_unstable();
        keys.dedup();
        let seats = keys.len() as u32;
        ApprovalRow { id: row.id.into(), name: row.name.clone(), on: row.on, by: row.by.clone(), seats }
    };
    // Latest first.
    Ok(plan.in_order::<Approval>().into_iter().rev().map(row).collect())
}

/// Approves the positions as they are, as one step; answers with the ID of the baseline.
#[specta::specta]
pub fn approve(app: &AppState, name: String, by: String, day: Option<NaiveDate>) -> Answer<Id> {
    let on = day.unwrap_or_else(today);
    let label = format!("Save baseline {name}");
    app.edit(
        |_| label,
        |draft| {
            let id = draft.new_id::<Approval>();
            let seats = approved_positions(draft.base(), on);
            draft.put(Approval { id, name: name.trim().to_owned(), on, by, seats, ..Approval::default() });
            Ok(id.into())
        },
    )
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CauseRow {
    pub id: String,
    pub title: String,
    pub meaning: String,
    pub amount: ShownAmount,
    pub seats: u32,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DifferingPosition {
    pub position: String,
    /// The position, if it is still in the plan.
    pub entity: Option<NamedEntity>,
    pub title: String,
    pub causes: Vec<String>,
    pub approved: Option<ShownAmount>,
    pub now: Option<ShownAmount>,
    pub difference: Option<ShownAmount>,
}

/// The causes add up to the current cost less the approved cost. None is shown while salaries are hidden, since a
/// cause concerns few positions.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DifferenceAnswer {
    pub approved: Option<ShownAmount>,
    pub now: Option<ShownAmount>,
    pub difference: Option<ShownAmount>,
    pub causes: Vec<CauseRow>,
    /// Largest difference first; at most 200.
    pub seats: Vec<DifferingPosition>,
    pub seat_count: u32,
    /// Positions approved in a currency without a rate: in neither total.
    pub without_rate: Vec<String>,
    pub is_hidden: bool,
}

const SEATS_SHOWN: usize = 200;

/// The variance from a baseline between two days.
#[specta::specta]
pub fn approval_difference(
    app: &AppState,
    approval: Id,
    from: NaiveDate,
    until: NaiveDate,
    team: Option<Id>,
) -> Answer<DifferenceAnswer> {
    let plan = app.plan()?;
    let row = plan.approvals.get(approval.into()).ok_or_else(|| AppError::not_found("the baseline"))?;
    let teams = team.map(|team| teams_below(&plan, TeamId::from(team)));
    let found = variance(&plan, row, (from, until.max(from)), teams.as_ref());
    let currency = currency_of(&plan);
    let money = |minor: i64| ShownAmount::from(Money::new(minor, currency));
    let of_cause = |cause: Cause| {
        found.seats.iter().filter(|seat| seat.causes.iter().any(|(of, _)| *of == cause)).count() as u32
    };
    let causes: Vec<(Cause, u32)> = Cause::ALL
        .into_iter()
        .map(|cause| (cause, of_cause(cause)))
        .filter(|(_, seats)| *seats > 0)
        .collect();
    let is_hidden = !app.pay.is_shown() && !causes.is_empty();
    let shown = |minor: i64| (!is_hidden).then(|| money(minor));
    let hidden = |minor: i64| app.pay.shown(Some(Money::new(minor, currency)));
    let seat = |seat: &headroom_analysis::cost::PositionVariance| DifferingPosition {
        position: seat.position.clone(),
        entity: plan.find::<headroom_model::Position>(&seat.position).map(|id| NamedEntity::new(&plan, id)),
        title: seat.title.clone(),
        causes: seat.causes.iter().map(|(cause, _)| cause.title().to_owned()).collect(),
        approved: hidden(seat.approved),
        now: hidden(seat.now),
        difference: hidden(seat.now - seat.approved),
    };
    let cause = |(cause, seats): &(Cause, u32)| CauseRow {
        id: cause.title().to_lowercase(),
        title: cause.title().to_owned(),
        meaning: cause.meaning().to_owned(),
        amount: money(found.causes[*cause as usize]),
        seats: *seats,
    };
    Ok(DifferenceAnswer {
        approved: shown(found.approved),
        now: shown(found.now),
        difference: shown(found.now - found.approved),
        causes: if is_hidden { Vec::new() } else { causes.iter().map(cause).collect() },
        seats: found.seats.iter().take(SEATS_SHOWN).map(seat).collect(),
        seat_count: found.seats.len() as u32,
        without_rate: found
            .without_rate
            .iter()
            .map(|(position, currency)| format!("{position} ({currency})"))
            .collect(),
        is_hidden,
    })
}
