//! The welcome screen: opening, creating and restoring plans.

use std::{
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Utc};
use headroom_model::Plan;
use headroom_store::Store;
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager, State};
use tauri_plugin_dialog::DialogExt;

use crate::{
    error::{Answer, AppError, ErrorKind},
    state::{AppState, now},
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

/// The plan's own name, or that of its file.
pub fn plan_name(plan: &Plan, path: &Path) -> String {
    let stem = || path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    plan.setting("plan.name").map_or_else(stem, str::to_owned)
}

#[tauri::command(async)]
#[specta::specta]
pub fn welcome(app: State<'_, AppState>) -> Welcome {
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

/// Puts the open plan at the head of the recent ones, and its name into the title of the window. Failing to write the
/// list is not an error.
pub fn remember(handle: &AppHandle, app: &AppState) {
    let Ok((path, name)) =
        app.with_store(|store, _| (store.path().to_owned(), plan_name(store.plan(), store.path())))
    else {
        return;
    };
    show_title(handle, &format!("{name} — Headroom"));
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

fn show_title(handle: &AppHandle, title: &str) {
    if let Some(window) = handle.get_webview_window(crate::WINDOW) {
        // A window that is just closing needs no title.
        let _ = window.set_title(title);
    }
}

#[tauri::command(async)]
#[specta::specta]
pub fn open_plan(handle: AppHandle, app: State<'_, AppState>, path: String) -> Answer<()> {
    app.open(Path::new(&path))?;
    remember(&handle, &app);
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn new_plan(handle: AppHandle, app: State<'_, AppState>, path: String) -> Answer<()> {
    app.put(Store::create(Path::new(&path), now())?);
    remember(&handle, &app);
    Ok(())
}

/// Opens the sample organisation; creates it if it does not exist. `anew` replaces an edited one.
#[tauri::command(async)]
#[specta::specta]
pub fn open_sample(handle: AppHandle, app: State<'_, AppState>, anew: bool) -> Answer<()> {
    app.open_sample(anew)?;
    remember(&handle, &app);
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub fn close_plan(handle: AppHandle, app: State<'_, AppState>) {
    app.close();
    show_title(&handle, "Headroom");
}

#[tauri::command(async)]
#[specta::specta]
pub fn forget_recent(app: State<'_, AppState>, path: String) -> Answer<()> {
    let mut plans = recent(&app.data_folder);
    plans.retain(|plan| plan.path != path);
    let text = serde_json::to_string_pretty(&plans).unwrap_or_default();
    fs::write(recent_file(&app.data_folder), text)
        .map_err(|error| AppError::new(ErrorKind::File, error.to_string()))
}

/// What a file dialog chooses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Choose {
    OpenPlan,
    NewPlan,
    SourceFiles,
    SourceFolder,
    ExportFolder,
    ExportFile,
}

/// Asks for a file or folder with the system's dialog; empty if the user cancels. Under test `HEADROOM_DIALOG_PATH`
/// answers instead, with a list of paths like `PATH`.
#[tauri::command(async)]
#[specta::specta]
pub fn choose(handle: AppHandle, what: Choose, suggestion: String) -> Vec<String> {
    if crate::is_under_test()
        && let Some(paths) = std::env::var_os("HEADROOM_DIALOG_PATH")
    {
        return std::env::split_paths(&paths).map(|path| path.display().to_string()).collect();
    }
    let dialog = handle.dialog().file();
    let plans = |dialog: tauri_plugin_dialog::FileDialogBuilder<tauri::Wry>| {
        dialog.add_filter("Headroom plan", &["headroom"])
    };
    let chosen = match what {
        Choose::OpenPlan => plans(dialog).blocking_pick_file().into_iter().collect(),
        Choose::NewPlan => plans(dialog).set_file_name(suggestion).blocking_save_file().into_iter().collect(),
        Choose::SourceFiles => dialog.blocking_pick_files().unwrap_or_default(),
        Choose::SourceFolder | Choose::ExportFolder => dialog.blocking_pick_folder().into_iter().collect(),
        Choose::ExportFile => {
            dialog.set_file_name(suggestion).blocking_save_file().into_iter().collect::<Vec<_>>()
        }
    };
    chosen
        .into_iter()
        .filter_map(|path| path.into_path().ok())
        .map(|path| path.display().to_string())
        .collect()
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupRow {
    pub path: String,
    pub at: DateTime<Utc>,
    /// The operation it was made before.
    pub reason: String,
    pub bytes: u32,
}

/// Backups of the open plan, newest first.
#[tauri::command(async)]
#[specta::specta]
pub fn backups(app: State<'_, AppState>) -> Answer<Vec<BackupRow>> {
    let path = app.with_store(|store, _| store.path().to_owned())?;
    rows_of(&path)
}

fn rows_of(plan: &Path) -> Answer<Vec<BackupRow>> {
    let row = |backup: headroom_store::Backup| BackupRow {
        path: backup.path.display().to_string(),
        at: backup.at,
        reason: backup.reason,
        bytes: u32::try_from(backup.bytes).unwrap_or(u32::MAX),
    };
    Ok(headroom_store::backups_of(plan)?.into_iter().map(row).collect())
}

/// Replaces the plan by a backup, after a backup of its current state.
#[tauri::command(async)]
#[specta::specta]
pub fn restore_backup(app: State<'_, AppState>, path: String) -> Answer<()> {
    app.alter(|store| store.restore(Path::new(&path), now()))
}

/// The backups of a plan that is too damaged to be opened, newest first; none of any other.
#[tauri::command(async)]
#[specta::specta]
pub fn rescue(path: String) -> Answer<Vec<BackupRow>> {
    match Store::open(Path::new(&path), now()) {
        Err(error) if error.is_damage() => rows_of(&fs::canonicalize(&path).unwrap_or_else(|_| path.into())),
        _ => Ok(Vec::new()),
    }
}

/// Replaces a plan that is too damaged to be opened by a backup, keeps the damaged file among the backups, and opens
/// the plan.
#[tauri::command(async)]
#[specta::specta]
pub fn recover_plan(handle: AppHandle, app: State<'_, AppState>, path: String, backup: String) -> Answer<()> {
    app.put(Store::recover(Path::new(&path), Path::new(&backup), now())?);
    remember(&handle, &app);
    Ok(())
}
