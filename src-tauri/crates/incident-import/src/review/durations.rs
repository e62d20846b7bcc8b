//! Durations that a review states: “Time to repair: 5h 09m (during support hours 10:00–17:00)”.

use super::outline::ReviewOutline;
use crate::row::RowBuilder;

pub(super) fn write(outline: &ReviewOutline<'_>, row: &mut RowBuilder) {
    let stated = [
        (
            &["time to repair", "ttr", "time to mitigate", "time to recover"][..],
            "stated_repair_minutes",
            "repair_in_support_hours",
        ),
        (
            &["time to resolve", "duration", "outage duration"],
            "stated_resolve_minutes",
            "resolve_in_support_hours",
        ),
    ];
    for (labels, field, basis) in stated {
        let Some(words) = labels.iter().find_map(|label| outline.labelled(label)) else { continue };
        let Some(minutes) = minutes_of(words) else { continue };
        row.value(field, minutes).value(basis, words.to_lowercase().contains("support hours"));
    }
}

/// `1d 5h 47m`, `5h 09m`, `27 minutes`, `2 hours`; a day has 24 hours.
pub(super) fn minutes_of(text: &str) -> Option<u64> {
    let mut rest = text.trim_start();
    let mut minutes = None;
    loop {
        let digits = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        let Ok(number) = rest[..digits].parse::<u64>() else { break };
        let after = rest[digits..].trim_start();
        let word: String = after.chars().take_while(|letter| letter.is_alphabetic()).collect();
        let unit = match word.to_lowercase().as_str() {
            "d" | "day" | "days" => 1440,
            "h" | "hr" | "hrs" | "hour" | "hours" => 60,
            "m" | "min" | "mins" | "minute" | "minutes" => 1,
            _ => break,
        };
        minutes = minutes.unwrap_or(0_u64).checked_add(number.checked_mul(unit)?);
        rest = after[word.len()..].trim_start();
        rest = rest.strip_prefix("and ").or_else(|| rest.strip_prefix(", ")).unwrap_or(rest);
    }
    minutes
}
