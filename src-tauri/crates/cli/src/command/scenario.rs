//! `headroom scenario`: other futures of the plan.

use std::{path::Path, process::ExitCode};

use chrono::Months;
use headroom_app::{
    at::At,
    change_presenter::HistoryChange,
    edit::{FieldEdit, FieldValue},
    entities::{entity::EntityKind, id::Id},
    merging::conflict_words::{ConflictWords, MergedWith},
    scenarios::{
        blast_radius::unplaced,
        change::{MergeDecision, add_scenario, decide_scenario, merged_row},
        changes::{TeamChanges, scenario_changes},
        compare::{
            ComparisonFormat, ScenarioComparisonQuery, compare_scenarios, save_scenario_comparison,
            scenario_comparison_table, scenario_comparison_text,
        },
        expected::{ExpectedFigureRow, FigureStanding, expected_figures},
        list::{ScenarioRow, ScenarioStanding, find_scenario, scenario_page, scenarios},
        sign_off::reason_to_sign_off,
    },
    search::find,
    state::AppState,
};
use headroom_model::{
    Plan,
    merge::{Choice, Conflict, Merge},
};
use headroom_store::{OpenConflict, OperationMeta, Selection, Store};
use headroom_tabular::xlsx::write_csv;
use serde_json::json;

use super::{Outcome, author, count_of, now, open, open_app, print_json, today};
use crate::{
    arguments::{
        CompareScenarios, ComparisonFormatArg, MergeScenario, NewScenario, ScenarioCommand, Scenarios,
        SideArg,
    },
    error::CliError,
    screen::{CAUTION, QUIET, STRONG, eprintln, println, while_waiting},
};

pub fn run(arguments: &Scenarios) -> Outcome {
    let plan = &arguments.plan;
    match &arguments.command {
        ScenarioCommand::List { json } => list(&open_app(plan)?, *json),
        ScenarioCommand::New(new) => add(&open_app(plan)?, new),
        ScenarioCommand::Show { name, json } => show(&open_app(plan)?, name, *json),
        ScenarioCommand::Diff { names, json } => diff(&open_app(plan)?, names, *json),
        ScenarioCommand::Compare(compare) => compare_by_figures(&open_app(plan)?, compare),
        ScenarioCommand::Rebase { name, take } => rebase(&mut open(plan)?, name, *take),
        ScenarioCommand::Merge(merge) => merge_into_plan(&mut open(plan)?, merge),
        ScenarioCommand::Drop { name, outcome } => {
            decide(&open_app(plan)?, name, ScenarioStanding::Dropped, outcome)
        }
        ScenarioCommand::Reopen { name } => decide(&open_app(plan)?, name, ScenarioStanding::Open, ""),
    }
}

fn list(app: &AppState, as_json: bool) -> Outcome {
    let rows = scenarios(app)?;
    if as_json {
        print_json(&rows)?;
    } else if rows.is_empty() {
        println!("no scenarios; `headroom scenario PLAN new NAME` adds one");
    }
    if !as_json {
        rows.iter().for_each(print_row);
    }
    Ok(ExitCode::SUCCESS)
}

/// How a scenario stands, in a few words.
fn standing(row: &ScenarioRow) -> String {
    let decided = row.decided.map(|day| format!(" on {day}")).unwrap_or_default();
    match row.standing {
        ScenarioStanding::Merged => format!("merged{decided}"),
        ScenarioStanding::Dropped => format!("dropped{decided}"),
        ScenarioStanding::Open => match row.decide_by {
            Some(day) if row.is_overdue => format!("open, was to be decided by {day}"),
            Some(day) => format!("open, to be decided by {day}"),
            None => "open".to_owned(),
        },
    }
}

fn print_row(row: &ScenarioRow) {
    let behind = match row.behind {
        0 => String::new(),
        steps => format!(" · {} behind the plan", count_of(steps as usize, "step")),
    };
    println!(
        "{STRONG}{}{STRONG:#}  {}  {QUIET}{}{behind} · {}{QUIET:#}",
        row.key,
        row.name,
        count_of(row.change_count as usize, "change"),
        standing(row),
    );
    if let Some(problem) = &row.problem {
        println!("  {CAUTION}{problem}{CAUTION:#}");
    }
}

fn id_of(app: &AppState, name: &str) -> Result<Id, CliError> {
    Ok(Id(find_scenario(&*app.plan()?, name)?.0))
}

