use headroom_model::{
    Change, ChecklistId, ChecklistItem, ChecklistItemId, Draft, Money, Plan,
    redaction::{Amounts, amounts_in, without_amounts},
};
use rustc_hash::FxHashMap;

use super::{Base, Content, HandedOut, record::Record};

/// Whose word counts where both sides changed an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Theirs,
    Ours,
}

/// Which part of an item differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Differs {
    State,
    Note,
    Feedback,
}

/// What may come back of an item.
const PARTS: [Differs; 3] = [Differs::State, Differs::Note, Differs::Feedback];

impl Differs {
    pub fn word(self) -> &'static str {
        match self {
            Differs::State => "state",
            Differs::Note => "note",
            Differs::Feedback => "feedback",
        }
    }
}

/// An item of which something is taken over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub item: ChecklistItemId,
    pub checklist: ChecklistId,
    pub title: String,
    pub what: Vec<Differs>,
    pub now: Content,
}

/// Both sides changed the same part of an item, and not alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    pub item: ChecklistItemId,
    pub checklist: ChecklistId,
    pub title: String,
    pub what: Vec<Differs>,
    pub ours: Content,
    pub theirs: Content,
    /// What was chosen; none: ours stays until somebody chooses.
    pub chosen: Option<Side>,
}

/// Something in the copy that is not taken over, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ignored {
    pub title: String,
    pub why: String,
}

/// What a copy brings back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TakeBack {
    pub changes: Vec<Change>,
    pub recipient: String,
    pub taken: Vec<Taken>,
    pub conflicts: Vec<Conflict>,
    pub ignored: Vec<Ignored>,
}

/// Why a file cannot be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BackError {
    /// It is a plan of its own.
    NotHandedOut,
    /// It came from another plan.
    OtherPlan,
    /// It came from this plan, which remembers nothing of it.
    Forgotten,
    /// What it says of itself cannot be read; in words.
    Damaged(String),
    /// It is no whole plan; in words.
    Broken(String),
}

impl BackError {
    pub fn message(&self) -> String {
        match self {
            BackError::NotHandedOut => {
                "this is a plan of its own, not a checklist that was handed out; choose the file that came back"
                    .to_owned()
            }
            BackError::OtherPlan => {
                "this checklist was handed out from another plan; open that one to take it back".to_owned()
            }
            BackError::Forgotten => {
                "this plan does not remember that it handed this checklist out: the step was undone, or the file comes \
                 from another copy of the plan; open that one, or redo the step, to take it back"
                    .to_owned()
            }
            BackError::Broken(why) => format!(
                "the file that came back is damaged ({why}), and nothing is taken of it; ask for the file once more"
            ),
            BackError::Damaged(why) => format!(
                "what the file says of where it came from cannot be read ({why}); ask for the file once more"
            ),
        }
    }
}

/// Three-way: what went out, what is in the plan now, what came back. Where only they changed a state, a note or a
/// feedback, it is taken; where both did and not alike, `choose` decides and ours stays until it does. Nothing else is
/// ever taken. A second time nothing is left to take.
///
/// What went out is what the plan remembers of it. `former` are amounts that the plan once held.
///
/// # Errors
/// See [`BackError`].
pub fn take_back(
    plan: &Plan,
    identity: &str,
    copy: &Plan,
    former: Vec<Money>,
    choose: &dyn Fn(ChecklistItemId) -> Option<Side>,
) -> Result<TakeBack, BackError> {
    let handed_out = HandedOut::of(copy).ok_or(BackError::NotHandedOut)?.map_err(BackError::Damaged)?;
    if handed_out.identity != identity {
        return Err(BackError::OtherPlan);
    }
    let record = Record::of(plan, &handed_out.token).ok_or(BackError::Forgotten)?;
    let bases: FxHashMap<ChecklistItemId, &Base> =
        handed_out.items.iter().map(|base| (base.item, base)).collect();
    let mut merge = Merge {
        plan,
        copy,
        amounts: Amounts::new(former.into_iter().chain(amounts_in(plan))),
        draft: Draft::new(plan),
        back: TakeBack { recipient: handed_out.recipient.clone(), ..TakeBack::default() },
    };
    for theirs in copy.checklist_items.iter() {
        match bases.get(&theirs.id) {
            Some(base) if record.contains(base.item) => merge.item(base, theirs, choose),
            Some(_) => merge.ignore(&theirs.title, "did not go out in this file; nothing of it is taken"),
            None => merge.ignore(&theirs.title, "was added there and is no item of the plan"),
        }
    }
    for base in handed_out.items.iter().filter(|base| copy.checklist_items.get(base.item).is_none()) {
        // What neither has needs no word.
        if let Some(ours) = plan.checklist_items.get(base.item).filter(|_| record.contains(base.item)) {
            merge.ignore(&ours.title, "was taken out there and stays in the plan");
        }
    }
    merge.others();
    merge.back.changes = merge.draft.finish();
    Ok(merge.back)
}

