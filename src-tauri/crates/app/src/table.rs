//! Tables: filters by column, order, groups, and the choices of a filter, once for every table. A table says what its rows
//! have in their columns ([`TableRows`]); how columns look is described in the page.

use std::{cmp::Ordering, collections::BTreeMap};

use chrono::{Datelike, NaiveDate};
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::{
    entities::{entity::NamedEntity, id::Id, severity::SeverityLevel},
    error::{Answer, AppError, ErrorKind},
    paging::{ColumnFilter, RowQuery, matches, search_words},
};

/// What a row has in a column.
#[derive(Debug, Clone)]
pub enum ColumnValue {
    /// Words or names, of which there may be none.
    Things(Vec<CellThing>),
    Number(f64),
    Day(Option<NaiveDate>),
}

/// A word or a name in a cell.
#[derive(Debug, Clone)]
pub struct CellThing {
    /// What stands for it in a filter: the word, or `team:12`.
    id: String,
    title: String,
    /// Things are in order by rank, then by title.
    rank: i32,
    entity: Option<NamedEntity>,
}

impl CellThing {
    pub fn entity(entity: NamedEntity) -> Self {
        let id = format!("{}:{}", entity.kind.name(), entity.id.0);
        Self { id, title: entity.name.clone(), rank: 0, entity: Some(entity) }
    }

    /// An entity, or only a name.
    pub fn named(entity: Option<NamedEntity>, name: &str) -> Self {
        entity.map_or_else(|| Self::ranked(0, name, name), Self::entity)
    }

    /// The same thing, in another place of the order.
    #[must_use]
    pub fn at(self, rank: i32) -> Self {
        Self { rank, ..self }
    }

    pub fn id(&self) -> &str {
        &self.id
    }

    pub fn ranked(rank: i32, id: impl Into<String>, title: impl Into<String>) -> Self {
        Self { id: id.into(), title: title.into(), rank, entity: None }
    }
}

impl ColumnValue {
    /// A word; nothing if it is empty.
    pub fn word(text: &str) -> Self {
        let things = (!text.is_empty()).then(|| CellThing::ranked(0, text, text));
        Self::Things(things.into_iter().collect())
    }

    pub fn entities(entities: impl IntoIterator<Item = NamedEntity>) -> Self {
        Self::Things(entities.into_iter().map(CellThing::entity).collect())
    }

    pub fn one(thing: Option<CellThing>) -> Self {
        Self::Things(thing.into_iter().collect())
    }

    /// The most severe first.
    pub fn severity(level: SeverityLevel) -> Self {
        Self::one(Some(CellThing::ranked(-(level as i32), level.name(), level.label())))
    }

    /// From 1, the most critical.
    pub fn tier(tier: Option<u8>) -> Self {
        Self::one(
            tier.map(|tier| CellThing::ranked(i32::from(tier), tier.to_string(), format!("Tier {tier}"))),
        )
    }

    pub fn count(number: impl TryInto<u32>) -> Self {
        Self::Number(f64::from(number.try_into().unwrap_or(u32::MAX)))
    }

    /// What it is grouped by and chosen by in filters: a day by its month.
    fn things(self) -> Vec<CellThing> {
        match self {
            Self::Things(things) => things,
            Self::Number(number) => {
                vec![CellThing::ranked(number as i32, number.to_string(), number.to_string())]
            }
            Self::Day(day) => day.map(month).into_iter().collect(),
        }
    }

    /// None for nothing, which comes last in either direction.
    fn sort_key(self) -> Option<SortKey> {
        match self {
            Self::Number(number) => Some(SortKey::Number(number)),
            Self::Day(day) => day.map(SortKey::Day),
            Self::Things(things) => {
                let rank = things.first()?.rank;
                let titles: Vec<&str> = things.iter().map(|thing| thing.title.as_str()).collect();
                let title = titles.join(", ");
                Some(SortKey::Text(rank, title.to_lowercase(), title))
            }
        }
    }
}

fn month(day: NaiveDate) -> CellThing {
    let rank = day.year() * 12 + day.month0() as i32;
    CellThing::ranked(rank, day.format("%Y-%m").to_string(), day.format("%b %Y").to_string())
}

enum SortKey {
    Number(f64),
    Day(NaiveDate),
    Text(i32, String, String),
}

impl SortKey {
    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(one), Self::Number(other)) => one.total_cmp(other),
            (Self::Day(one), Self::Day(other)) => one.cmp(other),
            (Self::Text(rank, lower, text), Self::Text(other_rank, other_lower, other)) => {
                (rank, lower, text).cmp(&(other_rank, other_lower, other))
            }
            // A column is of one type.
            _ => Ordering::Equal,
        }
    }
}