fn add(app: &AppState, new: &NewScenario) -> Outcome {
    let text = |field: &str, text: &str| FieldEdit {
        field: field.to_owned(),
        value: FieldValue::Text(text.to_owned()),
        was: None,
    };
    let mut edits = vec![text("name", &new.name)];
    let said =
        [("description", &new.about), ("hypothesis", &new.hypothesis), ("success_criteria", &new.success)];
    edits.extend(said.iter().filter_map(|(field, said)| Some(text(field, said.as_deref()?))));
    edits.extend(new.decide_by.map(|day| text("decide_by", &day.to_string())));
    if let Some(owner) = &new.owner {
        let person = find(app, EntityKind::Person, owner, At::default())?;
        edits.push(FieldEdit { field: "owner".to_owned(), value: FieldValue::Number(person.id), was: None });
    }
    if !new.expect.is_empty() {
        let figures = new.expect.iter().map(ToString::to_string).collect();
        edits.push(FieldEdit { field: "expected".to_owned(), value: FieldValue::List(figures), was: None });
    }
    let from = new.from.as_ref().map(|from| id_of(app, from)).transpose()?;
    let key = add_scenario(app, edits, from)?;
    println!("added scenario {key}; change it with --scenario {key}");
    Ok(ExitCode::SUCCESS)
}

fn show(app: &AppState, name: &str, as_json: bool) -> Outcome {
    let id = id_of(app, name)?;
    let (row, groups) = (scenario_page(app, id)?, scenario_changes(app, id)?);
    let expected = expected_figures(app, id)?;
    if as_json {
        print_json(&json!({ "scenario": row, "expected": expected, "changes": groups }))?;
        return Ok(ExitCode::SUCCESS);
    }
    print_row(&row);
    let owner = row.owner.as_ref().map(|owner| owner.name.clone()).unwrap_or_default();
    let told = [
        ("about", &row.description),
        ("hypothesis", &row.hypothesis),
        ("success", &row.success_criteria),
        ("owner", &owner),
        ("outcome", &row.outcome),
        ("signed off", &signed_off(&row)),
    ];
    for (title, text) in told.iter().filter(|(_, text)| !text.is_empty()) {
        println!("  {QUIET}{title:<10}{QUIET:#}  {text}");
    }
    expected.iter().for_each(print_expected);
    print_groups(&groups);
    Ok(ExitCode::SUCCESS)
}

fn signed_off(row: &ScenarioRow) -> String {
    let on = row.signed_off.map(|day| format!(" on {day}")).unwrap_or_default();
    if row.signed_off_by.is_empty() { String::new() } else { format!("by {}{on}", row.signed_off_by) }
}

fn print_expected(row: &ExpectedFigureRow) {
    println!("  {QUIET}expected  {QUIET:#}  {}: {} by {}", row.subject, row.bound, row.by);
    let places = [("in the scenario", row.in_scenario.as_ref()), ("in the plan", Some(&row.in_plan))];
    for (place, standing) in places.iter().filter_map(|(place, standing)| Some((place, (*standing)?))) {
        println!("    {place:<15}  {}", figure(standing));
    }
}

/// `2, not kept`.
fn figure(standing: &FigureStanding) -> String {
    let number = standing.number.map(|number| format!("{}", (number * 100.0).round() / 100.0));
    let amount = standing.amount.as_ref().map(|amount| amount.text.clone());
    let told = number.or(amount).unwrap_or_else(|| format!("unknown: {}", standing.unknown));
    match standing.is_kept {
        Some(true) => format!("{told}, kept"),
        Some(false) => format!("{told}, {CAUTION}not kept{CAUTION:#}"),
        None => told,
    }
}

fn diff(app: &AppState, names: &[String], as_json: bool) -> Outcome {
    let found: Vec<(String, Vec<TeamChanges>)> = names
        .iter()
        .map(|name| {
            let id = id_of(app, name)?;
            Ok((scenario_page(app, id)?.key, scenario_changes(app, id)?))
        })
        .collect::<Result<_, CliError>>()?;
    if as_json {
        let values: Vec<_> =
            found.iter().map(|(key, changes)| json!({ "scenario": key, "changes": changes })).collect();
        print_json(&values)?;
        return Ok(ExitCode::SUCCESS);
    }
    for (key, groups) in &found {
        println!("{STRONG}{key}{STRONG:#}");
        print_groups(groups);
    }
    Ok(ExitCode::SUCCESS)
}

