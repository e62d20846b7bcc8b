//! What a bet was to bring, and by when, before that was first changed.

use chrono::NaiveDate;
use headroom_model::{ApplyError, Bet, Draft, EntityTable, Objective, ObjectiveId, Plan, wording::date};

use crate::gates::condition_of;

/// Keeps the terms of bets that have begun before a change to them, or to one of their objectives: in words, since the
/// objective itself may be changed.
///
/// # Errors
/// None so far; consequences may refuse.
pub(crate) fn keep_first_terms(draft: &mut Draft<'_>, today: NaiveDate) -> Result<(), ApplyError> {
    let base = draft.base();
    let moved = |before: &&Bet| {
        let has_begun = before.from.is_none_or(|from| from <= today);
        before.first_terms.is_empty()
            && has_begun
            && !before.is_decided(today)
            && !before.objectives.is_empty()
            && draft.get::<Bet>(before.id).is_some_and(|after| is_moved(draft, before, after))
    };
    let moved: Vec<Bet> = base.bets.iter().filter(moved).cloned().collect();
    for before in moved {
        let Some(after) = draft.get::<Bet>(before.id).cloned() else { continue };
        draft.put(Bet { first_terms: terms(base, &before), ..after });
    }
    Ok(())
}

fn is_moved(draft: &Draft<'_>, before: &Bet, after: &Bet) -> bool {
    let is_changed = |id: &ObjectiveId| {
        let (was, is) = (draft.base().get::<Objective>(*id), draft.get::<Objective>(*id));
        was.zip(is).is_none_or(|(was, is)| !asks_same(was, is))
    };
    // A day that is set for the first time is no other day.
    before.decide_by.is_some() && before.decide_by != after.decide_by
        || before.objectives != after.objectives
        || before.objectives.iter().any(is_changed)
}

/// What it is called, why, and since when it holds moves no bar.
fn asks_same(was: &Objective, is: &Objective) -> bool {
    let asked = |row: &Objective| Objective {
        name: String::new(),
        origin: String::new(),
        source: None,
        from: None,
        until: None,
        ..row.clone()
    };
    asked(was) == asked(is)
}

/// `Payback < 12 months · decided by 31 Mar 2027`.
pub fn terms(plan: &Plan, row: &Bet) -> String {
    let objectives = row.objectives.iter().filter_map(|id| Objective::table(plan).get(*id));
    let day = row.decide_by.map(|by| format!("decided by {}", date(by)));
    objectives.map(|row| condition_of(plan, row)).chain(day).collect::<Vec<_>>().join(" · ")
}