/// The rows of a table, and what they have in their columns.
pub trait TableRows {
    /// A row before it is shown.
    type Row;
    /// A row as the page has it.
    type Shown;
    const COLUMNS: &'static [&'static str];

    /// Whether the table has a column: one of [`Self::COLUMNS`], or one that only some plans have.
    fn has_column(&self, column: &str) -> bool {
        Self::COLUMNS.contains(&column)
    }

    /// What a row has in one of its columns.
    fn value(&self, row: &Self::Row, column: &str) -> ColumnValue;

    fn show(&self, row: &Self::Row) -> Self::Shown;

    /// What a row is chosen by; none where rows are not chosen by number.
    fn key(&self, _row: &Self::Row) -> Option<Id> {
        None
    }

    /// The rows that match the filters of the query, ordered as it says; in the order given where it says nothing.
    ///
    /// # Errors
    /// If the query names a column that the table has not.
    fn arranged(&self, rows: Vec<Self::Row>, query: &RowQuery) -> Answer<Vec<Self::Row>> {
        let filters = Filters::of(self, query)?;
        let rows = rows.into_iter().filter(|row| filters.have(row, "")).collect();
        Ok(sorted(self, rows, query))
    }

    /// A page of the rows that match, with what else the query asks for.
    ///
    /// # Errors
    /// If the query names a column that the table has not.
    fn lines(&self, rows: Vec<Self::Row>, query: &RowQuery) -> Answer<TableLines<Self::Shown>> {
        let filters = Filters::of(self, query)?;
        let choices = choices(self, &rows, &filters, &query.choices_of);
        let rows: Vec<Self::Row> = rows.into_iter().filter(|row| filters.have(row, "")).collect();
        let rows = sorted(self, rows, query);
        let found = rows.len() as u32;
        let keys = || rows.iter().filter_map(|row| self.key(row)).collect();
        let keys = if query.with_keys { keys() } else { Vec::new() };
        let lines = if query.group_by.is_empty() {
            rows.iter().map(Place::Row).collect()
        } else {
            grouped(self, &rows, &query.group_by)
        };
        let page = query.page(&lines, |place| match place {
            Place::Head(head) => TableLine { group: Some(head.clone()), row: None },
            Place::Row(row) => TableLine { group: None, row: Some(self.show(row)) },
        });
        Ok(TableLines { total: page.total, found, rows: page.rows, choices, keys })
    }
}

/// A line of a table: the heading of a group, or a row.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TableLine<T> {
    pub group: Option<GroupHead>,
    pub row: Option<T>,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GroupHead {
    /// What stands for it in a filter; empty for rows with nothing in the column.
    pub id: String,
    /// Empty for rows with nothing in the column.
    pub title: String,
    pub count: u32,
    pub entity: Option<NamedEntity>,
}

/// A page of lines out of `total`.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct TableLines<T> {
    pub total: u32,
    /// Number of rows that match, without headings.
    pub found: u32,
    pub rows: Vec<TableLine<T>>,
    /// What is in the column that the query asks for.
    pub choices: Vec<ColumnChoice>,
    /// Keys of all rows that match, in order, where the query asks for them.
    pub keys: Vec<Id>,
}

/// Something that a column can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ColumnChoice {
    /// Empty for rows with nothing in the column.
    pub id: String,
    pub title: String,
    /// Number of rows that have it and match the filters of the other columns.
    pub count: u32,
}

/// The filters of a query, for the rows of a table.
pub struct Filters<'a, T: ?Sized> {
    table: &'a T,
    filters: Vec<(&'a ColumnFilter, Vec<String>)>,
}

impl<'a, T: TableRows + ?Sized> Filters<'a, T> {
    /// # Errors
    /// If the query names a column that the table has not.
    pub fn of(table: &'a T, query: &'a RowQuery) -> Answer<Self> {
        let filtered = query.filters.iter().map(|filter| &filter.column);
        for column in filtered.chain([&query.sort, &query.group_by, &query.choices_of]) {
            if !column.is_empty() && !table.has_column(column) {
                let message = format!("this table has no column “{column}”; clear the filters and try again");
                return Err(AppError::new(ErrorKind::Invalid, message));
            }
        }
        let filters = query.filters.iter().map(|filter| (filter, search_words(&filter.text))).collect();
        Ok(Self { table, filters })
    }

    /// Whether a row matches all of them, but for those of one column.
    pub fn have(&self, row: &T::Row, except: &str) -> bool {
        self.filters.iter().filter(|(filter, _)| filter.column != except).all(|(filter, words)| {
            let value = self.table.value(row, &filter.column);
            holds(filter, words, &value)
        })
    }
}

