//! Dates that move.

use chrono::NaiveDate;
use headroom_model::{Change, Edit, Entity, EntityRef, FieldType, with_edit};

/// A date of something that is there before and after, and has another day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MovedDate {
    pub subject: EntityRef,
    /// What the field is called: `planned start`.
    pub label: &'static str,
    pub before: Option<NaiveDate>,
    pub after: Option<NaiveDate>,
}

/// The dates that these changes move, in their order. Rows that come or go have none that moves.
pub fn moved_dates(changes: &[Change]) -> Vec<MovedDate> {
    changes.iter().flat_map(|change| with_edit!(change, edit => of_edit(edit))).collect()
}

fn of_edit<T: Entity>(edit: &Edit<T>) -> Vec<MovedDate> {
    let (Some(before), Some(after)) = (&edit.before, &edit.after) else { return Vec::new() };
    let day = |json: serde_json::Value| json.as_str().and_then(|text| text.parse().ok());
    let fields = edit.changed_fields().into_iter().filter(|field| field.field_type == FieldType::Date);
    let moved = fields.map(|field| MovedDate {
        subject: edit.subject(),
        label: field.label,
        before: day(field.value(before).json()),
        after: day(field.value(after).json()),
    });
    moved.collect()
}
