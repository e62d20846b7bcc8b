//! Amounts in text: every number is tried in all its readings.

use std::{ops::Range, sync::LazyLock};

pub(super) use super::currency::is_code;
use super::{
    amounts::{Amounts, UNIT},
    currency::{self, CurrencyCertainty},
    figure_texts::FigureTexts,
    multiple::{self, Multiple},
    number::{self, NumberReading, Run},
    pay_keywords::{self, NumberContext},
};

/// Takes the place of an amount.
pub const REMOVED: &str = "[removed]";

/// Minimum number of digits of a number without a currency or multiple: there are too many 10s and 500s in a plan.
const TELLING_DIGITS: usize = 4;
/// The same within an IP address.
const ADDRESS_DIGITS: usize = 6;
/// More groups of digits are a list.
const GROUPS: usize = 8;
const MILLION: i128 = 1_000_000;

/// The text without its amounts, and their number; none if there are none.
///
/// A number is removed if a currency or pay keyword stands next to it, or if it can be read as one of the amounts:
/// with thousands separators (point, comma, apostrophe, space), with cents, in thousands (`120k`, `120 Tsd.`), in the
/// smallest unit, per month or quarter. Dates, addresses and four digits that can be a year are kept.
pub fn without_amounts(text: &str, amounts: &Amounts) -> Option<(String, usize)> {
    static FIGURES: LazyLock<FigureTexts> = LazyLock::new(FigureTexts::default);
    without(text, amounts, &FIGURES)
}

/// The same without figures of metrics of money, which go beside their names.
pub fn without(text: &str, amounts: &Amounts, figures: &FigureTexts) -> Option<(String, usize)> {
    let numbers = Number::all(text);
    let whole = whole_ones(&numbers, amounts, figures);
    let mut kept = String::new();
    let (mut from, mut count) = (0, 0);
    for (number, is_whole) in numbers.iter().zip(whole) {
        for hit in number.hits(is_whole, amounts) {
            kept.push_str(&text[from..hit.start]);
            kept.push_str(REMOVED);
            from = hit.end;
            count += 1;
        }
    }
    kept.push_str(&text[from..]);
    (count > 0).then_some((kept, count))
}

/// Numbers to remove whatever their value: those next to a currency, a pay keyword or the name of a metric of money,
/// and the other ends of their ranges.
fn whole_ones(numbers: &[Number<'_>], amounts: &Amounts, figures: &FigureTexts) -> Vec<bool> {
    let is_whole = |number: &Number<'_>| number.is_marked() || number.is_figure(figures);
    let mut whole: Vec<bool> = numbers.iter().map(is_whole).collect();
    let is_amount = |at: usize| numbers[at].multiple.is_some() && numbers[at].matches_whole(amounts);
    for at in 1..numbers.len() {
        if numbers[at - 1].is_range_to(&numbers[at]) && (whole[at - 1] || is_amount(at - 1)) {
            whole[at] = true;
        }
    }
    for at in (1..numbers.len()).rev() {
        let (lower, upper) = (&numbers[at - 1], &numbers[at]);
        if lower.is_range_to(upper) && (whole[at] || is_amount(at) || upper.is_thousands_of_nothing()) {
            (whole[at - 1], whole[at]) = (true, true);
        }
    }
    whole
}

/// A number with its multiple.
struct Number<'a> {
    text: &'a str,
    run: Run,
    multiple: Option<Multiple>,
}

