//! What an import as a whole would change: names that somebody has explained, and one comparison for each format, each
//! on top of the one before, made into a single list of changes.

mod names;

use chrono::NaiveDate;
use headroom_model::{Change, Edit, Entity as _, EntityRef, EntityTable, Kind, Plan, with_edit, with_row};
use rustc_hash::{FxHashMap, FxHashSet};

pub use names::{NameMatch, read_names};

use crate::{
    diagnostic::{Diagnostic, Level, Place},
    diff::{DiffOptions, Preview, Unresolved, counts, diff},
    hr_import::known_people,
    scan::Part,
};

/// What the user says about an import.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// The first day on which what vanished no longer holds.
    pub today: NaiveDate,
    /// The sources hold everything that came from their formats before.
    pub complete: bool,
    /// What names that nothing defines really mean.
    pub names: Vec<NameMatch>,
}

/// Compares what the sources say with the plan. Nothing is altered.
pub fn compare(plan: &Plan, mut parts: Vec<Part>, options: &ImportOptions) -> Preview {
    for part in parts.iter_mut().filter(|part| part.format.id == "sheet") {
        known_people(plan, &mut part.records);
    }
    let diff_part = |plan: &Plan, part: &Part| {
        let options =
            DiffOptions { today: options.today, complete: options.complete, source: part.format.id };
        diff(plan, &part.records, &options)
    };
    if let ([part], []) = (parts.as_slice(), options.names.as_slice()) {
        return diff_part(plan, part);
    }
    let mut sum = Sum::new(plan);
    let mut problems = Vec::new();
    let explained = names::explain(plan, &parts, &options.names, &mut problems);
    sum.apply(explained);
    // Whoever defines teams goes first, so that others mean these.
    parts.sort_by_key(|part| part.records.teams.is_empty());
    for part in &parts {
        let mut preview = diff_part(&sum.working, part);
        let changes = std::mem::take(&mut preview.changes);
        sum.take(preview);
        sum.apply(changes);
    }
    sum.problems.extend(problems);
    sum.finish(options.today)
}

/// The previews of several comparisons as one.
struct Sum<'a> {
    plan: &'a Plan,
    working: Plan,
    /// What has been changed, in the order in which it was first.
    subjects: Vec<Change>,
    seen: FxHashSet<EntityRef>,
    ended: FxHashSet<EntityRef>,
    unresolved: Vec<Unresolved>,
    at: FxHashMap<(Kind, String), usize>,
    problems: Vec<Diagnostic>,
}

impl<'a> Sum<'a> {
    fn new(plan: &'a Plan) -> Self {
        Self {
            plan,
            working: plan.clone(),
            subjects: Vec::new(),
            seen: FxHashSet::default(),
            ended: FxHashSet::default(),
            unresolved: Vec::new(),
            at: FxHashMap::default(),
            problems: Vec::new(),
        }
    }

    fn apply(&mut self, changes: Vec<Change>) {
        // Only a plan file altered by other means can contradict changes that were computed against it.
        if let Err(error) = self.working.apply(&changes) {
            let advice = "check the plan file with “headroom doctor”";
            self.problems.push(Diagnostic::new(Level::Error, Place::default(), error.to_string(), advice));
            return;
        }
        for change in changes {
            if self.seen.insert(change.subject()) {
                self.subjects.push(change);
            }
        }
    }

    fn take(&mut self, preview: Preview) {
        self.ended.extend(preview.ended);
        self.problems.extend(preview.problems);
        for name in preview.unresolved {
            match self.at.get(&(name.kind, name.key.clone())) {
                Some(at) => self.unresolved[*at].mentions += name.mentions,
                None => {
                    self.at.insert((name.kind, name.key.clone()), self.unresolved.len());
                    self.unresolved.push(name);
                }
            }
        }
    }

    fn finish(mut self, today: NaiveDate) -> Preview {
        let changes: Vec<Change> = self
            .subjects
            .iter()
            .filter_map(|change| with_edit!(change, edit => net(edit, self.plan, &self.working)))
            .collect();
        let changed: FxHashSet<EntityRef> = changes.iter().map(Change::subject).collect();
        let working = &self.working;
        let has_ended = |subject: &EntityRef| {
            let until = with_row!(working, *subject, row => row.date_range().until).flatten();
            until.is_some_and(|until| until < today)
        };
        self.ended.retain(|subject| changed.contains(subject) && has_ended(subject));
        // What one format only mentions another may define.
        self.unresolved.retain(|name| is_stub(working, name));
        self.problems.sort_by_key(|problem| std::cmp::Reverse(problem.level));
        Preview {
            counts: counts(&changes, &self.ended),
            changes,
            ended: self.ended,
            unresolved: self.unresolved,
            problems: self.problems,
        }
    }
}

/// From what it was to what it becomes in the end; none when that is the same.
fn net<T: EntityTable>(edit: &Edit<T>, plan: &Plan, working: &Plan) -> Option<Change>
where
    Change: From<Edit<T>>,
{
    let row = |plan: &Plan| T::table(plan).get(edit.id.into()).cloned();
    let (before, after) = (row(plan), row(working));
    (before != after).then(|| Edit { id: edit.id, before, after }.into())
}

fn is_stub(plan: &Plan, name: &Unresolved) -> bool {
    match name.kind {
        Kind::Team => stub_of(plan, &plan.teams, &name.key, |row| row.unconfirmed),
        Kind::Person => stub_of(plan, &plan.people, &name.key, |row| row.unconfirmed),
        Kind::Grouping => plan.groupings.iter().any(|row| row.key == name.key && row.unconfirmed),
        Kind::Service => stub_of(plan, &plan.services, &name.key, |row| row.unconfirmed),
        _ => true,
    }
}

fn stub_of<T: EntityTable>(
    plan: &Plan,
    table: &headroom_model::Table<T>,
    key: &str,
    is_stub: impl Fn(&T) -> bool,
) -> bool {
    plan.find::<T>(key).and_then(|id| table.get(id)).is_some_and(is_stub)
}

#[cfg(test)]
mod tests;
