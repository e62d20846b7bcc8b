//! What follows from a plan: findings, coverage gaps, forecast, capacity, cost, schedules of hires, onboarding.
//!
//! Everything here is a pure function of a [`Plan`](headroom_model::Plan), or of a
//! [`Snapshot`](headroom_model::Snapshot) (the plan as of one date) and a [`Policy`]. The crate reads no clock, no
//! environment and no files: the date shown and today are arguments. It changes nothing either; whatever can be done
//! about a finding is a list of changes ([`Remedy`]) that the caller shows and applies.
//!
//! # Words
//!
//! - A *finding* is something a [`Rule`] found on a date, with a [`Severity`], a subject and evidence.
//! - A *position* is a job, filled or not. An *occupancy* is the days on which somebody, or a planned hire, is in it.
//! - The *responders* of a service are the people its accountable owners come down to ([`Responders`]).
//! - A *gap* is a range of days on which a service or team lacks people; *coverage* is which hires close it.
//! - *Event dates* are the days on which anything in the plan begins or ends ([`EventDates`]).
//!
//! # Where things live
//!
//! | question | module |
//! | --- | --- |
//! | What is wrong on a date? | `rules`, [`findings`]; together with the snapshot and graph facts in [`DayView`] |
//! | Which findings are open, accepted or snoozed? | [`reviewed`]; which have one cause, [`cause_of`] |
//! | What does a rule say, read and give? | `finding`, `policy`, `check`, from the bottom up; none knows a rule |
//! | Cycles, impact, articulation points | [`graph`]; kept for a date in [`Facts`] |
//! | Who supports a service, and how severe is a gap? | [`Responders`], [`SeverityScale`], [`on_call`], [`team_load`] |
//! | What depends on one person? | [`reliance`] |
//! | When do gaps open and close? | [`forecast`] |
//! | Which planned hires close which gap? | [`coverage`] |
//! | What if somebody leaves? | [`what_if`] |
//! | Who could own a service? | [`assign`] |
//! | Who is in which position, and when? | [`hiring`] |
//! | Which assumption holds for whom? | [`assumptions`] |
//! | By when must a position be opened? | [`schedule`], [`funnel`] |
//! | What follows from an edit? | [`consequences`] |
//! | What were the figures of a metric, period by period? | [`metrics`] |
//! | Are the objectives met that a position waits for? Since when, and when at the earliest? | [`gates`] |
//! | What does the plan cost? | [`cost`] |
//! | What do clouds cost, and whose is that? | [`cloud_cost`]; who pays in the end [`chargeback`] |
//! | What differs between two days, or between a scenario and the plan? | [`comparison`]; on a map [`map_comparison`] |
//! | By which figures are plans compared? | [`plan_figures`] |
//! | How do open scenarios stand to the plan and to each other? | [`scenario_standings`] |
//! | Did what was expected of a scenario come true? | [`expected_figures`] |
//! | What does a leadership team walk through once a month? | [`playbook`] |
//! | How many people does support need? | [`staffing`] |
//! | How much can teams do? | [`capacity`]; with chance in [`simulation`] |
//! | Checklists, templates | [`onboarding`] |
//! | Learning paths, introductions, first tasks | [`generated_tasks`] |
//! | What does a diagram show? | [`map`], [`graph_view`], [`matrix`] |
//!
//! # Floors
//!
//! A file imports only from below. From the bottom: the words of findings and the algorithms on graphs; the policy
//! with the thresholds that many read, the kinds of gap; occupancies, on-call, severity of gaps; forecast, capacity,
//! cost; coverage, checklists, and what a rule is given; what-if and the rules, each in a file; the table of rules and
//! running them; the view of a day; generated tasks, figures of a plan, the Playbook.
//!
//! # Invariants
//!
//! - Results depend neither on the order of rows nor on the numbers of IDs. Ties are broken by name and then by key
//!   (`Plan::place_of`), and IDs of findings are made of keys and dates.
//! - A person who is only referred to (`unconfirmed`) counts as nobody: on teams, as responder, as lead or buddy,
//!   and in every figure. A position counts as a position even if the person in it is unconfirmed.
//! - Between two neighbouring event dates only rules with [`Rule::depends_on_date`] may give other findings.
//! - What runs on several threads gives the same result as on one.
//!
//! # Not here
//!
//! Reading and writing formats is the crate `headroom-exchange`. View models, and the rule that hides pay, are in the
//! desktop shell.
//!
//! # Tests
//!
//! Unit and property tests are beside the code. `tests/all` has tests of whole plans: brute force on random
//! organisations, published examples, and a second, plain simulation. `names_and_rows` shuffles rows, and gives
//! other IDs and keys.

mod across_teams;
pub mod assign;
pub mod assumptions;
pub mod bets;
pub mod blast_radius;
pub mod capacity;
pub mod chargeback;
mod check;
pub mod cloud_cost;
pub mod comparison;
pub mod consequences;
mod context;
pub mod cost;
pub mod coverage;
mod coverage_severity;
mod day_view;
pub mod delivery;
mod domain;
pub mod error_budget;
mod event_dates;
pub mod expected_figures;
mod facts;
mod finding;
mod finding_cause;
mod finding_status;
pub mod forecast;
pub mod funnel;
mod gap;
pub mod gates;
pub mod generated_tasks;
pub mod graph;
pub mod graph_view;
pub mod hiring;
pub mod incidents;
mod lasting_responders;
mod lead_times;
pub mod map;
pub mod map_comparison;
pub mod markets;
pub mod matrix;
pub mod measures;
pub mod metrics;
pub mod on_call;
pub mod onboarding;
pub mod plan_figures;
pub mod playbook;
mod policy;
pub mod practices;
pub mod reliance;
mod responders;
mod rules;
pub mod scenario_standings;
pub mod schedule;
pub mod simulation;
pub mod staffing;
mod stats;
pub mod team_load;
pub mod team_split;
pub mod what_if;

pub use across_teams::edges_without_shared_owner;
pub use consequences::{EditOutcome, with_consequences};
pub use context::Context;
pub use coverage_severity::{Importance, SeverityScale};
pub use day_view::{DayView, Outside};
pub use domain::Domain;
pub use event_dates::EventDates;
pub use facts::Facts;
pub use finding::{Evidence, Finding, Remedy, Rule, Severity, Source, Threshold, most_urgent};
pub use finding_cause::{FindingCause, cause_of};
pub use finding_status::{FindingStatus, Reopened, Reviewed, StatusCounts, reviewed};
pub use gap::CoverageState;
pub use headroom_model::is_lead;
pub use map::domains_of;
pub use policy::{Policy, load_limit, oldest_practice};
pub use responders::Responders;
pub use rules::{RULES, findings, has_remedies, remedies, rule, template_review_limit};
pub use stats::{Stats, TransitiveDependents};