fn holds(filter: &ColumnFilter, words: &[String], value: &ColumnValue) -> bool {
    let is_chosen = || match value {
        ColumnValue::Things(things) if !things.is_empty() => {
            things.iter().any(|thing| filter.any_of.contains(&thing.id))
        }
        ColumnValue::Things(_) | ColumnValue::Day(None) => filter.any_of.iter().any(String::is_empty),
        _ => false,
    };
    let is_within = || match value {
        ColumnValue::Number(number) => {
            filter.at_least.is_none_or(|least| *number >= least)
                && filter.at_most.is_none_or(|most| *number <= most)
        }
        ColumnValue::Day(Some(day)) => {
            filter.from.is_none_or(|from| *day >= from) && filter.until.is_none_or(|until| *day <= until)
        }
        _ => false,
    };
    let has_words = || match value {
        ColumnValue::Things(things) => matches(words, things.iter().map(|thing| thing.title.as_str())),
        _ => false,
    };
    let has_range = filter.at_least.is_some()
        || filter.at_most.is_some()
        || filter.from.is_some()
        || filter.until.is_some();
    (filter.any_of.is_empty() || is_chosen())
        && (!has_range || is_within())
        && (words.is_empty() || has_words())
}

fn sorted<T: TableRows + ?Sized>(table: &T, rows: Vec<T::Row>, query: &RowQuery) -> Vec<T::Row> {
    if query.sort.is_empty() {
        return rows;
    }
    let mut keyed: Vec<(Option<SortKey>, T::Row)> =
        rows.into_iter().map(|row| (table.value(&row, &query.sort).sort_key(), row)).collect();
    keyed.sort_by(|(one, _), (other, _)| match (one, other) {
        (Some(one), Some(other)) => query.directed(one.compare(other)),
        _ => one.is_none().cmp(&other.is_none()),
    });
    keyed.into_iter().map(|(_, row)| row).collect()
}

enum Place<R> {
    Head(GroupHead),
    Row(R),
}

/// Rank, title and ID of a group; none for rows in no group.
type GroupPlace = Option<(i32, String, String)>;

/// Groups in the order of their titles; rows in no group come first, since they need action.
fn grouped<'a, T: TableRows + ?Sized>(table: &T, rows: &'a [T::Row], column: &str) -> Vec<Place<&'a T::Row>> {
    let mut groups: BTreeMap<GroupPlace, (Option<CellThing>, Vec<&'a T::Row>)> = BTreeMap::new();
    for row in rows {
        let things = table.value(row, column).things();
        // Who is on three teams stands with each of them.
        let things: Vec<Option<CellThing>> =
            if things.is_empty() { vec![None] } else { things.into_iter().map(Some).collect() };
        for thing in things {
            let place =
                thing.as_ref().map(|thing| (thing.rank, thing.title.to_lowercase(), thing.id.clone()));
            groups.entry(place).or_insert_with(|| (thing, Vec::new())).1.push(row);
        }
    }
    let lines = groups.into_values().flat_map(|(thing, rows)| {
        let count = rows.len() as u32;
        let none = || GroupHead { id: String::new(), title: String::new(), count, entity: None };
        let head = thing.map(|CellThing { id, title, entity, .. }| GroupHead { id, title, count, entity });
        let head = head.unwrap_or_else(none);
        std::iter::once(Place::Head(head)).chain(rows.into_iter().map(Place::Row))
    });
    lines.collect()
}

/// What is in a column, among the rows that match the filters of the other columns.
fn choices<T: TableRows + ?Sized>(
    table: &T,
    rows: &[T::Row],
    filters: &Filters<'_, T>,
    column: &str,
) -> Vec<ColumnChoice> {
    if column.is_empty() {
        return Vec::new();
    }
    let none = || CellThing::ranked(i32::MIN, "", "");
    let mut found: FxHashMap<String, (CellThing, u32)> = FxHashMap::default();
    for row in rows.iter().filter(|row| filters.have(row, column)) {
        let mut things = table.value(row, column).things();
        if things.is_empty() {
            things.push(none());
        }
        for thing in things {
            found.entry(thing.id.clone()).or_insert((thing, 0)).1 += 1;
        }
    }
    let mut found: Vec<(CellThing, u32)> = found.into_values().collect();
    found.sort_by_cached_key(|(thing, _)| (thing.rank, thing.title.to_lowercase(), thing.id.clone()));
    found.into_iter().map(|(CellThing { id, title, .. }, count)| ColumnChoice { id, title, count }).collect()
}

#[cfg(test)]
mod tests;
