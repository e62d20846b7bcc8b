//! Every command and event of the window, from which the page's client is generated.
//!
//! The handler of a list of commands is one function with all parsing and serialising inlined; a single list took
//! minutes to compile on one core. So each part of the window has a list of its own, and [`joined`] dispatches to
//! them.

use std::{collections::HashMap, sync::Arc};

use specta::Types;
use tauri::{Wry, ipc::Invoke};
use tauri_specta::{Builder, CollectedCommands, Commands, collect_commands, collect_events};

use crate::view::*;

/// A new command is a line in the list of its part.
pub fn interface() -> Builder<Wry> {
    let parts = [
        shell(),
        organisation(),
        ownership(),
        findings(),
        hiring_figures(),
        hiring_plan(),
        capacity(),
        onboarding(),
        templates(),
        edits(),
        exchange(),
        map(),
    ];
    Builder::<Wry>::new()
        .disable_serde_phases()
        .commands(joined(parts.into()))
        .events(collect_events![import::ImportProgress, hiring::simulation::SimulationProgress])
}

/// Combines several lists of commands.
fn joined(parts: Arc<[Commands<Wry>]>) -> Commands<Wry> {
    let mut part_of = HashMap::new();
    for (at, part) in parts.iter().enumerate() {
        let named = (part.1)(&mut Types::default()).functions;
        part_of.extend(named.into_iter().map(|function| (function.name, at)));
    }
    let handlers = parts.clone();
    let handle = move |invoke: Invoke<Wry>| match part_of.get(invoke.message.command()) {
        Some(at) => (handlers[*at].0)(invoke),
        None => false,
    };
    let collect = move |types: &mut Types| {
        let mut all = CollectedCommands::default();
        for part in parts.iter() {
            let CollectedCommands { functions, accessor_names } = (part.1)(types);
            all.functions.extend(functions);
            all.accessor_names.extend(accessor_names);
        }
        // The client does not depend on the division into lists.
        all.functions.sort_by(|a, b| a.name.cmp(&b.name));
        all
    };
    Commands(Arc::new(handle), Arc::new(collect))
}

fn shell() -> Commands<Wry> {
    collect_commands![
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
        shell::frame,
        shell::search,
        shell::names,
        shell::undo,
        shell::redo,
        shell::refresh,
        shell::look_ahead,
        open_url::open_link,
    ]
}

fn organisation() -> Commands<Wry> {
    collect_commands![
        organisation::team_tree,
        team::team_page,
        people::people_rows,
        people::person_page,
        positions::staff,
        positions::reporting_lines,
    ]
}

fn ownership() -> Commands<Wry> {
    collect_commands![
        ownership::service_rows,
        ownership::service_ids,
        service::service_page,
        assign::assign_preview,
        assign::assign,
        assign::confirm,
        assignment_board::board,
        assignment_board::candidates,
        assignment_board::propose,
        assignment_board::handover_preview,
        assignment_board::hand_over_all,
        worklist::worklist,
        worklist::worklist_ids,
    ]
}

fn findings() -> Commands<Wry> {
    collect_commands![
        forecast::forecast_gaps,
        forecast::time_marks,
        findings::finding_rows,
        findings::finding_groups,
        findings::finding_page,
        findings::remedy_preview,
        findings::apply_remedy,
        findings::rules,
        findings::set_policy,
    ]
}

fn hiring_figures() -> Commands<Wry> {
    collect_commands![
        hiring::hidden_pay::show_pay,
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
        hiring::holidays::holidays,
        hiring::holidays::read_holidays,
        hiring::holidays::add_holidays,
    ]
}

fn hiring_plan() -> Commands<Wry> {
    collect_commands![
        hiring::gaps::gap_lines,
        hiring::hire::hire_preview,
        hiring::hire::plan_hire,
        hiring::hire_cost::positions_cost,
        hiring::timeline::hire_bars,
        hiring::timeline::move_start,
        hiring::grid::grid_columns,
        hiring::grid::grid_layout,
        hiring::grid::grid_rows,
        hiring::grid::grid_edit,
        hiring::grid::grid_duplicate,
        hiring::grid::grid_remove,
        hiring::grid::grid_export,
        hiring::position::position_page,
        hiring::position::team_positions,
        hiring::position::person_positions,
        hiring::position::fill_position,
        hiring::position::decide_backfill,
        hiring::position::move_to_position,
    ]
}

fn capacity() -> Commands<Wry> {
    collect_commands![
        hiring::capacity::capacity,
        hiring::capacity::export_capacity,
        hiring::recruiting::recruiting,
        hiring::layers::spans_and_layers,
        hiring::simulation::chance,
        hiring::simulation::simulate_plan,
        hiring::simulation::cancel_simulation,
    ]
}

fn onboarding() -> Commands<Wry> {
    collect_commands![
        onboarding::new_hires::new_hire_lines,
        onboarding::new_hire::new_hire_view,
        onboarding::overdue::overdue_groups,
        onboarding::share::assignees,
        onboarding::share::share_checklist,
        onboarding::share::write_document,
        onboarding::merge_back::merge_back_view,
        onboarding::merge_back::merge_back_apply,
        onboarding::workload::onboarding_load,
        onboarding::times::onboarding_times,
        onboarding::list::list_names,
        onboarding::list::list_view,
        onboarding::item_state::set_item_state,
        onboarding::item_state::set_item_note,
        onboarding::item_state::set_item_feedback,
        onboarding::item_state::set_item_due,
        onboarding::start::begin_people,
        onboarding::start::begin_view,
        onboarding::start::begin_checklist,
        onboarding::start::move_preview,
        onboarding::start::set_list,
    ]
}

fn templates() -> Commands<Wry> {
    collect_commands![
        onboarding::template::template_view,
        onboarding::template::set_template,
        onboarding::template::put_template_item,
        onboarding::template::remove_template_item,
        onboarding::template::move_template_item,
        onboarding::template::resolve_difference,
        onboarding::templates::template_lines,
        onboarding::templates::make_template,
        onboarding::templates::copy_template,
        onboarding::templates::create_offboarding,
        onboarding::templates::review_template,
        onboarding::templates::settle_feedback,
    ]
}

fn edits() -> Commands<Wry> {
    collect_commands![
        history::history,
        history::history_changes,
        edit::set_fields,
        edit::create,
        edit::end,
        edit::remove_whole,
        edit::confirm_entity,
        edit::rename_plan,
        edit::choices,
    ]
}

fn exchange() -> Commands<Wry> {
    collect_commands![
        import::formats,
        import::import_preview,
        sheet::sheet_fields,
        sheet::sheet_preview,
        sheet::sheet_profile,
        sheet::sheet_save_profile,
        import::import_changes,
        diagnostics::import_diagnostics,
        import::import_apply,
        import::import_cancel,
        export::export_plan,
        export::update_preview,
        export::update_write,
        export::update_patch,
        redaction::redaction_preview,
        redaction::redacted_copy,
    ]
}

fn map() -> Commands<Wry> {
    collect_commands![
        map::graph::map_graph,
        map::graph::map_edge,
        map::matrix::map_matrix,
        map::export::export_picture,
        map::drawing::export_graph,
    ]
}
