//! Parses decimal numbers exactly, in many notations.

use headroom_model::Decimal6;
use serde::{Deserialize, Serialize};

use super::Read;

/// The mark before the decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    Point,
    Comma,
}

impl DecimalMark {
    pub fn letter(self) -> char {
        match self {
            DecimalMark::Point => '.',
            DecimalMark::Comma => ',',
        }
    }
}

/// `digits / 10^scale`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    pub digits: i128,
    pub scale: u32,
}

impl Decimal {
    /// The digits at this scale, if no decimals are lost.
    pub fn with_scale(self, scale: u32) -> Option<i64> {
        let (mut digits, mut have) = (self.digits, self.scale);
        while have > scale {
            if digits % 10 != 0 {
                return None;
            }
            (digits, have) = (digits / 10, have - 1);
        }
        i64::try_from(digits.checked_mul(10_i128.checked_pow(scale - have)?)?).ok()
    }

    /// The digits at this scale, rounded half away from zero.
    pub fn rounded(self, scale: u32) -> Option<i64> {
        let Some(over) = self.scale.checked_sub(scale) else { return self.with_scale(scale) };
        let unit = 10_i128.checked_pow(over)?;
        let half = unit / 2 * self.digits.signum();
        i64::try_from(self.digits.checked_add(half)? / unit).ok()
    }

    /// Whether it has significant decimals beyond this scale.
    pub fn is_finer_than(self, scale: u32) -> bool {
        let zeros = std::iter::successors(Some(self.digits), |digits| Some(digits / 10))
            .take(self.scale as usize)
            .take_while(|digits| *digits != 0 && digits % 10 == 0)
            .count();
        self.digits != 0 && self.scale as usize - zeros > scale as usize
    }

    pub fn times(self, factor: i128) -> Option<Self> {
        Some(Self { digits: self.digits.checked_mul(factor)?, scale: self.scale })
    }
}

/// The only decimal mark that a number can have, if it shows one.
pub fn shows(text: &str) -> Option<DecimalMark> {
    let body = stripped(text);
    only_mark(&body).filter(|mark| decimal(&body, *mark).is_some())
}

fn only_mark(body: &str) -> Option<DecimalMark> {
    let (points, commas) = (count(body, '.'), count(body, ','));
    match (points, commas) {
        (0, 0) => None,
        (_, 2..) if points <= 1 => Some(DecimalMark::Point),
        (2.., _) if commas <= 1 => Some(DecimalMark::Comma),
        (1, 1) if body.find('.') < body.find(',') => Some(DecimalMark::Comma),
        (1, 1) => Some(DecimalMark::Point),
        (1, 0) => (decimals(body, '.') != 3 || body.starts_with("0.")).then_some(DecimalMark::Point),
        (0, 1) => (decimals(body, ',') != 3 || body.starts_with("0,")).then_some(DecimalMark::Comma),
        _ => None,
    }
}

/// Parses a number with digits, a sign, thousands separators and decimals. A single mark before exactly three digits,
/// as in `120.000`, is a thousands separator unless the column's decimal mark says otherwise.
pub fn read(text: &str, mark: Option<DecimalMark>) -> Read<Decimal> {
    let body = stripped(text);
    if body.is_empty() {
        return Read::Nothing;
    }
    let own = shows(&body);
    let has_marks = body.contains(['.', ',']);
    let used = own.or(mark);
    let fault = || Read::Fault("not a number".to_owned());
    let Some(used) = used else {
        if !has_marks {
            return decimal(&body, DecimalMark::Point).map_or_else(fault, Read::Sure);
        }
        let letter = if body.contains('.') { '.' } else { ',' };
        let mark = if letter == '.' { DecimalMark::Comma } else { DecimalMark::Point };
        let why = format!("“{letter}” treated as a thousands separator");
        return decimal(&body, mark).map_or_else(fault, |number| Read::Doubt(number, why));
    };
    match decimal(&body, used) {
        Some(number) if own.is_some() && mark.is_some() && own != mark => {
            let why = format!("decimal separator “{}” differs from the rest of the column", used.letter());
            Read::Doubt(number, why)
        }
        Some(number) => Read::Sure(number),
        None => fault(),
    }
}

