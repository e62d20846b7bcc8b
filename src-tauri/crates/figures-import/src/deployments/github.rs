//! Deployments as GitHub's interface gives them in JSON (`gh api repos/OWNER/NAME/deployments`), as a table.

use std::{fs::File, io::Read, path::Path};

use headroom_files::ReadError;
use headroom_tabular::raw_table::{RawCell, RawRow, RawTable};
use serde_json::Value;

const HEADERS: [&str; 6] = ["deployment_id", "service", "environment", "finished_at", "result", "commit_sha"];
/// The most of a file that is looked at to tell what it is.
const MOST_BYTES: u64 = 64 << 20;

/// The table of a file; none if it is no list of deployments.
///
/// # Errors
/// [`ReadError::Io`] if it can't be read.
pub(super) fn table_of_json(path: &Path) -> Result<Option<RawTable>, ReadError> {
    let io = |source| ReadError::Io { path: path.to_owned(), source };
    if !begins_like_deployments(path) || std::fs::metadata(path).map_err(io)?.len() > MOST_BYTES {
        return Ok(None);
    }
    let bytes = std::fs::read(path).map_err(io)?;
    let Ok(Value::Array(list)) = serde_json::from_slice::<Value>(&bytes) else { return Ok(None) };
    let is_deployment = |value: &Value| {
        ["sha", "environment", "created_at"].iter().all(|key| value.get(key).is_some_and(Value::is_string))
    };
    if list.is_empty() || !list.iter().all(is_deployment) {
        return Ok(None);
    }
    let mut table = RawTable::new(&path.display().to_string(), None);
    table.rows.push(row(1, HEADERS.map(str::to_owned)));
    table.rows.extend(list.iter().zip(2..).map(|(value, line)| row(line, cells(value))));
    Ok(Some(table))
}

/// Whether a file is named JSON and begins as a list of deployments does: repositories are full of other JSON.
fn begins_like_deployments(path: &Path) -> bool {
    const BEGINNING: u64 = 8192;
    if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json")) {
        return false;
    }
    let mut begin = Vec::new();
    let read = File::open(path).and_then(|file| file.take(BEGINNING).read_to_end(&mut begin));
    let begin = String::from_utf8_lossy(&begin);
    read.is_ok()
        && begin.trim_start_matches('\u{FEFF}').trim_start().starts_with('[')
        && begin.contains("\"sha\"")
}

fn row(line: u64, cells: [String; HEADERS.len()]) -> RawRow {
    RawRow { line, cells: cells.into_iter().map(RawCell::Text).collect() }
}

/// The newest status counts, and is when it was in production. A deployment without any is one whose statuses were not
/// asked for.
fn cells(value: &Value) -> [String; HEADERS.len()] {
    let text =
        |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let statuses = value.get("statuses").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let newest = statuses.iter().max_by_key(|status| text(status, "created_at"));
    // `inactive` is written when a later one takes its place.
    let was_there = statuses.iter().filter(|status| text(status, "state") == "success");
    let there = was_there.min_by_key(|status| text(status, "created_at"));
    let finished = there.map_or_else(|| text(value, "created_at"), |status| text(status, "created_at"));
    let state = newest.map_or_else(|| text(value, "state"), |status| text(status, "state"));
    let repository = text(value, "repository_url");
    let service = repository.rsplit('/').next().unwrap_or_default().to_owned();
    let id = value.get("id").map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    [id.unwrap_or_default(), service, text(value, "environment"), finished, state, text(value, "sha")]
}
