use std::fs;

use headroom_files::records::{FigureRecord, ImportedScope};
use headroom_tabular::cell::date::DateOrder;

use super::*;

/// What tables give on a day, written to files of these names.
fn read(files: &[(&str, &str)], today: &str) -> Records {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    assert!(recognise_subscriptions(folder.path()));
    let options = EventTableOptions { today: today.parse().ok(), ..EventTableOptions::default() };
    read_subscriptions(&[folder.path().to_owned()], &options).unwrap()
}

fn one(text: &str, today: &str) -> Records {
    read(&[("subscriptions.csv", text)], today)
}

/// The figures of a metric, as `2026-01 1200 EUR`, of a scope such as `market DE`; empty for the organisation.
fn figures(records: &Records, metric: &str, scope: &str) -> Vec<String> {
    let scope_of = |figure: &FigureRecord| {
        let ImportedScope { segment, market, channel, .. } = &*figure.scope;
        let words = [("segment", segment), ("market", market), ("channel", channel)];
        let words = words.into_iter().filter(|(_, text)| !text.is_empty());
        words.map(|(field, text)| format!("{field} {text}")).collect::<String>()
    };
    let of_scope =
        records.figures.iter().filter(|figure| &*figure.metric == metric && scope_of(figure) == scope);
    of_scope.map(|figure| format!("{} {}", figure.first.format("%Y-%m"), figure.value)).collect()
}

/// The messages of a level, with line and column.
fn told(records: &Records, level: Level) -> Vec<String> {
    let problems = records.problems.iter().filter(|problem| problem.level == level);
    problems
        .map(|problem| format!("{}:{} {}", problem.place.line, problem.place.column, problem.message))
        .collect()
}

const UPGRADES: &str = "\
id,customer,start,end,mrr,currency
s1,acme,2026-01-10,2026-02-15,100,EUR
s2,acme,2026-02-15,,150,EUR
s3,bolt,2026-01-31,2026-02-28,80.50,EUR
s4,bolt,2026-04-02,,60,EUR
s5,crux,2026-02-01,2026-03-10,40,EUR
s6,crux,2026-02-01,,40,EUR
s7,dock,2026-04-30,,30,EUR
";

#[test]
fn movements_are_those_of_customers_and_not_of_rows() {
    let records = one(UPGRADES, "2026-05-03");
    let of = |metric| figures(&records, metric, "");
    assert_eq!(of("mrr"), ["2026-01 180.5 EUR", "2026-02 230 EUR", "2026-03 190 EUR", "2026-04 280 EUR"]);
    assert_eq!(of("mrr-start"), ["2026-01 0 EUR", "2026-02 180.5 EUR", "2026-03 230 EUR", "2026-04 190 EUR"]);
    assert_eq!(of("new-mrr"), ["2026-01 180.5 EUR", "2026-02 80 EUR", "2026-03 0 EUR", "2026-04 30 EUR"]);
    assert_eq!(of("expansion-mrr")[1], "2026-02 50 EUR", "the upgrade of acme is one expansion");
    assert_eq!(of("contraction-mrr")[2], "2026-03 40 EUR");
    assert_eq!(of("churned-mrr")[1], "2026-02 80.5 EUR", "28 February is the first day without s3");
    assert_eq!(of("reactivation-mrr")[3], "2026-04 60 EUR");
    assert_eq!(of("customers"), ["2026-01 2", "2026-02 2", "2026-03 2", "2026-04 4"]);
    assert_eq!(of("new-customers"), ["2026-01 2", "2026-02 1", "2026-03 0", "2026-04 1"]);
    assert_eq!(of("reactivated-customers")[3], "2026-04 1");
    assert_eq!(of("lost-customers")[1], "2026-02 1");
    assert!(records.rows.iter().any(|row| row.text("formula") == Some("logo-churn")));
    assert_eq!(told(&records, Level::Error), [""; 0]);
}

