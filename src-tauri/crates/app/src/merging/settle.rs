//! Looking at conflicts, at what decisions would do, and settling them.

use std::path::Path;

use headroom_model::{
    merge::{Choice, Conflict},
    wording::count_of,
};
use headroom_store::{OpenConflict, OperationMeta, Selection, Store, StoreError};
use serde::Serialize;

use super::{
    conflict_page::{ConflictPage, Decisions, PageOf},
    source::{ConflictSource, Found, ScenarioMerge},
};
use crate::{
    at::At,
    effect::{Effect, effect},
    error::{Answer, AppError, ErrorKind},
    scenarios::{blast_radius::unplaced, change::merged_row, sign_off::reason_to_sign_off},
    state::{AppState, RefusedEdit, now},
};

/// The conflicts of a source; of the first `limit` everything there is to say.
#[specta::specta]
pub fn conflicts(app: &AppState, source: ConflictSource, limit: u32) -> Answer<ConflictPage> {
    let app = &source.place(app);
    let refused = app.refused();
    app.with_store(|store, _| {
        let found = source.find(store, refused.as_ref())?;
        let page = PageOf {
            plan: store.plan(),
            with: found.with,
            shows_pay: app.pay.is_shown(),
            limit: limit as usize,
        };
        let sides = |place: usize, conflict: &_| found.sides(store, place, conflict);
        Ok(page.page(&found.merge.conflicts, found.token(), sides))
    })?
}

/// What decisions would do.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DecisionEffect {
    pub effect: Effect,
    /// The conflicts, by their place, in which what was chosen is impossible as the plan is: they stay open.
    pub refused: Vec<u32>,
}

/// What settling them so would do to the plan. Where nothing is decided yet, the plan keeps what it has.
#[specta::specta]
pub fn conflict_effect(
    app: &AppState,
    at: At,
    source: ConflictSource,
    token: String,
    decisions: Decisions,
) -> Answer<DecisionEffect> {
    let app = &source.place(app);
    let refused = app.refused();
    let (label, decided) = app.with_store(|store, _| {
        let found = known(&source, store, refused.as_ref(), &token)?;
        let choices = decisions.of(&found.merge.conflicts);
        Ok::<_, StoreError>((found.label.clone(), store.deciding(&found.merge, &choices)?))
    })??;
    let effect = effect(app, &*app.day(at)?, label, decided.changes)?;
    Ok(DecisionEffect { effect, refused: decided.refused.into_iter().map(|place| place as u32).collect() })
}

/// What has been settled.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Settled {
    pub label: String,
    pub decided: u32,
    /// Choices that were impossible as the plan is.
    pub refused: u32,
    /// Conflicts that wait to be decided.
    pub left: u32,
}

/// Settles conflicts. Of a copy those that are not decided stay open; of anything else all have to be.
#[specta::specta]
pub fn settle_conflicts(
    app: &AppState,
    source: ConflictSource,
    token: String,
    decisions: Decisions,
) -> Answer<Settled> {
    let app = &source.place(app);
    let refused = app.refused();
    if let ConflictSource::Scenario(merge) = &source {
        check_holding_area(app, merge)?;
        check_sign_off(app, merge)?;
    }
    let settle = Settling { author: &app.author, decisions: &decisions };
    let settled = app.alter(|store| {
        let found = known(&source, store, refused.as_ref(), &token)?;
        settle.settle(&source, store, &found)
    })?;
    match settled {
        Some(settled) => {
            if source == ConflictSource::Refused {
                app.refuse(None);
            }
            Ok(settled)
        }
        None => Err(AppError::new(ErrorKind::Invalid, "decide every conflict first")),
    }
}

/// A scenario is merged whole only once everybody is placed, or said to be on no team on purpose.
fn check_holding_area(app: &AppState, merge: &ScenarioMerge) -> Answer<()> {
    if merge.only.is_some() || merge.is_held_on_purpose {
        return Ok(());
    }
    let branch = app.with_store(|store, _| store.branch(merge.scenario()))??;
    match unplaced(&branch) {
        Some(who) => {
            let message = format!("{who} on no team: place them, or say that it is on purpose");
            Err(AppError::new(ErrorKind::Invalid, message))
        }
        None => Ok(()),
    }
}

