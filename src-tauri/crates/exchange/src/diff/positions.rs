//! Compares positions and their reporting lines.

use headroom_files::{
    Diagnostic, Level, Place,
    records::{ManagerRef, PositionRecord, Records},
};
use headroom_model::{Assignment, Entity, Kind, Person, PersonId, Position, PositionId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    differ::Differ,
    overlay::{overlay_position, set_dates, set_extra},
    people_called::PeopleCalled,
};

/// More names in a message would not help to find the wrong one.
const NAMED: usize = 8;

impl Differ<'_> {
    pub(super) fn put_positions(&mut self, records: &Records) {
        let ids = std::mem::take(&mut self.positions.records);
        self.put_managers(records, &ids);
        for (record, id) in records.positions.iter().zip(&ids) {
            let Some(id) = *id else { continue };
            self.put_position(record, id);
        }
    }

    fn put_position(&mut self, record: &PositionRecord, id: PositionId) {
        let known = self.plan.get::<Position>(id).cloned();
        let source = self.source();
        let mut row =
            known.unwrap_or_else(|| Position { id, key: record.key.clone(), source, ..Position::default() });
        let place = &record.place;
        if let Some(team) = &record.team {
            row.team = team.as_ref().and_then(|key| self.team(key, place));
        }
        if let Some(service) = &record.service {
            row.service = service.as_ref().and_then(|key| self.service(key, place));
        }
        if let Some(before) = &record.backfill_of {
            row.backfill_of = before.as_ref().and_then(|key| self.known_position(key, place));
        }
        if let Some(objectives) = &record.gate.waits_for {
            let found = objectives.iter().filter_map(|key| self.entity(Kind::Objective, key, place));
            row.waits_for = found.map(|objective| objective.id.into()).collect();
        }
        overlay_position(&mut row, record);
        row.manager = self.managers.get(&id).copied().unwrap_or(row.manager);
        set_extra(&mut row.extra, &record.extra);
        let has_ended = self.has_ended(row.date_range());
        let is_living = self.plan.get::<Position>(id).is_some() && !has_ended;
        match record.held_until.filter(|day| *day < self.options.today && !is_living) {
            // The position still exists in the plan: it is vacant now, and awaits a backfill decision.
            Some(day) => row.until = Some(day),
            None => set_dates(&record.dates, has_ended, &mut row.from, &mut row.until),
        }
        self.put(row, place);
    }

    /// A position of the source or the plan; reports if there is none.
    pub(super) fn known_position(&mut self, key: &str, place: &Place) -> Option<PositionId> {
        let found = self.positions.find(key);
        if found.is_none() {
            let message = format!("no position “{key}” here or in the plan; ignored");
            let advice = "add the position or correct its ID";
            self.problems.push(Diagnostic::new(Level::Warning, place.clone(), message, advice));
        }
        found
    }

    /// Sets the managers as the whole source has them, without those that would make a position report to itself: of
    /// each loop, the last one stated is left out.
    fn put_managers(&mut self, records: &Records, ids: &[Option<PositionId>]) {
        let mut said_at: FxHashMap<PositionId, usize> = FxHashMap::default();
        let mut seats: Option<FxHashMap<PersonId, Option<PositionId>>> = None;
        let (plan, mut called) = (self.plan, None);
        for (at, (record, id)) in records.positions.iter().zip(ids).enumerate() {
            let (Some(manager), Some(id)) = (&record.manager, *id) else { continue };
            let place = record.manager_place.as_ref().unwrap_or(&record.place);
            let manager = match manager {
                None => None,
                Some(ManagerRef::Position(key)) => match self.positions.find(key) {
                    Some(found) => Some(found),
                    None => self.no_manager(&format!("no position “{key}”"), place),
                },
                Some(ManagerRef::Person(said)) => {
                    let seats = seats.get_or_insert_with(|| self.positions_of_people());
                    let called = called.get_or_insert_with(|| PeopleCalled::new(plan));
                    match called.find(said).as_slice() {
                        [person] => match seats.get(person) {
                            Some(Some(position)) => Some(*position),
                            Some(None) => self.no_manager(&format!("“{said}” has several positions"), place),
                            None => self.no_manager(&format!("“{said}” has no position"), place),
                        },
                        [] => self.no_manager(&format!("no one is named “{said}”"), place),
                        several => {
                            let keys: Vec<&str> = several
                                .iter()
                                .filter_map(|id| self.plan.get::<Person>(*id))
                                .map(|row| row.key.as_str())
                                .collect();
                            let what = format!("several people are named “{said}” ({})", keys.join(", "));
                            self.no_manager(&what, place)
                        }
                    }
                }
            };
            self.managers.insert(id, manager.filter(|manager| *manager != id));
            said_at.insert(id, at);
        }
        let mut settled: FxHashSet<PositionId> = FxHashSet::default();
        for start in ids.iter().flatten() {
            let (mut path, mut at) = (Vec::new(), Some(*start));
            let mut on_path: FxHashSet<PositionId> = FxHashSet::default();
            while let Some(position) = at.filter(|position| !settled.contains(position)) {
                if !on_path.insert(position) {
                    let first = path.iter().position(|passed| *passed == position).unwrap_or(0);
                    self.cut_line(&path[first..], &said_at, records);
                    break;
                }
                path.push(position);
                let stored = || self.plan.get::<Position>(position).and_then(|row| row.manager);
                at = self.managers.get(&position).copied().unwrap_or_else(stored);
            }
            settled.extend(path);
        }
    }

    fn no_manager(&mut self, what: &str, place: &Place) -> Option<PositionId> {
        let message = format!("{what} here or in the plan; manager left empty");
        let advice = "add the manager or correct the name";
        self.problems.push(Diagnostic::new(Level::Warning, place.clone(), message, advice));
        None
    }

    fn cut_line(
        &mut self,
        loop_of: &[PositionId],
        said_at: &FxHashMap<PositionId, usize>,
        records: &Records,
    ) {
        let last = (0..loop_of.len()).max_by_key(|at| said_at.get(&loop_of[*at])).unwrap_or(0);
        let Some(record) = said_at.get(&loop_of[last]).map(|at| &records.positions[*at]) else { return };
        let round = loop_of[last..].iter().chain(&loop_of[..last]);
        let mut names: Vec<String> =
            round.take(NAMED).map(|position| self.positions.key_of(*position)).collect();
        if loop_of.len() > NAMED {
            names.push("…".to_owned());
        }
        names.extend(names.first().cloned());
        let message = format!("a position can’t report to itself: {}; manager ignored", names.join(" → "));
        let place = record.manager_place.clone().unwrap_or_else(|| record.place.clone());
        self.problems.push(Diagnostic::new(Level::Error, place, message, "correct one of the managers"));
        self.managers.insert(loop_of[last], None);
    }

    /// The position that each person of the plan is in today; none if there are several.
    fn positions_of_people(&self) -> FxHashMap<PersonId, Option<PositionId>> {
        let mut seats = FxHashMap::default();
        let today = self.options.today;
        for row in &self.plan.assignments {
            let row: &Assignment = row;
            if row.date_range().contains(today) {
                seats
                    .entry(row.person)
                    .and_modify(|position| {
                        if *position != Some(row.position) {
                            *position = None;
                        }
                    })
                    .or_insert(Some(row.position));
            }
        }
        seats
    }
}
