//! A section of the Playbook for the page: figures, objectives, the worst thing, what waits and what is not known.

use headroom_analysis::{
    DayView, Finding,
    gates::{Gate, ObjectiveReading, condition, gate_in_short},
    metrics::{Figures, MetricParts, MetricSeries, SeriesScope},
    playbook::{Playbook, PlaybookSection, PlaybookUnknown, PlaybookWorst},
    remedies,
};
use headroom_model::{
    Objective, ObjectiveId, Observation, Plan, Position,
    wording::{count_of, date, listed},
};
use serde::Serialize;

use super::{
    bets::{BetRow, bet_rows},
    tiles::PlaybookTile,
};
use crate::{
    bets::{BetCard, bet_cards},
    entities::{entity::NamedEntity, finding::FindingRow, severity::SeverityLevel},
    error::Answer,
    metrics::{
        list::{AskedOfMetrics, MetricObjective, MetricRow, metric_objective, metric_row},
        scope::MetricScope,
    },
    state::AppState,
};

/// The most findings that are listed.
const LISTED: usize = 6;

/// A section with what is known of it.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PlaybookPart {
    pub id: String,
    /// From 1.
    pub number: u32,
    pub title: String,
    /// What is to be answered by it.
    pub question: String,
    /// `wrong`, `watch`, `fine`, `unknown`.
    pub state: String,
    /// Figures of the plan itself.
    pub tiles: Vec<PlaybookTile>,
    /// Series of metrics.
    pub figures: Vec<MetricRow>,
    /// Those not met first.
    pub objectives: Vec<MetricObjective>,
    pub worst: Option<WorstThing>,
    /// The most urgent open ones, without the worst thing.
    pub findings: Vec<FindingRow>,
    /// All open ones.
    pub finding_count: u32,
    /// Open ones that the filter leaves out.
    pub left_out: u32,
    /// IDs of the rules that belong to the section.
    pub rules: Vec<String>,
    pub waiting: Vec<WaitingPosition>,
    pub own_bets: Vec<BetCard>,
    /// Scenarios.
    pub bets: Vec<BetRow>,
    pub unknown: Vec<PlaybookGap>,
}

/// The one worst thing, and what to do about it.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct WorstThing {
    pub words: String,
    /// Of a finding.
    pub finding: Option<FindingRow>,
    /// Of a finding.
    pub severity: Option<SeverityLevel>,
    /// What is to be done.
    pub to_do: String,
    /// What can be done at once.
    pub remedies: Vec<String>,
    /// Of an objective that is not met: its metric, and whose.
    pub metric: Option<NamedEntity>,
    pub scope: MetricScope,
}

/// A position whose gate is not met.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct WaitingPosition {
    pub position: NamedEntity,
    /// `Payback < 12 months · 1 of 2 · earliest 6 Mar 2027`.
    pub words: String,
}

/// What is not known.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PlaybookGap {
    pub words: String,
    /// `A table of figures by month (CSV or XLSX) would tell.`
    pub told: String,
    /// There is a file that tells it, and the program reads it.
    pub can_import: bool,
}

