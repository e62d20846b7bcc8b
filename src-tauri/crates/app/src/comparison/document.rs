//! The comparison as text and as a table.

use std::fmt::Write;

use headroom_model::wording::{capitalized, date};
use headroom_tabular::xlsx::{NumberFormat, Sheet, XlsxCell, XlsxColumn};

use super::{ChangeKind, ComparedDays, DayChange, HeadcountSum};
use crate::entities::entity::NamedEntity;

/// `Between 1 Jan 2027 and 1 Jul 2027: 5 joined, 2 left, 3 moved`, then each of them, then headcount by team.
pub(super) fn text(shown: &ComparedDays) -> String {
    let counts: Vec<&str> = shown.counts.iter().map(|count| count.words.as_str()).collect();
    let counts = if counts.is_empty() { "no changes".to_owned() } else { counts.join(", ") };
    let what = match &shown.scenario {
        Some(scenario) => format!("scenario {} against the plan on {}", scenario.name, date(shown.after)),
        None => format!("between {} and {}", date(shown.before), date(shown.after)),
    };
    let head = match &shown.team {
        Some(team) => format!("{}, {what}", team.name),
        None => capitalized(&what),
    };
    let mut out = format!("{head}: {counts}\nHeadcount: {}\n", sum(&shown.headcount));
    for count in &shown.counts {
        let _ = writeln!(out, "\n{} ({})", count.kind.title(), count.count);
        for change in shown.changes.iter().filter(|change| change.kind == count.kind) {
            let _ = writeln!(out, "- {}", line(change));
        }
    }
    let changed: Vec<_> = shown
        .teams
        .iter()
        .filter(|team| team.whole.joined + team.whole.left + team.whole.moved_in + team.whole.moved_out > 0)
        .filter(|team| shown.team.as_ref().is_none_or(|of| is_within(shown, team.id.0, of.id.0)))
        .collect();
    if !changed.is_empty() {
        out += "\nHeadcount by team, with sub-teams\n";
    }
    for team in changed {
        let _ = writeln!(out, "- {}: {}", team.name, sum(&team.whole));
    }
    out
}

/// Whether a team is another one or below it.
fn is_within(shown: &ComparedDays, team: u64, above: u64) -> bool {
    let parent = |id: &u64| shown.teams.iter().find(|team| team.id.0 == *id)?.parent.map(|parent| parent.0);
    std::iter::successors(Some(team), parent).take(shown.teams.len()).any(|id| id == above)
}

/// `93 + 5 joined − 2 left = 96`.
pub(super) fn sum(headcount: &HeadcountSum) -> String {
    let HeadcountSum { before, joined, left, moved_in, moved_out, after } = headcount;
    let parts = [
        (*joined, format!(" + {joined} joined")),
        (*left, format!(" − {left} left")),
        (*moved_in, format!(" + {moved_in} moved in")),
        (*moved_out, format!(" − {moved_out} moved out")),
    ];
    let changes: String = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    if changes.is_empty() { format!("{after}, unchanged") } else { format!("{before}{changes} = {after}") }
}

/// `12 Mar 2027: Grace Nair (Engineer), Payments → Search`.
fn line(change: &DayChange) -> String {
    let day = change.day.map(|day| format!("{}: ", date(day))).unwrap_or_default();
    let title = if change.title.is_empty() { String::new() } else { format!(" ({})", change.title) };
    let (from, to) = (names(&change.from), names(&change.to));
    let is_exchange = matches!(
        change.kind,
        ChangeKind::Moved | ChangeKind::OwnerChanged | ChangeKind::MovedTeam | ChangeKind::PositionMoved
    );
    let teams = match (from.is_empty(), to.is_empty()) {
        (true, true) => String::new(),
        _ if is_exchange => {
            let none = |names: String| if names.is_empty() { "none".to_owned() } else { names };
            format!(", {} → {}", none(from), none(to))
        }
        (false, _) => format!(", {from}"),
        (true, false) => format!(", {to}"),
    };
    format!("{day}{}{title}{teams}", change.subject.name)
}

fn names(entities: &[NamedEntity]) -> String {
    entities.iter().map(|entity| entity.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// A row for each change; then one for each team, with its headcount.
pub(super) fn table(shown: &ComparedDays) -> Sheet {
    let titles = [
        "change",
        "date",
        "id",
        "name",
        "title",
        "from",
        "to",
        "before",
        "joined",
        "left",
        "moved in",
        "moved out",
        "after",
    ];
    let number = |count: u32| XlsxCell::Number(f64::from(count), NumberFormat::Plain);
    let mut rows: Vec<Vec<XlsxCell>> = Vec::new();
    for change in &shown.changes {
        rows.push(vec![
            XlsxCell::text(change.kind.title()),
            XlsxCell::date(change.day),
            XlsxCell::text(&*change.subject.key),
            XlsxCell::text(&*change.subject.name),
            XlsxCell::text(&*change.title),
            XlsxCell::text(names(&change.from)),
            XlsxCell::text(names(&change.to)),
        ]);
    }
    for team in &shown.teams {
        if shown.team.as_ref().is_some_and(|of| !is_within(shown, team.id.0, of.id.0)) {
            continue;
        }
        let HeadcountSum { before, joined, left, moved_in, moved_out, after } = team.whole;
        let mut row = vec![
            XlsxCell::text("Headcount with sub-teams"),
            XlsxCell::Empty,
            XlsxCell::text(&*team.key),
            XlsxCell::text(&*team.name),
        ];
        row.extend([XlsxCell::Empty, XlsxCell::Empty, XlsxCell::Empty]);
        row.extend([before, joined, left, moved_in, moved_out, after].map(number));
        rows.push(row);
    }
    for row in &mut rows {
        row.resize(titles.len(), XlsxCell::Empty);
    }
    Sheet {
        name: "Comparison".to_owned(),
        columns: titles.map(|title| XlsxColumn::new(title, 16)).to_vec(),
        has_titles: true,
        rows,
        ..Sheet::default()
    }
}
