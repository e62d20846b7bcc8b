//! Amounts in running text: every number is looked at in all the ways in which it can be read.

use std::ops::Range;

use super::{
    REMOVED,
    amounts::{Amounts, UNIT},
};

/// Written before or after an amount. Codes that are words or names of their own (`TRY`, `PHP`) are left out.
const SIGNS: &[char] = &['€', '$', '£', '¥', '₹', '₩', '₺', '₽', '₴', '₪', '฿', '¢'];
const CODES: &[&str] = &[
    "AED", "ARS", "AUD", "BGN", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EUR", "GBP", "HKD",
    "HUF", "IDR", "ILS", "INR", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD", "PLN", "RON", "RUB", "SAR", "SEK",
    "SGD", "THB", "TWD", "UAH", "USD", "VND", "ZAR", "euro", "euros", "Euro", "dollar", "dollars", "pound",
    "pounds",
];
/// `120k`, `1.2m`: what stands after a number, and by how much it multiplies.
const MULTIPLES: &[(&str, i128)] = &[
    ("k", 1_000),
    ("K", 1_000),
    ("tsd", 1_000),
    ("thousand", 1_000),
    ("m", 1_000_000),
    ("M", 1_000_000),
    ("mn", 1_000_000),
    ("mio", 1_000_000),
    ("million", 1_000_000),
];
/// A number without any mark of money counts from so many digits on: there are too many 10s and 500s in a plan.
const TELLING_DIGITS: usize = 4;
/// A number that has more groups of digits than this is a list.
const GROUPS: usize = 8;

/// The text without its amounts, and how many there were; none when there were none.
///
/// A number goes when a currency stands beside it, or when it can be read as one of the amounts: with marks of
/// thousands (point, comma, apostrophe, space), with cents, in thousands (`120k`), in the smallest unit. Four digits
/// alone that can be a year stay.
pub fn without_amounts(text: &str, amounts: &Amounts) -> Option<(String, usize)> {
    let mut kept = String::new();
    let (mut from, mut count) = (0, 0);
    let mut at = 0;
    while let Some(start) = text[at..].find(|letter: char| letter.is_ascii_digit()) {
        let run = Run::read(text, at + start);
        at = run.end();
        for hit in run.hits(amounts) {
            kept.push_str(&text[from..hit.start]);
            kept.push_str(REMOVED);
            from = hit.end;
            // What multiplied the number is gone with it.
            at = at.max(hit.end);
            count += 1;
        }
    }
    kept.push_str(&text[from..]);
    (count > 0).then_some((kept, count))
}

/// Whether it is the code of a currency, and no word or name as well.
pub(super) fn is_code(word: &str) -> bool {
    CODES.contains(&word)
}

/// Groups of digits with one separator between each two: `120.000,50`, and also `10,20,30`.
struct Run<'a> {
    text: &'a str,
    groups: Vec<Range<usize>>,
}

impl<'a> Run<'a> {
    fn read(text: &'a str, start: usize) -> Self {
        let mut groups = vec![digits(text, start)];
        while let Some(last) = groups.last().cloned() {
            let Some(mark) = text[last.end..].chars().next().filter(|mark| is_separator(*mark)) else {
                break;
            };
            let next = digits(text, last.end + mark.len_utf8());
            let is_spaced = mark.is_whitespace();
            // Blanks part words as well: only three digits after at most three are one number.
            if next.is_empty() || (is_spaced && (next.len() != 3 || last.len() > 3)) {
                break;
            }
            groups.push(next);
        }
        Self { text, groups }
    }

    fn end(&self) -> usize {
        self.groups.last().map_or(self.text.len(), |group| group.end)
    }

    /// What is to be taken out of the text, in order.
    fn hits(&self, amounts: &Amounts) -> Vec<Range<usize>> {
        let whole = 0..self.groups.len();
        if self.is_marked(&whole) {
            return vec![self.place(&whole)];
        }
        let (mut hits, mut first) = (Vec::new(), 0);
        while first < self.groups.len() {
            let last = self.groups.len().min(first + GROUPS);
            let found = (first + 1..=last).rev().map(|end| first..end).find(|part| self.tells(part, amounts));
            match found {
                Some(part) => {
                    hits.push(self.place(&part));
                    first = part.end;
                }
                None => first += 1,
            }
        }
        hits
    }

    fn place(&self, part: &Range<usize>) -> Range<usize> {
        let end = self.groups[part.end - 1].end;
        self.groups[part.start].start..end + self.multiple(part).map_or(0, |(length, _)| length)
    }

    /// Whether a currency stands before or after these groups.
    fn is_marked(&self, part: &Range<usize>) -> bool {
        let place = self.place(part);
        let before = self.text[..place.start].trim_end_matches([' ', '\u{a0}', '\u{202f}', '-', '−']);
        let after =
            self.text[place.end..].trim_start_matches(['.', ',', '-', '–', ' ', '\u{a0}', '\u{202f}']);
        let word_before = before.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
        let word_after = after.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
        before.ends_with(SIGNS)
            || after.starts_with(SIGNS)
            || CODES.contains(&word_before)
            || CODES.contains(&word_after)
    }

