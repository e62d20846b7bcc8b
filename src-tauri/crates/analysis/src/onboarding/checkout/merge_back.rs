//! Merging a shared file back into the plan.

use headroom_model::{
    Change, Checklist, ChecklistId, ChecklistItem, ChecklistItemId, Draft, Money, Person, Plan,
};
use headroom_redaction::{Amounts, amounts_in, without_amounts};
use rustc_hash::FxHashMap;

use super::{CheckedOut, CheckoutContent, MergeBase, checkout_record::CheckoutRecord};

/// Which side wins a conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    Theirs,
    Ours,
}

/// The parts of an item that can be merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MergeField {
    State,
    Note,
    Feedback,
}

/// All parts, in the order in which they are reported.
const PARTS: [MergeField; 3] = [MergeField::State, MergeField::Note, MergeField::Feedback];

impl MergeField {
    pub fn word(self) -> &'static str {
        match self {
            MergeField::State => "state",
            MergeField::Note => "note",
            MergeField::Feedback => "feedback",
        }
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
    pub chosen: Option<Resolution>,
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

/// Three-way merge of the state, the note and the feedback of each item, between what was shared (the base), the plan
/// (ours) and the file (theirs). A part that only they changed is taken; a part that both changed to different values
/// is a conflict, which `choose` resolves, else ours is kept. Everything else in the file is ignored and reported.
/// Merging the same file again changes nothing.
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
    choose: &dyn Fn(ChecklistItemId) -> Option<Resolution>,
) -> Result<MergeBack, MergeBackError> {
    let checked_out =
        CheckedOut::of(copy).ok_or(MergeBackError::NotHandedOut)?.map_err(MergeBackError::Damaged)?;
    if checked_out.identity != identity {
        return Err(MergeBackError::OtherPlan);
    }
    let record = CheckoutRecord::of(plan, &checked_out.token).ok_or(MergeBackError::Forgotten)?;
    let bases: FxHashMap<ChecklistItemId, &MergeBase> =
        checked_out.items.iter().map(|base| (base.item, base)).collect();
    let mut merge = Merge {
        plan,
        copy,
        amounts: Amounts::new(former.into_iter().chain(amounts_in(plan))),
        draft: Draft::new(plan),
        back: MergeBack { recipient: checked_out.recipient.clone(), ..MergeBack::default() },
    };
    for theirs in copy.in_order::<ChecklistItem>() {
        match bases.get(&theirs.id) {
            Some(base) if record.contains(base.item) => merge.item(base, theirs, choose),
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
    merge.others();
    merge.back.changes = merge.draft.finish();
    Ok(merge.back)
}

struct Merge<'a> {
    plan: &'a Plan,
    copy: &'a Plan,
    amounts: Amounts,
    draft: Draft<'a>,
    back: MergeBack,
}

impl Merge<'_> {
    fn ignore(&mut self, title: &str, why: &str) {
        self.back.ignored.push(IgnoredChange { title: title.to_owned(), why: why.to_owned() });
    }

    fn item(
        &mut self,
        base: &MergeBase,
        theirs: &ChecklistItem,
        choose: &dyn Fn(ChecklistItemId) -> Option<Resolution>,
    ) {
        let now = CheckoutContent::of(theirs);
        let Some(ours) = self.plan.checklist_items.get(base.item).cloned() else {
            let is_theirs = |part: &MergeField| !same(*part, &now, &base.content);
            let what: Vec<MergeField> = PARTS.into_iter().filter(is_theirs).collect();
            if !what.is_empty() {
                self.ignore(&theirs.title, &reason_deleted(&what));
            }
            return;
        };
        self.compare_wording(&ours, theirs);
        let mut merged = CheckoutContent::of(&ours);
        let (mut what, mut both) = (Vec::new(), Vec::new());
        for part in PARTS {
            let is_theirs = !same(part, &now, &base.content);
            if !is_theirs || same(part, &now, &merged) {
                continue;
            }
            // A text from which amounts were removed counts as changed by us, so that the amounts are not
            // overwritten.
            let is_ours =
                !same(part, &self.redacted(&merged), &base.content) || self.holds_amounts(part, &merged);
            if is_ours {
                both.push(part);
            } else {
                what.push(part);
                put(part, &mut merged, &now);
            }
        }
        let chosen = if both.is_empty() { None } else { choose(ours.id) };
        if !both.is_empty() {
            self.back.conflicts.push(MergeConflict {
                item: ours.id,
                checklist: ours.checklist,
                title: ours.title.clone(),
                what: both.clone(),
                ours: CheckoutContent::of(&ours),
                theirs: now.clone(),
                chosen,
            });
        }
        if chosen == Some(Resolution::Theirs) {
            for part in both {
                put(part, &mut merged, &now);
                what.push(part);
            }
        }
        if what.is_empty() {
            return;
        }
        what.sort_unstable();
        let (item, checklist, title) = (ours.id, ours.checklist, ours.title.clone());
        self.draft.put(merged.clone().put(ours));
        self.back.taken.push(MergedChange { item, checklist, title, what, now: merged });
    }

    fn compare_wording(&mut self, ours: &ChecklistItem, theirs: &ChecklistItem) {
        if wording(ours, &self.amounts) != wording(theirs, &self.amounts) {
            let why = "has different text in the file; the plan’s version is kept";
            self.ignore(&ours.title, why);
        }
    }

    fn redacted(&self, content: &CheckoutContent) -> CheckoutContent {
        let text = |text: &String| {
            without_amounts(text, &self.amounts).map_or_else(|| text.clone(), |(text, _)| text)
        };
        use headroom_model::{Feedback, ItemState};
        let state = match &content.state {
            ItemState::Open => ItemState::Open,
            ItemState::Done { on, by } => ItemState::Done { on: *on, by: text(by) },
            ItemState::Skipped { on, why } => ItemState::Skipped { on: *on, why: text(why) },
            ItemState::Blocked { by } => ItemState::Blocked { by: text(by) },
        };
        let feedback = content.feedback.as_ref().map(|it| Feedback { words: text(&it.words), ..it.clone() });
        CheckoutContent { state, note: text(&content.note), feedback }
    }

    fn holds_amounts(&self, part: MergeField, content: &CheckoutContent) -> bool {
        !same(part, content, &self.redacted(content))
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

pub(super) fn same(part: MergeField, a: &CheckoutContent, b: &CheckoutContent) -> bool {
    match part {
        MergeField::State => a.state == b.state,
        MergeField::Note => a.note == b.note,
        MergeField::Feedback => a.feedback == b.feedback,
    }
}

fn put(part: MergeField, into: &mut CheckoutContent, from: &CheckoutContent) {
    match part {
        MergeField::State => into.state = from.state.clone(),
        MergeField::Note => into.note.clone_from(&from.note),
        MergeField::Feedback => into.feedback.clone_from(&from.feedback),
    }
}
