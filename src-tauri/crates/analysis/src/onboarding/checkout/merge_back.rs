//! Merging a shared file back into the plan.

use headroom_model::{
    Change, Checklist, ChecklistId, ChecklistItem, ChecklistItemId, Edit, EntityTable, Money, Person, Plan,
    merge::{Choice, Conflict, Patch, merge},
};
use headroom_redaction::{Amounts, amounts_in, without_amounts};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{CheckedOut, CheckoutContent, MergeBase, checkout_record::CheckoutRecord};

/// The parts of an item that can be merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MergeField {
    State,
    Note,
    Feedback,
}

impl MergeField {
    pub fn word(self) -> &'static str {
        match self {
            MergeField::State => "state",
            MergeField::Note => "note",
            MergeField::Feedback => "feedback",
        }
    }

    /// The part that a field of an item is, if it can be merged.
    fn of(field: &str) -> Option<Self> {
        [MergeField::State, MergeField::Note, MergeField::Feedback]
            .into_iter()
            .find(|part| part.word() == field)
    }
}

/// An item to which something is merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergedChange {
    pub item: ChecklistItemId,
    pub checklist: ChecklistId,
    pub title: String,
    pub what: Vec<MergeField>,
    pub now: CheckoutContent,
}

/// A conflict: both sides changed the same part of an item, to different values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeConflict {
    pub item: ChecklistItemId,
    pub checklist: ChecklistId,
    pub title: String,
    pub what: Vec<MergeField>,
    pub ours: CheckoutContent,
    pub theirs: CheckoutContent,
    /// The resolution; none keeps ours.
    pub chosen: Option<Choice>,
}

/// Something in the file that is not merged, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IgnoredChange {
    pub title: String,
    pub why: String,
}

/// The result of a merge.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MergeBack {
    pub changes: Vec<Change>,
    pub recipient: String,
    pub taken: Vec<MergedChange>,
    pub conflicts: Vec<MergeConflict>,
    pub ignored: Vec<IgnoredChange>,
}

/// Why a file cannot be merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MergeBackError {
    /// The file is an ordinary plan.
    NotHandedOut,
    /// The file was shared from another plan.
    OtherPlan,
    /// The file was shared from this plan, which has no record of it.
    Forgotten,
    /// The origin in the file cannot be parsed; with the reason.
    Damaged(String),
    /// The file is not a valid plan; with the reason.
    Broken(String),
}

impl MergeBackError {
    pub fn message(&self) -> String {
        match self {
            MergeBackError::NotHandedOut => {
                "this is a plan, not a shared checklist; choose the file that was sent back".to_owned()
            }
            MergeBackError::OtherPlan => {
                "this checklist was shared from another plan; open that plan to merge it".to_owned()
            }
            MergeBackError::Forgotten => {
                "this plan has no record of sharing this checklist: sharing was undone, or the file comes from another \
                 copy of the plan; redo that step or open that copy, then merge again"
                    .to_owned()
            }
            MergeBackError::Broken(why) => format!(
                "the file is damaged ({why}), and nothing was merged; ask for the file again"
            ),
            MergeBackError::Damaged(why) => format!(
                "the file’s origin cannot be read ({why}), and nothing was merged; ask for the file again"
            ),
        }
    }
}

/// Merges the state, the note and the feedback of each item ([`merge`]): between what was shared, the plan and the file.
/// `choose` resolves conflicts, else ours is kept. Everything else in the file is ignored and reported. Merging the same
/// file again changes nothing. A text that holds amounts of money is not what was shared, so that it is never overwritten
/// by one without them unless that is chosen.
///
/// Only items in the plan's record of the file are merged. `former` are amounts of money that the plan once
/// contained; they were removed from the file, which is no difference.
///
/// # Errors
///
/// [`MergeBackError::NotHandedOut`], [`MergeBackError::Damaged`], [`MergeBackError::OtherPlan`] or
/// [`MergeBackError::Forgotten`].
pub fn merge_back(
    plan: &Plan,
    identity: &str,
    copy: &Plan,
    former: Vec<Money>,
    choose: &dyn Fn(ChecklistItemId) -> Option<Choice>,
) -> Result<MergeBack, MergeBackError> {
    let checked_out =
        CheckedOut::of(copy).ok_or(MergeBackError::NotHandedOut)?.map_err(MergeBackError::Damaged)?;
    if checked_out.identity != identity {
        return Err(MergeBackError::OtherPlan);
    }
    let record = CheckoutRecord::of(plan, &checked_out.token).ok_or(MergeBackError::Forgotten)?;
    let bases: FxHashMap<ChecklistItemId, &MergeBase> =
        checked_out.items.iter().map(|base| (base.item, base)).collect();
    let mut merge = Comparison {
        plan,
        copy,
        amounts: Amounts::new(former.into_iter().chain(amounts_in(plan))),
        patches: Vec::new(),
        back: MergeBack { recipient: checked_out.recipient.clone(), ..MergeBack::default() },
    };
    for theirs in copy.in_order::<ChecklistItem>() {
        match bases.get(&theirs.id) {
            Some(base) if record.contains(base.item) => merge.item(base, theirs),
            Some(_) => merge.ignore(&theirs.title, "was not shared in this file and is ignored"),
            None => merge.ignore(&theirs.title, "was added in the file and is not in the plan"),
        }
    }
    let missing = checked_out.items.iter().map(|base| base.item);
    let missing = missing.filter(|item| copy.checklist_items.get(*item).is_none() && record.contains(*item));
    // An item that is in neither needs no report.
    let mut kept: Vec<&ChecklistItem> = missing.filter_map(|item| plan.checklist_items.get(item)).collect();
    plan.sort(&mut kept);
    kept.iter().for_each(|ours| merge.ignore(&ours.title, "was deleted in the file; the plan keeps it"));
    merge.settle(choose);
    merge.others();
    Ok(merge.back)
}

