//! How WebKit paints the page on Linux.

use std::{fs, path::Path};

use tauri::WebviewWindow;
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

/// Without a graphics card WebKit composes the page from layers in software, which takes up to twice as long as
/// painting it without layers: switch that off.
///
/// # Errors
/// If the window is already closed.
pub fn suit_the_machine(window: &WebviewWindow) -> tauri::Result<()> {
    if has_card(Path::new("/dev/dri")) {
        return Ok(());
    }
    window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// Whether the kernel offers a card that renders: a device such as `renderD128`.
fn has_card(devices: &Path) -> bool {
    let entries = fs::read_dir(devices).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_render_devices_count() {
        let devices = tempfile::tempdir().unwrap();
        assert!(!has_card(&devices.path().join("none")));
        // A display controller that does not render.
        fs::write(devices.path().join("card0"), "").unwrap();
        assert!(!has_card(devices.path()));
        fs::write(devices.path().join("renderD128"), "").unwrap();
        assert!(has_card(devices.path()));
    }
}
