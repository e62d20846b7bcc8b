//! Headcount and capacity by month and team.

use std::path::Path;

use chrono::NaiveDate;
use headroom_analysis::{
    Policy,
    assumptions::{Assumptions, Subject},
    capacity::{
        Capacity, HeadcountLine, Month, MonthStaffing, Months, attrition, communication_overhead,
        growth_benchmarks, headcount_lines, staffing,
    },
    load_limit,
};
use headroom_files::write_file;
use headroom_model::{Plan, Team, TeamId};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;
use specta_typescript::Number;

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::{Answer, AppError, ErrorKind},
    hiring::{
        waiting_hires::{GateCounting, WaitingHires, counted, waiting_hires},
        wanted_teams::WantedTeams,
    },
    state::AppState,
};

/// Maximum number of months.
const LONGEST: u32 = 120;

/// A month of all teams shown. In FTE, or person-months.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CapacityMonth {
    /// The first day of the month.
    pub month: NaiveDate,
    #[specta(type = Number)]
    pub headcount: f64,
    #[specta(type = Number)]
    pub capacity: f64,
    /// Capacity lost to ramp-up; the fields below lose the rest.
    #[specta(type = Number)]
    pub ramp: f64,
    #[specta(type = Number)]
    pub mentoring: f64,
    #[specta(type = Number)]
    pub interviews: f64,
    /// With departures at the attrition rate and without backfills.
    #[specta(type = Number)]
    pub expected_headcount: f64,
    #[specta(type = Number)]
    pub expected_capacity: f64,
    pub starts: u32,
    pub leaves: u32,
    pub learning: u32,
    /// How many more new hires could be mentored at once.
    #[specta(type = Number)]
    pub room: f64,
}

/// A month of one team.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TeamMonth {
    #[specta(type = Number)]
    pub headcount: f64,
    #[specta(type = Number)]
    pub capacity: f64,
    /// Points per person; none if there is nobody.
    pub load: Option<f64>,
    pub is_over_load: bool,
    /// Services that need on-call responders.
    pub critical: u32,
    pub on_call: u32,
    pub is_staffed: bool,
    pub on_call_with_hires: u32,
    pub is_staffed_with_hires: bool,
    pub learning: u32,
    #[specta(type = Number)]
    pub room: f64,
    pub lacks_mentors: bool,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TeamCapacityRow {
    pub team: NamedEntity,
    pub months: Vec<TeamMonth>,
}

/// Rules of thumb and past figures for those shown, as of the day.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RulesOfThumb {
    /// On the team itself, without sub-teams.
    pub people: u32,
    /// Pairs of people.
    #[specta(type = Number)]
    pub channels: f64,
    /// Hours per week left if every pair talks for an hour.
    #[specta(type = Number)]
    pub hours_left: f64,
    #[specta(type = Number)]
    pub hours: f64,
    /// Their capacity by W. Larson's figures.
    #[specta(type = Number)]
    pub larson: f64,
    /// Days until a new hire has repaid the cost of learning.
    #[specta(type = Number)]
    pub break_even_days: f64,
    /// Hours of interviews for one hire.
    #[specta(type = Number)]
    pub interviewer_hours: f64,
    /// Probability that all of them leave within a year; none for more than five.
    pub all_gone: Option<f64>,
    /// Per year.
    #[specta(type = Number)]
    pub attrition: f64,
    #[specta(type = Number)]
    pub attrition_a_month: f64,
    pub attrition_origin: String,
    /// Of the whole plan, in the year before the day; none without any known departure or new hire.
    pub past_rate: Option<f64>,
    pub past_classic_rate: Option<f64>,
    pub past_leavers: u32,
    /// Hires per year to reach the headcount of the last month, including backfills.
    #[specta(type = Number)]
    pub gross_hires: f64,
    /// Average number of positions vacant because of backfills.
    #[specta(type = Number)]
    pub standing_vacancies: f64,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CapacityAnswer {
    pub months: Vec<CapacityMonth>,
    /// Teams with people or services at some time, by name.
    pub teams: Vec<TeamCapacityRow>,
    /// Number of people counted by membership because they have no position.
    pub without_seat: u32,
    /// Wanted positions without a start or need-by date: not counted anywhere.
    pub undated: u32,
    /// Maximum points per person.
    #[specta(type = Number)]
    pub load_limit: f64,
    pub rules: RulesOfThumb,
    /// Hires that wait for a gate.
    pub waiting: WaitingHires,
}

/// The number of months, within limits.
pub(crate) fn checked_months(months: u32) -> Answer<usize> {
    if (1..=LONGEST).contains(&months) {
        return Ok(months as usize);
    }
    Err(AppError::new(ErrorKind::Invalid, format!("months must be between 1 and {LONGEST}")))
}

