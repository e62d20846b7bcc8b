//! Seats of rows: one each, with or without somebody in it, or several alike that are counted.

use headroom_model::{Fraction, Status};

use super::{
    cell::words::{self, Holder},
    doubt::quoted,
    field::Field,
    grid::GridRow,
    make::{Maker, Sources},
    managers::Seated,
    profile::Rows,
};
use crate::{
    problem::{Level, Place, Problem},
    records::{AssignmentRecord, Dates, PositionRecord},
};

/// What is said of people who are there no longer.
const LEFT: [&str; 7] = ["terminated", "resigned", "left", "former", "leaver", "inactive", "ausgeschieden"];

impl<'a> Maker<'a> {
    pub fn seat(&mut self, reader: usize, row: &'a GridRow) {
        let sources = self.sources(reader, row);
        let place = self.readers[reader].place(row);
        if self.readers[reader].hides_who_it_is(row) {
            let message = "who it is cannot be read; the row was left out";
            let advice = "save the workbook in a spreadsheet, so that its formulas have values";
            return self.made.notes.push(Problem::new(Level::Error, place, message, advice));
        }
        let is_people = self.readers[reader].profile.rows == Rows::People;
        let (name, holder) = self.name(reader, row);
        let id = self.filled(&sources, Field::PersonId).filter(|id| !self.is_vacancy(reader, row, id));
        let email = self.email(reader, row);
        let requisition = self.filled(&sources, Field::Requisition);
        let position_id = self.filled(&sources, Field::PositionId);
        let has_person = match holder {
            Holder::Gone | Holder::Vacant => {
                holder != Holder::Gone && name.is_empty() && (id.is_some() || email.is_some())
            }
            Holder::Undisclosed => true,
            Holder::Person => !name.is_empty(),
        };
        let unnamed = self.name_field(reader).filter(|_| name.is_empty() && holder == Holder::Vacant);
        if let Some(field) = unnamed.filter(|_| has_person) {
            let why = "names nobody, and the row has somebody's id or e-mail".to_owned();
            let taken = id.clone().or_else(|| email.clone());
            let advice = "fill in the name, or take the id out if the seat is empty";
            self.readers[reader].doubt_of(row, field, Level::Warning, taken, why, advice);
        }
        let seat_name = position_id.clone().or_else(|| requisition.clone().filter(|_| !has_person));
        let person = if has_person {
            let named = if holder == Holder::Undisclosed { String::new() } else { name.clone() };
            self.person_key(&place, is_people, id.clone(), email.clone(), &named, seat_name.as_deref())
        } else {
            None
        };
        if has_person && person.is_none() {
            let message = "says neither who it is nor which position; the row was left out";
            let advice = "fill in an id, an e-mail or a name";
            return self.made.notes.push(Problem::new(Level::Error, place, message, advice));
        }
        let key = match (&seat_name, &person) {
            (Some(key), _) => key.clone(),
            (None, Some(person)) => format!("S-{person}"),
            (None, None) => match self.content_key(&sources) {
                Some(key) => key,
                None => {
                    let message = "says neither who it is nor which position; the row was left out";
                    let advice = "fill in an id, an e-mail or a name";
                    return self.made.notes.push(Problem::new(Level::Error, place, message, advice));
                }
            },
        };
        if !self.is_first(&key, &place, "position") {
            return;
        }
        let mut position = self.position(&sources, &place);
        position.key = key;
        position.status = Some(if holder == Holder::Gone {
            Status::Closed
        } else {
            self.status(reader, row, &sources, has_person)
        });
        let start = self.ask(&sources, Field::Start, |reader, row| reader.date(row, Field::Start)).flatten();
        let end = self.ask(&sources, Field::End, |reader, row| reader.date(row, Field::End)).flatten();
        let said = self.pay_of(&sources, Field::Pay);
        let range = self.range(&sources);
        let mut own_pay = None;
        match (range, said) {
            (Some(range), said) => {
                (position.pay, position.pay_up_to) = (Some(range.low), Some(range.high));
                own_pay = said.map(|pay| pay.low);
            }
            (None, Some(pay)) => (position.pay, position.pay_up_to) = (Some(pay.low), Some(pay.high)),
            (None, None) => {}
        }
        if !has_person {
            position.start = start;
        }
        if let Some(person) = &person {
            let dates = Dates { from: start, until: end };
            let undisclosed = holder == Holder::Undisclosed;
            let shown = if undisclosed { "Not disclosed".to_owned() } else { name.clone() };
            self.person(person, &shown, &sources, &place, email.clone(), &position, &dates);
            self.made.records.assignments.push(AssignmentRecord {
                place: place.clone(),
                position: position.key.clone(),
                person: person.clone(),
                pay: own_pay,
                dates,
            });
        }
        let above = self.above(reader, row);
        self.seats.push(Seated { position, id, email, name, requisition, above, place });
    }

