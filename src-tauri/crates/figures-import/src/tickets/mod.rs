//! How support does, from the tickets of a help desk: created, solved and open by month, medians of times, and shares
//! that were solved at first contact or satisfied the customer.
//!
//! One row is one ticket; only figures by month and group leave here, and nobody's name is read.

mod columns;
mod monthly;
mod rows;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use headroom_files::{Diagnostic, Level, Place, ReadError, records::Records};
use headroom_model::{KnownMetric, MetricValue, PeriodLength};
use headroom_tabular::raw_table::RawTable;

use self::{
    columns::ticket_columns,
    monthly::{MonthlyTickets, by_month},
    rows::{TicketRow, ticket_rows},
};
use crate::{
    EventTableOptions, ImportedFigure, ImportedFigures, ImportedMetric, ImportedScope,
    event_tables::{EventTables, read_events},
    measured_months::MeasuredMonths,
};
use headroom_tabular::known_columns::{file_name, heads_of, tables_in};

/// Whether a file is a table of tickets, or a folder has one at its top.
pub fn recognise_tickets(path: &Path) -> bool {
    let has_tickets = |path: &Path| heads_of(path).iter().any(|table| ticket_columns(table).is_some());
    if path.is_dir() { tables_in(path).iter().any(|path| has_tickets(path)) } else { has_tickets(path) }
}

/// Reads tables of tickets; of folders those at their top.
///
/// # Errors
/// [`ReadError::Nothing`] if there is no table of tickets among the sources; [`ReadError::Io`] or
/// [`ReadError::Structure`] if a file can't be read.
pub fn read_tickets(sources: &[PathBuf], options: &EventTableOptions) -> Result<Records, ReadError> {
    read_events::<TicketTables>(sources, options)
}

#[derive(Debug, Default)]
struct TicketTables {
    tickets: Vec<TicketRow>,
    seen: HashMap<String, Place>,
    /// The first table of tickets.
    place: Option<Place>,
}

impl EventTables for TicketTables {
    const EXPECTED: &'static str =
        "no table with the columns ID, created, solved and times, replies or satisfaction";

    fn read(&mut self, table: &RawTable, options: &EventTableOptions, problems: &mut Vec<Diagnostic>) {
        let Some(columns) = ticket_columns(table) else { return };
        problems.extend(table.problems.iter().cloned());
        columns.tell_ignored(table, problems);
        self.place.get_or_insert_with(|| Place::new(&table.name, 0, 0));
        self.tickets.extend(ticket_rows(table, &columns, options.dates, &mut self.seen, problems));
    }

    fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    fn add_figures(&self, place: &Place, today: Option<NaiveDate>, imported: &mut ImportedFigures) {
        add_figures(&self.tickets, place, today, imported);
    }
}

fn add_figures(
    tickets: &[TicketRow],
    place: &Place,
    today: Option<NaiveDate>,
    imported: &mut ImportedFigures,
) {
    let days = tickets.iter().flat_map(|ticket| [Some(ticket.created), ticket.solved]).flatten();
    let newest = days.filter(|day| today.is_none_or(|today| *day <= today)).max();
    let oldest = tickets.iter().map(|ticket| ticket.created).min();
    let Some((oldest, newest)) = oldest.zip(newest) else { return };
    let months = MeasuredMonths::between(oldest, newest, today);
    let mut tell = |message: String, advice: &str| {
        imported.problems.push(Diagnostic::new(Level::Note, place.clone(), message, advice));
    };
    let Some((first, last)) = months.months.first().zip(months.months.last()) else {
        return tell("no month in it is over".to_owned(), "import it when the month is over");
    };
    let not_over = months.not_over.map(|month| format!("; {month} is not over")).unwrap_or_default();
    let message = format!(
        "figures from {first}, the month of the oldest ticket ({oldest}), to {last}{not_over}; tickets that are not in \
         the file count nowhere, not in the backlog either"
    );
    tell(message, "export whole months, with all tickets that were open");
    for (scope, months_of_scope) in by_scope(tickets, &months) {
        for (month, values) in months.months.iter().zip(&months_of_scope) {
            for (key, value) in TICKET_FIGURES {
                let Some(known) = KnownMetric::of_key(key) else { continue };
                let Some(value) = value(values).and_then(|text| text.parse::<MetricValue>().ok()) else {
                    continue;
                };
                imported.add_metric(ImportedMetric::known(known, PeriodLength::Month, place.clone()));
                imported.figures.push(ImportedFigure {
                    metric: key.to_owned(),
                    scope: scope.clone(),
                    first: month.first,
                    last: month.last,
                    value,
                    origin: file_name(place),
                    place: place.clone(),
                });
            }
        }
    }
}

/// The organisation and each group: a segment, unless the plan has a team of that name.
fn by_scope(tickets: &[TicketRow], months: &MeasuredMonths) -> Vec<(ImportedScope, Vec<MonthlyTickets>)> {
    let mut groups: BTreeMap<&str, Vec<&TicketRow>> = BTreeMap::new();
    for ticket in tickets.iter().filter(|ticket| !ticket.group.is_empty()) {
        groups.entry(&ticket.group).or_default().push(ticket);
    }
    let organisation = (ImportedScope::default(), by_month(tickets.iter(), months));
    let of_group = |(group, tickets): (&str, Vec<&TicketRow>)| {
        let scope = ImportedScope { segment: group.to_owned(), ..ImportedScope::default() };
        (scope, by_month(tickets.into_iter(), months))
    };
    std::iter::once(organisation).chain(groups.into_iter().map(of_group)).collect()
}

/// The known metrics that come from tickets; none where a month has nothing to make one of.
type TicketFigure = (&'static str, fn(&MonthlyTickets) -> Option<String>);

const TICKET_FIGURES: [TicketFigure; 7] = [
    ("tickets-created", |month| Some(month.created.to_string())),
    ("tickets-solved", |month| Some(month.solved.to_string())),
    ("backlog", |month| Some(month.backlog.to_string())),
    ("first-reply-minutes", MonthlyTickets::first_reply),
    ("resolution-minutes", MonthlyTickets::resolution),
    ("fcr", MonthlyTickets::first_contact),
    ("csat", MonthlyTickets::satisfied),
];