    /// Whether these groups can be read as one of the amounts.
    fn tells(&self, part: &Range<usize>, amounts: &Amounts) -> bool {
        let groups = &self.groups[part.clone()];
        let count: usize = groups.iter().map(|group| group.len()).sum();
        // More would be no amount, and no number that fits.
        if count > 18 {
            return false;
        }
        let multiple = self.multiple(part);
        let is_year =
            groups.len() == 1 && count == 4 && ("1900".."2200").contains(&&self.text[groups[0].clone()]);
        if multiple.is_none() && (count < TELLING_DIGITS || is_year) {
            return false;
        }
        self.readings(groups).into_iter().flatten().any(|(value, decimals)| match multiple {
            Some((_, by)) => {
                let step = UNIT * by / 10_i128.pow(decimals);
                amounts.rounds_to(value * by, step) || amounts.holds(value * by)
            }
            None => amounts.holds(value),
        })
    }

    /// As a whole number and as one with decimals, in thousandths, with the number of decimals.
    fn readings(&self, groups: &[Range<usize>]) -> [Option<(i128, u32)>; 2] {
        let number = |groups: &[Range<usize>]| {
            let is_grouped = groups.iter().skip(1).all(|group| matches!(group.len(), 2 | 3))
                && groups.iter().skip(1).last().is_none_or(|group| group.len() == 3);
            let digits: String = groups.iter().map(|group| &self.text[group.clone()]).collect();
            if is_grouped { digits.parse::<i128>().ok() } else { None }
        };
        let whole = number(groups).map(|number| (number * UNIT, 0));
        let decimal = groups.split_last().filter(|(last, rest)| {
            !rest.is_empty() && last.len() <= 3 && matches!(self.text.as_bytes()[last.start - 1], b'.' | b',')
        });
        let decimal = decimal.and_then(|(last, rest)| {
            let decimals = last.len() as u32;
            let part: i128 = self.text[last.clone()].parse().ok()?;
            Some((number(rest)? * UNIT + part * 10_i128.pow(3 - decimals), decimals))
        });
        [whole, decimal]
    }

    /// `k` or `million` right after the groups: its length with the blank before it, and what it stands for.
    fn multiple(&self, part: &Range<usize>) -> Option<(usize, i128)> {
        let rest = &self.text[self.groups[part.end - 1].end..];
        let word = rest.strip_prefix([' ', '\u{a0}', '\u{202f}']).unwrap_or(rest);
        let letters = word.find(|letter: char| !letter.is_alphabetic()).unwrap_or(word.len());
        let found = MULTIPLES.iter().find(|(name, _)| *name == &word[..letters])?;
        (part.end == self.groups.len()).then_some((rest.len() - word.len() + letters, found.1))
    }
}

fn digits(text: &str, start: usize) -> Range<usize> {
    let length = text[start..].bytes().take_while(u8::is_ascii_digit).count();
    start..start + length
}

fn is_separator(mark: char) -> bool {
    matches!(mark, '.' | ',' | '\'' | '’' | '_' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{Currency, Money};

    fn scrubbed(text: &str) -> String {
        let amounts = Amounts::new([
            Money::whole(120_000, Currency::EUR),
            Money::new(8_765_432, Currency::USD),
            Money::whole(2_027, Currency::GBP),
            Money::whole(500, Currency::EUR),
        ]);
        without_amounts(text, &amounts).map_or_else(|| text.to_owned(), |(text, _)| text)
    }

    #[test]
    fn an_amount_goes_in_whatever_notation() {
        for text in [
            "120000",
            "120,000",
            "120.000",
            "120 000",
            "120'000",
            "120_000",
            "120k",
            "120 k",
            "120K",
            "120.0k",
            "120000.00",
            "120,000.00",
            "120.000,00",
            "1,20,000",
            "12000000",
            "87654.32",
            "87,654",
            "87 654,32",
            "87.7k",
            "10,000",
            "10000.00",
            "0.12m",
            "7304.53",
            "120\u{202f}000",
        ] {
            assert_eq!(scrubbed(&format!("pays {text} a year")), "pays [removed] a year", "{text}");
            assert_eq!(scrubbed(&format!("x{text}")), "x[removed]", "{text}");
        }
        assert_eq!(scrubbed("from 120,000 to 87,654.32, then"), "from [removed] to [removed], then");
        assert_eq!(scrubbed("[120000,7,87654.32]"), "[[removed],7,[removed]]");
        assert_eq!(scrubbed("room 12 120 000"), "room 12 [removed]");
    }

    #[test]
    fn a_word_of_three_letters_before_a_number_is_no_currency() {
        assert_eq!(super::super::amount("Day 1"), None);
        assert_eq!(super::super::amount("Q4 2027"), None);
        assert!(super::super::amount("EUR 120").is_some());
        assert!(super::super::amount("120.00 KES").is_some());
    }

    #[test]
    fn a_number_beside_a_currency_goes_whatever_it_is() {
        assert_eq!(
            scrubbed("€99k, $ 7, 3.50 EUR, GBP 81,000.-, 45 dollars"),
            "€[removed], $ [removed], [removed] EUR, GBP [removed].-, [removed] dollars"
        );
        assert_eq!(scrubbed("£70,000 - £74,999"), "£[removed] - £[removed]");
    }

    #[test]
    fn other_numbers_stay() {
        for text in [
            "since 2027-03-12",
            "in 2027",
            "500 people",
            "120001",
            "1200000",
            "12.03.2027",
            "10.0.120.5",
            "L4",
            "58 days",
            "PHP 8.3",
            "121k",
            "v1.20.0",
            "",
        ] {
            assert_eq!(scrubbed(text), text);
        }
        assert_eq!(scrubbed("500 € a head, £2027"), "[removed] € a head, £[removed]");
    }
}
