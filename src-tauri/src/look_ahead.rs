//! What is likely to be asked for next.

use headroom_app::{at::At, state::AppState};
use tauri::{AppHandle, Manager};

/// Calculates what is likely to be asked for next, in the background: of the scenario with this key, or of the plan
/// itself.
#[tauri::command]
#[specta::specta]
pub fn look_ahead(handle: AppHandle, next: Vec<At>, scenario: String) {
    std::thread::spawn(move || {
        // Of one that is there no more nothing is asked.
        if let Ok(app) = handle.state::<AppState>().in_scenario_named(&scenario) {
            app.look_ahead(&next);
        }
    });
}
