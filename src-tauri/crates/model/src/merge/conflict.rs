//! What two sides have done that does not go together.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    patch::{Fields, Patch, row_of},
    row::value_of,
};
use crate::{
    cascading_delete::delete_cascading,
    change::{Change, Edit},
    draft::Draft,
    kind::EntityRef,
    plan::Plan,
    tables::EntityTable,
};

/// A conflict: data to be decided. *Ours* is the plan into which something is merged, *theirs* what is merged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conflict {
    pub subject: EntityRef,
    pub cause: ConflictCause,
    /// The change that was held back, in whole or for this field.
    pub held: Patch,
    /// What was to be deleted with it and stays with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<EntityRef>,
}

/// Why a change was held back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConflictCause {
    /// Both have changed the same field, differently.
    Field { field: String, base: Value, ours: Value, theirs: Value },
    /// They have deleted what we have changed.
    TheyDeleted { fields: Vec<String> },
    /// We have deleted what they have changed.
    WeDeleted { fields: Vec<String> },
    /// It refers to something that the plan no longer has.
    Missing { target: EntityRef },
    /// They have deleted it, and something of ours refers to it.
    StillReferenced { by: EntityRef },
    /// Another entity has the key already.
    DuplicateKey { key: String },
    /// Teams, positions or items would be above themselves; the path in names.
    Loop { path: Vec<String> },
    /// Each side is fine by itself; together the row breaks a rule.
    Together { field: String, message: String },
    /// Both have put someone into one position, for days that overlap.
    FilledTwice { by: EntityRef },
    /// Budgets of teams exceed that of the team above them.
    BudgetExceeded { by: EntityRef },
}

/// Whose side is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// What the plan has.
    Ours,
    /// What was held back.
    Theirs,
}

fn field_value<T: EntityTable>(row: &T, name: &str) -> Option<Value> {
    crate::field::field::<T>(name).map(|field| value_of(field.value(row)))
}

impl Conflict {
    pub(super) fn new(cause: ConflictCause, held: Patch) -> Self {
        Self { subject: held.subject(), cause, held, with: Vec::new() }
    }

    /// The conflict as it stands with the plan as it is; none if there is none any more, since the plan has what was held
    /// back.
    pub fn current(&self, plan: &Plan) -> Option<Conflict> {
        let is_there = with_row!(plan, self.subject, _row => ()).is_some();
        let cause = match &self.cause {
            ConflictCause::Field { field, .. } if !is_there => {
                ConflictCause::WeDeleted { fields: vec![field.clone()] }
            }
            ConflictCause::Field { field, base, theirs, .. } => {
                let ours = with_row!(plan, self.subject, row => field_value(row, field)).flatten()?;
                if ours == *theirs {
                    return None;
                }
                let (field, base, theirs) = (field.clone(), base.clone(), theirs.clone());
                ConflictCause::Field { field, base, ours, theirs }
            }
            ConflictCause::TheyDeleted { .. } | ConflictCause::StillReferenced { .. } if !is_there => {
                return None;
            }
            other => other.clone(),
        };
        Some(Conflict { cause, ..self.clone() })
    }

    /// The entities that it is about: its own, the one that it met, and those that stay with it.
    pub fn involved(&self) -> Vec<EntityRef> {
        let met = match &self.cause {
            ConflictCause::Missing { target: other }
            | ConflictCause::StillReferenced { by: other }
            | ConflictCause::FilledTwice { by: other }
            | ConflictCause::BudgetExceeded { by: other } => Some(*other),
            _ => None,
        };
        std::iter::once(self.subject).chain(met).chain(self.with.iter().copied()).collect()
    }

    /// The field at which both sides met, if it is one.
    pub fn field(&self) -> Option<&str> {
        match &self.cause {
            ConflictCause::Field { field, .. } | ConflictCause::Together { field, .. } => Some(field),
            _ => None,
        }
    }

    /// The changes that take their side; for ours nothing has to be changed. What is deleted goes with what cannot do
    /// without it. `last` is what the entity was before it was deleted, to bring it back.
    pub fn taking(&self, plan: &Plan, choice: Choice, last: Option<&Fields>) -> Vec<Change> {
        match choice {
            Choice::Ours => Vec::new(),
            Choice::Theirs if self.held.after.is_none() => {
                let mut draft = Draft::new(plan);
                delete_cascading(&mut draft, self.subject);
                draft.finish()
            }
            Choice::Theirs => for_kind!(self.subject.kind, T => self.theirs::<T>(plan, last)),
        }
    }

    fn theirs<T: EntityTable>(&self, plan: &Plan, last: Option<&Fields>) -> Vec<Change>
    where
        Change: From<Edit<T>>,
    {
        let id = self.subject.id;
        let before = plan.get::<T>(id.into()).cloned();
        let after = self.held.after.as_ref().map(|fields| {
            let known = || row_of(id, last.unwrap_or(&Fields::new()));
            let mut row: T = before.clone().unwrap_or_else(known);
            for field in T::FIELDS.iter().filter(|field| self.held.changed().contains(&field.name)) {
                field.copy(&row_of(id, fields), &mut row);
            }
            row
        });
        if before == after { Vec::new() } else { vec![Edit::new(id, before, after).into()] }
    }
}