/// Parses a share of full time, or a number of full-time positions: `0.6`, `60%`, but not `3 days`.
pub fn fraction(text: &str, mark: Option<DecimalMark>) -> Read<Decimal6> {
    let (body, percent) = match text.trim().strip_suffix('%') {
        Some(body) => (body, 2),
        None => (text, 0),
    };
    let exact = |number: Decimal| {
        Decimal { digits: number.digits, scale: number.scale + percent }
            .with_scale(6)
            .filter(|millionths| *millionths >= 0)
            .map(Decimal6::from_millionths)
    };
    // 1.234 full-time positions are one and a bit, not thousands.
    let mark = mark.or(if body.contains(',') && !body.contains('.') {
        Some(DecimalMark::Comma)
    } else {
        Some(DecimalMark::Point)
    });
    match read(body, mark) {
        Read::Sure(number) => exact(number).map_or_else(|| Read::Fault(NO_SHARE.to_owned()), Read::Sure),
        Read::Doubt(number, why) => {
            exact(number).map_or_else(|| Read::Fault(NO_SHARE.to_owned()), |found| Read::Doubt(found, why))
        }
        Read::Nothing => Read::Nothing,
        Read::Open => Read::Open,
        Read::Fault(why) => Read::Fault(why),
    }
}

const NO_SHARE: &str = "not a valid FTE";