/// By which the plan itself is named.
const PLAN: [&str; 2] = ["", "plan"];

fn compare_by_figures(app: &AppState, arguments: &CompareScenarios) -> Outcome {
    let mut scenarios = Vec::new();
    for name in &arguments.names {
        let is_plan = PLAN.contains(&name.as_str());
        scenarios.push(if is_plan { String::new() } else { scenario_page(app, id_of(app, name)?)?.key });
    }
    if !scenarios.iter().any(String::is_empty) {
        scenarios.insert(0, String::new());
    }
    let from = arguments.from.unwrap_or_else(today);
    let a_year = || from.checked_add_months(Months::new(12)).and_then(|day| day.pred_opt());
    let until = arguments.to.or_else(a_year).unwrap_or(from);
    if until < from {
        return Err(CliError::BackwardDays { from, until });
    }
    app.pay.show(arguments.with_pay);
    let at = At { day: Some(arguments.as_of.unwrap_or(until)), planned_hires: !arguments.no_planned_hires };
    let query = ScenarioComparisonQuery { scenarios, from: Some(from), until: Some(until) };
    if arguments.json {
        print_json(&while_waiting("comparing", || compare_scenarios(app, query, at))?)?;
        return Ok(ExitCode::SUCCESS);
    }
    put_comparison(app, arguments, query, at)?;
    Ok(ExitCode::SUCCESS)
}

fn put_comparison(
    app: &AppState,
    arguments: &CompareScenarios,
    query: ScenarioComparisonQuery,
    at: At,
) -> Result<(), CliError> {
    let format = match arguments.format {
        ComparisonFormatArg::Md => ComparisonFormat::Markdown,
        ComparisonFormatArg::Xlsx => ComparisonFormat::Xlsx,
        ComparisonFormatArg::Csv => ComparisonFormat::Csv,
    };
    let out = arguments.out.as_deref().filter(|out| *out != Path::new("-"));
    match (format, out) {
        (_, Some(out)) => {
            let path = out.display().to_string();
            while_waiting("comparing", || save_scenario_comparison(app, query, at, format, path))?;
            eprintln!("wrote {}", out.display());
        }
        (ComparisonFormat::Markdown, None) => {
            println!(
                "{}",
                while_waiting("comparing", || scenario_comparison_text(app, query, at))?.trim_end()
            );
        }
        (ComparisonFormat::Xlsx, None) => return Err(CliError::SheetToOutput),
        (ComparisonFormat::Csv, None) => {
            let table = while_waiting("comparing", || scenario_comparison_table(app, query, at))?;
            write_csv(&table, Path::new("-"))?;
        }
    }
    Ok(())
}

fn print_groups(groups: &[TeamChanges]) {
    for group in groups {
        let team = group.team.as_ref().map_or("about no team", |team| team.name.as_str());
        println!("  {STRONG}{team}{STRONG:#}");
        group.changes.iter().for_each(print_change);
    }
    if groups.is_empty() {
        println!("  {QUIET}no changes{QUIET:#}");
    }
}

fn print_change(change: &HistoryChange) {
    println!("    {} {} {}", change.verb, change.noun, change.name);
    if change.verb != "changed" {
        return;
    }
    for field in &change.fields {
        let shown = |text: &str| if text.is_empty() { "(empty)".to_owned() } else { text.to_owned() };
        println!("      {QUIET}{}:{QUIET:#} {} → {}", field.field, shown(&field.before), shown(&field.after));
    }
}

