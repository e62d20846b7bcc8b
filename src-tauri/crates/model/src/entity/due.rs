//! Due dates of items, in working days.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    field::{Cell, FieldData, FieldType, Names, ValueType},
    kind::{EntityId, EntityRef},
};

/// A due date, in working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Due<Id> {
    /// 0 is the first working day, -1 the last one before it; after another item, that many working days later.
    pub working_days: i32,
    /// The item from whose completion it is counted; otherwise it is counted from the start.
    #[serde(default = "nothing", skip_serializing_if = "Option::is_none")]
    pub after: Option<Id>,
}

fn nothing<Id>() -> Option<Id> {
    None
}

impl<Id: EntityId + Serialize + DeserializeOwned + Into<EntityRef>> FieldData for Option<Due<Id>> {
    fn is_empty(&self) -> bool {
        self.is_none()
    }

    fn json(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }

    fn set_json(&mut self, value: &Value) -> bool {
        let read = Deserialize::deserialize(value);
        let is_read = read.is_ok();
        *self = read.unwrap_or(*self);
        is_read
    }

    /// Two columns: the working days, and the item they are counted from.
    fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
        cells.push(Cell::integer(self.map(|due| due.working_days)));
        cells.push(Cell::id(self.and_then(|due| due.after)));
    }

    fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
        let [days, after] = cells else { return Err("has no columns".into()) };
        let days = days.as_integer().map(i32::try_from).transpose().map_err(|_| "is out of range")?;
        *self = days.map(|working_days| Due { working_days, after: after.as_id() });
        Ok(())
    }

    fn references(&self, visit: &mut dyn FnMut(EntityRef)) {
        self.and_then(|due| due.after).into_iter().for_each(|item| visit(item.into()));
    }

    fn words(&self, names: &dyn Names) -> String {
        let Some(due) = self else { return String::new() };
        let after = due.after.map(|item| names.name(item.into())).unwrap_or_default();
        in_words(due.working_days, &after)
    }
}

impl<Id: EntityId + Serialize + DeserializeOwned + Into<EntityRef>> ValueType for Option<Due<Id>> {
    const TYPE: FieldType = FieldType::Structure;
}

/// `after` is the title of the item that the due date is counted from, if any.
fn in_words(working_days: i32, after: &str) -> String {
    let count = working_days.unsigned_abs();
    let days = if count == 1 { "1 working day".to_owned() } else { format!("{count} working days") };
    match (working_days, after) {
        (0.., "") => format!("working day {}", i64::from(working_days) + 1),
        (_, "") => format!("{days} before the start"),
        (0, after) => format!("on the day of “{after}”"),
        (1.., after) => format!("{days} after “{after}”"),
        (_, after) => format!("{days} before “{after}”"),
    }
}
