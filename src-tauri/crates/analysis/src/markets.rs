//! Markets and channels side by side: what new customers cost and bring there, which bets are made on them, and who works
//! for them; in the order in which they have shown that they pay.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use headroom_model::{
    Bet, BetId, ComparisonOperator, Entity as _, EntityRef, ExactDecimal, Objective, Plan, Position,
    PositionId, Status, Team, TeamId, folded, same_word,
};

use crate::{
    bets::{BetStanding, bets},
    gates::{ObjectiveReading, ObjectiveState, PeriodReading, reading_on, words_of},
    metrics::{ExactValue, Figures, ScopeDimension, SeriesScope, metric_known_as, three_months},
};

/// Payback from which a market does not pay, in months, unless the policy sets another.
pub const PAYBACK_MONTHS: u32 = 12;

/// A market or a channel on a day.
#[derive(Debug, Clone, PartialEq)]
pub struct MarketLine {
    pub name: String,
    pub proof: MarketProof,
    /// Payback over three months; none if it is not known.
    pub payback: Option<ExactValue>,
    /// How that stands: `Payback (Germany) < 12 months: not met …`.
    pub words: String,
    /// Not decided, by their day; then the decided ones.
    pub open_bets: Vec<BetId>,
    pub decided_bets: Vec<BetId>,
    /// Whose customers are named like it, or who bet on it.
    pub teams: Vec<TeamId>,
    /// Their positions that somebody is in.
    pub filled: Vec<PositionId>,
    /// Those that somebody is still to be hired for.
    pub to_hire: Vec<PositionId>,
}

/// What the figures of a market show; the first is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MarketProof {
    Pays,
    DoesNotPay,
    Unknown,
}

impl MarketProof {
    /// As files and the command line have it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pays => "pays",
            Self::DoesNotPay => "does-not-pay",
            Self::Unknown => "unknown",
        }
    }
}

/// How the order of [`markets`] is explained.
pub const ORDER: &str = "Those that pay back in time first, the shortest payback before longer ones; then those that \
                         do not; then those of which it is not known, with bets that are not decided before others.";

/// All markets or channels that figures or bets name, the best first.
pub fn markets(plan: &Plan, dimension: ScopeDimension, months: u32, day: NaiveDate) -> Vec<MarketLine> {
    let figures = Figures::new(plan);
    let readings = bets(plan, day);
    let mut lines: Vec<MarketLine> = names(&figures, dimension)
        .into_iter()
        .map(|name| {
            let of_market = readings.iter().filter(|reading| {
                plan.get::<Bet>(reading.bet).is_some_and(|row| same_word(name_in(row, dimension), &name))
            });
            let (decided, open): (Vec<_>, Vec<_>) = of_market
                .partition(|bet| matches!(bet.standing, BetStanding::Decided | BetStanding::Reviewed));
            let ids =
                |bets: Vec<&crate::bets::BetReading>| bets.into_iter().map(|bet| bet.bet).collect::<Vec<_>>();
            let (open_bets, decided_bets) = (ids(open), ids(decided));
            let teams = teams(plan, &name, &open_bets, day);
            let (filled, to_hire) = positions(plan, &teams, day);
            let stands = payback_of(&figures, &dimension.scope(&name), months, day);
            let (proof, payback, words) = match stands {
                Some((objective, reading)) => {
                    (proof(&reading), newest_value(&reading), words_of(plan, &objective, &reading))
                }
                None => (MarketProof::Unknown, None, "nobody measures payback".to_owned()),
            };
            MarketLine { name, proof, payback, words, open_bets, decided_bets, teams, filled, to_hire }
        })
        .collect();
    lines.sort_by(|a, b| {
        a.proof
            .cmp(&b.proof)
            .then_with(|| match (&a.payback, &b.payback) {
                (Some(a), Some(b)) => a.cmp(b),
                (a, b) => b.is_some().cmp(&a.is_some()),
            })
            .then_with(|| b.open_bets.len().cmp(&a.open_bets.len()))
            .then_with(|| a.name.cmp(&b.name))
    });
    lines
}