fn rebase(store: &mut Store, name: &str, take: Option<SideArg>) -> Outcome {
    let scenario = find_scenario(store.plan_itself(), name)?;
    let note = OperationMeta::edit("Took in the changes of the plan", author(), now());
    let found = store.rebase(scenario, &note)?;
    println!("took in {}", count_of(found.changes.len(), "change"));
    let open = store.open_conflicts()?;
    print_conflicts(store.plan(), open.iter().map(|open| &open.conflict), MergedWith::Plan);
    let Some(side) = take.filter(|_| !open.is_empty()) else {
        return Ok(if open.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    };
    let label = format!("Decided {}", count_of(open.len(), "conflict"));
    let decisions: Vec<(OpenConflict, Choice)> = open.into_iter().map(|open| (open, side.choice())).collect();
    let refused = store.decide(&OperationMeta::edit(label, author(), now()), &decisions)?;
    println!("{} decided", count_of(decisions.len() - refused.len(), "conflict"));
    Ok(if refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn merge_into_plan(store: &mut Store, arguments: &MergeScenario) -> Outcome {
    let scenario = find_scenario(store.plan_itself(), &arguments.name)?;
    let selection = Selection { scenario, only: None };
    let decision = decision(arguments);
    let row = merged_row(store, selection, &decision)?;
    let held = unplaced(&store.branch(scenario)?).filter(|_| !arguments.unplaced && !arguments.dry_run);
    if let Some(who) = held {
        let advice = "place them, or merge with --unplaced";
        return Err(CliError::NothingToDo(format!("{who} on no team: {advice}")));
    }
    let is_signed = !decision.signed_off_by.trim().is_empty() || arguments.dry_run;
    if let Some(reason) = reason_to_sign_off(store, selection)?.filter(|_| !is_signed) {
        return Err(CliError::NothingToDo(format!("{reason}: sign it off with --signed-off-by NAME")));
    }
    let found = store.merging(selection)?;
    let is_decided = arguments.take.is_some() || found.conflicts.is_empty();
    print_merge(store, &found, arguments)?;
    if arguments.dry_run || !is_decided {
        return Ok(if found.conflicts.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    let choice = arguments.take.map_or(Choice::Ours, SideArg::choice);
    let decided: Vec<(Conflict, Choice)> =
        found.conflicts.into_iter().map(|conflict| (conflict, choice)).collect();
    let label = format!("Merged scenario {}", store.plan_itself().name_of(scenario.into()));
    let label = decision.signed(&label);
    store.merge_scenario(selection, &OperationMeta::edit(label, author(), now()), &decided, row)?;
    Ok(ExitCode::SUCCESS)
}

fn decision(arguments: &MergeScenario) -> MergeDecision {
    let signed_off_by = arguments.signed_off_by.clone();
    let signed_off = arguments.signed_off.or_else(|| (!signed_off_by.trim().is_empty()).then(today));
    MergeDecision { outcome: arguments.outcome.clone(), signed_off_by, signed_off }
}

fn print_merge(store: &Store, found: &Merge, arguments: &MergeScenario) -> Result<(), CliError> {
    let is_done = !arguments.dry_run && (found.conflicts.is_empty() || arguments.take.is_some());
    if arguments.json {
        let words = |conflict| ConflictWords::new(store.plan(), conflict, MergedWith::Scenario, true);
        let conflicts: Vec<_> = found
            .conflicts
            .iter()
            .map(|conflict| json!({ "name": words(conflict).name, "cause": words(conflict).cause, "details": conflict.cause }))
            .collect();
        return print_json(&json!({
            "merged": is_done, "changes": found.changes.len(), "conflicts": conflicts,
        }));
    }
    let verb = if is_done { "merged" } else { "would merge" };
    println!("{verb} {}", count_of(found.changes.len(), "change"));
    print_conflicts(store.plan(), found.conflicts.iter(), MergedWith::Scenario);
    if !found.conflicts.is_empty() && arguments.take.is_none() {
        println!(
            "{CAUTION}{}{CAUTION:#}: nothing is merged until you decide with --take",
            count_of(found.conflicts.len(), "conflict"),
        );
    }
    Ok(())
}

fn print_conflicts<'a>(plan: &Plan, conflicts: impl Iterator<Item = &'a Conflict>, with: MergedWith) {
    for conflict in conflicts {
        let ConflictWords { name, cause, values } = ConflictWords::new(plan, conflict, with, true);
        println!("  {STRONG}{name}{STRONG:#}: {cause}");
        let Some([base, ours, theirs]) = values else { continue };
        let sides = if with == MergedWith::Plan { ["scenario", "plan"] } else { ["plan", "scenario"] };
        let shown = |text: String| if text.is_empty() { "(empty)".to_owned() } else { text };
        println!("      {:<9} {}", "before", shown(base));
        println!("      {:<9} {}", sides[0], shown(ours));
        println!("      {:<9} {}", sides[1], shown(theirs));
    }
}

fn decide(app: &AppState, name: &str, standing: ScenarioStanding, outcome: &str) -> Outcome {
    decide_scenario(app, id_of(app, name)?, standing, outcome.to_owned())?;
    let verb = if standing == ScenarioStanding::Dropped { "dropped" } else { "opened again" };
    println!("{verb} {name}");
    Ok(ExitCode::SUCCESS)
}
