//! State of the program: the open plan, what is being imported, exported and simulated, and whether salaries are
//! shown. Any change of the plan clears what was calculated for its days.

mod open_plan;
mod refused_edit;
mod start;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::{Datelike, NaiveDate};
use headroom_analysis::{DayView, hiring::Occupancy};
pub use headroom_clock::{now, today};
use headroom_model::{Change, Draft, Money, Plan};
use headroom_store::{Store, StoreError};

pub use self::{open_plan::plan_name, refused_edit::RefusedEdit, start::First};
use self::{
    open_plan::{DayCache, OpenPlan, YearCosts},
    start::{FirstPlan, open_or_make_sample, remove, sample_path},
};
use crate::{
    at::At,
    commit::commit_edit,
    error::{Answer, AppError, ErrorKind},
    hidden_pay::PayPolicy,
    sessions::{
        export::ExportJob,
        import::{ImportSession, ImportStage},
        simulation::SimulationJob,
    },
};

/// What happens while a use case runs, for whoever shows it.
pub enum Notice {
    /// This plan is open; none was closed.
    Opened(Option<String>),
    Import(ImportStage),
    /// Number of runs completed.
    Simulation {
        done: u32,
        runs: u32,
    },
    /// Another program has written to the plan.
    ChangedElsewhere(OthersChange),
}

/// What another program has done to the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OthersChange {
    pub operations: u32,
    /// The newest one.
    pub seq: i64,
    pub label: String,
    /// Whose they are, each once.
    pub authors: Vec<String>,
}

pub struct AppState {
    open: Mutex<Option<OpenPlan>>,
    /// Opens the plan named at the start while the window is created.
    start: Mutex<FirstPlan>,
    /// The plan named at the start.
    pub start_path: Option<PathBuf>,
    pub import: ImportSession,
    pub export: ExportJob,
    pub simulation: SimulationJob,
    pub author: String,
    pub pay: PayPolicy,
    /// Whether days are being calculated ahead.
    is_looking_ahead: AtomicBool,
    /// Folder of the list of recent plans and of the sample.
    pub data_folder: PathBuf,
    /// The edit that was refused last, since somebody else had changed the same.
    refused: Mutex<Option<RefusedEdit>>,
    listener: Box<dyn Fn(Notice) + Send + Sync>,
}

/// The day on which a query about `shown` is asked: what lies ahead can be acted on from today on, and for the past
/// the answer is what was known then.
pub fn asked_on(shown: NaiveDate) -> NaiveDate {
    shown.min(today())
}

impl AppState {
    /// Starts to open what is to be shown first, in another thread. `listener` hears what happens meanwhile.
    pub fn new(
        author: String,
        data_folder: PathBuf,
        first: First,
        listener: impl Fn(Notice) + Send + Sync + 'static,
    ) -> Self {
        let start_path = match &first {
            First::Plan(path) => Some(path.clone()),
            First::Welcome | First::Sample => None,
        };
        Self {
            open: Mutex::new(None),
            start: Mutex::new(FirstPlan::new(first, &data_folder)),
            start_path,
            import: ImportSession::default(),
            export: ExportJob::default(),
            simulation: SimulationJob::default(),
            author,
            pay: PayPolicy::default(),
            is_looking_ahead: AtomicBool::new(false),
            data_folder,
            refused: Mutex::default(),
            listener: Box::new(listener),
        }
    }

    /// The state of a program that works on this plan alone.
    pub fn on(store: Store, author: String) -> Self {
        let app = Self::new(author, PathBuf::new(), First::Welcome, |_| ());
        app.put(store);
        app
    }

    pub fn tell(&self, notice: Notice) {
        (self.listener)(notice);
    }

    fn lock(&self) -> MutexGuard<'_, Option<OpenPlan>> {
        self.settle_start();
        // After a panic in a command the store is still consistent: every write is complete.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the plan named at the start.
    fn settle_start(&self) {
        let mut start = self.start.lock().unwrap_or_else(PoisonError::into_inner);
        if !matches!(*start, FirstPlan::Opening(_)) {
            return;
        }
        let FirstPlan::Opening(opening) = std::mem::replace(&mut *start, FirstPlan::Nothing) else { return };
        match opening.join().unwrap_or_else(|_| Err("could not read the plan".to_owned())) {
            Ok(store) => {
                *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Some(OpenPlan::new(store))
            }
            Err(problem) => *start = FirstPlan::Failed(problem),
        }
    }

