//! A month of bills at a glance, and who pays for it in the end.

use chrono::{Months, NaiveDate};
use headroom_analysis::{
    chargeback::{CostReceiver, OutsideReason, PeopleCost, chargeback},
    cloud_cost::{CloudCosts, CostBasis, CostReason, LeftOver, OwnedLine, WasteReason, left_over, waste},
    metrics::{ExactValue, reason_words},
};
use headroom_model::{ChargeClass, EntityRef, Plan, wording};
use serde::Serialize;
use specta_typescript::Number;

use super::{chosen, month_name, percent, shown};
use crate::{at::At, entities::entity::NamedEntity, error::Answer, hidden_pay::ShownAmount, state::AppState};

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CostMonth {
    pub first: NaiveDate,
    pub name: String,
}

/// A part of what a month costs.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CostPart {
    pub id: String,
    pub title: String,
    /// The team or service; none: a share that is nobody's.
    pub entity: Option<NamedEntity>,
    pub amount: ShownAmount,
    /// In the month before, if there is a bill of it.
    pub before: Option<ShownAmount>,
    /// In percent of the month.
    #[specta(type = Number)]
    pub share: f64,
    /// What is to be known of it: `ended on 3 March 2027`.
    pub note: String,
}

/// Cost without a team, with the rule that would give it one.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CostLeft {
    pub what: String,
    pub reason: String,
    pub amount: ShownAmount,
    #[specta(type = Number)]
    pub share: f64,
    /// Empty: no rule can tell it apart.
    pub label: String,
    pub value: String,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CostWaste {
    pub service: NamedEntity,
    pub reason: String,
    pub amount: ShownAmount,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CostPage {
    /// The newest first.
    pub months: Vec<CostMonth>,
    /// None: there is no bill.
    pub month: Option<CostMonth>,
    pub basis: String,
    pub basis_words: String,
    pub total: Option<ShownAmount>,
    pub before: Option<ShownAmount>,
    pub idle: Option<ShownAmount>,
    #[specta(type = Number)]
    pub idle_share: f64,
    /// Of what is not idle.
    pub without_team: Option<ShownAmount>,
    #[specta(type = Number)]
    pub without_team_share: f64,
    /// By team, with what is nobody's at the end.
    pub teams: Vec<CostPart>,
    pub services: Vec<CostPart>,
    pub left: Vec<CostLeft>,
    pub left_count: u32,
    pub waste: Vec<CostWaste>,
    /// Currencies of which amounts are left out.
    pub without_rate: Vec<String>,
    pub rules: u32,
}

/// What is listed of what is left.
const LEFT_SHOWN: usize = 10;

struct CostDesk<'p> {
    plan: &'p Plan,
    costs: &'p CloudCosts,
    basis: CostBasis,
    month: NaiveDate,
    before: Option<NaiveDate>,
    total: ExactValue,
}

