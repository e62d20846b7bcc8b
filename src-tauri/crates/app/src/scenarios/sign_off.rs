//! Sign-off: what the plan asks for before a scenario is merged, and whether it asks here.

use std::sync::Arc;

use chrono::Months;
use headroom_analysis::cost::{Costs, cost_by_position};
use headroom_model::{Budget, Change, Plan, merge::Choice};
use headroom_store::{Selection, Store, StoreError};
use serde::{Deserialize, Serialize};

use crate::{
    error::Answer,
    state::{AppState, today},
};

/// Key of the setting of the plan.
const SETTING: &str = "scenarios.sign-off";

/// When a merge is to be signed off.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum SignOffPolicy {
    #[default]
    Never,
    /// Where the plan costs more over the next twelve months, or a budget grows.
    CostGrows,
    Always,
}

impl SignOffPolicy {
    const ALL: [SignOffPolicy; 3] = [SignOffPolicy::Never, SignOffPolicy::CostGrows, SignOffPolicy::Always];

    const fn word(self) -> &'static str {
        match self {
            SignOffPolicy::Never => "never",
            SignOffPolicy::CostGrows => "cost-grows",
            SignOffPolicy::Always => "always",
        }
    }

    /// A word that this version does not know asks always: the plan was to ask for something.
    pub fn of(plan: &Plan) -> Self {
        let Some(word) = plan.setting(SETTING).filter(|word| !word.is_empty()) else { return Self::Never };
        Self::ALL.into_iter().find(|policy| policy.word() == word).unwrap_or(Self::Always)
    }
}

/// When the plan asks for a sign-off.
#[specta::specta]
pub fn sign_off_policy(app: &AppState) -> Answer<SignOffPolicy> {
    Ok(SignOffPolicy::of(&*app.in_plan().plan()?))
}

/// Sets when the plan asks for a sign-off.
#[specta::specta]
pub fn set_sign_off_policy(app: &AppState, policy: SignOffPolicy) -> Answer<()> {
    app.in_plan().edit(
        |_| "Changed when a merge is signed off".to_owned(),
        |draft| {
            draft.set(SETTING, if policy == SignOffPolicy::Never { "" } else { policy.word() });
            Ok(())
        },
    )
}

/// Why a merge has to be signed off, in words; none if it has not.
///
/// # Errors
/// As [`Store::merging`].
pub fn reason_to_sign_off(store: &Store, selection: Selection<'_>) -> Result<Option<String>, StoreError> {
    let plan = store.plan_itself();
    match SignOffPolicy::of(plan) {
        SignOffPolicy::Never => Ok(None),
        SignOffPolicy::Always => Ok(Some("the plan asks for it".to_owned())),
        SignOffPolicy::CostGrows => {
            let merge = store.merging(selection)?;
            // However the conflicts are decided.
            for choice in [Choice::Ours, Choice::Theirs] {
                let choices = vec![Some(choice); merge.conflicts.len()];
                let changes = store.deciding(&merge, &choices)?.changes;
                if let Some(reason) = growth(plan, &changes) {
                    return Ok(Some(reason));
                }
                if merge.conflicts.is_empty() {
                    break;
                }
            }
            Ok(None)
        }
    }
}

/// What of the money grows with these changes.
fn growth(plan: &Arc<Plan>, changes: &[Change]) -> Option<String> {
    if let Some(budget) = changes.iter().find_map(|change| grown_budget(plan, change)) {
        return Some(format!("{budget} grows"));
    }
    let Ok(after) = plan.after(changes) else { return Some("the changes do not hold together".to_owned()) };
    let (before, after) = (yearly(plan), yearly(&after));
    match after.unknown > before.unknown {
        true => Some("it adds positions of which the plan does not say what they cost".to_owned()),
        false => {
            (after.minor > before.minor).then(|| "the plan costs more over the next 12 months".to_owned())
        }
    }
}

fn grown_budget(plan: &Plan, change: &Change) -> Option<String> {
    let Change::Budget(edit) = change else { return None };
    let amount = |row: &Option<Box<Budget>>| row.as_ref().and_then(|row| row.amount);
    let headcount = |row: &Option<Box<Budget>>| row.as_ref().and_then(|row| row.seats);
    let has_grown = match (amount(&edit.before), amount(&edit.after)) {
        (_, None) => edit.before.is_some() && edit.after.is_some() && amount(&edit.before).is_some(),
        (None, Some(_)) => true,
        (Some(was), Some(is)) => was.currency != is.currency || is.minor > was.minor,
    };
    let has_grown = has_grown || headcount(&edit.after) > headcount(&edit.before);
    let subject = change.subject();
    has_grown.then(|| match plan.get::<Budget>(subject.id.into()) {
        Some(_) => plan.name_of(subject),
        None => "the budget".to_owned(),
    })
}

struct YearCost {
    /// In the smallest unit of the plan's currency.
    minor: i64,
    /// How much the plan does not say the cost of.
    unknown: usize,
}

fn yearly(plan: &Plan) -> YearCost {
    let from = today();
    let until = from.checked_add_months(Months::new(12)).and_then(|day| day.pred_opt()).unwrap_or(from);
    let costs = Costs::new(plan, from, until);
    let minor = cost_by_position(&costs).values().map(|cost| cost.minor).sum();
    YearCost { minor, unknown: costs.missing.len() }
}