    /// Why the plan named at the start could not be opened.
    pub fn start_problem(&self) -> Option<String> {
        self.settle_start();
        match &*self.start.lock().unwrap_or_else(PoisonError::into_inner) {
            FirstPlan::Failed(problem) => Some(problem.clone()),
            _ => None,
        }
    }

    pub fn open(&self, path: &Path) -> Answer<()> {
        let store = Store::open(path, now())?;
        self.put(store);
        Ok(())
    }

    /// Opens the sample organisation; creates it if it does not exist or its dates are in the past. `anew` replaces
    /// an edited one.
    pub fn open_sample(&self, anew: bool) -> Answer<()> {
        let path = sample_path(&self.data_folder);
        if anew {
            self.close();
            remove(&path)?;
        }
        self.put(open_or_make_sample(&path)?);
        Ok(())
    }

    pub fn put(&self, store: Store) {
        *self.lock() = Some(OpenPlan::new(store));
        self.refuse(None);
    }

    pub fn close(&self) {
        *self.lock() = None;
    }

    /// Runs a query on the store.
    pub fn with_store<T>(&self, ask: impl FnOnce(&Store, u32) -> T) -> Answer<T> {
        let open = self.lock();
        let open = open.as_ref().ok_or_else(AppError::no_plan)?;
        Ok(ask(&open.store, open.revision))
    }

    pub fn plan(&self) -> Answer<Arc<Plan>> {
        self.with_store(|store, _| store.plan().clone())
    }

    /// The organisation as seen from a point.
    pub fn day(&self, at: At) -> Answer<Arc<DayView>> {
        let day = at.shown_day();
        let mut open = self.lock();
        let open = open.as_mut().ok_or_else(AppError::no_plan)?;
        // Days ahead are calculated as seen from today, so yesterday's are outdated.
        open.days.retain(|view| view.today() == Some(today()));
        if let Some(view) = open.days.iter().find(|view| view.snapshot.day() == day) {
            return Ok(view.clone());
        }
        let view = match open.same_as(day) {
            // One day between the same event dates is enough to make the others.
            Some(at) => Arc::new(open.days.remove(at).on(day)),
            None => Arc::new(DayView::asked_on(open.store.plan(), day, today(), open.facts.as_ref())),
        };
        open.keep(0, view.clone());
        Ok(view)
    }

    /// The occupancies of all positions over time.
    pub fn occupancies(&self) -> Answer<Arc<Vec<Occupancy>>> {
        Ok(self.lock().as_mut().ok_or_else(AppError::no_plan)?.occupancies())
    }

    /// Annual cost of everyone in a position on this day, fully loaded. None while salaries are hidden: the
    /// difference of two days would reveal one person's.
    pub fn cost_on(&self, day: NaiveDate) -> Answer<Option<Money>> {
        if !self.pay.is_shown() {
            return Ok(None);
        }
        Ok(self.lock().as_mut().ok_or_else(AppError::no_plan)?.cost_on(day))
    }

    /// The cost of each position in the year of this day; empty while salaries are hidden.
    pub fn cost_by_position(&self, day: NaiveDate) -> Answer<Arc<YearCosts>> {
        if !self.pay.is_shown() {
            return Ok(Arc::default());
        }
        Ok(self.lock().as_mut().ok_or_else(AppError::no_plan)?.cost_by_position(day.year()))
    }

    /// Calculates what is likely to be asked for next, in the background. Does nothing if that is running already.
    pub fn look_ahead(&self, next: &[At]) {
        if self.is_looking_ahead.swap(true, Ordering::Acquire) {
            return;
        }
        for at in next {
            let day = at.shown_day();
            let Some((known, revision)) = self.unknown(day) else { continue };
            let view = Arc::new(known.on(day));
            drop(known);
            if let Some(open) = self.lock().as_mut().filter(|open| open.revision == revision) {
                open.keep(2, view);
            }
        }
        self.is_looking_ahead.store(false, Ordering::Release);
    }

