//! Coverage: which planned hires close which gaps.

use chrono::NaiveDate;
use headroom_analysis::{
    DayView,
    coverage::{CoverageReport, GapCoverage, HireCoverage, cover_gaps},
    forecast::{ForecastParams, GapKind},
    schedule::Scheduler,
};
use headroom_model::{EntityRef, Kind, Owner, Plan, TeamId};
use serde::Serialize;

use crate::{
    at::At,
    entities::{entity::NamedEntity, severity::SeverityLevel},
    error::Answer,
    forecast::{days, kind_name},
    hiring::{
        timeline::HireState,
        waiting_hires::{GateCounting, WaitingHires, counted, waiting_hires},
        wanted_teams::WantedTeams,
    },
    paging::{RowQuery, matches},
    state::{AppState, asked_on},
    table::{CellThing, ColumnValue, Filters, TableLines, TableRows},
};

/// A position that helps to close a gap, or would.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HireHelp {
    pub seat: NamedEntity,
    pub team: Option<NamedEntity>,
    /// The first day on which its new hire is productive.
    pub from: NaiveDate,
    pub state: HireState,
}

/// Days from the first to before the second; without a second, until the end of the period.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OpenDays {
    pub from: NaiveDate,
    pub until: Option<NaiveDate>,
}

/// A gap that hires could close, and the positions that do.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GapCoverageRow {
    pub subject: NamedEntity,
    /// As in a forecast: `on-call`.
    pub kind: String,
    /// The type in words: `Single expert`.
    pub kind_title: String,
    pub words: String,
    pub severity: SeverityLevel,
    pub opens: Option<NaiveDate>,
    pub closes: Option<NaiveDate>,
    pub seats: Vec<HireHelp>,
    pub uncovered: Vec<OpenDays>,
    pub uncovered_days: u32,
    /// The day from which hires keep it closed.
    pub closed_from: Option<NaiveDate>,
    /// How many more people are needed.
    pub missing: u32,
    /// Caused by the hires themselves: an empty team then has one person.
    pub is_of_seats: bool,
}

/// A row of the table: a gap, or a position that closes nothing.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GapLine {
    pub gap: Option<GapCoverageRow>,
    pub idle: Option<HireHelp>,
    /// The team itself, those that are accountable for the service, or that of the position.
    pub teams: Vec<NamedEntity>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GapLines {
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub lines: TableLines<GapLine>,
    /// Of those that match: gaps that no hire closes, and gaps that hires close.
    pub open: u32,
    pub closed: u32,
    /// Hires that wait for a gate.
    pub waiting: WaitingHires,
}

/// Gaps and the hires that close them: first uncovered gaps, then covered ones, then positions that close nothing.
#[specta::specta]
pub fn gap_lines(app: &AppState, query: RowQuery, gates: GateCounting, at: At) -> Answer<GapLines> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let (from, until) = days(&view, None)?;
    let gated = counted(plan, from, gates);
    let question = ForecastParams::new(&gated.plan, from, until).asked_on(asked_on(from));
    let report = cover_gaps(&gated.plan, &question);
    let (closed, open): (Vec<&GapCoverage>, Vec<&GapCoverage>) =
        report.gaps.iter().partition(|met| met.closed_from.is_some());
    let gaps = open.into_iter().chain(closed).map(Found::Gap);
    let table = GapTable { view: &view, from, desk: CoverageDesk::new(plan, asked_on(from)) };
    let words = query.words();
    let has_words = |found: &Found<'_>| words.is_empty() || table.has_words(found, &words);
    let found: Vec<Found<'_>> = gaps.chain(report.idle.iter().map(Found::Idle)).filter(has_words).collect();
    let filters = Filters::of(&table, &query)?;
    let count = |state: GapState| {
        found.iter().filter(|row| row.state() == state && filters.have(row, "")).count() as u32
    };
    let (open, closed) = (count(GapState::Open), count(GapState::Closed));
    let waiting =
        waiting_hires(plan, &gated, &WantedTeams::new(plan, None)?, (from, until), app.pay.is_shown());
    Ok(GapLines { from, until, open, closed, waiting, lines: table.lines(found, &query)? })
}

