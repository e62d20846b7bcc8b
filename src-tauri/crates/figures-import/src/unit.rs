//! Units as reports write them: `€ k`, `EUR thousands`, `%`, `#`, `months`.

use headroom_model::Currency;
use headroom_tabular::cell::amount::{self, CurrencyMark};

/// What the numbers of a row, a column or a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrittenUnit {
    pub kind: UnitKind,
    /// Thousands have 3, millions 6.
    pub zeros: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnitKind {
    Money(CurrencyMark),
    /// Written as percent: 12 is 0.12.
    Percent,
    Count,
    Named(&'static str),
    /// Thousands or millions of what the metric counts.
    Plain,
}

impl WrittenUnit {
    /// The word by which a metric knows it; none if it says only how many zeros to add.
    pub fn word(&self) -> Option<&'static str> {
        match self.kind {
            UnitKind::Money(_) => Some("money"),
            UnitKind::Percent => Some("share"),
            UnitKind::Count => Some("count"),
            UnitKind::Named(word) => Some(word),
            UnitKind::Plain => None,
        }
    }

    /// A text that is a unit and nothing else.
    pub fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let spaced = spaced(text);
        let mut unit = Self { kind: UnitKind::Plain, zeros: 0 };
        let mut count = 0;
        for word in spaced.split_whitespace() {
            if matches!(word.to_lowercase().as_str(), "in" | "of" | "all" | "figures" | "amounts" | "values")
            {
                continue;
            }
            count += 1;
            unit.take(word)?;
        }
        (count > 0).then_some(unit)
    }

    /// The unit that stands somewhere in a text such as a title: `Revenue report, in € k`.
    pub fn within(text: &str) -> Option<Self> {
        let lower = text.to_lowercase();
        let starts = ["in ", "(", "[", ", ", "· ", "| ", "– ", "— ", " - "];
        let tails =
            starts.iter().flat_map(|start| lower.match_indices(start).map(move |(at, _)| at + start.len()));
        let unit = |at: usize| {
            let tail = text.get(at..)?;
            let end = tail.find([')', ']', ',', ';', '.', '·', '|']).unwrap_or(tail.len());
            // What follows may say where it holds: `in USD '000 unless stated`.
            let words: Vec<&str> = tail[..end].split_whitespace().collect();
            let mut heads = (1..=words.len().min(4)).rev().map(|count| words[..count].join(" "));
            heads.find_map(|head| Self::of(&head).filter(|unit| matches!(unit.kind, UnitKind::Money(_))))
        };
        tails.filter_map(unit).next()
    }

    fn take(&mut self, word: &str) -> Option<()> {
        let lower = word.to_lowercase();
        let zeros = match lower.as_str() {
            "k" | "t" | "'000" | "’000" | "000" | "000s" | "thousand" | "thousands" | "tsd" => Some(3),
            "m" | "mn" | "mio" | "mm" | "million" | "millions" => Some(6),
            "bn" | "billion" | "billions" => Some(9),
            _ => None,
        };
        if let Some(zeros) = zeros {
            self.zeros = zeros;
            return Some(());
        }
        let kind = match lower.as_str() {
            "%" | "percent" | "pct" | "percentage" => UnitKind::Percent,
            "#" | "count" | "number" | "no" | "nr" | "qty" => UnitKind::Count,
            "months" | "month" | "mo" | "mths" => UnitKind::Named("months"),
            "days" | "day" | "d" => UnitKind::Named("days"),
            "hours" | "hour" | "hrs" | "h" => UnitKind::Named("hours"),
            "minutes" | "minute" | "mins" | "min" => UnitKind::Named("minutes"),
            "seconds" | "second" | "secs" | "sec" | "s" => UnitKind::Named("seconds"),
            "x" | "ratio" => UnitKind::Named(""),
            "$" | "us$" => UnitKind::Money(CurrencyMark::Sign('$')),
            "¥" => UnitKind::Money(CurrencyMark::Sign('¥')),
            _ => UnitKind::Money(CurrencyMark::Named(currency(word)?)),
        };
        self.kind = kind;
        Some(())
    }
}

fn currency(word: &str) -> Option<Currency> {
    match word {
        "TEUR" | "KEUR" => amount::currency("EUR"),
        _ => amount::currency(word),
    }
}

/// The text with spaces around signs of currencies and percent, and between them and a factor: `k€` is `k €`.
fn spaced(text: &str) -> String {
    let mut spaced = String::new();
    for letter in text.chars() {
        match letter {
            '€' | '$' | '£' | '¥' | '₹' | '%' | '#' | '₺' | '₪' | '₩' | '₽' | '₫' | '₴' => {
                spaced.extend([' ', letter, ' ']);
            }
            '(' | ')' | '[' | ']' | ',' | '.' | '/' | '-' => spaced.push(' '),
            other => spaced.push(other),
        }
    }
    let joined = spaced.replace("TEUR", "T EUR").replace("KEUR", "k EUR").replace("kEUR", "k EUR");
    joined.replace("EURk", "EUR k").replace("USDk", "USD k").replace("GBPk", "GBP k")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Option<(Option<&'static str>, u32)> {
        WrittenUnit::of(text).map(|unit| (unit.word(), unit.zeros))
    }

    #[test]
    fn units_are_read_as_reports_write_them() {
        for text in ["€ k", "k€", "€k", "EUR k", "TEUR", "EUR thousands", "in € '000", "thousand EUR"]
        {
            assert_eq!(words(text), Some((Some("money"), 3)), "{text}");
        }
        assert_eq!(words("€m"), Some((Some("money"), 6)));
        assert_eq!(words("%"), Some((Some("share"), 0)));
        assert_eq!(words("#"), Some((Some("count"), 0)));
        assert_eq!(words("months"), Some((Some("months"), 0)));
        assert_eq!(words("sec"), Some((Some("seconds"), 0)));
        assert_eq!(words("k"), Some((None, 3)));
        for text in ["", "Shippers", "MRR", "new customers", "see notes"] {
            assert_eq!(words(text), None, "{text}");
        }
    }

    #[test]
    fn the_unit_of_a_table_stands_in_its_title() {
        let within = |text: &str| WrittenUnit::within(text).map(|unit| (unit.word(), unit.zeros));
        assert_eq!(within("KPI pack 2026, in € k"), Some((Some("money"), 3)));
        assert_eq!(within("Board report (USD)"), Some((Some("money"), 0)));
        assert_eq!(within("Acme · monthly figures · GBP"), Some((Some("money"), 0)));
        assert_eq!(within("Figures in USD '000 unless stated"), Some((Some("money"), 3)));
        assert_eq!(within("Tidewater – KPI pack, November 2026 (unaudited)"), None);
    }
}
