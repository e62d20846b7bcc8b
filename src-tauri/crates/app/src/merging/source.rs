//! Where conflicts come from, and what they are at the moment.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use chrono::NaiveDate;
use headroom_model::{
    EntityRef, ScenarioId,
    merge::{Conflict, Merge},
};
use headroom_store::{CopyMerge, OpenConflict, Selection, Store, StoreError};
use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::{conflict_page::Sides, conflict_words::MergedWith};
use crate::{
    entities::id::Id,
    frame::status::EntityChoice,
    scenarios::change::MergeDecision,
    state::{AppState, RefusedEdit},
};

/// Where conflicts come from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum ConflictSource {
    /// Merges of copies, as far as nobody has decided them yet.
    Open,
    /// Merging the copy at this path.
    Copy(String),
    /// Undoing this operation.
    Undo(u32),
    /// The edit that was refused last, since somebody else had changed the same.
    Refused,
    /// Merging a scenario into the plan.
    Scenario(ScenarioMerge),
}

/// What of a scenario is merged.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioMerge {
    pub id: Id,
    /// The things whose changes are taken; none: all of them, and the scenario is merged with that.
    pub only: Option<Vec<EntityChoice>>,
    /// How the decision is explained.
    pub outcome: String,
    /// Those in the holding area are on no team on purpose.
    pub is_held_on_purpose: bool,
    /// Who has signed it off, and on which day, where the plan asks for that.
    pub signed_off_by: String,
    pub signed_off: Option<NaiveDate>,
}

impl ScenarioMerge {
    pub(super) fn scenario(&self) -> ScenarioId {
        ScenarioId(self.id.0)
    }

    pub(super) fn decision(&self) -> MergeDecision {
        MergeDecision {
            outcome: self.outcome.clone(),
            signed_off_by: self.signed_off_by.clone(),
            signed_off: self.signed_off,
        }
    }

    pub(super) fn chosen(&self) -> Option<FxHashSet<EntityRef>> {
        let subject = |it: &EntityChoice| EntityRef { kind: it.kind.into(), id: it.id.0 };
        self.only.as_ref().map(|only| only.iter().map(subject).collect())
    }
}

/// What is in conflict, and what is not.
pub(super) struct Found {
    pub merge: Merge,
    pub with: MergedWith,
    /// The label of the operation that settles it.
    pub label: String,
    pub open: Vec<OpenConflict>,
    copy: Option<CopyMerge>,
    scenario: Option<ScenarioId>,
}

impl ConflictSource {
    /// Where it is settled: scenarios are merged into the plan itself, wherever that is asked from.
    pub(super) fn place(&self, app: &AppState) -> AppState {
        if matches!(self, ConflictSource::Scenario(_)) { app.in_plan() } else { app.clone() }
    }

    /// # Errors
    /// As [`Store::compare_copy`], [`StoreError::NothingToUndo`] if the operation is not in effect,
    /// [`StoreError::ChangedElsewhere`] if nothing waits for a decision any more.
    pub(super) fn find(&self, store: &Store, refused: Option<&RefusedEdit>) -> Result<Found, StoreError> {
        let mut found = Found {
            merge: Merge::default(),
            with: MergedWith::Copy,
            label: String::new(),
            open: Vec::new(),
            copy: None,
            scenario: None,
        };
        match self {
            ConflictSource::Open => {
                if store.scenario().is_some() {
                    found.with = MergedWith::Plan;
                }
                found.open = store.open_conflicts()?;
                found.merge.conflicts = found.open.iter().map(|open| open.conflict.clone()).collect();
            }
            ConflictSource::Copy(path) => {
                let copy = store.compare_copy(Path::new(path))?;
                found.merge = copy.merge();
                found.label = format!("Merged {}", super::copy::file_name(path));
                found.copy = Some(copy);
            }
            ConflictSource::Undo(seq) => {
                (found.label, found.merge) = store.undoing(i64::from(*seq))?;
                found.with = MergedWith::Undo;
            }
            ConflictSource::Refused => {
                let refused = refused.ok_or(StoreError::ChangedElsewhere)?;
                found.label = refused.label.clone();
                found.merge = refused.now(store.plan());
                found.with = MergedWith::Edit;
            }
            ConflictSource::Scenario(merge) => {
                let (scenario, only) = (merge.scenario(), merge.chosen());
                let name = store.plan_itself().name_of(scenario.into());
                found.merge = store.merging(Selection { scenario, only: only.as_ref() })?;
                let label = match only {
                    Some(_) => format!("Merged part of scenario {name}"),
                    None => format!("Merged scenario {name}"),
                };
                found.label = merge.decision().signed(&label);
                found.with = MergedWith::Scenario;
                found.scenario = Some(scenario);
            }
        }
        Ok(found)
    }
}

impl Found {
    /// Stands for exactly these conflicts, and this state of the copy.
    pub fn token(&self) -> String {
        let mut hasher = DefaultHasher::new();
        self.copy.as_ref().and_then(CopyMerge::head).hash(&mut hasher);
        for conflict in &self.merge.conflicts {
            serde_json::to_string(conflict).unwrap_or_default().hash(&mut hasher);
        }
        format!("{:x}", hasher.finish())
    }

    /// Who changed both sides of a conflict.
    pub fn sides(&self, store: &Store, place: usize, conflict: &Conflict) -> Sides {
        let (subject, field) = (conflict.subject, conflict.field());
        let merge = self.open.get(place).map(|open| open.operation);
        let ours = store.changed_last(subject, field);
        let theirs = match (&self.copy, self.scenario, merge) {
            (Some(copy), ..) => Ok(copy.changed_last(subject, field)),
            (None, Some(scenario), _) => store.changed_in_scenario(subject, field, scenario),
            (None, None, Some(merge)) => store.changed_in_copy(subject, field, merge),
            _ => Ok(None),
        };
        // Whose it was is told where it is known; without it the conflict is the same.
        [ours.unwrap_or_default(), theirs.unwrap_or_default()]
    }
}
