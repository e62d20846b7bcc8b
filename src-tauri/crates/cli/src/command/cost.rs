//! `headroom cost`: what clouds cost by month, whose that is, what is left without a team and what is wasted; who pays in
//! the end; and a report on a bill without a plan.

use std::{
    collections::{BTreeMap, BTreeSet},
    process::ExitCode,
    sync::Arc,
};

use chrono::NaiveDate;
use headroom_analysis::{
    chargeback::{Chargeback, CostReceiver, PeopleCost, chargeback},
    cloud_cost::{
        CloudCosts, CostBasis, CostReason, LeftOver, OwnedLine, Waste, decimal_text, left_over, waste,
    },
    metrics::ExactValue,
};
use headroom_model::{ChargeClass, CostLine, Currency, EntityRef, Money, Plan};
use num_traits::ToPrimitive;
use serde_json::{Map, Value, json};

use super::{Outcome, cost_report, open, print_json, search::print_columns};
use crate::{
    arguments::{CostArguments, CostBy},
    screen::{CAUTION, QUIET, STRONG, println},
};

/// What is left without a team is listed so far.
const LEFT_SHOWN: usize = 10;

pub fn run(arguments: &CostArguments) -> Outcome {
    let Some(path) = &arguments.plan else { return cost_report::run(arguments) };
    let store = open(path)?;
    let plan = store.plan().clone();
    let costs = CloudCosts::of(&plan);
    let basis = match (arguments.effective, arguments.billed) {
        (true, _) => CostBasis::Effective,
        (_, true) => CostBasis::Billed,
        _ => CostBasis::of(&plan),
    };
    let report = PlanReport { plan, costs, basis, by: arguments.by.clone() };
    let months = report.months(arguments);
    if arguments.json {
        let mut value = report.value(&months);
        if arguments.chargeback {
            value["chargeback"] =
                months.iter().map(|month| report.chargeback_value(*month, people(arguments))).collect();
        }
        print_json(&value)?;
    } else {
        report.print(arguments, &months);
    }
    Ok(ExitCode::SUCCESS)
}

fn people(arguments: &CostArguments) -> PeopleCost {
    if arguments.no_people { PeopleCost::LeftOut } else { PeopleCost::Included }
}

struct PlanReport {
    plan: Arc<Plan>,
    costs: Arc<CloudCosts>,
    basis: CostBasis,
    by: CostBy,
}

/// Cost of a month that has no team, by why.
struct WithoutTeam {
    idle: ExactValue,
    unallocated: ExactValue,
    shared: ExactValue,
    unlabelled: ExactValue,
    unknown_name: ExactValue,
    no_owner: ExactValue,
}

impl PlanReport {
    /// The months that are asked for; those of all bills that begin by the day.
    fn months(&self, arguments: &CostArguments) -> Vec<NaiveDate> {
        let until = arguments.day.or_today();
        let is_asked = |month: &NaiveDate| match arguments.month {
            Some(only) => *month == headroom_analysis::cloud_cost::first_of_month(only),
            None => {
                arguments
                    .from
                    .is_none_or(|from| *month >= headroom_analysis::cloud_cost::first_of_month(from))
                    && arguments.to.map_or(*month <= until, |to| *month <= to)
            }
        };
        self.costs.months().filter(is_asked).collect()
    }

    fn value(&self, months: &[NaiveDate]) -> Value {
        json!({
            "basis": self.basis.word(),
            "currency": self.costs.currency,
            "by": self.by.word(),
            "months": months.iter().map(|month| self.month_value(*month)).collect::<Vec<_>>(),
        })
    }

