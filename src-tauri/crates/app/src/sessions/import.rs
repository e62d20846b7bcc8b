//! The import being previewed.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicU32, Ordering},
};

use headroom_exchange::{Preview, ReadProgress};
use headroom_files::Diagnostic;
use headroom_model::ScenarioId;
use serde::{Deserialize, Serialize};

use crate::error::{Answer, AppError, ErrorKind};

/// The import being previewed.
#[derive(Default)]
pub struct ImportSession {
    pending: Mutex<Option<Pending>>,
    /// Incremented when an import starts or is cancelled, so that a cancelled one is recognised.
    turn: AtomicU32,
    /// Of the import that is being read.
    progress: Mutex<ReadProgress>,
}

pub struct Pending {
    pub preview: Preview,
    /// Diagnostics, most severe first. Ambiguities are asked separately.
    pub problems: Vec<Diagnostic>,
    pub label: String,
    /// The revision of the plan it was compared with.
    pub revision: u32,
    /// The scenario that it was compared with; none: the plan itself.
    pub scenario: Option<ScenarioId>,
}

impl ImportSession {
    /// Begins another one; one that is still being read ends.
    pub fn begin(&self) -> u32 {
        self.put(None);
        std::mem::take(&mut *self.progress.lock().unwrap_or_else(PoisonError::into_inner)).cancel();
        self.turn.fetch_add(1, Ordering::SeqCst) + 1
    }

    pub fn check(&self, turn: u32) -> Answer<()> {
        if self.turn.load(Ordering::SeqCst) == turn { Ok(()) } else { Err(AppError::cancelled()) }
    }

    pub fn progress(&self) -> ReadProgress {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn put(&self, pending: Option<Pending>) {
        *self.pending.lock().unwrap_or_else(PoisonError::into_inner) = pending;
    }

    pub fn with_problems<T>(&self, ask: impl FnOnce(&[Diagnostic]) -> T) -> Answer<T> {
        self.with(|pending| ask(&pending.problems))
    }

    pub fn with<T>(&self, ask: impl FnOnce(&Pending) -> T) -> Answer<T> {
        let pending = self.pending.lock().unwrap_or_else(PoisonError::into_inner);
        pending.as_ref().map(ask).ok_or_else(nothing_pending)
    }

    pub fn take(&self) -> Answer<Pending> {
        self.pending.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(nothing_pending)
    }
}

fn nothing_pending() -> AppError {
    AppError::new(ErrorKind::NotFound, "no import in progress; choose the files again")
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum ImportStage {
    Reading,
    Comparing,
    Writing,
}
