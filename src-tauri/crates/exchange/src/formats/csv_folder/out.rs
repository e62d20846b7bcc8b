//! Writes one file, cell by cell.

use std::path::Path;

use chrono::NaiveDate;
use headroom_files::{WriteError, write_whole};
use headroom_model::{Plan, ServiceId};
use headroom_tabular::guarded;

use super::schema::CsvSchema;

/// A file that is being written; complete afterwards, or as it was before.
pub struct Out<'a> {
    folder: &'a Path,
    file: &'a str,
    csv: csv::Writer<Vec<u8>>,
}

impl<'a> Out<'a> {
    pub fn new(folder: &'a Path, schema: &'a CsvSchema) -> Result<Self, WriteError> {
        let mut out = Self { folder, file: &schema.file, csv: csv::Writer::from_writer(Vec::new()) };
        out.csv.write_record(&*schema.columns).map_err(|error| WriteError::Value(error.to_string()))?;
        Ok(out)
    }

    pub fn row(&mut self, cells: &[&str]) -> Result<(), WriteError> {
        self.csv
            .write_record(cells.iter().map(|cell| guarded(cell).into_owned()))
            .map_err(|error| WriteError::Value(error.to_string()))
    }

    pub fn finish(self) -> Result<(), WriteError> {
        let path = self.folder.join(self.file);
        let bytes = self.csv.into_inner().map_err(|error| WriteError::Value(error.to_string()))?;
        write_whole(&path, &bytes)
    }
}

pub fn day(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

pub fn shown<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

pub fn service_key(plan: &Plan, id: ServiceId) -> &str {
    plan.services.get(id).map_or("", |row| row.key.as_str())
}
