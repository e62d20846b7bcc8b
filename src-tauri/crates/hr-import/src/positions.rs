//! The positions of rows: one each, occupied or vacant, or several of one kind that are counted.

use chrono::NaiveDate;
use headroom_files::{
    Diagnostic, Level, Place, quoted,
    records::{PositionRecord, Stated},
};
use headroom_model::{Decimal6, Status};
use headroom_tabular::{
    cell::words::{self, HolderCell},
    raw_table::RawRow,
};

use super::{
    builder::RecordBuilder,
    employment_row::{EmploymentRow, Sources},
    field::Field,
    manager_candidate::ManagerCandidate,
    profile::RowMeaning,
};

/// A day, no day, or not stated.
type SaidDay = Stated<Option<NaiveDate>>;

const NOBODY: &str = "row names no person or position; skipped";
const NAME_IT: &str = "fill in an ID, email or name";

impl<'a> RecordBuilder<'a> {
    /// Reads a row of a table of people or positions. What it becomes is decided when all are read.
    pub fn read_position(&mut self, reader: usize, row: &'a RawRow) {
        let sources = self.sources(reader, row);
        let place = self.readers[reader].place(row);
        if self.readers[reader].hides_who_it_is(row) {
            let message = "the person or position can’t be read; row skipped";
            let advice = "open and save the workbook in a spreadsheet program to store formula values";
            return self.made.notes.push(Diagnostic::new(Level::Error, place, message, advice));
        }
        let is_people = self.readers[reader].profile.rows == RowMeaning::People;
        let id = self.filled(&sources, Field::PersonId).filter(|id| !self.is_vacancy(reader, row, id));
        let whole = self.name(reader, row, id.as_deref());
        let (name, holder) = (whole.name, whole.holder);
        let id = id.or(whole.id);
        let email = self.email(reader, row).or(whole.email);
        let requisition = self.filled(&sources, Field::Requisition);
        let position_id = self.filled(&sources, Field::PositionId);
        let has_person = match holder {
            HolderCell::Gone | HolderCell::Vacant => {
                holder != HolderCell::Gone && name.is_empty() && (id.is_some() || email.is_some())
            }
            HolderCell::Undisclosed => true,
            HolderCell::Person => !name.is_empty(),
        };
        let unnamed = self.name_field(reader).filter(|_| name.is_empty() && holder == HolderCell::Vacant);
        if let Some(field) = unnamed.filter(|_| has_person) {
            let why = "not a name, but the row has a person’s ID or email".to_owned();
            let taken = id.clone().or_else(|| email.clone());
            let advice = "fill in the name, or remove the ID if the position is vacant";
            self.readers[reader].doubt_of(row, field, Level::Warning, taken, why, advice);
        }
        let position_name = position_id.or_else(|| requisition.clone().filter(|_| !has_person));
        let Some((start, end)) = self.employed(&sources, is_people) else { return };
        let mut own = EmploymentRow {
            reader,
            row,
            sources,
            place,
            is_people,
            name,
            holder,
            id,
            email,
            requisition,
            position_name,
            has_person,
            start,
            end,
            says_there: false,
        };
        if own.has_person && !self.is_plausible(&mut own, whole.has_left) {
            return;
        }
        self.rows.push(own);
    }

    /// First and last day. None if one of them, or the share of full time, can't be read: a typing error must not
    /// make someone employed for ever, or full time.
    fn employed(&mut self, sources: &Sources<'a>, is_people: bool) -> Option<(SaidDay, SaidDay)> {
        let start = self.ask_surely(sources, Field::Start, |reader, row| reader.date(row, Field::Start));
        let end = self.ask_surely(sources, Field::End, |reader, row| reader.date(row, Field::End));
        let is_of_hr = is_people || sources.iter().any(|(at, _)| self.readers[*at].has(Field::Start));
        let fte = is_of_hr
            .then(|| self.ask_surely(sources, Field::Fte, |reader, row| reader.share(row, Field::Fte)));
        Some((start?, end?)).filter(|_| fte.is_none_or(|fte| fte.is_some()))
    }