/// Removes spaces and apostrophes, which only separate thousands, and replaces digits and marks of other scripts by
/// ours.
fn stripped(text: &str) -> String {
    text.chars()
        .filter(|letter| {
            !letter.is_whitespace() && !matches!(letter, '\'' | '’' | '‘' | '´' | '`' | '_' | '٬')
        })
        .filter(|letter| !matches!(letter, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{2066}'..='\u{2069}'))
        .map(latin)
        .collect()
}

/// The digit or mark that a character of another script stands for.
pub fn latin(letter: char) -> char {
    const ZEROS: [char; 5] = ['٠', '۰', '०', '০', '０'];
    let digit =
        ZEROS.iter().find_map(|zero| (letter as u32).checked_sub(*zero as u32).filter(|digit| *digit < 10));
    match (digit.and_then(|digit| char::from_digit(digit, 10)), letter) {
        (Some(digit), _) => digit,
        (None, '٫') => '.',
        (None, '٪') => '%',
        (None, other) => other,
    }
}

fn count(text: &str, mark: char) -> usize {
    text.chars().filter(|letter| *letter == mark).count()
}

fn decimals(text: &str, mark: char) -> usize {
    text.rsplit_once(mark).map_or(0, |(_, rest)| rest.len())
}

fn decimal(body: &str, mark: DecimalMark) -> Option<Decimal> {
    let (sign, body) = match body.strip_prefix(['-', '−']) {
        Some(rest) => (-1, rest),
        None => (1, body.strip_prefix('+').unwrap_or(body)),
    };
    let thousands = if mark == DecimalMark::Point { ',' } else { '.' };
    let (whole, rest) = body.split_once(mark.letter()).unwrap_or((body, ""));
    let mut groups = whole.split(thousands);
    let first = groups.next().unwrap_or("");
    let groups: Vec<&str> = groups.collect();
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_grouped = groups.is_empty() || (!first.is_empty() && first.len() <= 3);
    if !is_grouped || !groups.iter().all(|group| group.len() == 3 && is_number(group)) {
        return None;
    }
    if !is_number(first) || !is_number(rest) || (first.is_empty() && rest.is_empty()) {
        return None;
    }
    let digits = format!("{first}{}{rest}", groups.concat());
    (digits.len() <= 30).then_some(())?;
    let digits: i128 = digits.parse().ok()?;
    Some(Decimal { digits: sign * digits, scale: rest.len() as u32 })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cents(text: &str, mark: Option<DecimalMark>) -> Option<i64> {
        match read(text, mark) {
            Read::Sure(number) => number.with_scale(2),
            _ => None,
        }
    }

    #[test]
    fn distinguishes_thousands_and_decimal_marks() {
        for (text, expected) in [
            ("120000", 12_000_000),
            ("120,000.00", 12_000_000),
            ("1.234,56", 123_456),
            ("1,234,567", 123_456_700),
            ("1.234.567", 123_456_700),
            ("1'234.50", 123_450),
            ("1 234,50", 123_450),
            ("0.125", 0),
            ("12.5", 1_250),
            ("-3,5", -350),
        ] {
            if text == "0.125" {
                assert_eq!(read(text, None), Read::Sure(Decimal { digits: 125, scale: 3 }));
                continue;
            }
            assert_eq!(cents(text, None), Some(expected), "{text}");
        }
    }

    #[test]
    fn single_mark_before_three_digits_is_ambiguous() {
        assert!(
            matches!(read("120.000", None), Read::Doubt(number, _) if number.with_scale(0) == Some(120_000))
        );
        assert_eq!(cents("120.000", Some(DecimalMark::Comma)), Some(12_000_000));
        assert_eq!(cents("120,000", Some(DecimalMark::Point)), Some(12_000_000));
        assert!(
            matches!(read("12,50", Some(DecimalMark::Point)), Read::Doubt(number, _) if number.with_scale(2) == Some(1250))
        );
    }

    #[test]
    fn refuses_what_is_not_a_number() {
        for wrong in ["abc", "1,23,456", "1.2.3", "--1", ".", "12a", "1,,2"] {
            assert!(matches!(read(wrong, None), Read::Fault(_)), "{wrong}");
        }
        assert_eq!(read(" ", None), Read::Nothing);
    }

    #[test]
    fn shares_are_exact() {
        let share = |text| match fraction(text, None) {
            Read::Sure(share) => share.to_string(),
            other => format!("{other:?}"),
        };
        assert_eq!(share("0.6"), "0.6");
        assert_eq!(share("60 %"), "0.6");
        assert_eq!(share("0,72"), "0.72");
        assert_eq!(share("419.97"), "419.97");
        assert_eq!(share("16066.34"), "16066.34");
        assert_eq!(share("1.125"), "1.125");
        assert!(share("half").contains("Fault"));
    }

    proptest! {
        #[test]
        fn never_panics_on_arbitrary_input(text in "\\PC{0,20}", marks in "[0-9.,' -]{0,40}") {
            for text in [text, marks] {
                for mark in [None, Some(DecimalMark::Point), Some(DecimalMark::Comma)] {
                    read(&text, mark);
                    fraction(&text, mark);
                }
            }
        }

        #[test]
        fn number_round_trips(cents in -1_000_000_000_i64..1_000_000_000) {
            let (sign, plain) = (if cents < 0 { "-" } else { "" }, cents.abs());
            let (whole, rest) = (plain / 100, plain % 100);
            let grouped = |mark: char| {
                let digits = whole.to_string();
                let mut out = String::new();
                for (at, digit) in digits.chars().enumerate() {
                    if at > 0 && (digits.len() - at) % 3 == 0 {
                        out.push(mark);
                    }
                    out.push(digit);
                }
                out
            };
            for text in [
                format!("{sign}{whole}.{rest:02}"),
                format!("{sign}{},{rest:02}", grouped('.')),
                format!("{sign}{}.{rest:02}", grouped(',')),
                format!("{sign}{}.{rest:02}", grouped('\'')),
            ] {
                let mark = if text.contains(&format!(",{rest:02}")) && text.ends_with(&format!(",{rest:02}")) {
                    DecimalMark::Comma
                } else {
                    DecimalMark::Point
                };
                prop_assert_eq!(super::tests::cents(&text, Some(mark)), Some(cents), "{}", text);
            }
        }
    }
}
