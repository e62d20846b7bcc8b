//! Who works for the organisation or for a team on any day, and who joins and leaves in between.

use chrono::NaiveDate;
use headroom_model::{DateRange, Entity, EntityRef, Person, PersonId, Plan, TeamId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::HeadcountLine;

/// Who works for the organisation, or for some of its teams, and when. Each person counts once, whatever their working
/// time; a planned hire counts from the planned start, a pooled position as many as it stands for.
#[derive(Debug)]
pub struct Roster {
    /// In order of [`Plan::place_of`].
    presences: Vec<RosterPresence>,
}

/// Somebody on a roster, with all ranges of days. No two ranges touch.
#[derive(Debug)]
struct RosterPresence {
    /// The person; the position of a planned hire or of a pool.
    who: EntityRef,
    count: f64,
    is_planned: bool,
    ranges: Vec<DateRange>,
    /// Their teams on the roster, each with its days.
    teams: Vec<(TeamId, DateRange)>,
}

/// Headcount on a day.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct RosterCount {
    pub people: f64,
    /// Planned hires, in addition to the people.
    pub planned: f64,
}

impl RosterCount {
    pub fn total(self) -> f64 {
        self.people + self.planned
    }
}

/// Somebody who joins or leaves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RosterMove {
    /// The person; the position of a planned hire or of a pool.
    pub who: EntityRef,
    /// The first day of whoever joins, the last one of whoever leaves.
    pub day: NaiveDate,
    /// A team they are on that day.
    pub team: Option<TeamId>,
    pub is_planned: bool,
}

impl Roster {
    /// The roster of these teams. Without any, that of the organisation: everybody employed, also without a team.
    pub fn new(plan: &Plan, heads: &[HeadcountLine], teams: Option<&FxHashSet<TeamId>>) -> Self {
        let is_of = |head: &HeadcountLine| {
            teams.is_none_or(|teams| head.team.is_some_and(|team| teams.contains(&team)))
        };
        let mut of_person: FxHashMap<PersonId, Vec<&HeadcountLine>> = FxHashMap::default();
        let mut presences = Vec::new();
        for head in heads.iter().filter(|head| is_of(head)) {
            match (head.person, head.position) {
                (Some(person), _) => of_person.entry(person).or_default().push(head),
                (None, Some(position)) => presences.push(RosterPresence {
                    who: position.into(),
                    count: if head.is_planned { 1.0 } else { head.fte },
                    is_planned: head.is_planned,
                    ranges: vec![head.span()],
                    teams: head.team.map(|team| (team, head.span())).into_iter().collect(),
                }),
                (None, None) => {}
            }
        }
        match teams {
            None => {
                for person in plan.people.iter().filter(|person| !person.unconfirmed) {
                    let lines = of_person.remove(&person.id).unwrap_or_default();
                    presences.extend(presence(person, &lines, true));
                }
            }
            // Only those who have a line work for one of them.
            Some(_) => {
                let of_team = of_person.into_iter().filter_map(|(person, lines)| {
                    let person = plan.people.get(person).filter(|person| !person.unconfirmed)?;
                    presence(person, &lines, false)
                });
                presences.extend(of_team);
            }
        }
        presences.sort_by_cached_key(|presence| (plan.place_of(presence.who), presence.ranges[0].from));
        for presence in &mut presences {
            presence.teams.sort_by_key(|(team, _)| plan.place_of(*team));
        }
        Self { presences }
    }

    /// Headcount on a day.
    pub fn on(&self, day: NaiveDate) -> RosterCount {
        let mut count = RosterCount::default();
        for presence in self.presences.iter().filter(|presence| presence.is_there(day)) {
            *(if presence.is_planned { &mut count.planned } else { &mut count.people }) += presence.count;
        }
        count
    }

    /// The first day on which anybody joins, or the last one of somebody who leaves; none if no day is known.
    pub fn first_known_day(&self) -> Option<NaiveDate> {
        let ranges = self.presences.iter().flat_map(|presence| &presence.ranges);
        ranges.flat_map(|range| [range.from, range.until]).flatten().min()
    }

    /// Who joins after one day and until another, by day.
    pub fn joining(&self, after: NaiveDate, until: NaiveDate) -> Vec<RosterMove> {
        self.moves(|range| range.from.filter(|from| *from > after && *from <= until))
    }

    /// Whose last day is one of these, the last one excluded: who isn't there any more on that day. By day.
    pub fn leaving(&self, from: NaiveDate, before: NaiveDate) -> Vec<RosterMove> {
        self.moves(|range| range.until.filter(|until| *until >= from && *until < before))
    }

    fn moves(&self, day_of: impl Fn(&DateRange) -> Option<NaiveDate>) -> Vec<RosterMove> {
        let of = |presence: &RosterPresence| {
            let days: Vec<NaiveDate> = presence.ranges.iter().filter_map(&day_of).collect();
            let (who, is_planned) = (presence.who, presence.is_planned);
            days.into_iter()
                .map(|day| RosterMove { who, day, team: presence.team_on(day), is_planned })
                .collect::<Vec<_>>()
        };
        let mut moves: Vec<RosterMove> = self.presences.iter().flat_map(of).collect();
        // Stable: those of a day in order of their names.
        moves.sort_by_key(|found| found.day);
        moves
    }
}

impl RosterPresence {
    fn is_there(&self, day: NaiveDate) -> bool {
        self.ranges.iter().any(|range| range.contains(day))
    }

