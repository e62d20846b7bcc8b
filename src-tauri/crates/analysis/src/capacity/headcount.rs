//! Headcount lines: everybody who works for a team or is planned to, each with dates and full-time equivalent.

use chrono::NaiveDate;
use headroom_model::{DateRange, Entity, Membership, Person, PersonId, Plan, PositionId, TeamId};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    assumptions::{Assumptions, Subject},
    hiring::{Occupancy, occupancies},
};

/// Somebody who works for a team, or will: in a position, or as a member without one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeadcountLine {
    pub team: Option<TeamId>,
    pub person: Option<PersonId>,
    /// None for members without a position.
    pub position: Option<PositionId>,
    /// Full-time equivalent: 0.6 for three days a week, more than 1 for a pooled position.
    pub fte: f64,
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// First day on the team, from which ramp-up counts; none if unknown and long ago. A second position on the same
    /// team starts no second ramp-up.
    pub since: Option<NaiveDate>,
    /// Whether it is a planned hire.
    pub is_planned: bool,
}

impl HeadcountLine {
    pub fn span(&self) -> DateRange {
        DateRange::new(self.from, self.until)
    }

    /// Subject for which assumptions are resolved.
    pub fn subject<'a>(&self, plan: &'a Plan) -> Subject<'a> {
        match self.position.and_then(|id| plan.positions.get(id)) {
            Some(position) => Subject::position(position, self.person),
            None => {
                let person = self.person.and_then(|id| plan.people.get(id));
                let location = person.map_or("", |person| person.location.as_str());
                Subject { person: self.person, team: self.team, location, ..Subject::default() }
            }
        }
    }
}

/// Everybody who works for a team or is planned to.
///
/// Members without an assignment at any time count with the percentage of their membership; without one, evenly over
/// their teams. Unconfirmed people ([`headroom_model::Person`] `unconfirmed`) are left out.
pub fn headcount_lines(plan: &Plan, assumptions: &Assumptions<'_>) -> Vec<HeadcountLine> {
    let seated: FxHashSet<PersonId> = plan.assignments.iter().map(|row| row.person).collect();
    let mut heads: Vec<HeadcountLine> =
        occupancies(plan, assumptions).iter().filter_map(|occupancy| in_position(plan, occupancy)).collect();
    heads.extend(without_position(plan, &seated));
    let first_days = first_days(plan, &heads);
    for head in &mut heads {
        if let (Some(team), Some(person)) = (head.team, head.person) {
            head.since = first_days.get(&(team, person)).copied().flatten();
        }
    }
    heads
}

fn in_position(plan: &Plan, occupancy: &Occupancy) -> Option<HeadcountLine> {
    let position = plan.positions.get(occupancy.position)?;
    // A pooled position does not know who joined when.
    let since = occupancy.from.filter(|_| !position.pooled);
    Some(HeadcountLine {
        team: position.team,
        person: occupancy.person,
        position: Some(occupancy.position),
        fte: position.fte.as_f64(),
        from: occupancy.from,
        until: occupancy.until,
        since,
        is_planned: occupancy.is_planned(plan),
    })
}

fn without_position(plan: &Plan, seated: &FxHashSet<PersonId>) -> Vec<HeadcountLine> {
    let mut rows: FxHashMap<PersonId, Vec<&Membership>> = FxHashMap::default();
    for row in plan.memberships.iter().filter(|row| !seated.contains(&row.person)) {
        rows.entry(row.person).or_default().push(row);
    }
    rows.values_mut().for_each(|rows| plan.sort(rows));
    let known = plan.in_order::<Person>().into_iter().filter(|person| !person.unconfirmed);
    known
        .flat_map(|person| {
            let rows = rows.get(&person.id).map_or(&[][..], Vec::as_slice);
            let teams: FxHashSet<TeamId> = rows.iter().map(|row| row.team).collect();
            let even = 1.0 / teams.len().max(1) as f64;
            let mut found: Vec<HeadcountLine> = Vec::new();
            for row in rows {
                let (from, until) = both(row.date_range(), person.date_range());
                let share = row.share.map_or(even, |share| f64::from(share) / 100.0);
                // Overlapping memberships of one team, such as two roles, are one line.
                let is_same = |head: &&mut HeadcountLine| {
                    head.team == Some(row.team) && head.span().overlaps(&DateRange::new(from, until))
                };
                if let Some(known) = found.iter_mut().find(is_same) {
                    known.from = known.from.min(from);
                    known.until = known.until.and_then(|known| until.map(|until| until.max(known)));
                    continue;
                }
                let team = Some(row.team);
                let head = HeadcountLine {
                    team,
                    person: Some(person.id),
                    position: None,
                    fte: share,
                    from,
                    until,
                    since: from,
                    is_planned: false,
                };
                if !head.span().is_empty() {
                    found.push(head);
                }
            }
            found
        })
        .collect()
}

