//! Resolves several rows of one person: employments one after the other, or two jobs at the same time. HR software
//! has a row for each.

use headroom_files::{Diagnostic, Level, quoted};
use headroom_tabular::cell::words::HolderCell;
use rustc_hash::FxHashMap;

use super::{builder::RecordBuilder, employment_row::EmploymentRow};

/// A person, and the rows about them.
#[derive(Default)]
pub struct RowPerson {
    pub key: String,
    pub rows: Vec<usize>,
    /// The row of the main employment: the present one, otherwise the last.
    pub main: usize,
}

/// What a row becomes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum RowOutcome {
    /// A position, with the person in it.
    Seat,
    /// An occupancy: another row defines the position, this one says who was in it at another time.
    Occupancy,
    LeftOut,
}

/// The people found so far, by what identifies them.
#[derive(Default)]
struct Register {
    people: Vec<RowPerson>,
    ids: FxHashMap<String, usize>,
    emails: FxHashMap<String, usize>,
    /// People of whom only the name is known.
    names: FxHashMap<String, usize>,
}

impl<'a> RecordBuilder<'a> {
    /// Makes people and positions of the rows that were read.
    pub fn settle_rows(&mut self) {
        let mut rows = std::mem::take(&mut self.rows);
        let mut fates = vec![RowOutcome::Seat; rows.len()];
        let mut register = Register::default();
        for at in 0..rows.len() {
            if rows[at].has_person && !self.register(&mut register, &rows, at) {
                fates[at] = RowOutcome::LeftOut;
            }
        }
        let mut keys: Vec<String> = vec![String::new(); rows.len()];
        for person in &mut register.people {
            self.settle_present(person, &mut rows);
            self.settle_person(person, &mut rows, &mut fates, &mut keys);
        }
        self.settle_positions(&rows, &mut fates, &mut keys);
        let mut whose: Vec<Option<usize>> = vec![None; rows.len()];
        for (number, person) in register.people.iter_mut().enumerate() {
            person.rows.retain(|at| fates[*at] != RowOutcome::LeftOut);
            person.main = person.rows.first().copied().unwrap_or(person.main);
            person.rows.iter().for_each(|at| whose[*at] = Some(number));
        }
        let mut teams = vec![None; rows.len()];
        for (at, row) in rows.iter().enumerate().filter(|(at, _)| fates[*at] != RowOutcome::LeftOut) {
            let person = whose[at].map(|number| &register.people[number]);
            let is_position = fates[at] == RowOutcome::Seat;
            teams[at] = self.emit(row, &keys[at], person, (at, is_position), &rows);
        }
        for person in &register.people {
            self.join_teams(person, &rows, &teams);
        }
        self.tell_unknown_starts(&rows, &fates);
    }