    fn month_value(&self, month: NaiveDate) -> Value {
        let all = |counts: fn(&OwnedLine) -> bool| self.costs.total(month, self.basis, counts);
        let without = self.without_team(month);
        let (total, with_team) = (all(|_| true), all(|line| line.owner.team.is_some()));
        let used = &total - &without.idle;
        let lacking = &used - &with_team;
        let rows = |amounts: Vec<(String, String, ExactValue)>| -> Vec<Value> {
            let row = |(key, name, amount): (String, String, ExactValue)| json!({"key": key, "name": name, "amount": decimal_text(&amount), "cents": self.money(&amount).to_string()});
            amounts.into_iter().map(row).collect()
        };
        json!({
            "month": month.format("%Y-%m").to_string(),
            "total": decimal_text(&total),
            "total_cents": self.money(&total).to_string(),
            "idle": decimal_text(&without.idle),
            "unallocated": decimal_text(&without.unallocated),
            "shared": decimal_text(&without.shared),
            "unlabelled": decimal_text(&without.unlabelled),
            "unknown_name": decimal_text(&without.unknown_name),
            "no_owner": decimal_text(&without.no_owner),
            "share_without_team": share(&(&total - &with_team), &total),
            "share_without_owner": share(&lacking, &used),
            "by": rows(self.amounts(month)),
            "ended_teams": rows(self.ended(month)),
            "without_rate": self.costs.without_rate(month),
            "left": left_over(&self.costs, &self.plan, month, self.basis).iter().map(left_value).collect::<Vec<_>>(),
            "waste": self.waste(month).iter().map(|waste| self.waste_value(waste)).collect::<Vec<_>>(),
        })
    }

    fn waste(&self, month: NaiveDate) -> Vec<Waste> {
        waste(&self.costs, &self.plan, month, self.basis)
    }

    fn waste_value(&self, waste: &Waste) -> Value {
        json!({
            "service": self.plan.key_of(waste.service.into()),
            "reason": waste.reason.word(),
            "ended": waste.ended,
            "amount": decimal_text(&waste.amount),
        })
    }

    fn without_team(&self, month: NaiveDate) -> WithoutTeam {
        let of = |counts: &dyn Fn(&OwnedLine) -> bool| {
            self.costs.total(month, self.basis, |line| line.owner.team.is_none() && counts(line))
        };
        let class = |class: ChargeClass| of(&|line| line.class == class);
        let because = |reason: CostReason| of(&|line| line.owner.reason == reason);
        WithoutTeam {
            idle: class(ChargeClass::Idle),
            unallocated: class(ChargeClass::Unallocated) + class(ChargeClass::Unmounted),
            shared: class(ChargeClass::Shared),
            unlabelled: because(CostReason::Unlabelled),
            unknown_name: because(CostReason::UnknownName),
            no_owner: because(CostReason::NoOwner),
        }
    }

    /// Key, name and amount, the most expensive first.
    fn amounts(&self, month: NaiveDate) -> Vec<(String, String, ExactValue)> {
        let of_line = |owned: &OwnedLine| self.plan.get::<CostLine>(owned.id);
        let named = |entity: EntityRef| (self.plan.key_of(entity).to_owned(), self.plan.name_of(entity));
        let text = |text: &str| (text.to_owned(), text.to_owned());
        let sums = self.costs.by(month, self.basis, |owned| match &self.by {
            CostBy::Team => owned.owner.team.map(|team| named(team.into())),
            CostBy::Service => owned.owner.service.map(|service| named(service.into())),
            CostBy::Class => Some(text(owned.class.word())),
            CostBy::Account => Some(text(&of_line(owned)?.account)),
            CostBy::Namespace => Some(text(&of_line(owned)?.namespace)),
            CostBy::Provider => Some(text(&of_line(owned)?.provider)),
            CostBy::Label(label) => of_line(owned)?.label(label).map(text),
        });
        sorted(sums.into_iter().map(|((key, name), amount)| (key, name, amount)))
    }

    /// Teams that had ended before the month.
    fn ended(&self, month: NaiveDate) -> Vec<(String, String, ExactValue)> {
        let sums = self.costs.by(month, self.basis, |line| line.owner.ended.and(line.owner.team));
        sorted(sums.into_iter().map(|(team, amount)| {
            (self.plan.key_of(team.into()).to_owned(), self.plan.name_of(team.into()), amount)
        }))
    }

    fn money(&self, amount: &ExactValue) -> Money {
        rounded(amount, self.costs.currency)
    }

