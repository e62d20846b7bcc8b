//! Bills of clouds and clusters: FOCUS, OpenCost and Kubecost, and the exports of AWS, Azure, Google Cloud and OCI.
//!
//! The way of a bill: `bill_table` (CSV) or `open_cost_json` gives one charge after the other, by columns that are known by
//! the words of their headers (`columns`) → [`Bill`] adds them up, exactly (`exact_amount`) → `lines` gives the cost lines
//! that a plan keeps, by month, account, namespace and the labels that matter; [`BillReport`] says what is in the file.
//!
//! Invariants: rows are never kept, so that memory does not grow with them. No e-mail address leaves here. What cannot be
//! read is told with its place and left out. Whose a cost is is not decided here: that follows from the plan on the day
//! asked (`analysis/src/cloud_cost`).
//!
//! For users: `docs/formats/cost.md`.

mod bill;
mod bill_table;
mod charge_class;
mod charge_day;
mod columns;
mod exact_amount;
mod lines;
mod open_cost_json;
mod read_progress;
mod report;
mod tags;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod tests;
mod texts;

use std::{
    fs,
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::NaiveDate;
use headroom_files::{Diagnostic, Place, ReadError, records::Records};
use headroom_model::Currency;

pub use bill::Bill;
pub use charge_day::SlashOrder;
pub use exact_amount::{CommaMeaning, ExactAmount};
pub use read_progress::ReadProgress;
pub use report::{BillReport, BillSums, TagReport, Untagged};
pub use tags::KNOWN_LABELS;

/// What the user chose about reading a bill.
#[derive(Debug, Clone)]
pub struct BillOptions {
    pub today: Option<NaiveDate>,
    /// Of amounts that name none.
    pub currency: Currency,
    pub dates: Option<SlashOrder>,
    /// Labels that are kept beside those that are known.
    pub labels: Vec<String>,
    /// Tags whose values a report adds up.
    pub tags: Vec<String>,
    pub progress: ReadProgress,
}

impl Default for BillOptions {
    fn default() -> Self {
        Self {
            today: None,
            currency: Currency::USD,
            dates: None,
            labels: Vec::new(),
            tags: Vec::new(),
            progress: ReadProgress::default(),
        }
    }
}

/// Whether a file is a bill, or a folder has one at its top.
pub fn recognise(path: &Path) -> bool {
    if path.is_dir() { tables_in(path).iter().any(|path| is_bill(path)) } else { is_bill(path) }
}

fn is_bill(path: &Path) -> bool {
    match extension(path).as_str() {
        "csv" | "tsv" | "txt" => bill_table::head_of(path).is_ok_and(|head| head.is_some()),
        "json" => head_text(path).is_some_and(|head| open_cost_json::recognise(&head)),
        _ => false,
    }
}

fn extension(path: &Path) -> String {
    path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase()
}

fn head_text(path: &Path) -> Option<String> {
    let mut head = Vec::new();
    fs::File::open(path).ok()?.take(1 << 16).read_to_end(&mut head).ok()?;
    Some(String::from_utf8_lossy(&head).into_owned())
}

/// The files of a folder that may be bills, by name.
fn tables_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    found.retain(|path| matches!(extension(path).as_str(), "csv" | "tsv" | "json"));
    found.sort();
    found
}

/// The size of what is going to be read, in bytes.
pub fn size_of(sources: &[PathBuf]) -> u64 {
    files_of(sources).iter().filter_map(|path| fs::metadata(path).ok()).map(|file| file.len()).sum()
}

fn files_of(sources: &[PathBuf]) -> Vec<PathBuf> {
    let files = |path: &PathBuf| match path.is_dir() {
        true => tables_in(path).into_iter().filter(|path| is_bill(path)).collect(),
        false => vec![path.clone()],
    };
    sources.iter().flat_map(files).collect()
}

/// Reads bills and adds them up.
///
/// # Errors
/// [`ReadError::Nothing`] if none of the files is a bill, [`ReadError::Io`] if one can't be read,
/// [`ReadError::Refused`] if reading was cancelled.
pub fn read_bill(sources: &[PathBuf], options: &BillOptions) -> Result<Bill, ReadError> {
    let mut bill = Bill::new(&options.labels, &options.tags);
    for path in files_of(sources) {
        read_file(&path, options, &mut bill)?;
    }
    if bill.formats.is_empty() {
        let path = sources.first().cloned().unwrap_or_default();
        let expected = "expected a bill in CSV or JSON: FOCUS, OpenCost, or an export of AWS, Azure, Google Cloud or OCI";
        return Err(ReadError::Nothing { path, expected });
    }
    Ok(bill)
}

fn read_file(path: &Path, options: &BillOptions, bill: &mut Bill) -> Result<(), ReadError> {
    let io = |source| ReadError::Io { path: path.to_owned(), source };
    let file: Arc<str> = path.display().to_string().into();
    if extension(path) == "json" {
        let text = fs::read(path).map_err(io)?;
        let value = serde_json::from_slice(&text).map_err(|error| ReadError::Structure {
            place: Place::new(&file, error.line() as u64, error.column() as u64),
            message: error.to_string(),
        })?;
        open_cost_json::read(&value, &file, options, bill);
        return Ok(());
    }
    match bill_table::head_of(path).map_err(io)? {
        Some(head) => bill_table::read(path, &file, head, options, bill),
        None => {
            let message = "no bill: its headers are those of no provider".to_owned();
            let advice = "export the bill as FOCUS, or with the headers of the provider";
            let place = Place::new(&file, 1, 0);
            bill.problems.push(Diagnostic::new(headroom_files::Level::Warning, place, message, advice));
            Ok(())
        }
    }
}

/// Reads bills as the cost lines that a plan keeps.
///
/// # Errors
/// As [`read_bill`]; [`ReadError::Refused`] if the labels of a bill differ from row to row.
pub fn read(sources: &[PathBuf], options: &BillOptions) -> Result<Records, ReadError> {
    let bill = read_bill(sources, options)?;
    let files = files_of(sources);
    let name =
        |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let names: Vec<String> = files.iter().map(name).collect();
    let file: Arc<str> = files.first().map(|path| path.display().to_string()).unwrap_or_default().into();
    let named = match names.as_slice() {
        [one] => one.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
        [] => String::new(),
    };
    lines::records(bill, &named, &Place::new(&file, 0, 0), options.today)
}
