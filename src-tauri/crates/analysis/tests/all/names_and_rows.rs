//! Neither the order of rows, the numbers of IDs nor the keys of entities change any result.

use std::{collections::BTreeSet, sync::Arc};

use headroom_analysis::{
    DayView, Facts, Finding, Stats,
    assign::Candidates,
    assumptions::Assumptions,
    capacity::{Capacity, Months, headcount_lines},
    cost::{Costs, MonthTable},
    coverage::cover_gaps,
    forecast::{ForecastParams, GapKind, forecast},
    hiring::departures,
    schedule::{Schedule, Scheduler},
};
use headroom_model::{EntityRef, Plan, Position};
use headroom_tests::renumbered::Renumbered;
use proptest::prelude::*;

use crate::{
    organisation::organisation,
    plans::{day, first},
};

/// The results for a plan as texts without keys and numeric ids.
#[derive(Debug, PartialEq)]
struct Results {
    findings: Vec<String>,
    /// The ids of findings. Only they contain keys.
    ids: Vec<String>,
    suggestions: Vec<String>,
    forecast: Vec<String>,
    coverage: Vec<String>,
}

fn results(plan: Plan) -> Results {
    let plan = Arc::new(plan);
    let view = DayView::new(&plan, day(10), None);
    let params = ForecastParams::new(&plan, day(10), day(120));
    Results {
        findings: view.findings().iter().map(|finding| finding_said(&plan, finding)).collect(),
        ids: view.findings().iter().map(|finding| finding.id.clone()).collect(),
        suggestions: suggestions(&view),
        forecast: forecast(&plan, &params)
            .iter()
            .map(|gap| {
                let (because, people) = (names(&plan, &gap.because), names(&plan, &gap.people));
                let subject = name(&plan, gap.subject);
                format!(
                    "{subject} {:?} {:?} {:?} {because} {people} {}",
                    gap.kind, gap.opens, gap.closes, gap.lack
                )
            })
            .collect(),
        coverage: coverage(&plan, &params),
    }
}

fn finding_said(plan: &Plan, finding: &Finding) -> String {
    let team = finding.team.map(|team| name(plan, team.into()));
    let evidence: Vec<String> = finding
        .evidence
        .iter()
        .map(|it| format!("{} {} {}", it.label, it.text, names(plan, &it.entities)))
        .collect();
    let (severity, rule, subject) = (finding.severity.name(), finding.rule.id, name(plan, finding.subject));
    // Messages about positions contain their key.
    let message = keyless(plan, &finding.message);
    format!(
        "{severity} {rule} of {subject}: {message} {team:?} {} {:?} {evidence:?}",
        finding.weight, finding.day
    )
}

fn suggestions(view: &DayView) -> Vec<String> {
    let snapshot = &view.snapshot;
    let candidates = Candidates::new(&view.context());
    let all: Vec<usize> = (0..snapshot.service_count()).collect();
    let proposals = candidates.propose(&all);
    let proposed = proposals.iter().map(|it| {
        let team = name(snapshot.plan(), it.candidate.team.into());
        let (score, reasons) = (it.candidate.score, it.candidate.in_words());
        format!("{} to {team}: {score} {reasons} {}", snapshot.service(it.service).name, it.is_over)
    });
    let ranked = all.iter().map(|at| {
        let teams = candidates.of(*at).into_iter().chain(candidates.backups_of(*at));
        let teams: Vec<String> = teams
            .map(|it| format!("{} {} {}", name(snapshot.plan(), it.team.into()), it.score, it.in_words()))
            .collect();
        format!("{}: {teams:?}", snapshot.service(*at).name)
    });
    proposed.chain(ranked).chain(candidates.missing()).collect()
}

fn coverage(plan: &Plan, params: &ForecastParams<'_>) -> Vec<String> {
    let report = cover_gaps(plan, params);
    let position =
        |help: &headroom_analysis::coverage::HireCoverage| (name(plan, help.position.into()), help.from);
    let gaps = report.gaps.iter().map(|met| {
        let seats: Vec<_> = met.seats.iter().map(position).collect();
        let subject = name(plan, met.gap.subject);
        format!(
            "{subject} {:?} {:?} {seats:?} {:?} {:?}",
            met.gap.kind, met.severity, met.uncovered, met.closed_from
        )
    });
    gaps.chain(report.idle.iter().map(|help| format!("{:?}", position(help)))).collect()
}

/// The display name: of a position its title.
fn name(plan: &Plan, entity: EntityRef) -> String {
    keyless(plan, &plan.name_of(entity))
}

fn names(plan: &Plan, entities: &[EntityRef]) -> String {
    entities.iter().map(|entity| name(plan, *entity)).collect::<Vec<_>>().join(", ")
}

