//! The people in the positions of rows: names, IDs and email addresses.

use headroom_files::{Level, Place, quoted};
use headroom_tabular::{
    cell::{
        name::{CleanName, without_scheme},
        words::{self, HolderCell},
    },
    raw_table::RawRow,
};

use super::{builder::RecordBuilder, employment_row::Sources, field::Field, profile::RowMeaning};

/// Least digits of a number beside a name for it to be an ID.
const SHORTEST_ID: usize = 3;

/// What a row says about the name of the person in its position.
pub struct WholeName {
    pub name: String,
    pub holder: HolderCell,
    /// The ID beside the name, if the table has no column for it.
    pub id: Option<String>,
    pub email: Option<String>,
    pub has_left: bool,
}

impl Default for WholeName {
    fn default() -> Self {
        Self { name: String::new(), holder: HolderCell::Vacant, id: None, email: None, has_left: false }
    }
}

impl<'a> RecordBuilder<'a> {
    /// The name without what is around it, and what it says about the position.
    pub fn name(&mut self, reader: usize, row: &'a RawRow, id: Option<&str>) -> WholeName {
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
            let taken = if holder == HolderCell::Gone { "a closed position" } else { "a vacant position" };
            let why = "probably not a name".to_owned();
            let advice = "write “Vacant”, or the full name if it is a person’s";
            own.doubt_of(row, Field::Name, Level::Note, Some(taken.to_owned()), why, advice);
        }
        if holder != HolderCell::Person {
            return WholeName { holder, ..WholeName::default() };
        }
        let has_ids = own.has(Field::PersonId);
        // If a table of positions says no more, the name alone tells people apart.
        if own.profile.rows != RowMeaning::People && id.is_none() {
            return WholeName { name: text, holder, ..WholeName::default() };
        }
        let named = CleanName::of(&text);
        // A short number may tell two people of one name apart, and an unmarked one may be part of the name.
        let is_own = |found: &String| Some(found.as_str()) == id;
        let is_id = |found: &String| {
            let is_long = found.len() >= SHORTEST_ID;
            if named.is_id_marked { is_long || is_own(found) } else { is_long && is_own(found) }
        };
        if named.name.is_empty() || !named.id.as_ref().is_none_or(is_id) {
            return WholeName { name: text, holder, ..WholeName::default() };
        }
        let (id, email) = (named.id.filter(|_| !has_ids), named.email);
        WholeName { name: named.name, holder, id, email, has_left: named.has_left }
    }

    pub fn email(&mut self, reader: usize, row: &'a RawRow) -> Option<String> {
        let own = &mut self.readers[reader];
        let email = without_scheme(&own.filled(row, Field::Email)?).to_owned();
        if email.contains('@') && !email.contains(char::is_whitespace) && !email.contains(['<', '(']) {
            return Some(email.to_lowercase());
        }
        if let Some(email) = CleanName::of(&email).email {
            return Some(email);
        }
        own.doubt_of(
            row,
            Field::Email,
            Level::Warning,
            None,
            "not an email address".to_owned(),
            "correct it, or leave it empty",
        );
        None
    }

    /// Warns if two people have the same email address.
    pub fn tell_if_shared(&mut self, key: &str, email: Option<&str>, sources: &Sources<'a>, place: &Place) {
        let Some(email) = email else { return };
        let first = self.emails.entry(email.to_owned()).or_insert_with(|| (key.to_owned(), place.clone()));
        if first.0 == key {
            return;
        }
        let why = format!("also the email of {} at {}", quoted(&first.0), first.1.beside(place));
        if let Some((reader, row)) = sources.first() {
            let advice = "correct one of the two: a shared email can’t identify a person";
            let taken = Some(email.to_owned());
            self.readers[*reader].doubt_of(row, Field::Email, Level::Warning, taken, why, advice);
        }
    }
}
