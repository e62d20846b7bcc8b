//! Rewinding the plan to a step of its history: everything after it is undone, as one step that can be undone itself.

use headroom_store::{OperationMeta, StoreError};
use serde::Serialize;

use crate::{
    at::At,
    effect::{Effect, effect},
    error::Answer,
    state::{AppState, now},
    use_case::{UseCase, use_cases},
};

pub(crate) const USE_CASES: &[UseCase] = use_cases! { rewind, rewind_effect };

/// What rewinding to a step would do.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Rewinding {
    /// How many steps have followed it.
    pub steps: u32,
    /// The newest of them: what [`rewind`] takes.
    pub newest: u32,
    pub effect: Effect,
}

/// What rewinding to after a step would do to the plan.
#[specta::specta]
pub fn rewind_effect(app: &AppState, seq: u32, at: At) -> Answer<Rewinding> {
    let (label, steps, changes, newest) = app.with_store(|store, _| {
        let (label, steps, changes) = store.rewinding(seq.into())?;
        Ok::<_, StoreError>((label, steps, changes, store.newest_operation()))
    })??;
    let effect = effect(app, &*app.day(at)?, label, changes)?;
    Ok(Rewinding { steps, newest: u32::try_from(newest).unwrap_or(u32::MAX), effect })
}

/// Undoes everything that was done after a step, as one step; answers with its label. `newest` is the newest step that
/// was shown.
///
/// # Errors
/// [`ErrorKind::Stale`](crate::error::ErrorKind::Stale) if that is not the newest any more.
#[specta::specta]
pub fn rewind(app: &AppState, seq: u32, newest: u32) -> Answer<String> {
    app.alter(|store| {
        if store.newest_operation() != i64::from(newest) {
            return Err(StoreError::ChangedElsewhere);
        }
        let (label, _, changes) = store.rewinding(seq.into())?;
        let label = format!("Restored to “{label}”");
        store.apply(&OperationMeta::edit(&label, &app.author, now()), changes)?;
        Ok(label)
    })
}

#[cfg(test)]
mod tests {
    use headroom_model::Team;
    use headroom_store::Store;

    use super::*;
    use crate::{
        error::ErrorKind,
        frame::undo::{redo, undo},
    };

    fn app(folder: &tempfile::TempDir) -> AppState {
        AppState::on(Store::create(&folder.path().join("acme.headroom"), now()).unwrap(), "Ada".to_owned())
    }

    fn add(app: &AppState, name: &str) -> u32 {
        app.edit(
            |_| format!("Add {name}"),
            |draft| {
                let id = draft.new_id::<Team>();
                draft.put(Team { id, key: name.to_lowercase(), name: name.into(), ..Team::default() });
                Ok(())
            },
        )
        .unwrap();
        newest(app)
    }

    fn newest(app: &AppState) -> u32 {
        u32::try_from(app.with_store(|store, _| store.newest_operation()).unwrap()).unwrap()
    }

    fn teams(app: &AppState) -> Vec<String> {
        app.plan().unwrap().in_order::<Team>().iter().map(|team| team.name.clone()).collect()
    }

    #[test]
    fn the_plan_becomes_what_it_was_after_a_step_and_one_undo_brings_all_back() {
        let folder = tempfile::tempdir().unwrap();
        let app = app(&folder);
        let payments = add(&app, "Payments");
        add(&app, "Returns");
        undo(&app, None).unwrap();
        add(&app, "Search");
        add(&app, "Fraud");
        let shown = rewind_effect(&app, payments, At::default()).unwrap();
        assert_eq!((shown.steps, shown.effect.change_count), (4, 2), "an undone step is no change");
        assert_eq!(rewind(&app, payments, shown.newest).unwrap(), "Restored to “Add Payments”");
        assert_eq!(teams(&app), ["Payments"]);
        undo(&app, None).unwrap();
        assert_eq!(teams(&app), ["Fraud", "Payments", "Search"]);
        redo(&app).unwrap();
        assert_eq!(teams(&app), ["Payments"]);
    }

    #[test]
    fn nothing_is_rewound_that_was_not_shown() {
        let folder = tempfile::tempdir().unwrap();
        let app = app(&folder);
        let payments = add(&app, "Payments");
        let shown = add(&app, "Returns");
        add(&app, "Search");
        assert_eq!(rewind(&app, payments, shown).unwrap_err().kind, ErrorKind::Stale);
        assert!(rewind(&app, 99, newest(&app)).is_err(), "no such step");
        assert_eq!(teams(&app).len(), 3);
    }
}
