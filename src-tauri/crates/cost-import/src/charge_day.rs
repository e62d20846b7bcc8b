//! The day on which a charge begins.

use chrono::{Datelike, NaiveDate};

/// Which number of `3/4/2027` is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlashOrder {
    MonthFirst,
    DayFirst,
}

/// A month of a bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BillMonth(NaiveDate);

impl BillMonth {
    pub fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }

    pub fn first(self) -> NaiveDate {
        self.0
    }

    pub fn last(self) -> NaiveDate {
        let next = self.0.checked_add_months(chrono::Months::new(1));
        next.and_then(|next| next.pred_opt()).unwrap_or(self.0)
    }
}

impl std::fmt::Display for BillMonth {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m"))
    }
}

/// The three numbers that a date begins with, and what is between them.
fn numbers(cell: &[u8]) -> Option<([u32; 3], [usize; 3], u8)> {
    let mut found = [0_u32; 3];
    let mut widths = [0; 3];
    let (mut at, mut mark) = (0, 0);
    for byte in cell {
        match byte {
            b'0'..=b'9' => {
                found[at] = found[at].checked_mul(10)?.checked_add((byte - b'0').into())?;
                widths[at] += 1;
            }
            b'-' | b'/' | b'.' if at < 2 && widths[at] > 0 && (mark == 0 || mark == *byte) => {
                mark = *byte;
                at += 1;
            }
            b'T' | b't' | b' ' | b'Z' | b',' => break,
            _ => return None,
        }
    }
    (widths[0] > 0).then_some((found, widths, mark))
}

/// Which order the numbers of a date give away; none if they may be in both, or it is written in another way.
pub fn order_of(cell: &[u8]) -> Option<SlashOrder> {
    let ([first, second, _], [width, ..], mark) = numbers(cell.trim_ascii())?;
    if mark != b'/' || width > 2 {
        return None;
    }
    match (first > 12, second > 12) {
        (true, false) => Some(SlashOrder::DayFirst),
        (false, true) => Some(SlashOrder::MonthFirst),
        _ => None,
    }
}

/// Whether a date can be read in two orders.
pub fn is_slashed(cell: &[u8]) -> bool {
    numbers(cell.trim_ascii()).is_some_and(|(_, [width, ..], mark)| mark == b'/' && width <= 2)
}

/// Parses `2024-09-18 22:00:00`, `2024-09-18T22:00:00Z`, `20240918`, `9/18/2024`, `5/1/25`, `18.09.2024`.
pub fn parse_day(cell: &[u8], order: SlashOrder) -> Option<NaiveDate> {
    let ([first, second, third], widths, mark) = numbers(cell.trim_ascii())?;
    let date = |year: u32, month, day| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day);
    let year = |year: u32, width: usize| if width <= 2 { 2000 + year } else { year };
    match (mark, widths[0]) {
        (0, 8) => date(first / 10_000, first / 100 % 100, first % 100),
        (0, 6) => date(first / 100, first % 100, 1),
        (b'-' | b'/', 4) if widths[2] > 0 => date(first, second, third),
        (b'-', 4) => date(first, second, 1),
        (b'.', _) if widths[2] > 0 => date(year(third, widths[2]), second, first),
        (b'/', 1..=2) if widths[2] > 0 => match order {
            SlashOrder::MonthFirst => date(year(third, widths[2]), first, second),
            SlashOrder::DayFirst => date(year(third, widths[2]), second, first),
        },
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_every_notation() {
        let day = |text: &str| parse_day(text.as_bytes(), SlashOrder::MonthFirst).map(|day| day.to_string());
        for text in [
            "2024-09-05 22:00:00",
            "2024-09-05T22:00:00Z",
            "20240905",
            "9/5/2024",
            "9/5/24",
            "05.09.2024",
            "2024/09/05",
            "2024-09-05T00:00:00+02:00",
        ] {
            assert_eq!(day(text).as_deref(), Some("2024-09-05"), "{text}");
        }
        assert_eq!(day("2024-09").as_deref(), Some("2024-09-01"));
        let german = parse_day(b"5/9/2024", SlashOrder::DayFirst).unwrap();
        assert_eq!(german.to_string(), "2024-09-05");
        for text in
            ["", "NULL", "2024-13-01", "13/13/2024", "Sept 5", "99999999999-1-1", "-", "2024-09-05-1x"]
        {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn an_order_is_told_by_a_number_above_twelve() {
        assert_eq!(order_of(b"18/9/2024"), Some(SlashOrder::DayFirst));
        assert_eq!(order_of(b"9/18/2024"), Some(SlashOrder::MonthFirst));
        assert_eq!(order_of(b"9/8/2024"), None);
        assert_eq!(order_of(b"2024/18/9"), None);
    }
}
