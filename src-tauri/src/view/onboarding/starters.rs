//! Everybody who follows a checklist, as lines of a timeline: how far they are, and what holds them up.

use std::cmp::Ordering;

use chrono::NaiveDate;
use headroom_analysis::{
    onboarding::{Course, Courses, Milestone, Milestones, Progress},
    schedule::Calendar,
};
use headroom_model::{ItemState, Plan};
use serde::{Deserialize, Serialize};
use tauri::State;

use crate::{
    error::Answer,
    state::{App, today},
    view::{
        Named,
        rows::{RowQuery, by_text, matches},
    },
};

#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct StarterQuery {
    pub rows: RowQuery,
    /// Only of this team, without those below it.
    pub team: Option<u32>,
    /// A [`Standing`], or `running` for all that are neither to come nor complete; empty for all.
    pub state: String,
}

/// When something is reached.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Reach {
    pub on: NaiveDate,
    pub is_reached: bool,
    /// Working days after the first one.
    pub late_days: u32,
}

impl Reach {
    pub fn of(milestone: &Milestone) -> Self {
        let late_days = u32::try_from(milestone.number).unwrap_or(0);
        Self { on: milestone.on, is_reached: milestone.is_reached, late_days }
    }
}

#[derive(Debug, Clone, Copy, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Done {
    /// What has to be done, without goals and what is optional.
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

/// How a checklist stands on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, specta::Type)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// The first day comes before everything that it needs is done.
    NotReady,
    Overdue,
    Blocked,
    OnTrack,
    /// The start is still to come, and nothing is late.
    ToCome,
    Complete,
}

impl Standing {
    fn word(self) -> &'static str {
        match self {
            Standing::NotReady => "not-ready",
            Standing::Overdue => "overdue",
            Standing::Blocked => "blocked",
            Standing::OnTrack => "on-track",
            Standing::ToCome => "to-come",
            Standing::Complete => "complete",
        }
    }

    fn of(course: &Course<'_>, milestones: &Milestones, progress: &Progress) -> Self {
        let is_late = |milestone: &Milestone| milestone.number > 0 && !milestone.is_reached;
        match () {
            () if course.is_complete() => Standing::Complete,
            () if milestones.day_one.as_ref().is_some_and(is_late) => Standing::NotReady,
            () if progress.overdue > 0 => Standing::Overdue,
            () if progress.blocked > 0 => Standing::Blocked,
            () if course.checklist.start > course.today => Standing::ToCome,
            () => Standing::OnTrack,
        }
    }
}

/// Whom to ask about what.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Chase {
    pub item: u32,
    pub who: String,
    pub title: String,
    pub due: Option<NaiveDate>,
}

impl Chase {
    pub fn of(plan: &Plan, course: &Course<'_>, at: usize) -> Self {
        let placed = &course.items[at];
        Self {
            item: placed.item.id.0,
            who: placed.who.name(plan),
            title: placed.item.title.clone(),
            due: placed.due,
        }
    }
}

/// What is due on a day.
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
pub struct StarterLine {
    pub checklist: u32,
    pub person: Named,
    /// `join`, `move`, `take-over`, `leave`.
    pub occasion: String,
    pub team: Option<Named>,
    pub manager: Option<Named>,
    pub buddy: Option<Named>,
    pub start: NaiveDate,
    /// The days that its marks lie in.
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub day_one: Option<Reach>,
    pub productive: Option<Reach>,
    pub done: Done,
    pub standing: Standing,
    pub chase: Option<Chase>,
    pub dues: Vec<DueMark>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StarterLines {
    pub total: u32,
    pub rows: Vec<StarterLine>,
    /// All lists of the plan, and how many of them are how.
    pub all: u32,
    pub running: u32,
    pub not_ready: u32,
    pub overdue: u32,
    pub to_come: u32,
    pub complete: u32,
    /// The days that all bars lie in.
    pub from: NaiveDate,
    pub until: NaiveDate,
}

struct Line<'a> {
    course: Course<'a>,
    milestones: Milestones,
    progress: Progress,
    standing: Standing,
}

impl<'a> Line<'a> {
    fn new(course: Course<'a>) -> Self {
        let (milestones, progress) = (course.milestones(), course.progress());
        let standing = Standing::of(&course, &milestones, &progress);
        Self { course, milestones, progress, standing }
    }

    fn is_running(&self) -> bool {
        self.standing != Standing::Complete && self.standing != Standing::ToCome
    }

