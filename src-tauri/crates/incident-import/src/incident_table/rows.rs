//! The rows of tables of incidents: several rows of one incident, one for each service, are one.

use std::collections::HashMap;

use headroom_files::{Diagnostic, Level, Place, quoted, records::RowRecord};
use headroom_model::{IncidentTime, Kind};
use headroom_tabular::{
    cell::date::DateOrder,
    known_columns::{CellFault, NumberColumn, text_of},
    raw_table::{RawRow, RawTable},
};
use serde_json::json;

use super::columns::{Columns, IncidentColumn as Column, has_incident_rows, is_incident_type};
use crate::{
    clock_time::IncidentTimeColumn,
    keys::{incident_key, key_of_words},
    row::RowBuilder,
    without_people::without_people,
};

/// The times of an incident, with the fields that they are.
const TIMES: [(Column, &str); 5] = [
    (Column::Started, "started"),
    (Column::Detected, "detected"),
    (Column::Declared, "declared"),
    (Column::Repaired, "repaired"),
    (Column::Resolved, "resolved"),
];

/// Columns of durations, with the seconds of their unit and the field.
const DURATIONS: [(Column, u64, &str); 6] = [
    (Column::SecondsToResolve, 1, "stated_resolve_minutes"),
    (Column::MinutesToResolve, 60, "stated_resolve_minutes"),
    (Column::HoursToResolve, 3600, "stated_resolve_minutes"),
    (Column::SecondsToRepair, 1, "stated_repair_minutes"),
    (Column::MinutesToRepair, 60, "stated_repair_minutes"),
    (Column::MinutesDown, 60, "minutes_down"),
];

#[derive(Default)]
pub(super) struct IncidentRows {
    /// Where each incident is in `read`, by its key.
    at: HashMap<String, usize>,
    read: Vec<ReadIncident>,
}

struct ReadIncident {
    row: RowBuilder,
    services: Vec<String>,
}

