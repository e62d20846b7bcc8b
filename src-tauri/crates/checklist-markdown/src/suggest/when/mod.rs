//! Due dates in words.

mod period;
mod phrase;
#[cfg(test)]
mod tests;

use phrase::Phrase;
use serde::Serialize;

use super::{Suggestion, suggestion, word::words};
use crate::parts::Words;

/// A due date in working days from the start. Day 1 is 0, the last working day before it -1.
///
/// - `Day 3` is the third working day, up to day 10. Above that days are calendar days, as in 30, 60, 90. `Day 0` is
///   the last working day before the start.
/// - A week has five working days and is counted from the start, whatever day of the week that is: week 2 is 5 to 9.
///   A month has 30 calendar days, a quarter 90, a year 365.
/// - A period is due by its end (`Week 2`, `by week 2` and `by the end of week 2` are 9) unless its start is named
///   (`at the start of week 2` is 5). `before` it is the working day before it starts.
/// - `within 30 days` counts calendar days, and becomes the fewest working days among so many, so that it is never
///   late, whatever day of the week the start is: 20. Up to five days are working days. Before the start it is the
///   most, for the same reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SuggestedDue {
    pub offset_working_days: i32,
}

pub(super) fn in_item(title: &Words) -> Option<Suggestion<SuggestedDue>> {
    first(&title.text, false).map(|(due, start, end)| suggestion(due, title, start, end))
}

pub(super) fn in_label(label: &Words) -> Option<Suggestion<SuggestedDue>> {
    first(&label.text, true).map(|(due, start, end)| suggestion(due, label, start, end))
}

/// A label without the words about time.
pub(super) fn without(text: &str) -> String {
    first(text, true).map_or_else(String::new, |(_, start, end)| [&text[..start], &text[end..]].concat())
}

/// The first due date in a text, with the start and end of its words. `30 days` alone counts in a label only.
fn first(text: &str, is_label: bool) -> Option<(SuggestedDue, usize, usize)> {
    let words = words(text);
    let mut at = 0;
    while at < words.len() {
        let mut phrase = Phrase::new(text, &words[at..], is_label);
        match phrase.read() {
            Some(Some(offset)) => {
                let end = words[at + phrase.at - 1].end;
                return Some((SuggestedDue { offset_working_days: offset }, words[at].start, end));
            }
            Some(None) => at += phrase.at.max(1),
            None => at += 1,
        }
    }
    None
}
