//! Amounts of money.

use serde_json::Value;

use super::{misread, plain_words};
use crate::{
    field::{Cell, FieldData, FieldType, Names, ValueType},
    money::{Currency, Money},
};

/// Two columns: the amount in the smallest unit, and the currency.
impl FieldData for Option<Money> {
    through_serde!();
    fn is_empty(&self) -> bool {
        self.is_none()
    }
    fn write<'a>(&'a self, cells: &mut Vec<Cell<'a>>) {
        cells.push(Cell::integer(self.map(|money| money.minor)));
        cells.push(self.map_or(Cell::Null, |money| Cell::owned(money.currency)));
    }
    fn read(&mut self, cells: &[Cell<'_>]) -> Result<(), String> {
        let [minor, currency] = cells else { return Err("has no columns".into()) };
        *self = match (minor, currency) {
            // Another amount of the row may have the currency.
            (Cell::Null, _) => None,
            (Cell::Integer(minor), Cell::Text(text)) => {
                let currency: Currency = text.parse().map_err(|fault| format!("“{text}” {fault}"))?;
                Some(Money::new(*minor, currency))
            }
            (minor, Cell::Null) => return Err(format!("{} has no currency", misread(minor))),
            (minor, _) => return Err(misread(minor)),
        };
        Ok(())
    }
    fn words(&self, _names: &dyn Names) -> String {
        plain_words(&self.json())
    }
}

impl ValueType for Option<Money> {
    const TYPE: FieldType = FieldType::Amount;
}
