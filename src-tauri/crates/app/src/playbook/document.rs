//! The Playbook as a document, for a wiki, a mail or paper.

use headroom_document_export::{DocumentBlock, DocumentCell, DocumentLine, PlainDocument};
use headroom_model::wording::{capitalized, count_of, date};

use super::{BetRow, PlaybookGap, PlaybookPage, PlaybookPart, PlaybookTile, WorstThing};
use crate::{
    bets::BetCard,
    metrics::list::{MetricObjective, MetricRow},
    scenarios::list::ScenarioStanding,
};

/// Everything that the page shows, from the first section to the last.
pub(super) fn document(page: &PlaybookPage) -> PlainDocument {
    let blocks = page.sections.iter().flat_map(section).collect();
    PlainDocument {
        title: format!("Playbook of {} on {}", whose(page), date(page.day)),
        subtitle: "The ten sections of scaling: what is known, the one worst thing, what to do, and what is not known. \
                   Without pay."
            .to_owned(),
        blocks,
    }
}

/// `Tidewater, Shippers, Germany`.
fn whose(page: &PlaybookPage) -> String {
    let team = page.team.as_ref().map(|team| team.name.clone());
    let parts = [team, Some(page.segment.clone()), Some(page.market.clone())];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { page.plan.clone() } else { format!("{}: {}", page.plan, parts.join(", ")) }
}

fn section(part: &PlaybookPart) -> Vec<DocumentBlock> {
    let mut out = vec![
        DocumentBlock::Heading(format!("{}. {}", part.number, part.title)),
        DocumentBlock::Quiet(part.question.clone()),
    ];
    worst(&mut out, part);
    if !part.tiles.is_empty() {
        out.push(DocumentBlock::List(part.tiles.iter().map(tile).collect()));
    }
    if !part.figures.is_empty() {
        out.push(figures(&part.figures));
    }
    let mut list = |title: &str, lines: Vec<DocumentLine>| {
        if !lines.is_empty() {
            out.push(DocumentBlock::Subheading(title.to_owned()));
            out.push(DocumentBlock::List(lines));
        }
    };
    list("Objectives", part.objectives.iter().map(objective).collect());
    list("More findings", findings(part));
    let waiting = part.waiting.iter().map(|row| DocumentLine::new(&row.position.name, &row.words));
    list("Positions that wait", waiting.collect());
    let bets = part.own_bets.iter().map(own_bet).chain(part.bets.iter().map(bet));
    list("Bets", bets.collect());
    list("Not known", part.unknown.iter().map(gap).collect());
    out
}

fn worst(out: &mut Vec<DocumentBlock>, part: &PlaybookPart) {
    let line = |lead: &str, text: &str| DocumentBlock::Paragraph(DocumentLine::new(lead, text));
    match &part.worst {
        Some(worst) => {
            out.push(line("Worst:", &worst_words(worst)));
            out.push(line("To do:", &to_do(worst)));
        }
        None if part.state == "unknown" => out.push(line("", "Nothing is known of it yet.")),
        None => out.push(line("", "Nothing is known to be wrong.")),
    }
}

fn worst_words(worst: &WorstThing) -> String {
    match worst.severity {
        Some(severity) => format!("{} ({})", worst.words, severity.label().to_lowercase()),
        None => worst.words.clone(),
    }
}

fn to_do(worst: &WorstThing) -> String {
    match worst.remedies.first() {
        Some(remedy) => format!("{} At once: {remedy}.", worst.to_do),
        None => worst.to_do.clone(),
    }
}

fn tile(tile: &PlaybookTile) -> DocumentLine {
    let words = if tile.words.is_empty() { String::new() } else { format!(" ({})", tile.words.join(", ")) };
    DocumentLine::new(format!("{}:", tile.label), format!("{}{words}", tile.value))
}

fn figures(rows: &[MetricRow]) -> DocumentBlock {
    let is_of_others = rows.iter().any(|row| !row.scope.words.is_empty());
    let mut head = vec!["Figure"];
    head.extend(is_of_others.then_some("Of"));
    head.extend(["Newest", "Change", "Period", "Trend"]);
    let row = |row: &MetricRow| {
        let mut cells = vec![DocumentCell::Text(row.metric.name.clone())];
        cells.extend(is_of_others.then(|| DocumentCell::Text(row.scope.words.clone())));
        cells.extend([
            DocumentCell::Number(row.value.clone()),
            DocumentCell::Number(change(row)),
            DocumentCell::Text(row.period.clone()),
            DocumentCell::Curve(row.values.clone()),
        ]);
        cells
    };
    DocumentBlock::Table {
        head: head.into_iter().map(str::to_owned).collect(),
        rows: rows.iter().map(row).collect(),
    }
}

