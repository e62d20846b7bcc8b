//! How a finding stands on a day: open, or accepted or snoozed by a decision of the plan.
//!
//! Rules know nothing of this: what they find is joined to what was decided afterwards. A finding counts as open unless a
//! decision holds for certain: on the day looked at, and for a finding that is not more severe than it was then.

use chrono::NaiveDate;
use headroom_model::{FindingDecision, FindingReview, Plan};

use crate::finding::{Finding, Severity};

/// Whether a finding counts as open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FindingStatus {
    Open,
    /// Known, and left as it is.
    Accepted,
    /// To be looked at again later.
    Snoozed,
}

impl FindingStatus {
    pub const ALL: [FindingStatus; 3] =
        [FindingStatus::Open, FindingStatus::Accepted, FindingStatus::Snoozed];

    /// Name in files: `accepted`.
    pub fn name(self) -> &'static str {
        match self {
            FindingStatus::Open => "open",
            FindingStatus::Accepted => FindingDecision::Accepted.word(),
            FindingStatus::Snoozed => FindingDecision::Snoozed.word(),
        }
    }
}

impl From<FindingDecision> for FindingStatus {
    fn from(decision: FindingDecision) -> Self {
        match decision {
            FindingDecision::Accepted => FindingStatus::Accepted,
            FindingDecision::Snoozed => FindingStatus::Snoozed,
        }
    }
}

/// Why a decision does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reopened {
    /// Its last day has passed.
    Ended(NaiveDate),
    /// The finding is more severe than it was then.
    Worse(Severity),
    /// It was made later than the day looked at.
    NotYet(NaiveDate),
    /// It does not say how severe the finding was.
    Unclear,
}

/// A finding with what was decided about it.
#[derive(Debug, Clone, Copy)]
pub struct Reviewed<'p> {
    pub status: FindingStatus,
    /// Why it counts as open although something was decided.
    pub reopened: Option<Reopened>,
    pub review: Option<&'p FindingReview>,
}

impl Reviewed<'_> {
    pub fn is_open(&self) -> bool {
        self.status == FindingStatus::Open
    }
}

/// How a finding of a day stands on it.
pub fn reviewed<'p>(plan: &'p Plan, finding: &Finding, day: NaiveDate) -> Reviewed<'p> {
    let id = if plan.finding_reviews.is_empty() { None } else { plan.find::<FindingReview>(&finding.id) };
    let review = id.and_then(|id| plan.get::<FindingReview>(id));
    let Some((review, decision)) = review.and_then(|row| Some((row, row.decision?))) else {
        return Reviewed { status: FindingStatus::Open, reopened: None, review };
    };
    let reopened = why_reopened(review, finding.severity, day);
    let status = if reopened.is_some() { FindingStatus::Open } else { decision.into() };
    Reviewed { status, reopened, review: Some(review) }
}

fn why_reopened(review: &FindingReview, severity: Severity, day: NaiveDate) -> Option<Reopened> {
    match (Severity::from_name(&review.severity), review.decided, review.until) {
        (_, Some(from), _) if day < from => Some(Reopened::NotYet(from)),
        (_, _, Some(until)) if until < day => Some(Reopened::Ended(until)),
        (None, ..) => Some(Reopened::Unclear),
        (Some(then), ..) if then < severity => Some(Reopened::Worse(then)),
        // Nothing is put off for ever.
        (_, _, None) if review.decision == Some(FindingDecision::Snoozed) => Some(Reopened::Unclear),
        _ => None,
    }
}

/// How many findings stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StatusCounts {
    pub open: usize,
    pub accepted: usize,
    pub snoozed: usize,
}

impl StatusCounts {
    pub fn of(statuses: impl IntoIterator<Item = FindingStatus>) -> Self {
        let mut counts = Self::default();
        for status in statuses {
            match status {
                FindingStatus::Open => counts.open += 1,
                FindingStatus::Accepted => counts.accepted += 1,
                FindingStatus::Snoozed => counts.snoozed += 1,
            }
        }
        counts
    }

