//! Dates, counts and lists as people read them in a sentence, in the window, the command line and every export alike.
//! Amounts are written by [`crate::Money`]; the page has the same in `ui/src/lib/format.ts`.

use std::borrow::Borrow;

use chrono::{
    NaiveDate,
    format::{DelayedFormat, StrftimeItems},
};

/// With a capital: `Needed by` for `needed by`; `SLO` remains.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// `12 Mar 2027`.
pub fn date(day: impl Borrow<NaiveDate>) -> DelayedFormat<StrftimeItems<'static>> {
    day.borrow().format("%-d %b %Y")
}

/// `Fri 12 Mar 2027`.
pub fn weekday_and_date(day: impl Borrow<NaiveDate>) -> DelayedFormat<StrftimeItems<'static>> {
    day.borrow().format("%a %-d %b %Y")
}

/// A number with its noun: `1 service`, `3 services`, `2 people`, `4 dependencies`, `5 days`.
pub fn count_of(count: usize, noun: &str) -> String {
    if count == 1 {
        return format!("1 {noun}");
    }
    let consonant_and_y = noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o']));
    match (noun, consonant_and_y) {
        ("person", _) => format!("{count} people"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        _ => format!("{count} {noun}s"),
    }
}

/// Digits in groups of three: `1 234 567`.
pub fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// `A`, `A and B`, `A, B and C`; nothing for none.
pub fn listed<T: AsRef<str>>(names: &[T]) -> String {
    match names {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [rest @ .., last] => {
            let rest: Vec<&str> = rest.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", rest.join(", "), last.as_ref())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_agree_with_their_nouns() {
        let words = |count, noun| count_of(count, noun);
        assert_eq!(words(1, "person"), "1 person");
        assert_eq!(words(2, "person"), "2 people");
        assert_eq!(words(0, "dependency"), "0 dependencies");
        assert_eq!(words(5, "day"), "5 days");
    }

    #[test]
    fn digits_are_grouped_from_the_end() {
        assert_eq!(["", "7", "123", "1234", "1234567"].map(grouped), ["", "7", "123", "1 234", "1 234 567"]);
    }

    #[test]
    fn lists_end_with_and() {
        assert_eq!(listed::<&str>(&[]), "");
        assert_eq!(listed(&["A"]), "A");
        assert_eq!(listed(&["A", "B", "C"]), "A, B and C");
    }

    #[test]
    fn dates_have_no_leading_zero() {
        let day = NaiveDate::from_ymd_opt(2027, 3, 1).unwrap();
        assert_eq!(date(day).to_string(), "1 Mar 2027");
        assert_eq!(weekday_and_date(day).to_string(), "Mon 1 Mar 2027");
    }
}