#[test]
fn a_month_that_is_not_over_has_no_figures() {
    let records = one(UPGRADES, "2026-04-15");
    assert_eq!(figures(&records, "customers", "").len(), 3);
    assert!(
        told(&records, Level::Note).contains(&"0:0 figures up to 2026-03: 2026-04 is not over".to_owned())
    );
    // The newest date is the last day of its month.
    assert_eq!(figures(&one(UPGRADES, "2026-04-30"), "customers", "").len(), 4);
    // A file knows nothing of what came after it.
    assert_eq!(figures(&one(UPGRADES, "2026-09-01"), "customers", "").len(), 4);
}

#[test]
fn accounts_give_markets_and_channels_and_subscriptions_their_segment() {
    let subscriptions = "Subscription ID,Account ID,Start date,End date,Plan,MRR\n\
        1,a,2026-01-01,2026-02-01,Basic,10\n2,a,2026-02-01,,Pro,25\n3,b,2026-01-01,,Basic,10\n4,x,2026-01-31,,Pro,5\n";
    let accounts = "account_id,account_name,country,referral_source\na,Acme,DE,ads\nb,Bolt,DE,event\n";
    let records = read(&[("subs.csv", subscriptions), ("accounts.csv", accounts)], "2026-03-01");
    let of = |metric, scope| figures(&records, metric, scope);
    assert_eq!(of("mrr", "segment Basic"), ["2026-01 20", "2026-02 10"]);
    assert_eq!(of("mrr", "segment Pro"), ["2026-01 5", "2026-02 30"]);
    assert_eq!(of("churned-mrr", "segment Basic"), [""; 0], "an upgrade is not the loss of a customer");
    assert_eq!(of("expansion-mrr", "market DE"), ["2026-01 0", "2026-02 15"]);
    assert_eq!(of("mrr", "channel ads"), ["2026-01 10", "2026-02 25"]);
    let notes = told(&records, Level::Note).join("\n");
    assert!(notes.contains("1 customers are in no table of accounts"), "{notes}");
    assert!(notes.contains("amounts name no currency"), "{notes}");
    assert!(notes.contains("columns not read: “account_name”"), "{notes}");
    let said = format!("{records:?}");
    assert!(!said.contains("Acme"), "names are not kept");
}

#[test]
fn what_cannot_be_read_is_left_out_whole_and_told() {
    let records = one(
        "id,customer,start,end,mrr\n1,a,2026-01-01,,10\n2,b,31.02.2026,,10\n3,c,2026-01-01,soon,10\n4,d,2026-01-01,,ten\n\
        5,e,2026-01-01,2025-01-01,10\n6,,2026-01-01,,10\n1,a,2026-01-01,,10\n1,a,2026-01-01,,12\n7,f,2026-01-31,,-3\n",
        "2026-02-02",
    );
    assert_eq!(figures(&records, "mrr", ""), ["2026-01 10"]);
    assert_eq!(
        told(&records, Level::Error),
        [
            "3:3 “31.02.2026”: not a calendar date; row left out",
            "4:4 “soon”: not a date; row left out",
            "5:5 “ten”: not an amount; row left out",
            "6:4 ends on 2025-01-01, before it begins on 2026-01-01; row left out",
            "7:2 no customer; row left out",
            "10:5 “-3”: is negative; row left out",
            "9:0 subscription “1” is also at line 2, with other values for the same days; row left out",
        ]
    );
    assert!(told(&records, Level::Note).iter().any(|note| note.starts_with("8:0 1 rows repeat")));
}