    /// The field by which the table names people, if it does.
    fn name_field(&self, reader: usize) -> Option<Field> {
        let fields = [Field::Name, Field::FirstName, Field::LastName];
        fields.into_iter().find(|field| self.readers[reader].has(*field))
    }

    /// Whether a word in the place of an id says that nobody is in the seat.
    fn is_vacancy(&mut self, reader: usize, row: &'a GridRow, id: &str) -> bool {
        let own = &mut self.readers[reader];
        let is_vacant = matches!(words::holder(id, &own.profile.vacant), Holder::Vacant | Holder::Gone);
        if is_vacant {
            let (why, taken) = ("is hardly an id".to_owned(), Some("an empty seat".to_owned()));
            let advice = "leave the cell empty";
            own.doubt_of(row, Field::PersonId, Level::Note, taken, why, advice);
        }
        is_vacant
    }

    pub fn counted(&mut self, reader: usize, row: &'a GridRow) {
        let sources = self.sources(reader, row);
        let place = self.readers[reader].place(row);
        let Some(key) = self.content_key(&sources) else {
            let message = "says neither whose seats these are nor what they do; the row was left out";
            return self.made.notes.push(Problem::new(
                Level::Error,
                place,
                message,
                "fill in a title or a manager",
            ));
        };
        self.first.insert(key.clone(), place.clone());
        let mut position = self.position(&sources, &place);
        if position.fte.is_none() {
            let why = "says no number of seats".to_owned();
            self.readers[reader].doubt_of(
                row,
                Field::Fte,
                Level::Warning,
                Some("0".to_owned()),
                why,
                "fill in the number",
            );
            position.fte = Some(Fraction::ZERO);
        }
        let title = position.title.clone().unwrap_or_default();
        let vacant = self.readers[reader].profile.vacant.clone();
        let is_vacant = !title.is_empty() && words::holder(&title, &vacant) == Holder::Vacant;
        let range = self.range(&sources);
        if let Some(range) = range {
            (position.pay, position.pay_up_to) = (Some(range.low), Some(range.high));
        }
        position.status = Some(self.status(reader, row, &sources, !is_vacant));
        position.pooled = Some(true);
        position.key = key;
        let above = self.above(reader, row);
        self.seats.push(Seated {
            position,
            id: None,
            email: None,
            name: String::new(),
            requisition: None,
            above,
            place,
        });
    }

    /// What the sources say about a seat, whoever is in it.
    fn position(&mut self, sources: &Sources<'a>, place: &Place) -> PositionRecord {
        let id = self.filled(sources, Field::TeamId);
        let path = self.path(sources);
        let has_team = id.is_some()
            || !path.is_empty()
            || [Field::TeamId, Field::Team, Field::Department]
                .iter()
                .any(|field| sources.iter().any(|(at, _)| self.readers[*at].has(*field)));
        let team = self.teams.meant(place, id, path);
        PositionRecord {
            place: place.clone(),
            title: self.text(sources, Field::Title),
            // Which key it gets is known when every team is.
            team: has_team.then_some(team),
            discipline: self.text(sources, Field::Discipline),
            level: self.text(sources, Field::Level),
            location: self.text(sources, Field::Location),
            reason: self.text(sources, Field::Reason),
            need_by: self
                .ask(sources, Field::NeedBy, |reader, row| reader.date(row, Field::NeedBy))
                .flatten(),
            requisition: self.text(sources, Field::Requisition),
            priority: self
                .ask(sources, Field::Priority, |reader, row| reader.whole(row, Field::Priority))
                .flatten(),
            fte: self.ask(sources, Field::Fte, |reader, row| reader.share(row, Field::Fte)).flatten(),
            description: self.text(sources, Field::Description),
            ..PositionRecord::default()
        }
    }

