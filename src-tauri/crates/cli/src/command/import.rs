//! `headroom import`: preview or application of an import, with its diagnostics.

use std::process::ExitCode;

use headroom_app::import::preview::{changes_of, label, rule_labels};
use headroom_cost_import::{ReadProgress, size_of};
use headroom_exchange::{
    CodeownersReading, DetectedFormat, ImportOptions, Part, Preview, ReadOptions, are_measured, read_names,
    read_parts,
};
use headroom_files::{Diagnostic, Level};
use headroom_hr_import::TableOptions;
use headroom_store::OperationMeta;
use serde_json::json;

use super::{Outcome, author, count_of, import_profiles, now, open, print_json, today};
use crate::{
    arguments::Import,
    error::CliError,
    screen::{CAUTION, FAULT, QUIET, eprintln, println, while_waiting, with_progress},
};

/// How many diagnostics and unresolved names are listed.
const LISTED: usize = 20;

pub fn run(arguments: &Import) -> Outcome {
    let mut store = open(&arguments.plan)?;
    let profile = import_profiles::chosen(&store, arguments)?;
    let answers = import_profiles::answers(&arguments.answers);
    // What is said of amounts and dates holds for figures as well.
    let is_sheet = profile.is_some()
        || answers.are_about_people()
        || !answers.is_empty() && !are_measured(&arguments.source);
    let named = arguments.format.as_deref().or(is_sheet.then_some("sheet"));
    let codeowners =
        CodeownersReading { depth: arguments.depth, folders: None, dialect: arguments.rules.dialect() };
    let tables = TableOptions { profile, answers, today: Some(today()), hides_pay: false };
    let progress = ReadProgress::default();
    let options = ReadOptions {
        codeowners,
        tables,
        fiscal_year: arguments.fiscal_year,
        deployments: arguments.deployments.reading(),
        bill_labels: rule_labels(store.plan()),
        progress: progress.clone(),
    };
    let read = || read_parts(&arguments.source, named, &options);
    let parts = match arguments.source.iter().all(|source| headroom_cost_import::recognise(source)) {
        // Bills may take longer than a moment, and know how far they are.
        true => with_progress("bytes", size_of(&arguments.source), || progress.bytes(), read)?,
        false => while_waiting("reading", read)?,
    };
    let mut of_map = Vec::new();
    let names = match &arguments.name_map {
        Some(map) => read_names(map, &mut of_map)?,
        None => Vec::new(),
    };
    let found: Vec<DetectedFormat> = parts.iter().map(Part::detected_formats).collect();
    let is_nothing = parts.iter().all(|part| part.records.is_empty());
    let options = ImportOptions { today: today(), complete: arguments.full_sync, names };
    let mut preview = while_waiting("comparing", || changes_of(store.plan(), parts, &options))
        .map_err(headroom_store::StoreError::from)?;
    preview.problems.extend(of_map);
    let changes = std::mem::take(&mut preview.changes);
    let is_applied = !arguments.dry_run && !changes.is_empty();
    let change_count = changes.len();
    if !arguments.dry_run {
        let names: Vec<String> = arguments.source.iter().map(|source| source.display().to_string()).collect();
        let label = label(&found, &names);
        while_waiting("writing", || store.apply(&OperationMeta::import(label, author(), now()), changes))?;
    }
    if arguments.json {
        print_json(&as_value(&preview, &found, is_applied, arguments.dry_run))?;
    } else {
        print_found(&found);
        print_text(&preview, change_count, arguments.dry_run, is_nothing);
    }
    if is_nothing && change_count == 0 {
        return Err(CliError::NothingToDo(format!("nothing was imported{}", why(&preview.problems))));
    }
    // The program ends, and all is in the file: what plan and SQLite have in memory is not worth freeing row by row.
    std::mem::forget(store);
    Ok(ExitCode::SUCCESS)
}

/// Why nothing was imported, as the end of a sentence.
fn why(problems: &[Diagnostic]) -> String {
    let worst =
        problems.iter().filter(|problem| problem.level >= Level::Warning).max_by_key(|problem| problem.level);
    match worst {
        Some(problem) => format!(": {}: {}", problem.place, problem.message),
        None => ": the sources hold nothing that a plan can store".to_owned(),
    }
}

fn as_value(
    preview: &Preview,
    found: &[DetectedFormat],
    is_applied: bool,
    is_dry_run: bool,
) -> serde_json::Value {
    let sum =
        |count: fn(&headroom_exchange::KindCount) -> usize| preview.counts.iter().map(count).sum::<usize>();
    json!({
        "applied": is_applied,
        "dry_run": is_dry_run,
        "formats": found,
        "added": sum(|count| count.added),
        "changed": sum(|count| count.changed),
        "ended": sum(|count| count.ended),
        "kinds": preview.counts,
        "unresolved": preview.unresolved,
        "problems": preview.problems,
    })
}

/// The detected formats, if there are several.
fn print_found(found: &[DetectedFormat]) {
    if found.len() < 2 {
        return;
    }
    for format in found {
        let place = match format.files.as_slice() {
            [] => "nothing was imported".to_owned(),
            [one] => format!("in {one}"),
            [first, ..] => format!("in {} files, e.g. {first}", format.files.len()),
        };
        println!("{:<18} {place}", format.title);
    }
}

fn print_text(preview: &Preview, change_count: usize, is_dry_run: bool, is_nothing: bool) {
    print_problems(&preview.problems);
    for name in preview.unresolved.iter().take(LISTED) {
        let hint = match name.suggestions.as_slice() {
            [] => String::new(),
            some => format!("; did you mean {}?", some.join(" or ")),
        };
        let mentions = count_of(name.mentions, "mention");
        eprintln!(
            "{CAUTION}unconfirmed{} {} {} ({mentions}, first at {}){hint}",
            CAUTION.render_reset(),
            name.kind.noun(),
            name.key,
            name.place
        );
    }
    if preview.unresolved.len() > LISTED {
        eprintln!("and {} more unconfirmed names (--json lists all)", preview.unresolved.len() - LISTED);
    }
    for count in &preview.counts {
        let parts: Vec<String> = [(count.added, "added"), (count.changed, "changed"), (count.ended, "ended")]
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(number, verb)| format!("{number} {verb}"))
            .collect();
        println!("{:<12} {}", count.kind.noun(), parts.join(", "));
    }
    match (change_count, is_dry_run) {
        (0, _) if is_nothing => {}
        (0, _) => println!("no changes"),
        (count, true) => println!("would make {} (dry run)", count_of(count, "change")),
        (count, false) => {
            println!("{} made in one step; `headroom undo` reverts it", count_of(count, "change"))
        }
    }
}

/// The first diagnostics, to standard error.
pub(super) fn print_problems(problems: &[Diagnostic]) {
    problems.iter().take(LISTED).for_each(print_problem);
    if problems.len() > LISTED {
        eprintln!("and {} more warnings and notes (--json lists all)", problems.len() - LISTED);
    }
}

fn print_problem(problem: &Diagnostic) {
    let (style, word) = match problem.level {
        Level::Error => (FAULT, "skipped"),
        Level::Warning => (CAUTION, "warning"),
        Level::Note => (QUIET, "note"),
    };
    eprintln!(
        "{style}{word}{} {}: {} ({})",
        style.render_reset(),
        problem.place,
        problem.message,
        problem.advice
    );
}