impl CostDesk<'_> {
    fn shown(&self, amount: &ExactValue) -> ShownAmount {
        shown(amount, self.costs.currency)
    }

    fn sum(&self, month: NaiveDate, counts: &dyn Fn(&OwnedLine) -> bool) -> ExactValue {
        self.costs.total(month, self.basis, counts)
    }

    /// By what is taken of each line, the most expensive first.
    fn parts(&self, whose: impl Fn(&OwnedLine) -> Option<EntityRef>) -> Vec<CostPart> {
        let before = self.before.map(|month| self.costs.by(month, self.basis, &whose));
        let mut sums: Vec<(EntityRef, ExactValue)> =
            self.costs.by(self.month, self.basis, &whose).into_iter().collect();
        sums.sort_by_cached_key(|(whose, amount)| {
            (std::cmp::Reverse(amount.clone()), self.plan.name_of(*whose))
        });
        let part = |(whose, amount): (EntityRef, ExactValue)| {
            let earlier = before.as_ref().map(|before| before.get(&whose).cloned().unwrap_or_default());
            CostPart {
                id: self.plan.key_of(whose).to_owned(),
                title: self.plan.name_of(whose),
                entity: Some(NamedEntity::new(self.plan, whose)),
                amount: self.shown(&amount),
                before: earlier.map(|earlier| self.shown(&earlier)),
                share: percent(&amount, &self.total),
                note: String::new(),
            }
        };
        sums.into_iter().map(part).collect()
    }

    /// What is of no team.
    fn nobodys(&self, id: &str, title: &str, counts: &dyn Fn(&OwnedLine) -> bool) -> Option<CostPart> {
        let is_nobodys = |line: &OwnedLine| line.owner.team.is_none() && counts(line);
        let amount = self.sum(self.month, &is_nobodys);
        (amount != ExactValue::default()).then(|| CostPart {
            id: id.to_owned(),
            title: title.to_owned(),
            entity: None,
            amount: self.shown(&amount),
            before: self.before.map(|month| self.shown(&self.sum(month, &is_nobodys))),
            share: percent(&amount, &self.total),
            note: String::new(),
        })
    }

    fn teams(&self) -> Vec<CostPart> {
        let mut parts = self.parts(|line| line.owner.team.map(Into::into));
        for line in self.costs.lines(self.month) {
            let (Some(team), Some(day)) = (line.owner.team, line.owner.ended) else { continue };
            let key = self.plan.key_of(team.into());
            parts
                .iter_mut()
                .filter(|part| part.id == key)
                .for_each(|part| part.note = format!("ended on {}", wording::date(day)));
        }
        let is_idle = |line: &OwnedLine| line.class == ChargeClass::Idle;
        parts.extend(self.nobodys("-none", "No team", &|line| !is_idle(line)));
        parts.extend(self.nobodys("-idle", "Idle", &is_idle));
        parts
    }

    fn left(&self, left: &LeftOver) -> CostLeft {
        let what = match &left.rule {
            Some(rule) => format!("{} {}", rule.label, rule.value),
            None => left.class.word().to_owned(),
        };
        let rule = left.rule.clone();
        CostLeft {
            what,
            reason: reason(left.reason).to_owned(),
            amount: self.shown(&left.amount),
            share: percent(&left.amount, &self.total),
            label: rule.as_ref().map(|rule| rule.label.clone()).unwrap_or_default(),
            value: rule.map(|rule| rule.value).unwrap_or_default(),
        }
    }
}

fn reason(reason: CostReason) -> &'static str {
    match reason {
        CostReason::ClusterShare => "share of a cluster that no workload used",
        CostReason::UnknownName => "names a team that the plan does not have",
        CostReason::NoOwner => "of a service that no team owned",
        _ => "no label says whose it is",
    }
}

/// A month of bills.
#[specta::specta]
pub fn cost_page(app: &AppState, month: Option<NaiveDate>, at: At) -> Answer<CostPage> {
    let plan = app.plan()?;
    let costs = CloudCosts::of(&plan);
    let basis = CostBasis::of(&plan);
    let months = costs.months().rev().map(|first| CostMonth { first, name: month_name(first) }).collect();
    let mut page = CostPage {
        months,
        month: None,
        basis: basis.word().to_owned(),
        basis_words: basis.words().to_owned(),
        total: None,
        before: None,
        idle: None,
        idle_share: 0.0,
        without_team: None,
        without_team_share: 0.0,
        teams: Vec::new(),
        services: Vec::new(),
        left: Vec::new(),
        left_count: 0,
        waste: Vec::new(),
        without_rate: Vec::new(),
        rules: plan.cost_rules.len() as u32,
    };
    let Some(month) = chosen(&costs, month, at.shown_day()) else { return Ok(page) };
    let before = month
        .checked_sub_months(Months::new(1))
        .filter(|before| costs.months().any(|month| month == *before));
    let total = costs.total(month, basis, |_| true);
    let desk = CostDesk { plan: &plan, costs: &costs, basis, month, before, total };
    let is_idle = |line: &OwnedLine| line.class == ChargeClass::Idle;
    let idle = desk.sum(month, &is_idle);
    let without_team = desk.sum(month, &|line| line.owner.team.is_none() && !is_idle(line));
    let left = left_over(&costs, &plan, month, basis);
    page.month = Some(CostMonth { first: month, name: month_name(month) });
    page.total = Some(desk.shown(&desk.total));
    page.before = before.map(|before| desk.shown(&desk.sum(before, &|_| true)));
    page.idle_share = percent(&idle, &desk.total);
    page.without_team_share = percent(&without_team, &(&desk.total - &idle));
    page.idle = Some(desk.shown(&idle));
    page.without_team = Some(desk.shown(&without_team));
    page.teams = desk.teams();
    page.services = desk.parts(|line| line.owner.service.map(Into::into));
    page.left_count = left.len() as u32;
    page.left = left.iter().take(LEFT_SHOWN).map(|left| desk.left(left)).collect();
    page.without_rate = costs.without_rate(month).iter().map(ToString::to_string).collect();
    let wasted = waste(&costs, &plan, month, basis);
    page.waste = wasted
        .iter()
        .map(|one| CostWaste {
            service: NamedEntity::new(&plan, one.service),
            reason: match (one.reason, one.ended) {
                (WasteReason::Retired, Some(day)) => format!("retired on {}", wording::date(day)),
                _ => "nothing depends on it, and it has no cost share".to_owned(),
            },
            amount: desk.shown(&one.amount),
        })
        .collect();
    Ok(page)
}