#[derive(Clone, Copy)]
enum Found<'a> {
    Gap(&'a GapCoverage),
    Idle(&'a HireCoverage),
}

/// What planned hires do about a gap.
#[derive(Clone, Copy, PartialEq, Eq)]
enum GapState {
    Open,
    Closed,
    Idle,
}

impl Found<'_> {
    fn state(&self) -> GapState {
        match self {
            Self::Gap(met) if met.closed_from.is_some() => GapState::Closed,
            Self::Gap(_) => GapState::Open,
            Self::Idle(_) => GapState::Idle,
        }
    }
}

struct GapTable<'a> {
    view: &'a DayView,
    from: NaiveDate,
    desk: CoverageDesk<'a>,
}

impl GapTable<'_> {
    fn has_words(&self, found: &Found<'_>, words: &[String]) -> bool {
        let plan = self.view.snapshot.plan();
        let names: Vec<String> = match found {
            Found::Gap(met) => {
                let positions = met.seats.iter().map(|help| plan.name_of(help.position.into()));
                std::iter::once(plan.name_of(met.gap.subject)).chain(positions).collect()
            }
            Found::Idle(help) => vec![plan.name_of(help.position.into())],
        };
        matches(words, names.iter().map(String::as_str))
    }

    /// The team itself, or those that are accountable for the service.
    fn teams(&self, subject: EntityRef) -> Vec<TeamId> {
        let snapshot = &self.view.snapshot;
        match subject.kind {
            Kind::Team => vec![subject.id.into()],
            Kind::Service => {
                let owners = snapshot.service_ix(subject.id.into()).map(|at| snapshot.owners(at));
                let team = |owner: &Owner| match owner {
                    Owner::Team(team) => Some(*team),
                    Owner::Person(_) => None,
                };
                owners.into_iter().flatten().filter_map(team).collect()
            }
            _ => Vec::new(),
        }
    }

    fn named_teams(&self, found: &Found<'_>) -> Vec<NamedEntity> {
        let plan = self.view.snapshot.plan();
        let teams = match found {
            Found::Gap(met) => self.teams(met.gap.subject),
            Found::Idle(help) => {
                let position = plan.positions.get(help.position);
                position.and_then(|position| position.team).into_iter().collect()
            }
        };
        teams.into_iter().map(|team| NamedEntity::new(plan, team)).collect()
    }

    fn gap(&self, met: &GapCoverage, column: &str) -> ColumnValue {
        let plan = self.view.snapshot.plan();
        match column {
            "severity" => ColumnValue::severity(met.severity.into()),
            "kind" => {
                let title = kind_title(met.gap.kind);
                ColumnValue::one(Some(CellThing::ranked(0, kind_name(met.gap.kind), title)))
            }
            // What is open now opens today.
            "opens" => ColumnValue::Day(Some(met.gap.opens.unwrap_or(self.from))),
            "uncovered" => ColumnValue::count(met.uncovered_days),
            "missing" => ColumnValue::count(met.missing),
            "seats" => {
                let positions = met.seats.iter().map(|help| NamedEntity::new(plan, help.position));
                ColumnValue::entities(positions)
            }
            "closed" => ColumnValue::Day(met.closed_from),
            _ => ColumnValue::word(&format!("{} {}", plan.name_of(met.gap.subject), met.gap.kind.words())),
        }
    }

    fn idle(&self, help: &HireCoverage, column: &str) -> ColumnValue {
        match column {
            "what" => ColumnValue::word(&self.view.snapshot.plan().name_of(help.position.into())),
            _ => ColumnValue::Day(None),
        }
    }
}

