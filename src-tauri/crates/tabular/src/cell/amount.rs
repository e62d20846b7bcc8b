//! Parses amounts of money and ranges of them, with the currency if the cell names it.

use headroom_model::Currency;
use serde::{Deserialize, Serialize};

use super::{
    Read,
    number::{self, Decimal, DecimalMark},
};

/// What an amount of pay is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayPeriod {
    #[default]
    Year,
    Month,
}

impl PayPeriod {
    pub fn in_words(self) -> &'static str {
        match self {
            PayPeriod::Year => "per year",
            PayPeriod::Month => "per month",
        }
    }
}

/// What a cell says about the currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurrencyMark {
    None,
    Named(Currency),
    /// A sign that several currencies share.
    Sign(char),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellAmount {
    pub low: Decimal,
    /// Upper end of a range.
    pub high: Option<Decimal>,
    pub mark: CurrencyMark,
    /// The pay period that the cell names.
    pub per: Option<PayPeriod>,
    /// Written as only in lakhs and crores: `12,00,000`, `12 lakh`.
    pub is_indian: bool,
}

/// Whether amounts of a currency are commonly written in lakhs and crores.
pub fn is_counted_in_lakhs(currency: Currency) -> bool {
    matches!(currency.code(), "INR" | "PKR" | "BDT" | "LKR" | "NPR")
}

/// Endings in place of decimals, as in `1.200,-`.
const ROUND: [&str; 6] = [",-", ".-", ",–", ".–", ",—", ".—"];
const YEAR: [&str; 10] =
    ["per annum", "per year", "p.a.", "p. a.", " pa", "/year", "/yr", "a year", "pro jahr", "par an"];
const MONTH: [&str; 9] =
    ["per month", "p.m.", "p. m.", " pm", "/month", "/mo", "a month", "pro monat", "par mois"];
const HOUR: [&str; 8] = ["per hour", "/hour", "/hr", "/h", "an hour", "p.h.", "pro stunde", "hourly"];
const DAY: [&str; 5] = ["per day", "/day", "a day", "pro tag", "daily"];

/// Currencies whose sign is `$`.
const DOLLARS: [&str; 10] = ["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP"];

/// Whether a currency has this sign.
pub fn has_sign(currency: Currency, sign: char) -> bool {
    match sign {
        '$' => DOLLARS.contains(&currency.code()),
        _ => matches!(currency.code(), "JPY" | "CNY"),
    }
}

/// The currency that a text such as a header names: `Salary (£)`, `Base pay EUR`.
pub fn named_in(text: &str) -> Option<Currency> {
    let sign = text.chars().find_map(|letter| match of_sign(letter) {
        CurrencyMark::Named(currency) => Some(currency),
        _ => None,
    });
    sign.or_else(|| {
        text.split(|letter: char| !letter.is_ascii_alphabetic())
            .filter(|word| word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase()))
            .find_map(code)
    })
}

fn of_sign(letter: char) -> CurrencyMark {
    match letter {
        '€' => CurrencyMark::Named(Currency::EUR),
        '£' => CurrencyMark::Named(Currency::GBP),
        '₹' => known("INR"),
        '₺' => known("TRY"),
        '₪' => known("ILS"),
        '₩' => known("KRW"),
        '₽' => known("RUB"),
        '₫' => known("VND"),
        '₴' => known("UAH"),
        '$' | '¥' => CurrencyMark::Sign(letter),
        _ => CurrencyMark::None,
    }
}

fn known(code: &str) -> CurrencyMark {
    code.parse().map_or(CurrencyMark::None, CurrencyMark::Named)
}

/// A word that is the code of a currency in use.
fn code(word: &str) -> Option<Currency> {
    const CODES: &str = "AED ARS AUD BDT BGN BHD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GEL GHS HKD HRK HUF IDR \
        ILS INR ISK JOD JPY KES KRW KWD KZT LKR MAD MXN MYR NGN NOK NZD OMR PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD \
        THB TND TRY TWD UAH UGX USD UYU VND XAF XOF ZAR NPR";
    let word = word.to_ascii_uppercase();
    CODES.split_whitespace().any(|known| known == word).then(|| word.parse().ok())?
}

