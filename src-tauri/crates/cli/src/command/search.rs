//! `headroom search`: what the window's search finds.

use std::process::ExitCode;

use headroom_app::search::{Hit, search};
use headroom_model::Kind;

use super::{Outcome, open_app, print_json};
use crate::{
    arguments::SearchArguments,
    error::CliError,
    screen::{println, while_waiting},
};

pub fn run(arguments: &SearchArguments) -> Outcome {
    let app = open_app(&arguments.plan)?;
    let words = arguments.words.join(" ");
    let limit = if arguments.limit == 0 { u32::MAX } else { arguments.limit };
    let hits = while_waiting("searching", || {
        search(&app, words.clone(), Vec::new(), false, arguments.day.at(), limit)
    })?;
    if arguments.json {
        print_json(&hits)?;
    } else {
        print_columns(&hits.iter().map(row).collect::<Vec<_>>());
    }
    if hits.is_empty() {
        return Err(CliError::NothingToDo(format!("nothing is named “{words}”")));
    }
    Ok(ExitCode::SUCCESS)
}

fn row(hit: &Hit) -> Vec<String> {
    let (kind, key) = match &hit.entity {
        Some(entity) => (Kind::from(entity.kind).noun(), entity.key.clone()),
        None => ("rule", hit.rule.clone().unwrap_or_default()),
    };
    // A rule and a grouping are said in the first column.
    let detail = if hit.detail == kind { String::new() } else { hit.detail.clone() };
    vec![kind.to_owned(), key, hit.title.clone(), detail]
}

/// Rows with aligned columns; the last one is not padded.
pub fn print_columns(rows: &[Vec<String>]) {
    let count = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |at: usize| {
        rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..count).map(width).collect();
    for row in rows {
        let cells = row.iter().zip(&widths).filter(|(_, width)| **width > 0);
        let cells: Vec<String> = cells.map(|(cell, width)| format!("{cell:<width$}")).collect();
        println!("  {}", cells.join("  ").trim_end());
    }
}
