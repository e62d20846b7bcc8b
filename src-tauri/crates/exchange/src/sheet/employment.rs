//! Rows of one person: a second employment after the first, or two jobs at one time. HR software has a row for each.

use chrono::NaiveDate;
use headroom_model::Fraction;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    cell::{name::bare, words::Holder},
    doubt::quoted,
    field::Field,
    grid::GridRow,
    make::{Maker, Sources},
};
use crate::{
    problem::{Level, Place, Problem},
    records::Said,
};

/// A row as it was read, before it is known what other rows say of the same person or seat.
#[derive(Clone)]
pub struct SeatRow<'a> {
    pub reader: usize,
    pub row: &'a GridRow,
    pub sources: Sources<'a>,
    pub place: Place,
    /// Of a table of people.
    pub is_people: bool,
    pub name: String,
    pub holder: Holder,
    pub id: Option<String>,
    pub email: Option<String>,
    pub requisition: Option<String>,
    /// What the row calls the seat.
    pub seat_name: Option<String>,
    pub has_person: bool,
    pub start: Said<Option<NaiveDate>>,
    pub end: Said<Option<NaiveDate>>,
    /// A column about employment says that somebody is there.
    pub says_there: bool,
}

/// Somebody, and the rows that speak of them.
#[derive(Default)]
pub struct Somebody {
    pub key: String,
    pub rows: Vec<usize>,
    /// The row of the employment that counts most: the present one, or the last.
    pub main: usize,
}

/// What becomes of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is a seat, and whoever is in it.
    Seat,
    /// Another row tells the seat; this one says who was in it at another time.
    Occupancy,
    LeftOut,
}

/// By what people are known among the rows.
#[derive(Default)]
struct Register {
    people: Vec<Somebody>,
    ids: FxHashMap<String, usize>,
    emails: FxHashMap<String, usize>,
    /// People of whom nothing but the name is known.
    names: FxHashMap<String, usize>,
}

impl SeatRow<'_> {
    /// Whether one of the two had ended when the other began.
    pub fn is_apart_from(&self, other: &Self) -> bool {
        let before = |one: &Self, two: &Self| match (one.end.flatten(), two.start.flatten()) {
            (Some(end), Some(start)) => end <= start,
            _ => false,
        };
        before(self, other) || before(other, self)
    }

    /// Whether one of the two began and ended before the other did, with some days of both between.
    fn gives_way_to(&self, other: &Self) -> bool {
        let first =
            |one: &Self, two: &Self| match (one.start.flatten(), one.end.flatten(), two.start.flatten()) {
                (Some(start), Some(end), Some(later)) => {
                    start < later && two.end.flatten().is_none_or(|last| end < last)
                }
                _ => false,
            };
        first(self, other) || first(other, self)
    }

    /// The day before the first of other jobs began, where this one has no end and began earlier: whoever works no more
    /// than full time has changed jobs.
    fn last_day_before<'b>(&self, others: impl Iterator<Item = &'b Self>) -> Option<NaiveDate>
    where
        Self: 'b,
    {
        let start = self.start.flatten().filter(|_| self.end.flatten().is_none())?;
        let starts: Option<Vec<NaiveDate>> = others.map(|other| other.start.flatten()).collect();
        starts?.into_iter().min().filter(|next| start < *next)?.pred_opt()
    }

    fn has_name_of(&self, other: &Self) -> bool {
        self.name.is_empty() || other.name.is_empty() || bare(&self.name) == bare(&other.name)
    }

    fn has_email_of(&self, other: &Self) -> bool {
        self.email.is_some() && self.email == other.email
    }

    /// Open ends first, then the later one.
    pub fn last_day(&self) -> (bool, Option<NaiveDate>) {
        let end = self.end.flatten();
        (end.is_none(), end)
    }
}

