//! Scheduling: due date, expected finish and progress of checklists.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_model::{Checklist, ChecklistId, ChecklistItem, ChecklistItemId, ItemState, Plan};
use petgraph::{algo::toposort, graph::DiGraph};
use rustc_hash::FxHashMap;

use super::{Milestones, NewHire, NewHires, ResolvedAssignee, WorkingDayCount, WorkingDays};
use crate::schedule::Calendar;

/// An item with its assignee, due date and expected finish.
#[derive(Debug, Clone)]
pub struct ScheduledItem<'a> {
    pub item: &'a ChecklistItem,
    pub who: ResolvedAssignee,
    /// The due date, set by hand or calculated; none without one.
    pub due: Option<NaiveDate>,
    /// The due date as the number of a working day.
    pub due_number: Option<i32>,
    /// The working day on which it was done or skipped. If it is open: the expected one, assuming that everyone keeps
    /// to the due dates and overdue items are done as soon as possible.
    pub finish: i32,
    /// The items that it depends on, by index, and the least lag after the finish of each in working days.
    pub after: Vec<(usize, i32)>,
}

impl ScheduledItem<'_> {
    pub fn is_over(&self) -> bool {
        self.item.state.is_over()
    }

    /// Whether it is required: neither a goal nor optional.
    pub fn is_required(&self) -> bool {
        !self.item.optional && !self.item.goal
    }

    /// Whether it is required, open and past its due date. A complete list has no overdue items.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.is_required() && self.is_past_due(today)
    }

    /// Whether it is open and past its due date, required or not.
    pub fn is_past_due(&self, today: NaiveDate) -> bool {
        !self.is_over() && self.due.is_some_and(|due| due < today)
    }
}

/// The progress of a checklist, in required items.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    pub items: usize,
    pub over: usize,
    pub overdue: usize,
    /// Blocked by someone, or by an overdue item.
    pub blocked: usize,
}

/// A checklist with its items scheduled.
pub struct ChecklistSchedule<'a> {
    pub checklist: &'a Checklist,
    pub new_hire: NewHire,
    pub today: NaiveDate,
    count: WorkingDayCount<'a>,
    /// The items, in the order of the list.
    pub items: Vec<ScheduledItem<'a>>,
}

impl<'a> ChecklistSchedule<'a> {
    /// The date of a numbered working day.
    pub fn day(&self, number: i32) -> NaiveDate {
        self.count.day(number)
    }

    /// The number of a working day; see [`WorkingDayCount::number`].
    pub fn number(&self, day: NaiveDate) -> i32 {
        self.count.number(day)
    }

    pub fn milestones(&self) -> Milestones {
        Milestones::of(self)
    }

    /// The open items that an item depends on, by index.
    pub fn waits_for(&self, at: usize) -> impl Iterator<Item = usize> {
        self.items[at].after.iter().map(|(before, _)| *before).filter(|before| !self.items[*before].is_over())
    }

    /// Whether an item is blocked: marked as such, or dependent on an item that is past its due date.
    pub fn is_blocked(&self, at: usize) -> bool {
        matches!(self.items[at].item.state, ItemState::Blocked { .. })
            || !self.items[at].is_over()
                && self.waits_for(at).any(|before| self.items[before].is_past_due(self.today))
    }

    pub fn progress(&self) -> Progress {
        let mut progress = Progress::default();
        for (at, scheduled) in self.items.iter().enumerate().filter(|(_, scheduled)| scheduled.is_required())
        {
            progress.items += 1;
            progress.over += usize::from(scheduled.is_over());
            progress.overdue += usize::from(scheduled.is_overdue(self.today));
            progress.blocked += usize::from(self.is_blocked(at));
        }
        progress
    }

    /// Whether all required items are done or skipped.
    pub fn is_complete(&self) -> bool {
        self.items.iter().all(|scheduled| scheduled.is_over() || !scheduled.is_required())
    }
}

/// Schedules checklists of a plan. It holds what they have in common: working days by location, and items by list.
pub struct ChecklistSchedules<'a> {
    plan: &'a Arc<Plan>,
    today: NaiveDate,
    items: FxHashMap<ChecklistId, Vec<&'a ChecklistItem>>,
    new_hires: FxHashMap<ChecklistId, NewHire>,
    days: FxHashMap<String, WorkingDays<'a>>,
}

impl<'a> ChecklistSchedules<'a> {
    pub fn new(plan: &'a Arc<Plan>, calendar: &'a Calendar, today: NaiveDate) -> Self {
        let all: Vec<&Checklist> = plan.checklists.iter().collect();
        Self::of(plan, calendar, today, &all)
    }

