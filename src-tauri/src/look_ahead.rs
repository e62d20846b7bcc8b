//! Days that are likely to be asked for next.

use chrono::NaiveDate;
use headroom_app::state::AppState;
use tauri::{AppHandle, Manager};

/// Calculates days that are likely to be asked for next, in the background.
#[tauri::command]
#[specta::specta]
pub fn look_ahead(handle: AppHandle, days: Vec<NaiveDate>) {
    std::thread::spawn(move || handle.state::<AppState>().look_ahead(&days));
}
