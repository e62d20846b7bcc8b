use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::{ApplyError, Holiday, Team, TeamId};

fn team(id: u64, key: &str) -> Team {
    Team { id: TeamId(id), key: key.into(), name: key.to_uppercase(), ..Team::default() }
}

/// A plan with these teams, each with its ID and key.
fn plan(teams: &[(u64, &str)]) -> Plan {
    let base = Plan::default();
    let mut draft = Draft::new(&base);
    teams.iter().for_each(|(id, key)| draft.put(team(*id, key)));
    draft.outcome().unwrap()
}

fn keys(draft: &Draft<'_>) -> Vec<String> {
    draft.iter::<Team>().map(|row| row.key.clone()).collect()
}

#[test]
fn reads_show_what_was_drafted() {
    let plan = plan(&[(1, "a"), (2, "b"), (3, "c")]);
    let mut draft = Draft::new(&plan);
    draft.put(team(9, "z"));
    draft.put(team(5, "y"));
    draft.put(team(2, "q"));
    draft.remove::<Team>(TeamId(3));
    assert_eq!(keys(&draft), ["a", "q", "z", "y"]);
    assert_eq!(draft.get(TeamId(3)), None::<&Team>);
    assert_eq!(draft.find::<Team>("q"), Some(TeamId(2)));
    assert_eq!((draft.find::<Team>("b"), draft.find::<Team>("c")), (None, None));
    assert_eq!(Names::name(&draft, TeamId(9).into()), "Z");
    assert_eq!((draft.base().teams.len(), draft.outcome().unwrap().teams.len()), (3, 4));
    draft.alter(|row: &Team| (row.key.as_str() < "r").then(|| team(row.id.0, &format!("{}1", row.key))));
    assert_eq!(keys(&draft), ["a1", "q1", "z", "y"]);
}

#[test]
fn the_last_of_two_puts_wins_and_what_is_as_before_is_no_change() {
    let plan = plan(&[(1, "a"), (2, "b")]);
    let mut draft = Draft::new(&plan);
    draft.put(team(1, "x"));
    draft.put(team(1, "y"));
    draft.put(team(7, "new"));
    draft.remove::<Team>(TeamId(7));
    draft.remove::<Team>(TeamId(2));
    assert_eq!(draft.edits::<Team>().count(), 2);
    draft.put(team(2, "b"));
    let changes = draft.clone().finish();
    let [Change::Team(edit)] = changes.as_slice() else { panic!("{changes:?}") };
    assert_eq!((edit.before.as_deref(), edit.after.as_deref()), (Some(&team(1, "a")), Some(&team(1, "y"))));
    draft.put(team(1, "a"));
    assert!(draft.is_empty() && draft.finish().is_empty());
}

#[test]
fn settings_are_one_change_each() {
    let plan = Plan::default();
    let mut draft = Draft::new(&plan);
    ["1", "", "2", "3"].into_iter().for_each(|value| draft.set("kept", value));
    ["1", ""].into_iter().for_each(|value| draft.set("gone", value));
    let settings: Vec<&str> = draft.iter::<Setting>().map(|row| row.value.as_str()).collect();
    assert_eq!(settings, ["3"]);
    assert_eq!(draft.finish().len(), 1);
}

#[test]
fn a_key_is_given_up_before_it_is_taken() {
    let plan = plan(&[(1, "a"), (2, "b"), (3, "c")]);
    let mut draft = Draft::new(&plan);
    for row in [team(4, "a"), team(1, "b"), team(2, "c"), team(3, "d")] {
        draft.put(row);
    }
    let outcome = draft.outcome().unwrap();
    assert_eq!(["a", "b", "c", "d"].map(|key| outcome.find::<Team>(key).unwrap().0), [4, 1, 2, 3]);
}