    /// Like [`ChecklistSchedules::new`], for some of the lists.
    pub fn of(
        plan: &'a Arc<Plan>,
        calendar: &'a Calendar,
        today: NaiveDate,
        lists: &[&'a Checklist],
    ) -> Self {
        let mut items: FxHashMap<ChecklistId, Vec<&ChecklistItem>> =
            lists.iter().map(|list| (list.id, Vec::new())).collect();
        for item in plan.checklist_items.iter() {
            if let Some(list) = items.get_mut(&item.checklist) {
                list.push(item);
            }
        }
        items.values_mut().for_each(|list| plan.sort(list));
        let lookup = NewHires::new(plan);
        let new_hires: FxHashMap<ChecklistId, NewHire> =
            lists.iter().map(|list| (list.id, lookup.with(list))).collect();
        let mut spans: FxHashMap<&str, (NaiveDate, NaiveDate)> = FxHashMap::default();
        for list in lists {
            let location = new_hires[&list.id].location.as_str();
            let (first, last) = spans.entry(location).or_insert((list.start, list.start));
            (*first, *last) = ((*first).min(list.start), (*last).max(list.start));
        }
        let days = spans.into_iter().map(|(location, (first, last))| {
            (location.to_owned(), WorkingDays::new(calendar, location, first, last))
        });
        Self { plan, today, items, days: days.collect(), new_hires }
    }

    /// The schedule of a list; none if it is not among those it was made for.
    pub fn course<'b>(&'b self, checklist: &'b Checklist) -> Option<ChecklistSchedule<'b>> {
        let items = self.items.get(&checklist.id)?;
        let new_hire = self.new_hires.get(&checklist.id)?.clone();
        let count = self.days.get(&new_hire.location)?.from(checklist.start);
        let items = scheduled(items, checklist, &new_hire, &count, self.today);
        Some(ChecklistSchedule { checklist, new_hire, today: self.today, count, items })
    }

    pub fn plan(&self) -> &'a Arc<Plan> {
        self.plan
    }

    pub fn today(&self) -> NaiveDate {
        self.today
    }
}

fn scheduled<'a>(
    items: &[&'a ChecklistItem],
    checklist: &Checklist,
    new_hire: &NewHire,
    count: &WorkingDayCount<'_>,
    today: NaiveDate,
) -> Vec<ScheduledItem<'a>> {
    let place: FxHashMap<ChecklistItemId, usize> =
        items.iter().enumerate().map(|(at, item)| (item.id, at)).collect();
    let mut all: Vec<ScheduledItem<'_>> = items
        .iter()
        .map(|item| ScheduledItem {
            item,
            who: ResolvedAssignee::of(&item.assignee, checklist.person, new_hire.manager, checklist.buddy),
            due: None,
            due_number: None,
            finish: 0,
            after: after(item, &place),
        })
        .collect();
    let today = count.number(today);
    for at in in_order(&all) {
        let item = all[at].item;
        let over = match &item.state {
            ItemState::Done { on, .. } | ItemState::Skipped { on, .. } => Some(count.number(*on)),
            _ => None,
        };
        let base = item.due.and_then(|due| due.after).map(|after| place.get(&after).map(|at| &all[*at]));
        let base = match base {
            None => Some(0),
            Some(Some(before)) if before.is_over() => Some(before.finish),
            Some(before) => before.and_then(|before| before.due_number),
        };
        let calculated = item.due.zip(base).map(|(due, base)| base.saturating_add(due.working_days));
        let due_number = item.due_by_hand.map(|day| count.number(day)).or(calculated);
        let begins = all[at].after.iter().map(|(before, lag)| all[*before].finish.saturating_add(*lag));
        let takes = i32::try_from(item.takes_days).unwrap_or(i32::MAX);
        let soonest = begins.chain([today.saturating_add(takes)]).max();
        let finish = over.or(soonest.max(due_number)).unwrap_or(today);
        let due = item.due_by_hand.or_else(|| due_number.map(|number| count.day(number)));
        let scheduled = &mut all[at];
        (scheduled.due, scheduled.due_number, scheduled.finish) = (due, due_number, finish);
    }
    all
}

/// The dependencies of an item with their lag: its own duration after an item that it needs, and at least the due
/// offset after the item that its due date is counted from.
fn after(item: &ChecklistItem, place: &FxHashMap<ChecklistItemId, usize>) -> Vec<(usize, i32)> {
    let takes = i32::try_from(item.takes_days).unwrap_or(i32::MAX);
    let needs = item.needs.iter().filter_map(|id| place.get(id)).map(|at| (*at, takes));
    let counted_from = item.due.and_then(|due| {
        let at = place.get(&due.after?)?;
        Some((*at, due.working_days.max(takes)))
    });
    needs.chain(counted_from).collect()
}

/// Topological order, dependencies first. The model refuses cycles; if there were one, the order is that of the list.
pub(super) fn in_order(all: &[ScheduledItem<'_>]) -> Vec<usize> {
    let mut graph: DiGraph<(), (), usize> = DiGraph::default();
    let nodes: Vec<_> = all.iter().map(|_| graph.add_node(())).collect();
    for (at, scheduled) in all.iter().enumerate() {
        for (before, _) in &scheduled.after {
            graph.add_edge(nodes[*before], nodes[at], ());
        }
    }
    match toposort(&graph, None) {
        Ok(order) => order.into_iter().map(|node| node.index()).collect(),
        Err(_) => (0..all.len()).collect(),
    }
}
