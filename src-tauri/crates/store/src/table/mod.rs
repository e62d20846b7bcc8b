//! Rows: how each kind of entity is written to its table and read from it. One file per kind: the table's name, its
//! columns, and the cells in their order; [`load`] reads all tables into a plan, [`write`] writes the rows that
//! changed.

mod approval;
mod assignment;
mod assumption;
mod budget;
mod checklist;
mod checklist_item;
mod dependency;
mod exchange_rate;
mod grouping;
mod holiday;
mod interaction;
mod membership;
mod ownership;
mod person;
mod position;
mod service;
mod setting;
mod team;
mod template;
mod template_item;

use chrono::NaiveDate;
use headroom_model::{
    Approval, Assignee, Assignment, Assumption, Budget, Change, Checklist, ChecklistItem, Currency,
    Dependency, Due, Edit, ExchangeRate, Grouping, Holiday, Interaction, Link, Membership, Money, NewIds,
    Owner, Ownership, Person, PersonId, Plan, Position, Service, Setting, Slo, Table, Team, TeamId, Template,
    TemplateItem,
    entity::{EntityTable, Extra, Tables},
};
use rusqlite::{
    Connection, Row, ToSql,
    types::{ToSqlOutput, Value, ValueRef},
};

use crate::error::StoreError;

/// A kind of entity with its table.
pub(crate) trait SqlRow: EntityTable {
    const TABLE: &'static str;
    /// The columns after `id`, in the order of [`SqlRow::cells`].
    const COLUMNS: &'static [&'static str];

    fn cells<'a>(&'a self, cells: &mut Cells<'a>);
    fn read(columns: &mut Columns<'_>) -> rusqlite::Result<Self>;
}

/// The values of a row to be written.
#[derive(Default)]
pub(crate) struct Cells<'a>(Vec<ToSqlOutput<'a>>);

impl<'a> Cells<'a> {
    fn owned(&mut self, value: impl Into<Value>) {
        self.0.push(ToSqlOutput::Owned(value.into()));
    }

    pub fn text(&mut self, text: &'a str) {
        self.0.push(ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())));
    }

    pub fn optional_text(&mut self, text: Option<&'a String>) {
        match text {
            Some(text) => self.text(text),
            None => self.owned(Value::Null),
        }
    }

    pub fn number(&mut self, number: Option<u32>) {
        self.integer(number.map(i64::from));
    }

    pub fn id(&mut self, id: Option<impl Into<u64>>) {
        // An ID has 53 bits.
        self.integer(id.map(|id| id.into() as i64));
    }

    pub fn integer(&mut self, number: Option<i64>) {
        self.owned(number.map_or(Value::Null, Value::Integer));
    }

    pub fn word(&mut self, word: Option<&'static str>) {
        match word {
            Some(word) => self.text(word),
            None => self.owned(Value::Null),
        }
    }

    /// In the text form of the type.
    pub fn written(&mut self, value: &impl std::fmt::Display) {
        self.owned(value.to_string());
    }

    /// Two columns: amount and currency.
    pub fn money(&mut self, money: Option<Money>) {
        self.integer(money.map(|money| money.minor));
        self.currency(money);
    }

    pub fn currency(&mut self, money: Option<Money>) {
        self.owned(money.map_or(Value::Null, |money| Value::Text(money.currency.to_string())));
    }

    pub fn flag(&mut self, flag: bool) {
        self.owned(i64::from(flag));
    }

    pub fn day(&mut self, day: Option<NaiveDate>) {
        self.owned(day.map_or(Value::Null, |day| Value::Text(day.to_string())));
    }

    pub fn json<T: serde::Serialize>(&mut self, value: &T, is_empty: bool, empty: &'static str) {
        match is_empty {
            true => self.text(empty),
            // Lists of strings always serialise.
            false => self.owned(serde_json::to_string(value).unwrap_or_else(|_| empty.to_owned())),
        }
    }

    pub fn list(&mut self, items: &[String]) {
        self.json(&items, items.is_empty(), "[]");
    }

    pub fn links(&mut self, links: &[Link]) {
        self.json(&links, links.is_empty(), "[]");
    }

    pub fn extra(&mut self, extra: &Extra) {
        self.json(extra, extra.is_empty(), "{}");
    }

    /// Two columns: the working days, and the item they are counted from.
    pub fn due<Id: Into<u64>>(&mut self, due: Option<Due<Id>>) {
        self.integer(due.as_ref().map(|due| due.working_days.into()));
        self.id(due.and_then(|due| due.after));
    }

    /// Three columns: role or name, person, team.
    pub fn assignee(&mut self, assignee: &'a Assignee) {
        let (person, team) = match assignee {
            Assignee::Person(person) => (Some(*person), None),
            Assignee::Team(team) => (None, Some(*team)),
            _ => (None, None),
        };
        match assignee {
            Assignee::Other(name) => self.text(name),
            role => self.word(role.role()),
        }
        self.id(person);
        self.id(team);
    }

    /// Two columns: team and person.
    pub fn owner(&mut self, owner: Option<Owner>) {
        let (team, person) = match owner {
            Some(Owner::Team(team)) => (Some(team), None),
            Some(Owner::Person(person)) => (None, Some(person)),
            None => (None, None),
        };
        self.id(team);
        self.id(person);
    }
}

