//! Tables with one row for each action of a review.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use headroom_files::{
    Diagnostic, Level, Place, ReadError, quoted,
    records::{Records, RowRecord},
};
use headroom_model::Kind;
use headroom_tabular::{
    cell::date::DateOrder,
    known_columns::{
        ColumnNames, KnownColumns, heads_of, is_yes, nothing_in, table_files, tables_in, text_of,
    },
    raw_table::{RawRow, RawTable},
    read_tables,
};

use crate::{
    clock_time::IncidentTimeColumn,
    keys::{action_key, incident_key, key_of_words},
    row::RowBuilder,
    without_people::without_people,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ActionColumn {
    Id,
    Title,
    Incident,
    Service,
    Team,
    Opened,
    Due,
    Done,
    Status,
    Link,
}

use ActionColumn as A;

const ACTION: &[ColumnNames<A>] = &[
    (
        A::Incident,
        &[
            "incidentnumber",
            "incidentid",
            "incident",
            "incidentkey",
            "postmortem",
            "review",
            "incidentreference",
        ],
    ),
    (A::Id, &["id", "actionid", "actionkey", "issuekey", "key", "number", "ticket", "bug", "reference"]),
    (
        A::Title,
        &["title", "action", "actionitem", "summary", "name", "description", "followup", "task", "todo"],
    ),
    (A::Service, &["service", "servicename", "component", "system"]),
    (A::Team, &["team", "owningteam", "teamname", "ownerteam", "responsibleteam", "group", "squad"]),
    (A::Opened, &["opened", "openedat", "openedon", "created", "createdat", "createdon", "raised", "date"]),
    (A::Due, &["due", "duedate", "dueon", "dueby", "target", "targetdate", "deadline", "by"]),
    (
        A::Done,
        &[
            "done",
            "doneon",
            "completed",
            "completedat",
            "completedon",
            "closed",
            "closedat",
            "closedon",
            "resolved",
            "resolvedat",
            "finished",
        ],
    ),
    (A::Status, &["status", "state"]),
    (A::Link, &["url", "link", "ticketurl", "issueurl", "permalink"]),
];

type Columns = KnownColumns<ActionColumn>;

fn action_columns(table: &RawTable, file: &str) -> Option<Columns> {
    let is_named = file.contains("action") || file.contains("follow");
    KnownColumns::find(table, ACTION, |found: &Columns| {
        let is_followed = found.has(A::Due) || found.has(A::Done) || found.has(A::Status);
        let says_action = found.headers.iter().any(|header| header.to_lowercase().contains("action"));
        let is_told = is_named || says_action || found.has(A::Incident) && found.has(A::Due);
        found.has(A::Title) && is_followed && (found.has(A::Due) || found.has(A::Incident)) && is_told
    })
}

/// Whether a file is a table of actions, or a folder has one at its top.
pub fn recognise_actions(path: &Path) -> bool {
    let has_actions = |path: &Path| {
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        heads_of(path).iter().any(|table| action_columns(table, &name).is_some())
    };
    if path.is_dir() { tables_in(path).iter().any(|path| has_actions(path)) } else { has_actions(path) }
}

/// Reads tables of actions; of folders those at their top.
///
/// # Errors
/// [`ReadError::Nothing`] if there is no table of actions among the sources; [`ReadError::Io`] or
/// [`ReadError::Structure`] if a file can't be read.
pub fn read_actions(sources: &[PathBuf], dates: Option<DateOrder>) -> Result<Records, ReadError> {
    let mut records = Records::default();
    let mut is_found = false;
    let mut seen = HashMap::new();
    for path in table_files(sources) {
        for table in read_tables(&path)? {
            let Some(columns) = action_columns(&table, &table.name.to_lowercase()) else { continue };
            is_found = true;
            records.problems.extend(table.problems.iter().cloned());
            columns.tell_ignored(&table, &mut records.problems);
            match ActionReader::new(&table, &columns, dates) {
                Ok(reader) => reader.read(&mut seen, &mut records),
                Err(problem) => records.problems.push(*problem),
            }
        }
    }
    let expected = "no table with the columns action or title, due or done, and an incident or service";
    if is_found { Ok(records) } else { Err(nothing_in(sources, expected)) }
}

struct ActionReader<'t> {
    table: &'t RawTable,
    columns: &'t Columns,
    opened: IncidentTimeColumn,
    due: IncidentTimeColumn,
    /// A day on which it was done, or yes and no.
    done: IncidentTimeColumn,
}

