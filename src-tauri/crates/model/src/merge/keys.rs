//! Keys that two sides have given to different things.

use rustc_hash::FxHashSet;

use super::Merge;
use crate::{
    change::{Change, Edit},
    field::field,
    kind::{EntityRef, Kind},
    plan::Plan,
    tables::EntityTable,
};

/// An entity that has another key after a merge than before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenamedKey {
    pub subject: EntityRef,
    pub from: String,
    pub to: String,
}

/// Gives another key to what would have that of another entity: of two that meet, the one with the higher ID, so that it
/// does not matter who merges whom.
pub(super) fn separate(plan: &Plan, merge: &mut Merge) {
    for kind in Kind::ALL {
        for_kind!(*kind, T => separate_kind::<T>(plan, merge));
    }
}

fn separate_kind<T: EntityTable>(plan: &Plan, merge: &mut Merge)
where
    Change: From<Edit<T>>,
{
    let Some(field) = field::<T>("key") else { return };
    let created = |change: &Change| -> Option<T> {
        let edit = T::edit(change).filter(|edit| edit.before.is_none())?;
        edit.after.as_deref().cloned()
    };
    let freed = |change: &Change| change.gives_up_key().then(|| change.subject());
    let free: FxHashSet<EntityRef> = merge.changes.iter().filter_map(freed).collect();
    let meets = |row: &T| {
        let other = row.key().and_then(|key| plan.find_in::<T>(row.key_space(), key));
        let has_it = |id: &T::Id| !free.contains(&EntityRef { kind: T::KIND, id: (*id).into() });
        other.filter(|other| *other != row.id() && has_it(other))
    };
    let mut meeting: Vec<(T, T)> = merge
        .changes
        .iter()
        .filter_map(created)
        .filter_map(|row| Some((plan.get::<T>(meets(&row)?)?.clone(), row)))
        .collect();
    if meeting.is_empty() {
        return;
    }
    // By number: an ID is the same in both copies, so that both come to the same result.
    let number = |row: &T| -> u64 { row.id().into() };
    meeting.sort_by_key(|(ours, theirs)| number(ours).max(number(theirs)));
    let mut taken: FxHashSet<String> =
        T::table(plan).iter().filter_map(|row| row.key().map(str::to_owned)).collect();
    taken.extend(merge.changes.iter().filter_map(created).filter_map(|row| row.key().map(str::to_owned)));
    for (ours, theirs) in meeting {
        let mut row = if number(&ours) > number(&theirs) { ours.clone() } else { theirs.clone() };
        let from = row.key().unwrap_or_default().to_owned();
        let to = next_key(&from, &taken);
        taken.insert(to.clone());
        field.value_mut(&mut row).set_json(&to.clone().into());
        merge.renamed.push(RenamedKey {
            subject: EntityRef { kind: T::KIND, id: row.id().into() },
            from,
            to,
        });
        put(plan, merge, row);
    }
}

/// Replaces what the changes make of a row.
fn put<T: EntityTable>(plan: &Plan, merge: &mut Merge, row: T)
where
    Change: From<Edit<T>>,
{
    let (id, before) = (row.id().into(), plan.get::<T>(row.id()).cloned());
    let subject = EntityRef { kind: T::KIND, id };
    let change = Edit::new(id, before, Some(row)).into();
    match merge.changes.iter().position(|change| change.subject() == subject) {
        Some(at) => merge.changes[at] = change,
        // First, so that the key is free for what comes.
        None => merge.changes.insert(0, change),
    }
}

/// The next key that is free: `HC2027-NH-004` after `HC2027-NH-001`, `payments-2` after `payments`.
fn next_key(key: &str, taken: &FxHashSet<String>) -> String {
    let digits = key.len() - key.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    let (stem, number) = key.split_at(key.len() - digits);
    let numbered: Option<u64> = if stem.ends_with('-') { number.parse().ok() } else { None };
    let (stem, first, width) = match numbered {
        Some(number) => (stem.to_owned(), number.saturating_add(1), digits),
        None => (format!("{key}-"), 2, 1),
    };
    let free = (first..).map(|number| format!("{stem}{number:0width$}")).find(|key| !taken.contains(key));
    free.unwrap_or_else(|| key.to_owned())
}
