//! `headroom cost --source`: every figure of a bill, without a plan.

use std::{collections::BTreeMap, process::ExitCode};

use headroom_cost_import::{BillOptions, BillReport, BillSums, ReadProgress, SlashOrder, read_bill, size_of};

use super::{Outcome, import::print_problems, print_json, search::print_columns, today};
use crate::{
    arguments::{CostArguments, DateOrderArg},
    screen::{QUIET, STRONG, println, with_progress},
};

pub fn run(arguments: &CostArguments) -> Outcome {
    let progress = ReadProgress::default();
    let options = BillOptions {
        today: Some(today()),
        currency: arguments.currency.unwrap_or(BillOptions::default().currency),
        dates: arguments.dates.map(|order| match order {
            DateOrderArg::DayFirst => SlashOrder::DayFirst,
            DateOrderArg::MonthFirst => SlashOrder::MonthFirst,
        }),
        labels: arguments.tag.clone(),
        tags: arguments.tag.clone(),
        progress: progress.clone(),
    };
    let bytes = size_of(&arguments.source);
    let bill = with_progress("bytes", bytes, || progress.bytes(), || read_bill(&arguments.source, &options))?;
    print_problems(&bill.problems);
    let report = BillReport::of(&bill);
    if arguments.json {
        print_json(&report)?;
    } else {
        print_text(&report);
    }
    Ok(ExitCode::SUCCESS)
}

fn print_text(report: &BillReport) {
    println!("{STRONG}{}{STRONG:#}, {} rows", report.formats.join(", "), report.total.rows);
    let currencies: Vec<&str> = report.by_currency.keys().map(String::as_str).collect();
    println!(
        "billed {}, effective {} {}",
        report.total.billed_cents,
        report.total.effective_cents,
        currencies.join(" and ")
    );
    print_sums("By month", &report.by_month);
    print_sums("By provider", &report.by_provider);
    print_sums("By charge category", &report.by_charge_category);
    for (key, tag) in &report.by_tag {
        print_sums(&format!("By {key}"), &tag.values);
        if let Some(share) = tag.untagged.billed_share {
            println!("  {QUIET}{:.1} % of what was billed for usage has no {key}{QUIET:#}", share * 100.0);
        }
    }
}

fn print_sums(title: &str, sums: &BTreeMap<String, BillSums>) {
    println!("\n{STRONG}{title}{STRONG:#}");
    let line = |(name, sums): (&String, &BillSums)| {
        vec![name.clone(), sums.billed_cents.clone(), sums.effective_cents.clone()]
    };
    print_columns(&sums.iter().map(line).collect::<Vec<_>>());
}