    /// Whether the row says when a leaver left. An impossible last day is removed.
    fn is_plausible(&mut self, own: &mut EmploymentRow<'a>, has_left: bool) -> bool {
        let status = [Field::Status, Field::EmploymentStatus]
            .into_iter()
            .find_map(|field| Some((field, self.filled(&own.sources, field)?)));
        let says_left = status.as_ref().filter(|(_, word)| words::has_left(word)).map(|(field, _)| *field);
        if (has_left || says_left.is_some()) && own.end.flatten().is_none() {
            let why = "person has left but has no end date; row skipped".to_owned();
            let advice = "fill in the end date";
            let field = says_left.unwrap_or(Field::Name);
            self.readers[own.reader].doubt_of(own.row, field, Level::Warning, None, why, advice);
            return false;
        }
        own.says_there = status.as_ref().is_some_and(|(_, word)| words::is_there(word));
        let is_backwards = own.start.flatten().zip(own.end.flatten()).is_some_and(|(start, end)| end < start);
        if is_backwards && says_left.is_none() {
            self.tell_end(own, "before the start date; may be the end of an earlier employment");
            own.end = Some(None);
        }
        true
    }

    /// Reports that a last day does not count.
    pub fn tell_end(&mut self, own: &EmploymentRow<'a>, why: &str) {
        let taken = Some("no end date".to_owned());
        let advice = "give each employment its own row with a start and end date";
        self.readers[own.reader].doubt_of(own.row, Field::End, Level::Warning, taken, why.to_owned(), advice);
    }

    /// The key of a vacant position in a row without a position ID.
    pub fn key_of_vacancy(&mut self, own: &EmploymentRow<'a>) -> Option<String> {
        let key = own.position_name.clone().or_else(|| self.content_key(&own.sources));
        if key.is_none() {
            self.made.notes.push(Diagnostic::new(Level::Error, own.place.clone(), NOBODY, NAME_IT));
        }
        key
    }

    /// Reports that a row names no one.
    pub fn tell_nobody(&mut self, place: &Place) {
        self.made.notes.push(Diagnostic::new(Level::Error, place.clone(), NOBODY, NAME_IT));
    }

    /// The position of a row, and the pay of the person in it if it is given apart from the position's.
    pub fn position_of(
        &mut self,
        own: &EmploymentRow<'a>,
        key: String,
    ) -> (PositionRecord, Stated<Option<headroom_model::Money>>) {
        let mut position = self.position(&own.sources, &own.place);
        position.key = key;
        position.status = Some(if own.holder == HolderCell::Gone {
            Status::Closed
        } else {
            self.status(own.reader, own.row, &own.sources, own.has_person)
        });
        let said = self.pay_of(&own.sources, Field::Pay);
        let range = self.range(&own.sources);
        let mut own_pay = None;
        match (range, said) {
            (Some(range), said) => {
                (position.pay, position.pay_up_to) = (Some(range.low), Some(range.high));
                own_pay = said.map(|pay| pay.low);
            }
            (None, Some(pay)) => (position.pay, position.pay_up_to) = (Some(pay.low), Some(pay.high)),
            (None, None) => {}
        }
        if !own.has_person {
            position.start = own.start;
        }
        (position, own_pay)
    }

    /// The field by which the table names people, if it does.
    fn name_field(&self, reader: usize) -> Option<Field> {
        let fields = [Field::Name, Field::FirstName, Field::LastName];
        fields.into_iter().find(|field| self.readers[reader].has(*field))
    }

    /// Whether a word in place of an ID says that the position is vacant.
    fn is_vacancy(&mut self, reader: usize, row: &'a RawRow, id: &str) -> bool {
        let own = &mut self.readers[reader];
        let is_vacant =
            matches!(words::holder(id, &own.profile.vacant), HolderCell::Vacant | HolderCell::Gone);
        if is_vacant {
            let (why, taken) = ("probably not an ID".to_owned(), Some("a vacant position".to_owned()));
            let advice = "leave the cell empty";
            own.doubt_of(row, Field::PersonId, Level::Note, taken, why, advice);
        }
        is_vacant
    }

