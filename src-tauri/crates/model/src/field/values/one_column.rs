//! Flags, numbers, dates and whatever else is in one column.

use chrono::{Datelike, NaiveDate};
use serde_json::Value;

use super::{misread, plain_words};
use crate::{
    assumption_value::AssumptionValue,
    decimal6::Decimal6,
    field::{Cell, FieldData, FieldType, Names, ValueType},
    incident_time::IncidentTime,
    metric_value::{ExactDecimal, MetricValue},
    money::{Currency, Rate},
    objective_window::ObjectiveWindow,
    slo::Slo,
};

impl FieldData for bool {
    through_serde!();
    fn is_empty(&self) -> bool {
        !self
    }
    fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
        cells.push(Cell::Integer((*self).into()));
    }
    fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
        let [cell] = cells else { return Err("has no column".into()) };
        *self = cell.as_integer().ok_or_else(|| misread(cell))? != 0;
        Ok(())
    }
    fn words(&self, _names: &dyn Names) -> String {
        if *self { "yes" } else { "no" }.to_owned()
    }
}

impl ValueType for bool {
    const TYPE: FieldType = FieldType::Flag;
}

impl FieldData for u32 {
    through_serde!();
    fn is_empty(&self) -> bool {
        *self == 0
    }
    fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
        cells.push(Cell::Integer((*self).into()));
    }
    fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
        let [cell] = cells else { return Err("has no column".into()) };
        *self = cell.as_integer().and_then(|number| number.try_into().ok()).ok_or_else(|| misread(cell))?;
        Ok(())
    }
    fn words(&self, _names: &dyn Names) -> String {
        self.to_string()
    }
}

impl ValueType for u32 {
    const TYPE: FieldType = FieldType::Number;
}

/// A value in one column, from and to a cell.
macro_rules! cell_value {
    ($($Value:ty, $TYPE:expr, $write:expr, $read:expr;)*) => { $(
        impl FieldData for $Value {
            through_serde!();
            fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
                let write: fn(&'a $Value) -> Cell<'a> = $write;
                cells.push(write(self));
            }
            fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
                let [cell] = cells else { return Err("has no column".into()) };
                let read: fn(&Cell<'_>) -> Option<$Value> = $read;
                *self = read(cell).ok_or_else(|| misread(cell))?;
                Ok(())
            }
            fn words(&self, _names: &dyn Names) -> String {
                plain_words(&self.json())
            }
        }
        impl ValueType for $Value {
            const TYPE: FieldType = $TYPE;
        }
    )* };
}

/// The same for what may be missing.
macro_rules! optional_value {
    ($($Value:ty, $TYPE:expr, $write:expr, $read:expr;)*) => { $(
        impl FieldData for Option<$Value> {
            through_serde!();
            fn is_empty(&self) -> bool {
                self.is_none()
            }
            fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
                let write: fn(&'a $Value) -> Cell<'a> = $write;
                cells.push(self.as_ref().map_or(Cell::Null, write));
            }
            fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
                let [cell] = cells else { return Err("has no column".into()) };
                let read: fn(&Cell<'_>) -> Option<$Value> = $read;
                *self = match cell {
                    Cell::Null => None,
                    cell => Some(read(cell).ok_or_else(|| misread(cell))?),
                };
                Ok(())
            }
            fn words(&self, _names: &dyn Names) -> String {
                plain_words(&self.json())
            }
        }
        impl ValueType for Option<$Value> {
            const TYPE: FieldType = $TYPE;
        }
    )* };
}

fn parsed<T: std::str::FromStr>(cell: &Cell<'_>) -> Option<T> {
    cell.as_text()?.parse().ok()
}

fn small(cell: &Cell<'_>) -> Option<u8> {
    cell.as_integer()?.try_into().ok()
}

/// A day as its own display writes it, which takes several times as long: rows have two to four of them.
fn iso(day: NaiveDate) -> String {
    let Ok(year @ 0..=9999) = u32::try_from(day.year()) else { return day.to_string() };
    let digit = |number: u32| char::from_digit(number % 10, 10).unwrap_or('0');
    let two = |number: u32| [digit(number / 10), digit(number)];
    let mut text = String::with_capacity(10);
    text.extend(two(year / 100).into_iter().chain(two(year)).chain(['-']));
    text.extend(two(day.month()).into_iter().chain(['-']).chain(two(day.day())));
    text
}

cell_value! {
    NaiveDate, FieldType::Date, |day| Cell::Text(iso(*day).into()), parsed;
    Decimal6, FieldType::Decimal, |number| Cell::Integer(number.millionths()), |cell| cell.as_integer().map(Decimal6::from_millionths);
    AssumptionValue, FieldType::Figure, |value| Cell::owned(value), parsed;
    Currency, FieldType::Currency, |currency| Cell::owned(currency), parsed;
    Rate, FieldType::Rate, |rate| Cell::owned(rate), parsed;
    MetricValue, FieldType::MetricValue, |value| Cell::owned(value), parsed;
    ExactDecimal, FieldType::MetricValue, |number| Cell::owned(number), parsed;
}

optional_value! {
    NaiveDate, FieldType::Date, |day| Cell::Text(iso(*day).into()), parsed;
    u8, FieldType::Number, |number| Cell::Integer((*number).into()), small;
    u64, FieldType::Number, |number| Cell::id(Some(*number)), |cell| cell.as_id();
    Decimal6, FieldType::Decimal, |number| Cell::Integer(number.millionths()), |cell| cell.as_integer().map(Decimal6::from_millionths);
    ObjectiveWindow, FieldType::Window, |window| Cell::owned(window), parsed;
    IncidentTime, FieldType::Time, |time| Cell::owned(time), parsed;
    Slo, FieldType::Availability, |slo| Cell::Integer(slo.millionths().into()),
        |cell| Slo::from_millionths(cell.as_integer()?.try_into().ok()?);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_as_their_display_does() {
        let ends = [NaiveDate::MIN, NaiveDate::MAX, NaiveDate::default()];
        let years = [-1, 0, 1, 999, 2000, 2027, 9999, 10_000];
        let days =
            years.map(|year| [(1, 1), (2, 28), (10, 9), (12, 31)].map(|(month, day)| (year, month, day)));
        let days = days.into_iter().flatten();
        let days = days.filter_map(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day));
        for day in days.chain(ends) {
            assert_eq!(iso(day), day.to_string());
        }
    }
}
