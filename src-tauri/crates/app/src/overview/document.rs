//! The Overview as a document: the same figures, in Markdown, for a wiki, a mail or a printed page.

use std::fmt::Write;

use headroom_analysis::StatusCounts;
use headroom_checklist_markdown::markdown_of;
use headroom_model::wording::{count_of, date};

use super::{
    DomainFigures, FindingFigures, Overview,
    ahead::{GapsAhead, MoveRow},
    cost::CostFigures,
    headcount::HeadcountFigures,
};
use crate::{entities::entity::NamedEntity, hidden_pay::ShownAmount};

/// The Overview of an organisation of this name in Markdown.
pub(super) fn markdown(organisation: &str, shown: &Overview) -> String {
    let part = shown.team.as_ref().or(shown.domain.as_ref().map(|figures| &figures.domain));
    let whose = part.map_or(organisation, |part| &part.name);
    let mut out = format!("# {} on {}\n\n| | |\n| --- | --- |\n", markdown_of(whose), date(shown.day));
    for (label, figure) in figures(shown) {
        let _ = writeln!(out, "| {label} | {figure} |");
    }
    section(
        &mut out,
        "Most urgent",
        shown
            .findings
            .iter()
            .flat_map(|findings| &findings.urgent)
            .map(|row| format!("**{}** {}", row.severity.label(), markdown_of(&row.message))),
        &shown.findings.as_ref().map(no_findings).unwrap_or_default(),
    );
    let until = date(shown.gaps.until);
    section(
        &mut out,
        &format!("Unowned or without support by {until}"),
        unowned(&shown.gaps),
        "No service loses its owner or its last expert",
    );
    let moves = &shown.moves;
    let until = date(moves.until);
    let joining = moved(&moves.joining, moves.joining_total);
    section(&mut out, &format!("Joining by {until}"), joining, "Nobody");
    let leaving = moved(&moves.leaving, moves.leaving_total);
    section(&mut out, &format!("Leaving by {until}"), leaving, "Nobody");
    out
}

pub(super) fn section(out: &mut String, title: &str, lines: impl IntoIterator<Item = String>, none: &str) {
    let _ = writeln!(out, "\n## {title}\n");
    let mut lines = lines.into_iter().peekable();
    if lines.peek().is_none() {
        let _ = writeln!(out, "{none}.");
    }
    for line in lines {
        let _ = writeln!(out, "- {line}");
    }
}

/// The tiles, each as a label and a sentence.
fn figures(shown: &Overview) -> Vec<(&'static str, String)> {
    let positions = match (shown.positions.open, shown.positions.late) {
        (0, _) => "none".to_owned(),
        (open, 0) => format!("{open}, none behind schedule"),
        (open, late) => format!("{open}, {late} behind schedule"),
    };
    let on_call = match shown.on_call.teams {
        0 => "no team needs a rota".to_owned(),
        teams => {
            format!("{} of {} can staff their rota", shown.on_call.staffed, count_of(teams as usize, "team"))
        }
    };
    let overdue = match shown.overdue.items {
        0 => "nothing".to_owned(),
        items => format!(
            "{} in {}",
            count_of(items as usize, "item"),
            count_of(shown.overdue.lists as usize, "checklist")
        ),
    };
    let mut rows = Vec::new();
    if let Some(figures) = &shown.domain {
        rows.push(("Services", services(figures)));
        rows.push(("Teams", teams(figures)));
        rows.push(("People on these teams", headcount(&shown.headcount)));
    } else {
        rows.push(("Headcount", headcount(&shown.headcount)));
    }
    rows.extend(shown.cost.as_ref().map(|figures| ("Cost", cost(figures))));
    rows.extend([
        ("Positions to fill", positions),
        ("On-call", on_call),
        (
            "Gaps to come",
            format!(
                "{} in the next 90 days, {} unowned",
                shown.gaps.total,
                count_of(shown.gaps.unowned_total as usize, "service")
            ),
        ),
        ("Overdue onboarding", overdue),
    ]);
    let findings = shown.findings.as_ref();
    rows.extend(findings.map(|known| ("Findings", format!("{}: {}", known.total, all_of(known)))));
    rows
}