impl<'a> TableRows for GapTable<'a> {
    type Row = Found<'a>;
    type Shown = GapLine;
    const COLUMNS: &'static [&'static str] =
        &["state", "severity", "what", "kind", "team", "opens", "uncovered", "missing", "seats", "closed"];

    fn value(&self, row: &Found<'a>, column: &str) -> ColumnValue {
        if column == "state" {
            let (rank, id, title) = match row.state() {
                GapState::Open => (0, "open", "Not covered by any hire"),
                GapState::Closed => (1, "closed", "Covered by planned hires"),
                GapState::Idle => (2, "idle", "Hires that close no gap"),
            };
            return ColumnValue::one(Some(CellThing::ranked(rank, id, title)));
        }
        match row {
            row if column == "team" => ColumnValue::entities(self.named_teams(row)),
            Found::Gap(met) => self.gap(met, column),
            Found::Idle(help) => self.idle(help, column),
        }
    }

    fn show(&self, row: &Found<'a>) -> GapLine {
        let teams = self.named_teams(row);
        match row {
            Found::Gap(met) => GapLine { gap: Some(self.desk.row(met)), idle: None, teams },
            Found::Idle(help) => GapLine { gap: None, idle: Some(self.desk.help(help)), teams },
        }
    }
}

/// A type of gap, to choose it.
fn kind_title(kind: GapKind) -> &'static str {
    match kind {
        GapKind::Unowned => "Unowned",
        GapKind::Nobody => "No one to support it",
        GapKind::OnePerson => "Single expert",
        GapKind::TeamEmpty => "Empty team",
        GapKind::TeamOnePerson => "One-person team",
        GapKind::OnCall => "On-call understaffed",
        GapKind::OverLoad => "Overloaded",
        GapKind::TooSmall => "Team too small",
        GapKind::Dangling => "Broken dependency",
    }
}

/// Builds rows, with the schedule of each position.
pub struct CoverageDesk<'a> {
    plan: &'a Plan,
    scheduler: Scheduler<'a>,
}

impl<'a> CoverageDesk<'a> {
    pub fn new(plan: &'a Plan, today: NaiveDate) -> Self {
        Self { plan, scheduler: Scheduler::new(plan, today) }
    }

    pub fn row(&self, met: &GapCoverage) -> GapCoverageRow {
        GapCoverageRow {
            subject: NamedEntity::new(self.plan, met.gap.subject),
            kind: kind_name(met.gap.kind),
            kind_title: kind_title(met.gap.kind).to_owned(),
            words: met.gap.kind.words().to_owned(),
            severity: met.severity.into(),
            opens: met.gap.opens,
            closes: met.gap.closes,
            seats: met.seats.iter().map(|help| self.help(help)).collect(),
            uncovered: met
                .uncovered
                .iter()
                .map(|(from, until)| OpenDays { from: *from, until: *until })
                .collect(),
            uncovered_days: met.uncovered_days,
            closed_from: met.closed_from,
            missing: met.missing,
            is_of_seats: met.is_of_positions,
        }
    }

    fn help(&self, help: &HireCoverage) -> HireHelp {
        let position = self.plan.positions.get(help.position);
        HireHelp {
            seat: NamedEntity::new(self.plan, help.position),
            team: position.and_then(|position| position.team).map(|team| NamedEntity::new(self.plan, team)),
            from: help.from,
            state: position.map_or_else(HireState::default, |position| {
                HireState::new(position, &self.scheduler.of(position))
            }),
        }
    }
}

/// The type of gap with this name.
pub fn kind_of(name: &str) -> Option<GapKind> {
    GapKind::ALL.into_iter().find(|kind| kind_name(*kind) == name)
}

/// Gaps that differ with other hires: closed, closed earlier or later, or in need of fewer people.
pub fn differences<'a>(before: &CoverageReport, after: &'a CoverageReport) -> Vec<&'a GapCoverage> {
    let outcome = |met: &GapCoverage| (met.closed_from, met.missing);
    let was = |met: &GapCoverage| {
        let same = before.gaps.iter().filter(|other| {
            (other.gap.subject, other.gap.kind, other.gap.opens)
                == (met.gap.subject, met.gap.kind, met.gap.opens)
        });
        same.map(outcome).next()
    };
    after.gaps.iter().filter(|met| was(met) != Some(outcome(met))).collect()
}