impl<'a> Maker<'a> {
    /// Makes people and seats of the rows that were read.
    pub fn settle_rows(&mut self) {
        let mut rows = std::mem::take(&mut self.rows);
        let mut fates = vec![Fate::Seat; rows.len()];
        let mut register = Register::default();
        for at in 0..rows.len() {
            if rows[at].has_person && !self.register(&mut register, &rows, at) {
                fates[at] = Fate::LeftOut;
            }
        }
        let mut keys: Vec<String> = vec![String::new(); rows.len()];
        for person in &mut register.people {
            self.settle_present(person, &mut rows);
            self.settle_person(person, &mut rows, &mut fates, &mut keys);
        }
        self.settle_seats(&rows, &mut fates, &mut keys);
        let mut whose: Vec<Option<usize>> = vec![None; rows.len()];
        for (number, person) in register.people.iter_mut().enumerate() {
            person.rows.retain(|at| fates[*at] != Fate::LeftOut);
            person.main = person.rows.first().copied().unwrap_or(person.main);
            person.rows.iter().for_each(|at| whose[*at] = Some(number));
        }
        let mut teams = vec![None; rows.len()];
        for (at, row) in rows.iter().enumerate().filter(|(at, _)| fates[*at] != Fate::LeftOut) {
            let person = whose[at].map(|number| &register.people[number]);
            let is_seat = fates[at] == Fate::Seat;
            teams[at] = self.emit(row, &keys[at], person, (at, is_seat), &rows);
        }
        for person in &register.people {
            self.join_teams(person, &rows, &teams);
        }
        self.tell_unknown_starts(&rows, &fates);
    }

