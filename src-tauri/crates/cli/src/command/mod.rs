//! Commands, one file each or a few that belong together. `run` of each opens the plan, calls the core and prints.

mod actions;
mod baseline;
mod bets;
mod budget;
mod checklist;
mod checklist_document;
mod codeowners;
mod compare;
mod cost;
mod cost_report;
mod coverage;
mod diagram;
mod dora;
mod export;
mod findings;
mod forecast;
mod gates;
mod history;
mod import;
mod import_profiles;
mod incidents;
mod merge;
mod metrics;
mod overview;
mod plan_file;
mod playbook;
mod practices;
mod redact;
mod rules;
mod sarif;
mod scenario;
mod search;
mod show;
mod simulate;
mod slo;
mod staffing;
mod stats;
mod suggest;
#[cfg(test)]
mod tests;
mod unit_economics;
mod waiting_hires;

use std::{io::Write, path::Path, process::ExitCode, sync::OnceLock};

use chrono::NaiveDate;
use clap::CommandFactory;
use headroom_app::{at::At, scenarios::list::find_scenario, state::AppState};
use headroom_author::author;
use headroom_clock::{now, today};
use headroom_model::wording::count_of;
use headroom_model::{EntityRef, Plan};
use headroom_store::{LateReading, Store};

use crate::{
    arguments::{Arguments, Command, CostArguments, Day, DoraArguments, StaffingArguments},
    error::CliError,
};

type Outcome = Result<ExitCode, CliError>;

pub fn run(arguments: Arguments) -> Outcome {
    headroom_clock::start()?;
    if let Some(scenario) = arguments.scenario {
        if !has_scenarios(&arguments.command) {
            return Err(CliError::NoScenarios);
        }
        let _ = SCENARIO.set(scenario);
    }
    let done = run_command(arguments.command)?;
    // What was said of rows that could not be read is wrong.
    READING.get().map_or(Ok(()), LateReading::check)?;
    Ok(done)
}

fn run_command(command: Command) -> Outcome {
    match command {
        Command::New { plan, sample } => plan_file::new(&plan, sample),
        Command::Import(import) => import::run(&import),
        Command::ImportProfiles(arguments) => import_profiles::run(&arguments),
        Command::Stats { plan, day, json } => stats::run(&plan, &day, json),
        Command::Findings(findings) => findings::run(&findings),
        Command::Overview(arguments) => overview::run(&arguments),
        Command::Playbook(arguments) => playbook::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Show(arguments) => show::run(&arguments),
        Command::Search(arguments) => search::run(&arguments),
        Command::Forecast(arguments) => forecast::run(&arguments),
        Command::Metrics(arguments) => metrics::run(&arguments),
        Command::Gates { plan, day, json } => gates::run(&plan, &day, json),
        Command::Staffing(arguments) => staffing::run(&arguments),
        Command::Bets { plan, day, json } => bets::run(&plan, &day, json),
        Command::Dora(arguments) => dora::run(&arguments),
        Command::Slo { plan, day, json } => slo::run(&plan, &day, json),
        Command::Incidents(arguments) => incidents::run(&arguments),
        Command::Actions(arguments) => actions::run(&arguments),
        Command::Practices(arguments) => practices::run(&arguments),
        Command::Cost(arguments) => cost::run(&arguments),
        Command::Budget(arguments) => budget::run(&arguments),
        Command::Simulate(arguments) => simulate::run(&arguments),
        Command::Coverage(arguments) => coverage::run(&arguments),
        Command::Suggest(arguments) => suggest::run(&arguments),
        Command::Rules { rule, json } => rules::run(rule.as_deref(), json),
        Command::Scenario(arguments) => scenario::run(&arguments),
        Command::Checklist(arguments) => checklist::run(&arguments),
        Command::Export(export) => export::run(&export),
        Command::Redact(arguments) => redact::run(&arguments),
        Command::History { plan, limit, changes, json } => history::run(&plan, limit, changes, json),
        Command::Merge(arguments) => merge::run(&arguments),
        Command::Conflicts(arguments) => merge::conflicts(&arguments),
        Command::Undo { plan, operation } => history::undo(&plan, operation),
        Command::Redo { plan } => history::redo(&plan),
        Command::Doctor { plan, json, restore, clean_copy } => {
            plan_file::doctor(&plan, json, restore.as_deref(), clean_copy.as_deref())
        }
        Command::Codeowners { file, paths, rules } => codeowners::run(&file, &paths, &rules),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "headroom", &mut script);
            std::io::stdout().lock().write_all(&script)?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

impl Day {
    fn or_today(&self) -> NaiveDate {
        self.as_of.unwrap_or_else(today)
    }

    /// The day, with planned hires.
    fn at(&self) -> At {
        At { day: self.as_of, ..At::default() }
    }
}

/// The scenario that is named on the command line.
static SCENARIO: OnceLock<String> = OnceLock::new();

/// How reading the plan goes that was opened.
static READING: OnceLock<LateReading> = OnceLock::new();

/// Whether a command looks at a plan, and not at a file as a whole or at none.
fn has_scenarios(command: &Command) -> bool {
    !matches!(
        command,
        Command::New { .. }
            | Command::Rules { .. }
            | Command::Dora(DoraArguments { plan: None, .. })
            | Command::Staffing(StaffingArguments { plan: None, .. })
            | Command::Cost(CostArguments { plan: None, .. })
            | Command::Scenario(_)
            | Command::Merge(_)
            | Command::Doctor { .. }
            | Command::Codeowners { .. }
            | Command::Completions { .. }
    )
}

/// The plan, or what the scenario that was named makes of it.
fn open(plan: &Path) -> Result<Store, CliError> {
    let mut store = Store::open(plan, now())?;
    let _ = READING.set(store.late_reading().clone());
    if let Some(name) = SCENARIO.get() {
        let scenario = find_scenario(store.plan(), name)?;
        store.switch(Some(scenario))?;
    }
    Ok(store)
}

/// The plan as the use cases of the window take it.
fn open_app(plan: &Path) -> Result<AppState, CliError> {
    Ok(AppState::on(open(plan)?, author()))
}

fn print_json(value: &impl serde::Serialize) -> Result<(), CliError> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, value)?;
    out.write_all(b"\n")?;
    out.flush()?;
    Ok(())
}

/// An entity in JSON.
fn entity_value(plan: &Plan, entity: EntityRef) -> serde_json::Value {
    serde_json::json!({"kind": entity.kind, "key": plan.key_of(entity), "name": plan.name_of(entity)})
}
