//! The redacted copy, with a preview of what is removed.

use std::path::Path;

use headroom_redaction::{How, RatiosOfMoney, Redaction, Removed, redacted};
use headroom_store::{OperationMeta, Store};
use serde::Serialize;

use crate::{
    entities::entity::EntityKind,
    error::Answer,
    state::{AppState, now},
};

/// Maximum number of entities listed per field; counts are complete.
const LISTED: usize = 50;

/// What is removed from a field of all entities of a kind.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RemovedField {
    pub kind: EntityKind,
    pub field: String,
    /// `cleared`, `replaced in text`, `row removed`.
    pub how: String,
    /// Number of amounts; of ratios, or of objectives, where these were removed.
    pub count: u32,
    /// Number of entities.
    pub entities: u32,
    /// The names of the first ones.
    pub names: Vec<String>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RemovedAmounts {
    pub fields: Vec<RemovedField>,
    pub count: u32,
    /// Number of ratios of money that are removed.
    pub ratios: u32,
    /// The ratios of money that stay, by name.
    pub kept: Vec<KeptRatioRow>,
    /// Number of operations in the history, none of which is copied.
    pub history: u32,
}

/// A ratio of money that stays in the copy.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct KeptRatioRow {
    pub name: String,
    pub figures: u32,
    pub objectives: u32,
    /// `CAC ÷ (ARPA × Gross margin)`; empty if that is not known.
    pub made_of: String,
}

/// The plan without amounts, and the number of operations in its history.
///
/// # Errors
/// [`ErrorKind::File`](crate::error::ErrorKind::File) if the history cannot be read.
pub fn redaction(app: &AppState, ratios: RatiosOfMoney) -> Answer<(Redaction, u32)> {
    let (plan, former, history) = app.with_store(|store, _| {
        let history = store.history(None, 1).map(|entries| entries.first().map_or(0, |entry| entry.seq));
        (store.plan().clone(), store.all_amounts_in_history(), history)
    })?;
    // Without the lock: a large plan takes a moment.
    Ok((redacted(&plan, former?, ratios)?, u32::try_from(history?).unwrap_or(u32::MAX)))
}

fn removed_amounts(made: &Redaction, history: u32) -> RemovedAmounts {
    let removed = &made.removed;
    let mut fields: Vec<RemovedField> = Vec::new();
    let is_of = |field: &RemovedField, line: &Removed, how: How| {
        field.kind == line.subject.kind.into() && field.field == line.field && field.how == how.words()
    };
    for line in removed {
        let at = fields.iter().position(|field| is_of(field, line, line.how)).unwrap_or_else(|| {
            let (kind, field, how) =
                (line.subject.kind.into(), line.field.clone(), line.how.words().to_owned());
            fields.push(RemovedField { kind, field, how, count: 0, entities: 0, names: Vec::new() });
            fields.len() - 1
        });
        let field = &mut fields[at];
        field.count += short(line.count);
        field.entities += 1;
        if field.names.len() < LISTED {
            field.names.push(line.name.clone());
        }
    }
    let kept = made.kept.iter().map(|ratio| KeptRatioRow {
        name: made.plan.name_of(ratio.metric.into()),
        figures: short(ratio.figures),
        objectives: short(ratio.objectives),
        made_of: ratio.made_of.clone(),
    });
    RemovedAmounts {
        count: short(removed.iter().map(Removed::amounts).sum()),
        ratios: short(removed.iter().map(Removed::ratios).sum()),
        kept: kept.collect(),
        fields,
        history,
    }
}

fn short(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn ratios(keep: bool) -> RatiosOfMoney {
    if keep { RatiosOfMoney::Kept } else { RatiosOfMoney::Removed }
}

/// Previews a redacted copy. Nothing is written.
#[specta::specta]
pub fn redaction_preview(app: &AppState, keep_ratios: bool) -> Answer<RemovedAmounts> {
    let (made, history) = redaction(app, ratios(keep_ratios))?;
    Ok(removed_amounts(&made, history))
}

/// Writes a redacted copy to a new file; answers with what was removed.
#[specta::specta]
pub fn redacted_copy(app: &AppState, path: String, keep_ratios: bool) -> Answer<RemovedAmounts> {
    let (made, history) = redaction(app, ratios(keep_ratios))?;
    write_copy(app, &made, Path::new(&path))?;
    Ok(removed_amounts(&made, history))
}

/// Writes a redacted plan to a new file.
///
/// # Errors
/// [`ErrorKind::File`](crate::error::ErrorKind::File) if it exists already or cannot be written.
pub fn write_copy(app: &AppState, made: &Redaction, path: &Path) -> Answer<Store> {
    let note = OperationMeta::edit(made.ratios.label(), app.author.clone(), now());
    Ok(Store::create_with(path, &note, &made.changes)?)
}