struct Reader<'t> {
    table: &'t RawTable,
    columns: &'t Columns,
    times: Vec<(&'static str, IncidentTimeColumn)>,
    acknowledged: IncidentTimeColumn,
    reviewed: IncidentTimeColumn,
    durations: Vec<(NumberColumn, u64, &'static str)>,
    /// Only rows of this type count.
    has_types: bool,
}

impl IncidentRows {
    pub fn read(
        &mut self,
        table: &RawTable,
        columns: &Columns,
        dates: Option<DateOrder>,
        problems: &mut Vec<Diagnostic>,
    ) {
        let reader = match Reader::new(table, columns, dates) {
            Ok(reader) => reader,
            Err(problem) => return problems.push(*problem),
        };
        if columns.has(Column::Urgency) && !columns.has(Column::Severity) {
            let message = "urgency says how somebody is notified; it is not read as a severity";
            let advice = "export the priority, or set severities by hand";
            let place = Place::new(&table.name, columns.line, 0);
            problems.push(Diagnostic::new(Level::Note, place, message, advice));
        }
        if !columns.has(Column::Detected) {
            let message = "no column says when incidents were detected; when they started is taken for it";
            let place = Place::new(&table.name, columns.line, 0);
            problems.push(Diagnostic::new(
                Level::Note,
                place,
                message,
                "export when they were detected, if it differs",
            ));
        }
        let (mut taken, mut spaced, mut repeated) = (0, 0, Vec::new());
        for row in table.rows.iter().skip(columns.row + 1).filter(|row| !row.is_blank()) {
            if reader.has_types && !is_incident_type(&text_of(row, columns.at(Column::Type))) {
                continue;
            }
            spaced += usize::from(reader.has_spaces(row));
            match reader.incident(row, problems) {
                Ok((key, incident, people)) => {
                    taken += people;
                    if self.put(key, incident) {
                        repeated.push(row.line);
                    }
                }
                Err(fault) => problems.push(fault.at(table, row)),
            }
        }
        let mut tell = |line: u64, message: String, advice: &str| {
            problems.push(Diagnostic::new(Level::Note, Place::new(&table.name, line, 0), message, advice));
        };
        if spaced > 0 {
            tell(
                columns.line,
                format!("{spaced} services are written with spaces around them; read without"),
                "nothing to do",
            );
        }
        if let Some(line) = repeated.first() {
            let message = format!(
                "{} rows are of an incident of a row above; each incident counts once",
                repeated.len()
            );
            tell(*line, message, "nothing to do");
        }
        if taken > 0 {
            tell(
                columns.line,
                format!("names of people were left out of {taken} titles and causes"),
                "nothing to do",
            );
        }
    }

    /// Whether it was there already: then it has the services of both.
    fn put(&mut self, key: String, incident: ReadIncident) -> bool {
        if let Some(known) = self.at.get(&key).and_then(|at| self.read.get_mut(*at)) {
            let new: Vec<String> =
                incident.services.into_iter().filter(|service| !known.services.contains(service)).collect();
            known.services.extend(new);
            return true;
        }
        self.at.insert(key, self.read.len());
        self.read.push(incident);
        false
    }

    pub fn finish(self) -> Vec<RowRecord> {
        let finish = |ReadIncident { mut row, services }| {
            row.references("services", Kind::Service, &services);
            row.finish()
        };
        self.read.into_iter().map(finish).collect()
    }
}

impl<'t> Reader<'t> {
    fn new(
        table: &'t RawTable,
        columns: &'t Columns,
        dates: Option<DateOrder>,
    ) -> Result<Self, Box<Diagnostic>> {
        let time = |column| IncidentTimeColumn::of(table, columns.row, columns.at(column), dates);
        let mut times = Vec::new();
        for (column, field) in TIMES {
            let is_detected = column == Column::Detected && !columns.has(column);
            times.push((field, time(if is_detected { Column::Started } else { column })?));
        }
        let number = |(column, seconds, field)| {
            let at = columns.at(column)?;
            Some((NumberColumn::of(table, columns.row, at), seconds, field))
        };
        Ok(Self {
            table,
            columns,
            times,
            acknowledged: time(Column::Acknowledged)?,
            reviewed: time(Column::Reviewed)?,
            durations: DURATIONS.into_iter().filter_map(number).collect(),
            has_types: has_incident_rows(table, columns),
        })
    }

    fn text(&self, row: &RawRow, column: Column) -> String {
        text_of(row, self.columns.at(column))
    }

    fn has_spaces(&self, row: &RawRow) -> bool {
        let Some(at) = self.columns.at(Column::Service) else { return false };
        let headroom_tabular::raw_table::RawCell::Text(text) = row.cell(at) else { return false };
        text.trim() != text
    }

    /// The key, the incident and how many names were left out of it.
    fn incident(
        &self,
        row: &RawRow,
        problems: &mut Vec<Diagnostic>,
    ) -> Result<(String, ReadIncident, usize), CellFault> {
        let place = Place::new(&self.table.name, row.line, 0);
        let (title, in_title) = without_people(&self.text(row, Column::Title));
        let (cause, in_cause) = without_people(&self.text(row, Column::Cause));
        let id = self.text(row, Column::Id);
        let key = if id.is_empty() { key_of_words(&title) } else { incident_key(&id) };
        if key.is_empty() {
            let column = self.columns.at(Column::Id).or(self.columns.at(Column::Title)).unwrap_or(0);
            let message = "the row has neither an ID nor a title".to_owned();
            return Err(CellFault { column, message, advice: "fill in one of them" });
        }
        let title = if title.is_empty() { format!("Incident {key}") } else { title };
        let mut built = RowBuilder::new(Kind::Incident, place);
        built.value("key", key.as_str()).value("title", title.as_str()).text("cause", &cause);
        self.add_times(row, &mut built, problems);
        self.add_durations(row, &mut built)?;
        if self.columns.has(Column::Severity) {
            self.add_severity(row, &mut built, problems);
        }
        for (column, field) in [(Column::ReviewLink, "review_link"), (Column::Link, "link")] {
            let text = self.text(row, column);
            if text.contains("://") {
                built.text(field, &text);
            }
        }
        let services = services_of(&self.text(row, Column::Service));
        Ok((key, ReadIncident { row: built, services }, in_title + in_cause))
    }

    /// Times that can't be read are warnings of the incident.
    fn add_times(&self, row: &RawRow, built: &mut RowBuilder, problems: &mut Vec<Diagnostic>) {
        let mut warnings = Vec::new();
        for (field, column) in &self.times {
            match column.read(row) {
                Ok(time) => {
                    built.value(field, time.map(|time| time.to_string()));
                }
                Err(text) => {
                    let message =
                        format!("{field}: {} is not a time; nothing is calculated from it", quoted(&text));
                    let place = self.table.place(row.line, column.index().unwrap_or(0));
                    let advice = "write the time as 2027-03-12 08:05";
                    problems.push(Diagnostic::new(Level::Warning, place, message, advice));
                    built.value(field, serde_json::Value::Null);
                    warnings.push(json!({ "moment": field, "words": format!("unreadable: {text}") }));
                }
            }
        }
        built.value("warnings", warnings);
        if let Ok(Some(day)) = self.reviewed.read(row) {
            built.day("reviewed", Some(day.day()));
        }
        let mut extra = serde_json::Map::new();
        if let Ok(Some(time)) = self.acknowledged.read(row) {
            extra.insert("acknowledged".into(), IncidentTime::to_string(&time).into());
        }
        // As they are written: the import finds services by any of their names.
        for (name, column) in [("urgency", Column::Urgency), ("services", Column::Service)] {
            let text = self.text(row, column);
            if !text.is_empty() {
                extra.insert(name.into(), text.into());
            }
        }
        if !extra.is_empty() {
            built.value("extra", json!({ "incidents": serde_json::Value::Object(extra).to_string() }));
        }
    }

    fn add_durations(&self, row: &RawRow, built: &mut RowBuilder) -> Result<(), CellFault> {
        let mut stated = Vec::new();
        for (column, seconds, field) in &self.durations {
            let Some(number) = column.read(row)? else { continue };
            let scale = 10_i128.pow(number.scale.min(18));
            let minutes = (number.digits * i128::from(*seconds) + 30 * scale) / (60 * scale);
            if let Ok(minutes) = u64::try_from(minutes)
                && !stated.contains(field)
            {
                stated.push(*field);
                built.value(field, minutes);
            }
        }
        Ok(())
    }

    fn add_severity(&self, row: &RawRow, built: &mut RowBuilder, problems: &mut Vec<Diagnostic>) {
        let text = self.text(row, Column::Severity);
        let severity = severity_of(&text);
        if severity.is_none() && !text.is_empty() {
            let message = format!("{} is no severity that is known here; left empty", quoted(&text));
            let place = self.table.place(row.line, self.columns.at(Column::Severity).unwrap_or(0));
            problems.push(Diagnostic::new(
                Level::Warning,
                place,
                message,
                "use 1 to 4, SEV1 to SEV4 or P1 to P4",
            ));
        }
        built.value("severity", severity);
    }
}

/// A severity by the words of incident tools: 1 (worst) to 4.
pub(crate) fn severity_of(text: &str) -> Option<u8> {
    let text = text.trim().to_lowercase();
    let digits: String =
        text.chars().skip_while(|letter| !letter.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let prefix: String = text
        .chars()
        .take_while(|letter| !letter.is_ascii_digit())
        .filter(|letter| letter.is_alphabetic())
        .collect();
    if ["", "sev", "severity", "p", "s", "priority", "level"].contains(&prefix.as_str())
        && let Ok(number) = digits.parse::<u8>()
    {
        return match number {
            0 => Some(1),
            1..=3 => Some(number),
            4..=5 => Some(4),
            _ => None,
        };
    }
    let words: [(&[&str], u8); 4] = [
        (&["critical", "blocker", "highest", "emergency", "disaster"], 1),
        (&["high", "major", "severe", "error"], 2),
        (&["medium", "moderate", "normal", "minor", "warning"], 3),
        (&["low", "lowest", "trivial", "info", "cosmetic"], 4),
    ];
    words.iter().find(|(names, _)| names.contains(&text.as_str())).map(|(_, severity)| *severity)
}

/// The services of a cell that lists them with commas, semicolons, bars or as JSON.
pub(crate) fn services_of(text: &str) -> Vec<String> {
    let mut services: Vec<String> = Vec::new();
    let bare = text.trim().trim_start_matches('[').trim_end_matches(']');
    for name in bare.split([';', '|', ',', '\n']) {
        let name = name.trim().trim_matches('"').trim();
        if !name.is_empty() && !services.iter().any(|known| known == name) {
            services.push(name.to_owned());
        }
    }
    services
}
