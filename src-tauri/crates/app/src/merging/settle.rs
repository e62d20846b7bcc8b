//! Looking at conflicts, at what decisions would do, and settling them.

use std::path::Path;

use headroom_model::merge::{Choice, Conflict};
use headroom_store::{OpenConflict, OperationMeta, Store, StoreError};
use serde::Serialize;

use super::{
    conflict_page::{ConflictPage, Decisions, PageOf},
    source::{ConflictSource, Found},
};
use crate::{
    at::At,
    effect::{Effect, effect},
    error::{Answer, AppError, ErrorKind},
    state::{AppState, now},
};

/// The conflicts of a source; of the first `limit` everything there is to say.
#[specta::specta]
pub fn conflicts(app: &AppState, source: ConflictSource, limit: u32) -> Answer<ConflictPage> {
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

/// What settling them so would do to the plan. Where nothing is decided yet, the plan keeps what it has.
#[specta::specta]
pub fn conflict_effect(
    app: &AppState,
    at: At,
    source: ConflictSource,
    token: String,
    decisions: Decisions,
) -> Answer<Effect> {
    let refused = app.refused();
    let (label, changes) = app.with_store(|store, _| {
        let found = known(&source, store, refused.as_ref(), &token)?;
        let choices = decisions.of(&found.merge.conflicts);
        Ok::<_, StoreError>((found.label.clone(), store.deciding(&found.merge, &choices)?))
    })??;
    effect(&*app.day(at)?, label, changes)
}

/// What has been settled.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Settled {
    pub label: String,
    pub decided: u32,
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
    let refused = app.refused();
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

/// The conflicts that were shown, if they are still the same.
fn known(
    source: &ConflictSource,
    store: &Store,
    refused: Option<&super::source::RefusedEdit>,
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
        let choices = self.decisions.of(&found.merge.conflicts);
        let decided = choices.iter().flatten().count();
        let mut settled = Settled { label: found.label.clone(), decided: decided as u32, left: 0 };
        match source {
            ConflictSource::Open => {
                settled.label = self.decide(store, found.open.clone(), &choices)?;
            }
            ConflictSource::Copy(path) => {
                let before = store.open_conflicts()?.len();
                store.merge_copy(Path::new(path), &self.note(&found.label))?;
                let opened = store.open_conflicts()?.split_off(before);
                self.decide(store, opened, &choices)?;
            }
            _ if decided < choices.len() => return Ok(None),
            ConflictSource::Undo(seq) => {
                let conflicts = found.merge.conflicts.iter().cloned();
                let decided: Vec<(Conflict, Choice)> = conflicts
                    .zip(choices)
                    .filter_map(|(conflict, choice)| Some((conflict, choice?)))
                    .collect();
                store.undo_deciding(i64::from(*seq), self.author, now(), &decided)?;
            }
            ConflictSource::Refused => {
                let changes = store.deciding(&found.merge, &choices)?;
                store.apply(&self.note(&found.label), changes)?;
            }
        }
        settled.left = store.open_conflicts()?.len() as u32;
        Ok(Some(settled))
    }

    /// Decides those about which there is a choice; gives the label.
    fn decide(
        &self,
        store: &mut Store,
        open: Vec<OpenConflict>,
        choices: &[Option<Choice>],
    ) -> Result<String, StoreError> {
        let decided: Vec<(OpenConflict, Choice)> =
            open.into_iter().zip(choices).filter_map(|(open, choice)| Some((open, (*choice)?))).collect();
        let label = match decided.len() {
            1 => "Decided a conflict".to_owned(),
            many => format!("Decided {many} conflicts"),
        };
        if !decided.is_empty() {
            store.decide(&self.note(&label), &decided)?;
        }
        Ok(label)
    }

    fn note(&self, label: &str) -> OperationMeta {
        OperationMeta::edit(label, self.author, now())
    }
}
