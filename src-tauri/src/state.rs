//! What the program holds while it runs: the open plan and what has been worked out about it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
};

use chrono::{DateTime, Local, NaiveDate, Utc};
use headroom_analysis::{DayView, Facts};
use headroom_model::{Change, Draft, FieldError, Plan};
use headroom_store::{Note, Store};

use crate::{
    error::{Answer, AppError, ErrorKind},
    view::{export::ExportDesk, import::ImportDesk},
};

/// Days kept ready: the one shown, today, and a few that were just left.
const DAYS_KEPT: usize = 4;

pub struct App {
    open: Mutex<Option<Open>>,
    /// Opens the plan named at the start, while the window is being made.
    start: Mutex<Start>,
    /// The plan named at the start.
    pub start_path: Option<PathBuf>,
    pub import: ImportDesk,
    pub export: ExportDesk,
    pub author: String,
    /// Where the list of recent plans and the sample are kept.
    pub data_folder: PathBuf,
}

enum Start {
    Nothing,
    Opening(JoinHandle<Result<Store, String>>),
    Failed(String),
}

/// What the program is asked to show first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum First {
    Welcome,
    Sample,
    Plan(PathBuf),
}

struct Open {
    store: Store,
    /// Goes up with every change, so that the window knows what is out of date.
    revision: u32,
    days: Vec<Arc<DayView>>,
    facts: Option<Arc<Facts>>,
}

fn sample_path(data_folder: &Path) -> PathBuf {
    data_folder.join("Tidewater.headroom")
}

fn open_or_make_sample(path: &Path) -> Answer<Store> {
    if path.exists() {
        return Ok(Store::open(path, now())?);
    }
    headroom_sample::create(path, now(), today())
        .map_err(|error| AppError::new(ErrorKind::File, format!("making the sample organisation: {error}")))
}

impl Open {
    fn new(store: Store) -> Self {
        Self { store, revision: 1, days: Vec::new(), facts: None }
    }

    fn renew(&mut self) {
        self.revision += 1;
        self.facts = self.days.first().map(|view| view.facts.clone()).or(self.facts.take());
        // Dropped before the next write, so that the plan in memory is altered in place and not copied.
        self.days.clear();
    }
}

pub fn now() -> DateTime<Utc> {
    Utc::now()
}

pub fn today() -> NaiveDate {
    Local::now().date_naive()
}

impl App {
    /// Begins to open what is to be shown first, and does not wait for it.
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
            import: ImportDesk::default(),
            export: ExportDesk::default(),
            author,
            data_folder,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Open>> {
        self.settle_start();
        // A command that panicked left the store as it was: every write is whole.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the plan named at the start is open, or could not be opened.
    fn settle_start(&self) {
        let mut start = self.start.lock().unwrap_or_else(PoisonError::into_inner);
        if !matches!(*start, Start::Opening(_)) {
            return;
        }
        let Start::Opening(opening) = std::mem::replace(&mut *start, Start::Nothing) else { return };
        match opening.join().unwrap_or_else(|_| Err("the plan could not be read".to_owned())) {
            Ok(store) => *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Some(Open::new(store)),
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

    /// Opens the sample organisation, making it first when it is not there. `anew` throws an edited one away.
    pub fn open_sample(&self, anew: bool) -> Answer<()> {
        let path = sample_path(&self.data_folder);
        if anew {
            self.close();
            match fs::remove_file(&path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(AppError::new(
                        ErrorKind::File,
                        format!("removing {}: {error}", path.display()),
                    ));
                }
                _ => {}
            }
        }
        self.put(open_or_make_sample(&path)?);
        Ok(())
    }

    pub fn put(&self, store: Store) {
        *self.lock() = Some(Open::new(store));
    }

    pub fn close(&self) {
        *self.lock() = None;
    }

    /// Asks the store something.
    pub fn with_store<T>(&self, ask: impl FnOnce(&Store, u32) -> T) -> Answer<T> {
        let open = self.lock();
        let open = open.as_ref().ok_or_else(AppError::no_plan)?;
        Ok(ask(&open.store, open.revision))
    }

    pub fn plan(&self) -> Answer<Arc<Plan>> {
        self.with_store(|store, _| store.plan().clone())
    }

    /// The organisation on this day, today when none is given.
    pub fn day(&self, day: Option<NaiveDate>) -> Answer<Arc<DayView>> {
        let day = day.unwrap_or_else(today);
        let mut open = self.lock();
        let open = open.as_mut().ok_or_else(AppError::no_plan)?;
        if let Some(view) = open.days.iter().find(|view| view.snapshot.day() == day) {
            return Ok(view.clone());
        }
        let view = Arc::new(DayView::new(open.store.plan(), day, open.facts.as_ref()));
        open.facts = Some(view.facts.clone());
        open.days.insert(0, view.clone());
        open.days.truncate(DAYS_KEPT);
        Ok(view)
    }

    /// Runs something that writes, and forgets what was worked out before.
    pub fn alter<T>(&self, alter: impl FnOnce(&mut Store) -> Result<T, headroom_store::Error>) -> Answer<T> {
        let mut open = self.lock();
        let open = open.as_mut().ok_or_else(AppError::no_plan)?;
        open.renew();
        Ok(alter(&mut open.store)?)
    }

    /// Applies changes under a label.
    pub fn apply(&self, label: impl Into<String>, changes: Vec<Change>) -> Answer<()> {
        let note = Note::edit(label, self.author.clone(), now());
        self.alter(|store| store.apply(&note, changes))
    }

    /// Collects changes against the plan as it is and applies them.
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

    /// Reads the plan anew if another program has written to it.
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
