//! Conflicts of a merge in words, for the window and the command line.

use headroom_hr_import::HIDDEN;
use headroom_model::{
    Change, ChangeWords, Kind, Plan, field_label,
    merge::{Conflict, ConflictCause, Fields, Patch},
    wording::listed,
};
use serde_json::Value;

use crate::hidden_pay::tells_pay;

/// With what the plan is merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MergedWith {
    /// A copy of the plan that was edited apart.
    Copy,
    /// A scenario.
    Scenario,
    /// In a scenario: what the plan has done since.
    Plan,
    /// The undo of an operation that is not the newest.
    Undo,
    /// An edit of something that somebody else had changed meanwhile.
    Edit,
}

impl MergedWith {
    /// What conflicts have in common that are decided alike.
    pub fn alike(self, conflict: &Conflict) -> String {
        let label = |field: &str| field_label(conflict.subject.kind, field);
        match (&conflict.cause, self) {
            (ConflictCause::Field { field, .. }, _) => format!("{} {}", label(field), self.changed_twice()),
            (ConflictCause::TheyDeleted { .. }, _) => {
                format!("{}, but changed {}", self.deleted(), self.meanwhile())
            }
            (ConflictCause::WeDeleted { .. }, _) => match self.place() {
                Some(place) => format!("deleted here, but changed in {place}"),
                None => "deleted since".to_owned(),
            },
            (ConflictCause::Missing { .. }, _) => "refers to something deleted".to_owned(),
            (ConflictCause::StillReferenced { .. }, _) => format!("{}, but still in use", self.deleted()),
            (ConflictCause::DuplicateKey { .. }, _) => "ID already taken".to_owned(),
            (ConflictCause::Loop { .. }, _) => "above itself".to_owned(),
            (ConflictCause::Together { field, message }, _) => format!("{} {message}", label(field)),
            (ConflictCause::FilledTwice { .. }, _) => "position filled twice".to_owned(),
            (ConflictCause::BudgetExceeded { .. }, _) => "exceeds the budget above".to_owned(),
        }
    }

    /// Where the other side was done, if it has a place of its own.
    fn place(self) -> Option<&'static str> {
        match self {
            MergedWith::Copy => Some("the copy"),
            MergedWith::Scenario => Some("the scenario"),
            MergedWith::Plan => Some("the plan"),
            MergedWith::Undo | MergedWith::Edit => None,
        }
    }

    fn changed_twice(self) -> &'static str {
        match self {
            MergedWith::Copy | MergedWith::Scenario | MergedWith::Plan => "was changed on both sides",
            MergedWith::Undo => "was changed again since",
            MergedWith::Edit => "was changed by somebody else meanwhile",
        }
    }

    fn deleted(self) -> &'static str {
        match self {
            MergedWith::Copy => "deleted in the copy",
            MergedWith::Scenario => "deleted in the scenario",
            MergedWith::Plan => "deleted in the plan",
            MergedWith::Undo | MergedWith::Edit => "would be deleted",
        }
    }

    fn meanwhile(self) -> &'static str {
        match self {
            MergedWith::Copy | MergedWith::Scenario | MergedWith::Plan => "here",
            MergedWith::Undo | MergedWith::Edit => "since",
        }
    }
}

/// A conflict as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConflictWords {
    /// What it is about: `Ada Okafor`.
    pub name: String,
    /// What happened: `title was changed on both sides`.
    pub cause: String,
    /// The field's value before both changes, here and in the copy; none if the conflict is not of a field.
    pub values: Option<[String; 3]>,
}

impl ConflictWords {
    /// `shows_pay`: include salaries.
    pub fn new(plan: &Plan, conflict: &Conflict, with: MergedWith, shows_pay: bool) -> Self {
        let held = [conflict.held.alone()];
        let words = ChangeWords::new(plan, &held);
        let label = |field: &str| field_label(conflict.subject.kind, field);
        let labels = |fields: &[String]| listed(&fields.iter().map(|field| label(field)).collect::<Vec<_>>());
        let deleted = with.deleted();
        let (cause, values) = match &conflict.cause {
            ConflictCause::Field { field, base, ours, theirs } => {
                let is_hidden = !shows_pay && tells_pay(&held[0], field);
                let words = |value| value_in_words(plan, conflict, field, value);
                let text =
                    |text: String| if text.is_empty() || !is_hidden { text } else { HIDDEN.to_owned() };
                let values = [base, ours, theirs].map(|value| text(words(value)));
                (format!("{} {}", label(field), with.changed_twice()), Some(values))
            }
            ConflictCause::TheyDeleted { fields } => {
                (format!("{deleted}, but {} changed {}", labels(fields), with.meanwhile()), None)
            }
            ConflictCause::WeDeleted { fields } => match with.place() {
                Some(place) => (format!("deleted here, but {} changed in {place}", labels(fields)), None),
                None => ("was deleted since".to_owned(), None),
            },
            ConflictCause::Missing { target } => {
                (format!("refers to {}, which was deleted", named(target.kind, words.name(*target))), None)
            }
            ConflictCause::StillReferenced { by } => {
                (format!("{deleted}, but {} refers to it", words.name(*by)), None)
            }
            ConflictCause::DuplicateKey { key } => (format!("the ID “{key}” is already taken"), None),
            ConflictCause::Loop { path } => (format!("would be above itself: {}", path.join(" → ")), None),
            ConflictCause::Together { field, message } => (format!("{} {message}", label(field)), None),
            ConflictCause::FilledTwice { by } => {
                (format!("fills the position at the same time as {}", words.name(*by)), None)
            }
            ConflictCause::BudgetExceeded { by } => {
                (format!("together with {} it exceeds the budget of the team above", words.name(*by)), None)
            }
        };
        Self { name: name(conflict, &words), cause, values }
    }
}

/// The name of what a conflict is about, also if it is in the plan no more.
fn name(conflict: &Conflict, words: &ChangeWords<'_>) -> String {
    let name = words.name(conflict.subject);
    if name != conflict.subject.to_string() {
        return name;
    }
    let held = [&conflict.held.after, &conflict.held.before].into_iter().flatten();
    let said = |fields: &Fields| {
        let named = ["name", "title", "key"].iter().find_map(|field| fields.get(*field)?.as_str());
        named.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    held.into_iter().find_map(said).unwrap_or_else(|| format!("deleted {}", conflict.subject.kind.noun()))
}

/// A name, or the noun of its kind where nothing has a name any more.
fn named(kind: Kind, name: String) -> String {
    if name.starts_with(kind.noun()) { format!("a {}", kind.noun()) } else { name }
}

fn value_in_words(plan: &Plan, conflict: &Conflict, field: &str, value: &Value) -> String {
    let after: Fields = [(field.to_owned(), value.clone())].into_iter().collect();
    let patch = Patch {
        kind: conflict.subject.kind,
        id: conflict.subject.id,
        before: Some(Fields::new()),
        after: Some(after),
    };
    let changes: [Change; 1] = [patch.alone()];
    let words = ChangeWords::new(plan, &changes);
    words.fields(&changes[0]).into_iter().map(|field| field.after).next().unwrap_or_default()
}