impl<'t> ActionReader<'t> {
    fn new(
        table: &'t RawTable,
        columns: &'t Columns,
        dates: Option<DateOrder>,
    ) -> Result<Self, Box<Diagnostic>> {
        let time = |column| IncidentTimeColumn::of(table, columns.row, columns.at(column), dates);
        Ok(Self { table, columns, opened: time(A::Opened)?, due: time(A::Due)?, done: time(A::Done)? })
    }

    fn read(&self, seen: &mut HashMap<String, u64>, records: &mut Records) {
        let mut taken = 0;
        for row in self.table.rows.iter().skip(self.columns.row + 1).filter(|row| !row.is_blank()) {
            let place = Place::new(&self.table.name, row.line, 0);
            let (title, people) = without_people(&self.text(row, A::Title));
            if title.is_empty() {
                let message = "the row has no title; left out";
                records.problems.push(Diagnostic::new(
                    Level::Error,
                    place,
                    message,
                    "say what is to be done",
                ));
                continue;
            }
            let key = self.key(row, &title);
            if let Some(first) = seen.insert(key.clone(), row.line) {
                let message = format!("{} is in line {first} as well; the first counts", quoted(&key));
                records.problems.push(Diagnostic::new(
                    Level::Warning,
                    place,
                    message,
                    "give each action an ID of its own",
                ));
                seen.insert(key, first);
                continue;
            }
            taken += people;
            records.rows.push(self.action(row, &key, &title, &mut records.problems));
        }
        if taken > 0 {
            let message = format!("names of people were left out of {taken} titles");
            let place = Place::new(&self.table.name, self.columns.line, 0);
            records.problems.push(Diagnostic::new(Level::Note, place, message, "nothing to do"));
        }
    }

    fn text(&self, row: &RawRow, column: ActionColumn) -> String {
        text_of(row, self.columns.at(column))
    }

    /// Its ID, or what its incident and title make of one.
    fn key(&self, row: &RawRow, title: &str) -> String {
        let id = self.text(row, A::Id);
        if !id.is_empty() {
            return action_key(&id);
        }
        let incident = incident_key(&self.text(row, A::Incident));
        let words = key_of_words(title);
        if incident.is_empty() { words } else { format!("{incident}/{words}") }
    }

    fn action(&self, row: &RawRow, key: &str, title: &str, problems: &mut Vec<Diagnostic>) -> RowRecord {
        let mut built = RowBuilder::new(Kind::Action, Place::new(&self.table.name, row.line, 0));
        built.value("key", key).value("title", title);
        let incident = incident_key(&self.text(row, A::Incident));
        built.reference("incident", Kind::Incident, &incident);
        built.reference("service", Kind::Service, &self.text(row, A::Service));
        built.reference("team", Kind::Team, &self.text(row, A::Team));
        for (field, column) in [("opened", &self.opened), ("due", &self.due)] {
            match column.read(row) {
                Ok(time) => built.day(field, time.map(headroom_model::IncidentTime::day)),
                Err(text) => {
                    self.tell_time(row, column, field, &text, problems);
                    &mut built
                }
            };
        }
        self.add_state(row, &mut built, problems);
        let link = self.text(row, A::Link);
        if link.contains("://") {
            built.text("link", &link);
        }
        built.finish()
    }

