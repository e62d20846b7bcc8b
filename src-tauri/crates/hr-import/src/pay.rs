//! Parses pay: amount, currency and period.

use headroom_files::{Level, records::Stated};
use headroom_model::{Currency, Money};
use headroom_tabular::{
    cell::{
        Read,
        amount::{self, CellAmount, CurrencyMark, PayPeriod, has_sign, is_counted_in_lakhs},
        number, words,
    },
    raw_table::{RawCell, RawRow},
};

use super::{ambiguity::AmbiguityKind, column::SheetColumn, field::Field, row::Reader};

/// No one is paid less for a year of work, in whole units of any currency.
const LITTLE: i64 = 1_000;
/// Months of pay in a year.
const MONTHS: i128 = 12;

/// Full-time pay per year: lower and upper end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pay {
    pub low: Option<Money>,
    pub high: Option<Money>,
}

impl<'a> Reader<'a> {
    /// The pay in a field, per year and full time. None if it can't be known.
    pub fn pay(&mut self, row: &'a RawRow, field: Field) -> Stated<Pay> {
        let Some((column, cell)) = self.cell(row, field) else {
            return self.has(field).then(Pay::default);
        };
        if self.is_fault(row, column, cell) {
            return None;
        }
        let text = match cell {
            RawCell::Number(number) => number.clone(),
            cell => cell.text().into_owned(),
        };
        let (amount, why) = match amount::read(&text, column.decimal) {
            Read::Sure(amount) => (amount, column.odd_mark(&text)),
            Read::Doubt(amount, why) => (amount, Some(why)),
            Read::Nothing => return Some(Pay::default()),
            Read::Open => return None,
            Read::Fault(why) => {
                self.doubt(row, column, Level::Error, None, why, "write it as 120000 or 120000 EUR");
                return None;
            }
        };
        if amount.low.digits == 0 && amount.high.is_none() {
            if !self.profile.zero_is_undisclosed {
                let why = "zero pay is unlikely".to_owned();
                let taken = Some("no salary".to_owned());
                self.doubt(
                    row,
                    column,
                    Level::Note,
                    taken,
                    why,
                    "leave the cell empty if the salary is unknown",
                );
            }
            return Some(Pay::default());
        }
        let pay = self.in_currency(row, column, amount)?;
        let taken = pay.low.map(|money| money.to_string());
        if pay.low.is_some_and(is_little) {
            let why = "unusually low for annual pay: may be hourly, daily or in thousands".to_owned();
            let advice = "enter annual pay; monthly pay needs “monthly” in the header";
            self.doubt(row, column, Level::Warning, taken.clone(), why, advice);
        }
        if let Some(per) = amount.per.filter(|per| *per != column.period) {
            let why = format!("pay {}, unlike the rest of the column", per.in_words());
            self.doubt(
                row,
                column,
                Level::Note,
                taken.clone(),
                why,
                "use one pay period in the whole column",
            );
        }
        if let Some(why) = why {
            self.doubt(
                row,
                column,
                Level::Note,
                taken,
                why,
                "set the column’s decimal separator if this is wrong",
            );
        }
        Some(pay)
    }

