//! State of the program: the open plan, what is being imported, exported and simulated, and whether salaries are
//! shown. Any change of the plan clears what was calculated for its days.

mod open_plan;
mod refused_edit;
mod start;

use std::{
    ops::Deref,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::{Datelike, NaiveDate};
use headroom_analysis::{DayView, hiring::Occupancy};
pub use headroom_clock::{now, today};
use headroom_model::{Change, Draft, Money, Plan, Scenario, ScenarioId};
use headroom_store::{LateReading, Store, StoreError};

pub use self::{open_plan::plan_name, refused_edit::RefusedEdit, start::First};
use self::{
    open_plan::{DayCache, GateWords, OpenPlan, YearCosts},
    start::{FirstPlan, open_or_make_sample, remove, sample_path},
};
use crate::{
    at::At,
    commit::commit_edit,
    entities::entity::EntityKind,
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

/// What is open, looked at from the plan itself or from a scenario.
#[derive(Clone)]
pub struct AppState {
    program: Arc<Program>,
    /// None: the plan itself.
    scenario: Option<ScenarioId>,
}

impl Deref for AppState {
    type Target = Program;
    fn deref(&self) -> &Program {
        &self.program
    }
}

/// The state of the program, the same from wherever the plan is looked at.
pub struct Program {
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
    /// The problem with what is read after the plan is open.
    reading: Mutex<LateReading>,
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
        let program = Program {
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
            reading: Mutex::default(),
            refused: Mutex::default(),
            listener: Box::new(listener),
        };
        Self { program: Arc::new(program), scenario: None }
    }

    /// The state of a program that works on this plan alone, looked at from the scenario that the store shows.
    pub fn on(store: Store, author: String) -> Self {
        let scenario = store.scenario();
        let app = Self::new(author, PathBuf::new(), First::Welcome, |_| ());
        app.put(store);
        Self { scenario, ..app }
    }

    /// The same, looked at from the plan itself.
    #[must_use]
    pub fn in_plan(&self) -> Self {
        Self { program: self.program.clone(), scenario: None }
    }

    /// The same, looked at from a scenario.
    #[must_use]
    pub fn in_scenario(&self, scenario: ScenarioId) -> Self {
        Self { program: self.program.clone(), scenario: Some(scenario) }
    }

    /// The same, looked at from the scenario with this key; empty: from the plan itself. Where no plan is open there is
    /// none to look from.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] if the plan has no such scenario.
    pub fn in_scenario_named(&self, key: &str) -> Answer<Self> {
        let plan = if key.is_empty() { None } else { self.in_plan().plan().ok() };
        let Some(plan) = plan else { return Ok(self.in_plan()) };
        let found = plan.find::<Scenario>(key);
        let problem = || AppError::new(ErrorKind::NotFound, format!("the plan has no scenario “{key}”"));
        Ok(self.in_scenario(found.ok_or_else(problem)?))
    }

    /// The same, looked at from where entities of this kind are changed: what is said about scenarios is said in the plan
    /// itself.
    #[must_use]
    pub fn home_of(&self, kind: EntityKind) -> Self {
        if kind == EntityKind::Scenario { self.in_plan() } else { self.clone() }
    }

    /// The scenario from which the plan is looked at.
    pub fn scenario(&self) -> Option<ScenarioId> {
        self.scenario
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
        self.note_reading(&store);
        *self.lock() = Some(OpenPlan::new(store));
        self.refuse(None);
    }

    pub fn close(&self) {
        *self.lock() = None;
    }

    /// Runs something on what is open, as it is looked at.
    fn with_open<T>(&self, run: impl FnOnce(&mut OpenPlan) -> Answer<T>) -> Answer<T> {
        let mut open = self.lock();
        let open = open.as_mut().ok_or_else(AppError::no_plan)?;
        open.store.switch(self.scenario)?;
        if open.store.hide_pay(!self.pay.is_shown()) {
            open.renew_all();
        }
        run(open)
    }

    /// Has the store get something ready that is asked for next. Nothing is written.
    pub(crate) fn prepare(&self, ready: impl FnOnce(&mut Store) -> Result<(), StoreError>) -> Answer<()> {
        self.with_open(|open| Ok(ready(&mut open.store)?))
    }

    /// Runs a query on the store.
    pub fn with_store<T>(&self, ask: impl FnOnce(&Store, u32) -> T) -> Answer<T> {
        self.with_open(|open| Ok(ask(&open.store, open.revision)))
    }

    pub fn plan(&self) -> Answer<Arc<Plan>> {
        self.with_store(|store, _| store.plan().clone())
    }

    /// The organisation as seen from a point.
    pub fn day(&self, at: At) -> Answer<Arc<DayView>> {
        self.with_open(|open| Ok(open.day(at.shown_day())?))
    }

    /// The occupancies of all positions over time.
    pub fn occupancies(&self) -> Answer<Arc<Vec<Occupancy>>> {
        self.with_open(|open| {
            let (plan, known) = open.calculated();
            Ok(known.occupancies(plan))
        })
    }

    /// Annual cost of everyone in a position on this day, fully loaded. None while salaries are hidden: the
    /// difference of two days would reveal one person's.
    pub fn cost_on(&self, day: NaiveDate) -> Answer<Option<Money>> {
        if !self.pay.is_shown() {
            return Ok(None);
        }
        self.with_open(|open| {
            let (plan, known) = open.calculated();
            Ok(known.cost_on(plan, day))
        })
    }

    /// The cost of each position in the year of this day; empty while salaries are hidden.
    pub fn cost_by_position(&self, day: NaiveDate) -> Answer<Arc<YearCosts>> {
        if !self.pay.is_shown() {
            return Ok(Arc::default());
        }
        self.with_open(|open| {
            let (plan, known) = open.calculated();
            Ok(known.cost_by_position(plan, day.year()))
        })
    }

    /// What positions wait for on a day, in words.
    pub fn gates(&self, day: NaiveDate) -> Answer<Arc<GateWords>> {
        self.with_open(|open| {
            let (plan, known) = open.calculated();
            Ok(known.gates(plan, day))
        })
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
            view.findings();
            drop(known);
            // Whoever has closed the plan meanwhile needs no day of it.
            let _ = self.with_open(|open| {
                if open.revision == revision {
                    open.calculated().1.keep(2, view);
                }
                Ok(())
            });
        }
        self.is_looking_ahead.store(false, Ordering::Release);
    }

    /// What to calculate an uncached day from, and the revision of the plan.
    fn unknown(&self, day: NaiveDate) -> Option<(DayCache, u32)> {
        let found = self.with_open(|open| {
            let (revision, outside) = (open.revision, open.outside()?);
            let (plan, known) = open.calculated();
            if known.days.is_empty() || known.days.iter().any(|view| view.snapshot.day() == day) {
                return Ok(None);
            }
            let from = match known.same_as(plan, day) {
                Some(at) => DayCache::Neighbour(known.days[at].clone()),
                None => DayCache::Plan(plan.clone(), outside, known.facts.clone()),
            };
            Ok(Some((from, revision)))
        });
        found.ok().flatten()
    }

    /// Runs something that writes, and clears the cache.
    pub fn alter<T>(&self, alter: impl FnOnce(&mut Store) -> Result<T, StoreError>) -> Answer<T> {
        self.with_open(|open| {
            open.renew();
            let altered = alter(&mut open.store);
            self.tell_of_others(open);
            Ok(altered?)
        })
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
        let scenario = self.scenario;
        self.refuse(Some(RefusedEdit { label: label.to_owned(), merge: *merge, scenario }));
        Err(AppError::new(ErrorKind::Conflict, error.to_string()))
    }

    /// The edit that waits for a decision, where it was made.
    pub fn refused(&self) -> Option<RefusedEdit> {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner).clone();
        refused.filter(|edit| edit.scenario == self.scenario)
    }

    /// Puts an edit by until it is decided, instead of the one before; none if there is nothing to decide any more.
    pub fn refuse(&self, edit: Option<RefusedEdit>) {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = edit;
    }

    fn tell_of_others(&self, open: &mut OpenPlan) {
        if !open.store.has_news() {
            return;
        }
        open.renew_all();
        // Whoever cannot be told sees it in the history.
        let news = open.store.take_news().unwrap_or_default();
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
        // Of a scenario that is there no more its own questions tell.
        let _ = open.store.switch(self.scenario);
        let is_changed = open.store.refresh()?;
        if is_changed {
            self.tell_of_others(open);
        }
        Ok(is_changed)
    }
}

impl Program {
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
            Ok(open) => {
                self.note_reading(&open.store);
                *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Some(*open);
            }
            Err(problem) => *start = FirstPlan::Failed(problem),
        }
    }

    fn note_reading(&self, store: &Store) {
        *self.reading.lock().unwrap_or_else(PoisonError::into_inner) = store.late_reading().clone();
    }

    /// Checks that nothing was missing from what an answer was made of.
    ///
    /// # Errors
    /// [`ErrorKind::File`] if rows of the open plan could not be read.
    pub fn check_reading(&self) -> Answer<()> {
        Ok(self.reading.lock().unwrap_or_else(PoisonError::into_inner).check()?)
    }

    /// Why the plan named at the start could not be opened.
    pub fn start_problem(&self) -> Option<String> {
        self.settle_start();
        match &*self.start.lock().unwrap_or_else(PoisonError::into_inner) {
            FirstPlan::Failed(problem) => Some(problem.clone()),
            _ => None,
        }
    }
}
