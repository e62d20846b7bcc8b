//! Bets: how each stands on a day, what is decided about it, and what came of it.

mod change;

use chrono::NaiveDate;
use headroom_analysis::bets::{BetReading, BetStanding, bets as readings, scope_words, terms};
use headroom_model::{Action, Bet, Plan, ScenarioId, search_key, wording::capitalized};
use serde::Serialize;

pub use change::{BetEdit, BetVerdict, decide_bet, put_bet, review_bet};

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError},
    hiring::gates::{GateObjective, gate_objective},
    state::AppState,
    use_case::{UseCase, use_cases},
};
use change::*;

pub(crate) const USE_CASES: &[UseCase] = use_cases! { bets, bet_page, put_bet, decide_bet, review_bet };

/// A bet on a board.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BetCard {
    pub bet: NamedEntity,
    /// `overdue`, `this-month`, `running`, `not-begun`, `decided`, `reviewed`.
    pub standing: String,
    /// `17 days past its day, 12 Mar 2027`.
    pub words: String,
    pub hypothesis: String,
    pub team: Option<NamedEntity>,
    /// `Carriers · Poland`.
    pub scope: String,
    pub scenario: Option<NamedEntity>,
    /// Of the day to decide, as far as it has come: `met`, `not-met`, `unknown`, `invalid`; none without a criterion.
    pub state: Option<String>,
    pub objectives: Vec<GateObjective>,
    /// `scale`, `stop`, `change`.
    pub decision: Option<String>,
    pub is_late: bool,
    /// How it was explained, or what came of it.
    pub reason: String,
    pub outcome: String,
    /// What a filter looks at.
    pub search: String,
}

/// A bet, whole.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BetPage {
    pub card: BetCard,
    pub segment: String,
    pub channel: String,
    pub market: String,
    /// `20000.00 EUR`; empty if there is none.
    pub budget: String,
    pub from: Option<NaiveDate>,
    pub decide_by: Option<NaiveDate>,
    /// The day of which the objectives of the card tell.
    pub judged_on: NaiveDate,
    /// The same objectives as of the day shown; empty if that is no other day.
    pub since: Vec<GateObjective>,
    /// What it was to bring before that was changed; empty if it is still that.
    pub first_terms: String,
    pub terms: String,
    pub decided: Option<NaiveDate>,
    pub reviewed: Option<NaiveDate>,
    pub actions: Vec<BetAction>,
}

/// Something that was decided to be done for a bet.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BetAction {
    pub action: NamedEntity,
    /// `open`, `done`, `dropped`.
    pub state: String,
    pub due: Option<NaiveDate>,
    pub is_overdue: bool,
}

/// All bets on a day, those past their day first; those of one scenario, if it is named.
#[specta::specta]
pub fn bets(app: &AppState, scenario: Option<Id>, at: At) -> Answer<Vec<BetCard>> {
    let (plan, day) = (app.plan()?, at.shown_day());
    let scenario = scenario.map(|id| ScenarioId(id.0));
    let is_wanted = |row: &&Bet| scenario.is_none() || row.scenario == scenario;
    let card = |reading: &BetReading| {
        plan.get::<Bet>(reading.bet).filter(is_wanted).map(|row| bet_card(&plan, row, reading))
    };
    Ok(readings(&plan, day).iter().filter_map(card).collect())
}

#[specta::specta]
pub fn bet_page(app: &AppState, id: Id, at: At) -> Answer<BetPage> {
    let (plan, day) = (app.plan()?, at.shown_day());
    let not_found = || AppError::not_found("this bet");
    let row = plan.get::<Bet>(id.0.into()).ok_or_else(not_found)?;
    let reading = headroom_analysis::bets::bet_on(&plan, row.id, day).ok_or_else(not_found)?;
    let terms = terms(&plan, row);
    let is_moved = !row.first_terms.is_empty() && row.first_terms != terms;
    Ok(BetPage {
        card: bet_card(&plan, row, &reading),
        segment: row.segment.clone(),
        channel: row.channel.clone(),
        market: row.market.clone(),
        budget: row.budget.map(|budget| budget.to_string()).unwrap_or_default(),
        from: row.from,
        decide_by: row.decide_by,
        judged_on: reading.judged_on,
        since: reading.since.iter().map(|(id, reading)| gate_objective(&plan, *id, reading)).collect(),
        first_terms: if is_moved { row.first_terms.clone() } else { String::new() },
        terms,
        decided: row.decided.filter(|_| row.is_decided(day)),
        reviewed: row.reviewed.filter(|_| reading.standing == BetStanding::Reviewed),
        actions: actions(&plan, row, day),
    })
}

/// Bets as other pages show them.
pub(crate) fn bet_cards(plan: &Plan, readings: &[BetReading]) -> Vec<BetCard> {
    let card = |reading: &BetReading| plan.get::<Bet>(reading.bet).map(|row| bet_card(plan, row, reading));
    readings.iter().filter_map(card).collect()
}

fn bet_card(plan: &Plan, row: &Bet, reading: &BetReading) -> BetCard {
    let is_decided = matches!(reading.standing, BetStanding::Decided | BetStanding::Reviewed);
    let said = |text: &str| if is_decided { text.to_owned() } else { String::new() };
    let team = row.team.map(|team| NamedEntity::new(plan, team));
    let scope = scope_words(row);
    let name = team.as_ref().map(|team| team.name.as_str()).unwrap_or_default();
    BetCard {
        bet: NamedEntity::new(plan, row.id),
        standing: reading.standing.word().to_owned(),
        words: capitalized(&reading.words(row)),
        hypothesis: row.hypothesis.clone(),
        search: search_key(&format!("{} {} {} {name} {scope}", row.name, row.key, row.hypothesis)),
        team,
        scope,
        scenario: row.scenario.map(|scenario| NamedEntity::new(plan, scenario)),
        state: reading.state.map(|state| state.word().to_owned()),
        objectives: reading
            .objectives
            .iter()
            .map(|(id, reading)| gate_objective(plan, *id, reading))
            .collect(),
        decision: row.decision.filter(|_| is_decided).map(|decision| decision.word().to_owned()),
        is_late: reading.is_decided_late(),
        reason: said(&row.reason),
        outcome: said(&row.outcome),
    }
}

/// Those that have been opened by a day, those still open first.
fn actions(plan: &Plan, row: &Bet, day: NaiveDate) -> Vec<BetAction> {
    let of_bet = plan.actions.iter().filter(|action| action.bet == Some(row.id));
    let shown = |action: &Action| {
        let state = action.state_on(day)?;
        let is_open = state == headroom_model::ActionState::Open;
        Some(BetAction {
            action: NamedEntity::new(plan, action.id),
            state: state.word().to_owned(),
            due: action.due,
            is_overdue: is_open && action.due.is_some_and(|due| due < day),
        })
    };
    let mut actions: Vec<BetAction> = of_bet.filter_map(shown).collect();
    actions.sort_by_cached_key(|row| (row.state != "open", row.due, row.action.name.clone()));
    actions
}