    fn in_currency(&mut self, row: &'a RawRow, column: &'a SheetColumn, amount: CellAmount) -> Option<Pay> {
        let own = match self.currency(row) {
            Ok(own) => own,
            Err(()) => return None,
        };
        let currency = match amount.mark {
            CurrencyMark::Named(currency) => match own.filter(|own| *own != currency) {
                Some(own) => {
                    let why = format!("in {currency}, but the row says {own}");
                    self.doubt(row, column, Level::Error, None, why, "use the same currency in both");
                    return None;
                }
                None => currency,
            },
            CurrencyMark::None => match own.or(column.currency) {
                Some(currency) if column.named.is_some_and(|named| named != currency) => {
                    let named = column.named.map(|named| named.to_string()).unwrap_or_default();
                    let why = format!("the header says {named}, but the row says {currency}");
                    self.doubt(row, column, Level::Error, None, why, "use the same currency in both");
                    return None;
                }
                Some(currency) => currency,
                None => return self.ask(row, column, AmbiguityKind::Currency),
            },
            CurrencyMark::Sign(sign) => match [own, self.profile.dollar, column.currency]
                .into_iter()
                .flatten()
                .find(|known| has_sign(*known, sign))
            {
                Some(currency) => currency,
                None if own.or(column.currency).is_none() => {
                    return self.ask(row, column, AmbiguityKind::Currency);
                }
                None => return self.ask(row, column, AmbiguityKind::Dollar),
            },
        };
        if amount.is_indian && !is_counted_in_lakhs(currency) {
            let why = format!("lakhs are not used with {currency}");
            self.doubt(row, column, Level::Error, None, why, "write it as 1200000");
            return None;
        }
        let of_row = self.period_of(row)?;
        let period = amount.per.or(of_row).unwrap_or(column.period);
        let months = if period == PayPeriod::Month { MONTHS } else { 1 };
        let mut is_rounded = false;
        let mut money = |number: number::Decimal| {
            let year = number.times(months * column.unit)?;
            let exact = year.with_scale(currency.decimals());
            // A formula's result may have more decimals than the currency.
            let is_reckoned = matches!(row.cell(column.at), RawCell::Number(_));
            is_rounded |= exact.is_none() && is_reckoned;
            let minor = exact.or_else(|| year.rounded(currency.decimals()).filter(|_| is_reckoned))?;
            Some(Money::new(minor, currency))
        };
        let (low, high) = (money(amount.low), amount.high.map(&mut money));
        if low.is_none_or(|low| low.minor < 0) || high == Some(None) {
            let why = format!("not a valid amount in {currency}");
            self.doubt(row, column, Level::Error, None, why, "use at most two decimals and no minus sign");
            return None;
        }
        if is_rounded {
            let taken = low.map(|money| money.to_string());
            let why = "more decimals than the currency has".to_owned();
            self.doubt(row, column, Level::Note, taken, why, "round it in the workbook if this is wrong");
        }
        Some(Pay { low, high: high.flatten() })
    }

    /// The pay period in the row. None, with a report, if it is neither year nor month.
    fn period_of(&mut self, row: &'a RawRow) -> Option<Option<PayPeriod>> {
        let Some((column, cell)) = self.cell(row, Field::PayPer) else { return Some(None) };
        let word = words::folded(&cell.text());
        let says = |starts: &[&str]| starts.iter().any(|start| word.contains(start));
        if says(&["hour", "week", "day", "daily", "stunde", "woche", "heure", "hora", "fortnight", "semi"]) {
            let why = "pay is neither per year nor per month".to_owned();
            self.doubt(row, column, Level::Error, None, why, "enter annual pay");
            return None;
        }
        let is_month = says(&["month", "monat", "mensual", "mensuel"]);
        let is_year = says(&["year", "annual", "annum", "jahr", "jähr", "annuel", "anual"]);
        Some(match (is_month, is_year) {
            (true, false) => Some(PayPeriod::Month),
            (false, true) => Some(PayPeriod::Year),
            _ => None,
        })
    }

    /// The currency in the row. An error if it is not a known one.
    fn currency(&mut self, row: &'a RawRow) -> Result<Option<Currency>, ()> {
        let Some((column, cell)) = self.cell(row, Field::Currency) else {
            return Ok(self.profile.constants.get(&Field::Currency).and_then(|text| text.parse().ok()));
        };
        let text = cell.text();
        if let Some(currency) = amount::currency(&text) {
            return Ok(Some(currency));
        }
        if text.trim() == "$" {
            return Ok(self.profile.dollar.or(column.currency).filter(|known| has_sign(*known, '$')));
        }
        let why = "not a currency, so the row’s amounts can’t be used".to_owned();
        self.doubt(row, column, Level::Error, None, why, "use a three-letter code such as EUR");
        Err(())
    }
}

/// Less than a thousand a year, in a currency of which a thousand is little: an hourly wage, or an amount in
/// thousands.
fn is_little(pay: Money) -> bool {
    pay.minor > 0 && pay.minor < LITTLE * 10_i64.pow(pay.currency.decimals())
}
