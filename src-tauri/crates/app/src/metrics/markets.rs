//! Markets and channels side by side: whether they pay, which bets are made on them, and who works for them.

use headroom_analysis::{
    Policy,
    markets::{MarketLine, ORDER, markets as market_lines},
    metrics::value_words,
};
use headroom_model::Plan;
use serde::Serialize;

use super::unit_economics::MetricDimension;
use crate::{at::At, entities::entity::NamedEntity, error::Answer, state::AppState};

/// The rule whose setting says from which payback on a market does not pay.
const RULE: &str = "position-in-unproven-market";

/// Markets or channels in the order in which they have shown that they pay.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MarketShortlist {
    pub by: MetricDimension,
    /// How the order is explained.
    pub order: String,
    pub rows: Vec<MarketRow>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MarketRow {
    pub name: String,
    /// `pays`, `does-not-pay`, `unknown`.
    pub proof: String,
    /// `8.3 months`; none if it is not known.
    pub payback: Option<String>,
    /// How payback over three months stands.
    pub words: String,
    pub open_bets: Vec<NamedEntity>,
    pub decided_bets: Vec<NamedEntity>,
    pub teams: Vec<NamedEntity>,
    /// How many of their positions somebody is in.
    pub filled: u32,
    /// Positions that somebody is still to be hired for.
    pub to_hire: Vec<NamedEntity>,
}

/// All segments, markets or channels that figures or bets name, the best first.
#[specta::specta]
pub fn market_shortlist(app: &AppState, by: MetricDimension, at: At) -> Answer<MarketShortlist> {
    let (plan, day) = (app.plan()?, at.shown_day());
    let policy = Policy::from_plan(&plan);
    let months = headroom_analysis::rule(RULE)
        .map_or(headroom_analysis::markets::PAYBACK_MONTHS, |rule| policy.threshold(rule, "months"));
    let lines = market_lines(&plan, by.scopes(), months, day);
    let rows = lines.into_iter().map(|line| market_row(&plan, line)).collect();
    Ok(MarketShortlist { by, order: ORDER.to_owned(), rows })
}

fn market_row(plan: &Plan, line: MarketLine) -> MarketRow {
    let payback = headroom_analysis::metrics::metric_known_as(plan, "payback");
    let bets = |bets: Vec<_>| bets.into_iter().map(|bet| NamedEntity::new(plan, bet)).collect();
    MarketRow {
        proof: line.proof.word().to_owned(),
        payback: line.payback.map(|value| value_words(payback, None, &value)),
        words: line.words,
        open_bets: bets(line.open_bets),
        decided_bets: bets(line.decided_bets),
        teams: line.teams.into_iter().map(|team| NamedEntity::new(plan, team)).collect(),
        filled: line.filled.len() as u32,
        to_hire: line.to_hire.into_iter().map(|position| NamedEntity::new(plan, position)).collect(),
        name: line.name,
    }
}
