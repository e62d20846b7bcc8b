//! All checklists as lines of a timeline: progress, and what delays them.

use std::cmp::Ordering;

use chrono::NaiveDate;
use headroom_analysis::{
    onboarding::{ChecklistSchedule, ChecklistSchedules, Milestone, Milestones, Progress},
    schedule::Calendar,
};
use headroom_model::{Checklist, Entity, ItemState, Plan};
use serde::{Deserialize, Serialize};

use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id},
    error::Answer,
    paging::{RowQuery, by_text, matches},
    state::AppState,
};

#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct NewHireQuery {
    pub rows: RowQuery,
    /// Only this team, without sub-teams.
    pub team: Option<Id>,
    /// A [`ChecklistStatus`], or `running` for all that are neither in the future nor complete; empty for all.
    pub state: String,
}

/// When a milestone is reached.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ReachedDay {
    pub on: NaiveDate,
    pub is_reached: bool,
    /// Working days after the first day.
    pub late_days: u32,
}

impl ReachedDay {
    pub fn of(milestone: &Milestone) -> Self {
        let late_days = u32::try_from(milestone.number).unwrap_or(0);
        Self { on: milestone.on, is_reached: milestone.is_reached, late_days }
    }
}

#[derive(Debug, Clone, Copy, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Done {
    /// Tasks, without goals and optional items.
    pub items: u32,
    pub over: u32,
    pub overdue: u32,
    pub blocked: u32,
}

impl From<Progress> for Done {
    fn from(progress: Progress) -> Self {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Self {
            items: count(progress.items),
            over: count(progress.over),
            overdue: count(progress.overdue),
            blocked: count(progress.blocked),
        }
    }
}

/// Status of a checklist on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum ChecklistStatus {
    /// The first day comes before everything it depends on is done.
    NotReady,
    Overdue,
    Blocked,
    OnTrack,
    /// The start is in the future, and nothing is overdue.
    ToCome,
    Complete,
}

impl ChecklistStatus {
    fn word(self) -> &'static str {
        match self {
            ChecklistStatus::NotReady => "not-ready",
            ChecklistStatus::Overdue => "overdue",
            ChecklistStatus::Blocked => "blocked",
            ChecklistStatus::OnTrack => "on-track",
            ChecklistStatus::ToCome => "to-come",
            ChecklistStatus::Complete => "complete",
        }
    }

    fn of(course: &ChecklistSchedule<'_>, milestones: &Milestones, progress: &Progress) -> Self {
        let is_late = |milestone: &Milestone| milestone.number > 0 && !milestone.is_reached;
        match () {
            () if course.is_complete() => ChecklistStatus::Complete,
            () if milestones.day_one.as_ref().is_some_and(is_late) => ChecklistStatus::NotReady,
            () if progress.overdue > 0 => ChecklistStatus::Overdue,
            () if progress.blocked > 0 => ChecklistStatus::Blocked,
            () if course.checklist.start > course.today => ChecklistStatus::ToCome,
            () => ChecklistStatus::OnTrack,
        }
    }
}

/// Who to ask about which items.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OverdueCount {
    pub item: Id,
    pub who: String,
    pub title: String,
    pub due: Option<NaiveDate>,
}

impl OverdueCount {
    pub fn of(plan: &Plan, course: &ChecklistSchedule<'_>, at: usize) -> Self {
        let placed = &course.items[at];
        Self {
            item: placed.item.id.into(),
            who: placed.who.name(plan),
            title: placed.item.title.clone(),
            due: placed.due,
        }
    }
}

/// Items due on a day.
#[derive(Debug, Clone, Copy, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DueMark {
    pub day: NaiveDate,
    pub over: u32,
    pub open: u32,
    pub overdue: u32,
}