/// The currency that a cell of a currency column names.
pub fn currency(text: &str) -> Option<Currency> {
    let text = text.trim();
    match text.chars().next().map(of_sign) {
        Some(CurrencyMark::Named(currency)) if text.chars().count() == 1 => Some(currency),
        _ => code(text),
    }
}

pub fn read(text: &str, decimal: Option<DecimalMark>) -> Read<CellAmount> {
    let text: String = text.chars().map(number::latin).collect();
    let text = without_rupees(text.trim());
    if text.is_empty() {
        return Read::Nothing;
    }
    let (body, mark) = match without_currency(text) {
        Ok(found) => found,
        Err(why) => return Read::Fault(why),
    };
    let (body, per) = match without_period(&body) {
        Ok(found) => found,
        Err(why) => return Read::Fault(why),
    };
    let plain = without_lakhs(&body);
    let is_indian = plain.is_some();
    let body = plain.as_deref().unwrap_or(&body);
    let mark = (mark, per, is_indian);
    let Some((low, high)) = ends(body) else { return one(body, None, decimal, mark) };
    // The k of `85-95K` holds for both.
    let shared = factor(low).is_none().then(|| factor(high)).flatten();
    let (first, last) = (one(low, shared, decimal, mark), one(high, None, decimal, mark));
    match (first, last) {
        (Read::Sure(low), Read::Sure(high)) => range(low, high).map_or_else(Read::Fault, Read::Sure),
        (Read::Doubt(low, why), Read::Sure(high) | Read::Doubt(high, _))
        | (Read::Sure(low), Read::Doubt(high, why)) => {
            range(low, high).map_or_else(Read::Fault, |range| Read::Doubt(range, why))
        }
        _ => Read::Fault("not a range of amounts".to_owned()),
    }
}

fn range(low: CellAmount, high: CellAmount) -> Result<CellAmount, String> {
    let scale = low.low.scale.max(high.low.scale);
    let same = |number: Decimal| number.with_scale(scale);
    match (same(low.low), same(high.low)) {
        (Some(first), Some(last)) if first <= last => Ok(CellAmount { high: Some(high.low), ..low }),
        _ => Err("range ends below its start".to_owned()),
    }
}

/// One amount, perhaps in thousands or millions.
fn one(
    text: &str,
    shared: Option<i128>,
    decimal: Option<DecimalMark>,
    (mark, per, is_indian): (CurrencyMark, Option<PayPeriod>, bool),
) -> Read<CellAmount> {
    let text = text.trim();
    let factor = factor(text);
    let body = if factor.is_some() { text.trim_end_matches(char::is_alphabetic) } else { text };
    let whole = |number: Decimal| {
        let low = number.times(factor.or(shared).unwrap_or(1))?;
        Some(CellAmount { low, high: None, mark, per, is_indian })
    };
    let fault = || Read::Fault("not an amount".to_owned());
    let body = ROUND.iter().fold(body.trim(), |body, end| body.trim_end_matches(end));
    if decimal.is_none() && factor.or(shared).is_some() {
        // `1.234k` is never more than a million.
        if let Some((mark, number)) = lone_mark(body) {
            let why = format!("“{}” treated as a decimal separator", mark.letter());
            return whole(number).map_or_else(fault, |amount| Read::Doubt(amount, why));
        }
    }
    match number::read(body, decimal) {
        Read::Sure(number) => whole(number).map_or_else(fault, Read::Sure),
        Read::Doubt(number, why) => whole(number).map_or_else(fault, |amount| Read::Doubt(amount, why)),
        Read::Nothing | Read::Open | Read::Fault(_) => fault(),
    }
}

