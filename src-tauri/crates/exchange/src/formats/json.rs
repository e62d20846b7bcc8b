//! The whole plan as one JSON document.

use std::path::Path;

use headroom_files::{Diagnostic, WriteError};
use headroom_model::{
    Approval, Assignment, Assumption, Budget, Checklist, ChecklistItem, Dependency, ExchangeRate, Grouping,
    Holiday, Interaction, Membership, Ownership, Person, Position, Service, Setting, Snapshot, Team,
    Template, TemplateItem,
};
use serde_json::json;

/// Writes every entity with every field, in the order of [`headroom_model::RowOrder`]; references are IDs.
pub fn write(snapshot: &Snapshot, out: &Path) -> Result<Vec<Diagnostic>, WriteError> {
    let plan = snapshot.plan();
    let document = json!({
        "format": "headroom-plan",
        "version": 1,
        "teams": plan.in_order::<Team>(),
        "people": plan.in_order::<Person>(),
        "memberships": plan.in_order::<Membership>(),
        "groupings": plan.in_order::<Grouping>(),
        "services": plan.in_order::<Service>(),
        "ownerships": plan.in_order::<Ownership>(),
        "dependencies": plan.in_order::<Dependency>(),
        "interactions": plan.in_order::<Interaction>(),
        "positions": plan.in_order::<Position>(),
        "assignments": plan.in_order::<Assignment>(),
        "assumptions": plan.in_order::<Assumption>(),
        "budgets": plan.in_order::<Budget>(),
        "exchange_rates": plan.in_order::<ExchangeRate>(),
        "holidays": plan.in_order::<Holiday>(),
        "approvals": plan.in_order::<Approval>(),
        "templates": plan.in_order::<Template>(),
        "template_items": plan.in_order::<TemplateItem>(),
        "checklists": plan.in_order::<Checklist>(),
        "checklist_items": plan.in_order::<ChecklistItem>(),
        "settings": plan.in_order::<Setting>(),
    });
    let text =
        serde_json::to_string_pretty(&document).map_err(|error| WriteError::Value(error.to_string()))?;
    headroom_files::write_file(out, text + "\n")?;
    Ok(Vec::new())
}
