use std::process::ExitCode;

use headroom_analysis::onboarding::template::follow;
use headroom_exchange::{
    Found, ImportOptions, Level, Part, Preview, Problem, ReadOptions, compare, read_names, read_parts,
};
use headroom_store::Note;
use serde_json::json;

use super::{Outcome, author, count_of, now, open, print_json, profiles, today};
use crate::{
    arguments::Import,
    error::Error,
    screen::{CAUTION, FAULT, QUIET, eprintln, println, while_waiting},
};

/// How many problems and unresolved names the text lists.
const LISTED: usize = 20;

pub fn run(arguments: &Import) -> Outcome {
    let mut store = open(&arguments.plan)?;
    let profile = profiles::chosen(&store, arguments)?;
    let answers = profiles::answers(&arguments.answers);
    let is_sheet = profile.is_some() || !answers.is_empty();
    let named = arguments.format.as_deref().or(is_sheet.then_some("sheet"));
    let options = ReadOptions {
        depth: arguments.depth,
        profile,
        answers,
        today: Some(today()),
        dialect: arguments.rules.dialect(),
        ..ReadOptions::default()
    };
    let parts = while_waiting("reading", || read_parts(&arguments.source, named, &options))?;
    let mut of_map = Vec::new();
    let names = match &arguments.map {
        Some(map) => read_names(map, &mut of_map)?,
        None => Vec::new(),
    };
    let found: Vec<Found> = parts.iter().map(Part::found).collect();
    let is_nothing = parts.iter().all(|part| part.records.is_empty());
    let options = ImportOptions { today: today(), complete: arguments.complete, names };
    let mut preview = while_waiting("comparing", || compare(store.plan(), parts, &options));
    preview.problems.extend(of_map);
    let mut changes = std::mem::take(&mut preview.changes);
    // Lists of those who have not started follow their templates.
    let further = follow(store.plan(), &changes, today());
    changes.extend(further.map_err(headroom_store::Error::from)?);
    let is_applied = !arguments.dry_run && !changes.is_empty();
    let change_count = changes.len();
    if !arguments.dry_run {
        let names: Vec<String> = arguments.source.iter().map(|source| source.display().to_string()).collect();
        let titles: Vec<&str> = found.iter().map(|found| found.title).collect();
        let label = format!("Import {} from {}", titles.join(", "), names.join(", "));
        while_waiting("writing", || store.apply(&Note::import(label, author(), now()), changes))?;
    }
    if arguments.json {
        print_json(&as_value(&preview, &found, is_applied, arguments.dry_run))?;
    } else {
        print_found(&found);
        print_text(&preview, change_count, arguments.dry_run, is_nothing);
    }
    if is_nothing && change_count == 0 {
        return Err(Error::NothingToDo(format!("nothing could be read{}", why(&preview.problems))));
    }
    Ok(ExitCode::SUCCESS)
}

/// Why there was nothing, as the end of a sentence.
fn why(problems: &[Problem]) -> String {
    let worst =
        problems.iter().filter(|problem| problem.level >= Level::Warning).max_by_key(|problem| problem.level);
    match worst {
        Some(problem) => format!(": {}: {}", problem.place, problem.message),
        None => ": there is nothing in the sources that a plan has a place for".to_owned(),
    }
}

fn as_value(preview: &Preview, found: &[Found], is_applied: bool, is_dry_run: bool) -> serde_json::Value {
    let sum = |count: fn(&headroom_exchange::Count) -> usize| preview.counts.iter().map(count).sum::<usize>();
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

/// Which formats were found where, when there are several.
fn print_found(found: &[Found]) {
    if found.len() < 2 {
        return;
    }
    for format in found {
        let place = match format.files.as_slice() {
            [] => "nothing was taken over".to_owned(),
            [one] => format!("in {one}"),
            [first, ..] => format!("in {} files, such as {first}", format.files.len()),
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
        eprintln!(
            "and {} more names that nothing defines (--json lists all)",
            preview.unresolved.len() - LISTED
        );
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
        (0, _) => println!("nothing to change: the plan says the same already"),
        (count, true) => println!("{} would be made; nothing was changed", count_of(count, "change")),
        (count, false) => {
            println!("{} made, as one step that `headroom undo` takes back", count_of(count, "change"))
        }
    }
}

/// The first of them, to standard error.
pub(super) fn print_problems(problems: &[Problem]) {
    problems.iter().take(LISTED).for_each(print_problem);
    if problems.len() > LISTED {
        eprintln!("and {} more problems (--json lists all)", problems.len() - LISTED);
    }
}

fn print_problem(problem: &Problem) {
    let (style, word) = match problem.level {
        Level::Error => (FAULT, "left out"),
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