fn services(figures: &DomainFigures) -> String {
    let (services, systems) =
        (count_of(figures.services as usize, "service"), count_of(figures.systems as usize, "system"));
    let unowned = if figures.unowned > 0 { format!(", {} unowned", figures.unowned) } else { String::new() };
    format!("{services} in {systems}{unowned}")
}

fn teams(figures: &DomainFigures) -> String {
    let names: Vec<String> = figures.teams.iter().map(|team| markdown_of(&team.name)).collect();
    if names.is_empty() { "no team owns a service".to_owned() } else { names.join(", ") }
}

fn all_of(findings: &FindingFigures) -> String {
    let open = format!("{} critical, {} high", findings.critical, findings.high);
    [Some(open), decided(findings)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn no_findings(findings: &FindingFigures) -> String {
    decided(findings)
        .map_or_else(|| "No findings".to_owned(), |decided| format!("No open findings ({decided})"))
}

/// `3 accepted, 1 snoozed`; none if there is neither.
fn decided(findings: &FindingFigures) -> Option<String> {
    let (accepted, snoozed) = (findings.accepted as usize, findings.snoozed as usize);
    StatusCounts { accepted, snoozed, ..StatusCounts::default() }.in_words()
}

fn headcount(figures: &HeadcountFigures) -> String {
    let mut text =
        format!("{}, {} planned by {}", whole(figures.people), whole(figures.ahead), date(figures.ahead_day));
    if let Some(budget) = figures.budget {
        let words = if figures.is_over { "over the budget of" } else { "budget" };
        let _ = write!(text, ", {words} {}", whole(budget));
    }
    text
}

/// Without a fraction that says nothing.
fn whole(people: f64) -> String {
    format!("{}", (people * 10.0).round() / 10.0)
}

fn cost(figures: &CostFigures) -> String {
    let amount = |amount: &Option<ShownAmount>| amount.as_ref().map(|amount| amount.text.clone());
    let said = amount(&figures.cost).unwrap_or_else(|| "hidden".to_owned());
    let mut text = format!("{said} in {}", figures.from.format("%Y"));
    if let Some(budget) = amount(&figures.budget) {
        let _ = write!(text, ", budget {budget}");
        match amount(&figures.left) {
            _ if figures.is_over => text += ", over budget",
            Some(left) => drop(write!(text, ", {left} left")),
            None => {}
        }
        if !figures.note.is_empty() {
            let _ = write!(text, " ({})", figures.note);
        }
    }
    if let Some(rate) = amount(&figures.run_rate) {
        let _ = write!(text, ", run rate {rate} a year");
    }
    if figures.missing > 0 {
        let _ = write!(text, ", {} missing", count_of(figures.missing as usize, "amount"));
    }
    text
}

fn unowned(gaps: &GapsAhead) -> Vec<String> {
    let because = |causes: &[NamedEntity]| match causes {
        [] => String::new(),
        causes => format!(
            " ({})",
            causes.iter().map(|cause| markdown_of(&cause.name)).collect::<Vec<_>>().join(", ")
        ),
    };
    let line = |row: &crate::forecast::GapRow| {
        let opens = row.opens.map_or_else(|| "now".to_owned(), |day| date(day).to_string());
        format!(
            "{opens}: {} {}{}",
            markdown_of(&row.subject.name),
            markdown_of(&row.words),
            because(&row.because)
        )
    };
    with_rest(gaps.unowned.iter().map(line).collect(), gaps.unowned_total)
}

pub(super) fn moved(rows: &[MoveRow], total: u32) -> Vec<String> {
    let line = |row: &MoveRow| {
        let team = row.team.as_ref().map(|team| markdown_of(&team.name));
        let planned = row.is_planned.then(|| "planned hire".to_owned());
        let details: Vec<String> =
            [Some(markdown_of(&row.title)).filter(|title| !title.is_empty()), team, planned]
                .into_iter()
                .flatten()
                .collect();
        let details = if details.is_empty() { String::new() } else { format!(" ({})", details.join(", ")) };
        format!("{}: {}{details}", date(row.day), markdown_of(&row.who.name))
    };
    with_rest(rows.iter().map(line).collect(), total)
}

/// What is not listed is counted, so that a short list is not taken for all.
pub(super) fn with_rest(mut lines: Vec<String>, total: u32) -> Vec<String> {
    let rest = (total as usize).saturating_sub(lines.len());
    if rest > 0 {
        lines.push(format!("and {rest} more"));
    }
    lines
}