/// A number whose only mark may be a thousands separator, read with it as the decimal mark.
fn lone_mark(body: &str) -> Option<(DecimalMark, Decimal)> {
    if number::shows(body).is_some() {
        return None;
    }
    let mark = match (body.contains('.'), body.contains(',')) {
        (true, false) => DecimalMark::Point,
        (false, true) => DecimalMark::Comma,
        _ => return None,
    };
    match number::read(body, Some(mark)) {
        Read::Sure(number) => Some((mark, number)),
        _ => None,
    }
}

/// `k` is a thousand, `m` a million.
fn factor(text: &str) -> Option<i128> {
    let text = text.trim();
    let letters: String = text.chars().rev().take_while(|letter| letter.is_alphabetic()).collect();
    match letters.chars().rev().collect::<String>().to_lowercase().as_str() {
        "k" | "t" | "tsd" => Some(1_000),
        "m" | "mn" | "mio" => Some(1_000_000),
        "l" | "lac" | "lacs" | "lakh" | "lakhs" => Some(100_000),
        "cr" | "crore" | "crores" => Some(10_000_000),
        _ => None,
    }
}

/// The text with thousands separators instead of those of lakhs, `1,234,567` for `12,34,567`; none if it has neither
/// these nor a word for them.
fn without_lakhs(text: &str) -> Option<String> {
    let is_digits = |text: &str, least: usize, most: usize| {
        (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let regrouped = |word: &str| -> Option<String> {
        let (whole, rest) = word.split_once('.').map_or((word, None), |(whole, rest)| (whole, Some(rest)));
        let groups: Vec<&str> = whole.split(',').collect();
        let [first, middle @ .., last] = groups.as_slice() else { return None };
        let is_it = is_digits(first, 1, 2)
            && !middle.is_empty()
            && middle.iter().all(|group| is_digits(group, 2, 2))
            && is_digits(last, 3, 3)
            && rest.is_none_or(|rest| is_digits(rest, 0, 6));
        is_it.then(|| whole.replace(',', "") + &rest.map(|rest| format!(".{rest}")).unwrap_or_default())
    };
    let mut is_indian = false;
    let mut plain = String::with_capacity(text.len());
    let mut word = String::new();
    for letter in text.chars().chain(std::iter::once('\0')) {
        if letter.is_ascii_digit() || matches!(letter, ',' | '.') {
            word.push(letter);
            continue;
        }
        match regrouped(&word) {
            Some(other) => {
                is_indian = true;
                plain.push_str(&other);
            }
            None => plain.push_str(&word),
        }
        word.clear();
        if letter != '\0' {
            plain.push(letter);
        }
    }
    let says = |words: &[&str]| {
        plain
            .split(|letter: char| !letter.is_alphabetic())
            .any(|word| words.iter().any(|own| word.eq_ignore_ascii_case(own)))
    };
    is_indian |= says(&["l", "lac", "lacs", "lakh", "lakhs", "cr", "crore", "crores"]);
    is_indian.then_some(plain)
}

/// Removes the word for rupees of any country, and the dash that ends a whole amount: `Rs. 12,000/-`.
fn without_rupees(text: &str) -> &str {
    let text = text.strip_suffix("/-").unwrap_or(text);
    let rest = ["Rs.", "Rs", "rs.", "RS."].iter().find_map(|word| text.strip_prefix(word));
    rest.filter(|rest| rest.trim_start().starts_with(|letter: char| letter.is_ascii_digit()))
        .unwrap_or(text)
        .trim()
}

/// The two ends of a range, separated by a dash or `to`.
fn ends(text: &str) -> Option<(&str, &str)> {
    for mark in [" to ", "–", "—", " bis "] {
        if let Some((low, high)) = text.split_once(mark)
            && has_digit(low)
            && has_digit(high)
        {
            return Some((low, high));
        }
    }
    let at = text
        .char_indices()
        .skip(1)
        .find(|(at, letter)| *letter == '-' && has_digit(&text[..*at]) && has_digit(&text[*at..]))?;
    Some((&text[..at.0], &text[at.0 + 1..]))
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// The text without the pay period, and the period.
fn without_period(text: &str) -> Result<(String, Option<PayPeriod>), String> {
    let lower = text.trim().to_lowercase();
    if let Some(rest) = lower.strip_suffix("lpa").or_else(|| lower.strip_suffix("l.p.a.")) {
        return Ok((format!("{rest}lakh"), Some(PayPeriod::Year)));
    }
    let without = |ends: &[&str]| {
        ends.iter().find_map(|end| lower.strip_suffix(end)).map(|rest| rest.trim_end().to_owned())
    };
    if without(&HOUR).or_else(|| without(&DAY)).is_some() {
        return Err("pay per hour or day, not per year".to_owned());
    }
    if let Some(rest) = without(&MONTH) {
        return Ok((rest, Some(PayPeriod::Month)));
    }
    match without(&YEAR) {
        Some(rest) => Ok((rest, Some(PayPeriod::Year))),
        None => Ok((text.trim().to_owned(), None)),
    }
}

/// Whether a header says that its amounts are in thousands: `Salary (k€)`, `TEUR`, `in thousands`.
pub fn is_in_thousands(header: &str) -> bool {
    let lower = header.to_lowercase();
    let signs = ["k€", "€k", "k£", "£k", "k$", "$k", "t€", "'000", "’000", "000s"];
    let words =
        ["teur", "tusd", "tgbp", "tchf", "keur", "kusd", "kgbp", "kchf", "thousand", "thousands", "tsd", "k"];
    signs.iter().any(|sign| lower.contains(sign))
        || lower.split(|letter: char| !letter.is_alphanumeric()).any(|word| words.contains(&word))
}

/// The text without signs and codes of currencies, and the currency.
fn without_currency(text: &str) -> Result<(String, CurrencyMark), String> {
    let mut mark = CurrencyMark::None;
    let mut rest = String::with_capacity(text.len());
    let mut word = String::new();
    let mut see = |found: CurrencyMark| match (mark, found) {
        (_, CurrencyMark::None) => Ok(()),
        (CurrencyMark::None, found) => {
            mark = found;
            Ok(())
        }
        (before, found) if before == found => Ok(()),
        // `US$`, `CA$` and `$ CAD` say which dollar.
        (CurrencyMark::Sign(sign), CurrencyMark::Named(currency)) if has_sign(currency, sign) => {
            mark = found;
            Ok(())
        }
        (CurrencyMark::Named(currency), CurrencyMark::Sign(sign)) if has_sign(currency, sign) => Ok(()),
        _ => Err("names two currencies".to_owned()),
    };
    for letter in text.chars().chain(std::iter::once(' ')) {
        if letter.is_ascii_alphabetic() {
            word.push(letter);
            continue;
        }
        if !word.is_empty() {
            let prefix = if letter == '$' { dollar(&word) } else { local_sign(&word) };
            match prefix.or_else(|| code(&word)) {
                Some(currency) => see(CurrencyMark::Named(currency))?,
                None => rest.push_str(&word),
            }
            word.clear();
        }
        match of_sign(letter) {
            CurrencyMark::None => rest.push(letter),
            found => see(found)?,
        }
    }
    Ok((rest.trim().to_owned(), mark))
}

/// Letters that stand for one currency besides its code.
fn local_sign(word: &str) -> Option<Currency> {
    let code = match word {
        "Fr" | "SFr" | "sFr" => "CHF",
        "Dhs" | "Dh" => "AED",
        "zł" => "PLN",
        _ => return None,
    };
    code.parse().ok()
}

/// The country before a dollar sign.
fn dollar(word: &str) -> Option<Currency> {
    let code = match word.to_ascii_uppercase().as_str() {
        "US" | "USD" => "USD",
        "C" | "CA" | "CAD" => "CAD",
        "A" | "AU" | "AUD" => "AUD",
        "NZ" | "NZD" => "NZD",
        "S" | "SG" | "SGD" => "SGD",
        "HK" | "HKD" => "HKD",
        _ => return None,
    };
    code.parse().ok()
}

#[cfg(test)]
mod tests;
