//! Bills by the command line: whose a cost is follows the plan of the day, nobody's name is kept, and bad bills are refused
//! or told.

use std::fs;

use headroom_tests::Desk;
use serde_json::Value;

const HEADER: &str =
    "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargeCategory,SubAccountId,Tags\n";

fn row(billed: &str, month: &str, tags: &str) -> String {
    let tags = tags.replace('"', "\"\"");
    format!("{billed},{billed},EUR,{month}-05 10:00:00,Usage,42,\"{tags}\"\n")
}

/// Two teams and a service that one of them took over in February.
fn plan() -> Desk {
    let desk = Desk::new();
    desk.import_csv(&[
        ("teams.csv", "id,name,until\npay,Payments,\nold,Old Guard,2026-08-31\n"),
        ("people.csv", "id,name,email\nada,Ada Okafor,ada@example.com\n"),
        ("services.csv", "id,name\ntill,Till\n"),
        (
            "ownership.csv",
            "service,owner,owner_kind,from,until\ntill,old,team,,2026-08-31\ntill,pay,team,2026-09-01,\n",
        ),
    ]);
    desk
}

fn bill(desk: &Desk, name: &str, rows: &[String]) -> std::path::PathBuf {
    desk.file(name, format!("{HEADER}{}", rows.concat()))
}

fn by(cost: &Value, month: usize) -> Vec<(String, String)> {
    let rows = cost["months"][month]["by"].as_array().unwrap();
    rows.iter().map(|row| (row["key"].to_string(), row["amount"].to_string())).collect()
}

fn cost(desk: &Desk, more: &[&str]) -> Value {
    desk.json(&[&["cost", desk.path(), "--json"], more].concat())
}

