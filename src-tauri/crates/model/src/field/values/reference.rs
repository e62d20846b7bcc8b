//! References to another entity.

use serde_json::Value;

use super::misread;
use crate::{
    field::{Cell, FieldData, FieldType, Names, ValueType},
    kind::{EntityId, EntityRef},
};

impl<I: EntityId + serde::Serialize + serde::de::DeserializeOwned + Into<EntityRef>> FieldData for I {
    through_serde!();
    fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
        cells.push(Cell::id(Some(*self)));
    }
    fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
        let [cell] = cells else { return Err("has no column".into()) };
        *self = cell.as_id().ok_or_else(|| misread(cell))?;
        Ok(())
    }
    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        visit((*self).into());
    }
    fn words(&self, names: &dyn Names) -> String {
        names.name((*self).into())
    }
}

impl<I: EntityId + serde::Serialize + serde::de::DeserializeOwned + Into<EntityRef>> ValueType for I {
    const TYPE: FieldType = FieldType::Reference(&[I::KIND]);
}

impl<I: EntityId + serde::Serialize + serde::de::DeserializeOwned + Into<EntityRef>> FieldData for Option<I> {
    through_serde!();
    fn is_empty(&self) -> bool {
        self.is_none()
    }
    fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
        cells.push(Cell::id(*self));
    }
    fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
        *self = match cells {
            [Cell::Null] => None,
            [cell] => Some(cell.as_id().ok_or_else(|| misread(cell))?),
            _ => return Err("has no column".into()),
        };
        Ok(())
    }
    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        self.iter().for_each(|id| visit((*id).into()));
    }
    fn words(&self, names: &dyn Names) -> String {
        self.map(|id| names.name(id.into())).unwrap_or_default()
    }
}

impl<I: EntityId + serde::Serialize + serde::de::DeserializeOwned + Into<EntityRef>> ValueType for Option<I> {
    const TYPE: FieldType = FieldType::Reference(&[I::KIND]);
}