impl<'a> Number<'a> {
    /// All numbers in the text but dates and `24/7`.
    fn all(text: &'a str) -> Vec<Self> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = text[at..].find(number::is_digit).map(|start| at + start) {
            if let Some(end) = number::day(text, start).or_else(|| always(text, start)) {
                at = end;
                continue;
            }
            let run = Run::read(text, start);
            let multiple = multiple::after(&text[run.end()..]);
            at = run.end() + multiple.map_or(0, |multiple| multiple.length);
            if run.is_address() {
                at = number::mask(text, run.end());
            }
            if !run.is_day() {
                found.push(Self { text, run, multiple });
            }
        }
        found
    }

    fn place(&self, part: &Range<usize>) -> Range<usize> {
        let groups = &self.run.groups;
        let length = self.multiple_of(part).map_or(0, |multiple| multiple.length);
        groups[part.start].place.start..groups[part.end - 1].place.end + length
    }

    fn before(&self) -> &'a str {
        &self.text[..self.run.start()]
    }

    fn after(&self) -> &'a str {
        &self.text[self.place(&self.run.whole()).end..]
    }

    /// The parts of the text to remove, in order.
    fn hits(&self, is_whole: bool, amounts: &Amounts) -> Vec<Range<usize>> {
        if is_whole {
            return vec![self.place(&self.run.whole())];
        }
        let (mut hits, mut first) = (Vec::new(), 0);
        let count = self.run.groups.len();
        while first < count {
            let last = count.min(first + GROUPS);
            let found = (first + 1..=last)
                .rev()
                .map(|end| first..end)
                .find(|part| self.matches_amount(part, amounts));
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

    /// Whether a currency or pay keyword stands before or after it.
    fn is_marked(&self) -> bool {
        if self.run.is_address() {
            return false;
        }
        let digits = self.run.digits(&self.run.whole());
        let is_small = self.multiple.is_none() && digits <= 2;
        let (before, after) = (currency::before(self.before()), currency::after(self.after()));
        if before == CurrencyCertainty::Sure
            || (after == CurrencyCertainty::Sure && !(is_small && pay_keywords::is_rank(self.before())))
        {
            return true;
        }
        if self.run.is_year(&self.run.whole()) || (digits < 2 && self.multiple.is_none()) {
            return self.multiple.is_some()
                && pay_keywords::around(self.before(), self.after()) != NumberContext::Nothing;
        }
        let is_large = self.multiple.is_some() || digits >= TELLING_DIGITS;
        if (before, after) != (CurrencyCertainty::None, CurrencyCertainty::None)
            && is_large
            && self.is_readable()
        {
            return true;
        }
        match pay_keywords::around(self.before(), self.after()) {
            NumberContext::Pay => true,
            NumberContext::Cost => is_large,
            NumberContext::Nothing => false,
        }
    }

    /// Whether it is a figure of a metric of money.
    fn is_figure(&self, figures: &FigureTexts) -> bool {
        let whole = self.run.whole();
        if self.run.is_address() || self.run.is_year(&whole) || pay_keywords::is_rank(self.before()) {
            return false;
        }
        figures.is_named(self.before(), self.after())
            || self.run.readings(&whole).any(|reading| figures.holds(reading))
    }

    fn is_readable(&self) -> bool {
        self.run.readings(&self.run.whole()).next().is_some()
    }

    fn is_range_to(&self, other: &Number<'_>) -> bool {
        let from = self.place(&self.run.whole()).end;
        self.text.get(from..other.run.start()).is_some_and(pay_keywords::is_range)
    }

    /// `95-105k` is a salary range, unless it is followed by what it counts.
    fn is_thousands_of_nothing(&self) -> bool {
        self.multiple.is_some_and(Multiple::is_thousand) && !pay_keywords::is_count(self.after())
    }

    fn matches_whole(&self, amounts: &Amounts) -> bool {
        self.matches_amount(&self.run.whole(), amounts)
    }

    /// Whether these groups can be read as one of the amounts.
    fn matches_amount(&self, part: &Range<usize>, amounts: &Amounts) -> bool {
        let multiple = self.multiple_of(part);
        // `10.4.200.1` has nothing to do with 4,200; `10.0.137.250` is too much like 137,250.
        let least = if self.run.is_address() { ADDRESS_DIGITS } else { TELLING_DIGITS };
        let is_telling = self.run.digits(part) >= least && !self.run.is_year(part);
        if (multiple.is_none() || self.run.is_address()) && !is_telling {
            return false;
        }
        self.run.readings(part).any(|reading| match multiple {
            Some(multiple) => multiple.by.iter().any(|by| is_rounded(reading, *by, amounts)),
            None => is_written_out(reading, amounts) || self.is_in_thousands(part, reading, amounts),
        })
    }

    /// `137,000` for 137,250, unless it is followed by what it counts.
    fn is_in_thousands(&self, part: &Range<usize>, reading: NumberReading, amounts: &Amounts) -> bool {
        let is_round = reading.decimals == 0 && reading.digits >= 10_000 && reading.digits % 1_000 == 0;
        let is_count = || part.end == self.run.groups.len() && pay_keywords::is_count(self.after());
        is_round
            && is_rounded(NumberReading { digits: reading.digits / 1_000, decimals: 0 }, 1_000, amounts)
            && !is_count()
    }

    fn multiple_of(&self, part: &Range<usize>) -> Option<Multiple> {
        self.multiple.filter(|_| part.end == self.run.groups.len())
    }
}

fn is_written_out(reading: NumberReading, amounts: &Amounts) -> bool {
    let value = in_thousandths(reading, 1);
    amounts.holds(value) || (reading.decimals > 0 && is_rounded(reading, 1, amounts))
}

/// Whether an amount equals this when rounded or cut off at the last written digit.
fn is_rounded(reading: NumberReading, by: i128, amounts: &Amounts) -> bool {
    let value = in_thousandths(reading, by);
    let step = (UNIT * by / 10_i128.pow(reading.decimals)).max(1);
    // `1 million` does not stand for 1.9 million.
    let is_coarse = by >= MILLION && reading.digits < 10;
    let above = if is_coarse { step / 2 } else { step - 1 };
    let range = value - step / 2..=value + above;
    value > 0 && (amounts.any_in(&range) || (reading.decimals > 0 && amounts.any_part_in(&range)))
}

fn in_thousandths(reading: NumberReading, by: i128) -> i128 {
    reading.digits * UNIT * by / 10_i128.pow(reading.decimals)
}

/// The end of `24/7`, if it starts here.
fn always(text: &str, start: usize) -> Option<usize> {
    let rest = text[start..].strip_prefix("24/7")?;
    (!rest.starts_with(number::is_digit)).then_some(start + "24/7".len())
}

#[cfg(test)]
mod tests {
    use headroom_model::{Currency, Money};

    use super::*;

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
    fn amounts_are_removed_in_any_notation() {
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
            assert_eq!(scrubbed(&format!("see {text} there")), "see [removed] there", "{text}");
        }
        assert_eq!(scrubbed("from 120,000 to 87,654.32, then"), "from [removed] to [removed], then");
        assert_eq!(scrubbed("[120000,7,87654.32]"), "[[removed],7,[removed]]");
        assert_eq!(scrubbed("room 12 120 000"), "room 12 [removed]");
    }

    #[test]
    fn three_letter_words_are_not_currencies() {
        assert_eq!(super::super::amount("Day 1"), None);
        assert_eq!(super::super::amount("Q4 2027"), None);
        assert!(super::super::amount("EUR 120").is_some());
        assert!(super::super::amount("120.00 KES").is_some());
    }

    #[test]
    fn numbers_next_to_a_currency_are_removed() {
        assert_eq!(
            scrubbed("€99k, $ 7, 3.50 EUR, GBP 81,000.-, 45 dollars"),
            "€[removed], $ [removed], [removed] EUR, GBP [removed].-, [removed] dollars"
        );
        assert_eq!(scrubbed("£70,000 - £74,999"), "£[removed] - £[removed]");
    }

    #[test]
    fn other_numbers_are_kept() {
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
            "id a120k0300",
            "",
        ] {
            assert_eq!(scrubbed(text), text);
        }
        assert_eq!(scrubbed("500 € a head, £2027"), "[removed] € a head, £[removed]");
    }
}