    fn add_state(&self, row: &RawRow, built: &mut RowBuilder, problems: &mut Vec<Diagnostic>) {
        let status = self.text(row, A::Status);
        if self.columns.has(A::Status) && !status.is_empty() {
            built.value("state", state_of(&status));
        }
        if !self.columns.has(A::Done) {
            return;
        }
        match self.done.read(row) {
            Ok(Some(day)) => {
                let is_dropped = state_of(&status) == "dropped";
                built.value("state", if is_dropped { "dropped" } else { "done" });
                built.day("closed", Some(day.day()));
            }
            Ok(None) if status.is_empty() => {
                built.value("state", "open").value("closed", serde_json::Value::Null);
            }
            Ok(None) => {}
            Err(text) if is_yes(&text) => {
                built.value("state", "done");
            }
            Err(text) if ["no", "n", "false", "0", "open"].contains(&text.to_lowercase().as_str()) => {
                built.value("state", "open");
            }
            Err(text) => self.tell_time(row, &self.done, "done", &text, problems),
        }
    }

    fn tell_time(
        &self,
        row: &RawRow,
        column: &IncidentTimeColumn,
        field: &str,
        text: &str,
        problems: &mut Vec<Diagnostic>,
    ) {
        let place = self.table.place(row.line, column.index().unwrap_or(0));
        let message = format!("{field}: {} is not a date; left empty", quoted(text));
        problems.push(Diagnostic::new(Level::Warning, place, message, "write it as 2027-03-12"));
    }
}

/// The state of an action by the words of ticket tools.
fn state_of(status: &str) -> &'static str {
    const DONE: [&str; 8] =
        ["done", "closed", "completed", "complete", "resolved", "finished", "shipped", "fixed"];
    const DROPPED: [&str; 9] = [
        "dropped",
        "cancelled",
        "canceled",
        "wont do",
        "won't do",
        "wontfix",
        "won't fix",
        "rejected",
        "obsolete",
    ];
    let status = status.trim().to_lowercase();
    if DONE.contains(&status.as_str()) {
        "done"
    } else if DROPPED.contains(&status.as_str()) {
        "dropped"
    } else {
        "open"
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use super::*;

    fn read(text: &str) -> (Vec<RowRecord>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("review-actions.csv");
        fs::write(&path, text).unwrap();
        assert!(recognise_actions(&path));
        let records = read_actions(&[path], None).unwrap();
        (records.rows, records.problems.into_iter().map(|problem| problem.message).collect())
    }

    #[test]
    fn actions_keep_what_is_to_be_done_and_nobody() {
        let (rows, problems) = read(
            "id,incident_number,title,service,team,opened,due,done,owner\n\
             A-4-1,4,Load test (owner: Ada Okafor),clusters,runtime,2027-01-27,2027-03-24,2027-03-28,Ada Okafor\n\
             A-4-2,4,Write runbook,clusters,runtime,2027-01-24,soon,,\n\
             A-4-2,4,Again,clusters,runtime,2027-01-24,,,\n",
        );
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].text("title"), Some("Load test"));
        assert_eq!([rows[0].text("state"), rows[0].text("closed")], [Some("done"), Some("2027-03-28")]);
        assert_eq!(rows[0].references(Kind::Incident).collect::<Vec<_>>(), ["incident-4"]);
        assert_eq!([rows[1].text("state"), rows[1].text("due")], [Some("open"), None]);
        assert!(!format!("{rows:?}").contains("Okafor"));
        let has = |words: &str| problems.iter().any(|problem| problem.contains(words));
        assert!(has("“soon” is not a date") && has("is in line 3 as well") && has("owner"), "{problems:?}");
    }

    #[test]
    fn an_action_without_an_id_is_known_by_its_words() {
        let (rows, _) =
            read("Action item,Incident,Status,Due\nAdd an alert,12,Done,2027-01-01\nMove it,12,Won't do,\n");
        assert_eq!(rows[0].text("key"), Some("incident-12/add-an-alert"));
        assert_eq!([rows[0].text("state"), rows[1].text("state")], [Some("done"), Some("dropped")]);
    }
}
