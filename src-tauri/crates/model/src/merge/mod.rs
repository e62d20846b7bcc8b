//! Changes that were made against another state of the plan, merged into this one: three ways, field by field.
//!
//! One function serves every case in which two have worked on one plan: a second window whose edit comes late, a copy of
//! the file that comes back, a checklist that was handed out, and the undo of an operation that is not the newest. The
//! incoming changes are [`Patch`]es: for each field what it was and what it becomes. A field that only one side has
//! changed is that side's. One that both have changed differently is a [`Conflict`]: data to be decided, never a refusal
//! of the whole and never a silent winner. Until it is decided the plan keeps what it has.
//!
//! Whatever is merged, the result holds together: a change that only the union of both sides makes impossible (a
//! reference to something deleted, a team inside itself, a key twice) is held back, and is a conflict as well.

mod conflict;
mod keys;
mod patch;
mod patch_texts;
mod row;
mod union;

use rustc_hash::FxHashSet;

use crate::{
    change::{Change, Edit},
    kind::EntityRef,
    plan::Plan,
    tables::EntityTable,
};

pub use conflict::{Choice, Conflict, ConflictCause};
pub use keys::RenamedKey;
pub use patch::{Fields, Patch, squashed};
pub use patch_texts::PatchTexts;

/// What a merge comes to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merge {
    /// The changes to be made, against the plan. They apply.
    pub changes: Vec<Change>,
    pub conflicts: Vec<Conflict>,
    /// Keys that both sides have given to different things: one of the two has another one now.
    pub renamed: Vec<RenamedKey>,
}

/// What a merge comes to once choices are made about its conflicts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decided {
    pub changes: Vec<Change>,
    /// The conflicts, by their place, in which what was chosen is impossible as the plan is, or two would set one field.
    pub refused: Vec<usize>,
}

impl Merge {
    /// The changes to the plan with a choice about each of the conflicts. Where there is none, the plan keeps what it has;
    /// what cannot be taken is refused without the rest. `last` gives what an entity was before it was deleted.
    pub fn deciding(
        &self,
        plan: &Plan,
        choices: &[Option<Choice>],
        last: impl Fn(EntityRef) -> Option<Fields>,
    ) -> Decided {
        let is_theirs = |place: &usize| choices.get(*place) == Some(&Some(Choice::Theirs));
        let chosen: Vec<usize> = (0..self.conflicts.len()).filter(is_theirs).collect();
        let mut refused: Vec<usize> =
            chosen.iter().copied().filter(|place| self.is_chosen_twice(*place, &chosen)).collect();
        loop {
            let taken: Vec<usize> = chosen.iter().copied().filter(|place| !refused.contains(place)).collect();
            let mut changes = self.changes.clone();
            for conflict in taken.iter().map(|place| &self.conflicts[*place]) {
                changes.extend(conflict.taking(plan, Choice::Theirs, last(conflict.subject).as_ref()));
            }
            let patches: Vec<Patch> = changes.iter().map(Patch::of).collect();
            let merged = merge(plan, &patches, &FxHashSet::default());
            let impossible: FxHashSet<EntityRef> =
                merged.conflicts.iter().map(|conflict| conflict.subject).collect();
            let is_impossible = |place: &usize| impossible.contains(&self.conflicts[*place].subject);
            let mut dropped: Vec<usize> = taken.iter().copied().filter(is_impossible).collect();
            if dropped.is_empty() && !impossible.is_empty() {
                // What stands in the way of the merge itself goes, not the merge.
                dropped.extend(taken.last());
            }
            if dropped.is_empty() {
                refused.sort_unstable();
                return Decided { changes: merged.changes, refused };
            }
            refused.extend(dropped);
        }
    }

    /// Whether another conflict that was chosen sets the same field to something else.
    fn is_chosen_twice(&self, place: usize, chosen: &[usize]) -> bool {
        let conflict = &self.conflicts[place];
        conflict.field().is_some()
            && chosen.iter().filter(|other| **other != place).map(|other| &self.conflicts[*other]).any(
                |other| {
                    other.subject == conflict.subject
                        && other.field() == conflict.field()
                        && other.held.after != conflict.held.after
                },
            )
    }
}

/// Merges changes into the plan. `others` are the entities that the plan has changed since the state on which the
/// changes are based; conflicts that only both sides together make are looked for among them.
pub fn merge(plan: &Plan, incoming: &[Patch], others: &FxHashSet<EntityRef>) -> Merge {
    let mut merge = Merge::default();
    for patch in &squashed(incoming.iter().cloned()) {
        for_kind!(patch.kind, T => row::merge::<T>(plan, patch, &mut merge));
    }
    // What goes makes its key free for what comes.
    merge.changes.sort_by_key(|change| (!change.removes(), !change.gives_up_key()));
    keys::separate(plan, &mut merge);
    union::hold_together(plan, &mut merge);
    union::find_clashes(plan, others, &mut merge);
    merge
}

/// The changes that lead from one plan to another: first what goes, then what comes or differs.
pub fn changes_between(from: &Plan, to: &Plan) -> Vec<Change> {
    fn differences<T: EntityTable>(from: &Plan, to: &Plan, changes: &mut Vec<Change>)
    where
        Change: From<Edit<T>>,
    {
        let (from, to) = (T::table(from), T::table(to));
        if from == to {
            return;
        }
        for row in to {
            let before = from.get(row.id());
            if before != Some(row) {
                changes.push(Edit::new(row.id().into(), before.cloned(), Some(row.clone())).into());
            }
        }
        let gone = from.iter().filter(|row| to.get(row.id()).is_none());
        changes.extend(gone.map(|row| Edit::new(row.id().into(), Some(row.clone()), None).into()));
    }
    let mut changes = Vec::new();
    for kind in crate::Kind::ALL {
        for_kind!(*kind, T => differences::<T>(from, to, &mut changes));
    }
    changes.sort_by_key(|change| !change.removes());
    changes
}

#[cfg(test)]
mod tests;
