//! Whoever is in the seats of rows: their name, by which the plan knows them, and what it learns about them.

use super::{
    cell::words::{self, Holder},
    doubt::quoted,
    field::Field,
    grid::GridRow,
    make::{Maker, Sources},
};
use crate::{
    problem::{Level, Place, Problem},
    records::{Dates, MembershipRecord, PersonRecord, PositionRecord},
};

impl<'a> Maker<'a> {
    /// The name of whoever is in the seat, and what it says about the seat.
    pub fn name(&mut self, reader: usize, row: &'a GridRow) -> (String, Holder) {
        let own = &mut self.readers[reader];
        let raw = own.raw(row, Field::Name).filter(|_| own.has(Field::Name));
        let whole = own.filled(row, Field::Name);
        let parts: Vec<String> = [Field::FirstName, Field::LastName]
            .iter()
            .filter_map(|field| own.part_of_name(row, *field))
            .collect();
        let vacant = own.profile.vacant.clone();
        let text = match (whole, raw) {
            (Some(name), _) => name,
            (None, raw) if parts.is_empty() => raw.unwrap_or_default(),
            _ => parts.join(" "),
        };
        let holder = words::holder(&text, &vacant);
        if words::is_remark(&text, &vacant) {
            let taken = if holder == Holder::Gone { "a seat given up" } else { "an empty seat" };
            let why = "is hardly a name".to_owned();
            let advice = "write “Vacant”, or the name in full if it is somebody's";
            own.doubt_of(row, Field::Name, Level::Note, Some(taken.to_owned()), why, advice);
        }
        let is_word = holder != Holder::Person;
        (if is_word { String::new() } else { text }, holder)
    }

    pub fn email(&mut self, reader: usize, row: &'a GridRow) -> Option<String> {
        let own = &mut self.readers[reader];
        let email = own.filled(row, Field::Email)?;
        if email.contains('@') && !email.contains(char::is_whitespace) {
            return Some(email.to_lowercase());
        }
        own.doubt_of(
            row,
            Field::Email,
            Level::Warning,
            None,
            "is no e-mail address".to_owned(),
            "correct it, or leave it empty",
        );
        None
    }

    /// By which the plan knows somebody: id, e-mail, name. A name alone may be two people's.
    pub fn person_key(
        &mut self,
        place: &Place,
        is_people: bool,
        id: Option<String>,
        email: Option<String>,
        name: &str,
        seat: Option<&str>,
    ) -> Option<String> {
        let by_name = id.is_none() && email.is_none();
        let base = id.or(email).or_else(|| (!name.is_empty()).then(|| name.to_owned()));
        let Some(base) = base else { return seat.map(|seat| format!("holder of {seat}")) };
        let Some(first) = self.people.get(&base).cloned() else {
            self.people.insert(base.clone(), place.clone());
            return Some(base);
        };
        let mut tell = |level, message, advice: &str| {
            self.made.notes.push(Problem::new(level, place.clone(), message, advice));
        };
        let at = first.beside(place);
        if !by_name {
            // Somebody with a second seat of their own, where rows have seats' ids; else the row is told as repeated.
            return Some(base);
        }
        if !is_people {
            let message =
                format!("{} stands at {at}, too; both posts were taken for one person's", quoted(&base));
            tell(Level::Warning, message, "add a column with ids if they are two people");
            return Some(base);
        }
        let mut number = 2;
        while self.people.contains_key(&format!("{base} ({number})")) {
            number += 1;
        }
        let key = format!("{base} ({number})");
        let message = format!(
            "{} stands at {at}, too; they were taken for two people, this one as {}",
            quoted(&base),
            quoted(&key)
        );
        tell(
            Level::Warning,
            message,
            "add a column with ids or e-mails, so that a later import knows them apart",
        );
        self.people.insert(key.clone(), place.clone());
        Some(key)
    }

    /// An e-mail address is one person's.
    fn tell_if_shared(&mut self, key: &str, email: Option<&str>, sources: &Sources<'a>, place: &Place) {
        let Some(email) = email else { return };
        let first = self.emails.entry(email.to_owned()).or_insert_with(|| (key.to_owned(), place.clone()));
        if first.0 == key {
            return;
        }
        let why = format!("is the e-mail of {} at {}, too", quoted(&first.0), first.1.beside(place));
        if let Some((reader, row)) = sources.first() {
            let advice = "correct one of the two: who is named by it cannot be told";
            let taken = Some(email.to_owned());
            self.readers[*reader].doubt_of(row, Field::Email, Level::Warning, taken, why, advice);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "what a row says about somebody")]
    pub fn person(
        &mut self,
        key: &str,
        name: &str,
        sources: &Sources<'a>,
        place: &Place,
        email: Option<String>,
        position: &PositionRecord,
        dates: &Dates,
    ) {
        let is_new = !self.made.records.people.iter().rev().take(1).any(|last| last.key == key)
            && self.first.insert(format!("\0person {key}"), place.clone()).is_none();
        if let Some(Some(team)) = &position.team
            && self.members.insert((key.to_owned(), team.clone()))
        {
            let until = dates.until;
            self.made.records.memberships.push(MembershipRecord {
                place: place.clone(),
                person: key.to_owned(),
                team: team.clone(),
                role: None,
                share: None,
                dates: Dates { from: None, until },
            });
        }
        if !is_new {
            return;
        }
        self.tell_if_shared(key, email.as_deref(), sources, place);
        let other = self.filled(sources, Field::OtherName);
        let company = self.text(sources, Field::Company);
        self.made.records.people.push(PersonRecord {
            place: place.clone(),
            key: key.to_owned(),
            name: Some(if name.is_empty() { key.to_owned() } else { name.to_owned() }),
            aliases: other.map(|other| vec![other]),
            title: position.title.clone(),
            company,
            email,
            location: position.location.clone(),
            extra: None,
            dates: dates.clone(),
        });
    }
}
