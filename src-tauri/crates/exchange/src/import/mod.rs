//! The changes of an import as a whole: names that the user has mapped, then one comparison per format, each on top
//! of the one before, summed up as one list.
//!
//! Tests in `tests.rs` import mangled files twice: it never panics, the changes fit the plan, and the second time
//! there are none.

mod incident_services;
mod kept_definitions;
mod known_objectives;
mod names;
mod plan_metrics;
mod practices;
mod repositories;
mod tier_objectives;

use chrono::NaiveDate;
use headroom_figures_import::{match_names, match_scopes};
use headroom_files::{Diagnostic, Level, Place, records::FieldStatement};
use headroom_hr_import::known_people;
use headroom_model::{Change, Draft, Entity as _, EntityRef, EntityTable, Kind, Plan, free_aside, with_row};
use rustc_hash::{FxHashMap, FxHashSet};

use incident_services::match_incident_services;
use kept_definitions::keep_definitions;
use known_objectives::use_objectives_of_plan;
pub use names::{NameMatch, read_names};
use plan_metrics::keep_worked_out;

use crate::{
    diff::{DiffOptions, Preview, Unresolved, counts, diff},
    formats::upptime,
    scan::Part,
};

/// What the user chose about an import.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// The first day on which entities that end no longer exist.
    pub today: NaiveDate,
    /// The sources are complete: what came from the same formats before and is no longer mentioned ends.
    pub complete: bool,
    /// Names that nothing defines, mapped to what they mean.
    pub names: Vec<NameMatch>,
}

/// Compares the parts with the plan. Nothing is changed.
pub fn compare(plan: &Plan, mut parts: Vec<Part>, options: &ImportOptions) -> Preview {
    for part in parts.iter_mut().filter(|part| part.format.id == "sheet") {
        known_people(plan, &mut part.records);
    }
    for part in parts.iter_mut().filter(|part| part.format.measures) {
        keep_definitions(plan, &mut part.records, options.today);
    }
    for part in parts.iter_mut().filter(|part| part.format.id == "bets") {
        use_objectives_of_plan(plan, &mut part.records);
    }
    for part in parts.iter_mut().filter(|part| part.format.id == "csv") {
        tier_objectives::give_to_services(plan, &mut part.records, options.today);
    }
    keep_worked_out(plan, &mut parts);
    for part in parts.iter_mut().filter(|part| part.format.id == "upptime") {
        upptime::leave_out_future(&mut part.records, options.today);
    }
    let diff_part = |plan: &Plan, part: &Part| {
        let options =
            DiffOptions { today: options.today, complete: options.complete, source: part.format.id };
        diff(plan, &part.records, &options)
    };
    if let ([part], []) = (parts.as_mut_slice(), options.names.as_slice()) {
        practices::resolve(plan, &mut part.records, options.today);
        match_groups(plan, part);
        let preview = diff_part(plan, part);
        free_aside(parts);
        return preview;
    }
    let mut sum = Sum::new(plan);
    let mut problems = Vec::new();
    let explained = names::explain(plan, &parts, &options.names, &mut problems);
    sum.apply(explained);
    // Parts that define teams go first, so that others refer to these; those that look for what is known go last.
    let asks = |part: &Part| {
        let mut said = part.records.rows.iter().flat_map(|row| &row.fields);
        said.any(|(_, said)| matches!(said, FieldStatement::FirstKnown(_)))
    };
    parts.sort_by_key(|part| (part.records.teams.is_empty(), asks(part)));
    for part in &mut parts {
        practices::resolve(&sum.working, &mut part.records, options.today);
        match_groups(&sum.working, part);
        let mut preview = diff_part(&sum.working, part);
        let changes = std::mem::take(&mut preview.changes);
        sum.take(preview);
        sum.apply(changes);
    }
    sum.problems.extend(problems);
    free_aside(parts);
    sum.finish(options.today)
}

/// Groups of a help desk are teams, and series of a monitoring tool services, if the plan has them.
fn match_groups(plan: &Plan, part: &mut Part) {
    if part.format.measures {
        match_scopes(plan, &mut part.records);
    }
    // The plan's own tables name keys alone.
    if !part.format.is_exclusive {
        match_names(plan, &mut part.records);
        match_incident_services(plan, &mut part.records);
    }
}

/// Several comparisons added up.
struct Sum<'a> {
    working: Plan,
    /// From the plan to the working one.
    draft: Draft<'a>,
    ended: FxHashSet<EntityRef>,
    unresolved: Vec<Unresolved>,
    at: FxHashMap<(Kind, String), usize>,
    problems: Vec<Diagnostic>,
}

impl<'a> Sum<'a> {
    fn new(plan: &'a Plan) -> Self {
        Self {
            working: plan.clone(),
            draft: Draft::new(plan),
            ended: FxHashSet::default(),
            unresolved: Vec::new(),
            at: FxHashMap::default(),
            problems: Vec::new(),
        }
    }

    fn apply(&mut self, changes: Vec<Change>) {
        // Only a plan file that was changed by other means can contradict changes computed from it.
        if let Err(error) = self.working.apply(&changes) {
            let advice = "check the plan file with “headroom doctor”";
            self.problems.push(Diagnostic::new(Level::Error, Place::default(), error.to_string(), advice));
            return;
        }
        self.draft.extend(changes);
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
        let changes = self.draft.finish();
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
