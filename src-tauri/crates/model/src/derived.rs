//! What has been worked out of the rows of a table, and goes when one of them is altered.

use std::{
    any::{Any, TypeId},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use rustc_hash::FxHashMap;

type Known = Mutex<FxHashMap<TypeId, Arc<dyn Any + Send + Sync>>>;

/// One value of each type. Clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Derived(Arc<OnceLock<Known>>);

impl Derived {
    /// The value of this type; who comes first makes it, others wait.
    pub fn get<D: Any + Send + Sync>(&self, make: impl FnOnce() -> D) -> Arc<D> {
        let mut known = self.0.get_or_init(Known::default).lock().unwrap_or_else(PoisonError::into_inner);
        let there = known.get(&TypeId::of::<D>()).cloned().and_then(|known| known.downcast::<D>().ok());
        there.unwrap_or_else(|| {
            let made = Arc::new(make());
            known.insert(TypeId::of::<D>(), made.clone());
            made
        })
    }

    /// For the owner of altered rows; others keep theirs.
    pub fn forget(&mut self) {
        match Arc::get_mut(&mut self.0) {
            Some(own) => drop(own.take()),
            None => *self = Self::default(),
        }
    }
}