#[test]
fn annual_amounts_are_divided_and_trials_pay_nothing() {
    let records = one(
        "id,Customer ID,Start (UTC),Ended At,Trial End,Status,Plan,Interval,Amount,Quantity\n\
        1,a,2026-01-01 09:00,,,active,Pro,year,\"€1,000.00\",1\n2,b,2026-01-01 09:00,,2026-02-10,active,Pro,month,€20.00,3\n\
        3,c,2026-01-02 09:00,,,trialing,Pro,month,€20.00,1\n4,d,2026-01-02 09:00,2026-02-28,,incomplete_expired,Pro,month,€20.00,1\n\
        5,e,2026-01-02 09:00,,,active,Pro,week,€20.00,1\n",
        "2026-03-01",
    );
    assert_eq!(figures(&records, "mrr", ""), ["2026-01 83.333333 EUR", "2026-02 103.333333 EUR"]);
    assert_eq!(
        told(&records, Level::Error),
        ["6:8 “week” is not an interval of up to 12 months; row left out"]
    );
    assert_eq!(
        told(&records, Level::Warning),
        ["1:10 amounts are taken as they are, not multiplied by the quantity"]
    );
}

#[test]
fn amounts_of_two_currencies_have_no_sum() {
    let records = one(
        "id,customer,start,end,mrr,currency\n1,a,2026-01-01,,10,EUR\n2,b,2026-01-31,,10,USD\n",
        "2026-02-02",
    );
    assert!(records.rows.is_empty());
    assert_eq!(
        told(&records, Level::Error),
        ["0:0 amounts are in EUR and USD, which have no sum; no figures were made"]
    );
}

#[test]
fn days_and_months_that_cannot_be_told_apart_are_not_guessed() {
    let records = one("id,customer,start,end,mrr\n1,a,03/04/2026,,10\n", "2026-09-02");
    assert!(records.rows.is_empty());
    assert_eq!(
        told(&records, Level::Error),
        ["2:3 “03/04/2026” may have day or month first; table left out"]
    );
}

#[test]
fn other_tables_are_not_taken_for_subscriptions() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("people.csv");
    for text in [
        "id,name,start date,end date,salary\n1,Ada,2026-01-01,,10\n",
        "ticket_id,account_id,country,created_at\n1,a,DE,2026-01-01\n",
        "id,customer,start,mrr\n1,a,2026-01-01,10\n",
        "",
    ] {
        fs::write(&file, text).unwrap();
        assert!(!recognise_subscriptions(&file), "{text}");
    }
}

#[test]
fn what_a_table_does_not_say_the_user_can() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("subscriptions.csv");
    fs::write(&file, "id,customer,start,end,mrr\n1,a,03/04/2026,,10\n2,b,05/04/2026,,$20\n").unwrap();
    let options = EventTableOptions {
        today: "2026-05-02".parse().ok(),
        dates: Some(DateOrder::DayFirst),
        currency: "CAD".parse().ok(),
        dollar: "CAD".parse().ok(),
    };
    let records = read_subscriptions(&[file], &options).unwrap();
    assert_eq!(figures(&records, "mrr", ""), ["2026-04 30 CAD"]);
    assert_eq!(told(&records, Level::Warning), [""; 0]);
}

#[test]
fn an_interval_may_be_several_of_its_unit() {
    let records = one(
        "uuid,account_code,unit_amount,currency,plan_interval_length,plan_interval_unit,activated_at,expires_at\n\
         a,1,480,EUR,12,months,2026-01-05,\nb,2,30,EUR,1,months,2026-01-06,\nc,3,90,EUR,3,months,2026-01-31,\n\
         d,4,90,EUR,5,months,2026-01-31,\n",
        "2026-02-02",
    );
    assert_eq!(figures(&records, "mrr", ""), ["2026-01 100 EUR"]);
    assert_eq!(
        told(&records, Level::Error),
        ["5:6 “5 months” is not an interval of up to 12 months; row left out"]
    );
    let of_query = one(
        "subscriptions.id,customers.id,subscriptions.plan_amount,subscriptions.billing_period,\
         subscriptions.billing_period_unit,subscriptions.currency_code,subscriptions.started_at,\
         subscriptions.cancelled_at\ns,c,1200,1,year,EUR,2026-01-31,\n",
        "2026-02-02",
    );
    assert_eq!(figures(&of_query, "mrr", ""), ["2026-01 100 EUR"]);
}

