//! Numbers in text: groups of digits, and their possible readings.

use std::ops::Range;

/// Zeros of other scripts: full-width, Arabic, Persian, Devanagari, Bengali, Thai.
const ZEROS: &[char] = &['\u{ff10}', '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}'];
/// Separators between groups of digits, besides spaces.
const MARKS: &[char] = &[
    '.', ',', '\'', '’', '‘', '´', '`', '′', 'ʼ', '_', '·', '˙', '٫', '٬', '，', '．', '\u{200b}',
    '\u{2060}', '\u{feff}', '\u{ad}',
];
/// Decimal separators.
const POINTS: &[char] = &['.', ',', '·', '٫', '，', '．'];
/// More spaces than this separate two numbers.
const BLANKS: usize = 3;
/// Longer numbers are no amounts and do not fit.
const DIGITS: usize = 18;

#[derive(Debug, Clone)]
pub struct DigitGroup {
    pub place: Range<usize>,
    /// Number of digits; only up to [`DIGITS`] of them are in the value.
    pub len: usize,
    pub value: i128,
}

/// Groups of digits with one separator between them: `120.000,50`, and also `10,20,30`.
#[derive(Debug)]
pub struct Run {
    pub groups: Vec<DigitGroup>,
    /// The separators between the groups.
    marks: Vec<char>,
}

/// A number without its point, and how many of its digits are decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberReading {
    pub digits: i128,
    pub decimals: u32,
}

pub fn digit(letter: char) -> Option<i128> {
    if let Some(digit) = letter.to_digit(10) {
        return Some(digit.into());
    }
    let letter = u32::from(letter);
    let zero =
        ZEROS.iter().map(|zero| u32::from(*zero)).find(|zero| (*zero..*zero + 10).contains(&letter))?;
    Some((letter - zero).into())
}

pub fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit() || (!letter.is_ascii() && digit(letter).is_some())
}

impl Run {
    pub fn read(text: &str, start: usize) -> Self {
        let mut run = Self { groups: vec![DigitGroup::read(text, start)], marks: Vec::new() };
        while let Some(last) = run.groups.last() {
            let Some((mark, length)) = gap(&text[last.place.end..]) else { break };
            let next = DigitGroup::read(text, last.place.end + length);
            // Spaces also separate words: only three digits after at most three are one number.
            if next.len == 0 || (mark.is_whitespace() && (next.len != 3 || last.len > 3)) {
                break;
            }
            run.groups.push(next);
            run.marks.push(mark);
        }
        run
    }

    pub fn start(&self) -> usize {
        self.groups.first().map_or(0, |group| group.place.start)
    }

    pub fn end(&self) -> usize {
        self.groups.last().map_or(0, |group| group.place.end)
    }

    pub fn whole(&self) -> Range<usize> {
        0..self.groups.len()
    }

    pub fn digits(&self, part: &Range<usize>) -> usize {
        self.groups[part.clone()].iter().map(|group| group.len).sum()
    }

    /// As a whole number, and with decimals.
    pub fn readings(&self, part: &Range<usize>) -> impl Iterator<Item = NumberReading> {
        let whole = self.number(part).map(|digits| NumberReading { digits, decimals: 0 });
        [whole, self.decimal(part)].into_iter().flatten()
    }

    fn number(&self, part: &Range<usize>) -> Option<i128> {
        let groups = &self.groups[part.clone()];
        let (_, rest) = groups.split_first()?;
        let is_grouped = rest.iter().all(|group| matches!(group.len, 2 | 3))
            && rest.last().is_none_or(|group| group.len == 3);
        (is_grouped && self.digits(part) <= DIGITS).then(|| joined(groups))
    }

    fn decimal(&self, part: &Range<usize>) -> Option<NumberReading> {
        let last = &self.groups[part.end - 1];
        let rest = part.start..part.end - 1;
        let has_point = !rest.is_empty() && POINTS.contains(&self.marks[part.end - 2]);
        if !has_point || last.len > 9 || self.digits(part) > DIGITS {
            return None;
        }
        let digits = self.number(&rest)? * 10_i128.pow(last.len as u32) + last.value;
        Some(NumberReading { digits, decimals: last.len as u32 })
    }

    /// Whether this is a year: `2027`.
    pub fn is_year(&self, part: &Range<usize>) -> bool {
        matches!(&self.groups[part.clone()], [group] if group.is_year())
    }

    /// Whether this is a date: `15.01.2027`.
    pub fn is_day(&self) -> bool {
        let is_dotted = self.marks.iter().all(|mark| *mark == '.');
        let [day, month, year] = self.groups.as_slice() else { return false };
        is_dotted && day.len <= 2 && month.len <= 2 && is_day(day, month) && year.is_year()
    }

