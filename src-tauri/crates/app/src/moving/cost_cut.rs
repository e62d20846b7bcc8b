//! Cutting cost: which planned hires to hold so that a period costs so much less, and what that leaves uncovered.

use chrono::{Months, NaiveDate};
use headroom_analysis::{
    capacity::teams_below,
    forecast::{Added, ForecastParams, forecast},
    measures::{CostCut, CutBase, CutLine, CutScope, EXACT, Reopening, cost_cut as cut},
};
use headroom_model::{
    Currency, Decimal6, FieldError, Money, Plan, PositionId, TeamId, money::divided, wording::date,
};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::subject::refused;
use crate::{
    at::At,
    entities::{entity::NamedEntity, id::Id, severity::SeverityLevel},
    error::{Answer, AppError},
    hidden_pay::ShownAmount,
    hiring::budgets::amount,
    state::{AppState, asked_on, today},
};

/// How many reopened gaps are listed, of a position and of all.
const LISTED: usize = 50;

/// What is to be saved.
#[derive(Debug, Clone, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CostCutQuery {
    /// With the teams below it; none: all positions.
    pub team: Option<Id>,
    /// The months that these days are in, whole.
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// `5%` of what the period costs, people included; or an amount: `120000`, `120k USD`.
    pub aim: String,
    /// The positions that are held; none: those proposed.
    pub held: Option<Vec<Id>>,
}

/// What a cut of cost comes to.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CostCutView {
    /// None while salaries are hidden: what a position saves is what it costs.
    pub figures: Option<CutFigures>,
    /// Those proposed first, cheapest first; empty while salaries are hidden.
    pub lines: Vec<CutPosition>,
    /// What those that are held leave uncovered together, without the end of a long list.
    pub reopens: Vec<ReopenedGap>,
    pub reopened_count: u32,
    pub reopened_days: u32,
    /// Planned hires whose cost the plan does not know: nothing is proposed for them.
    pub unknown: Vec<NamedEntity>,
    /// The days for which the forecast was compared.
    pub looks_until: NaiveDate,
    /// Whether every choice of positions was looked at.
    pub is_exact: bool,
}

#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CutFigures {
    /// What the period costs: the base of a percentage.
    pub cost: ShownAmount,
    /// The part of it that stays in any case: of people who are employed or have an offer, and of hires of unknown cost.
    pub stays: ShownAmount,
    /// What all planned hires save together.
    pub most: ShownAmount,
    pub aim: ShownAmount,
    /// What those that are held save.
    pub saves: ShownAmount,
    /// Shares of the cost: `6.2%`; none if it is nothing.
    pub most_share: Option<String>,
    pub aim_share: Option<String>,
    pub saves_share: Option<String>,
    /// By how much that is short of the aim; none if it is reached.
    pub short: Option<ShownAmount>,
    /// Whether no choice reaches the aim.
    pub is_out_of_reach: bool,
}

/// A planned hire that can be held.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CutPosition {
    pub position: NamedEntity,
    pub team: Option<NamedEntity>,
    pub starts: Option<NaiveDate>,
    pub saves: ShownAmount,
    pub is_held: bool,
    /// What holding it leaves uncovered: on top of those above it that are held, or of all of them if it is not.
    pub reopens: Vec<ReopenedGap>,
    pub reopened_count: u32,
    pub reopened_days: u32,
}

/// A gap that is open on more days, or takes more people.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ReopenedGap {
    pub subject: NamedEntity,
    pub severity: SeverityLevel,
    /// `can’t staff on-call`.
    pub words: String,
    /// `92 days from 1 Mar 2027`, `1 more person is missing`.
    pub reason: String,
}

/// Proposes what to hold for an aim, or calculates what is held by hand.
///
/// # Errors
/// In words, if the aim is neither a percentage nor an amount, or if the period is over.
#[specta::specta]
pub fn cost_cut(app: &AppState, query: CostCutQuery, at: At) -> Answer<CostCutView> {
    let first = at.shown_day().max(today());
    if query.until < query.from {
        return Err(AppError::from(FieldError::new("until", "is before the first day")));
    }
    if query.until < first {
        let words = format!("is before {}: what is over can’t be saved", date(first));
        return Err(AppError::from(FieldError::new("until", words)));
    }
    let view = app.day(at.on(first))?;
    let plan = view.snapshot.plan();
    let scope = CutScope {
        teams: query.team.map(|team| teams_below(plan, TeamId::from(team))),
        from: query.from,
        until: query.until,
    };
    let base = CutBase::new(plan, &scope);
    let aim = aim(&query.aim, base.cost, base.currency)?;
    let looks_until = first.checked_add_months(Months::new(12)).unwrap_or(first).max(query.until);
    let is_exact = base.candidates.len() <= EXACT;
    if !app.pay.is_shown() {
        return Ok(CostCutView {
            figures: None,
            lines: Vec::new(),
            reopens: Vec::new(),
            reopened_count: 0,
            reopened_days: 0,
            unknown: Vec::new(),
            looks_until,
            is_exact,
        });
    }
    let params = ForecastParams::new(plan, first, looks_until).asked_on(asked_on(first));
    let without = forecast(plan, &params);
    let context = view.context();
    let reopening = Reopening::new(&context, &params, &without);
    let held: Option<FxHashSet<PositionId>> =
        query.held.map(|held| held.into_iter().map(PositionId::from).collect());
    let found = cut(&reopening, &base.candidates, aim, held.as_ref());
    Ok(CostCutView {
        figures: Some(figures(&base, aim, found.saves)),
        reopened_count: found.reopens.len() as u32,
        reopened_days: days(&found.reopens),
        reopens: reopened(plan, &found.reopens),
        lines: lines(plan, base.currency, found),
        unknown: base.unknown.iter().map(|position| NamedEntity::new(plan, *position)).collect(),
        looks_until,
        is_exact,
    })
}

