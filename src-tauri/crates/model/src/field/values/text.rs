//! Text that may be empty or missing.

use serde_json::Value;

use super::misread;
use crate::{
    SharedText,
    field::{Cell, FieldData, FieldType, Names, TextLimit, ValueType},
};

macro_rules! text {
    ($($Type:ty),*) => { $(
        impl FieldData for $Type {
            through_serde!();
            fn is_empty(&self) -> bool {
                str::is_empty(self)
            }
            fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
                cells.push(Cell::text(self));
            }
            fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
                let [cell] = cells else { return Err("has no column".into()) };
                *self = cell.as_text().ok_or_else(|| misread(cell))?.into();
                Ok(())
            }
            fn words(&self, _names: &dyn Names) -> String {
                self.to_string()
            }
            fn as_text(&self) -> Option<&str> {
                Some(self)
            }
            fn check(&self, limit: TextLimit) -> Result<(), String> {
                limit.check(self)
            }
        }

        impl ValueType for $Type {
            const TYPE: FieldType = FieldType::Text;
        }

        impl FieldData for Option<$Type> {
            through_serde!();
            fn is_empty(&self) -> bool {
                self.is_none()
            }
            fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
                cells.push(self.as_deref().map_or(Cell::Null, Cell::text));
            }
            fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
                *self = match cells {
                    [Cell::Null] => None,
                    [Cell::Text(text)] => Some((&**text).into()),
                    _ => return Err("has another type".into()),
                };
                Ok(())
            }
            fn words(&self, _names: &dyn Names) -> String {
                self.as_deref().unwrap_or_default().to_owned()
            }
            fn as_text(&self) -> Option<&str> {
                self.as_deref()
            }
        }

        impl ValueType for Option<$Type> {
            const TYPE: FieldType = FieldType::Text;
        }
    )* };
}

text!(String, SharedText);
