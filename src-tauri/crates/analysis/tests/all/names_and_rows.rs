//! Neither the order of rows nor the keys of things change what follows from a plan.

use std::{collections::BTreeSet, sync::Arc};

use headroom_analysis::{
    DayView, Facts, Finding, Stats,
    assign::Candidates,
    coverage::cover_gaps,
    forecast::{ForecastParams, GapKind, forecast},
};
use headroom_model::{EntityRef, Plan};
use proptest::prelude::*;

use crate::{
    organisation::organisation,
    plans::{day, first},
};

/// Everything that is said of a plan, in words that hold neither keys nor the numbers of rows.
#[derive(Debug, PartialEq)]
struct Said {
    findings: Vec<String>,
    /// Of the findings. They alone hold keys.
    ids: Vec<String>,
    suggestions: Vec<String>,
    forecast: Vec<String>,
    coverage: Vec<String>,
}

fn said(plan: Plan) -> Said {
    let plan = Arc::new(plan);
    let view = DayView::new(&plan, day(10), None);
    let question = ForecastParams::new(&plan, day(10), day(120));
    Said {
        findings: view.findings.iter().map(|finding| finding_said(&plan, finding)).collect(),
        ids: view.findings.iter().map(|finding| finding.id.clone()).collect(),
        suggestions: suggestions(&view),
        forecast: forecast(&plan, &question)
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
        coverage: coverage(&plan, &question),
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
    // A seat is told with its key.
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

fn coverage(plan: &Plan, question: &ForecastParams<'_>) -> Vec<String> {
    let meeting = cover_gaps(plan, question);
    let position =
        |help: &headroom_analysis::coverage::HireCoverage| (name(plan, help.position.into()), help.from);
    let gaps = meeting.gaps.iter().map(|met| {
        let seats: Vec<_> = met.seats.iter().map(position).collect();
        let subject = name(plan, met.gap.subject);
        format!(
            "{subject} {:?} {:?} {seats:?} {:?} {:?}",
            met.gap.kind, met.severity, met.uncovered, met.closed_from
        )
    });
    gaps.chain(meeting.idle.iter().map(|help| format!("{:?}", position(help)))).collect()
}

/// By its name alone; a seat by its title.
fn name(plan: &Plan, entity: EntityRef) -> String {
    keyless(plan, &plan.name_of(entity))
}

fn names(plan: &Plan, entities: &[EntityRef]) -> String {
    entities.iter().map(|entity| name(plan, *entity)).collect::<Vec<_>>().join(", ")
}

/// Without the keys of seats, of which none is part of another.
fn keyless(plan: &Plan, text: &str) -> String {
    plan.positions.iter().fold(text.to_owned(), |text, position| text.replace(&position.key, "…"))
}

/// A finding about several that are alike is told of the one whose key comes first: then only how many there are says the
/// same under other keys.
fn told_by_key(finding: &str) -> bool {
    ["cycle-", "duplicated-work"].iter().any(|rule| finding.contains(&format!(" {rule}")))
}

fn under_other_keys(said: Said) -> (Said, usize) {
    let (by_key, mut findings): (Vec<String>, Vec<String>) =
        said.findings.into_iter().partition(|finding| told_by_key(finding));
    // They are listed by their ids.
    findings.sort();
    (Said { findings, ids: Vec::new(), ..said }, by_key.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// Nor their numbers; and no two findings have one id.
    #[test]
    fn the_order_of_rows_changes_nothing((organisation, seed) in (organisation(), any::<u64>())) {
        let (plan, shuffled) = (organisation.plan(), organisation.clone().shuffled(seed).plan());
        let found = said(plan.clone());
        prop_assert_eq!(&found, &said(shuffled.clone()));
        prop_assert_eq!(found.ids.iter().collect::<BTreeSet<_>>().len(), found.ids.len(), "{:?}", found.ids);
        prop_assert_eq!(figures(plan), figures(shuffled));
    }

    /// Where nobody has their hands full.
    #[test]
    fn taking_somebody_off_a_team_closes_no_gap((organisation, at) in (organisation(), any::<usize>())) {
        let nobody = |plan: Plan| {
            let question = ForecastParams { load_limit: 100_000, ..ForecastParams::new(&plan, day(0), day(120)) };
            let hires = cover_gaps(&plan, &question).hires;
            let gaps = forecast(&plan, &question.clone().with(&hires));
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
    fn other_keys_change_nothing((organisation, keys) in (organisation(), any::<u64>())) {
        let other = organisation.clone().with_keys(keys);
        prop_assert_eq!(under_other_keys(said(organisation.plan())), under_other_keys(said(other.plan())));
    }
}

/// What is reckoned by the owner that is named first hangs on the order of rows, and says so.
fn figures(plan: Plan) -> Stats {
    let snapshot = Arc::new(plan).as_of(first());
    let stats = Stats::new(&snapshot, &Facts::new(&snapshot));
    Stats { cross_owner_dependency_edges: 0, team_cycles: 0, team_cycle_sizes: Vec::new(), ..stats }
}
