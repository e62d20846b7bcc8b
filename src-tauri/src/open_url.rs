//! Links out of the window.

use headroom_app::error::{Answer, AppError, ErrorKind};
use headroom_checklist_markdown::leads_somewhere;

/// Opens a web or email address in the user's default program. Under test it is written to the file
/// `HEADROOM_OPENED_PATH` instead.
#[tauri::command(async)]
#[specta::specta]
pub fn open_link(address: String) -> Answer<()> {
    if !leads_somewhere(&address) {
        return Err(AppError::new(ErrorKind::Invalid, format!("“{address}” is not a web or email address")));
    }
    if crate::is_under_test()
        && let Some(path) = std::env::var_os("HEADROOM_OPENED_PATH")
    {
        let cannot = |error: std::io::Error| AppError::new(ErrorKind::File, error.to_string());
        return std::fs::write(path, address).map_err(cannot);
    }
    let cannot = |error: std::io::Error| {
        AppError::new(ErrorKind::File, format!("no program on this computer could open {address}: {error}"))
    };
    open::that_detached(&address).map_err(cannot)
}