/// A row of who pays in the end.
#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ChargebackRow {
    pub title: String,
    pub entity: Option<NamedEntity>,
    pub amount: ShownAmount,
    #[specta(type = Number)]
    pub share: f64,
}

#[derive(Debug, Clone, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ChargebackPage {
    pub total: ShownAmount,
    pub cloud: ShownAmount,
    /// None: left out, and why.
    pub people: Option<ShownAmount>,
    pub people_missing: String,
    pub teams: Vec<ChargebackRow>,
    /// Products, segments, channels and markets.
    pub receivers: Vec<ChargebackRow>,
    /// What flows nowhere, in words.
    pub outside: Vec<ChargebackRow>,
}

/// Who pays for a month in the end. Cost of people is in it as long as salaries are shown.
#[specta::specta]
pub fn cost_chargeback(app: &AppState, month: NaiveDate) -> Answer<ChargebackPage> {
    let plan = app.plan()?;
    let found = chargeback(&plan, month, CostBasis::of(&plan), PeopleCost::Included);
    let all = ExactValue::from_integer(found.total.minor.into());
    let row = |title: String, entity: Option<NamedEntity>, amount: headroom_model::Money| ChargebackRow {
        title,
        entity,
        share: percent(&ExactValue::from_integer(amount.minor.into()), &all),
        amount: amount.into(),
    };
    let mut teams: Vec<ChargebackRow> = found
        .by_team
        .iter()
        .map(|(team, amount)| match team {
            Some(team) => row(plan.name_of((*team).into()), Some(NamedEntity::new(&plan, *team)), *amount),
            None => row("No team".to_owned(), None, *amount),
        })
        .collect();
    teams.retain(|row| row.amount.value != 0.0);
    teams.sort_by(|one, other| other.amount.value.total_cmp(&one.amount.value));
    let mut receivers: Vec<ChargebackRow> = found
        .by_receiver
        .iter()
        .map(|(receiver, amount)| row(receiver_name(receiver), None, *amount))
        .collect();
    receivers.sort_by(|one, other| other.amount.value.total_cmp(&one.amount.value));
    let outside = found.outside.iter().map(|one| {
        let whose = one.service.map(EntityRef::from).or_else(|| one.team.map(Into::into));
        let name = whose.map(|whose| plan.name_of(whose)).unwrap_or_default();
        let words = match one.reason {
            OutsideReason::TeamWithoutServices => format!("{name} owns no service"),
            OutsideReason::RetiredService => format!("{name} is retired"),
            OutsideReason::NoOwner => "Without an owner".to_owned(),
        };
        row(words, whose.map(|whose| NamedEntity::new(&plan, whose)), one.amount)
    });
    Ok(ChargebackPage {
        outside: outside.collect(),
        total: found.total.into(),
        cloud: found.cloud.into(),
        people_missing: found.people.err().map(|why| reason_words(why).to_owned()).unwrap_or_default(),
        people: found.people.ok().map(Into::into),
        teams,
        receivers,
    })
}

fn receiver_name(receiver: &CostReceiver) -> String {
    let CostReceiver { product, segment, channel, market } = receiver;
    let names: Vec<&str> = [product, segment, channel, market]
        .into_iter()
        .map(String::as_str)
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() { "No share declared".to_owned() } else { names.join(", ") }
}