    fn chargeback_value(&self, month: NaiveDate, people: PeopleCost) -> Value {
        let found = chargeback(&self.plan, month, self.basis, people);
        let key = |entity: Option<EntityRef>| {
            entity.map(|entity| self.plan.key_of(entity).to_owned()).unwrap_or_default()
        };
        let mut kept = Map::new();
        let mut cents = Map::new();
        for one in &found.kept {
            let service = key(Some(one.service.into()));
            kept.insert(service.clone(), format!("{}/{}", one.exact.numer(), one.exact.denom()).into());
            cents.insert(service, one.amount.minor.into());
        }
        let mut by_team: BTreeMap<String, i64> = BTreeMap::new();
        for (team, amount) in &found.by_team {
            *by_team.entry(key(team.map(Into::into))).or_default() += amount.minor;
        }
        let outside = found.outside.iter().map(|one| {
            json!({
                "reason": one.reason.word(),
                "team": one.team.map(|team| key(Some(team.into()))),
                "service": one.service.map(|service| key(Some(service.into()))),
                "cents": one.amount.minor,
            })
        });
        let receiver = |(receiver, amount): (&CostReceiver, &Money)| {
            let CostReceiver { product, segment, channel, market } = receiver;
            json!({"product": product, "segment": segment, "channel": channel, "market": market, "cents": amount.minor})
        };
        json!({
            "month": month.format("%Y-%m").to_string(),
            "currency": found.currency,
            "total": found.total.minor,
            "cloud": found.cloud.minor,
            "people": found.people.ok().map(|people| people.minor),
            "people_missing": people_missing(&found, people),
            "kept": kept,
            "cents": cents,
            "by_team": by_team,
            "closed": found.kept.iter().filter(|one| one.is_closed).map(|one| key(Some(one.service.into()))).collect::<Vec<_>>(),
            "outside": outside.collect::<Vec<_>>(),
            "by_receiver": found.by_receiver.iter().map(receiver).collect::<Vec<_>>(),
        })
    }

    fn print(&self, arguments: &CostArguments, months: &[NaiveDate]) {
        let Some(month) = months.last().copied() else {
            println!("no bill of this time; import one with `headroom import PLAN bill.csv`");
            return;
        };
        if months.len() > 1 {
            let lines = months.iter().map(|month| {
                vec![
                    month.format("%Y-%m").to_string(),
                    self.spoken(&self.costs.total(*month, self.basis, |_| true)),
                ]
            });
            print_columns(&lines.collect::<Vec<_>>());
            println!();
        }
        println!(
            "{STRONG}{}, {}{STRONG:#}",
            month.format("%B %Y"),
            self.spoken(&self.costs.total(month, self.basis, |_| true))
        );
        println!("{QUIET}{}{QUIET:#}", self.basis.words());
        for currency in self.costs.without_rate(month) {
            println!("{CAUTION}no exchange rate of {currency}; its amounts are left out{CAUTION:#}");
        }
        if arguments.chargeback {
            self.print_chargeback(month, people(arguments));
        } else {
            self.print_month(month);
        }
    }

    fn print_month(&self, month: NaiveDate) {
        let line = |(_, name, amount): (String, String, ExactValue)| vec![name, self.spoken(&amount)];
        print_columns(&self.amounts(month).into_iter().map(line).collect::<Vec<_>>());
        let without = self.without_team(month);
        let reasons = [
            ("idle", without.idle),
            ("unallocated", without.unallocated),
            ("shared by all", without.shared),
            ("no label", without.unlabelled),
            ("unknown name", without.unknown_name),
            ("service without a team", without.no_owner),
        ];
        let lacking = reasons.into_iter().filter(|(_, amount)| *amount != ExactValue::default());
        let lacking: Vec<Vec<String>> =
            lacking.map(|(why, amount)| vec![why.to_owned(), self.spoken(&amount)]).collect();
        if !lacking.is_empty() {
            println!("\n{STRONG}Without a team{STRONG:#}");
            print_columns(&lacking);
        }
        let left = left_over(&self.costs, &self.plan, month, self.basis);
        let rules: Vec<Vec<String>> = left
            .iter()
            .take(LEFT_SHOWN)
            .filter_map(|left| Some(vec![rule_words(left)?, self.spoken(&left.amount)]))
            .collect();
        if !rules.is_empty() {
            println!("\n{STRONG}Cost rules that are missing, by money{STRONG:#}");
            print_columns(&rules);
        }
        for (_, name, amount) in self.ended(month) {
            println!("{CAUTION}{name} has ended and still costs {}{CAUTION:#}", self.spoken(&amount));
        }
        for waste in self.waste(month) {
            let name = self.plan.name_of(waste.service.into());
            let why = match waste.ended {
                Some(day) => format!("retired on {day}"),
                None => "nothing depends on it".to_owned(),
            };
            println!("{QUIET}{name}: {}, {why}{QUIET:#}", self.spoken(&waste.amount));
        }
    }

