//! State of the program: the open plan, and a cache of what was calculated for some days. Any change of the plan
//! clears the cache; a day is made from a cached one between the same two event dates where there is one, which is
//! much cheaper than from scratch.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
};

use chrono::{Datelike, Days, NaiveDate};
use headroom_analysis::{
    DayView, EventDates, Facts,
    assumptions::Assumptions,
    cost::{CostByDay, Costs, cost_by_position},
    hiring::{self, Occupancy},
};
pub use headroom_clock::{now, today};
use headroom_model::{Change, Draft, FieldError, Money, Plan, PositionId};
use headroom_store::{OperationMeta, Store};
use rustc_hash::FxHashMap;

use crate::{
    error::{Answer, AppError, ErrorKind},
    view::{export::ExportJob, hiring::simulation::SimulationJob, import::ImportSession},
};

/// Number of cached days: the one shown, today, a few just left, and those likely to come next.
const DAYS_KEPT: usize = 8;

/// Days before and after the requested one for which cost is calculated as well: more than the timeline has.
const COSTED: (Days, Days) = (Days::new(1000), Days::new(1000));

pub struct AppState {
    open: Mutex<Option<OpenPlan>>,
    /// Opens the plan named at the start while the window is created.
    start: Mutex<Start>,
    /// The plan named at the start.
    pub start_path: Option<PathBuf>,
    pub import: ImportSession,
    pub export: ExportJob,
    pub simulation: SimulationJob,
    pub author: String,
    /// Whether salaries are sent to the page. Not persisted.
    pub pay_shown: AtomicBool,
    /// Whether days are being calculated ahead.
    is_looking_ahead: AtomicBool,
    /// Folder of the list of recent plans and of the sample.
    pub data_folder: PathBuf,
}

enum Start {
    Nothing,
    Opening(JoinHandle<Result<Store, String>>),
    Failed(String),
}

/// What to open first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum First {
    Welcome,
    Sample,
    Plan(PathBuf),
}

struct OpenPlan {
    store: Store,
    /// Incremented with every change, so that the window knows what is outdated.
    revision: u32,
    days: Vec<Arc<DayView>>,
    facts: Option<Arc<Facts>>,
    event_dates: Option<Arc<EventDates>>,
    occupancies: Option<Arc<Vec<Occupancy>>>,
    cost_by_day: Option<CostByDay>,
    /// For one year.
    cost_by_position: Option<(i32, Arc<YearCosts>)>,
}

/// What a day is calculated from.
enum DayCache {
    /// Another day between the same event dates.
    Neighbour(Arc<DayView>),
    Plan(Arc<Plan>, Option<Arc<Facts>>),
}

impl DayCache {
    fn on(&self, day: NaiveDate) -> DayView {
        match self {
            DayCache::Neighbour(view) => view.on(day),
            DayCache::Plan(plan, facts) => DayView::asked_on(plan, day, today(), facts.as_ref()),
        }
    }
}

/// The cost of positions in a year.
pub type YearCosts = FxHashMap<PositionId, Money>;

fn sample_path(data_folder: &Path) -> PathBuf {
    data_folder.join("Tidewater.headroom")
}

fn open_or_make_sample(path: &Path) -> Answer<Store> {
    let failed = |error: headroom_sample::SampleError| {
        AppError::new(ErrorKind::File, format!("could not create the sample: {error}"))
    };
    if path.exists() {
        let store = Store::open(path, now())?;
        if !headroom_sample::is_over(&store, today()).map_err(failed)? {
            return Ok(store);
        }
        drop(store);
        remove(path)?;
    }
    headroom_sample::create(path, now(), today()).map_err(failed)
}

fn remove(path: &Path) -> Answer<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(AppError::new(ErrorKind::File, format!("could not remove {}: {error}", path.display())))
        }
        _ => Ok(()),
    }
}

impl OpenPlan {
    fn new(store: Store) -> Self {
        Self {
            store,
            revision: 1,
            days: Vec::new(),
            facts: None,
            event_dates: None,
            occupancies: None,
            cost_by_day: None,
            cost_by_position: None,
        }
    }

    fn event_dates(&mut self) -> Arc<EventDates> {
        self.event_dates.get_or_insert_with(|| Arc::new(EventDates::new(self.store.plan()))).clone()
    }

    fn occupancies(&mut self) -> Arc<Vec<Occupancy>> {
        let plan = self.store.plan();
        let calculate = || Arc::new(hiring::occupancies(plan, &Assumptions::new(plan)));
        self.occupancies.get_or_insert_with(calculate).clone()
    }

    fn costs(&mut self, from: NaiveDate, until: NaiveDate) -> Costs {
        let occupancies = self.occupancies().to_vec();
        let plan = self.store.plan();
        Costs::of(plan, &Assumptions::new(plan), occupancies, from, until)
    }

    /// Annual cost at the rate of this day. The days around it are calculated at once.
    fn cost_on(&mut self, day: NaiveDate) -> Option<Money> {
        let known = self.cost_by_day.as_ref().and_then(|known| known.on(day));
        if known.is_some() {
            return known;
        }
        let (back, ahead) = COSTED;
        let from = day.checked_sub_days(back).unwrap_or(day);
        let costs = self.costs(from, day.checked_add_days(ahead).unwrap_or(day));
        self.cost_by_day.insert(CostByDay::new(&costs)).on(day)
    }