    fn status(&mut self, reader: usize, row: &'a GridRow, sources: &Sources<'a>, is_filled: bool) -> Status {
        let default = if is_filled { Status::Approved } else { Status::Open };
        let Some(word) = self.filled(sources, Field::Status) else { return default };
        let status = match words::folded(&word).as_str() {
            "filled" | "active" | "occupied" | "employed" | "hired" | "budgeted" | "on leave"
            | "full-time" | "part-time" | "full time" | "part time" => default,
            word if is_filled && LEFT.contains(&word) => {
                if self.filled_date(sources, Field::End).is_none() {
                    let why = "says that somebody has left, and the row has no last day".to_owned();
                    let taken = Some("somebody who is there".to_owned());
                    let advice = "fill in the last day, or take the row out";
                    self.readers[reader].doubt_of(row, Field::Status, Level::Warning, taken, why, advice);
                }
                return default;
            }
            "vacant" | "hiring" | "recruiting" | "posted" | "unfilled" | "opened" => Status::Open,
            "on hold" | "hold" | "paused" => Status::Frozen,
            "cancelled" | "canceled" | "eliminated" | "inactive" => Status::Closed,
            "proposed" | "draft" | "pending" | "requested" => Status::Planned,
            "offer" | "offer made" | "offer extended" => Status::Offered,
            word => Status::from_word(word).unwrap_or_else(|| {
                let why = "is no status of a position".to_owned();
                let taken = Some(default.word().to_owned());
                let advice = "write planned, approved, open, offered, frozen or closed";
                self.readers[reader].doubt_of(row, Field::Status, Level::Warning, taken, why, advice);
                default
            }),
        };
        if is_filled && matches!(status, Status::Open | Status::Closed) {
            let why = "the row has somebody in the seat".to_owned();
            let taken = Some(status.word().to_owned());
            let advice = "correct the status, or take the person out of the row";
            self.readers[reader].doubt_of(row, Field::Status, Level::Warning, taken, why, advice);
        }
        status
    }

    /// A day where a cell of the field says something.
    fn filled_date(&mut self, sources: &Sources<'a>, field: Field) -> Option<chrono::NaiveDate> {
        self.ask(sources, field, |reader, row| reader.date(row, field)).flatten().flatten()
    }

    /// Whether nothing before had this key; else it is told.
    fn is_first(&mut self, key: &str, place: &Place, noun: &str) -> bool {
        match self.first.get(key) {
            None => {
                self.first.insert(key.to_owned(), place.clone());
                true
            }
            Some(first) => {
                let message = format!(
                    "the {noun} {} stands already at {}; the row was left out",
                    quoted(key),
                    first.beside(place)
                );
                self.made.notes.push(Problem::new(
                    Level::Warning,
                    place.clone(),
                    message,
                    "keep one of the two rows",
                ));
                false
            }
        }
    }

    /// A key made of what the row says, for seats that have none: the same again at the next import.
    fn content_key(&mut self, sources: &Sources<'a>) -> Option<String> {
        let mut parts: Vec<String> = Vec::new();
        for field in [
            Field::ManagerPosition,
            Field::Manager,
            Field::Title,
            Field::Level,
            Field::Discipline,
            Field::Team,
            Field::Department,
            Field::Location,
        ] {
            if let Some(text) = self.filled(sources, field)
                && !parts.contains(&text)
            {
                parts.push(text.chars().take(100).collect());
            }
        }
        if parts.is_empty() {
            return None;
        }
        let base = parts.join(" / ");
        let mut key = base.clone();
        let mut number = 2;
        while self.first.contains_key(&key) {
            key = format!("{base} #{number}");
            number += 1;
        }
        Some(key)
    }
}
