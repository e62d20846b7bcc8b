//! Figures of metrics, as sources state them. They come by the hundred thousand, so that what many of them say is shared.

use std::{borrow::Borrow, hash::Hash, sync::Arc};

use chrono::NaiveDate;
use headroom_model::MetricValue;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    diagnostic::Place,
    records::{Dates, Stated},
};

/// A figure of a metric for a span of days.
#[derive(Debug, Clone)]
pub struct FigureRecord {
    pub place: Place,
    /// The key of the metric.
    pub metric: Arc<str>,
    /// First and last day of what it measures.
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub value: MetricValue,
    pub scope: Arc<ImportedScope>,
    /// An address, a file with its cell, or words.
    pub origin: Stated<Arc<str>>,
    /// The days on which it is believed.
    pub dates: Dates,
}

/// What a figure is about; all empty: the organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImportedScope {
    /// Keys of a service and a team.
    pub service: Option<String>,
    pub team: Option<String>,
    pub segment: String,
    pub channel: String,
    pub market: String,
}

/// Values of which equal ones are kept once.
#[derive(Debug)]
pub struct Shared<T: ?Sized>(FxHashSet<Arc<T>>);

impl<T: ?Sized> Default for Shared<T> {
    fn default() -> Self {
        Self(FxHashSet::default())
    }
}

impl<T: ?Sized + Eq + Hash> Shared<T> {
    /// The one that equals `value`.
    pub fn one<V>(&mut self, value: V) -> Arc<T>
    where
        V: Borrow<T> + Into<Arc<T>>,
    {
        if let Some(known) = self.0.get(value.borrow()) {
            return known.clone();
        }
        let new: Arc<T> = value.into();
        self.0.insert(new.clone());
        new
    }
}

/// What `change` makes of the scopes of figures, each looked at once; none leaves one as it is.
pub fn alter_scopes(figures: &mut [FigureRecord], change: impl Fn(&ImportedScope) -> Option<ImportedScope>) {
    let mut made: FxHashMap<*const ImportedScope, Arc<ImportedScope>> = FxHashMap::default();
    // Kept, so that no other scope comes to lie where one of them was.
    let mut old = Vec::new();
    for figure in figures {
        let known = made.entry(Arc::as_ptr(&figure.scope)).or_insert_with(|| {
            old.push(figure.scope.clone());
            change(&figure.scope).map_or_else(|| figure.scope.clone(), Arc::new)
        });
        figure.scope = known.clone();
    }
}