#[test]
fn what_was_drafted_elsewhere_goes_on() {
    let plan = plan(&[(1, "a")]);
    let mut first = Draft::new(&plan);
    first.put(team(1, "b"));
    first.put(team(2, "new"));
    let mut draft = Draft::new(&plan);
    draft.extend(first.finish());
    assert_eq!(draft.find::<Team>("b"), Some(TeamId(1)));
    draft.put(team(2, "newer"));
    draft.put(team(1, "a"));
    assert_eq!(draft.finish().len(), 1);
    // A change that is based on another state of the plan is not made to fit.
    let mut late = Draft::new(&plan);
    late.extend([Edit::new(1, Some(team(1, "other")), Some(team(1, "b"))).into()]);
    assert!(matches!(late.outcome(), Err(ApplyError::Stale { .. })));
}

#[derive(Debug, Clone)]
enum Step {
    Team(u64, usize, Option<u64>),
    RemoveTeam(u64),
    Holiday(u64, usize),
    RemoveHoliday(u64),
    Set(usize, usize),
}

const WORDS: [&str; 6] = ["", "a", "b", "c", "d", "e"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let (id, word) = (0u64..7, 1usize..6);
    let parent = prop::option::weighted(0.2, id.clone());
    let step = prop_oneof![
        3 => (id.clone(), word.clone(), parent).prop_map(|(id, key, parent)| Step::Team(id, key, parent)),
        1 => id.clone().prop_map(Step::RemoveTeam),
        1 => (id.clone(), word.clone()).prop_map(|(id, name)| Step::Holiday(id, name)),
        1 => id.prop_map(Step::RemoveHoliday),
        1 => (word, 0usize..3).prop_map(|(key, value)| Step::Set(key, value)),
    ];
    prop::collection::vec(step, 0..25)
}

/// What a draft has to show, kept without any cleverness.
#[derive(Default, Clone)]
struct Shown {
    teams: Rows<Team>,
    holidays: Rows<Holiday>,
    settings: BTreeMap<String, String>,
}

#[derive(Clone)]
struct Rows<T> {
    order: Vec<u64>,
    rows: BTreeMap<u64, T>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { order: Vec::new(), rows: BTreeMap::new() }
    }
}

impl<T: EntityTable> Rows<T> {
    fn put(&mut self, row: T) {
        let id = row.id().into();
        if !self.order.contains(&id) {
            self.order.push(id);
        }
        self.rows.insert(id, row);
    }

    fn listed(&self) -> Vec<&T> {
        self.order.iter().filter_map(|id| self.rows.get(id)).collect()
    }

    fn is_shown_by(&self, draft: &Draft<'_>) -> bool {
        draft.iter::<T>().collect::<Vec<_>>() == self.listed()
            && (0..8).all(|id| draft.get::<T>(id.into()) == self.rows.get(&id))
    }

    /// Every change is from the plan to what was shown, and there is one for each row that differs.
    fn is_reached_by(&self, plan: &Plan, changes: &[Change]) -> bool {
        let edits: Vec<&Edit<T>> = changes.iter().filter_map(T::edit).collect();
        let differs = |id: &u64| T::table(plan).get((*id).into()) != self.rows.get(id);
        edits.len() == (0..8).filter(differs).count()
            && edits.iter().all(|edit| {
                edit.before.as_deref() == T::table(plan).get(edit.id.into())
                    && edit.after.as_deref() == self.rows.get(&edit.id)
            })
    }
}

impl Shown {
    fn take(&mut self, step: &Step) {
        match step {
            Step::Team(id, key, parent) => {
                self.teams.put(Team { parent: parent.map(TeamId), ..team(*id, WORDS[*key]) });
            }
            Step::RemoveTeam(id) => drop(self.teams.rows.remove(id)),
            Step::Holiday(id, name) => self.holidays.put(holiday(*id, WORDS[*name])),
            Step::RemoveHoliday(id) => drop(self.holidays.rows.remove(id)),
            Step::Set(key, 0) => drop(self.settings.remove(WORDS[*key])),
            Step::Set(key, value) => drop(self.settings.insert(WORDS[*key].into(), WORDS[*value].into())),
        }
    }

    fn is_shown_by(&self, draft: &Draft<'_>) -> bool {
        let settings = draft.iter::<Setting>().map(|row| (row.key.clone(), row.value.clone()));
        let is_found = |word: &&str| match draft.find::<Team>(word) {
            Some(id) => self.teams.rows.get(&id.0).is_some_and(|row| row.key == **word),
            None => !self.teams.rows.values().any(|row| row.key == **word),
        };
        self.teams.is_shown_by(draft)
            && self.holidays.is_shown_by(draft)
            && settings.collect::<BTreeMap<_, _>>() == self.settings
            && WORDS.iter().all(is_found)
    }