#[test]
fn a_subscription_that_goes_on_tells_of_later_months() {
    let records = one(
        "id,customer,start,end,mrr,currency,current period start\n1,a,2026-01-10,,10,EUR,2026-03-10\n",
        "2026-09-02",
    );
    assert_eq!(figures(&records, "mrr", ""), ["2026-01 10 EUR", "2026-02 10 EUR", "2026-03 10 EUR"]);
}

#[test]
fn what_customers_pay_by_month_has_movements_from_the_second_month_on() {
    let text = "Customer ID,Customer name,Currency,2026-01,2026-02,2026-03\n\
                a,Ada Okafor,eur,100.00,100.00,150.00\nb,Bo Lind,eur,0.00,50.00,0.00\nc,Cy Rask,eur,80.00,0.00,70.00\n\
                Total,,eur,180.00,150.00,220.00\n";
    let records = read(&[("MRR per subscriber.csv", text)], "2026-04-02");
    assert_eq!(figures(&records, "mrr", ""), ["2026-01 180 EUR", "2026-02 150 EUR", "2026-03 220 EUR"]);
    assert_eq!(figures(&records, "customers", ""), ["2026-01 2", "2026-02 2", "2026-03 2"]);
    assert_eq!(
        figures(&records, "new-mrr", ""),
        ["2026-02 50 EUR", "2026-03 0 EUR"],
        "who pays first may have before"
    );
    assert_eq!(figures(&records, "churned-mrr", ""), ["2026-02 80 EUR", "2026-03 50 EUR"]);
    assert_eq!(figures(&records, "expansion-mrr", ""), ["2026-02 0 EUR", "2026-03 50 EUR"]);
    assert_eq!(figures(&records, "reactivation-mrr", ""), ["2026-02 0 EUR", "2026-03 70 EUR"]);
    let words = format!("{:?}{:?}", records.rows, records.figures);
    assert!(!words.contains("Okafor") && !words.contains("Lind"));
}

#[test]
fn a_table_of_customers_by_month_may_be_about_anything() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hours.csv");
    fs::write(&file, "Customer,Jan 2026,Feb 2026\nacme,10,12\n").unwrap();
    assert!(!recognise_subscriptions(&file));
    let options = EventTableOptions { today: "2026-04-02".parse().ok(), ..EventTableOptions::default() };
    let records = read_subscriptions(&[file], &options).unwrap();
    assert_eq!(figures(&records, "mrr", ""), ["2026-01 10", "2026-02 12"], "its format was chosen");
    assert!(told(&records, Level::Warning)[0].contains("name no currency"));
}

#[test]
fn a_log_of_changes_is_added_up_by_month_and_type() {
    let records = read(
        &[(
            "changes.csv",
            "Customer ID,Customer name,Date,Type,MRR change,Currency\na,Ada Okafor,2026-01-03,new,100.00,eur\n\
             b,Bo Lind,2026-01-09,new,50.00,eur\na,Ada Okafor,2026-02-03,upgrade,20.00,eur\n\
             b,Bo Lind,2026-02-09,churn,-50.00,eur\na,Ada Okafor,2026-02-28,gift,-10.00,eur\n",
        )],
        "2026-03-02",
    );
    assert_eq!(figures(&records, "new-mrr", ""), ["2026-01 150 EUR", "2026-02 0 EUR"]);
    assert_eq!(figures(&records, "new-customers", ""), ["2026-01 2", "2026-02 0"]);
    assert_eq!(figures(&records, "expansion-mrr", ""), ["2026-01 0 EUR", "2026-02 20 EUR"]);
    assert_eq!(figures(&records, "churned-mrr", ""), ["2026-01 0 EUR", "2026-02 50 EUR"]);
    assert!(figures(&records, "mrr", "").is_empty(), "what it was before is not in the file");
    assert_eq!(told(&records, Level::Error), ["6:4 “gift” is not a type of change; row left out"]);
    assert!(!format!("{:?}{:?}", records.rows, records.figures).contains("Okafor"));
}