    fn team_on(&self, day: NaiveDate) -> Option<TeamId> {
        self.teams.iter().find(|(_, range)| range.contains(day)).map(|(team, _)| *team)
    }
}

/// A person on the roster of the organisation, as long as they are employed, or on that of teams, as long as they
/// work for one.
fn presence(person: &Person, lines: &[&HeadcountLine], is_of_all: bool) -> Option<RosterPresence> {
    let ranges = match is_of_all {
        true => vec![person.date_range()],
        false => joined(lines.iter().map(|head| head.span()).collect()),
    };
    let teams = lines.iter().filter_map(|head| Some((head.team?, head.span()))).collect();
    let is_never = ranges.iter().all(DateRange::is_empty);
    (!is_never).then(|| RosterPresence {
        who: person.id.into(),
        count: 1.0,
        is_planned: false,
        ranges,
        teams,
    })
}

/// Ranges that overlap or follow each other without a break become one.
fn joined(mut ranges: Vec<DateRange>) -> Vec<DateRange> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_by_key(|range| range.from);
    let mut found: Vec<DateRange> = Vec::new();
    for range in ranges {
        let Some(last) = found.last_mut() else {
            found.push(range);
            continue;
        };
        let next = last.until.and_then(|until| until.succ_opt());
        match (next, range.from) {
            (Some(next), Some(from)) if from > next => found.push(range),
            // Open at the end, or as far as the later one.
            (None, _) => {}
            (Some(_), _) => last.until = range.until.and_then(|until| last.until.map(|own| own.max(until))),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use headroom_model::{Draft, Membership, Position, Team};

    use super::*;
    use crate::{assumptions::Assumptions, capacity::headcount_lines};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn plan() -> (Plan, TeamId, TeamId) {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let (a, b) = (draft.new_id::<Team>(), draft.new_id::<Team>());
        for (id, key) in [(a, "a"), (b, "b")] {
            draft.put(Team { id, key: key.into(), name: key.into(), ..Team::default() });
        }
        let mut person = |key: &str, until: &str, on: &[(TeamId, &str, &str)]| {
            let id = draft.new_id::<Person>();
            let until = until.parse().ok();
            draft.put(Person { id, key: key.into(), name: key.into(), until, ..Person::default() });
            for (team, from, until) in on {
                let row = draft.new_id::<Membership>();
                let (from, until) = (from.parse().ok(), until.parse().ok());
                draft.put(Membership {
                    id: row,
                    person: id,
                    team: *team,
                    from,
                    until,
                    ..Membership::default()
                });
            }
        };
        person("stays", "", &[(a, "", "2027-01-31"), (a, "2027-02-01", "")]);
        person("moves", "", &[(a, "", "2027-01-31"), (b, "2027-02-01", "")]);
        person("leaves", "2027-02-28", &[(b, "", "")]);
        person("teamless", "", &[]);
        let id = draft.new_id::<Position>();
        let start = Some(day("2027-03-01"));
        draft.put(Position { id, key: "HC-1".into(), team: Some(b), start, ..Position::default() });
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        (plan, a, b)
    }

    #[test]
    fn headcount_and_moves_add_up() {
        let (plan, a, b) = plan();
        let heads = headcount_lines(&plan, &Assumptions::new(&plan));
        let days =
            ["2027-01-15", "2027-01-31", "2027-02-01", "2027-02-28", "2027-03-01", "2027-06-01"].map(day);
        for teams in [None, Some([a].into_iter().collect()), Some([b].into_iter().collect())] {
            let roster = Roster::new(&plan, &heads, teams.as_ref());
            for pair in days.windows(2) {
                let (joining, leaving) = (
                    roster.joining(pair[0], pair[1]).len() as f64,
                    roster.leaving(pair[0], pair[1]).len() as f64,
                );
                assert_eq!(
                    roster.on(pair[0]).total() + joining - leaving,
                    roster.on(pair[1]).total(),
                    "{teams:?} from {} to {}",
                    pair[0],
                    pair[1]
                );
            }
        }
    }

    #[test]
    fn moves_within_the_scope_are_none() {
        let (plan, a, b) = plan();
        let heads = headcount_lines(&plan, &Assumptions::new(&plan));
        let (from, until) = (day("2027-01-15"), day("2027-06-01"));
        let names = |teams: Option<&FxHashSet<TeamId>>| {
            let roster = Roster::new(&plan, &heads, teams);
            let name = |found: &RosterMove| plan.name_of(found.who);
            let joining: Vec<String> = roster.joining(from, until).iter().map(name).collect();
            let leaving: Vec<String> = roster.leaving(from, until).iter().map(name).collect();
            (joining.len(), leaving)
        };
        // The planned hire joins.
        assert_eq!(names(None), (1, vec!["leaves".to_owned()]));
        assert_eq!(names(Some(&[a].into_iter().collect())), (0, vec!["moves".to_owned()]));
        let (joining, leaving) = names(Some(&[b].into_iter().collect()));
        assert_eq!((joining, leaving), (2, vec!["leaves".to_owned()]));
        let roster = Roster::new(&plan, &heads, None);
        assert_eq!(roster.on(from), RosterCount { people: 4.0, planned: 0.0 }, "also who is on no team");
        assert_eq!(roster.on(until), RosterCount { people: 3.0, planned: 1.0 });
        assert_eq!(roster.leaving(from, until)[0].team, Some(b));
    }
}
