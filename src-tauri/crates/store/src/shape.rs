//! Whether a plan file holds what Headroom made and nothing else.
//!
//! A database can carry code: a trigger that deletes owners whenever something is written, a view in the place of a table,
//! a column with a rule of its own. A plan that came by mail may have been prepared so, and every row of it be sound. So
//! a file is opened only when its schema is that of its format, to the letter but for white space and remarks.

use std::{collections::BTreeMap, path::Path};

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use crate::{Store, create, error::StoreError, migration, store};

/// Kind (`table`, `trigger`, …), name, and the table that it is about.
type Part = (String, String, String);

/// The parts that are not as this format has them, in words: `trigger “t” on “journal”`.
pub(crate) fn strangers(db: &Connection, format: i64) -> Result<Vec<String>, StoreError> {
    let (mut expected, found) = (expected(format)?, parts(db)?);
    let mut strangers = Vec::new();
    for (part, sql) in found {
        match expected.remove(&part) {
            Some(known) if known == sql => {}
            Some(_) => strangers.push(format!("an altered {}", named(&part))),
            None => strangers.push(named(&part)),
        }
    }
    strangers.extend(expected.keys().map(|part| format!("missing {}", named(part))));
    Ok(strangers)
}

fn named((kind, name, table): &Part) -> String {
    if name == table {
        format!("{kind} “{name}”")
    } else {
        format!("{kind} “{name}” on “{table}”")
    }
}

/// # Errors
/// [`Error::Prepared`] when anything in the file was not made by Headroom.
pub(crate) fn check(db: &Connection, format: i64, path: &Path) -> Result<(), StoreError> {
    let strangers = strangers(db, format)?;
    if strangers.is_empty() { Ok(()) } else { Err(StoreError::Prepared { path: path.to_owned(), strangers }) }
}

fn expected(format: i64) -> Result<BTreeMap<Part, String>, StoreError> {
    parts(&migration::empty(format)?)
}

fn parts(db: &Connection) -> Result<BTreeMap<Part, String>, StoreError> {
    // SQLite's own tables (statistics, indexes of keys) cannot be made by hand.
    let mut statement = db.prepare(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )?;
    let part = |row: &rusqlite::Row<'_>| {
        Ok(((row.get(0)?, row.get(1)?, row.get(2)?), plain(&row.get::<_, String>(3)?)))
    };
    let found = statement.query_map([], part)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// The statement without remarks and white space but between words, which say nothing and differ between the ways of
/// altering a table.
fn plain(sql: &str) -> String {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut plain = String::with_capacity(sql.len());
    let mut is_apart = false;
    let mut rest = sql.chars().peekable();
    while let Some(letter) = rest.next() {
        if letter == '-' && rest.peek() == Some(&'-') {
            while rest.next().is_some_and(|letter| letter != '\n') {}
            is_apart = true;
            continue;
        }
        if letter.is_whitespace() {
            is_apart = true;
            continue;
        }
        if is_apart && is_word(letter) && plain.ends_with(is_word) {
            plain.push(' ');
        }
        is_apart = false;
        plain.push(letter);
        // What is quoted is taken as it stands.
        if letter == '\'' || letter == '"' {
            for quoted in rest.by_ref() {
                plain.push(quoted);
                if quoted == letter {
                    break;
                }
            }
        }
    }
    plain
}

impl Store {
    /// Makes a plan of the rows of a file that holds more than a plan, and leaves the rest of it out. The rows are not
    /// judged: what the rest of the file has done to them is done.
    ///
    /// # Errors
    /// [`Error::Exists`], when a table of a plan is missing in the file, and whatever the disk says. Nothing is left
    /// behind then, and the file stays as it is.
    pub fn clean_copy(from: &Path, to: &Path, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let (source, _) = store::connect(from)?;
        let format = store::identify(&source, from)?;
        let tables = |db: &Connection| -> Result<Vec<String>, StoreError> {
            let found = parts(db)?.into_iter().filter(|((kind, ..), sql)| is_table(kind, sql));
            Ok(found.map(|((_, name, _), _)| name).collect())
        };
        let (known, held) = (tables(&migration::empty(format)?)?, tables(&source)?);
        if let Some(missing) = known.iter().find(|table| !held.contains(table)) {
            return Err(StoreError::Inconsistent(format!("the table “{missing}” is missing")));
        }
        drop(source);
        create::make(to, format, |db| {
            let name = from.to_str().ok_or_else(|| StoreError::Missing(from.to_owned()))?;
            db.execute("ATTACH ?1 AS prepared", [name])?;
            for table in &known {
                let columns = columns(db, table)?;
                db.execute_batch(&format!(
                    "INSERT INTO main.\"{table}\" ({columns}) SELECT {columns} FROM prepared.\"{table}\""
                ))?;
            }
            db.execute("DETACH prepared", [])?;
            Ok(())
        })?;
        Self::open(to, now)
    }
}

fn is_table(kind: &str, sql: &str) -> bool {
    kind == "table" && !sql.to_lowercase().starts_with("create virtual")
}

/// The columns of a table of the new file, as a list for SQL.
fn columns(db: &Connection, table: &str) -> Result<String, StoreError> {
    let mut statement = db.prepare("SELECT name FROM pragma_table_info(?1, 'main')")?;
    let names = statement.query_map([table], |row| Ok(format!("\"{}\"", row.get::<_, String>(0)?)))?;
    Ok(names.collect::<Result<Vec<_>, _>>()?.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_and_white_space_say_nothing_and_quotes_do() {
        assert_eq!(plain("CREATE  TABLE t (\n a TEXT, -- a 'remark\n b)"), plain("CREATE TABLE t(a TEXT,b)"));
        assert_ne!(plain("CHECK (a <> 'x -- y')"), plain("CHECK (a <> 'x')"));
        assert_ne!(plain("CHECK (a <> 'a b')"), plain("CHECK (a <> 'ab')"));
        assert_ne!(plain("a TEXT NOT NULL"), plain("a TEXT NOTNULL"));
    }

    #[test]
    fn a_file_of_any_format_is_as_its_steps_made_it() {
        for format in 1..=migration::CURRENT {
            let none: Vec<String> = Vec::new();
            assert_eq!(strangers(&migration::empty(format).unwrap(), format).unwrap(), none);
        }
    }
}