#[specta::specta]
pub fn capacity(
    app: &AppState,
    team: Option<Id>,
    months: u32,
    gates: GateCounting,
    at: At,
) -> Answer<CapacityAnswer> {
    let view = app.day(at)?;
    let (planned, day) = (view.snapshot.plan(), view.snapshot.day());
    let wanted = WantedTeams::new(planned, team)?;
    let months = Months::new(day, checked_months(months)?);
    let gated = counted(planned, day, gates);
    let period = (months.first_day(0), months.last_day(months.len() - 1));
    let waiting = waiting_hires(planned, &gated, &wanted, period, app.pay.is_shown());
    let plan = &gated.plan;
    let assumptions = Assumptions::new(plan);
    let heads = headcount_lines(plan, &assumptions);
    let staffing = staffing(plan, &assumptions, &heads, &months);
    let capacity = Capacity::new(plan, &assumptions, &heads, months, day);
    let sum = capacity.sum(|team| wanted.has(team));
    let limit = load_limit(&view.policy);
    let is_here = |head: &&HeadcountLine| wanted.has(head.team) && head.span().contains(day);
    let without_position = heads.iter().filter(is_here).filter(|head| head.position.is_none());
    let rules = rules_of_thumb(plan, &assumptions, &heads, team.map(TeamId::from), day, &sum);
    Ok(CapacityAnswer {
        months: (0..sum.len()).map(|at| month(&capacity.months, at, &sum[at])).collect(),
        teams: team_rows(plan, &capacity, &staffing, limit, &wanted),
        without_seat: without_position.filter_map(|head| head.person).collect::<FxHashSet<_>>().len() as u32,
        undated: undated(plan, &heads, &wanted),
        load_limit: f64::from(limit) / 10.0,
        rules,
        waiting,
    })
}

fn undated(plan: &Plan, heads: &[HeadcountLine], wanted: &WantedTeams) -> u32 {
    let counted: FxHashSet<_> = heads.iter().filter_map(|head| head.position).collect();
    let is_undated = |position: &&headroom_model::Position| {
        position.status.is_wanted() && !counted.contains(&position.id) && wanted.has(position.team)
    };
    plan.positions.iter().filter(is_undated).count() as u32
}

fn month(months: &Months, at: usize, row: &Month) -> CapacityMonth {
    CapacityMonth {
        month: months.first_day(at),
        headcount: row.headcount,
        capacity: row.capacity(),
        ramp: row.lost_to_ramp(),
        mentoring: row.mentoring,
        interviews: row.interviews,
        expected_headcount: row.expected_headcount,
        expected_capacity: row.expected_capacity(),
        starts: row.starts,
        leaves: row.leaves,
        learning: row.learning,
        room: row.room,
    }
}

fn team_rows(
    plan: &Plan,
    capacity: &Capacity,
    staffing: &FxHashMap<TeamId, Vec<MonthStaffing>>,
    limit: u32,
    wanted: &WantedTeams,
) -> Vec<TeamCapacityRow> {
    let count = capacity.months.len();
    let (no_months, no_staffing) = (vec![Month::default(); count], vec![MonthStaffing::default(); count]);
    let teams = plan.in_order::<Team>().into_iter();
    let shown = teams.filter(|team| !team.unconfirmed && wanted.has(Some(team.id)));
    let mut rows: Vec<TeamCapacityRow> = shown
        .filter_map(|team| {
            let months = capacity.of(Some(team.id));
            let staffing = staffing.get(&team.id);
            let has_duties = staffing.is_some_and(|rows| rows.iter().any(|row| row.load.points > 0));
            let is_there = months.is_some_and(|rows| rows.iter().any(|row| row.headcount > 0.0));
            (is_there || has_duties).then(|| {
                let months = months.unwrap_or(&no_months);
                let staffing = staffing.unwrap_or(&no_staffing);
                let months =
                    months.iter().zip(staffing).map(|(month, staff)| team_month(month, staff, limit));
                TeamCapacityRow { team: NamedEntity::new(plan, team.id), months: months.collect() }
            })
        })
        .collect();
    rows.sort_by_cached_key(|row| row.team.name.to_lowercase());
    rows
}

fn team_month(month: &Month, staff: &MonthStaffing, limit: u32) -> TeamMonth {
    let load = staff.load_per_person();
    TeamMonth {
        headcount: month.headcount,
        capacity: month.capacity(),
        load: load.filter(|_| staff.load.points > 0),
        is_over_load: load.is_some_and(|load| load * 10.0 > f64::from(limit) + 1e-9),
        critical: staff.critical,
        on_call: staff.on_call,
        is_staffed: staff.is_staffed,
        on_call_with_hires: staff.on_call_with_hires,
        is_staffed_with_hires: staff.is_staffed_with_hires,
        learning: month.learning,
        room: month.room,
        lacks_mentors: month.lacks_mentors(),
    }
}

