//! Rows that are read when somebody looks at them.

use std::{
    fmt,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

type Reader<R> = Box<dyn FnOnce() -> R + Send>;

/// Rows that are there, or are read on the first look; clones look together.
#[derive(Debug, Clone, Default)]
pub(crate) struct LateRows<R> {
    /// Empty while there is somebody to ask.
    own: R,
    unread: Option<Arc<Unread<R>>>,
}

struct Unread<R> {
    rows: OnceLock<R>,
    reader: Mutex<Option<Reader<R>>>,
}

impl<R> fmt::Debug for Unread<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("rows that are read later")
    }
}

impl<R: Default> Unread<R> {
    fn get(&self) -> &R {
        self.rows.get_or_init(|| {
            let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner).take();
            reader.map_or_else(R::default, |read| read())
        })
    }
}

impl<R: Default + Clone> LateRows<R> {
    pub fn there(rows: R) -> Self {
        Self { own: rows, unread: None }
    }

    pub fn later(read: impl FnOnce() -> R + Send + 'static) -> Self {
        let reader: Reader<R> = Box::new(read);
        let unread = Unread { rows: OnceLock::new(), reader: Mutex::new(Some(reader)) };
        Self { own: R::default(), unread: Some(Arc::new(unread)) }
    }

    pub fn get(&self) -> &R {
        self.unread.as_ref().map_or(&self.own, |unread| unread.get())
    }

    /// Whether a look at them waits for nobody.
    pub fn are_there(&self) -> bool {
        self.unread.as_ref().is_none_or(|unread| unread.rows.get().is_some())
    }

    pub fn get_mut(&mut self) -> &mut R {
        if let Some(unread) = self.unread.take() {
            self.own = unread.get().clone();
        }
        &mut self.own
    }

    /// Whether both wait for the same reader.
    pub fn is_shared_with(&self, other: &Self) -> bool {
        self.unread.as_ref().zip(other.unread.as_ref()).is_some_and(|(own, others)| Arc::ptr_eq(own, others))
    }
}
