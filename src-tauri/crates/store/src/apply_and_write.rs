//! What a long list of changes needs besides writing its rows, done by another thread meanwhile.

use std::{sync::mpsc, thread};

use headroom_model::{ApplyError, Change, Plan, merge::PatchTexts};

/// From how many changes on another thread is worth its while.
const MANY: usize = 1000;

/// Of how many changes the JSON is handed over at once.
const PART: usize = 1024;

/// How many parts are made before the first of them is needed: more would only take memory.
const AHEAD: usize = 32;

/// Applies the changes to a plan and does `write` with their JSON, which comes in parts once the plan has taken them. If
/// there are many, `write` begins at the same time: until it has the JSON of all, the plan may still refuse them.
///
/// # Errors
/// What [`Plan::apply`] gives; the plan is unchanged then, and whatever `write` gave is dropped.
pub(crate) fn apply_and_write<T>(
    plan: &mut Plan,
    changes: &[Change],
    write: impl FnOnce(&mut dyn Iterator<Item = PatchTexts>) -> T,
) -> Result<T, ApplyError> {
    if changes.len() < MANY {
        plan.apply(changes)?;
        return Ok(write(&mut changes.chunks(PART).map(PatchTexts::of)));
    }
    thread::scope(|scope| {
        let (sender, parts) = mpsc::sync_channel(AHEAD);
        let beside = scope.spawn(move || -> Result<(), ApplyError> {
            plan.apply(changes)?;
            for part in changes.chunks(PART) {
                if sender.send(PatchTexts::of(part)).is_err() {
                    // It was not written, and the writer says why.
                    break;
                }
            }
            Ok(())
        });
        let written = write(&mut parts.into_iter());
        beside.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?;
        Ok(written)
    })
}