    fn cost_by_position(&mut self, year: i32) -> Arc<YearCosts> {
        if let Some((_, known)) = self.cost_by_position.as_ref().filter(|(known, _)| *known == year) {
            return known.clone();
        }
        let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_else(today);
        let costs = Arc::new(cost_by_position(&self.costs(day(1, 1), day(12, 31))));
        self.cost_by_position = Some((year, costs.clone()));
        costs
    }

    /// Index of a cached day between the same event dates.
    fn same_as(&mut self, day: NaiveDate) -> Option<usize> {
        let event_dates = self.event_dates();
        self.days.iter().position(|view| event_dates.is_same(view.snapshot.day(), day))
    }

    fn keep(&mut self, at: usize, view: Arc<DayView>) {
        self.facts = Some(view.facts.clone());
        self.days.insert(at.min(self.days.len()), view);
        self.days.truncate(DAYS_KEPT);
    }

    fn renew(&mut self) {
        self.revision += 1;
        self.facts = self.days.first().map(|view| view.facts.clone()).or(self.facts.take());
        // Dropped before the next write, so that the plan in memory is altered in place rather than copied.
        self.days.clear();
        (self.event_dates, self.occupancies) = (None, None);
        (self.cost_by_day, self.cost_by_position) = (None, None);
    }
}

/// The day on which a query about `shown` is asked: what lies ahead can be acted on from today on, and for the past
/// the answer is what was known then.
pub fn asked_on(shown: NaiveDate) -> NaiveDate {
    shown.min(today())
}

impl AppState {
    /// Starts to open what is to be shown first, in another thread.
    pub fn new(author: String, data_folder: PathBuf, first: First) -> Self {
        let sample = sample_path(&data_folder);
        let start_path = match &first {
            First::Plan(path) => Some(path.clone()),
            First::Welcome | First::Sample => None,
        };
        let start = match first {
            First::Welcome => Start::Nothing,
            First::Sample => Start::Opening(thread::spawn(move || {
                open_or_make_sample(&sample).map_err(|error| error.message)
            })),
            First::Plan(path) => Start::Opening(thread::spawn(move || {
                Store::open(&path, now()).map_err(|error| error.to_string())
            })),
        };
        Self {
            open: Mutex::new(None),
            start: Mutex::new(start),
            start_path,
            import: ImportSession::default(),
            export: ExportJob::default(),
            simulation: SimulationJob::default(),
            author,
            pay_shown: AtomicBool::new(false),
            is_looking_ahead: AtomicBool::new(false),
            data_folder,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<OpenPlan>> {
        self.settle_start();
        // After a panic in a command the store is still consistent: every write is complete.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the plan named at the start.
    fn settle_start(&self) {
        let mut start = self.start.lock().unwrap_or_else(PoisonError::into_inner);
        if !matches!(*start, Start::Opening(_)) {
            return;
        }
        let Start::Opening(opening) = std::mem::replace(&mut *start, Start::Nothing) else { return };
        match opening.join().unwrap_or_else(|_| Err("could not read the plan".to_owned())) {
            Ok(store) => {
                *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Some(OpenPlan::new(store))
            }
            Err(problem) => *start = Start::Failed(problem),
        }
    }

    /// Why the plan named at the start could not be opened.
    pub fn start_problem(&self) -> Option<String> {
        self.settle_start();
        match &*self.start.lock().unwrap_or_else(PoisonError::into_inner) {
            Start::Failed(problem) => Some(problem.clone()),
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

    /// The organisation as of a day, by default today.
    pub fn day(&self, day: Option<NaiveDate>) -> Answer<Arc<DayView>> {
        let day = day.unwrap_or_else(today);
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
        if !self.is_pay_shown() {
            return Ok(None);
        }
        Ok(self.lock().as_mut().ok_or_else(AppError::no_plan)?.cost_on(day))
    }

    /// The cost of each position in the year of this day; empty while salaries are hidden.
    pub fn cost_by_position(&self, day: NaiveDate) -> Answer<Arc<YearCosts>> {
        if !self.is_pay_shown() {
            return Ok(Arc::default());
        }
        Ok(self.lock().as_mut().ok_or_else(AppError::no_plan)?.cost_by_position(day.year()))
    }

    /// Calculates days that are likely to be asked for next, in the background. Does nothing if that is running
    /// already.
    pub fn look_ahead(&self, days: &[NaiveDate]) {
        if self.is_looking_ahead.swap(true, Ordering::Acquire) {
            return;
        }
        for day in days {
            let Some((known, revision)) = self.unknown(*day) else { continue };
            let view = Arc::new(known.on(*day));
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
    pub fn alter<T>(
        &self,
        alter: impl FnOnce(&mut Store) -> Result<T, headroom_store::StoreError>,
    ) -> Answer<T> {
        let mut open = self.lock();
        let open = open.as_mut().ok_or_else(AppError::no_plan)?;
        open.renew();
        Ok(alter(&mut open.store)?)
    }

    /// Applies changes under a label.
    pub fn apply(&self, label: impl Into<String>, changes: Vec<Change>) -> Answer<()> {
        let note = OperationMeta::edit(label, self.author.clone(), now());
        self.alter(|store| store.apply(&note, changes))
    }

    /// Collects changes against the current plan and applies them.
    pub fn edit<T>(
        &self,
        label: impl FnOnce(&Plan) -> String,
        collect: impl FnOnce(&mut Draft<'_>) -> Result<T, FieldError>,
    ) -> Answer<T> {
        let plan = self.plan()?;
        let mut draft = Draft::new(&plan);
        let outcome = collect(&mut draft)?;
        let (label, changes) = (label(&plan), draft.finish());
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
        }
        Ok(is_changed)
    }
}