/// Removes the keys of positions, none of which is a part of another.
fn keyless(plan: &Plan, text: &str) -> String {
    plan.positions.iter().fold(text.to_owned(), |text, position| text.replace(&position.key, "…"))
}

/// Whether the subject of a finding is the first of several equal entities by key. With other keys, only the number
/// of such findings stays the same.
fn is_first_by_key(finding: &str) -> bool {
    ["cycle-", "duplicated-work"].iter().any(|rule| finding.contains(&format!(" {rule}")))
}

fn under_other_keys(results: Results) -> (Results, usize) {
    let (by_key, mut findings): (Vec<String>, Vec<String>) =
        results.findings.into_iter().partition(|finding| is_first_by_key(finding));
    // Sorted, since their order is that of ids.
    findings.sort();
    (Results { findings, ids: Vec::new(), ..results }, by_key.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// The ids of findings are unique.
    #[test]
    fn results_do_not_depend_on_row_order((organisation, seed) in (organisation(), any::<u64>())) {
        let (plan, shuffled) = (organisation.plan(), organisation.clone().shuffled(seed).plan());
        let found = results(plan.clone());
        prop_assert_eq!(&found, &results(shuffled.clone()));
        prop_assert_eq!(found.ids.iter().collect::<BTreeSet<_>>().len(), found.ids.len(), "{:?}", found.ids);
        prop_assert_eq!(figures(plan), figures(shuffled));
    }

    #[test]
    fn results_do_not_depend_on_ids((organisation, seed) in (organisation(), any::<u64>())) {
        let plan = organisation.plan();
        let other = Renumbered::new(&plan, seed);
        prop_assert_eq!(results(plan.clone()), results(other.plan.clone()));
        prop_assert_eq!(figures(plan.clone()), figures(other.plan.clone()));
        let (ours, theirs) = (calculated(plan), calculated(other.plan.clone()));
        prop_assert_eq!(ours, other.in_former_ids(&theirs));
    }

    /// With a service load limit that nobody reaches.
    #[test]
    fn removing_a_member_closes_no_gap((organisation, at) in (organisation(), any::<usize>())) {
        let nobody = |plan: Plan| {
            let params = ForecastParams { load_limit: 100_000, ..ForecastParams::new(&plan, day(0), day(120)) };
            let hires = cover_gaps(&plan, &params).hires;
            let gaps = forecast(&plan, &params.clone().with(&hires));
            let open = gaps.iter().filter(|gap| gap.kind == GapKind::Nobody).flat_map(|gap| {
                let (opens, closes) = (gap.opens.unwrap_or(day(0)), gap.closes.unwrap_or(day(121)));
                let subject = name(&plan, gap.subject);
                opens.iter_days().take_while(move |day| *day < closes).map(move |day| (subject.clone(), day))
            });
            open.collect::<BTreeSet<_>>()
        };
        let (with, without) = (nobody(organisation.plan()), nobody(organisation.clone().without_member(at).plan()));
        prop_assert!(without.is_superset(&with), "{:?}", with.difference(&without).collect::<Vec<_>>());
    }

    #[test]
    fn results_do_not_depend_on_keys((organisation, keys) in (organisation(), any::<u64>())) {
        let other = organisation.clone().with_keys(keys);
        prop_assert_eq!(under_other_keys(results(organisation.plan())), under_other_keys(results(other.plan())));
    }
}

fn figures(plan: Plan) -> Stats {
    let snapshot = Arc::new(plan).as_of(first());
    let stats = Stats::new(&snapshot, &Facts::new(&snapshot));
    // These follow the order of the source.
    Stats { cross_owner_dependency_edges: 0, team_cycles: 0, team_cycle_sizes: Vec::new(), ..stats }
}

/// Who is when in which position, what it costs and what teams can do, with IDs.
fn calculated(plan: Plan) -> String {
    let (assumptions, plan) = (Assumptions::new(&plan), &plan);
    let heads = headcount_lines(plan, &assumptions);
    let months = Months::new(day(0), 6);
    let capacity = Capacity::new(plan, &assumptions, &heads, months, day(10));
    let capacity: Vec<_> = capacity.teams().map(|team| (team, capacity.of(team))).collect();
    let costs = Costs::new(plan, day(0), day(120));
    let table = MonthTable::new(plan, &costs);
    let departures = departures(plan, day(0), day(120));
    let scheduler = Scheduler::new(plan, day(10));
    let schedules: Vec<Schedule> =
        plan.in_order::<Position>().into_iter().map(|position| scheduler.of(position)).collect();
    format!("{heads:#?} {capacity:#?} {costs:#?} {table:#?} {departures:#?} {schedules:#?}")
}
