//! Turns resolved rows into records: positions, people, assignments and memberships.

use chrono::{Days, NaiveDate};
use headroom_files::{
    Diagnostic, Level, Place, quoted,
    records::{AssignmentRecord, Dates, MembershipRecord, PersonRecord, PositionRecord},
};
use headroom_model::Status;
use headroom_tabular::cell::{name::bare, words::HolderCell};
use rustc_hash::FxHashMap;

use super::{
    builder::RecordBuilder,
    employment::{RowOutcome, RowPerson},
    employment_row::EmploymentRow,
    field::Field,
    manager_candidate::ManagerCandidate,
};

impl<'a> RecordBuilder<'a> {
    /// Resolves rows with the same position: different people at different times; at the same time the first row
    /// counts.
    pub fn settle_positions(
        &mut self,
        rows: &[EmploymentRow<'a>],
        fates: &mut [RowOutcome],
        keys: &mut [String],
    ) {
        let mut first: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for at in 0..rows.len() {
            if fates[at] == RowOutcome::LeftOut {
                continue;
            }
            let own = &rows[at];
            if !own.has_person {
                let Some(key) = self.key_of_vacancy(own) else {
                    fates[at] = RowOutcome::LeftOut;
                    continue;
                };
                keys[at] = key;
            }
            let before = first.entry(keys[at].clone()).or_default();
            let is_apart = |other: &usize| match (own.has_person, rows[*other].has_person) {
                (true, true) => own.is_apart_from(&rows[*other]),
                (true, false) => own.end.flatten().is_some(),
                (false, true) => rows[*other].end.flatten().is_some(),
                (false, false) => false,
            };
            if before.iter().all(is_apart) {
                before.push(at);
            } else {
                fates[at] = RowOutcome::LeftOut;
                let place = rows[before[0]].place.clone();
                self.tell_repeated(&keys[at], &place, &own.place);
            }
            self.first.entry(keys[at].clone()).or_insert_with(|| own.place.clone());
        }
        for (key, own) in first.into_iter().filter(|(_, own)| own.len() > 1) {
            let last = |at: &&usize| (!rows[**at].has_person, rows[**at].last_day(), std::cmp::Reverse(**at));
            let Some(last) = own.iter().max_by_key(last).copied() else { continue };
            for at in own.into_iter().filter(|at| *at != last) {
                fates[at] = RowOutcome::Occupancy;
                let message = format!(
                    "position {} is also at {}; this row shows who held it at another time",
                    quoted(&key),
                    rows[last].place.beside(&rows[at].place)
                );
                self.made.notes.push(Diagnostic::new(
                    Level::Note,
                    rows[at].place.clone(),
                    message,
                    "no action needed",
                ));
            }
        }
    }

    /// Adds the records of a row. Gives the team of its position, and the dates.
    pub fn emit(
        &mut self,
        own: &EmploymentRow<'a>,
        key: &str,
        person: Option<&RowPerson>,
        (at, is_position): (usize, bool),
        rows: &[EmploymentRow<'a>],
    ) -> Option<String> {
        let (mut position, own_pay) = self.position_of(own, key.to_owned());
        let team = position.team.clone().flatten();
        // The position has the pay of the row that defines it; pay at another time belongs to the person's
        // assignment.
        let own_pay = own_pay.or_else(|| {
            let said = (!is_position).then(|| self.pay_of(&own.sources, Field::Pay)).flatten();
            said.filter(|pay| pay.high.is_none()).map(|pay| pay.low)
        });
        if let Some(person) = person {
            if person.main == at {
                self.person(person, own, &position, rows);
            }
            self.made.records.assignments.push(AssignmentRecord {
                place: own.place.clone(),
                position: key.to_owned(),
                person: person.key.clone(),
                pay: own_pay,
                dates: Dates { from: own.start, until: own.end },
            });
        }
        if is_position {
            if own.is_people && own.has_person && position.status == Some(Status::Approved) {
                position.held_until = own.end.flatten();
            }
            let above = self.above(own.reader, own.row);
            self.seats.push(ManagerCandidate {
                position,
                id: own.id.clone(),
                email: own.email.clone(),
                name: own.name.clone(),
                requisition: own.requisition.clone(),
                person: person
                    .filter(|_| own.is_people)
                    .map(|person| (person.key.clone(), person.main == at)),
                above,
                place: own.place.clone(),
            });
        }
        team
    }

    fn person(
        &mut self,
        person: &RowPerson,
        own: &EmploymentRow<'a>,
        position: &PositionRecord,
        rows: &[EmploymentRow<'a>],
    ) {
        self.tell_if_shared(&person.key, own.email.as_deref(), &own.sources, &own.place);
        let all = || person.rows.iter().map(|at| &rows[*at]);
        let name = match own.holder {
            HolderCell::Undisclosed => "Not disclosed".to_owned(),
            _ if own.name.is_empty() => person.key.clone(),
            _ => own.name.clone(),
        };
        let mut aliases: Vec<String> = self.filled(&own.sources, Field::OtherName).into_iter().collect();
        for other in all().flat_map(|row| row.id.iter().chain((!row.name.is_empty()).then_some(&row.name))) {
            let is_new = *other != person.key && *other != name && bare(other) != bare(&name);
            if is_new && person.rows.len() > 1 && !aliases.contains(other) {
                aliases.push(other.clone());
            }
        }
        let company = self.text(&own.sources, Field::Company);
        let starts: Option<Vec<Option<NaiveDate>>> = all().map(|row| row.start).collect();
        let ends: Option<Vec<Option<NaiveDate>>> = all().map(|row| row.end).collect();
        let dates = Dates {
            from: starts
                .map(|days| if days.contains(&None) { None } else { days.into_iter().flatten().min() }),
            until: ends
                .map(|days| if days.contains(&None) { None } else { days.into_iter().flatten().max() }),
        };
        self.made.records.people.push(PersonRecord {
            place: own.place.clone(),
            key: person.key.clone(),
            name: Some(name),
            aliases: (!aliases.is_empty()).then_some(aliases),
            title: position.title.clone(),
            company,
            email: own.email.clone(),
            location: position.location.clone(),
            extra: None,
            dates,
        });
    }

    /// A person is on the team of each of their positions while they are in it.
    pub fn join_teams(&mut self, person: &RowPerson, rows: &[EmploymentRow<'a>], teams: &[Option<String>]) {
        let mut by_team: Vec<(&String, Vec<usize>)> = Vec::new();
        let mut ordered = person.rows.clone();
        ordered.sort_unstable();
        for at in ordered {
            let Some(team) = &teams[at] else { continue };
            match by_team.iter_mut().find(|(own, _)| *own == team) {
                Some((_, rows)) => rows.push(at),
                None => by_team.push((team, vec![at])),
            }
        }
        let is_alone = person.rows.len() == 1 || !rows[person.main].is_people;
        for (team, own) in by_team {
            let spells = if is_alone {
                // How long someone has been on the team is not stated: someone who moves leaves the old team today.
                vec![(own[0], Dates { from: None, until: rows[own[0]].end })]
            } else {
                spells(rows, own)
            };
            for (at, dates) in spells {
                self.made.records.memberships.push(MembershipRecord {
                    dates,
                    ..MembershipRecord::new(rows[at].place.clone(), &person.key, team, None)
                });
            }
        }
    }

    /// Reports once per table that people without a start date count as always present.
    pub fn tell_unknown_starts(&mut self, rows: &[EmploymentRow<'a>], fates: &[RowOutcome]) {
        for reader in 0..self.readers.len() {
            let own = rows.iter().zip(fates).filter(|(row, decision)| {
                row.reader == reader && row.has_person && row.is_people && **decision != RowOutcome::LeftOut
            });
            // Cells that can't be read are reported by themselves.
            let (mut all, mut without) = (0, 0);
            for (row, _) in own {
                all += 1;
                without += usize::from(matches!(row.start, Some(None)));
            }
            let has_column = self.readers[reader].has(Field::Start);
            let header = super::column::of_field(self.readers[reader].columns, Field::Start).next();
            let header = header.map(|column| quoted(&column.header)).unwrap_or_default();
            let (level, message) = match (all, has_column) {
                (0, _) => continue,
                (_, false) => {
                    (Level::Note, "no start date column; everyone counts from the beginning".to_owned())
                }
                (_, true) if without == 0 => continue,
                (all, true) if without == all => (
                    Level::Warning,
                    format!("{header} is empty in every row; everyone counts from the beginning"),
                ),
                (_, true) if without == 1 => {
                    (Level::Note, format!("{header} is empty for 1 person, who counts from the beginning"))
                }
                (_, true) => (
                    Level::Note,
                    format!("{header} is empty for {without} people, who count from the beginning"),
                ),
            };
            let table = self.readers[reader].table;
            let place = Place::new(&table.grid.name, table.header.line, 0);
            let advice = "fill in the start dates; otherwise past headcount is too high";
            self.made.notes.push(Diagnostic::new(level, place, message, advice));
        }
    }
}

/// The periods in which rows of one team follow each other without a day between.
fn spells(rows: &[EmploymentRow<'_>], mut own: Vec<usize>) -> Vec<(usize, Dates)> {
    own.sort_by_key(|at| (rows[*at].start.flatten(), *at));
    let mut spells: Vec<(usize, Dates)> = Vec::new();
    for at in own {
        let row = &rows[at];
        if let Some((_, last)) = spells.last_mut() {
            let goes_on = match (last.until.flatten(), row.start.flatten()) {
                (Some(end), Some(start)) => end + Days::new(1) >= start,
                _ => true,
            };
            if goes_on {
                let longer = match (last.until.flatten(), row.end.flatten()) {
                    (Some(one), Some(other)) => Some(one.max(other)),
                    _ => None,
                };
                last.until = last.until.or(row.end).map(|_| longer);
                continue;
            }
        }
        spells.push((at, Dates { from: row.start, until: row.end }));
    }
    spells
}
