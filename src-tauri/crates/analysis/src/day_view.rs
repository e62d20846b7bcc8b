use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;
use headroom_model::{EntityRef, Plan, Snapshot, free_aside};
use rustc_hash::FxHashMap;

use crate::{
    context::Context,
    facts::Facts,
    finding::Finding,
    finding_status::{Reviewed, StatusCounts, reviewed},
    policy::Policy,
    rules::{findings, findings_renewed},
    scenario_standings::ScenarioStandings,
};

/// From how many findings on it takes longer to free them than to start a thread that does.
const MANY: usize = 1000;

/// The organisation on one date: snapshot, graph facts, policy and findings.
///
/// Built once per date and state of the plan, and shared by all views. The rules run when somebody first asks for
/// findings: figures that they need may still be read.
pub struct DayView {
    pub snapshot: Snapshot,
    pub facts: Arc<Facts>,
    pub policy: Policy,
    found: OnceLock<Found>,
    outside: Outside,
}

/// The findings of a day, and where those of each subject are.
struct Found {
    findings: Vec<Finding>,
    by_subject: BySubject,
}

impl Found {
    fn new(findings: Vec<Finding>) -> Self {
        Self { by_subject: BySubject::new(&findings), findings }
    }
}

/// What a day is looked at with that the plan does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outside {
    /// Today, if it is known; else the date shown counts as today. See [`Context::asked_on`].
    pub today: Option<NaiveDate>,
    /// How the open scenarios stand.
    pub scenarios: Arc<ScenarioStandings>,
}

impl DayView {
    /// Builds the view with the date shown as today. `known` are facts of an earlier state, reused as far as the
    /// dependencies are the same.
    pub fn new(plan: &Arc<Plan>, day: NaiveDate, known: Option<&Arc<Facts>>) -> Self {
        Self::with(plan, day, Outside::default(), known)
    }

    /// Builds the view of a date that may lie after `today`; see [`Context::asked_on`].
    pub fn asked_on(plan: &Arc<Plan>, day: NaiveDate, today: NaiveDate, known: Option<&Arc<Facts>>) -> Self {
        Self::with(plan, day, Outside { today: Some(today), ..Outside::default() }, known)
    }

    /// The same date of a changed plan.
    pub fn of_plan(&self, plan: &Arc<Plan>) -> Self {
        Self::with(plan, self.snapshot.day(), self.outside.clone(), Some(&self.facts))
    }

    /// Builds the view of a date with what is known beside the plan.
    pub fn with(plan: &Arc<Plan>, day: NaiveDate, outside: Outside, known: Option<&Arc<Facts>>) -> Self {
        let snapshot = plan.as_of(day);
        let facts = match known {
            Some(known) => Facts::renewed(known, &snapshot),
            None => Arc::new(Facts::new(&snapshot)),
        };
        let policy = Policy::from_plan(plan);
        Self { snapshot, facts, policy, found: OnceLock::new(), outside }
    }

    /// Another date between the same two event dates ([`crate::EventDates`]). Only rules that depend on the date run
    /// again.
    pub fn on(&self, day: NaiveDate) -> Self {
        let snapshot = self.snapshot.on(day);
        let (facts, policy, outside) = (self.facts.clone(), self.policy.clone(), self.outside.clone());
        let findings = findings_renewed(&context(&snapshot, &facts, &policy, &outside), self.findings());
        Self { snapshot, facts, policy, found: Found::new(findings).into(), outside }
    }

    fn found(&self) -> &Found {
        self.found.get_or_init(|| Found::new(findings(&self.context())))
    }

    /// Whether the findings are known, or can be without waiting for figures that are still read.
    pub fn has_findings_at_once(&self) -> bool {
        self.found.get().is_some() || self.snapshot.plan().observations.is_there()
    }

    /// All findings, worst first.
    pub fn findings(&self) -> &[Finding] {
        &self.found().findings
    }

    pub fn context(&self) -> Context<'_> {
        context(&self.snapshot, &self.facts, &self.policy, &self.outside)
    }

    pub fn outside(&self) -> &Outside {
        &self.outside
    }

    /// Findings about this entity itself, worst first.
    pub fn findings_of(&self, subject: impl Into<EntityRef>) -> impl Iterator<Item = &Finding> {
        let Found { findings, by_subject } = self.found();
        by_subject.places(subject.into()).map(|at| &findings[at])
    }

    /// How a finding of the day stands on it.
    pub fn reviewed(&self, finding: &Finding) -> Reviewed<'_> {
        reviewed(self.snapshot.plan(), finding, self.snapshot.day())
    }

    /// Those that nobody has accepted or snoozed, worst first.
    pub fn open_findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings().iter().filter(move |finding| self.reviewed(finding).is_open())
    }

    /// As [`DayView::findings_of`], without what was accepted or snoozed.
    pub fn open_findings_of(&self, subject: impl Into<EntityRef>) -> impl Iterator<Item = &Finding> {
        self.findings_of(subject).filter(move |finding| self.reviewed(finding).is_open())
    }

    pub fn status_counts(&self) -> StatusCounts {
        StatusCounts::of(self.findings().iter().map(|finding| self.reviewed(finding).status))
    }

    pub fn finding(&self, id: &str) -> Option<&Finding> {
        self.findings().iter().find(|finding| finding.id == id)
    }
}

impl Drop for DayView {
    /// The findings of a large plan are freed aside: the next view does not wait for that.
    fn drop(&mut self) {
        if let Some(found) = self.found.take().filter(|found| found.findings.len() > MANY) {
            free_aside(found);
        }
    }
}

/// Where the findings of each subject are. A chain for each, and not a list: almost all have one finding.
struct BySubject {
    first: FxHashMap<EntityRef, u32>,
    /// The next finding of the same subject, for each; its own place at the end.
    next: Vec<u32>,
}

impl BySubject {
    fn new(findings: &[Finding]) -> Self {
        let mut first = FxHashMap::default();
        first.reserve(findings.len());
        let mut next = vec![0; findings.len()];
        for (at, finding) in findings.iter().enumerate().rev() {
            next[at] = first.insert(finding.subject, at as u32).unwrap_or(at as u32);
        }
        Self { first, next }
    }

    fn places(&self, subject: EntityRef) -> impl Iterator<Item = usize> {
        let following = |at: &u32| Some(self.next[*at as usize]).filter(|next| next != at);
        std::iter::successors(self.first.get(&subject).copied(), following).map(|at| at as usize)
    }
}

fn context<'a>(
    snapshot: &'a Snapshot,
    facts: &'a Facts,
    policy: &'a Policy,
    outside: &'a Outside,
) -> Context<'a> {
    let context = Context::new(snapshot, facts, policy).with_scenarios(&outside.scenarios);
    match outside.today {
        Some(today) => context.asked_on(today),
        None => context,
    }
}
