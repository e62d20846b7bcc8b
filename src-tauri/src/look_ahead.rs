//! What is likely to be asked for next.

use headroom_app::{at::At, state::AppState};
use tauri::{AppHandle, Manager};

/// Calculates what is likely to be asked for next, in the background.
#[tauri::command]
#[specta::specta]
pub fn look_ahead(handle: AppHandle, next: Vec<At>) {
    std::thread::spawn(move || handle.state::<AppState>().look_ahead(&next));
}
