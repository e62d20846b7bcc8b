//! Moving the start of a checklist together with what begins or ends in the plan on that day.

use chrono::NaiveDate;
use headroom_model::{
    Assignment, Checklist, Draft, EntityRef, LifecycleEvent, Membership, Owner, Ownership, Person, PersonId,
    Plan, Position,
};

/// Moves what begins or ends on the day of a checklist to another day: employment, memberships and assignments of the
/// person, or the ownership of the service they take over. What ended the day before, so that this could begin, is
/// moved with it; what has another day is not. Returns what was moved.
pub fn move_along(draft: &mut Draft<'_>, plan: &Plan, list: &Checklist, to: NaiveDate) -> Vec<EntityRef> {
    let days = Days { is: list.start, to };
    let mut moved = Vec::new();
    match list.occasion {
        LifecycleEvent::Join => {
            person(draft, plan, list, &mut moved, |row| {
                Some(Person { from: days.on(row.from)?, ..row.clone() })
            });
            memberships(draft, plan, list, &mut moved, |row| {
                Some(Membership { from: days.on(row.from)?, ..row.clone() })
            });
            positions(draft, plan, list, days, &mut moved);
            assignments(draft, plan, list, &mut moved, |row| {
                Some(Assignment { from: days.on(row.from)?, ..row.clone() })
            });
        }
        LifecycleEvent::Leave => {
            person(draft, plan, list, &mut moved, |row| {
                Some(Person { until: days.on(row.until)?, ..row.clone() })
            });
            memberships(draft, plan, list, &mut moved, |row| {
                Some(Membership { until: days.on(row.until)?, ..row.clone() })
            });
            assignments(draft, plan, list, &mut moved, |row| {
                Some(Assignment { until: days.on(row.until)?, ..row.clone() })
            });
        }
        LifecycleEvent::Move => {
            memberships(draft, plan, list, &mut moved, |row| {
                let (from, until) = days.between(row.from, row.until)?;
                Some(Membership { from, until, ..row.clone() })
            });
            assignments(draft, plan, list, &mut moved, |row| {
                let (from, until) = days.between(row.from, row.until)?;
                Some(Assignment { from, until, ..row.clone() })
            });
        }
        LifecycleEvent::TakeOver => ownerships(draft, plan, list, days, &mut moved),
    }
    moved
}

/// Moves the first day of a person to another day, with what [`move_along`] moves when they join, and with the
/// checklists of their joining that start on it. Returns what was moved besides the person. Without a first day in the
/// plan there is nothing else on it.
pub fn move_first_day(draft: &mut Draft<'_>, plan: &Plan, person: PersonId, to: NaiveDate) -> Vec<EntityRef> {
    let Some(row) = plan.people.get(person) else { return Vec::new() };
    let Some(is) = row.from else {
        draft.put(Person { from: Some(to), ..row.clone() });
        return Vec::new();
    };
    let joining = Checklist { person, occasion: LifecycleEvent::Join, start: is, ..Checklist::default() };
    let mut moved = move_along(draft, plan, &joining, to);
    moved.retain(|subject| *subject != person.into());
    let is_of_joining =
        |list: &&Checklist| list.person == person && list.occasion == joining.occasion && list.start == is;
    for list in plan.in_order::<Checklist>().into_iter().filter(is_of_joining) {
        moved.push(list.id.into());
        draft.put(Checklist { start: to, ..list.clone() });
    }
    moved
}

#[derive(Clone, Copy)]
struct Days {
    is: NaiveDate,
    to: NaiveDate,
}

impl Days {
    /// The new day, if this is the old one.
    fn on(self, day: Option<NaiveDate>) -> Option<Option<NaiveDate>> {
        (day == Some(self.is)).then_some(Some(self.to))
    }

    /// The new date range of a row that begins on the day, or ended the day before.
    fn between(
        self,
        from: Option<NaiveDate>,
        until: Option<NaiveDate>,
    ) -> Option<(Option<NaiveDate>, Option<NaiveDate>)> {
        if let Some(from) = self.on(from) {
            return Some((from, until));
        }
        (until.is_some() && until == self.is.pred_opt()).then(|| (from, self.to.pred_opt()))
    }
}

fn person(
    draft: &mut Draft<'_>,
    plan: &Plan,
    list: &Checklist,
    moved: &mut Vec<EntityRef>,
    to: impl Fn(&Person) -> Option<Person>,
) {
    if let Some(row) = plan.people.get(list.person).and_then(to) {
        moved.push(row.id.into());
        draft.put(row);
    }
}

fn memberships(
    draft: &mut Draft<'_>,
    plan: &Plan,
    list: &Checklist,
    moved: &mut Vec<EntityRef>,
    to: impl Fn(&Membership) -> Option<Membership>,
) {
    let mut theirs: Vec<&Membership> =
        plan.memberships.iter().filter(|row| row.person == list.person).collect();
    plan.sort(&mut theirs);
    for row in theirs.into_iter().filter_map(to) {
        moved.push(row.id.into());
        draft.put(row);
    }
}

fn assignments(
    draft: &mut Draft<'_>,
    plan: &Plan,
    list: &Checklist,
    moved: &mut Vec<EntityRef>,
    to: impl Fn(&Assignment) -> Option<Assignment>,
) {
    for row in assignments_of(plan, list.person).into_iter().filter_map(to) {
        moved.push(row.id.into());
        draft.put(row);
    }
}

fn assignments_of(plan: &Plan, person: PersonId) -> Vec<&Assignment> {
    let mut theirs: Vec<&Assignment> = plan.assignments.iter().filter(|row| row.person == person).collect();
    plan.sort(&mut theirs);
    theirs
}

/// The positions that the person is assigned to from that day.
fn positions(draft: &mut Draft<'_>, plan: &Plan, list: &Checklist, days: Days, moved: &mut Vec<EntityRef>) {
    let theirs = assignments_of(plan, list.person).into_iter().filter(|row| row.from == Some(days.is));
    for row in theirs.filter_map(|row| plan.positions.get(row.position)) {
        if let Some(start) = days.on(row.start) {
            moved.push(row.id.into());
            draft.put(Position { start, ..row.clone() });
        }
    }
}

fn ownerships(draft: &mut Draft<'_>, plan: &Plan, list: &Checklist, days: Days, moved: &mut Vec<EntityRef>) {
    let mut of_service: Vec<&Ownership> =
        plan.ownerships.iter().filter(|row| Some(row.service) == list.service).collect();
    plan.sort(&mut of_service);
    let is_begun = |row: &&Ownership| row.owner == Owner::Person(list.person) && row.from == Some(days.is);
    if !of_service.iter().any(is_begun) {
        return;
    }
    for row in of_service {
        let is_other = row.owner != Owner::Person(list.person) && row.from == Some(days.is);
        if let Some((from, until)) = days.between(row.from, row.until).filter(|_| !is_other) {
            moved.push(row.id.into());
            draft.put(Ownership { from, until, ..row.clone() });
        }
    }
}

#[cfg(test)]
mod tests;