/// The columns of a row, read from left to right.
pub(crate) struct Columns<'a> {
    row: &'a Row<'a>,
    next: usize,
}

impl Columns<'_> {
    fn next<T: rusqlite::types::FromSql>(&mut self) -> rusqlite::Result<T> {
        let at = self.next;
        self.next += 1;
        self.row.get(at)
    }

    pub fn id<T: From<u64>>(&mut self) -> rusqlite::Result<T> {
        self.next::<i64>().map(|id| T::from(id.unsigned_abs()))
    }

    pub fn optional_id<T: From<u64>>(&mut self) -> rusqlite::Result<Option<T>> {
        Ok(self.next::<Option<i64>>()?.map(|id| T::from(id.unsigned_abs())))
    }

    pub fn number(&mut self) -> rusqlite::Result<u32> {
        self.next()
    }

    pub fn text(&mut self) -> rusqlite::Result<String> {
        self.next()
    }

    pub fn optional_text(&mut self) -> rusqlite::Result<Option<String>> {
        self.next()
    }

    pub fn small(&mut self) -> rusqlite::Result<Option<u8>> {
        self.next()
    }

    pub fn integer(&mut self) -> rusqlite::Result<Option<i64>> {
        self.next()
    }

    /// Parses what [`Cells::written`] wrote.
    pub fn written<T: std::str::FromStr<Err = &'static str>>(&mut self) -> rusqlite::Result<T> {
        let at = self.next;
        let text = self.text()?;
        text.parse().map_err(|fault| self.conversion(at, Misread(format!("“{text}” {fault}"))))
    }

    pub fn currency(&mut self) -> rusqlite::Result<Option<Currency>> {
        let at = self.next;
        let text = self.optional_text()?;
        let read = text.map(|text| text.parse().map_err(|fault| Misread(format!("“{text}” {fault}"))));
        read.transpose().map_err(|fault| self.conversion(at, fault))
    }

    pub fn money(&mut self) -> rusqlite::Result<Option<Money>> {
        Ok(money(self.integer()?, self.currency()?))
    }

    pub fn availability(&mut self) -> rusqlite::Result<Option<Slo>> {
        Ok(self.next::<Option<u32>>()?.and_then(Slo::from_millionths))
    }

    pub fn flag(&mut self) -> rusqlite::Result<bool> {
        self.next()
    }

    pub fn day(&mut self) -> rusqlite::Result<Option<NaiveDate>> {
        let at = self.next;
        self.next += 1;
        match self.row.get_ref(at)? {
            ValueRef::Null => Ok(None),
            value => value.as_str()?.parse().map(Some).map_err(|error| self.conversion(at, error)),
        }
    }

    pub fn json<T: serde::de::DeserializeOwned + Default>(&mut self) -> rusqlite::Result<T> {
        let at = self.next;
        self.next += 1;
        match self.row.get_ref(at)?.as_str()? {
            "[]" | "{}" | "null" => Ok(T::default()),
            text => serde_json::from_str(text).map_err(|error| self.conversion(at, error)),
        }
    }

    pub fn due<Id: From<u64>>(&mut self) -> rusqlite::Result<Option<Due<Id>>> {
        let (working_days, after) = (self.next::<Option<i32>>()?, self.optional_id::<Id>()?);
        Ok(working_days.map(|working_days| Due { working_days, after }))
    }

    pub fn assignee(&mut self) -> rusqlite::Result<Assignee> {
        let words = self.optional_text()?;
        let (person, team) =
            (self.optional_id()?.map(Assignee::Person), self.optional_id()?.map(Assignee::Team));
        let named = words.map(|words| Assignee::from_role(&words).unwrap_or(Assignee::Other(words)));
        Ok(person.or(team).or(named).unwrap_or_default())
    }

    pub fn owner(&mut self) -> rusqlite::Result<Option<Owner>> {
        let (team, person) = (self.optional_id::<TeamId>()?, self.optional_id::<PersonId>()?);
        Ok(team.map(Owner::Team).or(person.map(Owner::Person)))
    }

    fn conversion(
        &self,
        at: usize,
        error: impl std::error::Error + Send + Sync + 'static,
    ) -> rusqlite::Error {
        rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::new(error))
    }
}

