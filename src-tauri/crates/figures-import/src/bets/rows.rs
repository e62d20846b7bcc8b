//! The rows of a table of bets, and the records that they become.

use std::collections::{BTreeMap, HashSet};

use headroom_files::{
    Diagnostic, Level, Place, quoted,
    records::{FieldStatement, KeyRef, Records, RowRecord},
};
use headroom_model::{BetDecision, Kind, fields::slug};
use headroom_tabular::{
    cell::date,
    known_columns::{CellFault, DateColumn, KnownColumns, text_of},
    raw_table::{RawRow, RawTable},
};

use super::{
    columns::BetColumn as B,
    criterion::{Criterion, WrittenCriterion},
};
use crate::{EventTableOptions, ImportedFigures, ImportedScope, imported_figures::text};

/// Everything that the tables say.
#[derive(Default)]
pub(super) struct BetRows {
    metrics: ImportedFigures,
    /// By key.
    objectives: BTreeMap<String, RowRecord>,
    bets: Vec<RowRecord>,
    seen: HashSet<String>,
    pub problems: Vec<Diagnostic>,
}

/// The columns of days of a table.
struct Days {
    from: Option<DateColumn>,
    decide_by: Option<DateColumn>,
    decided: Option<DateColumn>,
}

impl BetRows {
    pub fn read(&mut self, table: &RawTable, columns: &KnownColumns<B>, options: &EventTableOptions) {
        // A table has one order of days and months: a cell of any column shows it.
        let all = [B::From, B::DecideBy, B::Decided].into_iter().filter_map(|column| columns.at(column));
        let rows = || table.rows.iter().skip(columns.row + 1);
        let shown =
            all.flat_map(|at| rows().map(move |row| date::evidence(row.cell(at)).shows)).flatten().next();
        let day = |column| {
            let at = columns.at(column)?;
            Some(DateColumn::of(table, columns.row, at, options.dates.or(shown)))
        };
        let days = (|| {
            Ok(Days {
                from: day(B::From).transpose()?,
                decide_by: day(B::DecideBy).transpose()?,
                decided: day(B::Decided).transpose()?,
            })
        })();
        let days = match days {
            Ok(days) => days,
            Err(fault) => return self.problems.push(fault),
        };
        for row in table.rows.iter().skip(columns.row + 1) {
            if text_of(row, columns.at(B::Title)).trim().is_empty() {
                let is_empty = row.cells.iter().all(|cell| cell.text().trim().is_empty());
                if !is_empty {
                    let place = table.place(row.line, 0);
                    let message = "bet has no title; row left out".to_owned();
                    self.problems.push(Diagnostic::new(Level::Error, place, message, "add a title"));
                }
                continue;
            }
            if let Err(fault) = self.bet(table, columns, &days, row) {
                self.problems.push(fault.at(table, row));
            }
        }
    }

    fn bet(
        &mut self,
        table: &RawTable,
        columns: &KnownColumns<B>,
        days: &Days,
        row: &RawRow,
    ) -> Result<(), CellFault> {
        let said = |column| text_of(row, columns.at(column)).trim().to_owned();
        let day = |column: Option<DateColumn>| column.map_or(Ok(None), |column| column.read(row));
        let (from, decide_by, decided) = (day(days.from)?, day(days.decide_by)?, day(days.decided)?);
        let decision = decision(columns, row, decided.is_some())?;
        let title = said(B::Title);
        let id = said(B::Id);
        let key = if id.is_empty() { slug(&title) } else { id };
        let place = table.place(row.line, columns.at(B::Title).unwrap_or_default());
        if !self.seen.insert(key.clone()) {
            let message = format!("{} repeats an ID; row left out", quoted(&key));
            self.problems.push(Diagnostic::new(
                Level::Error,
                place,
                message,
                "give each bet an ID of its own",
            ));
            return Ok(());
        }
        let (objective, left_out) = self.criterion(table, columns, row);
        let mut fields = vec![("key", text(key)), ("name", text(title))];
        let hypothesis = [said(B::Hypothesis), left_out.unwrap_or_default()];
        let hypothesis: Vec<&str> =
            hypothesis.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        if columns.has(B::Hypothesis) || !hypothesis.is_empty() {
            fields.push(("hypothesis", text(hypothesis.join("\n\n"))));
        }
        let team = said(B::Team);
        if !team.is_empty() {
            let team = KeyRef { kind: Some(Kind::Team), key: team };
            fields.push(("team", FieldStatement::Reference(team)));
        }
        for (column, name) in [(B::Segment, "segment"), (B::Channel, "channel"), (B::Market, "market")]
            .into_iter()
            .chain([(B::Reason, "reason"), (B::Outcome, "outcome")])
            .filter(|(column, _)| columns.has(*column))
        {
            fields.push((name, text(said(column))));
        }
        let objectives = objective.map(|key| KeyRef { kind: Some(Kind::Objective), key });
        fields.push(("objectives", FieldStatement::References(objectives.into_iter().collect())));
        for (name, day) in [("from", from), ("decide_by", decide_by), ("decided", decided)] {
            let day = day.map(|day| serde_json::Value::from(day.to_string()));
            fields.push((name, FieldStatement::Value(day.unwrap_or_default())));
        }
        let decision = decision.map(|decision| serde_json::Value::from(decision.word()));
        fields.push(("decision", FieldStatement::Value(decision.unwrap_or_default())));
        self.bets.push(RowRecord { kind: Kind::Bet, place, fields });
        Ok(())
    }