    /// Whether this is an IP address: `10.0.137.250`.
    pub fn is_address(&self) -> bool {
        let is_part = |group: &DigitGroup| {
            let written = [1, 10, 100].iter().filter(|least| group.value >= **least).count().max(1);
            group.value <= 255 && group.len == written
        };
        if self.groups.len() != 4 {
            return false;
        }
        // `1.137.250.100` may be either.
        let is_grouped = self.groups.iter().skip(1).all(|group| group.len == 3);
        let is_dotted = self.marks.iter().all(|mark| *mark == '.');
        is_dotted && !is_grouped && self.groups.iter().all(is_part)
    }
}

impl DigitGroup {
    fn read(text: &str, start: usize) -> Self {
        let mut group = Self { place: start..start, len: 0, value: 0 };
        for letter in text[start..].chars() {
            let Some(digit) = digit(letter) else { break };
            group.place.end += letter.len_utf8();
            group.len += 1;
            if group.len <= DIGITS {
                group.value = group.value * 10 + digit;
            }
        }
        group
    }

    fn is_year(&self) -> bool {
        self.len == 4 && (1900..2200).contains(&self.value)
    }
}

/// The end of a date that starts here: `2027-01-15`, `2027/01/15`, `15/01/2027`.
pub fn day(text: &str, start: usize) -> Option<usize> {
    let first = DigitGroup::read(text, start);
    let mark = text[first.place.end..].chars().next().filter(|mark| matches!(mark, '-' | '/'))?;
    let second = DigitGroup::read(text, first.place.end + 1);
    let rest = text[second.place.end..].strip_prefix(mark)?;
    let third = DigitGroup::read(text, text.len() - rest.len());
    let is_from_year = first.is_year() && third.len == 2 && is_day(&third, &second);
    let is_from_day = mark == '/' && first.len <= 2 && third.is_year() && is_day(&first, &second);
    (is_from_year && second.len == 2 || is_from_day).then_some(third.place.end)
}

/// The end of an IP address, with the mask of a network: `10.4.200.0/24`.
pub fn mask(text: &str, end: usize) -> usize {
    let mask = text[end..].strip_prefix('/').map(|_| DigitGroup::read(text, end + 1));
    mask.filter(|mask| (1..=2).contains(&mask.len)).map_or(end, |mask| mask.place.end)
}

fn is_day(day: &DigitGroup, month: &DigitGroup) -> bool {
    let is_there = (1..=31).contains(&day.value) && (1..=12).contains(&month.value);
    // Month first, as in the US.
    is_there || ((1..=12).contains(&day.value) && (1..=31).contains(&month.value))
}

/// The separator at the start of the text, and its length.
fn gap(text: &str) -> Option<(char, usize)> {
    let mark = text.chars().next()?;
    if MARKS.contains(&mark) {
        return Some((mark, mark.len_utf8()));
    }
    let blanks = text.chars().take_while(|letter| letter.is_whitespace()).take(BLANKS);
    let length = blanks.map(char::len_utf8).sum();
    (length > 0).then_some((mark, length))
}

fn joined(groups: &[DigitGroup]) -> i128 {
    groups.iter().fold(0, |sum, group| sum * 10_i128.pow(group.len as u32) + group.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(i128, u32)> {
        let run = Run::read(text, 0);
        run.readings(&run.whole()).map(|reading| (reading.digits, reading.decimals)).collect()
    }

    #[test]
    fn numbers_parse_with_any_separators_and_scripts() {
        for text in [
            "137250",
            "１３７２５０",
            "137\t250",
            "137\r\n250",
            "137\u{2007}250",
            "1,37,250",
            "١٣٧٢٥٠",
            "137\u{200b}250",
        ] {
            assert_eq!(read(text), [(137_250, 0)], "{text}");
        }
        assert_eq!(read("137.250"), [(137_250, 0), (137_250, 3)]);
        assert_eq!(read("0.13725"), [(13_725, 5)]);
        assert_eq!(read("137 250,00"), [(13_725_000, 2)]);
    }

    #[test]
    fn dates_and_addresses_are_recognised() {
        for text in ["2027-01-15", "2027/01/15", "15/01/2027", "1/15/2027"] {
            assert_eq!(day(text, 0), Some(text.len()), "{text}");
        }
        for text in ["2027-01-150", "2027-13-15", "2027-01", "137250-01-15", "91/500/2027"] {
            assert_eq!(day(text, 0), None, "{text}");
        }
        assert!(Run::read("15.01.2027", 0).is_day() && !Run::read("45.01.2027", 0).is_day());
        assert!(Run::read("10.0.137.250", 0).is_address() && !Run::read("1.137.250.100", 0).is_address());
    }
}