    /// Assigns a row to its person. False if it can't be known who that is.
    fn register(&mut self, register: &mut Register, rows: &[EmploymentRow<'a>], at: usize) -> bool {
        let own = &rows[at];
        let by_id = own.id.as_ref().and_then(|id| register.ids.get(id)).copied();
        let by_email = own.email.as_ref().and_then(|email| register.emails.get(email)).copied();
        let has_name_alone = own.id.is_none() && own.email.is_none();
        let by_name = has_name_alone.then(|| register.names.get(&own.name)).flatten().copied();
        let found = match (by_id, by_email, by_name) {
            (Some(person), ..) => match self.is_of_id(&register.people[person], rows, at) {
                true => Some(person),
                false => return false,
            },
            (None, Some(person), _) => match self.is_of_email(&register.people[person], rows, at) {
                Some(true) => Some(person),
                Some(false) => None,
                None => return false,
            },
            (None, None, Some(person)) => {
                let is_one = self.is_of_name(&register.people[person], rows, at);
                is_one.then_some(person)
            }
            (None, None, None) => None,
        };
        let person = match found {
            Some(person) => {
                register.people[person].rows.push(at);
                person
            }
            None => {
                let named = if own.holder == HolderCell::Undisclosed { "" } else { own.name.as_str() };
                let base = own.id.clone().or_else(|| own.email.clone());
                let base = base.or_else(|| (!named.is_empty()).then(|| self.free_name(named)));
                let base = base
                    .or_else(|| own.position_name.as_ref().map(|position| format!("holder of {position}")));
                let Some(key) = base else {
                    self.tell_nobody(&own.place);
                    return false;
                };
                self.names_taken.insert(key.clone());
                register.people.push(RowPerson { key, rows: vec![at], main: at });
                register.people.len() - 1
            }
        };
        if let Some(id) = &own.id {
            register.ids.entry(id.clone()).or_insert(person);
        }
        if let Some(email) = &own.email {
            register.emails.entry(email.clone()).or_insert(person);
        }
        if has_name_alone && own.holder == HolderCell::Person {
            register.names.entry(own.name.clone()).or_insert(person);
        }
        true
    }

    /// Whether a row with the person's ID is theirs. Another name with the same ID at the same time means that the ID
    /// was given twice.
    fn is_of_id(&mut self, person: &RowPerson, rows: &[EmploymentRow<'a>], at: usize) -> bool {
        let (own, first) = (&rows[at], &rows[person.rows[0]]);
        let is_known = |other: &usize| own.has_name_of(&rows[*other]) || own.has_email_of(&rows[*other]);
        if !own.is_people || person.rows.iter().any(is_known) {
            return true;
        }
        let is_apart = person.rows.iter().all(|other| own.is_apart_from(&rows[*other]));
        if is_apart || own.position_name.is_some() {
            self.tell_one_person(own, first, "has another name");
            return true;
        }
        self.tell_repeated(&format!("S-{}", person.key), &first.place, &own.place);
        false
    }

    /// Whether a row with the person's email is theirs. None if it is left out.
    fn is_of_email(&mut self, person: &RowPerson, rows: &[EmploymentRow<'a>], at: usize) -> Option<bool> {
        let (own, first) = (&rows[at], &rows[person.rows[0]]);
        let is_known = person.rows.iter().any(|other| own.has_name_of(&rows[*other]));
        let is_apart = person.rows.iter().all(|other| own.is_apart_from(&rows[*other]));
        let has_other_id = own.id.is_some() && person.rows.iter().any(|other| rows[*other].id.is_some());
        if !own.is_people {
            return Some(!has_other_id);
        }
        match (is_known, has_other_id) {
            (true, false) => Some(true),
            (true, true) if is_apart => {
                self.tell_one_person(own, first, "has another ID");
                Some(true)
            }
            (false, false) if own.id.is_none() && first.id.is_none() => {
                if is_apart || own.position_name.is_some() {
                    self.tell_one_person(own, first, "has another name");
                    return Some(true);
                }
                self.tell_repeated(&format!("S-{}", person.key), &first.place, &own.place);
                None
            }
            _ => Some(false),
        }
    }

    /// Whether a row without ID and email is about the person with that name: only after they had left, or where
    /// people may be in several positions.
    fn is_of_name(&mut self, person: &RowPerson, rows: &[EmploymentRow<'a>], at: usize) -> bool {
        let (own, first) = (&rows[at], &rows[person.rows[0]]);
        let at = first.place.beside(&own.place);
        if own.is_people {
            let is_apart = person.rows.iter().all(|other| own.is_apart_from(&rows[*other]));
            if is_apart {
                let message = format!(
                    "{} is also at {at}, at another time; imported as one person who returned",
                    quoted(&own.name)
                );
                let advice = "add a column with IDs or emails if they are two people";
                self.made.notes.push(Diagnostic::new(Level::Warning, own.place.clone(), message, advice));
            }
            return is_apart;
        }
        let message =
            format!("{} is also at {at}; both positions were assigned to one person", quoted(&own.name));
        let advice = "add a column with IDs if they are two people";
        self.made.notes.push(Diagnostic::new(Level::Warning, own.place.clone(), message, advice));
        true
    }

    fn tell_one_person(&mut self, own: &EmploymentRow<'a>, first: &EmploymentRow<'a>, but: &str) {
        let by = own.id.as_ref().filter(|id| first.id.as_ref() == Some(id)).or(own.email.as_ref());
        let message = format!(
            "{} is also at {}, but {but} here; imported as one person",
            quoted(by.unwrap_or(&own.name)),
            first.place.beside(&own.place)
        );
        let advice = "correct one of the two if they are two people";
        self.made.notes.push(Diagnostic::new(Level::Warning, own.place.clone(), message, advice));
    }

    /// A name that no one has as key yet. Reports if it had to be changed.
    fn free_name(&mut self, name: &str) -> String {
        if !self.names_taken.contains(name) {
            return name.to_owned();
        }
        let mut number = 2;
        while self.names_taken.contains(&format!("{name} ({number})")) {
            number += 1;
        }
        format!("{name} ({number})")
    }

    /// Never records someone who is present as gone: a last day that has passed does not count if no other row goes
    /// on and one says that they are there.
    fn settle_present(&mut self, person: &RowPerson, rows: &mut [EmploymentRow<'a>]) {
        let Some(today) = self.today else { return };
        let has_passed = |at: &usize| rows[*at].end.flatten().is_some_and(|end| end < today);
        if !person.rows.iter().all(has_passed) || !person.rows.iter().any(|at| rows[*at].says_there) {
            return;
        }
        if let Some(last) = person.rows.iter().max_by_key(|at| rows[**at].end.flatten()).copied() {
            self.tell_end(&rows[last], "in the past, but the row says the person is still employed");
            rows[last].end = Some(None);
        }
    }
}
