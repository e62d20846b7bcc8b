//! How the page is painted on Linux.

use std::{fs, path::Path};

use tauri::WebviewWindow;
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

/// Where there is no graphics card, WebKit puts the page together from layers with a card played by the processor, which
/// takes up to twice as long as painting it as one.
///
/// # Errors
/// When the window is gone already.
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

/// Whether the kernel offers a card that draws: `renderD128` and the like among its devices.
fn has_card(devices: &Path) -> bool {
    let entries = fs::read_dir(devices).into_iter().flatten().flatten();
    entries.into_iter().any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_one_that_draws() {
        let devices = tempfile::tempdir().unwrap();
        assert!(!has_card(&devices.path().join("none")));
        // A screen without a card that draws.
        fs::write(devices.path().join("card0"), "").unwrap();
        assert!(!has_card(devices.path()));
        fs::write(devices.path().join("renderD128"), "").unwrap();
        assert!(has_card(devices.path()));
    }
}
