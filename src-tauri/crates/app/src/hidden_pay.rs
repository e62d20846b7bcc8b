//! Amounts on screen. Salaries are hidden until the user shows them, for as long as the window is open.
//!
//! While they are hidden, the salary or cost of one person or position is never sent. A total is sent only over three
//! positions or more, as a multiple of roughly the cost of one of them ([`rounding`]), so that the difference of two
//! totals that differ by a position reveals no more than that it costs something. What has to add up to the cent
//! (causes of a variance, steps between two days) is shown whole or not at all. Hiding totals that differ by few
//! positions would be stricter, and would leave hardly any: people join or leave in most months.
//!
//! This protects a screen that others can see. Those who may edit the plan can show salaries or read them in the
//! file; for others there is the redacted copy.

use std::sync::atomic::{AtomicBool, Ordering};

use headroom_model::{
    Change, Decimal6, Edit, Entity, FieldSpec, Money, field, money::divided, with_edit, wording::grouped,
};
use serde::Serialize;
use specta_typescript::Number;

/// An amount for the page.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ShownAmount {
    /// In whole units of the currency, for charts; the text is exact.
    #[specta(type = Number)]
    pub value: f64,
    pub currency: String,
    /// `12345.67 EUR`: exact, and accepted by edits.
    pub text: String,
}

impl From<Money> for ShownAmount {
    fn from(money: Money) -> Self {
        Self {
            value: money.minor as f64 / money.currency.scale() as f64,
            currency: money.currency.to_string(),
            text: money.to_string(),
        }
    }
}

impl ShownAmount {
    /// As the page writes amounts in short (`moneyInShort` in `ui/src/lib/format.ts`): `€1.24 m`, `€85 k`.
    pub fn in_short(&self) -> String {
        let (divisor, unit) = match self.value.abs() {
            value if value >= 999_500.0 => (1e6, " m"),
            value if value >= 1e4 => (1e3, " k"),
            _ => (1.0, ""),
        };
        let scaled = self.value.abs() / divisor;
        let number =
            if unit == " m" { format!("{scaled:.2}") } else { grouped(&format!("{:.0}", scaled.round())) };
        let currency = match self.currency.as_str() {
            "EUR" => "€",
            "USD" => "$",
            "GBP" => "£",
            "JPY" => "¥",
            "INR" => "₹",
            other => &format!("{other} "),
        };
        let sign = if self.value < 0.0 && number != "0" { "−" } else { "" };
        format!("{sign}{currency}{number}{unit}")
    }
}

/// Whether salaries are shown. Not persisted.
#[derive(Default)]
pub struct PayPolicy(AtomicBool);

impl PayPolicy {
    pub fn is_shown(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    pub fn show(&self, shown: bool) {
        self.0.store(shown, Ordering::Relaxed);
    }

    /// A total over this many positions.
    pub fn total(&self, money: Money, seats: Decimal6) -> Option<ShownAmount> {
        total(money, seats, self.is_shown())
    }

    /// The amount, unless salaries are hidden. For anything that reveals the salary or cost of one person or
    /// position.
    pub fn shown(&self, money: Option<Money>) -> Option<ShownAmount> {
        money.filter(|_| self.is_shown()).map(ShownAmount::from)
    }
}

/// In millionths of a position: a total over fewer reveals a salary.
const FEWEST: i64 = 3_000_000;

/// A total over this many positions: exact if salaries are shown; otherwise rounded, and none over too few.
pub fn total(money: Money, seats: Decimal6, is_pay_shown: bool) -> Option<ShownAmount> {
    if is_pay_shown || money.minor == 0 {
        return Some(money.into());
    }
    let unit = rounding(money.minor, seats);
    let rounded = divided(i128::from(money.minor), i128::from(unit)).saturating_mul(unit);
    (seats.millionths() >= FEWEST).then(|| Money::new(rounded, money.currency).into())
}

/// The average cost of one position, rounded up to 1, 2 or 5 times a power of ten.
pub fn rounding(total: i64, seats: Decimal6) -> i64 {
    let each = divided(i128::from(total.saturating_abs()) * 1_000_000, i128::from(seats.millionths().max(1)));
    let mut unit = 1_i64;
    for step in [2, 5, 10].iter().cycle() {
        if unit >= each {
            break;
        }
        let decade = unit / leading(unit);
        let Some(next) = decade.checked_mul(*step) else { break };
        unit = next;
    }
    unit
}

fn leading(mut number: i64) -> i64 {
    while number >= 10 {
        number /= 10;
    }
    number.max(1)
}

/// Whether a field of a change reveals a salary.
pub fn tells_pay(change: &Change, field: &str) -> bool {
    with_edit!(change, edit => {
        let rows = edit.before.iter().chain(&edit.after);
        field_of(edit, field).is_some_and(|field| rows.clone().any(|row| field.tells_pay(row)))
    })
}

fn field_of<T: Entity>(_edit: &Edit<T>, name: &str) -> Option<&'static FieldSpec<T>> {
    field::field(name)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use headroom_model::{Assumption, AssumptionValue, Edit, Position};
    use proptest::prelude::*;

