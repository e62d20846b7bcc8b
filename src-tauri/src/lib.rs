//! The window: a shell around the core. It holds the open plan, answers the page's questions with view models, and
//! has no logic of its own.

mod error;
#[cfg(target_os = "linux")]
mod painting;
mod state;
mod view;

use std::{env, ffi::OsString, io, path::Path, process::ExitCode};

use tauri::{Manager, WebviewUrl, WebviewWindowBuilder};
use tauri_specta::{Builder, collect_commands, collect_events};

use state::{App, First};
use view::{
    assign, board, edit, export, findings, forecast, frame, hiring, history, import, link, map, onboarding,
    organisation, ownership, people, problems, redaction, seats, service, sheet, team, welcome, worklist,
};

/// The label of the one window.
pub(crate) const WINDOW: &str = "main";

const HELP: &str = "\
Headroom, a planner for scaling teams

Usage: headroom-desktop [PLAN]
       headroom-desktop --sample

  PLAN       the plan to open (a file NAME.headroom); without one, the welcome screen
  --sample   open the sample organisation
  --help     say this
  --version  say the version";

/// Every command and event of the window. One more is a line here; the page's client is generated from it.
fn interface() -> Builder<tauri::Wry> {
    Builder::<tauri::Wry>::new()
        .disable_serde_phases()
        .commands(collect_commands![
            welcome::welcome,
            welcome::open_plan,
            welcome::new_plan,
            welcome::open_sample,
            welcome::close_plan,
            welcome::forget_recent,
            welcome::choose,
            welcome::backups,
            welcome::restore_backup,
            welcome::rescue,
            welcome::recover_plan,
            frame::frame,
            frame::search,
            frame::names,
            frame::undo,
            frame::redo,
            frame::refresh,
            organisation::team_tree,
            team::team_page,
            people::people_rows,
            people::person_page,
            ownership::service_rows,
            ownership::service_ids,
            service::service_page,
            assign::assign_preview,
            assign::assign,
            assign::confirm,
            board::board,
            board::candidates,
            board::propose,
            board::handover_preview,
            board::hand_over_all,
            worklist::worklist,
            worklist::worklist_ids,
            forecast::forecast_gaps,
            forecast::time_marks,
            frame::look_ahead,
            seats::staff,
            seats::reporting_lines,
            hiring::pay::show_pay,
            hiring::money::hiring_money,
            hiring::money::hiring_between,
            hiring::money::export_hiring,
            hiring::budgets::budgets,
            hiring::budgets::set_budget,
            hiring::budgets::currencies,
            hiring::budgets::set_rate,
            hiring::budgets::set_currency,
            hiring::budgets::set_pay_range,
            hiring::approvals::approvals,
            hiring::approvals::approve,
            hiring::approvals::approval_difference,
            hiring::assumptions::assumptions,
            hiring::assumptions::set_assumption,
            hiring::gaps::gap_lines,
            hiring::hire::hire_preview,
            hiring::hire::plan_hire,
            hiring::hire_cost::seats_cost,
            hiring::timeline::seat_bars,
            hiring::timeline::move_start,
            hiring::holidays::holidays,
            hiring::holidays::read_holidays,
            hiring::holidays::add_holidays,
            hiring::grid::grid_columns,
            hiring::grid::grid_layout,
            hiring::grid::grid_rows,
            hiring::grid::grid_edit,
            hiring::grid::grid_duplicate,
            hiring::grid::grid_remove,
            hiring::grid::grid_export,
            hiring::position::position_page,
            hiring::position::team_seats,
            hiring::position::person_seats,
            hiring::position::fill_seat,
            hiring::position::decide_seat,
            hiring::position::move_to_seat,
            hiring::capacity::capacity,
            hiring::capacity::export_capacity,
            hiring::recruiting::recruiting,
            hiring::layers::spans_and_layers,
            hiring::simulation::chance,
            hiring::simulation::simulate_plan,
            hiring::simulation::cancel_simulation,
            onboarding::starters::starter_lines,
            onboarding::starter::starter_view,
            onboarding::chase::chase_groups,
            onboarding::handout::doers,
            onboarding::handout::hand_out,
            onboarding::handout::write_leaflet,
            onboarding::take_back::take_back_view,
            onboarding::take_back::take_back_apply,
            onboarding::load::onboarding_load,
            onboarding::times::onboarding_times,
            onboarding::template::template_view,
            onboarding::template::set_template,
            onboarding::template::put_template_item,
            onboarding::template::remove_template_item,
            onboarding::template::move_template_item,
            onboarding::template::settle_difference,
            onboarding::templates::template_lines,
            onboarding::templates::make_template,
            onboarding::templates::copy_template,
            onboarding::templates::mirror_template,
            onboarding::templates::review_template,
            onboarding::templates::settle_feedback,
            onboarding::list::list_names,
            onboarding::list::list_view,
            onboarding::tick::set_item_state,
            onboarding::tick::set_item_note,
            onboarding::tick::set_item_feedback,
            onboarding::tick::set_item_due,
            link::open_link,
            onboarding::begin::begin_people,
            onboarding::begin::begin_view,
            onboarding::begin::begin_checklist,
            onboarding::begin::set_list,
            findings::finding_rows,
            findings::finding_groups,
            findings::finding_page,
            findings::remedy_preview,
            findings::apply_remedy,
            findings::rules,
            findings::set_policy,
            history::history,
            history::history_changes,
            edit::set_fields,
            edit::create,
            edit::end,
            edit::remove_whole,
            edit::confirm_entity,
            edit::rename_plan,
            edit::choices,
            import::formats,
            import::import_preview,
            sheet::sheet_fields,
            sheet::sheet_look,
            sheet::sheet_profile,
            sheet::sheet_save_profile,
            import::import_changes,
            problems::import_problems,
            import::import_apply,
            import::import_cancel,
            export::export_plan,
            export::update_preview,
            export::update_write,
            export::update_patch,
            redaction::redaction_preview,
            redaction::redacted_copy,
            map::graph::map_graph,
            map::graph::map_edge,
            map::matrix::map_matrix,
            map::export::export_picture,
            map::drawing::export_graph,
        ])
        .events(collect_events![import::ImportProgress, hiring::simulation::SimulationProgress])
}

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
                return Err((format!("there is no option {option}\n\n{HELP}"), ExitCode::from(2)));
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
            app.manage(App::new(author(), data_folder, first.clone()));
            let window = WebviewWindowBuilder::new(app, WINDOW, WebviewUrl::default())
                .title("Headroom")
                .inner_size(1280.0, 840.0)
                .min_inner_size(480.0, 560.0)
                .build()?;
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
            eprintln!("the window could not be opened: {error}");
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