/// Why merging these changes of a scenario has to be signed off; none if it has not.
#[specta::specta]
pub fn sign_off_needed(app: &AppState, merge: ScenarioMerge) -> Answer<Option<String>> {
    let only = merge.chosen();
    let selection = Selection { scenario: merge.scenario(), only: only.as_ref() };
    Ok(app.in_plan().with_store(|store, _| reason_to_sign_off(store, selection))??)
}

/// A merge is signed off where the plan asks for it.
fn check_sign_off(app: &AppState, merge: &ScenarioMerge) -> Answer<()> {
    if !merge.signed_off_by.trim().is_empty() && merge.signed_off.is_some() {
        return Ok(());
    }
    match sign_off_needed(app, merge.clone())? {
        Some(reason) => {
            let message = format!("{reason}: say who has signed it off, and when");
            Err(AppError::new(ErrorKind::Invalid, message))
        }
        None => Ok(()),
    }
}

/// The conflicts that were shown, if they are still the same.
fn known(
    source: &ConflictSource,
    store: &Store,
    refused: Option<&RefusedEdit>,
    token: &str,
) -> Result<Found, StoreError> {
    let found = source.find(store, refused)?;
    if found.token() == token { Ok(found) } else { Err(StoreError::ChangedElsewhere) }
}

struct Settling<'a> {
    author: &'a str,
    decisions: &'a Decisions,
}

impl Settling<'_> {
    /// None if something has to be decided first.
    fn settle(
        &self,
        source: &ConflictSource,
        store: &mut Store,
        found: &Found,
    ) -> Result<Option<Settled>, StoreError> {
        let conflicts = &found.merge.conflicts;
        let choices = self.decisions.of(conflicts);
        let chosen = conflicts.iter().cloned().zip(&choices);
        let chosen: Vec<(Conflict, Choice)> =
            chosen.filter_map(|(conflict, choice)| Some((conflict, (*choice)?))).collect();
        let mut settled =
            Settled { label: found.label.clone(), decided: chosen.len() as u32, refused: 0, left: 0 };
        match source {
            ConflictSource::Open => {
                settled.label = format!("Decided {}", count_of(chosen.len(), "conflict"));
                settled.refused = self.decide(store, &found.open, &chosen)?;
            }
            ConflictSource::Copy(path) => {
                store.merge_copy(Path::new(path), &self.note(&found.label))?;
                let merge = store.next_undo().map(|step| step.seq);
                let mut opened = store.open_conflicts()?;
                opened.retain(|open| Some(open.operation) == merge);
                settled.refused = self.decide(store, &opened, &chosen)?;
            }
            _ if chosen.len() < conflicts.len() => return Ok(None),
            ConflictSource::Undo(seq) => {
                store.undo_deciding(i64::from(*seq), self.author, now(), &chosen)?;
            }
            ConflictSource::Scenario(merge) => {
                let only = merge.chosen();
                let selection = Selection { scenario: merge.scenario(), only: only.as_ref() };
                let row = merged_row(store, selection, &merge.decision())?;
                store.merge_scenario(selection, &self.note(&found.label), &chosen, row)?;
            }
            ConflictSource::Refused => {
                let decided = store.deciding(&found.merge, &choices)?;
                settled.refused = decided.refused.len() as u32;
                store.apply(&self.note(&found.label), decided.changes)?;
            }
        }
        settled.decided -= settled.refused;
        settled.left = store.open_conflicts()?.len() as u32;
        Ok(Some(settled))
    }

    /// Decides those about which there is a choice; gives how many choices were impossible. What is not the same conflict
    /// any more, since somebody else has written meanwhile, stays open.
    fn decide(
        &self,
        store: &mut Store,
        open: &[OpenConflict],
        chosen: &[(Conflict, Choice)],
    ) -> Result<u32, StoreError> {
        let choice = |open: &OpenConflict| {
            let (_, choice) = chosen.iter().find(|(conflict, _)| *conflict == open.conflict)?;
            Some((open.clone(), *choice))
        };
        let decided: Vec<(OpenConflict, Choice)> = open.iter().filter_map(choice).collect();
        if decided.is_empty() {
            return Ok(0);
        }
        let label = format!("Decided {}", count_of(decided.len(), "conflict"));
        Ok(store.decide(&self.note(&label), &decided)?.len() as u32)
    }

    fn note(&self, label: &str) -> OperationMeta {
        OperationMeta::edit(label, self.author, now())
    }
}
