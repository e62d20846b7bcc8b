//! Coverage: which planned hires close which gaps.

use chrono::NaiveDate;
use headroom_analysis::{
    DayView,
    coverage::{CoverageReport, GapCoverage, HireCoverage, cover_gaps},
    forecast::{ForecastParams, GapKind},
    schedule::Scheduler,
};
use headroom_model::{EntityRef, Kind, Owner, Plan, TeamId};
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id, severity::SeverityLevel},
    error::Answer,
    forecast::{days, kind_name},
    hiring::timeline::HireState,
    paging::{RowQuery, matches},
    state::{AppState, asked_on},
};

#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct GapsQuery {
    pub rows: RowQuery,
    /// The last day; by default a year after the day shown.
    pub until: Option<NaiveDate>,
    pub team: Option<Id>,
    /// Only gaps of this type, such as `on-call`.
    pub kind: String,
}

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

/// A line: the heading of a part, a gap, or a position that closes nothing.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GapLine {
    /// `open`, `closed`, `idle`: the heading of that part.
    pub head: Option<String>,
    pub gap: Option<GapCoverageRow>,
    pub idle: Option<HireHelp>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GapLines {
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub total: u32,
    pub rows: Vec<GapLine>,
    /// Gaps that no hire closes, gaps that hires close, and positions that close nothing.
    pub open: u32,
    pub closed: u32,
    pub idle: u32,
    /// Number of planned hires.
    pub planned_hires: u32,
}

enum Line<'a> {
    Head(&'static str),
    Gap(&'a GapCoverage),
    Idle(&'a HireCoverage),
}

/// Gaps and the hires that close them: first uncovered gaps, then covered ones, then positions that close nothing.
#[specta::specta]
pub fn gap_lines(app: &AppState, query: GapsQuery, at: At) -> Answer<GapLines> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let (from, until) = days(&view, query.until)?;
    let meeting = cover_gaps(plan, &ForecastParams::new(plan, from, until).asked_on(asked_on(from)));
    let shown = Shown { view: &view, query: &query, words: query.rows.words() };
    let (closed, open): (Vec<&GapCoverage>, Vec<&GapCoverage>) =
        meeting.gaps.iter().filter(|met| shown.wants(met)).partition(|met| met.closed_from.is_some());
    let idle: Vec<&HireCoverage> = meeting.idle.iter().filter(|help| shown.wants_position(help)).collect();
    let lines = lines(&open, &closed, &idle);
    let desk = CoverageDesk::new(plan, asked_on(from));
    let page = query.rows.page(&lines, |line| desk.line(line));
    Ok(GapLines {
        from,
        until,
        total: page.total,
        rows: page.rows,
        open: open.len() as u32,
        closed: closed.len() as u32,
        idle: idle.len() as u32,
        planned_hires: meeting.hires.len() as u32,
    })
}

fn lines<'a>(
    open: &[&'a GapCoverage],
    closed: &[&'a GapCoverage],
    idle: &[&'a HireCoverage],
) -> Vec<Line<'a>> {
    let gaps = |head, gaps: &[&'a GapCoverage]| {
        let head = (!gaps.is_empty()).then_some(Line::Head(head));
        head.into_iter().chain(gaps.iter().map(|gap| Line::Gap(gap)).collect::<Vec<_>>())
    };
    let mut lines: Vec<Line<'a>> = gaps("open", open).chain(gaps("closed", closed)).collect();
    if !idle.is_empty() {
        lines.push(Line::Head("idle"));
        lines.extend(idle.iter().map(|help| Line::Idle(help)));
    }
    lines
}

struct Shown<'a> {
    view: &'a DayView,
    query: &'a GapsQuery,
    words: Vec<String>,
}

impl Shown<'_> {
    fn wants(&self, met: &GapCoverage) -> bool {
        let plan = self.view.snapshot.plan();
        (self.query.kind.is_empty() || kind_name(met.gap.kind) == self.query.kind)
            && self.query.team.is_none_or(|team| is_of(self.view, met.gap.subject, TeamId::from(team)))
            && (self.words.is_empty() || {
                let seats = met.seats.iter().map(|help| plan.name_of(help.position.into()));
                let names: Vec<String> =
                    std::iter::once(plan.name_of(met.gap.subject)).chain(seats).collect();
                matches(&self.words, names.iter().map(String::as_str))
            })
    }

    fn wants_position(&self, help: &HireCoverage) -> bool {
        let plan = self.view.snapshot.plan();
        let team = plan.positions.get(help.position).and_then(|position| position.team);
        self.query.kind.is_empty()
            && self.query.team.is_none_or(|wanted| team == Some(TeamId::from(wanted)))
            && matches(&self.words, [plan.name_of(help.position.into()).as_str()])
    }
}

/// Of the team itself, or of a service it is accountable for.
fn is_of(view: &DayView, subject: EntityRef, team: TeamId) -> bool {
    let owners = || {
        let at = view.snapshot.service_ix(subject.id.into());
        at.is_some_and(|at| view.snapshot.owners(at).contains(&Owner::Team(team)))
    };
    subject == team.into() || subject.kind == Kind::Service && owners()
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

    fn line(&self, line: &Line<'_>) -> GapLine {
        let none = GapLine { head: None, gap: None, idle: None };
        match line {
            Line::Head(head) => GapLine { head: Some((*head).to_owned()), ..none },
            Line::Gap(met) => GapLine { gap: Some(self.row(met)), ..none },
            Line::Idle(help) => GapLine { idle: Some(self.help(help)), ..none },
        }
    }

    pub fn row(&self, met: &GapCoverage) -> GapCoverageRow {
        GapCoverageRow {
            subject: NamedEntity::new(self.plan, met.gap.subject),
            kind: kind_name(met.gap.kind),
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
