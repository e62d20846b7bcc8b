//! Teams with more new hires than their experienced members can mentor.

use headroom_model::{EntityRef, TeamId, TeamIx, wording::count_of};

use crate::{
    assumptions::Assumptions,
    capacity::{Capacity, HeadcountLine, Learning, Month, Months, headcount_lines},
    check::{RuleCheck, RuleContext},
    finding::{Evidence, Finding, Rule, Severity, Source, Threshold},
};

pub static RULE: Rule = Rule {
    id: "mentors-short",
    title: "Not enough mentors",
    severity: Severity::Medium,
    why: "New hires learn from someone. Without a mentor who has time, ramp-up takes twice as long and the work stalls.",
    fix: "Postpone some start dates, start some hires on another team, or borrow an experienced colleague.",
    source: Source {
        text: "W. Larson: Productivity in the age of hypergrowth: a quarter of a colleague per new hire",
        url: "https://lethain.com/productivity-in-the-age-of-hypergrowth/",
    },
    depends_on_date: true,
    thresholds: &[
        Threshold {
            name: "months",
            default: 12,
            meaning: "Look-ahead (months)",
            source: "Headroom default: one year, as for departures",
        },
        Threshold {
            name: "percent",
            default: 30,
            meaning: "Mentoring limit (% of the capacity of everyone who isn’t new)",
            source: "Headroom default: above Larson’s quarter for one new hire each",
        },
    ],
};

pub static CHECK: RuleCheck = RuleCheck { rule: &RULE, check, remedies: None };

fn check(check: &RuleContext<'_>, found: &mut Vec<Finding>) {
    let snapshot = check.context.snapshot;
    let (plan, day) = (snapshot.plan(), snapshot.day());
    let assumptions = Assumptions::new(plan);
    let months = Months::new(day, check.threshold("months") as usize);
    let all = headcount_lines(plan, &assumptions);
    let learning = learning_in(plan, &assumptions, &all, &months);
    // Without new hires there is nothing to calculate.
    let of_interest: Vec<HeadcountLine> =
        all.iter().filter(|head| head.team.is_some_and(|team| learning.contains(&team))).copied().collect();
    if of_interest.is_empty() {
        return;
    }
    let capacity = Capacity::of_learning(plan, &assumptions, &of_interest, months, day);
    let limit = f64::from(check.threshold("percent")) / 100.0;
    for at in 0..snapshot.team_count() {
        let team = snapshot.team(at).id;
        let rows = capacity.of(Some(team)).unwrap_or(&[]);
        let is_short =
            |month: &Month| month.lacks_mentors() || month.drag().is_some_and(|drag| drag > limit + 1e-9);
        if let Some(nth) = rows.iter().position(is_short) {
            found.push(finding(check, &assumptions, at, &capacity.months, &of_interest, (nth, &rows[nth])));
        }
    }
}

/// Teams with a new hire who is still learning in these months.
fn learning_in(
    plan: &headroom_model::Plan,
    assumptions: &Assumptions<'_>,
    heads: &[HeadcountLine],
    months: &Months,
) -> rustc_hash::FxHashSet<TeamId> {
    let mut found = rustc_hash::FxHashSet::default();
    let first = months.first_day(0);
    for head in heads {
        let (Some(team), Some(since)) = (head.team, head.since) else { continue };
        let is_over =
            months.place(since) >= months.len() as f64 || head.until.is_some_and(|last| last < first);
        if found.contains(&team) || is_over || months.place(since) < -LONGEST {
            continue;
        }
        let learning = Learning::of(plan, assumptions, head);
        if learning.is_learning(-months.place(since)) || months.place(since) >= 0.0 {
            found.insert(team);
        }
    }
    found
}

/// Months after which nobody counts as new, whatever the ramp-up curve.
const LONGEST: f64 = 36.0;

fn finding(
    check: &RuleContext<'_>,
    assumptions: &Assumptions<'_>,
    at: TeamIx,
    months: &Months,
    heads: &[HeadcountLine],
    (nth, month): (usize, &Month),
) -> Finding {
    let snapshot = check.context.snapshot;
    let (team, last) = (snapshot.team(at), months.last_day(nth));
    let when = if nth == 0 { String::new() } else { format!(" in {}", last.format("%B %Y")) };
    let hires = count_of(month.learning as usize, "new hire");
    let message = match (month.lacks_mentors(), month.room) {
        (true, room) if room < 1.0 => format!("{} has {hires}{when} and no mentor", team.name),
        (true, room) => format!("{} has {hires}{when} and can mentor {room:.0} at a time", team.name),
        (false, _) => format!(
            "{} spends {:.0}% of its experienced members’ time on mentoring{when}",
            team.name,
            month.drag().unwrap_or(0.0) * 100.0
        ),
    };
    let there = heads.iter().filter(|head| head.team == Some(team.id) && head.span().contains(last));
    let is_new = |head: &&HeadcountLine| {
        let learning = Learning::of(snapshot.plan(), assumptions, head);
        head.since.is_some_and(|since| learning.is_learning(months.end(last) - months.place(since) - 1e-9))
    };
    let (new, others): (Vec<&HeadcountLine>, Vec<&HeadcountLine>) = there.partition(is_new);
    let entity = |head: &&HeadcountLine| match (head.person, head.position) {
        (Some(person), _) => Some(EntityRef::from(person)),
        (None, position) => position.map(EntityRef::from),
    };
    let in_order = |heads: &[&HeadcountLine]| {
        let mut entities: Vec<EntityRef> = heads.iter().filter_map(entity).collect();
        entities.sort_by_key(|entity| snapshot.plan().place_of(*entity));
        entities
    };
    let mut finding = Finding::of_team(check, at, message)
        .with(Evidence::entities("New hires", in_order(&new)))
        .with(Evidence::entities("Possible mentors", in_order(&others)));
    finding.day = (nth > 0).then_some(last);
    finding
}