fn rules_of_thumb(
    plan: &Plan,
    assumptions: &Assumptions<'_>,
    heads: &[HeadcountLine],
    team: Option<TeamId>,
    day: NaiveDate,
    sum: &[Month],
) -> RulesOfThumb {
    let subject = Subject { team, ..Subject::default() };
    let number = |kind| assumptions.number(kind, subject, day).as_f64();
    let on_team =
        |head: &&HeadcountLine| team.is_none_or(|team| head.team == Some(team)) && head.span().contains(day);
    let people =
        heads.iter().filter(on_team).filter_map(|head| head.person).collect::<FxHashSet<_>>().len() as u32;
    let (first, last) = (sum.first().copied().unwrap_or_default(), sum.last().copied().unwrap_or_default());
    let yearly = number("attrition");
    let years = (sum.len().saturating_sub(1) as f64 / 12.0).max(1.0 / 12.0);
    let ramp_days = number("ramp-time");
    let mentoring =
        headroom_analysis::capacity::Curve::from_fractions(&assumptions.curve("mentor-drag", subject, day));
    let ramp_months = ramp_days * 12.0 / 365.25;
    let trainer = if ramp_months > 0.0 { mentoring.until(ramp_months) / ramp_months } else { 0.0 };
    let new_hire = assumptions.curve("ramp", subject, day).last().map_or(1.0, |last| last.as_f64());
    let said = assumptions.most_specific("attrition", subject, day);
    let default = headroom_analysis::assumptions::kind("attrition").map_or("", |kind| kind.origin);
    let past = attrition::Past::year_before(plan, day);
    let is_known = past.leavers > 0 || past.at_start != past.at_end;
    let policy_growth = (last.headcount - first.headcount) / years;
    RulesOfThumb {
        people,
        channels: communication_overhead::channels(people) as f64,
        hours_left: communication_overhead::hours_left(people, 1.0, number("week")),
        hours: f64::from(people) * number("week"),
        larson: growth_benchmarks::productivity(f64::from(first.mentors), f64::from(first.learning)),
        break_even_days: communication_overhead::break_even_days(trainer, new_hire.max(0.01), ramp_days),
        interviewer_hours: growth_benchmarks::interviewer_hours(
            number("join-rate").max(0.001),
            number("interviews"),
            number("interview-hours"),
        ),
        all_gone: (1..=5).contains(&people).then(|| attrition::all_gone(yearly, people)),
        attrition: yearly,
        attrition_a_month: attrition::monthly(yearly),
        attrition_origin: said.map_or(default, |row| row.origin.as_str()).to_owned(),
        past_rate: is_known.then(|| past.exposure_rate()),
        past_classic_rate: is_known.then(|| past.classic_rate()),
        past_leavers: past.leavers,
        gross_hires: attrition::gross_hires(first.headcount, first.headcount + policy_growth, yearly)
            .max(0.0),
        standing_vacancies: attrition::standing_vacancies(
            first.headcount,
            yearly,
            number("time-to-fill") + number("notice"),
        ),
    }
}

/// Writes the months of every team shown as CSV.
#[specta::specta]
pub fn export_capacity(
    app: &AppState,
    team: Option<Id>,
    months: u32,
    gates: GateCounting,
    at: At,
    path: String,
) -> Answer<()> {
    let view = app.day(at)?;
    let day = view.snapshot.day();
    let plan = &counted(view.snapshot.plan(), day, gates).plan;
    let wanted = WantedTeams::new(plan, team)?;
    let assumptions = Assumptions::new(plan);
    let heads = headcount_lines(plan, &assumptions);
    let months = Months::new(day, checked_months(months)?);
    let staffing = staffing(plan, &assumptions, &heads, &months);
    let capacity = Capacity::new(plan, &assumptions, &heads, months, day);
    let limit = load_limit(&Policy::from_plan(plan));
    let mut text = String::from(
        "team,name,month,headcount,capacity,load_per_person,on_call_people,on_call_with_hires,on_call_staffed,learning,room\n",
    );
    for row in team_rows(plan, &capacity, &staffing, limit, &wanted) {
        for (at, month) in row.months.iter().enumerate() {
            let staffed = match month.critical {
                0 => "",
                _ if month.is_staffed => "yes",
                _ if month.is_staffed_with_hires => "with hires",
                _ => "no",
            };
            let load = month.load.map_or_else(String::new, |load| format!("{load:.2}"));
            text += &format!(
                "{},{},{},{:.3},{:.3},{load},{},{},{staffed},{},{:.1}\n",
                quoted(&row.team.key),
                quoted(&row.team.name),
                capacity.months.first_day(at).format("%Y-%m"),
                month.headcount,
                month.capacity,
                month.on_call,
                month.on_call_with_hires,
                month.learning,
                month.room,
            );
        }
    }
    Ok(write_file(Path::new(&path), text)?)
}

/// A CSV cell that no spreadsheet takes for a formula.
fn quoted(text: &str) -> String {
    let guarded = match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        _ => text.to_owned(),
    };
    match guarded.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", guarded.replace('"', "\"\"")),
        false => guarded,
    }
}
