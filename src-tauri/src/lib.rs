//! The window: a shell around the core. It holds the open plan, answers the page's questions with view models, and
//! has no logic of its own.

mod error;
mod interface;
#[cfg(target_os = "linux")]
mod painting;
mod state;
mod view;

use std::{env, ffi::OsString, io, path::Path, process::ExitCode, thread};

use tauri::{Manager, WebviewUrl, WebviewWindowBuilder};

use interface::interface;
use state::{AppState, First};

/// The label of the one window.
pub(crate) const WINDOW: &str = "main";

const HELP: &str = "\
Headroom, a planner for scaling teams

Usage: headroom-desktop [PLAN]
       headroom-desktop --sample

  PLAN       the plan to open (a file NAME.headroom); without one, the welcome screen
  --sample   open the sample organisation
  --help     show this help
  --version  show the version";

/// Writes the page's typed client.
///
/// # Errors
/// When the file cannot be written.
pub fn export_bindings(to: &Path) -> io::Result<()> {
    interface().export(specta_typescript::Typescript::default(), to).map_err(io::Error::other)
}

/// Under test the window keeps no state between starts and runs beside others.
pub(crate) fn is_under_test() -> bool {
    env::var_os("HEADROOM_E2E").is_some()
}

fn author() -> String {
    ["HEADROOM_AUTHOR", "USER", "USERNAME"]
        .into_iter()
        .find_map(|name| env::var(name).ok().filter(|name| !name.trim().is_empty()))
        .unwrap_or_else(|| "unknown".to_owned())
}

/// What the command line asks for, or what to print and with which code to end.
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
        // Has to be the first plugin. A second start shows the window that is there already.
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
            app.manage(AppState::new(author(), data_folder, first.clone()));
            let window = WebviewWindowBuilder::new(app, WINDOW, WebviewUrl::default())
                .title("Headroom")
                .inner_size(1280.0, 840.0)
                .min_inner_size(480.0, 560.0)
                .build()?;
            // The plan named at the start is being opened meanwhile.
            let handle = app.handle().clone();
            thread::spawn(move || view::welcome::remember(&handle, &handle.state::<AppState>()));
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
    fn the_command_line_names_a_plan_the_sample_or_nothing() {
        assert_eq!(parsed(&[]), Ok(First::Welcome));
        assert_eq!(parsed(&["--sample"]), Ok(First::Sample));
        assert_eq!(parsed(&["my plan.headroom"]), Ok(First::Plan("my plan.headroom".into())));
        assert_eq!(parsed(&["--help"]), Err(true));
        assert_eq!(parsed(&["--plan"]), Err(false));
    }
}
