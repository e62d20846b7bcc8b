//! Tables with their periods across: a row is a metric in a scope.

use headroom_files::Level;
use headroom_tabular::{
    cell::date::DateOrder,
    raw_table::{RawCell, RawRow, RawTable},
};

use super::{
    across_header::{AcrossHeader, PeriodColumn},
    column_role::{ColumnRole, names_people},
    figure_cell::{self, FigureCell},
    figure_table::{FigureLine, FigureTable, PeriodCell},
    headings::Headings,
    imported_figures::ImportedScope,
    metric_label::MetricLabel,
    period_label::{PeriodLabel, is_sum},
    unit::WrittenUnit,
};

/// Reads the rows below each header with periods; none if there is no such header.
pub fn read(table: &RawTable, order: Option<DateOrder>) -> Option<FigureTable> {
    let mut found = FigureTable::default();
    let mut header: Option<AcrossHeader> = None;
    let mut headings = Headings::default();
    let mut above: Option<&RawRow> = None;
    let mut is_first_below = false;
    let mut subject = subject_in(&table.name);
    for row in &table.rows {
        if let Some(new) = AcrossHeader::of(row, above, order) {
            tell_sums(&mut found, table, row, header.is_none());
            headings.begin_table(&new.heading);
            header = Some(new);
            is_first_below = true;
        } else if let Some(header) = &mut header {
            let is_parts = is_first_below && header.take_parts(row, order);
            is_first_below = false;
            if !is_parts {
                subject = subject_of(row).or(subject);
                add_lines(row, header, (&mut headings, subject.as_deref()), &mut found);
            }
        } else {
            subject = subject_of(row).or(subject);
            title(&mut found.title, row);
        }
        above = Some(row);
    }
    let header = header.filter(|_| !found.lines.is_empty())?;
    if names_people(&header.heading) && !found.lines.iter().any(|line| is_known(&line.label)) {
        let at = found.lines.first().map_or((1, 0), |line| line.at);
        let message =
            format!("rows are of single people or customers (“{}”); table left out", header.heading);
        found.tell(table, Level::Error, at, message, "add the figures up by month, segment or team");
        found.lines.clear();
        return Some(found);
    }
    let is_beside = |line: &&FigureLine| header.unnamed.is_some() && !line.scope.segment.is_empty();
    if let Some(line) =
        found.lines.iter().find(is_beside).filter(|_| header.column(ColumnRole::Segment).is_none())
    {
        let message = format!("“{}” in a column without a name is read as the segment", line.scope.segment);
        let at = (line.at.0, header.unnamed.unwrap_or_default());
        let advice = "name the column market, channel, team or service if it is something else";
        found.tell(table, Level::Note, at, message, advice);
    }
    for (heading, at) in headings.give_to(&mut found.lines) {
        let message = format!("“{heading}” above these rows is read as their segment");
        let advice = "add a column “segment” or “market” if it is something else";
        found.tell(table, Level::Note, at, message, advice);
    }
    found.complete_years();
    Some(found)
}

/// Whether one of the headers names the column of the metrics.
pub fn names_metric(table: &RawTable, order: Option<DateOrder>) -> bool {
    let mut above = None;
    table.rows.iter().any(|row| {
        let header = AcrossHeader::of(row, above, order);
        above = Some(row);
        header.is_some_and(|header| header.names_metric)
    })
}

/// The metric that a row of words is about: `MRR by segment (€ k)`.
fn subject_of(row: &RawRow) -> Option<String> {
    let mut filled = row.cells.iter().filter(|cell| !cell.is_empty());
    let only = filled.next().filter(|_| filled.next().is_none())?;
    subject_in(&only.text())
}

/// A known metric with its unit, before the word that divides it.
fn subject_in(text: &str) -> Option<String> {
    let text = text.rsplit(['[', '/']).next().unwrap_or(text).trim_end_matches(']').trim();
    let (head, rest) = text.split_once(" by ").or_else(|| text.split_once(" nach ")).unwrap_or((text, ""));
    let unit = rest.find('(').map_or("", |at| &rest[at..]);
    let subject = format!("{} {unit}", head.trim());
    let label = MetricLabel::of(&subject);
    (label.known.is_some() && label.segment.is_empty()).then_some(subject)
}

fn is_known(label: &str) -> bool {
    MetricLabel::of(label).known.is_some()
}

fn title(title: &mut String, row: &RawRow) {
    for cell in row.cells.iter().filter(|cell| matches!(cell, RawCell::Text(_))) {
        if !title.is_empty() {
            title.push(' ');
        }
        title.push_str(&cell.text());
    }
}

