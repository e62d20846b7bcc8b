//! Helpers of the rules about teams with tickets and calls.

use headroom_model::TeamIx;

use crate::{
    check::RuleContext,
    finding::Evidence,
    staffing::{SupportMonth, SupportOutlook},
};

/// The support of the teams of the day, as far as figures say something. Nobody knows today what figures are to come.
pub fn outlooks<'a>(check: &'a RuleContext<'_>) -> impl Iterator<Item = (TeamIx, &'a SupportOutlook)> {
    let snapshot = check.context.snapshot;
    let all = check.shared.support(snapshot.plan(), check.context.asked_on);
    all.iter().filter_map(|outlook| Some((snapshot.team_ix(outlook.team)?, outlook)))
}

/// `Mar 2027: 210 tickets and calls, 2.02 people needed, 2.00 there`.
pub fn month_words(month: &SupportMonth) -> String {
    format!(
        "{}: {:.0} tickets and calls, {:.2} people needed, {:.2} there",
        month.first.format("%b %Y"),
        month.volume,
        month.needed,
        month.available
    )
}

pub fn handle_time(outlook: &SupportOutlook) -> Evidence {
    let each: Vec<String> =
        outlook.handle_minutes.iter().map(|minutes| format!("{minutes:.1} minutes")).collect();
    Evidence::words("Time for each", each.join(" and "))
}