    fn print_chargeback(&self, month: NaiveDate, people: PeopleCost) {
        let found = chargeback(&self.plan, month, self.basis, people);
        if let Some(why) = people_missing(&found, people) {
            println!("{CAUTION}cost of people is left out: {why}{CAUTION:#}");
        }
        let team = |(team, amount): &(Option<headroom_model::TeamId>, Money)| {
            vec![
                team.map_or_else(|| "no team".to_owned(), |team| self.plan.name_of(team.into())),
                amount.spoken(),
            ]
        };
        println!("\n{STRONG}By team of the services at which cost ends{STRONG:#}");
        print_columns(&found.by_team.iter().map(team).collect::<Vec<_>>());
        println!("\n{STRONG}By whom it is for{STRONG:#}");
        let line =
            |(receiver, amount): (&CostReceiver, &Money)| vec![receiver_words(receiver), amount.spoken()];
        print_columns(&found.by_receiver.iter().map(line).collect::<Vec<_>>());
    }

    fn spoken(&self, amount: &ExactValue) -> String {
        self.money(amount).spoken()
    }
}

fn people_missing(found: &Chargeback, people: PeopleCost) -> Option<&'static str> {
    match people {
        PeopleCost::LeftOut => None,
        PeopleCost::Included => found.people.err().map(|why| why.word()),
    }
}

fn rule_words(left: &LeftOver) -> Option<String> {
    left.rule.as_ref().map(|rule| format!("{} {} is of …", rule.label, rule.value))
}

fn receiver_words(receiver: &CostReceiver) -> String {
    let CostReceiver { product, segment, channel, market } = receiver;
    let names: BTreeSet<&str> = [product, segment, channel, market].into_iter().map(String::as_str).collect();
    let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
    if names.is_empty() { "no share declared".to_owned() } else { names.join(", ") }
}

fn left_value(left: &LeftOver) -> Value {
    json!({
        "amount": decimal_text(&left.amount),
        "reason": left.reason.word(),
        "class": left.class.word(),
        "lines": left.lines,
        "rule": left.rule.as_ref().map(|rule| json!({"label": rule.label, "value": rule.value})),
    })
}

fn sorted(amounts: impl Iterator<Item = (String, String, ExactValue)>) -> Vec<(String, String, ExactValue)> {
    let mut amounts: Vec<(String, String, ExactValue)> = amounts.collect();
    amounts.sort_by(|one, other| other.2.cmp(&one.2).then_with(|| one.0.cmp(&other.0)));
    amounts
}

fn share(part: &ExactValue, whole: &ExactValue) -> Option<f64> {
    (*whole != ExactValue::default())
        .then(|| (part / whole).to_f64())
        .flatten()
        .map(|share| (share * 1e6).round() / 1e6)
}

fn rounded(amount: &ExactValue, currency: Currency) -> Money {
    let minor =
        headroom_analysis::chargeback::rounded(&(amount * ExactValue::from_integer(currency.scale().into())));
    Money::new(minor.to_i64().unwrap_or(if minor < 0.into() { i64::MIN } else { i64::MAX }), currency)
}
