//! A comparison as a document for a decision, in Markdown, and as tables.

use std::fmt::Write;

use headroom_checklist_markdown::markdown_of;
use headroom_model::{
    Money,
    wording::{count_of, date},
};
use headroom_tabular::xlsx::{Book, NumberFormat, Sheet, XlsxCell, XlsxColumn};

use super::{
    CommonChange, ComparedChanges, FigureRow, FigureUnit, FigureValue, ScenarioColumn, ScenarioComparison,
    ScenarioPair,
};
use crate::{
    change_presenter::HistoryChange,
    hidden_pay::ShownAmount,
    scenarios::{changes::TeamChanges, list::ScenarioRow, list::ScenarioStanding},
};

/// The most people or services that are named in a document.
const NAMED: usize = 12;

/// The comparison of the scenarios of a plan of this name in Markdown.
pub(super) fn markdown(plan: &str, shown: &ScenarioComparison, changes: &ComparedChanges) -> String {
    let names: Vec<&str> = shown.columns.iter().map(|column| column.name.as_str()).collect();
    let mut out = format!("# {}: {}\n\n", markdown_of(plan), markdown_of(&names.join(" · ")));
    let _ = writeln!(
        out,
        "Figures are those of {}; the period is {} to {}. In brackets: the difference to {}.",
        date(shown.day),
        date(shown.from),
        date(shown.until),
        markdown_of(names.first().unwrap_or(&"")),
    );
    if shown.is_pay_hidden {
        out += "Amounts are rounded, and left out where they would reveal a salary.\n";
    }
    for column in &shown.columns {
        about(&mut out, column);
    }
    table(&mut out, shown);
    moved(&mut out, shown);
    for list in &changes.scenarios {
        let _ = writeln!(out, "\n## What {} changes", markdown_of(&list.name));
        changed(&mut out, &list.teams);
    }
    for pair in &changes.pairs {
        in_common(&mut out, pair);
    }
    out
}

/// What a scenario is about.
fn about(out: &mut String, column: &ScenarioColumn) {
    let Some(row) = &column.scenario else { return };
    let _ = writeln!(out, "\n## {}\n", markdown_of(&column.name));
    if !row.description.is_empty() {
        let _ = writeln!(out, "{}\n", markdown_of(&row.description));
    }
    let owner = row.owner.as_ref().map(|owner| owner.name.clone()).unwrap_or_default();
    let said = [
        ("Hypothesis", row.hypothesis.clone()),
        ("What would show that it worked", row.success_criteria.clone()),
        ("Owner", owner),
        ("State", standing(row)),
        ("Changes", changes_and_steps(row)),
        ("Outcome", row.outcome.clone()),
    ];
    for (title, text) in said.iter().filter(|(_, text)| !text.is_empty()) {
        let _ = writeln!(out, "- **{title}:** {}", markdown_of(text));
    }
}

fn standing(row: &ScenarioRow) -> String {
    let on = row.decided.map(|day| format!(" on {}", date(day))).unwrap_or_default();
    match row.standing {
        ScenarioStanding::Merged => format!("merged{on}"),
        ScenarioStanding::Dropped => format!("dropped{on}"),
        ScenarioStanding::Open => match row.decide_by {
            Some(day) if row.is_overdue => format!("open; was to be decided by {}", date(day)),
            Some(day) => format!("open; to be decided by {}", date(day)),
            None => "open".to_owned(),
        },
    }
}

fn changes_and_steps(row: &ScenarioRow) -> String {
    let changes = count_of(row.change_count as usize, "change");
    match row.behind {
        0 => changes,
        steps => format!("{changes}; {} behind the plan", count_of(steps as usize, "step")),
    }
}

fn table(out: &mut String, shown: &ScenarioComparison) {
    let _ = write!(out, "\n## Figures\n\n|  |");
    for column in &shown.columns {
        let _ = write!(out, " {} |", markdown_of(&column.name));
    }
    let _ = writeln!(out, "\n| --- |{}", " ---: |".repeat(shown.columns.len()));
    for section in &shown.sections {
        let _ = writeln!(out, "| **{}** |{}", markdown_of(&section.title), "  |".repeat(shown.columns.len()));
        for row in &section.rows {
            let _ = write!(out, "| {} |", markdown_of(&row.title));
            for (at, value) in row.values.iter().enumerate() {
                let _ = write!(out, " {} |", figure(row.unit, value, at > 0));
            }
            out.push('\n');
        }
    }
}

/// `95 (+2)`; of what is expected `2 (+2), not kept`.
fn figure(unit: FigureUnit, value: &FigureValue, with_difference: bool) -> String {
    let kept = match value.is_kept {
        Some(true) => ", kept",
        Some(false) => ", not kept",
        None => "",
    };
    figure_alone(unit, value, with_difference) + kept
}