fn tell_sums(found: &mut FigureTable, table: &RawTable, row: &RawRow, is_first: bool) {
    for (column, cell) in row.cells.iter().enumerate().filter(|_| is_first) {
        if is_sum(&cell.text()) && PeriodLabel::of(cell, None).is_none_or(|label| label.is_sum()) {
            let message = format!("column “{}” adds up periods; not read", cell.text());
            found.tell(table, Level::Note, (row.line, column), message, "nothing to do");
        }
    }
}

/// Adds the lines of a row: one, or one for each part of the periods.
fn add_lines(
    row: &RawRow,
    header: &AcrossHeader,
    (headings, subject): (&mut Headings, Option<&str>),
    found: &mut FigureTable,
) {
    let text = |column: usize| row.cell(column).text().trim().to_owned();
    let (own, beside) = own_and_beside(text(header.label), header.unnamed.map(text).unwrap_or_default());
    if header.periods.iter().all(|own| row.cell(own.column).is_empty()) {
        return headings.begin(own);
    }
    let of_role = |role: ColumnRole| header.column(role).map(text).unwrap_or_default();
    let (beside, unit_beside) =
        if WrittenUnit::of(&beside).is_some() { (String::new(), beside) } else { (beside, String::new()) };
    let scope = ImportedScope {
        service: Some(of_role(ColumnRole::Service)).filter(|key| !key.is_empty()),
        team: Some(of_role(ColumnRole::Team)).filter(|key| !key.is_empty()),
        segment: Some(of_role(ColumnRole::Segment)).filter(|name| !name.is_empty()).unwrap_or(beside),
        channel: of_role(ColumnRole::Channel),
        market: of_role(ColumnRole::Market),
    };
    let label = match () {
        () if header.labels_scopes => subject.unwrap_or_default().to_owned(),
        () if own.is_empty() && scope != ImportedScope::default() => headings.label.clone(),
        () => own,
    };
    if label.is_empty() && !header.labels_scopes {
        return;
    }
    headings.label.clone_from(&label);
    let unit = [of_role(ColumnRole::Currency), of_role(ColumnRole::Unit)].join(" ").trim().to_owned();
    let unit = if unit.is_empty() { unit_beside } else { unit };
    let line = FigureLine {
        label,
        scope,
        unit,
        remark: of_role(ColumnRole::Remark),
        at: (row.line, header.label),
        cells: Vec::new(),
    };
    for group in groups_of(&header.periods) {
        let columns = header.periods.iter().filter(|own| own.group == group);
        let cells: Vec<PeriodCell> = columns
            .map(|own| PeriodCell {
                period: own.period.clone(),
                cell: row.cell(own.column).clone(),
                line: row.line,
                column: own.column,
            })
            .collect();
        // A row of words is none of figures.
        if cells.iter().any(is_figure) {
            let line = of_group(FigureLine { cells, ..line.clone() }, group, header.labels_scopes);
            if !line.label.is_empty() {
                found.lines.push(line);
                headings.add_line();
            }
        }
    }
}

/// Which of two texts is the label, where the second stands in a column without a name: the metric, or the first. What
/// stands below nothing is the label itself.
fn own_and_beside(own: String, beside: String) -> (String, String) {
    match () {
        () if is_known(&beside) && !is_known(&own) => (beside, own),
        () => (own, beside),
    }
}

fn groups_of(periods: &[PeriodColumn]) -> Vec<&str> {
    let mut groups: Vec<&str> = Vec::new();
    for own in periods {
        if !groups.contains(&own.group.as_str()) {
            groups.push(&own.group);
        }
    }
    groups
}

fn is_figure(cell: &PeriodCell) -> bool {
    !matches!(figure_cell::read(&cell.cell, None, false), FigureCell::Unclear(_))
        || cell.cell.text().contains(|letter: char| letter.is_ascii_digit())
}

/// A part of the periods is the segment of the metric, or the metric of the segment.
fn of_group(mut line: FigureLine, group: &str, labels_scopes: bool) -> FigureLine {
    if labels_scopes && !group.is_empty() {
        group.clone_into(&mut line.label);
    } else if !group.is_empty() && line.scope.segment.is_empty() {
        line.scope.segment = group.to_owned();
        if is_known(group) && !is_known(&line.label) {
            std::mem::swap(&mut line.scope.segment, &mut line.label);
        }
    }
    line
}
