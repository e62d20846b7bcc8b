//! The forecast: gaps that open and close, and what-if departures.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{Months, NaiveDate};
use headroom_analysis::{
    DayView,
    coverage::{gap_kind_spec, hires},
    forecast::{ForecastParams, Gap, GapKind, forecast},
    what_if::{DepartureComparison, WhatIf, departures, horizon},
};
use headroom_model::{EntityRef, Kind, PersonId, Plan, TeamId};
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id, severity::SeverityLevel},
    error::{Answer, AppError, ErrorKind},
    paging::{matches, search_words},
    state::{AppState, asked_on},
    use_case::{UseCase, use_cases},
};

pub(crate) const USE_CASES: &[UseCase] = use_cases! { forecast_gaps, time_marks };

/// A what-if departure.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DepartureChoice {
    pub person: Id,
    /// By default the planned one, otherwise 90 days ahead.
    pub last_day: Option<NaiveDate>,
}

#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct ForecastQuery {
    /// Last day of the forecast; by default a year after the day shown, or after the last departure if that is later.
    pub until: Option<NaiveDate>,
    pub leavers: Vec<DepartureChoice>,
    /// Only gaps that would not exist, or not as long, without these departures.
    pub is_only_theirs: bool,
    /// Only gaps of this service, or of this team and its services.
    pub service: Option<Id>,
    pub team: Option<Id>,
    /// Only gaps of this type, such as `on-call`.
    pub kind: String,
    pub text: String,
}

/// A what-if departure, with the planned one.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DepartureAnswer {
    pub person: NamedEntity,
    pub last_day: NaiveDate,
    /// The planned last day.
    pub planned: Option<NaiveDate>,
}

/// A gap in a list.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GapRow {
    pub subject: NamedEntity,
    /// `unowned`, `nobody`, `one-person`, `dangling`, `team-empty`, `team-one-person`, `on-call`, `over-load`,
    /// `too-small`.
    pub kind: String,
    /// The end of a sentence about the subject.
    pub words: String,
    /// None if it is open on the day shown.
    pub opens: Option<NaiveDate>,
    /// The first day on which it is closed.
    pub closes: Option<NaiveDate>,
    pub because: Vec<NamedEntity>,
    pub people: Vec<NamedEntity>,
    pub tier: Option<u8>,
    /// Number of services that depend on the subject, directly or not.
    pub dependents: u32,
    pub severity: SeverityLevel,
    /// What the departures do to it: `new`, `30 days earlier`, `in the plan`; or empty.
    pub mark: String,
    /// Not in the plan, or not as long.
    pub is_added: bool,
    /// Whether a hire could close it.
    pub takes_people: bool,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ForecastAnswer {
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// Gaps that open in the period, by day; at most 500.
    pub gaps: Vec<GapRow>,
    pub total: u32,
    /// Number of gaps open on the first day.
    pub open: u32,
    /// The what-if departures.
    pub leavers: Vec<DepartureAnswer>,
    /// What the plan already loses by these departures, and what the dates add; empty without departures.
    pub said: Vec<String>,
    /// Nothing depends on them in this period.
    pub is_all_clear: bool,
    /// Number of planned hires, whether included or not.
    pub planned_hires: u32,
}

const LISTED: usize = 500;

#[specta::specta]
pub fn forecast_gaps(app: &AppState, query: ForecastQuery, at: At) -> Answer<ForecastAnswer> {
    let view = app.day(at)?;
    let plan = view.snapshot.plan();
    let asked = query.leavers.iter().map(|leaver| (PersonId::from(leaver.person), leaver.last_day));
    let departures = departures(plan, view.snapshot.day(), asked);
    let until = query.until.unwrap_or_else(|| horizon(view.snapshot.day(), &departures));
    let (from, until) = days(&view, Some(until))?;
    let question = ForecastParams::new(plan, from, until).asked_on(asked_on(from));
    if departures.is_empty() {
        let planned_hires = hires(plan, &question).len() as u32;
        let gaps = gaps_of(plan, question, at);
        return Ok(ForecastAnswer { planned_hires, ..answer(&view, &query, (from, until), &gaps, None) });
    }
    let what_if = WhatIf::new(plan, &question, &departures, at.planned_hires)?;
    let compared = DepartureComparison::new(&question, &departures, &what_if);
    let leavers = departures.iter().map(|departure| DepartureAnswer {
        person: NamedEntity::new(plan, departure.person),
        last_day: departure.last_day,
        planned: compared.planned_day(departure.person),
    });
    Ok(ForecastAnswer {
        leavers: leavers.collect(),
        said: compared.sentences(),
        is_all_clear: compared.against_staying.is_empty(),
        planned_hires: what_if.departed.hires.len() as u32,
        ..answer(&view, &query, (from, until), &what_if.departed.gaps, Some(&compared))
    })
}

/// The gaps that match the query.
fn answer(
    view: &DayView,
    query: &ForecastQuery,
    (from, until): (NaiveDate, NaiveDate),
    gaps: &[Gap],
    compared: Option<&DepartureComparison<'_>>,
) -> ForecastAnswer {
    let plan = view.snapshot.plan();
    let is_theirs = |gap: &Gap| compared.is_some_and(|it| it.against_staying.of(gap).is_some());
    let words = search_words(&query.text);
    let is_wanted = |gap: &&Gap| {
        (gap.opens.is_some() || is_theirs(gap))
            && (!query.is_only_theirs || is_theirs(gap))
            && (query.kind.is_empty() || kind_name(gap.kind) == query.kind)
            && is_about(view, gap, query)
            && matches(&words, sought(plan, gap, &words).iter().map(String::as_str))
    };
    let wanted: Vec<&Gap> = gaps.iter().filter(is_wanted).collect();
    ForecastAnswer {
        from,
        until,
        gaps: wanted.iter().take(LISTED).map(|gap| row(view, gap, compared)).collect(),
        total: wanted.len() as u32,
        open: gaps.iter().filter(|gap| gap.opens.is_none()).count() as u32,
        leavers: Vec::new(),
        said: Vec::new(),
        is_all_clear: false,
        planned_hires: 0,
    }
}

