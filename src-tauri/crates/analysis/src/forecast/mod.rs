//! On which days gaps open and close, worked out from the dates in the plan and not by looking at each day.
//!
//! Between two neighbouring dates nothing changes, so each service and each team is looked at only on the days on
//! which something that it stands on begins or ends.

mod service;
mod team;
mod window;

use chrono::NaiveDate;
use headroom_model::{EntityRef, PersonId, Plan, ServiceId};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::Serialize;

use crate::{on_call::Rota, policy::Policy, rules};
use window::{Presence, Window};

/// What can be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GapKind {
    /// A service without an accountable owner.
    Unowned,
    /// A service whose owners come down to nobody.
    Nobody,
    /// A service whose owners come down to one person.
    OnePerson,
    /// A service that needs something which is not there.
    Dangling,
    /// A team that owns something and has nobody.
    TeamEmpty,
    /// A team that owns something and has one person.
    TeamOnePerson,
    /// A team that owns something of tier 1 or 2 and cannot staff on-call.
    OnCall,
}

impl GapKind {
    pub const ALL: [GapKind; 7] = [
        GapKind::Unowned,
        GapKind::Nobody,
        GapKind::OnePerson,
        GapKind::Dangling,
        GapKind::TeamEmpty,
        GapKind::TeamOnePerson,
        GapKind::OnCall,
    ];

    /// In words, as the end of a sentence about its subject.
    pub fn words(self) -> &'static str {
        match self {
            GapKind::Unowned => "has no owner",
            GapKind::Nobody => "has an owner and nobody behind it",
            GapKind::OnePerson => "rests on one person",
            GapKind::Dangling => "needs something that is not there",
            GapKind::TeamEmpty => "owns something and has nobody",
            GapKind::TeamOnePerson => "owns something and has one person",
            GapKind::OnCall => "cannot staff on-call for what it owns",
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// Something is missing from one day to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// A service or a team.
    pub subject: EntityRef,
    pub kind: GapKind,
    /// The first day of the gap; none when it is open on the first day of the forecast.
    pub opens: Option<NaiveDate>,
    /// The first day on which it is closed again; none when it is open on the last day of the forecast.
    pub closes: Option<NaiveDate>,
    /// Whose going or coming opens it: people, owners, or what is needed.
    pub because: Vec<EntityRef>,
    /// The people who are left when it opens.
    pub people: Vec<PersonId>,
}

/// Which gap it is: two forecasts have the same gap when these agree.
pub type GapKey = (EntityRef, GapKind, Option<NaiveDate>, Option<NaiveDate>);

impl Gap {
    pub fn key(&self) -> GapKey {
        (self.subject, self.kind, self.opens, self.closes)
    }
}

/// Somebody leaves: the day is the last one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaver {
    pub person: PersonId,
    pub last_day: NaiveDate,
}

/// What is to be known.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// First day looked at.
    pub from: NaiveDate,
    /// Last day looked at.
    pub until: NaiveDate,
    /// People who leave although the plan does not say so, or says later.
    pub leavers: &'a [Leaver],
    /// How many it takes to be on call.
    pub rota: Rota,
    /// On-call counts for services of this tier and those above: 2 for tiers 1 and 2.
    pub on_call_tier: u8,
}

impl<'a> Question<'a> {
    /// With the numbers of the plan's policy.
    pub fn new(plan: &Plan, from: NaiveDate, until: NaiveDate, leavers: &'a [Leaver]) -> Self {
        let (rota, on_call_tier) = rules::on_call_policy(&Policy::from_plan(plan));
        Self { from, until: until.max(from), leavers, rota, on_call_tier }
    }
}

/// Every gap that is open on a day of the question, by the day on which it opens.
pub fn forecast(plan: &Plan, question: &Question<'_>) -> Vec<Gap> {
    let presence = Presence::new(plan, question);
    let mut gaps = service_gaps(plan, &presence);
    let teams = team::Owned::new(plan, &presence, question.on_call_tier);
    let of_team = |team: &headroom_model::Team| team::gaps(&presence, &teams, team, question);
    gaps.par_extend(plan.teams.rows().par_iter().flat_map_iter(of_team));
    sort(&mut gaps);
    gaps
}

/// Gaps of services alone that open during the days of the question because people go.
pub(crate) fn openings(plan: &Plan, question: &Question<'_>) -> Vec<Gap> {
    let presence = Presence::new(plan, question);
    // Most services have nobody behind them who comes or goes.
    let owned = plan.ownerships.iter().filter(|row| row.is_accountable());
    let moving: FxHashSet<ServiceId> =
        owned.filter(|row| presence.is_moving(row.owner)).map(|row| row.service).collect();
    if moving.is_empty() {
        return Vec::new();
    }
    let rows = service::Rows::owners_of(plan, &moving);
    let services = moving.iter().filter_map(|id| plan.services.get(*id));
    let of_service = |service: &headroom_model::Service| service::gaps(&presence, &rows, service);
    let mut gaps: Vec<Gap> = services.flat_map(of_service).filter(|gap| gap.opens.is_some()).collect();
    sort(&mut gaps);
    gaps
}

fn service_gaps(plan: &Plan, presence: &Presence<'_>) -> Vec<Gap> {
    let rows = service::Rows::new(plan);
    let of_service = |service: &headroom_model::Service| service::gaps(presence, &rows, service);
    plan.services.rows().par_iter().flat_map_iter(of_service).collect()
}

fn sort(gaps: &mut [Gap]) {
    gaps.par_sort_unstable_by_key(|gap| (gap.opens, gap.kind, gap.subject, gap.closes));
}

/// One stretch of days on which nothing changes for a subject.
struct Stretch<S> {
    /// Days since the first of the window.
    start: u32,
    state: S,
}

/// What a subject is like during a stretch.
trait State {
    /// The gaps that are open, one bit a kind.
    fn open(&self) -> u8;
    /// What differs from the stretch before, for a gap that opens now.
    fn because(&self, before: Option<&Self>, kind: GapKind, subject: EntityRef) -> Vec<EntityRef>;
    fn people(&self) -> &[PersonId];
}

/// Those who were there and are not any more.
fn gone(was: &[PersonId], is: &[PersonId]) -> Vec<EntityRef> {
    was.iter().filter(|person| !is.contains(person)).map(|person| (*person).into()).collect()
}

/// Joins stretches to gaps: a gap goes on as long as neighbouring stretches have it.
fn gaps_of<S: State>(window: &Window, subject: EntityRef, stretches: &[Stretch<S>]) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    let mut open: [Option<usize>; GapKind::ALL.len()] = Default::default();
    let mut before: Option<&S> = None;
    for stretch in stretches {
        let bits = stretch.state.open();
        for kind in GapKind::ALL {
            let slot = &mut open[kind as usize];
            match (*slot, bits & kind.bit() != 0) {
                (None, true) => {
                    *slot = Some(gaps.len());
                    gaps.push(Gap {
                        subject,
                        kind,
                        opens: (stretch.start > 0).then(|| window.day(stretch.start)),
                        closes: None,
                        because: match stretch.start {
                            0 => Vec::new(),
                            _ => stretch.state.because(before, kind, subject),
                        },
                        people: stretch.state.people().to_vec(),
                    });
                }
                (Some(at), false) => {
                    gaps[at].closes = Some(window.day(stretch.start));
                    *slot = None;
                }
                _ => {}
            }
        }
        before = Some(&stretch.state);
    }
    gaps
}
