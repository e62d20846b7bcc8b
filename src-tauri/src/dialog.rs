//! Dialogs of the system for files and folders.

use serde::Deserialize;
use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;

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