    /// `3 accepted, 1 snoozed`; none if there is neither.
    pub fn in_words(self) -> Option<String> {
        let told = [(self.accepted, FindingStatus::Accepted), (self.snoozed, FindingStatus::Snoozed)];
        let told = told.iter().filter(|(count, _)| *count > 0);
        let words: Vec<String> = told.map(|(count, status)| format!("{count} {}", status.name())).collect();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use headroom_model::{Draft, Service};

    use super::*;
    use crate::DayView;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// A plan with one service, which nobody owns, and what was decided about that.
    fn plan(review: impl FnOnce(&mut FindingReview)) -> Plan {
        let mut plan = Plan::default();
        let mut draft = Draft::new(&plan);
        let id = draft.new_id::<Service>();
        draft.put(Service { id, key: "checkout".into(), name: "Checkout".into(), ..Service::default() });
        let mut row = FindingReview {
            decision: Some(FindingDecision::Accepted),
            severity: "high".into(),
            decided: Some(day("2026-11-23")),
            ..FindingReview::of("unowned-service/checkout")
        };
        review(&mut row);
        draft.put(row);
        let changes = draft.finish();
        plan.apply(&changes).unwrap();
        plan
    }

    /// How the finding stands on a day, if it is as severe as this.
    fn on(plan: &Plan, shown: &str, severity: Severity) -> (FindingStatus, Option<Reopened>) {
        let view = DayView::new(&Arc::new(plan.clone()), day(shown), None);
        let mut finding = view.finding("unowned-service/checkout").unwrap().clone();
        finding.severity = severity;
        let reviewed = reviewed(plan, &finding, day(shown));
        (reviewed.status, reviewed.reopened)
    }

    use FindingStatus::{Accepted, Open, Snoozed};

    #[test]
    fn without_a_decision_it_is_open() {
        let assigned = plan(|row| *row = FindingReview { key: "other/checkout".into(), ..row.clone() });
        assert_eq!(on(&assigned, "2026-11-23", Severity::Low), (Open, None));
    }

    #[test]
    fn a_decision_holds_from_its_day_to_its_last_one() {
        let until = plan(|row| row.until = Some(day("2026-12-31")));
        assert_eq!(on(&until, "2026-11-23", Severity::High), (Accepted, None));
        assert_eq!(on(&until, "2026-12-31", Severity::High), (Accepted, None));
        assert_eq!(
            on(&until, "2027-01-01", Severity::High),
            (Open, Some(Reopened::Ended(day("2026-12-31"))))
        );
        assert_eq!(
            on(&until, "2026-11-22", Severity::High),
            (Open, Some(Reopened::NotYet(day("2026-11-23"))))
        );
        assert_eq!(on(&plan(|_| ()), "2036-01-01", Severity::High), (Accepted, None), "without end");
    }

    #[test]
    fn what_gets_worse_is_open_again_and_what_gets_better_is_not() {
        let accepted = plan(|_| ());
        let worse = (Open, Some(Reopened::Worse(Severity::High)));
        assert_eq!(on(&accepted, "2026-12-01", Severity::Critical), worse);
        assert_eq!(on(&accepted, "2026-12-01", Severity::Low), (Accepted, None));
    }

    #[test]
    fn where_in_doubt_it_is_open() {
        for unclear in ["", "dreadful"] {
            let doubtful = plan(|row| row.severity = unclear.into());
            assert_eq!(on(&doubtful, "2026-12-01", Severity::Low), (Open, Some(Reopened::Unclear)));
        }
        let snooze = |until: Option<&str>| {
            plan(|row| (row.decision, row.until) = (Some(FindingDecision::Snoozed), until.map(day)))
        };
        assert_eq!(on(&snooze(None), "2026-12-01", Severity::High), (Open, Some(Reopened::Unclear)));
        assert_eq!(on(&snooze(Some("2026-12-01")), "2026-12-01", Severity::High), (Snoozed, None));
        let taken_back = plan(|row| row.decision = None);
        assert_eq!(on(&taken_back, "2026-12-01", Severity::High), (Open, None));
    }

    #[test]
    fn a_view_counts_what_is_open_and_keeps_the_rest() {
        let accepted = Arc::new(plan(|row| row.until = Some(day("2026-12-31"))));
        let counts = |shown: &str| DayView::new(&accepted, day(shown), None).status_counts();
        let (within, after) = (counts("2026-12-31"), counts("2027-01-01"));
        assert_eq!((within.accepted, after.accepted), (1, 0));
        assert_eq!(within.open + 1, after.open);
        assert_eq!(within.in_words().as_deref(), Some("1 accepted"));
        assert_eq!(after.in_words(), None);
        let view = DayView::new(&accepted, day("2026-12-31"), None);
        let service = view.snapshot.service(0).id;
        assert!(view.open_findings_of(service).all(|finding| finding.rule.id != "unowned-service"));
        assert!(view.findings_of(service).any(|finding| finding.rule.id == "unowned-service"));
    }
}