fn money(minor: Option<i64>, currency: Option<Currency>) -> Option<Money> {
    Some(Money::new(minor?, currency?))
}

/// A cell with a value that its column does not take.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Misread(String);

fn select<T: SqlRow>() -> String {
    format!("SELECT id, {} FROM {} ORDER BY id", quoted(T::COLUMNS), T::TABLE)
}

fn quoted(columns: &[&str]) -> String {
    columns.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

fn insert<T: SqlRow>() -> String {
    let places = vec!["?"; T::COLUMNS.len() + 1].join(", ");
    format!("INSERT INTO {} (id, {}) VALUES ({places})", T::TABLE, quoted(T::COLUMNS))
}

fn update<T: SqlRow>() -> String {
    let sets: Vec<String> =
        T::COLUMNS.iter().enumerate().map(|(at, name)| format!("\"{name}\" = ?{}", at + 2)).collect();
    format!("UPDATE {} SET {} WHERE id = ?1", T::TABLE, sets.join(", "))
}

/// Loads the whole plan.
pub(crate) fn load(db: &Connection) -> Result<Plan, StoreError> {
    let tables = Tables {
        teams: rows::<Team>(db)?,
        people: rows::<Person>(db)?,
        memberships: rows::<Membership>(db)?,
        groupings: rows::<Grouping>(db)?,
        services: rows::<Service>(db)?,
        ownerships: rows::<Ownership>(db)?,
        dependencies: rows::<Dependency>(db)?,
        interactions: rows::<Interaction>(db)?,
        positions: rows::<Position>(db)?,
        assignments: rows::<Assignment>(db)?,
        assumptions: rows::<Assumption>(db)?,
        budgets: rows::<Budget>(db)?,
        exchange_rates: rows::<ExchangeRate>(db)?,
        holidays: rows::<Holiday>(db)?,
        approvals: rows::<Approval>(db)?,
        templates: rows::<Template>(db)?,
        template_items: rows::<TemplateItem>(db)?,
        checklists: rows::<Checklist>(db)?,
        checklist_items: rows::<ChecklistItem>(db)?,
        settings: rows::<Setting>(db)?,
    };
    let seed: i64 = db.query_row("SELECT random()", [], |row| row.get(0))?;
    Plan::from_tables(tables, NewIds::seeded(seed.cast_unsigned()))
        .map_err(|error| StoreError::Inconsistent(error.to_string()))
}

fn rows<T: SqlRow>(db: &Connection) -> Result<Table<T>, StoreError> {
    let mut statement = db.prepare(&select::<T>())?;
    let mut found = statement.query([])?;
    let mut rows = Vec::new();
    while let Some(row) = found.next()? {
        rows.push(T::read(&mut Columns { row, next: 0 })?);
    }
    Ok(Table::from_sorted(rows))
}

/// Writes the rows that the changes leave behind. The statement cache prepares the SQL of each kind once.
pub(crate) fn write(db: &Connection, changes: &[Change]) -> Result<(), StoreError> {
    let mut writer = Writer::default();
    for change in changes {
        headroom_model::with_edit!(change, edit => writer.write(db, edit))?;
    }
    Ok(())
}

/// Keeps the SQL text per kind, so that it is not built for each row.
#[derive(Default)]
struct Writer {
    texts: std::collections::HashMap<(&'static str, &'static str), String>,
}

impl Writer {
    fn write<T: SqlRow>(&mut self, db: &Connection, edit: &Edit<T>) -> Result<(), StoreError> {
        let (verb, make): (&str, fn() -> String) = match (&edit.before, &edit.after) {
            (None, Some(_)) => ("insert", insert::<T>),
            (Some(_), Some(_)) => ("update", update::<T>),
            (Some(_), None) => ("delete", || format!("DELETE FROM {} WHERE id = ?1", T::TABLE)),
            (None, None) => return Ok(()),
        };
        let text = self.texts.entry((T::TABLE, verb)).or_insert_with(make);
        let mut statement = db.prepare_cached(text)?;
        let mut cells = Cells::default();
        cells.0.reserve(T::COLUMNS.len() + 1);
        cells.id(Some(edit.id));
        if let Some(row) = &edit.after {
            row.cells(&mut cells);
        }
        let touched =
            statement.execute(rusqlite::params_from_iter(cells.0.iter().map(|cell| cell as &dyn ToSql)))?;
        match touched {
            1 => Ok(()),
            _ => Err(StoreError::Inconsistent(format!("{} {} is no longer in the file", T::TABLE, edit.id))),
        }
    }
}