    use super::*;

    fn seats(count: i64) -> Decimal6 {
        Decimal6::from_millionths(count * 1_000_000)
    }

    fn shown(minor: i64, of: i64) -> Option<String> {
        total(Money::new(minor, headroom_model::Currency::EUR), seats(of), false).map(|amount| amount.text)
    }

    #[test]
    fn hidden_totals_are_multiples_of_a_positions_cost() {
        // 7 397.85 each: to the next 10 000.
        assert_eq!(shown(68_800_000, 93), Some("690000.00 EUR".to_owned()));
        assert_eq!(shown(68_800_000, 2), None);
        assert_eq!(shown(0, 0), Some("0.00 EUR".to_owned()));
        let exact = total(Money::new(68_812_345, headroom_model::Currency::EUR), seats(1), true).unwrap();
        assert_eq!(exact.text, "688123.45 EUR");
    }

    /// The same amounts and words as in `ui/src/lib/format.test.ts`.
    #[test]
    fn amounts_are_short() {
        let short = |value: f64, currency: &str| {
            ShownAmount { value, currency: currency.to_owned(), text: String::new() }.in_short()
        };
        assert_eq!(short(1_240_000.0, "EUR"), "€1.24 m");
        assert_eq!(short(999_600.0, "USD"), "$1.00 m");
        assert_eq!(short(84_600.0, "GBP"), "£85 k");
        assert_eq!(short(9_600.0, "CHF"), "CHF 9 600");
        assert_eq!(short(-12_000.0, "EUR"), "−€12 k");
        assert_eq!(short(0.0, "EUR"), "€0");
    }

    #[test]
    fn fields_that_reveal_pay_are_recognised() {
        let edit = Edit::new(1, None, Some(Position::default()));
        let change = Change::from(edit);
        assert!(tells_pay(&change, "pay") && tells_pay(&change, "pay_up_to") && !tells_pay(&change, "title"));
        let rate = Assumption { kind: "variable".into(), ..Assumption::default() };
        assert!(!rate.is_pay(), "a share is nobody's pay");
        let amount = AssumptionValue::Amount(Money::new(1, headroom_model::Currency::EUR));
        assert!(Assumption { value: amount.clone(), ..rate.clone() }.is_pay());
        assert!(!Assumption { value: amount, kind: "benefits".into(), ..rate }.is_pay());
    }

    proptest! {
        /// One position more or less changes a total by nothing, one unit or two, whatever it costs up to the
        /// average.
        #[test]
        fn differences_of_hidden_totals_do_not_reveal_a_position(of in 3..500_i64, each in 1..1_000_000_i64) {
            let unit = rounding(of * each, seats(of));
            prop_assert!(unit >= each && unit <= each.saturating_mul(5));
            prop_assert!(["1", "2", "5"].contains(&unit.to_string().trim_end_matches('0')));
        }
    }
}