/// The sections, with the figures of the plan that belong to each.
pub(super) fn parts(
    app: &AppState,
    view: &DayView,
    book: Playbook<'_>,
    mut tiles: Vec<(&'static str, PlaybookTile)>,
) -> Answer<Vec<PlaybookPart>> {
    let plan = &**view.snapshot.plan();
    let asked = AskedOfMetrics::new(plan, view.snapshot.day());
    let mut parts = Vec::new();
    for (number, section) in (1..).zip(book.sections) {
        let (own, others) = tiles.into_iter().partition(|(id, _)| *id == section.spec.id);
        tiles = others;
        let bets = bet_rows(app, plan, &section.bets, view.snapshot.day())?;
        let own = Vec::into_iter(own).map(|(_, tile)| tile).collect();
        parts.push(part(view, &asked, (number, &section), own, bets));
    }
    Ok(parts)
}

fn part(
    view: &DayView,
    asked: &AskedOfMetrics,
    (number, section): (u32, &PlaybookSection<'_>),
    tiles: Vec<PlaybookTile>,
    bets: Vec<BetRow>,
) -> PlaybookPart {
    let plan = &**view.snapshot.plan();
    let worst = section.worst.map(|worst| match worst {
        PlaybookWorst::Finding(finding) => worst_finding(view, finding),
        PlaybookWorst::Objective(id) => worst_objective(plan, id, section),
    });
    let is_worst = |finding: &Finding| match section.worst {
        Some(PlaybookWorst::Finding(worst)) => worst.id == finding.id,
        _ => false,
    };
    let others = section.findings.iter().filter(|finding| !is_worst(finding));
    PlaybookPart {
        id: section.spec.id.to_owned(),
        number,
        title: section.spec.title.to_owned(),
        question: section.spec.question.to_owned(),
        state: section.state.word().to_owned(),
        tiles,
        figures: section.figures.iter().map(|series| metric_row(plan, series, asked)).collect(),
        objectives: section
            .objectives
            .iter()
            .map(|(id, reading)| metric_objective(plan, *id, reading))
            .collect(),
        worst,
        findings: others.take(LISTED).map(|finding| FindingRow::new(view, finding)).collect(),
        finding_count: section.findings.len() as u32,
        left_out: section.findings_left_out as u32,
        rules: section.spec.rules.iter().map(|id| (*id).to_owned()).collect(),
        waiting: section.waiting.iter().map(|gate| waiting(plan, gate)).collect(),
        own_bets: bet_cards(plan, &section.own_bets),
        bets,
        unknown: gaps(plan, section),
    }
}

fn worst_finding(view: &DayView, finding: &Finding) -> WorstThing {
    let remedies = remedies(&view.context(), finding);
    WorstThing {
        words: finding.message.clone(),
        severity: Some(finding.severity.into()),
        finding: Some(FindingRow::new(view, finding)),
        to_do: finding.rule.fix.to_owned(),
        remedies: remedies.into_iter().map(|remedy| remedy.label).collect(),
        metric: None,
        scope: MetricScope::default(),
    }
}

fn worst_objective(plan: &Plan, id: ObjectiveId, section: &PlaybookSection<'_>) -> WorstThing {
    let reading = section.objectives.iter().find(|(known, _)| *known == id).map(|(_, reading)| reading);
    let row = plan.get::<Objective>(id);
    let scope = row.map(|row| MetricScope::new(plan, &SeriesScope::of_objective(row)));
    WorstThing {
        words: format!("Not met: {}", condition(plan, id)),
        finding: None,
        severity: None,
        to_do: to_meet(id, reading, section),
        remedies: Vec::new(),
        metric: row.map(|row| NamedEntity::new(plan, row.metric)),
        scope: scope.unwrap_or_default(),
    }
}

/// What is to be done about an objective that is not met, for whom and until when at the earliest.
fn to_meet(id: ObjectiveId, reading: Option<&ObjectiveReading>, section: &PlaybookSection<'_>) -> String {
    let waits = |gate: &&Gate| gate.objectives.iter().any(|(known, _)| *known == id);
    let waiting = section.waiting.iter().filter(waits).count();
    let mut words = "Agree on what brings it there, or change the objective.".to_owned();
    if let Some(earliest) = reading.and_then(|reading| reading.earliest) {
        words += &format!(" It can be met on {} at the earliest.", date(earliest));
    }
    match waiting {
        0 => {}
        1 => words += " 1 position waits for it.",
        several => words += &format!(" {} wait for it.", count_of(several, "position")),
    }
    words
}

fn waiting(plan: &Plan, gate: &Gate) -> WaitingPosition {
    let by = plan.get::<Position>(gate.position).and_then(|row| row.waits_by);
    let by = by.map(|day| format!(" · by {}", date(day))).unwrap_or_default();
    WaitingPosition {
        position: NamedEntity::new(plan, gate.position),
        words: gate_in_short(plan, gate) + &by,
    }
}

/// What is due of the figures shown, then what the section does not know at all.
fn gaps(plan: &Plan, section: &PlaybookSection<'_>) -> Vec<PlaybookGap> {
    let due = section.figures.iter().filter_map(|series| due(plan, series));
    due.chain(section.unknown.iter().map(gap)).collect()
}

fn gap(unknown: &PlaybookUnknown) -> PlaybookGap {
    let made_of = match unknown.missing.as_slice() {
        [] => String::new(),
        missing => format!("Made of {}. ", listed(missing)),
    };
    let told = match unknown.told_by {
        "" => "Nothing tells it yet.".to_owned(),
        file => format!("{made_of}{file} would tell."),
    };
    PlaybookGap { words: listed(&unknown.what), told, can_import: unknown.is_imported }
}

/// A figure that is due and has not come, and where the last one came from.
fn due(plan: &Plan, series: &MetricSeries) -> Option<PlaybookGap> {
    let row = metric_row(plan, series, &AskedOfMetrics::default());
    if row.missing.is_empty() {
        return None;
    }
    let parts = MetricParts::new(plan).of(series.metric).metrics;
    let figures = Figures::new(plan);
    let rows = parts.into_iter().flat_map(|part| figures.rows(part, &series.scope));
    let told = rows.filter_map(|row| plan.get::<Observation>(row)).filter(|row| !row.origin.is_empty());
    let newest = told.max_by_key(|row| (row.last, row.from, &row.origin));
    let whose = if row.scope.words.is_empty() { String::new() } else { format!(" ({})", row.scope.words) };
    Some(PlaybookGap {
        words: format!("{}{whose}, {}", row.metric.name, row.missing),
        told: newest.map(|row| format!("The last figure came from {}.", row.origin)).unwrap_or_default(),
        can_import: true,
    })
}