struct Merge<'a> {
    plan: &'a Plan,
    copy: &'a Plan,
    amounts: Amounts,
    draft: Draft<'a>,
    back: TakeBack,
}

impl Merge<'_> {
    fn ignore(&mut self, title: &str, why: &str) {
        self.back.ignored.push(Ignored { title: title.to_owned(), why: why.to_owned() });
    }

    fn item(
        &mut self,
        base: &Base,
        theirs: &ChecklistItem,
        choose: &dyn Fn(ChecklistItemId) -> Option<Side>,
    ) {
        let now = Content::of(theirs);
        let Some(ours) = self.plan.checklist_items.get(base.item).cloned() else {
            let is_theirs = |part: &Differs| !same(*part, &now, &base.content);
            let what: Vec<Differs> = PARTS.into_iter().filter(is_theirs).collect();
            if !what.is_empty() {
                self.ignore(&theirs.title, &gone(&what));
            }
            return;
        };
        self.compare_wording(&ours, theirs);
        let mut merged = Content::of(&ours);
        let (mut what, mut both) = (Vec::new(), Vec::new());
        for part in PARTS {
            let is_theirs = !same(part, &now, &base.content);
            if !is_theirs || same(part, &now, &merged) {
                continue;
            }
            // What was kept from them must not be lost with what they wrote.
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
            self.back.conflicts.push(Conflict {
                item: ours.id,
                checklist: ours.checklist,
                title: ours.title.clone(),
                what: both.clone(),
                ours: Content::of(&ours),
                theirs: now.clone(),
                chosen,
            });
        }
        if chosen == Some(Side::Theirs) {
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
        self.back.taken.push(Taken { item, checklist, title, what, now: merged });
    }

    fn compare_wording(&mut self, ours: &ChecklistItem, theirs: &ChecklistItem) {
        if wording(ours, &self.amounts) != wording(theirs, &self.amounts) {
            let why = "reads otherwise there; the wording, the days and the people stay as in the plan";
            self.ignore(&ours.title, why);
        }
    }

    fn redacted(&self, content: &Content) -> Content {
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
        let feedback =
            content.feedback.as_ref().map(|said| Feedback { words: text(&said.words), ..said.clone() });
        Content { state, note: text(&content.note), feedback }
    }

    fn holds_amounts(&self, part: Differs, content: &Content) -> bool {
        !same(part, content, &self.redacted(content))
    }

    /// Whatever else differs in the copy, in short.
    fn others(&mut self) {
        for list in self.copy.checklists.iter() {
            let Some(ours) = self.plan.checklists.get(list.id) else { continue };
            if ours.start != list.start {
                let why = format!(
                    "starts on {} there and on {} in the plan, which stands",
                    list.start.format("%-d %b %Y"),
                    ours.start.format("%-d %b %Y")
                );
                let name = self.plan.name_of(ours.id.into());
                self.ignore(&name, &why);
            }
        }
        for person in self.copy.people.iter() {
            let Some(ours) = self.plan.people.get(person.id).filter(|ours| ours.name != person.name) else {
                continue;
            };
            let why = format!("is called {} there; the plan’s name stands", person.name);
            let name = ours.name.clone();
            self.ignore(&name, &why);
        }
    }
}

/// Why nothing is taken of an item that the plan has no more.
fn gone(what: &[Differs]) -> String {
    let parts: Vec<&str> = what.iter().map(|part| part.word()).collect();
    format!("is in the plan no more; what the file says of its {} is left out", parts.join(" and "))
}

/// What an item says, apart from how far it has come.
fn wording(item: &ChecklistItem, amounts: &Amounts) -> [String; 4] {
    let clean = |text: &String| without_amounts(text, amounts).map_or_else(|| text.clone(), |(text, _)| text);
    [clean(&item.section), clean(&item.title), clean(&item.text), clean(&item.link)]
}

pub(super) fn same(part: Differs, a: &Content, b: &Content) -> bool {
    match part {
        Differs::State => a.state == b.state,
        Differs::Note => a.note == b.note,
        Differs::Feedback => a.feedback == b.feedback,
    }
}

fn put(part: Differs, into: &mut Content, from: &Content) {
    match part {
        Differs::State => into.state = from.state.clone(),
        Differs::Note => into.note.clone_from(&from.note),
        Differs::Feedback => into.feedback.clone_from(&from.feedback),
    }
}
