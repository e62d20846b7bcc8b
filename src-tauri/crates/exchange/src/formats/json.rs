//! The whole plan as one JSON document.

use std::path::Path;

use headroom_files::{Diagnostic, WriteError};
use headroom_model::Snapshot;
use serde_json::json;

/// Writes every entity with every field; references are IDs.
pub fn write(snapshot: &Snapshot, out: &Path) -> Result<Vec<Diagnostic>, WriteError> {
    let plan = snapshot.plan();
    let document = json!({
        "format": "headroom-plan",
        "version": 1,
        "teams": plan.teams.rows(),
        "people": plan.people.rows(),
        "memberships": plan.memberships.rows(),
        "groupings": plan.groupings.rows(),
        "services": plan.services.rows(),
        "ownerships": plan.ownerships.rows(),
        "dependencies": plan.dependencies.rows(),
        "interactions": plan.interactions.rows(),
        "positions": plan.positions.rows(),
        "assignments": plan.assignments.rows(),
        "assumptions": plan.assumptions.rows(),
        "budgets": plan.budgets.rows(),
        "exchange_rates": plan.exchange_rates.rows(),
        "holidays": plan.holidays.rows(),
        "approvals": plan.approvals.rows(),
        "templates": plan.templates.rows(),
        "template_items": plan.template_items.rows(),
        "checklists": plan.checklists.rows(),
        "checklist_items": plan.checklist_items.rows(),
        "settings": plan.settings.rows(),
    });
    let text =
        serde_json::to_string_pretty(&document).map_err(|error| WriteError::Value(error.to_string()))?;
    headroom_files::write_file(out, text + "\n")?;
    Ok(Vec::new())
}
