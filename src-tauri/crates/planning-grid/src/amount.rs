//! Parses amounts of money as people type them and spreadsheets paste them.

use headroom_model::{Currency, Money};
use headroom_tabular::cell::{
    Read,
    amount::{self, CellAmount, CurrencyMark, has_sign, is_counted_in_lakhs},
};

const FAULT: &str = "is not an amount such as 85000 EUR, 85k or €85,000";

/// Parses `85000 EUR`, `85k`, `€85,000`, `1.234,56 €` or `$1.2m`, with the reader of [`headroom_tabular`]. `usual` is
/// the currency of an amount without one, and of a sign that may be that currency's. An ambiguous number is read in
/// the usual way: the grid shows what was understood.
///
/// # Errors
/// What is wrong, to be appended to the text.
pub fn amount(text: &str, usual: Currency) -> Result<Money, &'static str> {
    let (found, currency) = match understood(text) {
        Some(found) => (found, of_mark(found.mark, usual)),
        None => in_any_currency(text).ok_or(FAULT)?,
    };
    let is_strange = found.is_indian && !is_counted_in_lakhs(currency);
    if found.high.is_some() || found.low.digits < 0 || is_strange {
        return Err(FAULT);
    }
    if found.low.is_finer_than(currency.decimals()) {
        return Err("has too many decimals for its currency");
    }
    let minor = found.low.with_scale(currency.decimals()).ok_or("is too large")?;
    Ok(Money::new(minor, currency))
}

fn understood(text: &str) -> Option<CellAmount> {
    match amount::read(text, None) {
        Read::Sure(amount) | Read::Doubt(amount, _) => Some(amount),
        Read::Nothing | Read::Open | Read::Fault(_) => None,
    }
}

fn of_mark(mark: CurrencyMark, usual: Currency) -> Currency {
    match mark {
        CurrencyMark::None => usual,
        CurrencyMark::Named(currency) => currency,
        CurrencyMark::Sign(sign) if has_sign(usual, sign) => usual,
        CurrencyMark::Sign('$') => Currency::USD,
        CurrencyMark::Sign(_) => "JPY".parse().unwrap_or(usual),
    }
}

/// A rare currency by its three letters at either end: the grid must parse what it formats.
fn in_any_currency(text: &str) -> Option<(CellAmount, Currency)> {
    let is_code = |word: &str| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let (code, rest) = text.trim().split_once(' ').filter(|(code, _)| is_code(code)).or_else(|| {
        text.trim().rsplit_once(' ').map(|(rest, code)| (code, rest)).filter(|(code, _)| is_code(code))
    })?;
    let found = understood(rest).filter(|found| found.mark == CurrencyMark::None)?;
    Some((found, code.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<String, &'static str> {
        amount(text, Currency::EUR).map(|money| money.to_string())
    }

    #[test]
    fn parses_amounts_of_many_countries() {
        for (text, expected) in [
            ("85000 EUR", "85000.00 EUR"),
            ("85k", "85000.00 EUR"),
            ("€85,000", "85000.00 EUR"),
            ("$120k", "120000.00 USD"),
            ("1.234,56 €", "1234.56 EUR"),
            ("1,234.56", "1234.56 EUR"),
            ("85.000", "85000.00 EUR"),
            ("85,5k", "85500.00 EUR"),
            ("1.2m usd", "1200000.00 USD"),
            ("85 000 £", "85000.00 GBP"),
            ("CHF 120'000", "120000.00 CHF"),
            ("8,000,000 JPY", "8000000 JPY"),
            ("1.234.567", "1234567.00 EUR"),
            ("85000.50 EUR", "85000.50 EUR"),
            ("1.234k", "1234.00 EUR"),
            ("¥ 800", "800 JPY"),
            ("120 ZMW", "120.00 ZMW"),
            ("85 tsd", "85000.00 EUR"),
            ("US$ 90k", "90000.00 USD"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_not_an_amount() {
        for text in [
            "",
            "EUR",
            "much",
            "85,00,0",
            "1,23.456,7",
            "-5",
            "85 EURO",
            "1e5",
            "12.345,6.7",
            "k",
            "1.5 JPY",
            ".",
            "85-95k",
            "€ 10 $",
            "85k EUR USD",
        ] {
            assert!(read(text).is_err(), "{text}: {:?}", read(text));
        }
        assert!(read("99999999999999999999").is_err());
        assert_eq!(read("1.505 EUR/y"), Err(FAULT));
        assert_eq!(read("0.505"), Err("has too many decimals for its currency"));
        assert_eq!(
            amount("$ 5", "CAD".parse().unwrap()).map(|money| money.to_string()).as_deref(),
            Ok("5.00 CAD")
        );
    }

    proptest! {
        #[test]
        fn formatted_amount_parses_back(minor in 0..i64::MAX / 1000) {
            let money = Money::new(minor, Currency::GBP);
            prop_assert_eq!(amount(&money.to_string(), Currency::EUR), Ok(money));
        }

        #[test]
        fn never_panics_on_arbitrary_input(text in "\\PC*") {
            let _ = amount(&text, Currency::EUR);
        }
    }
}
