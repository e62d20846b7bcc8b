//! `headroom export`: the plan in another format, or the owners in existing files.

use std::{fs, io::Write, path::Path, process::ExitCode};

use headroom_diagram_export::diagram_format;
use headroom_exchange::{CodeownersWriting, ExportOptions, Update, update, write};
use headroom_files::write_file;
use headroom_model::Snapshot;
use serde_json::json;

use super::{Outcome, checklist_document, count_of, diagram, import::print_problems, open, print_json};
use crate::{
    arguments::Export,
    error::CliError,
    screen::{QUIET, eprintln, println, while_waiting},
};

/// How many entities without a file are listed.
const LISTED: usize = 10;

pub fn run(arguments: &Export) -> Outcome {
    let is_of_checklists = checklist_document::FORMATS.contains(&arguments.format.as_str());
    let is_narrowed = arguments.person.is_some() || arguments.assignee.is_some();
    // Markdown is the format of templates, too.
    if is_of_checklists && (is_narrowed || arguments.format != "markdown") {
        return checklist_document::run(arguments);
    }
    if is_narrowed {
        return Err(CliError::NotAChecklist);
    }
    let store = open(&arguments.plan)?;
    let snapshot = store.plan().as_of(arguments.day.or_today());
    let codeowners = CodeownersWriting {
        paths: arguments.paths.clone(),
        organisation: arguments.org.clone(),
        dialect: arguments.rules.dialect(),
    };
    let options = ExportOptions { current_names: arguments.current_names, codeowners };
    match &arguments.against {
        Some(source) => against(&snapshot, source, arguments, &options),
        None if diagram_format(&arguments.format).is_some() => diagram::run(&snapshot, arguments),
        None => anew(&snapshot, arguments, &options),
    }
}

fn anew(snapshot: &Snapshot, arguments: &Export, options: &ExportOptions) -> Outcome {
    let format = &arguments.format;
    let problems = while_waiting("writing", || write(snapshot, format, &arguments.out, options))?;
    print_problems(&problems);
    println!("wrote {}", arguments.out.display());
    Ok(ExitCode::SUCCESS)
}

fn against(snapshot: &Snapshot, source: &Path, arguments: &Export, options: &ExportOptions) -> Outcome {
    let format = &arguments.format;
    let update = while_waiting("comparing", || update(snapshot, format, source, options))?;
    let is_to_stdout = arguments.out == Path::new("-");
    match (arguments.patch, is_to_stdout) {
        (true, true) => std::io::stdout().lock().write_all(&update.patch())?,
        (true, false) => write_file(&arguments.out, update.patch())?,
        (false, _) if is_same(&arguments.out, &update.root) => update.write_over()?,
        (false, _) => update.write_below(&arguments.out)?,
    }
    if arguments.json && !(arguments.patch && is_to_stdout) {
        print_json(&as_value(&update))?;
    } else {
        print_text(&update, arguments);
    }
    if update.compared == 0 {
        let what = "nothing to compare: the files define nothing that the plan has on that date";
        return Err(CliError::NothingToDo(what.to_owned()));
    }
    Ok(ExitCode::SUCCESS)
}

fn is_same(one: &Path, other: &Path) -> bool {
    let other = if other.as_os_str().is_empty() { Path::new(".") } else { other };
    matches!((fs::canonicalize(one), fs::canonicalize(other)), (Ok(one), Ok(other)) if one == other)
}

fn as_value(update: &Update) -> serde_json::Value {
    let files: Vec<_> =
        update.files.iter().map(|file| json!({"path": file.path, "owners": file.owners})).collect();
    json!({
        "files": files, "compared": update.compared, "owners": update.owner_count(), "problems": update.problems, "absent": update.absent,
    })
}

/// To standard error, since standard output may have the patch.
fn print_text(update: &Update, arguments: &Export) {
    print_problems(&update.problems);
    for file in &update.files {
        for owner in &file.owners {
            let was = if owner.was.is_empty() { "unowned" } else { &owner.was };
            eprintln!("{}:{}: {}: {was} → {}", file.path.display(), owner.line, owner.subject, owner.becomes);
        }
    }
    if !update.absent.is_empty() {
        let named = update.absent.iter().take(LISTED).cloned().collect::<Vec<_>>().join(", ");
        let more = if update.absent.len() > LISTED { " …" } else { "" };
        eprintln!("{QUIET}not in any file: {} ({named}{more}){}", update.absent.len(), QUIET.render_reset());
    }
    let owners = count_of(update.owner_count(), "owner");
    let files = count_of(update.files.len(), "file");
    match update.files.is_empty() {
        true if update.compared == 0 => {}
        true => eprintln!("no changes: the files already have the plan's owners"),
        false => eprintln!("{owners} changed in {files}, written to {}", arguments.out.display()),
    }
}