/// A checklist as a line.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct NewHireLine {
    pub checklist: Id,
    pub person: NamedEntity,
    /// `join`, `move`, `take-over`, `leave`.
    pub occasion: String,
    pub team: Option<NamedEntity>,
    pub manager: Option<NamedEntity>,
    pub buddy: Option<NamedEntity>,
    pub start: NaiveDate,
    /// The range of dates of its marks.
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub day_one: Option<ReachedDay>,
    pub productive: Option<ReachedDay>,
    pub done: Done,
    pub standing: ChecklistStatus,
    pub chase: Option<OverdueCount>,
    pub dues: Vec<DueMark>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct NewHireLines {
    pub total: u32,
    pub rows: Vec<NewHireLine>,
    /// Total number of checklists, and their number by status.
    pub all: u32,
    pub running: u32,
    pub not_ready: u32,
    pub overdue: u32,
    pub to_come: u32,
    pub complete: u32,
    /// The range of dates of all bars.
    pub from: NaiveDate,
    pub until: NaiveDate,
}

struct Line<'a> {
    course: ChecklistSchedule<'a>,
    milestones: Milestones,
    progress: Progress,
    standing: ChecklistStatus,
}

impl<'a> Line<'a> {
    fn new(course: ChecklistSchedule<'a>) -> Self {
        let (milestones, progress) = (course.milestones(), course.progress());
        let standing = ChecklistStatus::of(&course, &milestones, &progress);
        Self { course, milestones, progress, standing }
    }

    fn is_running(&self) -> bool {
        self.standing != ChecklistStatus::Complete && self.standing != ChecklistStatus::ToCome
    }

    fn days(&self) -> (NaiveDate, NaiveDate) {
        let start = self.course.checklist.start;
        let dues = self.course.items.iter().filter_map(|placed| placed.due);
        let reached = [&self.milestones.day_one, &self.milestones.productive].into_iter().flatten();
        let days = dues.chain(reached.map(|milestone| milestone.on));
        days.fold((start, start), |(from, until), day| (from.min(day), until.max(day)))
    }

    fn show(&self, plan: &Plan) -> NewHireLine {
        let (course, (from, until)) = (&self.course, self.days());
        let named =
            |person: Option<headroom_model::PersonId>| person.map(|person| NamedEntity::new(plan, person));
        NewHireLine {
            checklist: course.checklist.id.into(),
            person: NamedEntity::new(plan, course.checklist.person),
            occasion: course.checklist.occasion.word().to_owned(),
            team: course.new_hire.team.map(|team| NamedEntity::new(plan, team)),
            manager: named(course.new_hire.manager),
            buddy: named(course.checklist.buddy),
            start: course.checklist.start,
            from,
            until,
            day_one: self.milestones.day_one.as_ref().map(ReachedDay::of),
            productive: self.milestones.productive.as_ref().map(ReachedDay::of),
            done: self.progress.into(),
            standing: self.standing,
            chase: chase(plan, course, &self.milestones),
            dues: dues(course),
        }
    }
}

/// Who delays the first day, or else the checklist: the assignee of the first open item on the critical path, of the
/// longest overdue item, or of a blocked one.
fn chase(plan: &Plan, course: &ChecklistSchedule<'_>, milestones: &Milestones) -> Option<OverdueCount> {
    let holds_up = |milestone: &Milestone| {
        milestone.path.first().copied().filter(|_| milestone.number > 0 && !milestone.is_reached)
    };
    let items = || 0..course.items.len();
    let overdue = || {
        let late = items().filter(|at| course.items[*at].is_overdue(course.today));
        late.min_by_key(|at| course.items[*at].due)
    };
    let blocked = || items().find(|at| matches!(course.items[*at].item.state, ItemState::Blocked { .. }));
    let at = milestones.day_one.as_ref().and_then(holds_up).or_else(overdue).or_else(blocked)?;
    Some(OverdueCount::of(plan, course, at))
}

fn dues(course: &ChecklistSchedule<'_>) -> Vec<DueMark> {
    let mut marks: Vec<DueMark> = Vec::new();
    let mut items: Vec<_> = course.items.iter().filter_map(|placed| Some((placed.due?, placed))).collect();
    items.sort_by_key(|(day, _)| *day);
    for (day, placed) in items {
        if marks.last().is_none_or(|mark| mark.day != day) {
            marks.push(DueMark { day, over: 0, open: 0, overdue: 0 });
        }
        if let Some(mark) = marks.last_mut() {
            match () {
                () if placed.is_over() => mark.over += 1,
                () if placed.is_overdue(course.today) => mark.overdue += 1,
                () => mark.open += 1,
            }
        }
    }
    marks
}