/// Payback in a scope under so many months, over its last three; none if nobody measures payback.
pub(crate) fn payback_of(
    figures: &Figures<'_>,
    scope: &SeriesScope,
    months: u32,
    day: NaiveDate,
) -> Option<(Objective, ObjectiveReading)> {
    let metric = metric_known_as(figures.plan, "payback")?;
    let (length, three) = three_months(metric.period);
    let (periods, over) = if metric.is_derived() { (1, three) } else { (three, 1) };
    let objective = Objective {
        metric: metric.id,
        op: ComparisonOperator::Less,
        value: ExactDecimal::from(months).into(),
        periods,
        over,
        period: (length != metric.period).then_some(length),
        segment: scope.segment.clone(),
        channel: scope.channel.clone(),
        market: scope.market.clone(),
        ..Objective::default()
    };
    let reading = reading_on(figures, &objective, day);
    Some((objective, reading))
}

fn proof(reading: &ObjectiveReading) -> MarketProof {
    match reading.state {
        ObjectiveState::Met => MarketProof::Pays,
        ObjectiveState::NotMet => MarketProof::DoesNotPay,
        ObjectiveState::Unknown | ObjectiveState::Invalid => MarketProof::Unknown,
    }
}

fn newest_value(reading: &ObjectiveReading) -> Option<ExactValue> {
    let newest: Option<&PeriodReading> = reading.periods.first();
    newest.and_then(|period| period.value.clone().ok())
}

fn name_in(row: &Bet, dimension: ScopeDimension) -> &str {
    match dimension {
        ScopeDimension::Segment => &row.segment,
        ScopeDimension::Channel => &row.channel,
        ScopeDimension::Market => &row.market,
    }
}

/// By name, whatever its case; as figures spell it, if they do.
fn names(figures: &Figures<'_>, dimension: ScopeDimension) -> Vec<String> {
    let plan = figures.plan;
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    let of_figures = plan.metrics.iter().flat_map(|metric| figures.scopes(metric.id));
    let of_figures = of_figures.filter(|scope| **scope == dimension.scope(dimension.name_in(scope)));
    let of_figures = of_figures.map(|scope| dimension.name_in(scope));
    for name in of_figures.chain(plan.bets.iter().map(|row| name_in(row, dimension))) {
        if !name.is_empty() {
            names.entry(folded(name).into_owned()).or_insert_with(|| name.to_owned());
        }
    }
    names.into_values().collect()
}

/// Those there on the day: whose customers are named so, and those of undecided bets.
fn teams(plan: &Plan, name: &str, open: &[BetId], day: NaiveDate) -> Vec<TeamId> {
    let betting: Vec<TeamId> = open.iter().filter_map(|bet| plan.get::<Bet>(*bet)?.team).collect();
    let works =
        |team: &&Team| team.date_range().contains(day) && (team.serves(name) || betting.contains(&team.id));
    let mut teams: Vec<TeamId> = plan.teams.iter().filter(works).map(|team| team.id).collect();
    teams.sort_by_cached_key(|team| (plan.name_of((*team).into()), plan.key_of((*team).into()).to_owned()));
    teams
}

fn positions(plan: &Plan, teams: &[TeamId], day: NaiveDate) -> (Vec<PositionId>, Vec<PositionId>) {
    let is_of = |row: &&Position| {
        row.team.is_some_and(|team| teams.contains(&team)) && row.until.is_none_or(|until| day <= until)
    };
    let is_filled = |row: &Position| {
        let mut assigned = plan.assignments.iter().filter(|assignment| assignment.position == row.id);
        assigned.any(|assignment| assignment.date_range().contains(day))
    };
    let is_coming = |row: &Position| {
        matches!(row.status, Status::Planned | Status::Approved | Status::Open | Status::Offered)
    };
    let mut all: Vec<&Position> = plan.positions.iter().filter(is_of).collect();
    all.sort_by_cached_key(|row| (plan.name_of(EntityRef::from(row.id)), row.key.clone()));
    let (filled, empty): (Vec<&Position>, Vec<&Position>) = all.into_iter().partition(|row| is_filled(row));
    let ids = |rows: Vec<&Position>| rows.into_iter().map(|row| row.id).collect::<Vec<_>>();
    (ids(filled), ids(empty.into_iter().filter(|row| is_coming(row)).collect()))
}
