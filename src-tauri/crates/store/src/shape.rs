//! Protection against prepared files.
//!
//! A database can carry code: a trigger that deletes owners on every write, a view in place of a table, a computed
//! column. A plan from someone else may contain such code although every row of it is fine. So a file is opened only
//! if its schema is that of its format, to the letter but for white space and comments.

use std::{collections::BTreeMap, path::Path};

use chrono::{DateTime, Utc};
use rusqlite::Connection;

use crate::{Store, create, error::StoreError, migration, store};

/// Type (`table`, `trigger`, …), name, and the table it belongs to.
type Part = (String, String, String);

/// The parts that this format does not have, in words: `trigger “t” on “journal”`.
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
/// [`StoreError::Prepared`] if the schema has anything that Headroom did not create.
pub(crate) fn check(db: &Connection, format: i64, path: &Path) -> Result<(), StoreError> {
    let strangers = strangers(db, format)?;
    if strangers.is_empty() { Ok(()) } else { Err(StoreError::Prepared { path: path.to_owned(), strangers }) }
}

fn expected(format: i64) -> Result<BTreeMap<Part, String>, StoreError> {
    parts(&migration::empty(format)?)
}

fn parts(db: &Connection) -> Result<BTreeMap<Part, String>, StoreError> {
    // SQLite's own tables (statistics, indexes of keys) cannot be created by hand.
    let mut statement = db.prepare(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )?;
    let part = |row: &rusqlite::Row<'_>| {
        Ok(((row.get(0)?, row.get(1)?, row.get(2)?), plain(&row.get::<_, String>(3)?)))
    };
    let found = statement.query_map([], part)?.collect::<Result<_, _>>()?;
    Ok(found)
}

/// The statement without comments, and without white space except between words: both differ between ways of altering
/// a table.
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
        // Quoted text is kept as it is.
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
    /// Copies the rows of a plan, and nothing else, to a new file. It does not validate the rows: what foreign code
    /// has already done to them cannot be undone.
    ///
    /// # Errors
    /// [`StoreError::Exists`], [`StoreError::Inconsistent`] if a table is missing, and as [`Store::create`]. Nothing
    /// is left behind, and the original is unchanged.
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

/// The columns of a table of the new file, as a list in SQL.
fn columns(db: &Connection, table: &str) -> Result<String, StoreError> {
    let mut statement = db.prepare("SELECT name FROM pragma_table_info(?1, 'main')")?;
    let names = statement.query_map([table], |row| Ok(format!("\"{}\"", row.get::<_, String>(0)?)))?;
    Ok(names.collect::<Result<Vec<_>, _>>()?.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_are_compared_without_comments_and_white_space() {
        assert_eq!(plain("CREATE  TABLE t (\n a TEXT, -- a 'remark\n b)"), plain("CREATE TABLE t(a TEXT,b)"));
        assert_ne!(plain("CHECK (a <> 'x -- y')"), plain("CHECK (a <> 'x')"));
        assert_ne!(plain("CHECK (a <> 'a b')"), plain("CHECK (a <> 'ab')"));
        assert_ne!(plain("a TEXT NOT NULL"), plain("a TEXT NOTNULL"));
    }

    #[test]
    fn every_format_has_the_schema_of_its_migrations() {
        for format in 1..=migration::CURRENT {
            let none: Vec<String> = Vec::new();
            assert_eq!(strangers(&migration::empty(format).unwrap(), format).unwrap(), none);
        }
    }
}
