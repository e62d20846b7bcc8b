//! The welcome screen: opening, creating and restoring plans.

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use headroom_store::Store;
use serde::{Deserialize, Serialize};

use crate::{
    error::{Answer, AppError, ErrorKind},
    state::{AppState, Notice, now, plan_name},
    use_case::Reply,
};

/// Number of recent plans.
const RECENT_KEPT: usize = 12;

#[derive(Debug, Clone, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RecentPlan {
    pub path: String,
    pub name: String,
    pub opened: DateTime<Utc>,
    #[serde(default)]
    pub exists: bool,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Welcome {
    pub is_open: bool,
    pub recent: Vec<RecentPlan>,
    /// The plan named at the start that could not be opened, and why.
    pub problem: Option<String>,
    pub problem_path: Option<String>,
}

impl Reply for Welcome {}

#[specta::specta]
pub fn welcome(app: &AppState) -> Welcome {
    let mut recent = recent(&app.data_folder);
    for plan in &mut recent {
        plan.exists = Path::new(&plan.path).exists();
    }
    let problem_path = app.start_path.as_ref().map(|path| path.display().to_string());
    Welcome { is_open: app.plan().is_ok(), recent, problem: app.start_problem(), problem_path }
}

fn recent_file(folder: &Path) -> PathBuf {
    folder.join("recent.json")
}

fn recent(folder: &Path) -> Vec<RecentPlan> {
    let text = fs::read_to_string(recent_file(folder)).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Puts the open plan at the head of the recent ones, and tells its name. Failing to write the
/// list is not an error.
pub fn remember(app: &AppState) {
    let Ok((path, name)) =
        app.with_store(|store, _| (store.path().to_owned(), plan_name(store.plan(), store.path())))
    else {
        return;
    };
    app.tell(Notice::Opened(Some(name.clone())));
    // Absolute and unique, whichever way the path was spelled.
    let path = fs::canonicalize(&path).unwrap_or(path).display().to_string();
    let mut plans = recent(&app.data_folder);
    plans.retain(|plan| plan.path != path);
    plans.insert(0, RecentPlan { path, name, opened: now(), exists: true });
    plans.truncate(RECENT_KEPT);
    if let Ok(text) = serde_json::to_string_pretty(&plans) {
        let _ = fs::create_dir_all(&app.data_folder)
            .and_then(|()| fs::write(recent_file(&app.data_folder), text));
    }
}

#[specta::specta]
pub fn open_plan(app: &AppState, path: String) -> Answer<()> {
    app.open(Path::new(&path))?;
    remember(app);
    Ok(())
}

#[specta::specta]
pub fn new_plan(app: &AppState, path: String) -> Answer<()> {
    app.put(Store::create(Path::new(&path), now())?);
    remember(app);
    Ok(())
}

/// Opens the sample organisation; creates it if it does not exist. `anew` replaces an edited one.
#[specta::specta]
pub fn open_sample(app: &AppState, anew: bool) -> Answer<()> {
    app.open_sample(anew)?;
    remember(app);
    Ok(())
}

#[specta::specta]
pub fn close_plan(app: &AppState) {
    app.close();
    app.tell(Notice::Opened(None));
}

#[specta::specta]
pub fn forget_recent(app: &AppState, path: String) -> Answer<()> {
    let mut plans = recent(&app.data_folder);
    plans.retain(|plan| plan.path != path);
    let text = serde_json::to_string_pretty(&plans).unwrap_or_default();
    fs::write(recent_file(&app.data_folder), text)
        .map_err(|error| AppError::new(ErrorKind::File, error.to_string()))
}
