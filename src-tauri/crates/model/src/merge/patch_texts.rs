//! Changes by field as text, for the journal.

use std::ops::Range;

use crate::{
    change::{Change, Edit},
    entity::Entity,
    field::{self, FieldSpec},
};

/// The JSON of the fields of [`Patch::of`](super::Patch::of) for each of several changes. It stands in one text, since
/// an import has changes by the hundred thousand.
#[derive(Debug, Default)]
pub struct PatchTexts {
    text: String,
    /// Of each change, where the fields before and after it are.
    sides: Vec<[Option<Range<usize>>; 2]>,
}

impl PatchTexts {
    pub fn of(changes: &[Change]) -> Self {
        let mut text = Vec::new();
        let side = |change: &Change| with_edit!(change, edit => sides(&mut text, edit));
        let sides = changes.iter().map(side).collect();
        // JSON is UTF-8.
        Self { text: String::from_utf8(text).unwrap_or_default(), sides }
    }

    /// Before and after each change, in their order: none for what is not there.
    pub fn iter(&self) -> impl Iterator<Item = [Option<&str>; 2]> {
        let part = |side: &Option<Range<usize>>| self.text.get(side.clone()?);
        self.sides.iter().map(move |[before, after]| [part(before), part(after)])
    }
}

fn sides<T: Entity>(text: &mut Vec<u8>, edit: &Edit<T>) -> [Option<Range<usize>>; 2] {
    let fields = edit.changed_fields();
    [&edit.before, &edit.after].map(|row| row.as_ref().map(|row| append(text, &fields, row)))
}

/// Appends those of the fields that say something, as a JSON object; gives where it is.
fn append<T>(text: &mut Vec<u8>, fields: &[&FieldSpec<T>], row: &T) -> Range<usize> {
    let start = text.len();
    text.push(b'{');
    for field in fields {
        let value = field.value(row);
        if value.is_empty() {
            continue;
        }
        if text.len() > start + 1 {
            text.push(b',');
        }
        field::append(text, &field.name);
        text.push(b':');
        value.append_json(text);
    }
    text.push(b'}');
    start..text.len()
}