/// An aim in the smallest unit of the currency.
fn aim(typed: &str, cost: i64, currency: Currency) -> Answer<i64> {
    let typed = typed.trim();
    if typed.ends_with('%') {
        let share: Decimal6 = typed
            .replace(',', ".")
            .parse()
            .map_err(|_| AppError::from(FieldError::new("aim", "is not a percentage such as 5% or 7.5%")))?;
        if share <= Decimal6::ZERO || share > Decimal6::ONE {
            return Err(FieldError::new("aim", "must be more than 0% and at most 100%").into());
        }
        return Ok(share.of(cost));
    }
    let money = amount("aim", typed, currency)?.ok_or_else(|| refused("say how much is to be saved"))?;
    if money.currency != currency {
        let words = format!("must be in the currency of the plan, {currency}");
        return Err(FieldError::new("aim", words).into());
    }
    if money.minor <= 0 {
        return Err(FieldError::new("aim", "must be more than nothing").into());
    }
    Ok(money.minor)
}

fn figures(base: &CutBase, aim: i64, saves: i64) -> CutFigures {
    let shown = |minor: i64| ShownAmount::from(Money::new(minor, base.currency));
    let most = base.most();
    CutFigures {
        cost: shown(base.cost),
        stays: shown(base.cost.saturating_sub(most)),
        most: shown(most),
        aim: shown(aim),
        saves: shown(saves),
        most_share: share(most, base.cost),
        aim_share: aim_share(aim, base.cost),
        saves_share: share(saves, base.cost),
        short: (saves < aim).then(|| shown(aim - saves)),
        is_out_of_reach: most < aim,
    }
}

/// A share in percent with one decimal, rounded down: what is not reached never reads as if it were.
fn share(part: i64, whole: i64) -> Option<String> {
    (whole > 0).then(|| percent(i128::from(part) * 1_000 / i128::from(whole)))
}

/// An aim in percent, rounded to the nearest: it reads as it was typed.
fn aim_share(aim: i64, whole: i64) -> Option<String> {
    (whole > 0).then(|| percent(divided(i128::from(aim) * 1_000, i128::from(whole)).into()))
}

fn percent(thousandths: i128) -> String {
    format!("{}.{}%", thousandths / 10, (thousandths % 10).abs()).replace(".0%", "%")
}

fn lines(plan: &Plan, currency: Currency, found: CostCut) -> Vec<CutPosition> {
    let line = |line: CutLine| {
        let position = line.candidate.position;
        let team = plan.positions.get(position).and_then(|row| row.team);
        CutPosition {
            position: NamedEntity::new(plan, position),
            team: team.map(|team| NamedEntity::new(plan, team)),
            starts: line.candidate.starts,
            saves: ShownAmount::from(Money::new(line.candidate.saves, currency)),
            is_held: line.is_held,
            reopened_count: line.reopens.len() as u32,
            reopened_days: days(&line.reopens),
            reopens: reopened(plan, &line.reopens),
        }
    };
    found.lines.into_iter().map(line).collect()
}

fn days(found: &[Added]) -> u32 {
    found.iter().map(|added| added.days).fold(0, u32::saturating_add)
}

/// The gaps with the most days first.
fn reopened(plan: &Plan, found: &[Added]) -> Vec<ReopenedGap> {
    let mut found: Vec<&Added> = found.iter().collect();
    found.sort_by_key(|added| (std::cmp::Reverse((added.gap.severity, added.days)), added.gap.opens));
    let gap = |added: &&Added| ReopenedGap {
        subject: NamedEntity::new(plan, added.gap.subject),
        severity: added.gap.severity.into(),
        words: added.gap.kind.words().to_owned(),
        reason: reason(added),
    };
    found.iter().take(LISTED).map(gap).collect()
}

fn reason(added: &Added) -> String {
    match added.stretches.first() {
        Some((from, _)) => {
            let days = headroom_model::wording::count_of(added.days as usize, "day");
            format!("{days} from {}", date(from))
        }
        None if added.more_people == 1 => "1 more person is missing".to_owned(),
        None if added.more_people > 1 => format!("{} more people are missing", added.more_people),
        None => "more severe".to_owned(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn euros(typed: &str) -> Result<i64, String> {
        aim(typed, 1_000_000, Currency::EUR).map_err(|error| error.message)
    }

    #[test]
    fn an_aim_is_a_percentage_of_the_cost_or_an_amount() {
        assert_eq!([euros("5%"), euros("7,5 %"), euros("100%")], [Ok(50_000), Ok(75_000), Ok(1_000_000)]);
        assert_eq!([euros("120k"), euros("€1,200.50")], [Ok(12_000_000), Ok(120_050)]);
        for wrong in ["", "0%", "101%", "-5%", "many", "5 USD", "0", "x%"] {
            assert!(euros(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_not_reached_never_reads_as_reached() {
        assert_eq!(share(4_999, 100_000).as_deref(), Some("4.9%"));
        assert_eq!(share(5_000, 100_000).as_deref(), Some("5%"));
        assert_eq!(share(1, 0), None);
        assert_eq!(aim_share(49_999, 1_000_001).as_deref(), Some("5%"));
    }
}