    /// Puts a row to the person that it speaks of. False when nobody can tell who that is.
    fn register(&mut self, register: &mut Register, rows: &[SeatRow<'a>], at: usize) -> bool {
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
                let named = if own.holder == Holder::Undisclosed { "" } else { own.name.as_str() };
                let base = own.id.clone().or_else(|| own.email.clone());
                let base = base.or_else(|| (!named.is_empty()).then(|| self.free_name(named)));
                let base = base.or_else(|| own.seat_name.as_ref().map(|seat| format!("holder of {seat}")));
                let Some(key) = base else {
                    self.tell_nobody(&own.place);
                    return false;
                };
                self.names_taken.insert(key.clone());
                register.people.push(Somebody { key, rows: vec![at], main: at });
                register.people.len() - 1
            }
        };
        if let Some(id) = &own.id {
            register.ids.entry(id.clone()).or_insert(person);
        }
        if let Some(email) = &own.email {
            register.emails.entry(email.clone()).or_insert(person);
        }
        if has_name_alone && own.holder == Holder::Person {
            register.names.entry(own.name.clone()).or_insert(person);
        }
        true
    }

    /// Whether a row with somebody's id is theirs. Another name with the same id at the same time is an id that was
    /// given twice.
    fn is_of_id(&mut self, person: &Somebody, rows: &[SeatRow<'a>], at: usize) -> bool {
        let (own, first) = (&rows[at], &rows[person.rows[0]]);
        let is_known = |other: &usize| own.has_name_of(&rows[*other]) || own.has_email_of(&rows[*other]);
        if !own.is_people || person.rows.iter().any(is_known) {
            return true;
        }
        let is_apart = person.rows.iter().all(|other| own.is_apart_from(&rows[*other]));
        if is_apart || own.seat_name.is_some() {
            self.tell_one_person(own, first, "has another name");
            return true;
        }
        self.tell_repeated(&format!("S-{}", person.key), &first.place, &own.place);
        false
    }

    /// Whether a row with somebody's e-mail address is theirs. None when it is left out.
    fn is_of_email(&mut self, person: &Somebody, rows: &[SeatRow<'a>], at: usize) -> Option<bool> {
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
                self.tell_one_person(own, first, "has another id");
                Some(true)
            }
            (false, false) if own.id.is_none() && first.id.is_none() => {
                if is_apart || own.seat_name.is_some() {
                    self.tell_one_person(own, first, "has another name");
                    return Some(true);
                }
                self.tell_repeated(&format!("S-{}", person.key), &first.place, &own.place);
                None
            }
            _ => Some(false),
        }
    }

    /// Whether a row without an id or an address speaks of somebody of that name: after they had left, or where people
    /// may have several posts.
    fn is_of_name(&mut self, person: &Somebody, rows: &[SeatRow<'a>], at: usize) -> bool {
        let (own, first) = (&rows[at], &rows[person.rows[0]]);
        let at = first.place.beside(&own.place);
        if own.is_people {
            let is_apart = person.rows.iter().all(|other| own.is_apart_from(&rows[*other]));
            if is_apart {
                let message = format!(
                    "{} stands at {at}, too, at another time; they were taken for one person who came back",
                    quoted(&own.name)
                );
                let advice = "add a column with ids or e-mails if they are two people";
                self.made.notes.push(Problem::new(Level::Warning, own.place.clone(), message, advice));
            }
            return is_apart;
        }
        let message =
            format!("{} stands at {at}, too; both posts were taken for one person's", quoted(&own.name));
        let advice = "add a column with ids if they are two people";
        self.made.notes.push(Problem::new(Level::Warning, own.place.clone(), message, advice));
        true
    }

    fn tell_one_person(&mut self, own: &SeatRow<'a>, first: &SeatRow<'a>, but: &str) {
        let by = own.id.as_ref().filter(|id| first.id.as_ref() == Some(id)).or(own.email.as_ref());
        let message = format!(
            "{} stands at {}, too, and {but} here; they were taken for one person",
            quoted(by.unwrap_or(&own.name)),
            first.place.beside(&own.place)
        );
        let advice = "correct one of the two if they are two people";
        self.made.notes.push(Problem::new(Level::Warning, own.place.clone(), message, advice));
    }

    /// A name by which nobody is known yet. That it was taken already is told.
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

    /// Somebody who is there is not recorded as gone: a last day that has passed does not count where no row of theirs
    /// goes on and one says that they are there.
    fn settle_present(&mut self, person: &Somebody, rows: &mut [SeatRow<'a>]) {
        let Some(today) = self.today else { return };
        let has_passed = |at: &usize| rows[*at].end.flatten().is_some_and(|end| end < today);
        if !person.rows.iter().all(has_passed) || !person.rows.iter().any(|at| rows[*at].says_there) {
            return;
        }
        if let Some(last) = person.rows.iter().max_by_key(|at| rows[**at].end.flatten()).copied() {
            self.tell_end(&rows[last], "has passed, and the row says that somebody is there");
            rows[last].end = Some(None);
        }
    }

    /// Which rows of somebody count, the main one first, and what their seats are called.
    fn settle_person(
        &mut self,
        person: &mut Somebody,
        rows: &mut [SeatRow<'a>],
        fates: &mut [Fate],
        keys: &mut [String],
    ) {
        let shares: FxHashMap<usize, Fraction> = if person.rows.len() > 1 {
            person.rows.iter().map(|at| (*at, self.least_share_of(&rows[*at]))).collect()
        } else {
            FxHashMap::default()
        };
        let share = |at: usize| shares.get(&at).copied().unwrap_or(Fraction::ONE);
        // Of two that cannot both be, the one that began later counts.
        person.rows.sort_by_key(|at| {
            let own = &rows[*at];
            std::cmp::Reverse((own.last_day(), own.start.flatten(), std::cmp::Reverse(*at)))
        });
        let mut kept: Vec<usize> = Vec::new();
        for at in person.rows.clone() {
            let own = &rows[at];
            let repeats = |other: &&usize| {
                own.seat_name.is_none()
                    && rows[**other].seat_name.is_none()
                    && own.is_people
                    && !own.is_apart_from(&rows[**other])
            };
            let beside: Vec<usize> = kept.iter().filter(repeats).copied().collect();
            let together =
                beside.iter().map(|other| share(*other).millionths()).sum::<i64>() + share(at).millionths();
            let same = beside.iter().copied().find(|other| self.is_same_job(own, &rows[*other]));
            let gives_way = beside.iter().all(|other| own.gives_way_to(&rows[*other]));
            if beside.is_empty() {
                kept.push(at);
            } else if together <= Fraction::ONE.millionths() {
                kept.push(at);
                if let Some(other) = same {
                    self.tell_same_job(own, &rows[other]);
                }
            } else if let Some(last) = own.last_day_before(beside.iter().map(|other| &rows[*other])) {
                kept.push(at);
                self.tell_changed_job(own, &rows[beside[0]], last);
                rows[at].end = Some(Some(last));
            } else if gives_way {
                kept.push(at);
                let at = rows[beside[0]].place.beside(&own.place);
                let message = format!("overlaps with the employment of the same person at {at}; both count");
                let advice = "let one end before the other begins";
                self.made.notes.push(Problem::new(Level::Warning, own.place.clone(), message, advice));
            } else {
                fates[at] = Fate::LeftOut;
                self.tell_repeated(&format!("S-{}", person.key), &rows[beside[0]].place, &own.place);
            }
        }
        kept.sort_by_key(|at| {
            let own = &rows[*at];
            std::cmp::Reverse((own.last_day(), share(*at), own.start.flatten(), std::cmp::Reverse(*at)))
        });
        person.rows.clone_from(&kept);
        self.settle_key(person, rows, &kept);
        let mut taken: FxHashSet<String> = FxHashSet::default();
        for (number, at) in kept.into_iter().enumerate() {
            let own = &rows[at];
            keys[at] = match &own.seat_name {
                Some(key) => key.clone(),
                None if number == 0 => format!("S-{}", person.key),
                None => self.further_key(person, own, &taken),
            };
            taken.insert(keys[at].clone());
        }
    }

    /// The present row says by what somebody is known; another id is another name for them.
    fn settle_key(&mut self, person: &mut Somebody, rows: &[SeatRow<'a>], kept: &[usize]) {
        let Some(main) = kept.first().filter(|_| kept.len() > 1) else { return };
        let any_id = || kept.iter().find_map(|at| rows[*at].id.clone());
        if let Some(id) = rows[*main].id.clone().or_else(any_id) {
            person.key = id;
        }
    }

    /// What a further seat of somebody is called: the same at the next import, whatever the order of the rows.
    fn further_key(&mut self, person: &Somebody, own: &SeatRow<'a>, taken: &FxHashSet<String>) -> String {
        let title = self.filled(&own.sources, Field::Title);
        let start = own.start.flatten().map(|day| day.to_string());
        let (first, second) = match (start, title) {
            (Some(start), Some(title)) => (start.clone(), format!("{start} {title}")),
            (Some(only), None) | (None, Some(only)) => (only.clone(), only),
            (None, None) => ("2".to_owned(), "2".to_owned()),
        };
        let key = |what: &str| format!("S-{} ({what})", person.key);
        let mut found = key(&first);
        if taken.contains(&found) {
            found = key(&second);
        }
        let mut number = 2;
        while taken.contains(&found) {
            found = key(&format!("{second} #{number}"));
            number += 1;
        }
        found
    }

    /// How much of full time a row takes at least: while it is asked what part time is, next to nothing.
    fn least_share_of(&mut self, own: &SeatRow<'a>) -> Fraction {
        let said = self.share_of(&own.sources);
        let mut is_part = |field: Field| {
            let said = self.ask(&own.sources, field, |reader, row| reader.is_part_time(row, field));
            said.unwrap_or(false)
        };
        let least = Fraction::from_millionths(1);
        said.unwrap_or_else(|| {
            let fields = [Field::Fte, Field::EmploymentStatus, Field::Status];
            if fields.into_iter().any(&mut is_part) { least } else { Fraction::ONE }
        })
    }

    fn tell_same_job(&mut self, own: &SeatRow<'a>, other: &SeatRow<'a>) {
        let message = format!(
            "says the same job of the same person at the same time as {}; by their working time they are two",
            other.place.beside(&own.place)
        );
        let advice = "keep one of the two rows if they are one job";
        self.made.notes.push(Problem::new(Level::Note, own.place.clone(), message, advice));
    }

    fn tell_changed_job(&mut self, own: &SeatRow<'a>, next: &SeatRow<'a>, last: NaiveDate) {
        let message = format!(
            "has no last day, and the same person has another job at {}; it was taken to end on {}, the day before that",
            next.place.beside(&own.place),
            last.format("%-d %B %Y")
        );
        let advice =
            "fill in the last day of the earlier job, or the share of full time of both if they are at once";
        self.made.notes.push(Problem::new(Level::Warning, own.place.clone(), message, advice));
    }

    /// Whether two rows say the same job at the same time.
    fn is_same_job(&mut self, one: &SeatRow<'a>, other: &SeatRow<'a>) -> bool {
        let mut says = |own: &SeatRow<'a>| {
            [Field::Title, Field::Division, Field::Department, Field::Team]
                .map(|field| self.filled(&own.sources, field))
        };
        says(one) == says(other)
    }
}
