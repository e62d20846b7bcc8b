//! Headcount and annual cost of two days, and what changes between them.

use chrono::NaiveDate;
use headroom_analysis::{
    capacity::teams_below,
    cost::{BridgeCause, cost_bridge},
};
use headroom_model::{Money, TeamId};
use rustc_hash::FxHashSet;
use serde::Serialize;
use specta_typescript::Number;

use crate::{entities::id::Id, error::Answer, hidden_pay::ShownAmount, state::AppState};

/// A step of a waterfall chart.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct MoneyStep {
    pub id: String,
    pub title: String,
    #[specta(type = Number)]
    pub heads: f64,
    pub amount: Option<ShownAmount>,
    pub is_total: bool,
}

/// Headcount and annual cost at the rate of each day, from one day to another.
#[specta::specta]
pub fn hiring_between(
    app: &AppState,
    from: NaiveDate,
    until: NaiveDate,
    team: Option<Id>,
) -> Answer<Vec<MoneyStep>> {
    let plan = app.plan()?;
    let teams: Option<FxHashSet<TeamId>> = team.map(|team| teams_below(&plan, TeamId::from(team)));
    let found = cost_bridge(&plan, (from, until), teams.as_ref());
    let currency = headroom_analysis::cost::currency_of(&plan);
    let step = |id: &str, title: &str, pace: headroom_analysis::cost::Pace, is_total| MoneyStep {
        id: id.to_owned(),
        title: title.to_owned(),
        heads: pace.heads.as_f64(),
        // They add up, and most concern few positions.
        amount: app.pay.shown(Some(Money::new(pace.yearly, currency))),
        is_total,
    };
    let date = |day: NaiveDate| headroom_model::wording::date(day).to_string();
    let mut steps = vec![step("before", &date(from), found.before, true)];
    for change in BridgeCause::ALL {
        let pace = found.changes[change as usize];
        if pace != headroom_analysis::cost::Pace::default() {
            steps.push(step(change.title(), change.title(), pace, false));
        }
    }
    steps.push(step("after", &date(until), found.after, true));
    Ok(steps)
}