#[test]
fn whose_a_cost_is_follows_the_plan_of_the_month() {
    let desk = plan();
    let rows = [row("3", "2026-08", r#"{"app": "till"}"#), row("4", "2026-10", r#"{"app": "till"}"#)];
    desk.import(&[&bill(&desk, "focus.csv", &rows)], &[]);
    let before = cost(&desk, &[]);
    assert_eq!(
        by(&before, 0),
        [(r#""old""#.to_owned(), r#""3""#.to_owned())],
        "it owned the service in August"
    );
    assert_eq!(by(&before, 1), [(r#""pay""#.to_owned(), r#""4""#.to_owned())]);
    // A rule that is made later holds for bills that were there before.
    desk.import_csv(&[("cost_rules.csv", "label,value,team,from\naccount,42,pay,2026-01-01\n")]);
    assert_eq!(by(&cost(&desk, &[]), 0), [(r#""pay""#.to_owned(), r#""3""#.to_owned())]);
    assert_eq!(
        by(&cost(&desk, &["--by", "service", "--month", "2026-10"]), 0),
        [(r#""till""#.to_owned(), r#""4""#.to_owned())]
    );
    assert_eq!(
        by(&cost(&desk, &["--by", "app", "--month", "2026-10"]), 0),
        [(r#""till""#.to_owned(), r#""4""#.to_owned())]
    );
}

#[test]
fn a_month_that_is_imported_again_replaces_what_there_was() {
    let desk = plan();
    let rows = [row("3", "2026-09", r#"{"team": "pay"}"#), row("5", "2026-09", r#"{"team": "web"}"#)];
    desk.import(&[&bill(&desk, "one.csv", &rows)], &[]);
    let other = [row("1", "2026-10", r#"{"team": "pay"}"#)];
    desk.import(&[&bill(&desk, "two.csv", &other)], &[]);
    let again = [row("4", "2026-09", r#"{"team": "pay"}"#)];
    let report = desk.import(&[&bill(&desk, "one.csv", &again)], &[]);
    assert!(report["problems"].to_string().contains("replaces what the plan has of 2026-09"), "{report}");
    let found = cost(&desk, &[]);
    let totals: Vec<&Value> =
        found["months"].as_array().unwrap().iter().map(|month| &month["total"]).collect();
    assert_eq!(totals, ["4", "1"]);
    desk.done(&["undo", desk.path()]);
    assert_eq!(cost(&desk, &[])["months"][0]["total"], "8");
}

#[test]
fn nobody_is_named_by_a_bill() {
    let desk = plan();
    let rows = [
        row("1", "2026-09", r#"{"owner": "ben.fischer@example.com", "team": "pay"}"#),
        row("1", "2026-09", r#"{"owner": "Ada Okafor"}"#),
    ];
    desk.import(&[&bill(&desk, "focus.csv", &rows)], &[]);
    let bytes = fs::read(desk.path()).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(!holds("ben.fischer") && !holds("owner=Ada"));
    assert!(holds("(e-mail address)") && holds("(person)"));
}

#[test]
fn what_has_no_team_comes_with_the_rule_that_is_missing() {
    let desk = plan();
    let rows = [row("30", "2026-09", r#"{"team": "pirates"}"#), row("9", "2026-09", r#"{"env": "prod"}"#)];
    desk.import(&[&bill(&desk, "focus.csv", &rows)], &[]);
    let left = &cost(&desk, &[])["months"][0]["left"];
    assert_eq!((&left[0]["rule"]["label"], &left[0]["rule"]["value"]), (&"team".into(), &"pirates".into()));
    assert_eq!((&left[1]["rule"]["label"], &left[1]["rule"]["value"]), (&"account".into(), &"42".into()));
    let text = desk.done(&["cost", desk.path()]);
    assert!(text.contains("team pirates is of …") && text.contains("effective cost"), "{text}");
    let findings = desk.done(&["findings", desk.path(), "--as-of", "2026-11-27"]);
    assert!(findings.contains("“pirates” of label team is no team of the plan"), "{findings}");
}

#[test]
fn shares_lead_to_segments_and_weights_to_users() {
    let desk = Desk::new();
    desk.import_csv(&[
        ("services.csv", "id,name\nweb,Web\napp,App\nshared,Shared\n"),
        ("dependencies.csv", "service,depends_on,cost_weight\nweb,shared,3\napp,shared,\n"),
        (
            "cost_shares.csv",
            "service,segment,market,weight\nweb,Shippers,,2\nweb,Carriers,,1\napp,,Germany,1\n",
        ),
        (
            "cost_lines.csv",
            "first,last,billed,effective,currency,labels\n2026-09-01,2026-09-30,1,1,EUR,service=shared\n",
        ),
    ]);
    let found = &cost(&desk, &["--chargeback", "--month", "2026-09"])["chargeback"][0];
    assert_eq!(found["cents"], serde_json::json!({"app": 25, "web": 75}));
    let receivers = found["by_receiver"].as_array().unwrap();
    let of = |segment: &str, market: &str| {
        receivers
            .iter()
            .find(|row| row["segment"] == segment && row["market"] == market)
            .map(|row| &row["cents"])
    };
    assert_eq!(of("Shippers", ""), Some(&50.into()));
    assert_eq!(of("Carriers", ""), Some(&25.into()));
    assert_eq!(of("", "Germany"), Some(&25.into()));
    let text = desk.done(&["cost", desk.path(), "--chargeback"]);
    assert!(text.contains("Shippers") && text.contains("no team"), "{text}");
}

#[test]
fn a_redacted_copy_has_no_cost() {
    let desk = plan();
    desk.import(&[&bill(&desk, "focus.csv", &[row("1234.5", "2026-09", r#"{"team": "pay"}"#)])], &[]);
    let copy = desk.folder.path().join("copy.headroom");
    desk.done(&["redact", desk.path(), copy.to_str().unwrap()]);
    let bytes = fs::read(&copy).unwrap();
    assert!(!bytes.windows(6).any(|window| window == b"1234.5"));
    let found = desk.json(&["cost", copy.to_str().unwrap(), "--json"]);
    assert_eq!(found["months"], serde_json::json!([]));
}

#[test]
fn what_is_no_bill_is_refused_and_half_of_one_told() {
    let desk = plan();
    let words = desk.file("words.csv", "some,words\n1,2\n");
    let told = desk.idle(&["cost", "--source", words.to_str().unwrap()]);
    assert!(told.contains("expected a bill"), "{told}");
    desk.refused(&["cost"]);
    desk.refused(&["cost", desk.path(), "--source", words.to_str().unwrap()]);
    let half = desk.file("half.csv", format!("{HEADER}{}1,1,EU", row("2", "2026-09", "{}")));
    let report = desk.import(&[&half], &["--dry-run"]);
    assert!(report["problems"].to_string().contains("row has 3 cells, the header 7"), "{report}");
    let text = desk.done(&["cost", desk.path()]);
    assert!(text.contains("no bill of this time"), "{text}");
}

#[test]
fn two_currencies_are_kept_apart_and_converted_by_the_plan() {
    let desk = plan();
    let dollars = row("10", "2026-09", r#"{"team": "pay"}"#).replace("EUR", "USD");
    desk.import(&[&bill(&desk, "focus.csv", &[row("1", "2026-09", r#"{"team": "pay"}"#), dollars])], &[]);
    let found = cost(&desk, &[]);
    assert_eq!(
        (&found["months"][0]["total"], &found["months"][0]["without_rate"][0]),
        (&"1".into(), &"USD".into())
    );
    desk.import_csv(&[("exchange_rates.csv", "currency,rate,from\nUSD,0.5,2026-09-15\n")]);
    assert_eq!(cost(&desk, &[])["months"][0]["total"], "6");
}

#[test]
fn the_amount_that_counts_is_the_one_that_is_asked_for() {
    let desk = plan();
    desk.file("focus.csv", format!("{HEADER}7,2,EUR,2026-09-05,Usage,42,\n"));
    desk.import(&[&desk.folder.path().join("focus.csv")], &[]);
    let total = |more: &[&str]| cost(&desk, more)["months"][0]["total"].clone();
    assert_eq!(
        (total(&[]), total(&["--billed"]), total(&["--effective"])),
        ("2".into(), "7".into(), "2".into())
    );
    desk.refused(&["cost", desk.path(), "--billed", "--effective"]);
}
