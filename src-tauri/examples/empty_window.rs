//! A Tauri window with nothing in it: what the start of the real one is measured against (`make bench`).

use tauri::{WebviewUrl, WebviewWindowBuilder};

const MARK: &str = "requestAnimationFrame(() => requestAnimationFrame(() => {
    document.documentElement.dataset.painted = String(Math.round(performance.now()));
}))";

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .setup(|app| {
            let page = "data:text/html,<!doctype html><title>empty</title>".parse()?;
            WebviewWindowBuilder::new(app, "main", WebviewUrl::External(page))
                .initialization_script(MARK)
                .inner_size(1280.0, 840.0)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}
