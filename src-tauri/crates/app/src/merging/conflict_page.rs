//! Conflicts as they are listed, alike ones together, and the decisions about them.

use chrono::{DateTime, Utc};
use headroom_model::{
    Kind, Plan,
    merge::{Choice, Conflict, ConflictCause},
    wording::{capitalized, count_of, listed},
};
use headroom_store::Changed;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::conflict_words::{ConflictWords, MergedWith};
use crate::{
    change_presenter::{ChangePresenter, HistoryChange},
    entities::{entity::EntityKind, id::Id},
};

/// How many of a group are listed at least.
const FEWEST: usize = 5;

/// Conflicts, alike ones together.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ConflictPage {
    pub total: u32,
    /// Stands for exactly these conflicts: decisions about others are refused.
    pub token: String,
    pub groups: Vec<ConflictGroup>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ConflictGroup {
    pub id: String,
    /// `Person: job title was changed on both sides`.
    pub title: String,
    pub count: u32,
    /// The first ones.
    pub rows: Vec<ShownConflict>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ShownConflict {
    /// Its number among all.
    pub place: u32,
    pub kind: EntityKind,
    pub id: Id,
    pub name: String,
    pub cause: String,
    /// If it is about the value of a field.
    pub values: Option<ConflictValues>,
    /// Otherwise, what was held back.
    pub held: Option<HistoryChange>,
    /// What else would be deleted with it: `2 memberships and 1 checklist`.
    pub with: String,
    pub ours_by: Option<ChangedBy>,
    pub theirs_by: Option<ChangedBy>,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ConflictValues {
    pub before: String,
    pub ours: String,
    pub theirs: String,
}

/// Who changed it last, and when.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ChangedBy {
    pub author: String,
    pub at: DateTime<Utc>,
}

impl From<Changed> for ChangedBy {
    fn from(changed: Changed) -> Self {
        Self { author: changed.author, at: changed.at }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// What the plan has.
    Ours,
    /// What was held back.
    Theirs,
}

impl From<Side> for Choice {
    fn from(side: Side) -> Self {
        match side {
            Side::Ours => Choice::Ours,
            Side::Theirs => Choice::Theirs,
        }
    }
}

/// Decisions about whole groups, and about single conflicts, which go before.
#[derive(Debug, Clone, Default, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Decisions {
    pub groups: Vec<GroupDecision>,
    pub rows: Vec<RowDecision>,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct GroupDecision {
    pub group: String,
    pub side: Side,
}

#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RowDecision {
    pub place: u32,
    pub side: Side,
}

impl Decisions {
    /// The choice about each of these, none where nothing is decided.
    pub fn of(&self, conflicts: &[Conflict]) -> Vec<Option<Choice>> {
        let groups: FxHashMap<&str, Side> =
            self.groups.iter().map(|decided| (decided.group.as_str(), decided.side)).collect();
        let rows: FxHashMap<u32, Side> = self.rows.iter().map(|row| (row.place, row.side)).collect();
        let side = |(place, conflict): (u32, &Conflict)| {
            rows.get(&place).or_else(|| groups.get(group_of(conflict).as_str())).copied().map(Choice::from)
        };
        (0..).zip(conflicts).map(side).collect()
    }
}

/// Who changed the two sides of a conflict.
pub type Sides = [Option<Changed>; 2];

/// What a page of conflicts needs besides them.
pub struct PageOf<'a> {
    pub plan: &'a Plan,
    pub with: MergedWith,
    pub shows_pay: bool,
    /// How many are listed in full.
    pub limit: usize,
}

impl PageOf<'_> {
    /// `sides` is asked for those that are listed.
    pub fn page(
        &self,
        conflicts: &[Conflict],
        token: String,
        mut sides: impl FnMut(usize, &Conflict) -> Sides,
    ) -> ConflictPage {
        let mut groups: Vec<(String, Vec<usize>)> = Vec::new();
        let mut known: FxHashMap<String, usize> = FxHashMap::default();
        for (place, conflict) in conflicts.iter().enumerate() {
            let group = group_of(conflict);
            let at = *known.entry(group).or_insert_with_key(|group| {
                groups.push((group.clone(), Vec::new()));
                groups.len() - 1
            });
            groups[at].1.push(place);
        }
        let mut left = self.limit;
        let groups = groups.into_iter().map(|(id, places)| {
            // Of each group at least a few, so that none is decided unseen.
            let shown = places.len().min(left.max(FEWEST));
            left = left.saturating_sub(shown);
            let listed = places[..shown].iter();
            ConflictGroup {
                id,
                title: self.title(&conflicts[places[0]]),
                count: places.len() as u32,
                rows: listed
                    .map(|place| self.row(*place, &conflicts[*place], sides(*place, &conflicts[*place])))
                    .collect(),
            }
        });
        ConflictPage { groups: groups.collect(), total: conflicts.len() as u32, token }
    }

    fn title(&self, conflict: &Conflict) -> String {
        format!("{}: {}", capitalized(conflict.subject.kind.noun()), self.with.alike(conflict))
    }

    fn row(&self, place: usize, conflict: &Conflict, [ours, theirs]: Sides) -> ShownConflict {
        let words = ConflictWords::new(self.plan, conflict, self.with, self.shows_pay);
        let values = words.values.map(|[before, ours, theirs]| ConflictValues { before, ours, theirs });
        let held = [conflict.held.alone()];
        let presenter = ChangePresenter::new(self.plan, &held, self.shows_pay);
        ShownConflict {
            place: place as u32,
            kind: conflict.subject.kind.into(),
            id: Id(conflict.subject.id),
            name: words.name,
            cause: words.cause,
            held: values.is_none().then(|| presenter.stretch(0, 1).changes.pop()).flatten(),
            values,
            with: along(conflict),
            ours_by: ours.map(ChangedBy::from),
            theirs_by: theirs.map(ChangedBy::from),
        }
    }
}

fn along(conflict: &Conflict) -> String {
    let mut counts: Vec<(Kind, usize)> = Vec::new();
    for subject in &conflict.with {
        match counts.iter_mut().find(|(kind, _)| *kind == subject.kind) {
            Some((_, count)) => *count += 1,
            None => counts.push((subject.kind, 1)),
        }
    }
    listed(&counts.iter().map(|(kind, count)| count_of(*count, kind.noun())).collect::<Vec<_>>())
}

/// Conflicts of one group can be decided alike: of one kind of entity, of one field or for one reason.
fn group_of(conflict: &Conflict) -> String {
    let kind = conflict.subject.kind.word();
    let reason = match &conflict.cause {
        ConflictCause::Field { field, .. } | ConflictCause::Together { field, .. } => field,
        ConflictCause::TheyDeleted { .. } => "they-deleted",
        ConflictCause::WeDeleted { .. } => "we-deleted",
        ConflictCause::Missing { .. } => "missing",
        ConflictCause::StillReferenced { .. } => "referenced",
        ConflictCause::DuplicateKey { .. } => "duplicate",
        ConflictCause::Loop { .. } => "loop",
        ConflictCause::FilledTwice { .. } => "filled-twice",
        ConflictCause::BudgetExceeded { .. } => "budget",
    };
    let is_together = matches!(conflict.cause, ConflictCause::Together { .. });
    format!("{kind}{}{reason}", if is_together { "+" } else { ":" })
}
