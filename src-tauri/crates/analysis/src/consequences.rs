//! What follows from an edit: changes that nobody makes by hand, because they are implied by others.
//!
//! Every edit ends with them, whichever way it comes (a form, a page, the grid, a command, the preview of an import),
//! and every preview counts them in. Nothing more follows from an edit that has them already, so that adding them again
//! changes nothing. Undo, redo and merges do not end with them: they carry the consequences of the edits that they
//! bring back, and on top of another state of the plan others would be made up.

use chrono::NaiveDate;
use headroom_model::{ApplyError, Change, Draft, Kind, Plan};

use crate::{bets::keep_first_terms, onboarding::template};

struct Consequence {
    /// It follows only from changes to entities of this kind.
    of: Kind,
    add: fn(&mut Draft<'_>, NaiveDate) -> Result<(), ApplyError>,
}

const CONSEQUENCES: &[Consequence] = &[
    Consequence { of: Kind::TemplateItem, add: template::propagate },
    Consequence { of: Kind::Bet, add: keep_first_terms },
    Consequence { of: Kind::Objective, add: keep_first_terms },
];

/// Adds what follows from changes of a plan.
///
/// # Errors
/// Any [`ApplyError`], if the plan refuses the changes, for example [`ApplyError::NeedsLoop`].
pub fn with_consequences(
    plan: &Plan,
    changes: Vec<Change>,
    today: NaiveDate,
) -> Result<Vec<Change>, ApplyError> {
    let follows = |one: &&Consequence| changes.iter().any(|change| change.subject().kind == one.of);
    let due: Vec<&Consequence> = CONSEQUENCES.iter().filter(follows).collect();
    if due.is_empty() {
        return Ok(changes);
    }
    let mut draft = Draft::new(plan);
    draft.extend(changes);
    due.iter().try_for_each(|one| (one.add)(&mut draft, today))?;
    Ok(draft.finish())
}

/// What changes come to: the changes with their consequences, and the plan as it would be then.
#[derive(Debug, Clone)]
pub struct EditOutcome {
    pub changes: Vec<Change>,
    pub plan: Plan,
}

impl EditOutcome {
    /// # Errors
    /// Any [`ApplyError`], if the plan refuses the changes.
    pub fn of(plan: &Plan, changes: Vec<Change>, today: NaiveDate) -> Result<Self, ApplyError> {
        let changes = with_consequences(plan, changes, today)?;
        Ok(Self { plan: plan.after(&changes)?, changes })
    }
}