    fn is_valid(&self) -> bool {
        let teams = &self.teams.rows;
        let mut keys: Vec<&str> = teams.values().map(|row| row.key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        let is_rooted = |row: &Team| {
            let mut above = row.parent;
            for _ in 0..8 {
                let Some(id) = above else { return true };
                let Some(parent) = teams.get(&id.0) else { return false };
                above = parent.parent;
            }
            false
        };
        keys.len() == teams.len() && teams.values().all(is_rooted)
    }

    /// Whether teams pass their keys on in a circle.
    fn has_circle(&self, plan: &Plan) -> bool {
        let next = |id: u64| {
            let key = &self.teams.rows.get(&id)?.key;
            plan.find::<Team>(key).map(|holder| holder.0).filter(|holder| *holder != id)
        };
        (0..8).any(|id| {
            let mut at = Some(id);
            (0..8).any(|_| {
                at = at.and_then(next);
                at == Some(id)
            })
        })
    }
}

fn holiday(id: u64, name: &str) -> Holiday {
    let day = "2027-01-01".parse().unwrap();
    Holiday { id: id.into(), name: name.into(), day, ..Holiday::default() }
}

fn draft_step(draft: &mut Draft<'_>, step: &Step) {
    match step {
        Step::Team(id, key, parent) => {
            draft.put(Team { parent: parent.map(TeamId), ..team(*id, WORDS[*key]) });
        }
        Step::RemoveTeam(id) => draft.remove::<Team>(TeamId(*id)),
        Step::Holiday(id, name) => draft.put(holiday(*id, WORDS[*name])),
        Step::RemoveHoliday(id) => draft.remove::<Holiday>((*id).into()),
        Step::Set(key, value) => draft.set(WORDS[*key], WORDS[*value]),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn finished_changes_lead_to_what_the_draft_showed(
        first in prop::collection::btree_set(0u64..5, 0..5),
        steps in steps(),
        cut in 0usize..25,
    ) {
        let named: Vec<(u64, &str)> = first.iter().map(|id| (*id, WORDS[*id as usize + 1])).collect();
        let plan = plan(&named);
        let mut shown = Shown::default();
        plan.teams.iter().for_each(|row| shown.teams.put(row.clone()));

        let mut draft = Draft::new(&plan);
        for (at, step) in steps.iter().enumerate() {
            if at == cut {
                // Finished and gone on with, it is the same; only what was put back has no place in the order.
                let mut next = Draft::new(&plan);
                next.extend(draft.clone().finish());
                let same = |draft: &Draft<'_>| {
                    let mut rows: Vec<Team> = draft.iter().cloned().collect();
                    rows.sort_by_key(|row| row.id.0);
                    (rows, draft.is_empty())
                };
                prop_assert_eq!(same(&next), same(&draft));
            }
            draft_step(&mut draft, step);
            shown.take(step);
            prop_assert!(shown.is_shown_by(&draft), "after {:?}", step);
        }

        let changes = draft.clone().finish();
        prop_assert_eq!(draft.is_empty(), changes.is_empty());
        prop_assert!(shown.teams.is_reached_by(&plan, &changes), "{:?}", changes);
        prop_assert!(shown.holidays.is_reached_by(&plan, &changes), "{:?}", changes);
        match plan.after(&changes) {
            Ok(after) => {
                prop_assert!(shown.is_valid());
                prop_assert!(after == draft.outcome().unwrap());
                let mut rows: Vec<&Team> = shown.teams.listed();
                rows.sort_by_key(|row| row.id.0);
                prop_assert_eq!(after.teams.iter().collect::<Vec<_>>(), rows);
                prop_assert_eq!(after.holidays.len(), shown.holidays.rows.len());
                prop_assert_eq!(after.settings.len(), shown.settings.len());
            }
            Err(error) => prop_assert!(!shown.is_valid() || shown.has_circle(&plan), "{}", error),
        }
    }
}
