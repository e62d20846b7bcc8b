//! The update of files being previewed.

use std::sync::{Mutex, PoisonError};

use headroom_exchange::Update;

use crate::error::{Answer, AppError, ErrorKind};

/// The update of files being previewed.
#[derive(Default)]
pub struct ExportJob(Mutex<Option<Update>>);

impl ExportJob {
    pub fn put(&self, update: Option<Update>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = update;
    }

    pub fn with<T>(&self, ask: impl FnOnce(&Update) -> Answer<T>) -> Answer<T> {
        match &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(update) => ask(update),
            None => Err(AppError::new(ErrorKind::NotFound, "no update to write; choose the files again")),
        }
    }
}