    /// The key of the objective that is the criterion of a row, or the words of one that cannot be evaluated.
    fn criterion(
        &mut self,
        table: &RawTable,
        columns: &KnownColumns<B>,
        row: &RawRow,
    ) -> (Option<String>, Option<String>) {
        let said = |column| text_of(row, columns.at(column));
        let (metric, comparison, value) = (said(B::Metric), said(B::Comparison), said(B::Value));
        let written =
            WrittenCriterion { metric: metric.trim(), comparison: comparison.trim(), value: value.trim() };
        if written.is_empty() {
            return (None, None);
        }
        let scope = ImportedScope {
            segment: said(B::Segment),
            channel: said(B::Channel),
            market: said(B::Market),
            ..ImportedScope::default()
        };
        let place: Place =
            table.place(row.line, columns.at(B::Value).or(columns.at(B::Metric)).unwrap_or_default());
        match written.read(scope, &place) {
            Ok(criterion) => (Some(self.add(criterion)), None),
            Err((why, advice)) => {
                let message = format!("criterion left out: {why}");
                self.problems.push(Diagnostic::new(Level::Warning, place, message, advice));
                (None, Some(format!("Criterion in the file: {}", written.words())))
            }
        }
    }

    /// Of a criterion that repeats there is one objective.
    fn add(&mut self, criterion: Criterion) -> String {
        let key = criterion.key();
        self.objectives.entry(key.clone()).or_insert_with(|| criterion.objective_row());
        self.metrics.add_metric(criterion.metric);
        key
    }

    pub fn into_records(mut self) -> Records {
        self.metrics.derive_parts();
        let mut records = self.metrics.into_records();
        records.rows.extend(self.objectives.into_values());
        records.rows.extend(self.bets);
        records.problems.extend(self.problems);
        records
    }
}

fn decision(
    columns: &KnownColumns<B>,
    row: &RawRow,
    is_decided: bool,
) -> Result<Option<BetDecision>, CellFault> {
    let words = text_of(row, columns.at(B::Decision));
    let column = columns.at(B::Decision).or(columns.at(B::Decided)).unwrap_or_default();
    let fault = |message: String, advice| Err(CellFault { column, message, advice });
    let decision = decision_of(&words);
    match (words.trim().is_empty(), decision, is_decided) {
        (true, _, false) => Ok(None),
        (true, _, true) => fault("decided without a decision".to_owned(), "write scale, stop or change"),
        (false, None, _) => {
            fault(format!("{} is no decision", quoted(&words)), "write scale, stop or change")
        }
        (false, Some(_), false) => fault("decision without a day".to_owned(), "add the day of the decision"),
        (false, decision, true) => Ok(decision),
    }
}

/// The decision that a word means.
fn decision_of(words: &str) -> Option<BetDecision> {
    let word = match words.trim().to_lowercase().as_str() {
        "scaled" | "scale up" | "go" | "continue" | "double down" | "persevere" | "roll out" => "scale",
        "stopped" | "kill" | "killed" | "no-go" | "cancelled" | "cancel" | "drop" | "dropped" => "stop",
        "changed" | "pivot" | "pivoted" | "iterate" | "adjust" | "adjusted" => "change",
        _ => words,
    };
    BetDecision::from_word(word)
}