fn figure_alone(unit: FigureUnit, value: &FigureValue, with_difference: bool) -> String {
    let told = match (&value.amount, value.value) {
        (Some(amount), _) => spoken(amount),
        (None, Some(number)) => number_in_words(unit, number),
        (None, None) => return "–".to_owned(),
    };
    let difference = match (&value.difference_amount, value.difference) {
        (Some(amount), _) if amount.value != 0.0 => signed(amount.value, spoken(amount)),
        (None, Some(number)) if is_any(unit, number) => signed(number, number_in_words(unit, number)),
        _ => return told,
    };
    if with_difference { format!("{told} ({difference})") } else { told }
}

/// Whether a difference is seen with the decimals that are shown.
fn is_any(unit: FigureUnit, number: f64) -> bool {
    number_in_words(unit, number.abs()) != number_in_words(unit, 0.0)
}

fn signed(number: f64, text: String) -> String {
    let text = text.trim_start_matches('-');
    if number < 0.0 { format!("−{text}") } else { format!("+{text}") }
}

fn spoken(amount: &ShownAmount) -> String {
    amount.text.parse::<Money>().map_or_else(|_| amount.text.clone(), Money::spoken)
}

fn number_in_words(unit: FigureUnit, number: f64) -> String {
    let tenths = (number * 10.0).round() / 10.0;
    match unit {
        FigureUnit::Share => format!("{} %", (number * 100.0).round() + 0.0),
        FigureUnit::Money => format!("{}", number.round() + 0.0),
        FigureUnit::Count | FigureUnit::Average | FigureUnit::Fte | FigureUnit::Days => {
            format!("{}", tenths + 0.0)
        }
    }
}

/// Who and what is counted.
fn moved(out: &mut String, shown: &ScenarioComparison) {
    let rows = shown.sections.iter().flat_map(|section| &section.rows);
    for row in rows.filter(|row| row.values.iter().any(|value| !value.entities.is_empty())) {
        let _ = writeln!(out, "\n### {}\n", markdown_of(&row.title));
        for (column, value) in shown.columns.iter().zip(&row.values).filter(|(_, it)| !it.entities.is_empty())
        {
            let names: Vec<String> =
                value.entities.iter().take(NAMED).map(|entity| markdown_of(&entity.name)).collect();
            let rest = (value.value.unwrap_or_default() as usize).saturating_sub(names.len());
            let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
            let _ = writeln!(out, "- **{}:** {}{rest}", markdown_of(&column.name), names.join(", "));
        }
    }
}

fn changed(out: &mut String, teams: &[TeamChanges]) {
    if teams.is_empty() {
        out.push_str("\nNothing.\n");
    }
    for group in teams {
        let _ = writeln!(out, "\n### {}\n", markdown_of(team_name(group)));
        for change in &group.changes {
            let _ = writeln!(out, "- {}", markdown_of(&sentence(change)));
        }
    }
}

fn team_name(group: &TeamChanges) -> &str {
    group.team.as_ref().map_or("About no team", |team| &team.name)
}

/// `Changed position HC-7: start 1 Mar 2027 → 1 May 2027`.
fn sentence(change: &HistoryChange) -> String {
    let mut text = format!("{} {} {}", change.verb, change.noun, change.name);
    let fields = change.fields.iter().filter(|_| change.verb == "changed");
    let fields: Vec<String> = fields
        .map(|field| {
            format!("{} {} → {}", field.field, shown_or_empty(&field.before), shown_or_empty(&field.after))
        })
        .collect();
    if !fields.is_empty() {
        text += ": ";
        text += &fields.join("; ");
    }
    headroom_model::wording::capitalized(&text)
}

fn shown_or_empty(text: &str) -> &str {
    if text.is_empty() { "(empty)" } else { text }
}

fn in_common(out: &mut String, pair: &ScenarioPair) {
    let [one, other] = &pair.names;
    let _ = writeln!(out, "\n## What both {} and {} change\n", markdown_of(one), markdown_of(other));
    for change in &pair.alike {
        let _ = writeln!(out, "- {}", markdown_of(&format!("Alike: {}", common(change, None))));
    }
    for change in &pair.differently {
        let _ = writeln!(
            out,
            "- {}",
            markdown_of(&format!("Differently: {}", common(change, Some(&pair.names))))
        );
    }
}

/// `position HC-7, start: 1 May 2027`; with the names of both where they differ.
fn common(change: &CommonChange, names: Option<&[String; 2]>) -> String {
    let field = if change.field.is_empty() { String::new() } else { format!(", {}", change.field) };
    let values = match names {
        None => shown_or_empty(&change.values[0]).to_owned(),
        Some([one, other]) => format!(
            "{} in {one}, {} in {other}",
            shown_or_empty(&change.values[0]),
            shown_or_empty(&change.values[1])
        ),
    };
    format!("{} {}{field}: {values}", change.noun, change.name)
}

/// The figures, the months and the changes.
pub(super) fn book(shown: &ScenarioComparison, changes: &ComparedChanges) -> Book {
    let mut sheets = vec![figures(shown), months(shown), change_list(changes)];
    if !changes.pairs.is_empty() {
        sheets.push(common_list(changes));
    }
    Book { sheets }
}

