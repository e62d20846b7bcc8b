//! Links out of the window.

use headroom_app::error::{Answer, AppError, ErrorKind};
use headroom_checklist_markdown::leads_somewhere;

/// Opens a web or email address in the user's default program.
#[tauri::command(async)]
#[specta::specta]
pub fn open_link(address: String) -> Answer<()> {
    if !leads_somewhere(&address) {
        return Err(AppError::new(ErrorKind::Invalid, format!("“{address}” is not a web or email address")));
    }
    let cannot = |error: std::io::Error| {
        AppError::new(ErrorKind::File, format!("no program on this computer could open {address}: {error}"))
    };
    open::that_detached(&address).map_err(cannot)
}