/// The gaps of the plan, with or without planned hires.
pub(crate) fn gaps_of(plan: &Plan, question: ForecastParams<'_>, at: At) -> Vec<Gap> {
    let seats = if at.planned_hires { hires(plan, &question) } else { Vec::new() };
    forecast(plan, &question.with(&seats))
}

pub(super) fn days(view: &DayView, until: Option<NaiveDate>) -> Answer<(NaiveDate, NaiveDate)> {
    let from = view.snapshot.day();
    let until = until.unwrap_or_else(|| from.checked_add_months(Months::new(12)).unwrap_or(from));
    if until < from {
        let date = |day: NaiveDate| headroom_model::wording::date(day);
        let message = format!("end date {} is before the as-of date {}", date(until), date(from));
        return Err(AppError::new(ErrorKind::Invalid, message));
    }
    Ok((from, until))
}

/// As in JSON.
pub(super) fn kind_name(kind: GapKind) -> String {
    serde_json::to_value(kind).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The names that a filter searches; empty if there is no filter.
fn sought(plan: &Plan, gap: &Gap, words: &[String]) -> Vec<String> {
    if words.is_empty() {
        return Vec::new();
    }
    std::iter::once(gap.subject)
        .chain(gap.because.iter().copied())
        .map(|entity| plan.name_of(entity))
        .collect()
}

fn is_about(view: &DayView, gap: &Gap, query: &ForecastQuery) -> bool {
    let subject = gap.subject;
    if let Some(service) = query.service {
        return subject == EntityRef { kind: Kind::Service, id: service.0 };
    }
    let Some(team) = query.team else { return true };
    if subject == EntityRef::from(TeamId::from(team)) {
        return true;
    }
    let owners = view.snapshot.service_ix(subject.id.into()).map(|at| view.snapshot.owners(at));
    subject.kind == Kind::Service
        && owners.is_some_and(|owners| owners.contains(&headroom_model::Owner::Team(TeamId::from(team))))
}

pub(crate) fn row(view: &DayView, gap: &Gap, compared: Option<&DepartureComparison<'_>>) -> GapRow {
    let (snapshot, plan) = (&view.snapshot, view.snapshot.plan());
    let (tier, dependents) = match gap.subject.kind {
        Kind::Service => {
            let at = snapshot.service_ix(gap.subject.id.into());
            let tier = plan.services.get(gap.subject.id.into()).and_then(|service| service.tier);
            (tier, at.map_or(0, |at| view.facts.dependents(at)))
        }
        _ => {
            let held = snapshot.team_ix(gap.subject.id.into()).into_iter();
            let services = held
                .flat_map(|at| snapshot.held_by_team(at))
                .filter(|row| row.is_accountable())
                .filter_map(|row| snapshot.service_ix(row.service));
            (None, services.map(|at| view.facts.dependents(at)).max().unwrap_or(0))
        }
    };
    GapRow {
        subject: NamedEntity::new(plan, gap.subject),
        kind: kind_name(gap.kind),
        words: gap.kind.words().to_owned(),
        opens: gap.opens,
        closes: gap.closes,
        because: gap.because.iter().map(|cause| NamedEntity::new(plan, *cause)).collect(),
        people: gap.people.iter().map(|person| NamedEntity::new(plan, *person)).collect(),
        tier,
        dependents,
        severity: gap.severity.into(),
        mark: compared.and_then(|it| it.mark(gap)).unwrap_or_default(),
        is_added: compared.is_some_and(|it| it.against_plan.of(gap).is_some()),
        takes_people: gap_kind_spec(gap.kind).is_some(),
    }
}

/// A day on the timeline on which gaps open or close.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TimeMark {
    pub day: NaiveDate,
    pub opens: u32,
    pub closes: u32,
    /// The first of them in words: `Checkout has a single expert`.
    pub opened: Vec<String>,
    pub closed: Vec<String>,
}

/// Number of gaps named per mark.
const NAMED: usize = 3;

impl TimeMark {
    fn add(&mut self, plan: &Plan, gap: &Gap, is_opening: bool) {
        let (count, named) = match is_opening {
            true => (&mut self.opens, &mut self.opened),
            false => (&mut self.closes, &mut self.closed),
        };
        *count += 1;
        if named.len() < NAMED {
            named.push(format!("{} {}", plan.name_of(gap.subject), gap.kind.words()));
        }
    }
}

/// Days of the period on which gaps open or close, as seen from a point.
#[specta::specta]
pub fn time_marks(app: &AppState, from: NaiveDate, until: NaiveDate, at: At) -> Answer<Vec<TimeMark>> {
    let plan: Arc<Plan> = app.plan()?;
    let mut marks: BTreeMap<NaiveDate, TimeMark> = BTreeMap::new();
    let mut mark = |day: NaiveDate, gap: &Gap, is_opening: bool| {
        let none = TimeMark { day, opens: 0, closes: 0, opened: Vec::new(), closed: Vec::new() };
        marks.entry(day).or_insert(none).add(&plan, gap, is_opening);
    };
    let question = ForecastParams::new(&plan, from, until).asked_on(asked_on(at.shown_day()));
    for gap in gaps_of(&plan, question, at) {
        gap.opens.into_iter().for_each(|day| mark(day, &gap, true));
        gap.closes.into_iter().for_each(|day| mark(day, &gap, false));
    }
    Ok(marks.into_values().collect())
}