/// A row for each figure; for each of those compared the figure, and the difference to the first.
pub(super) fn figures(shown: &ScenarioComparison) -> Sheet {
    let mut columns =
        vec![XlsxColumn::new("section", 26), XlsxColumn::new("figure", 40), XlsxColumn::new("unit", 10)];
    for (at, column) in shown.columns.iter().enumerate() {
        columns.push(XlsxColumn::new(&*column.name, 18));
        if at > 0 {
            columns.push(XlsxColumn::new(format!("{}: difference", column.name), 18));
        }
    }
    let mut rows = Vec::new();
    for section in &shown.sections {
        for row in &section.rows {
            let unit = unit(row);
            let mut cells =
                vec![XlsxCell::text(&*section.title), XlsxCell::text(&*row.title), XlsxCell::text(unit)];
            for (at, value) in row.values.iter().enumerate() {
                cells.push(number(row.unit, value.value));
                if at > 0 {
                    cells.push(number(row.unit, value.difference));
                }
            }
            rows.push(cells);
        }
    }
    Sheet {
        name: "Figures".to_owned(),
        columns,
        has_titles: true,
        fixed_columns: 2,
        rows,
        ..Sheet::default()
    }
}

/// The currency of an amount, or what is counted.
fn unit(row: &FigureRow) -> String {
    let currency = row.values.iter().find_map(|value| value.amount.as_ref()).map(|it| it.currency.clone());
    currency.unwrap_or_else(|| {
        match row.unit {
            FigureUnit::Count => "count",
            FigureUnit::Average => "average",
            FigureUnit::Fte => "FTE",
            FigureUnit::Money => "money",
            FigureUnit::Days => "days",
            FigureUnit::Share => "share",
        }
        .to_owned()
    })
}

fn number(unit: FigureUnit, value: Option<f64>) -> XlsxCell {
    let format = match unit {
        FigureUnit::Share => NumberFormat::Percent,
        FigureUnit::Money => NumberFormat::Decimals(2),
        FigureUnit::Average | FigureUnit::Fte => NumberFormat::Decimals(2),
        FigureUnit::Count | FigureUnit::Days => NumberFormat::Plain,
    };
    value.map_or(XlsxCell::Empty, |value| XlsxCell::Number(value, format))
}

/// A row for each month, figure and scenario.
fn months(shown: &ScenarioComparison) -> Sheet {
    let titles = [("month", 12), ("figure", 36), ("scenario", 30), ("value", 16)];
    let mut rows = Vec::new();
    for series in &shown.series {
        for (column, values) in shown.columns.iter().zip(&series.values) {
            for (month, value) in shown.months.iter().zip(values) {
                rows.push(vec![
                    XlsxCell::Date(*month),
                    XlsxCell::text(&*series.title),
                    XlsxCell::text(&*column.name),
                    number(series.unit, *value),
                ]);
            }
        }
    }
    sheet("By month", &titles, rows)
}

/// A row for each field that a scenario changes.
fn change_list(changes: &ComparedChanges) -> Sheet {
    let titles = [
        ("scenario", 30),
        ("team", 24),
        ("change", 10),
        ("type", 16),
        ("name", 30),
        ("field", 18),
        ("before", 24),
        ("after", 24),
    ];
    let mut rows = Vec::new();
    for list in &changes.scenarios {
        for group in &list.teams {
            let team = group.team.as_ref().map_or("", |team| &team.name);
            for change in &group.changes {
                let start = || {
                    [&list.name, team, &change.verb, &change.noun, &change.name].map(XlsxCell::text).to_vec()
                };
                if change.fields.is_empty() {
                    rows.push(start());
                }
                for field in &change.fields {
                    let mut row = start();
                    row.extend(
                        [&field.field, &field.before, &field.after].map(|text| XlsxCell::text(&**text)),
                    );
                    rows.push(row);
                }
            }
        }
    }
    sheet("Changes", &titles, rows)
}

/// A row for each field that two scenarios change.
fn common_list(changes: &ComparedChanges) -> Sheet {
    let titles = [
        ("first", 30),
        ("second", 30),
        ("alike", 8),
        ("type", 16),
        ("name", 30),
        ("field", 18),
        ("before", 24),
        ("in the first", 24),
        ("in the second", 24),
    ];
    let mut rows = Vec::new();
    for pair in &changes.pairs {
        let alike = pair.alike.iter().map(|change| ("yes", change));
        for (word, change) in alike.chain(pair.differently.iter().map(|change| ("no", change))) {
            let [one, other] = &pair.names;
            let [is, becomes] = &change.values;
            let texts =
                [one, other, word, &change.noun, &change.name, &change.field, &change.before, is, becomes];
            rows.push(texts.map(|text: &str| XlsxCell::text(text)).to_vec());
        }
    }
    sheet("In common", &titles, rows)
}

fn sheet(name: &str, titles: &[(&str, u8)], rows: Vec<Vec<XlsxCell>>) -> Sheet {
    let columns = titles.iter().map(|(title, width)| XlsxColumn::new(*title, *width)).collect();
    Sheet { name: name.to_owned(), columns, has_titles: true, rows, ..Sheet::default() }
}