    pub fn counted(&mut self, reader: usize, row: &'a RawRow) {
        let sources = self.sources(reader, row);
        let place = self.readers[reader].place(row);
        let Some(key) = self.content_key(&sources) else {
            let message = "row has no title or manager for these positions; skipped";
            return self.made.notes.push(Diagnostic::new(
                Level::Error,
                place,
                message,
                "fill in a title or a manager",
            ));
        };
        self.first.insert(key.clone(), place.clone());
        let mut position = self.position(&sources, &place);
        if position.fte.is_none() {
            let why = "number of positions is missing".to_owned();
            self.readers[reader].doubt_of(
                row,
                Field::Fte,
                Level::Warning,
                Some("0".to_owned()),
                why,
                "fill in the number",
            );
            position.fte = Some(Decimal6::ZERO);
        }
        let title = position.title.clone().unwrap_or_default();
        let vacant = self.readers[reader].profile.vacant.clone();
        let is_vacant = !title.is_empty() && words::holder(&title, &vacant) == HolderCell::Vacant;
        let range = self.range(&sources);
        if let Some(range) = range {
            (position.pay, position.pay_up_to) = (Some(range.low), Some(range.high));
        }
        position.status = Some(self.status(reader, row, &sources, !is_vacant));
        position.pooled = Some(true);
        position.key = key;
        let above = self.above(reader, row);
        self.seats.push(ManagerCandidate {
            position,
            id: None,
            email: None,
            name: String::new(),
            requisition: None,
            person: None,
            above,
            place,
        });
    }

    /// What the sources say about a position, apart from who is in it.
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
            // Its key is known when all teams are.
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
            fte: self.share_of(sources),
            description: self.text(sources, Field::Description),
            ..PositionRecord::default()
        }
    }

    /// The share of full time. Without a column for it, one about employment may have it in words.
    pub fn share_of(&mut self, sources: &Sources<'a>) -> Stated<Decimal6> {
        if let Some(said) = self.ask(sources, Field::Fte, |reader, row| reader.share(row, Field::Fte)) {
            return said;
        }
        let fields = [Field::EmploymentStatus, Field::Status];
        fields.into_iter().find_map(|field| {
            self.ask(sources, field, |reader, row| reader.share_beside(row, field)).flatten()
        })
    }

    fn status(&mut self, reader: usize, row: &'a RawRow, sources: &Sources<'a>, is_filled: bool) -> Status {
        let default = if is_filled { Status::Approved } else { Status::Open };
        let Some(word) = self.filled(sources, Field::Status) else {
            return self.status_of_vacancy(sources).filter(|_| !is_filled).unwrap_or(default);
        };
        let status = match words::folded(&word).as_str() {
            "filled" | "active" | "occupied" | "employed" | "hired" | "budgeted" | "on leave"
            | "full-time" | "part-time" | "full time" | "part time" => default,
            // Someone with a last day.
            word if is_filled && words::has_left(word) => return default,
            "vacant" | "hiring" | "recruiting" | "posted" | "unfilled" | "opened" => Status::Open,
            "on hold" | "hold" | "paused" => Status::Frozen,
            "cancelled" | "canceled" | "eliminated" | "inactive" => Status::Closed,
            "proposed" | "draft" | "pending" | "requested" => Status::Planned,
            "offer" | "offer made" | "offer extended" => Status::Offered,
            word => Status::from_word(word).unwrap_or_else(|| {
                let why = "not a position status".to_owned();
                let taken = Some(default.word().to_owned());
                let advice = "use planned, approved, open, offered, frozen or closed";
                self.readers[reader].doubt_of(row, Field::Status, Level::Warning, taken, why, advice);
                default
            }),
        };
        if is_filled && matches!(status, Status::Open | Status::Closed) {
            let why = "someone is in the position".to_owned();
            let taken = Some(status.word().to_owned());
            let advice = "correct the status, or remove the person from the row";
            self.readers[reader].doubt_of(row, Field::Status, Level::Warning, taken, why, advice);
        }
        status
    }

    /// What a column about employment says about a vacant position.
    fn status_of_vacancy(&mut self, sources: &Sources<'a>) -> Option<Status> {
        let word = self.filled(sources, Field::EmploymentStatus)?;
        Status::from_word(&words::folded(&word))
    }

    /// Reports a second row with the same position.
    pub fn tell_repeated(&mut self, key: &str, first: &Place, place: &Place) {
        let message = format!("position {} is already at {}; row skipped", quoted(key), first.beside(place));
        self.made.notes.push(Diagnostic::new(
            Level::Warning,
            place.clone(),
            message,
            "keep one of the two rows",
        ));
    }

    /// A key made of the row's content, for positions without ID: the same at the next import.
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