fn both(a: DateRange, b: DateRange) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let until = match (a.until, b.until) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    (a.from.max(b.from), until)
}

/// First day of each person on each team, by positions and memberships.
fn first_days(plan: &Plan, heads: &[HeadcountLine]) -> FxHashMap<(TeamId, PersonId), Option<NaiveDate>> {
    let mut first: FxHashMap<(TeamId, PersonId), Option<NaiveDate>> = FxHashMap::default();
    let mut note = |team: TeamId, person: PersonId, day: Option<NaiveDate>| {
        first.entry((team, person)).and_modify(|known| *known = (*known).min(day)).or_insert(day);
    };
    for head in heads {
        if let (Some(team), Some(person)) = (head.team, head.person) {
            note(team, person, head.from);
        }
    }
    for row in plan.memberships.iter() {
        let employed = plan.people.get(row.person).map(Entity::date_range).unwrap_or_default();
        note(row.team, row.person, both(row.date_range(), employed).0);
    }
    first
}

#[cfg(test)]
mod tests {
    use headroom_model::{Assignment, Decimal6, Draft, Position, Team};

    use super::*;

    #[test]
    fn each_person_counts_once_per_team() {
        let day = |text: &str| text.parse::<NaiveDate>().ok();
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let (a, b) = (draft.new_id::<Team>(), draft.new_id::<Team>());
        for (id, key) in [(a, "a"), (b, "b")] {
            draft.put(Team { id, key: key.into(), name: key.into(), ..Team::default() });
        }
        let mut person = |key: &str, on: &[(TeamId, Option<u8>, &str)]| {
            let id = draft.new_id::<Person>();
            draft.put(Person { id, key: key.into(), name: key.into(), ..Person::default() });
            for (team, share, from) in on {
                let row = draft.new_id::<Membership>();
                let (team, share, from) = (*team, *share, day(from));
                draft.put(Membership { id: row, person: id, team, share, from, ..Membership::default() });
            }
            id
        };
        person("split", &[(a, None, "2026-01-01"), (b, None, "2026-01-01")]);
        person("twice", &[(a, Some(60), "2026-03-01"), (a, Some(60), "2026-01-01")]);
        let seated = person("seated", &[(a, None, "2020-01-01")]);
        let seat = draft.new_id::<Position>();
        let fte = Decimal6::from_millionths(800_000);
        draft.put(Position { id: seat, key: "S".into(), team: Some(a), fte, ..Position::default() });
        let row = draft.new_id::<Assignment>();
        let from = day("2026-06-01");
        draft.put(Assignment { id: row, position: seat, person: seated, from, ..Assignment::default() });
        let changes = draft.finish();
        plan.apply(&changes).unwrap();

        let heads = headcount_lines(&plan, &Assumptions::new(&plan));
        let of = |key: &str| {
            let person = plan.find::<Person>(key);
            heads.iter().filter(|head| head.person == person).copied().collect::<Vec<_>>()
        };
        assert_eq!(of("split").iter().map(|head| head.fte).collect::<Vec<_>>(), [0.5, 0.5]);
        let twice = of("twice");
        assert_eq!((twice.len(), twice[0].fte, twice[0].from), (1, 0.6, day("2026-01-01")));
        let seated = of("seated");
        assert_eq!((seated.len(), seated[0].fte), (1, 0.8));
        assert_eq!((seated[0].from, seated[0].since), (day("2026-06-01"), day("2020-01-01")));
    }
}
