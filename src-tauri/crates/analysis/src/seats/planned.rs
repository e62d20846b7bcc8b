use headroom_model::{Plan, PositionId};
use rustc_hash::FxHashSet;

use crate::{
    assumptions::{Assumptions, Subject},
    forecast::{Hire, Question},
    hiring::{Stay, stays},
    schedule::{Scheduler, days_after, ramp},
};

/// Those who are to come, each from the planned first day and the time to productive on: the planned hire of a seat,
/// and whoever is assigned to a seat from a later day on and is not on its team yet. A hire whose planned first day can
/// no longer be kept comes as soon as the steps that are left take from [`Question::today`] on. By that day, then by
/// seat.
pub fn planned(plan: &Plan, assumptions: &Assumptions<'_>, question: &Question<'_>) -> Vec<Hire> {
    let scheduler = question.today.map(|today| Scheduler::new(plan, today));
    let members: FxHashSet<_> = plan.memberships.iter().map(|row| (row.person, row.team)).collect();
    let is_coming = |stay: &Stay| match stay.person {
        None => stay.is_planned(plan),
        Some(person) => {
            let team = plan.positions.get(stay.position).and_then(|seat| seat.team);
            let is_new = team.is_some_and(|team| !members.contains(&(person, team)));
            is_new && stay.from.is_some_and(|from| from > question.from)
        }
    };
    let hire = |stay: Stay| {
        let seat = plan.positions.get(stay.position)?;
        let soonest = scheduler.as_ref().filter(|_| stay.person.is_none()).and_then(|it| it.of(seat).start);
        let from = stay.from?.max(soonest.unwrap_or(chrono::NaiveDate::MIN));
        let ramp = ramp(assumptions, Subject::seat(seat, stay.person), from);
        let (from, until) = (days_after(from, ramp), stay.until);
        let is_ever = until.is_none_or(|until| from <= until);
        is_ever.then_some(Hire {
            position: seat.id,
            team: seat.team,
            from,
            until,
            service: seat.service,
            of_team: None,
        })
    };
    let mut hires: Vec<Hire> =
        stays(plan, assumptions).into_iter().filter(is_coming).filter_map(hire).collect();
    let key = |seat: PositionId| plan.positions.get(seat).map(|seat| seat.key.as_str());
    hires.sort_by(|a, b| (a.from, key(a.position)).cmp(&(b.from, key(b.position))));
    hires
}