    fn days(&self) -> (NaiveDate, NaiveDate) {
        let start = self.course.checklist.start;
        let dues = self.course.items.iter().filter_map(|placed| placed.due);
        let reached = [&self.milestones.day_one, &self.milestones.productive].into_iter().flatten();
        let days = dues.chain(reached.map(|milestone| milestone.on));
        days.fold((start, start), |(from, until), day| (from.min(day), until.max(day)))
    }

    fn show(&self, plan: &Plan) -> StarterLine {
        let (course, (from, until)) = (&self.course, self.days());
        let named = |person: Option<headroom_model::PersonId>| person.map(|person| Named::new(plan, person));
        StarterLine {
            checklist: course.checklist.id.0,
            person: Named::new(plan, course.checklist.person),
            occasion: course.checklist.occasion.word().to_owned(),
            team: course.newcomer.team.map(|team| Named::new(plan, team)),
            manager: named(course.newcomer.manager),
            buddy: named(course.checklist.buddy),
            start: course.checklist.start,
            from,
            until,
            day_one: self.milestones.day_one.as_ref().map(Reach::of),
            productive: self.milestones.productive.as_ref().map(Reach::of),
            done: self.progress.into(),
            standing: self.standing,
            chase: chase(plan, course, &self.milestones),
            dues: dues(course),
        }
    }
}

/// Whoever holds up the first day, else the list: the first open item of what decides it, the one that is late for
/// longest, or the one that somebody says is blocked.
fn chase(plan: &Plan, course: &Course<'_>, milestones: &Milestones) -> Option<Chase> {
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
    Some(Chase::of(plan, course, at))
}

fn dues(course: &Course<'_>) -> Vec<DueMark> {
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

/// One checklist as a line.
pub fn line(plan: &Plan, course: Course<'_>) -> StarterLine {
    Line::new(course).show(plan)
}

/// Every checklist of the plan as it stands on the day, today when none is given.
#[tauri::command(async)]
#[specta::specta]
pub fn starter_lines(
    app: State<'_, App>,
    query: StarterQuery,
    day: Option<NaiveDate>,
) -> Answer<StarterLines> {
    let plan = app.plan()?;
    let (calendar, today) = (Calendar::new(&plan), day.unwrap_or_else(today));
    let courses = Courses::new(&plan, &calendar, today);
    let mut lines: Vec<Line<'_>> =
        plan.checklists.iter().filter_map(|list| courses.course(list)).map(Line::new).collect();
    let count = |is_it: &dyn Fn(&Line<'_>) -> bool| lines.iter().filter(|line| is_it(line)).count() as u32;
    let is = |standing| move |line: &Line<'_>| line.standing == standing;
    let mut found = StarterLines {
        total: 0,
        rows: Vec::new(),
        all: count(&|_| true),
        running: count(&|line| line.is_running()),
        not_ready: count(&is(Standing::NotReady)),
        overdue: count(&is(Standing::Overdue)),
        to_come: count(&is(Standing::ToCome)),
        complete: count(&is(Standing::Complete)),
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
    Ok(StarterLines { total: page.total, rows: page.rows, ..found })
}

fn is_wanted(plan: &Plan, query: &StarterQuery, words: &[String], line: &Line<'_>) -> bool {
    let newcomer = &line.course.newcomer;
    let is_so = match query.state.as_str() {
        "" => true,
        "running" => line.is_running(),
        state => line.standing.word() == state,
    };
    let name =
        |id: Option<headroom_model::PersonId>| id.map(|id| plan.name_of(id.into())).unwrap_or_default();
    is_so
        && query.team.is_none_or(|team| newcomer.team.is_some_and(|own| own.0 == team))
        && (words.is_empty()
            || matches(
                words,
                [
                    name(Some(newcomer.person)).as_str(),
                    &name(newcomer.manager),
                    &name(line.course.checklist.buddy),
                    &newcomer.team.map(|team| plan.name_of(team.into())).unwrap_or_default(),
                    newcomer.occasion.doing(),
                ],
            ))
}

/// By start at first: who comes last stands above, as one plans ahead.
fn order(plan: &Plan, query: &RowQuery, a: &Line<'_>, b: &Line<'_>) -> Ordering {
    let name = |line: &Line<'_>| plan.name_of(line.course.checklist.person.into());
    let by_name =
        || by_text(&name(a), &name(b)).then_with(|| a.course.checklist.id.cmp(&b.course.checklist.id));
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
