//! The place of an item in its list.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

use crate::field::{Cell, FieldData, FieldType, MergeRule, Names, ValueType};

/// A place in a list: there is always one between two others, so that moving an item alters no other. Whole numbers to
/// begin with.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(transparent)]
pub struct ListPlace(f64);

impl ListPlace {
    /// The place of the item with this index in a new list.
    pub fn nth(index: usize) -> Self {
        // A list has fewer than 2⁵³ items.
        Self(index as f64)
    }

    /// The place after this one, at the end of a list.
    pub fn next(self) -> Self {
        Self(self.0.floor() + 1.0)
    }

    /// The place after all of these.
    pub fn after(places: impl Iterator<Item = Self>) -> Self {
        places.max().map_or(Self::default(), Self::next)
    }

    /// A place between two; either may be missing at the ends of a list. None if there is none left: after some fifty
    /// moves to the same spot.
    pub fn between(before: Option<Self>, after: Option<Self>) -> Option<Self> {
        match (before, after) {
            (None, None) => Some(Self(0.0)),
            (Some(before), None) => Some(before.next()),
            (None, Some(after)) => Some(Self(after.0.ceil() - 1.0)),
            (Some(before), Some(after)) => {
                let middle = Self(before.0 + (after.0 - before.0) / 2.0);
                (before < middle && middle < after).then_some(middle)
            }
        }
    }
}

impl PartialEq for ListPlace {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for ListPlace {}

impl PartialOrd for ListPlace {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ListPlace {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl ListPlace {
    fn whole(self) -> Option<i64> {
        (self.0.fract() == 0.0 && self.0.abs() < 9e15).then_some(self.0 as i64)
    }
}

impl Serialize for ListPlace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.whole() {
            Some(whole) => serializer.serialize_i64(whole),
            None => serializer.serialize_f64(self.0),
        }
    }
}

impl FieldData for ListPlace {
    fn json(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }

    fn set_json(&mut self, value: &Value) -> bool {
        let read = value.as_f64().filter(|place| place.is_finite());
        *self = read.map_or(*self, Self);
        read.is_some()
    }

    fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
        cells.push(self.whole().map_or(Cell::Real(self.0), Cell::Integer));
    }

    fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
        *self = match cells {
            [Cell::Integer(whole)] => Self(*whole as f64),
            [Cell::Real(place)] if place.is_finite() => Self(*place),
            _ => return Err("is not a number".into()),
        };
        Ok(())
    }

    fn words(&self, _names: &dyn Names) -> String {
        self.json().to_string()
    }
}

impl ValueType for ListPlace {
    const TYPE: FieldType = FieldType::Number;
    const MERGE: MergeRule = MergeRule::Place;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_place_between_two() {
        let (first, second) = (ListPlace::nth(0), ListPlace::nth(1));
        let between = ListPlace::between(Some(first), Some(second)).unwrap();
        assert!(first < between && between < second);
        assert!(ListPlace::between(None, Some(first)).unwrap() < first);
        assert!(ListPlace::between(Some(between), None).unwrap() > between);
        let mut last = second;
        let count = std::iter::from_fn(|| {
            last = ListPlace::between(Some(first), Some(last))?;
            Some(last)
        });
        assert!(count.take(100).count() >= 50);
        assert_eq!(serde_json::to_string(&[first, between]).unwrap(), "[0,0.5]");
    }
}