/// A checklist as a line.
pub fn line(plan: &Plan, course: ChecklistSchedule<'_>) -> NewHireLine {
    Line::new(course).show(plan)
}

/// Every checklist as of the day, by default today.
#[specta::specta]
pub fn new_hire_lines(app: &AppState, query: NewHireQuery, at: At) -> Answer<NewHireLines> {
    let plan = app.plan()?;
    let (calendar, today) = (Calendar::new(&plan), at.shown_day());
    let courses = ChecklistSchedules::new(&plan, &calendar, today);
    let mut lines: Vec<Line<'_>> = plan
        .in_order::<Checklist>()
        .into_iter()
        .filter_map(|list| courses.course(list))
        .map(Line::new)
        .collect();
    let count = |is_it: &dyn Fn(&Line<'_>) -> bool| lines.iter().filter(|line| is_it(line)).count() as u32;
    let is = |standing| move |line: &Line<'_>| line.standing == standing;
    let mut found = NewHireLines {
        total: 0,
        rows: Vec::new(),
        all: count(&|_| true),
        running: count(&|line| line.is_running()),
        not_ready: count(&is(ChecklistStatus::NotReady)),
        overdue: count(&is(ChecklistStatus::Overdue)),
        to_come: count(&is(ChecklistStatus::ToCome)),
        complete: count(&is(ChecklistStatus::Complete)),
        from: today,
        until: today,
    };
    for (from, until) in lines.iter().map(Line::days) {
        (found.from, found.until) = (found.from.min(from), found.until.max(until));
    }
    let words = query.rows.words();
    lines.retain(|line| is_wanted(&plan, &query, &words, line));
    lines.sort_by(|a, b| order(&plan, &query.rows, a, b));
    let page = query.rows.page(&lines, |line| line.show(&plan));
    Ok(NewHireLines { total: page.total, rows: page.rows, ..found })
}

fn is_wanted(plan: &Plan, query: &NewHireQuery, words: &[String], line: &Line<'_>) -> bool {
    let new_hire = &line.course.new_hire;
    let is_so = match query.state.as_str() {
        "" => true,
        "running" => line.is_running(),
        state => line.standing.word() == state,
    };
    let name =
        |id: Option<headroom_model::PersonId>| id.map(|id| plan.name_of(id.into())).unwrap_or_default();
    is_so
        && query.team.is_none_or(|team| new_hire.team.is_some_and(|own| Id::from(own) == team))
        && (words.is_empty()
            || matches(
                words,
                [
                    name(Some(new_hire.person)).as_str(),
                    &name(new_hire.manager),
                    &name(line.course.checklist.buddy),
                    &new_hire.team.map(|team| plan.name_of(team.into())).unwrap_or_default(),
                    new_hire.occasion.doing(),
                ],
            ))
}

/// By start by default, latest first.
fn order(plan: &Plan, query: &RowQuery, a: &Line<'_>, b: &Line<'_>) -> Ordering {
    let name = |line: &Line<'_>| plan.name_of(line.course.checklist.person.into());
    let in_order = || a.course.checklist.compare(b.course.checklist, plan);
    let by_name = || by_text(&name(a), &name(b)).then_with(in_order);
    let start = |line: &Line<'_>| line.course.checklist.start;
    let share = |line: &Line<'_>| (line.progress.over * 1000) / line.progress.items.max(1);
    let order = match query.sort.as_str() {
        "name" => by_name(),
        "standing" => a.standing.cmp(&b.standing).then_with(|| start(a).cmp(&start(b))),
        "progress" => share(a).cmp(&share(b)),
        _ => start(a).cmp(&start(b)),
    };
    query.directed(order).then_with(by_name)
}
