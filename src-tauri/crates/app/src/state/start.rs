//! What the program opens first.

use std::{
    fs,
    path::{Path, PathBuf},
    thread::{self, JoinHandle},
};

use headroom_clock::{now, today};
use headroom_store::Store;

use super::open_plan::OpenPlan;
use crate::error::{Answer, AppError, ErrorKind};

pub enum FirstPlan {
    Nothing,
    Opening(JoinHandle<Result<Box<OpenPlan>, String>>),
    Failed(String),
}

/// What to open first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum First {
    Welcome,
    Sample,
    Plan(PathBuf),
}

pub fn sample_path(data_folder: &Path) -> PathBuf {
    data_folder.join("Tidewater.headroom")
}

pub fn open_or_make_sample(path: &Path) -> Answer<Store> {
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

pub fn remove(path: &Path) -> Answer<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(AppError::new(ErrorKind::File, format!("could not remove {}: {error}", path.display())))
        }
        _ => Ok(()),
    }
}

impl FirstPlan {
    pub fn new(first: First, data_folder: &Path) -> Self {
        match first {
            First::Welcome => Self::Nothing,
            First::Sample => {
                let sample = sample_path(data_folder);
                Self::Opening(thread::spawn(move || {
                    open_or_make_sample(&sample).map(with_today).map_err(|error| error.message)
                }))
            }
            First::Plan(path) => Self::Opening(thread::spawn(move || {
                Store::open(&path, now()).map(with_today).map_err(|error| error.to_string())
            })),
        }
    }
}

/// The plan, with what the first view shows, while the window is being created.
fn with_today(store: Store) -> Box<OpenPlan> {
    let mut open = OpenPlan::new(store);
    // What goes wrong is said when the page asks.
    if let Ok(view) = open.day(today()) {
        let is_there = view.has_findings_at_once();
        let run_rules = move || {
            view.findings();
        };
        // The first view does not wait for figures that are still read.
        if is_there { run_rules() } else { drop(thread::spawn(run_rules)) }
    }
    Box::new(open)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_is_worked_out_at_the_start_serves_the_first_question() {
        let folder = tempfile::tempdir().unwrap();
        let store = headroom_sample::create(&folder.path().join("sample.headroom"), now(), today()).unwrap();
        let mut open = with_today(store);
        let ahead = open.calculated().1.days.first().unwrap().clone();
        // As every question does, while salaries are hidden.
        assert!(!open.store.hide_pay(true));
        assert!(std::sync::Arc::ptr_eq(&ahead, &open.day(today()).unwrap()));
    }
}