struct Comparison<'a> {
    plan: &'a Plan,
    copy: &'a Plan,
    amounts: Amounts,
    patches: Vec<Patch>,
    back: MergeBack,
}

impl Comparison<'_> {
    fn ignore(&mut self, title: &str, why: &str) {
        self.back.ignored.push(IgnoredChange { title: title.to_owned(), why: why.to_owned() });
    }

    fn item(&mut self, base: &MergeBase, theirs: &ChecklistItem) {
        let row =
            |content: CheckoutContent| content.put(ChecklistItem { id: theirs.id, ..Default::default() });
        let (before, after) = (row(base.content.clone()), row(CheckoutContent::of(theirs)));
        let is_changed = before != after;
        let patch = Patch::of(&Edit::new(theirs.id.into(), Some(before), Some(after)).into());
        match self.plan.checklist_items.get(base.item) {
            Some(ours) => {
                self.compare_wording(ours, theirs);
                self.patches.extend(is_changed.then_some(patch));
            }
            None if is_changed => self.ignore(&theirs.title, &reason_deleted(&parts(&patch))),
            None => {}
        }
    }

    fn settle(&mut self, choose: &dyn Fn(ChecklistItemId) -> Option<Choice>) {
        let merged = merge(self.plan, &self.patches, &FxHashSet::default());
        let choices: Vec<Option<Choice>> =
            merged.conflicts.iter().map(|conflict| choose(conflict.subject.id.into())).collect();
        for (conflict, chosen) in merged.conflicts.iter().zip(&choices) {
            self.conflict(conflict, *chosen);
        }
        self.back.changes = merged.deciding(self.plan, &choices, |_| None).changes;
        for change in &self.back.changes {
            let Some(row) = ChecklistItem::edit(change).and_then(|edit| edit.after.as_deref()) else {
                continue;
            };
            self.back.taken.push(MergedChange {
                item: row.id,
                checklist: row.checklist,
                title: row.title.clone(),
                what: parts(&Patch::of(change)),
                now: CheckoutContent::of(row),
            });
        }
    }

    fn conflict(&mut self, conflict: &Conflict, chosen: Option<Choice>) {
        let item = ChecklistItemId::from(conflict.subject.id);
        let Some(part) = conflict.field().and_then(MergeField::of) else { return };
        if let Some(known) = self.back.conflicts.iter_mut().find(|known| known.item == item) {
            known.what.push(part);
            known.what.sort_unstable();
            return;
        }
        let [ours, theirs] = [self.plan, self.copy].map(|plan| plan.checklist_items.get(item));
        let (Some(ours), Some(theirs)) = (ours, theirs) else { return };
        self.back.conflicts.push(MergeConflict {
            item,
            checklist: ours.checklist,
            title: ours.title.clone(),
            what: vec![part],
            ours: CheckoutContent::of(ours),
            theirs: CheckoutContent::of(theirs),
            chosen,
        });
    }

    fn compare_wording(&mut self, ours: &ChecklistItem, theirs: &ChecklistItem) {
        if wording(ours, &self.amounts) != wording(theirs, &self.amounts) {
            let why = "has different text in the file; the plan’s version is kept";
            self.ignore(&ours.title, why);
        }
    }

    /// Reports other differences: start dates and names.
    fn others(&mut self) {
        for list in self.copy.in_order::<Checklist>() {
            let Some(ours) = self.plan.checklists.get(list.id) else { continue };
            if ours.start != list.start {
                let why = format!(
                    "starts on {} in the file and on {} in the plan; the plan’s date is kept",
                    headroom_model::wording::date(list.start),
                    headroom_model::wording::date(ours.start)
                );
                let name = self.plan.name_of(ours.id.into());
                self.ignore(&name, &why);
            }
        }
        for person in self.copy.in_order::<Person>() {
            let Some(ours) = self.plan.people.get(person.id).filter(|ours| ours.name != person.name) else {
                continue;
            };
            let why = format!("is called {} in the file; the plan’s name is kept", person.name);
            let name = ours.name.clone();
            self.ignore(&name, &why);
        }
    }
}

/// The parts in which a patch of an item differs, in the order in which they are told.
fn parts(patch: &Patch) -> Vec<MergeField> {
    let mut parts: Vec<MergeField> = patch.changed().into_iter().filter_map(MergeField::of).collect();
    parts.sort_unstable();
    parts
}

/// The reason for a changed item that is no longer in the plan.
fn reason_deleted(what: &[MergeField]) -> String {
    let parts: Vec<&str> = what.iter().map(|part| part.word()).collect();
    format!("is no longer in the plan; the change to its {} is ignored", parts.join(" and "))
}

/// The texts of an item that are never merged, without amounts.
fn wording(item: &ChecklistItem, amounts: &Amounts) -> [String; 4] {
    let clean = |text: &String| without_amounts(text, amounts).map_or_else(|| text.clone(), |(text, _)| text);
    [clean(&item.section), clean(&item.title), clean(&item.text), clean(&item.link)]
}
