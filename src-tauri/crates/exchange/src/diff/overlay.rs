//! Overwrites what a source states; the rest stays.

use chrono::NaiveDate;
use headroom_files::records::{Dates, ExtraText, PositionRecord};
use headroom_model::Position;

/// Overwrites the fields of the position itself that the source states; the others stay.
pub fn overlay_position(row: &mut Position, record: &PositionRecord) {
    macro_rules! overlay {
        ($($field:ident),*) => { $(if let Some(value) = &record.$field { row.$field.clone_from(value); })* };
    }
    overlay!(title, discipline, level, breadth, location, reason, need_by, status, requisition, priority);
    overlay!(fte, pooled, pay, pay_up_to, start, description);
    let gate = &record.gate;
    macro_rules! overlay_gate {
        ($($field:ident),*) => { $(if let Some(value) = &gate.$field { row.$field.clone_from(value); })* };
    }
    overlay_gate!(waits_any, waits_by, waived_on, waived_by, waived_why);
}

pub fn set_extra(extra: &mut std::collections::BTreeMap<String, String>, said: &ExtraText) {
    if let Some((format, text)) = said {
        if text.is_empty() {
            extra.remove(*format);
        } else {
            extra.insert((*format).to_owned(), text.clone());
        }
    }
}

/// What a source without dates mentions exists, so an end that has passed is removed.
pub fn set_dates(said: &Dates, has_ended: bool, from: &mut Option<NaiveDate>, until: &mut Option<NaiveDate>) {
    if let Some(day) = said.from {
        *from = day;
    }
    match said.until {
        Some(day) => *until = day,
        None if has_ended => *until = None,
        None => {}
    }
}
