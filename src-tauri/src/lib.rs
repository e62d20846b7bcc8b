//! The window: a shell around the application, for the page in `ui/`.
//!
//! Here are the window itself, its dialogs and pictures, and the way from the page to the use cases of `headroom-app`
//! and back (`interface.rs`), from which the typed client `ui/src/ipc/bindings.ts` is generated.
//!
//! # Invariants
//!
//! There are no use cases and no view models here: what the page asks is answered by `headroom-app`, which the command
//! line calls, too.
//!
//! # Tests
//!
//! `tests/bindings.rs` compares the client with the commands; the window as users see it is tested in
//! `tests/tests/window/`.

mod dialog;
mod interface;
mod look_ahead;
mod notices;
mod open_url;
#[cfg(target_os = "linux")]
mod painting;
mod picture;

use std::{env, ffi::OsString, fs, io, path::Path, process::ExitCode, thread};

use headroom_app::{
    state::{AppState, First},
    welcome::plans::remember,
};
use headroom_author::author;
use tauri::{Manager, WebviewUrl, WebviewWindowBuilder};

use interface::interface;

/// The label of the only window.
pub(crate) const WINDOW: &str = "main";

const HELP: &str = "\
Headroom, a planner for scaling teams

Usage: headroom-desktop [PLAN]
       headroom-desktop --sample

  PLAN       the plan to open (a file NAME.headroom); without one, the welcome screen
  --sample   open the sample organisation
  --help     show this help
  --version  show the version";

/// Generates the page's typed client.
///
/// # Errors
/// If the file cannot be written.
pub fn export_bindings(to: &Path) -> io::Result<()> {
    interface().export(specta_typescript::Typescript::default(), to).map_err(io::Error::other)?;
    // Every question says from which scenario it is asked: `ui/src/ipc/invoke.ts`.
    let client = fs::read_to_string(to)?.replace("\"@tauri-apps/api/core\"", "\"./invoke\"");
    fs::write(to, client)
}

/// Under test the window keeps no state and may run next to others.
pub(crate) fn is_under_test() -> bool {
    env::var_os("HEADROOM_E2E").is_some()
}

/// What the arguments ask to open, or the text to print with an exit code.
fn parse(arguments: impl Iterator<Item = OsString>) -> Result<First, (String, ExitCode)> {
    let mut first = First::Welcome;
    for argument in arguments {
        first = match argument.to_str() {
            Some("--sample") => First::Sample,
            Some("--help" | "-h") => return Err((HELP.to_owned(), ExitCode::SUCCESS)),
            Some("--version" | "-V") => {
                return Err((format!("headroom-desktop {}", env!("CARGO_PKG_VERSION")), ExitCode::SUCCESS));
            }
            Some(option) if option.starts_with("--") => {
                return Err((format!("unknown option {option}\n\n{HELP}"), ExitCode::from(2)));
            }
            _ => First::Plan(argument.into()),
        };
    }
    Ok(first)
}

/// Runs the window until it is closed.
pub fn run() -> ExitCode {
    let first = match parse(env::args_os().skip(1)) {
        Ok(first) => first,
        Err((text, code)) => {
            if code == ExitCode::SUCCESS {
                println!("{text}")
            } else {
                eprintln!("{text}")
            }
            return code;
        }
    };
    if let Err(error) = headroom_clock::start() {
        eprintln!("{error}");
        return ExitCode::from(2);
    }
    let interface = interface();
    let mut builder = tauri::Builder::default();
    if !is_under_test() {
        // Must be the first plugin. A second start shows the window that is already open.
        builder = builder.plugin(tauri_plugin_single_instance::init(|handle, _arguments, _folder| {
            if let Some(window) = handle.get_webview_window(WINDOW) {
                let _ = window.set_focus();
            }
        }));
        builder = builder.plugin(tauri_plugin_window_state::Builder::default().build());
    }
    let outcome = builder
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(interface.invoke_handler())
        .setup(move |app| {
            interface.mount_events(app);
            let data_folder = app.path().app_data_dir()?;
            let handle = app.handle().clone();
            let pass_on = move |notice| notices::pass_on(&handle, notice);
            app.manage(AppState::new(author(), data_folder, first.clone(), pass_on));
            let window = WebviewWindowBuilder::new(app, WINDOW, WebviewUrl::default())
                .title("Headroom")
                .inner_size(1280.0, 840.0)
                .min_inner_size(480.0, 560.0)
                // Ctrl + and Ctrl −, Ctrl 0 and the wheel.
                .zoom_hotkeys_enabled(true)
                .build()?;
            // Meanwhile the plan named at the start is being opened.
            let handle = app.handle().clone();
            thread::spawn(move || remember(&handle.state::<AppState>()));
            #[cfg(target_os = "linux")]
            painting::suit_the_machine(&window)?;
            #[cfg(not(target_os = "linux"))]
            drop(window);
            Ok(())
        })
        .run(tauri::generate_context!());
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("could not open the window: {error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(arguments: &[&str]) -> Result<First, bool> {
        parse(arguments.iter().map(OsString::from)).map_err(|(_, code)| code == ExitCode::SUCCESS)
    }

    #[test]
    fn arguments_name_a_plan_the_sample_or_nothing() {
        assert_eq!(parsed(&[]), Ok(First::Welcome));
        assert_eq!(parsed(&["--sample"]), Ok(First::Sample));
        assert_eq!(parsed(&["my plan.headroom"]), Ok(First::Plan("my plan.headroom".into())));
        assert_eq!(parsed(&["--help"]), Err(true));
        assert_eq!(parsed(&["--plan"]), Err(false));
    }
}
