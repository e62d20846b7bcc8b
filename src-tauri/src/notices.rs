//! What the application tells meanwhile, as events of the page and the window's title.

use headroom_app::{
    sessions::import::ImportStage,
    state::{self, Notice},
};
use serde::{Deserialize, Serialize};
use tauri::{AppHandle, Manager};
use tauri_specta::Event;

/// Progress of the import, shown if it takes longer than a moment.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, tauri_specta::Event)]
#[serde(rename_all = "camelCase")]
pub struct ImportProgress {
    pub stage: ImportStage,
}

/// Number of runs completed.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, tauri_specta::Event)]
#[serde(rename_all = "camelCase")]
pub struct SimulationProgress {
    pub done: u32,
    pub runs: u32,
}

/// Another program has changed the plan.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, tauri_specta::Event)]
#[serde(rename_all = "camelCase")]
pub struct ChangedElsewhere {
    pub operations: u32,
    /// The newest one.
    pub seq: u32,
    pub label: String,
    /// Whose they are, each once.
    pub authors: Vec<String>,
}

/// Passes a notice on. Nobody receiving it is no reason to stop, and a window that is just closing needs no title.
pub fn pass_on(handle: &AppHandle, notice: Notice) {
    let _ = match notice {
        Notice::Import(stage) => ImportProgress { stage }.emit(handle),
        Notice::Simulation { done, runs } => SimulationProgress { done, runs }.emit(handle),
        Notice::ChangedElsewhere(what) => {
            let state::OthersChange { operations, seq, label, authors } = what;
            ChangedElsewhere { operations, seq: u32::try_from(seq).unwrap_or(u32::MAX), label, authors }
                .emit(handle)
        }
        Notice::Opened(name) => {
            let title = name.map_or_else(|| "Headroom".to_owned(), |name| format!("{name} — Headroom"));
            handle.get_webview_window(crate::WINDOW).map_or(Ok(()), |window| window.set_title(&title))
        }
    };
}
