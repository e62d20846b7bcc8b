//! Collaborations that go on after their agreed end, or too long without one.

use chrono::{Days, Months};
use headroom_model::{Draft, Entity, Interaction, mode};

use super::support::apart::add_apart;
use crate::{
    check::{RuleCheck, RuleContext},
    context::Context,
    finding::{Evidence, Finding, Remedy, Rule, Severity, Source, Threshold},
};

pub static RULE: Rule = Rule {
    id: "collaboration-outlived",
    title: "Overrunning collaboration",
    severity: Severity::Low,
    why: "Close collaboration costs both teams and is meant to be temporary. If it never ends, the team boundary is in the wrong place.",
    fix: "End it, agree on a new end date, or move the boundary.",
    source: Source {
        text: "M. Skelton, M. Pais: Team Topologies: collaboration and facilitating are temporary",
        url: "https://teamtopologies.com/key-concepts",
    },
    depends_on_date: true,
    thresholds: &[Threshold {
        name: "days",
        default: 183,
        meaning: "Maximum duration without an agreed end (days)",
        source: "Headroom default: half a year",
    }],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: Some(remedies) };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    // On a future date, nobody can have ended or extended it later than today.
    let (day, lasting) = (check.context.asked_on, Days::new(check.threshold("days").into()));
    let temporary =
        |row: &&Interaction| [mode::COLLABORATION, mode::FACILITATING].contains(&row.mode.as_str());
    for row in snapshot.interactions().filter(temporary) {
        let last = row.expected_end.or_else(|| row.from?.checked_add_days(lasting));
        let Some(last) = last.filter(|last| *last < day) else { continue };
        let Some(at) = snapshot.team_ix(row.team) else { continue };
        let (team, other) = (&snapshot.team(at).name, snapshot.plan().name_of(row.with.into()));
        let (still, has) = match row.mode == mode::COLLABORATION {
            true => ("collaborates with", "collaborated with"),
            false => ("facilitates", "facilitated"),
        };
        let message = match row.expected_end {
            Some(_) => {
                format!(
                    "{team} still {still} {other}; this was due to end on {}",
                    headroom_model::wording::date(last)
                )
            }
            None => format!(
                "{team} has {has} {other} since {} with no agreed end",
                row.from.map_or_else(String::new, |from| headroom_model::wording::date(from).to_string())
            ),
        };
        let key = snapshot.plan().key_of(row.with.into()).to_owned();
        // Two teams may have two such interactions at a time.
        let since = row.from.map_or_else(|| "always".to_owned(), |from| from.to_string());
        let mut finding = Finding::of_team(check, at, message).about(&key).about(&row.mode).about(&since);
        if !row.purpose.is_empty() {
            finding = finding.with(Evidence::words("Purpose", row.purpose.clone()));
        }
        add_apart(found, finding.with(Evidence::entities("Interaction", [row.id.into()])));
    }
}

fn remedies(context: &Context<'_>, finding: &Finding) -> Vec<Remedy> {
    let snapshot = context.snapshot;
    let meant = finding.evidence.iter().find(|evidence| evidence.label == "Interaction");
    let row = meant
        .and_then(|evidence| evidence.entities.first())
        .and_then(|row| snapshot.plan().interactions.get(row.id.into()));
    let Some(row) = row else { return Vec::new() };
    let remedy = |label: &str, row: Interaction| {
        let mut draft = Draft::new(snapshot.plan());
        draft.put(row);
        Remedy::new(label, draft.finish())
    };
    let until = row.date_range().ended_before(snapshot.day()).until;
    let expected_end = snapshot.day().checked_add_months(Months::new(3));
    vec![
        remedy("End interaction", Interaction { until, ..row.clone() }),
        remedy("Extend by three months", Interaction { expected_end, ..row.clone() }),
    ]
}