    /// What to calculate an uncached day from, and the revision of the plan.
    fn unknown(&self, day: NaiveDate) -> Option<(DayCache, u32)> {
        let mut open = self.lock();
        let open = open.as_mut().filter(|open| !open.days.is_empty())?;
        if open.days.iter().any(|view| view.snapshot.day() == day) {
            return None;
        }
        let known = match open.same_as(day) {
            Some(at) => DayCache::Neighbour(open.days[at].clone()),
            None => DayCache::Plan(open.store.plan().clone(), open.facts.clone()),
        };
        Some((known, open.revision))
    }

    /// Runs something that writes, and clears the cache.
    pub fn alter<T>(&self, alter: impl FnOnce(&mut Store) -> Result<T, StoreError>) -> Answer<T> {
        let mut open = self.lock();
        let open = open.as_mut().ok_or_else(AppError::no_plan)?;
        open.renew();
        let altered = alter(&mut open.store);
        self.tell_of_others(&mut open.store);
        Ok(altered?)
    }

    /// Applies changes under a label, with what follows from them. If somebody else has changed the same meanwhile, they
    /// wait for a decision: see [`ConflictSource::Refused`](crate::merging::ConflictSource::Refused).
    pub fn apply(&self, label: impl Into<String>, changes: Vec<Change>) -> Answer<()> {
        if changes.is_empty() {
            return Ok(());
        }
        let label = label.into();
        self.alter_or_wait(&label, |store| commit_edit(store, &label, &self.author, changes))
    }

    /// Runs something that writes. If somebody else has changed the same meanwhile, it waits for a decision.
    ///
    /// # Errors
    /// [`ErrorKind::Conflict`] if it waits.
    pub fn alter_or_wait(
        &self,
        label: &str,
        alter: impl FnOnce(&mut Store) -> Result<(), StoreError>,
    ) -> Answer<()> {
        let conflict = self.alter(|store| match alter(store) {
            Err(StoreError::Conflicts(merge)) => Ok(Some(merge)),
            done => done.map(|()| None),
        })?;
        let Some(merge) = conflict else { return Ok(()) };
        let error = StoreError::Conflicts(merge.clone());
        self.refuse(Some(RefusedEdit { label: label.to_owned(), merge: *merge }));
        Err(AppError::new(ErrorKind::Conflict, error.to_string()))
    }

    /// The edit that waits for a decision.
    pub fn refused(&self) -> Option<RefusedEdit> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts an edit by until it is decided, instead of the one before; none if there is nothing to decide any more.
    pub fn refuse(&self, edit: Option<RefusedEdit>) {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = edit;
    }

    fn tell_of_others(&self, store: &mut Store) {
        // Whoever cannot be told sees it in the history.
        let news = store.take_news().unwrap_or_default();
        let Some(newest) = news.last() else { return };
        let mut authors: Vec<String> = news.iter().map(|operation| operation.author.clone()).collect();
        authors.sort_unstable();
        authors.dedup();
        self.tell(Notice::ChangedElsewhere(OthersChange {
            operations: news.len() as u32,
            seq: newest.seq,
            label: newest.label.clone(),
            authors,
        }));
    }

    /// Collects changes against the current plan and applies them.
    pub fn edit<T>(
        &self,
        label: impl FnOnce(&Plan) -> String,
        collect: impl FnOnce(&mut Draft<'_>) -> Answer<T>,
    ) -> Answer<T> {
        self.edit_as(|plan, draft| {
            let outcome = collect(draft)?;
            Ok((label(plan), outcome))
        })
    }

    /// [`AppState::edit`] with a label that depends on what is collected.
    pub fn edit_as<T>(
        &self,
        collect: impl for<'p> FnOnce(&'p Arc<Plan>, &mut Draft<'p>) -> Answer<(String, T)>,
    ) -> Answer<T> {
        let plan = self.plan()?;
        let mut draft = Draft::new(&plan);
        let (label, outcome) = collect(&plan, &mut draft)?;
        let changes = draft.finish();
        // So that the plan in memory is altered in place rather than copied.
        drop(plan);
        self.apply(label, changes)?;
        Ok(outcome)
    }

    /// Reloads the plan if another program has written to it.
    pub fn refresh(&self) -> Answer<bool> {
        let mut open = self.lock();
        let Some(open) = open.as_mut() else { return Ok(false) };
        let is_changed = open.store.refresh()?;
        if is_changed {
            open.renew();
            self.tell_of_others(&mut open.store);
        }
        Ok(is_changed)
    }
}