/// `+4.2% better`.
fn change(row: &MetricRow) -> String {
    let Some(change) = row.change else { return String::new() };
    let percent = (change * 1000.0).round() / 10.0;
    let sign = if percent > 0.0 {
        "+"
    } else if percent < 0.0 {
        "−"
    } else {
        "±"
    };
    let better = match row.is_better {
        Some(true) => " better",
        Some(false) => " worse",
        None => "",
    };
    format!("{sign}{}%{better}", percent.abs())
}

fn objective(row: &MetricObjective) -> DocumentLine {
    let state = match row.state.as_str() {
        "met" => "Met",
        "not-met" => "Not met",
        "invalid" => "Cannot be told",
        _ => "Not known",
    };
    DocumentLine::new(format!("{state}:"), &row.condition)
}

fn findings(part: &PlaybookPart) -> Vec<DocumentLine> {
    let mut lines: Vec<DocumentLine> = part
        .findings
        .iter()
        .map(|row| DocumentLine::new(format!("{}:", row.severity.label()), &row.message))
        .collect();
    let of_worst = u32::from(part.worst.as_ref().is_some_and(|worst| worst.finding.is_some()));
    let rest = (part.finding_count as usize).saturating_sub(lines.len() + of_worst as usize);
    if rest > 0 {
        lines.push(format!("and {rest} more").into());
    }
    if part.left_out > 0 {
        let left_out = count_of(part.left_out as usize, "finding");
        lines.push(format!("{left_out} of others are not in this selection").into());
    }
    lines
}

fn bet(row: &BetRow) -> DocumentLine {
    let stands = match row.standing {
        ScenarioStanding::Open => match row.decide_by {
            Some(by) if row.is_overdue => format!("was to be decided by {}", date(by)),
            Some(by) => format!("to be decided by {}", date(by)),
            None => "open, with no day by which it is decided".to_owned(),
        },
        ScenarioStanding::Merged => decided("merged", row),
        ScenarioStanding::Dropped => decided("dropped", row),
    };
    let learnt = match (row.standing, row.outcome.is_empty()) {
        (ScenarioStanding::Open, _) => String::new(),
        (_, true) => "What was learnt is not written down".to_owned(),
        (_, false) => format!("Learnt: {}", row.outcome),
    };
    let kept = |is_kept: Option<bool>| match is_kept {
        Some(true) => " (kept)",
        Some(false) => " (not kept)",
        None => "",
    };
    let expected = row.expected.iter().map(|figure| format!("{}{}", figure.words, kept(figure.is_kept)));
    let said = [capitalized(&stands), row.hypothesis.clone()];
    let said = said.into_iter().chain(expected).chain([learnt]);
    let said: Vec<String> =
        said.map(|text| text.trim_end_matches('.').to_owned()).filter(|text| !text.is_empty()).collect();
    DocumentLine::new(&row.scenario.name, said.join(". ") + ".")
}

fn own_bet(row: &BetCard) -> DocumentLine {
    let state = match row.state.as_deref() {
        Some("met") => "Its criterion is met",
        Some("not-met") => "Its criterion is not met",
        Some(_) => "Whether its criterion is met is not known",
        None => "It has no criterion",
    };
    let asked = row.objectives.iter().map(|objective| objective.condition.clone());
    let learnt = if row.outcome.is_empty() { String::new() } else { format!("Learnt: {}", row.outcome) };
    let said = [row.words.clone(), row.hypothesis.clone()].into_iter().chain(asked);
    let said = said.chain([state.to_owned(), row.reason.clone(), learnt]);
    let said: Vec<String> =
        said.map(|text| text.trim_end_matches('.').to_owned()).filter(|text| !text.is_empty()).collect();
    DocumentLine::new(&row.bet.name, said.join(". ") + ".")
}

fn decided(word: &str, row: &BetRow) -> String {
    row.decided.map_or_else(|| word.to_owned(), |day| format!("{word} on {}", date(day)))
}

fn gap(row: &PlaybookGap) -> DocumentLine {
    format!("{}. {}", row.words, row.told).trim_end().to_owned().into()
}
