//! Figures by the command line: from a pack to a series, restated, typed elsewhere, and told where they are unclear.

use std::fs;

use headroom_tests::Desk;

const PACK: &str = "\"Acme – board pack, June 2026\"\n\n\
    Metric,Segment,Unit,Jan-26,Feb-26,Mar-26\n\
    MRR,Small,€ k,50,51,52\nMRR,Total,€ k,50,51,52\n\
    Customers,Small,#,100,102,104\nS&M spend,Small,€,\"60,000\",n/a,\"45,600\"\nNew customers,Small,#,10,10,10\n\
    Gross margin,Small,%,80%,80%,80%\n";

/// A plan with a pack in it.
fn imported(text: &str) -> (Desk, String) {
    let mut desk = Desk::new();
    desk.today = "2026-06-10".parse().unwrap();
    let told = import(&desk, text);
    (desk, told)
}

/// Imports a pack; gives what was told.
fn import(desk: &Desk, text: &str) -> String {
    let file = desk.folder.path().join("pack.csv");
    fs::write(&file, text).unwrap();
    let output = desk.run(&["import", desk.path(), file.to_str().unwrap()]);
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

/// The values of a metric, month by month, or why there is none.
fn values(desk: &Desk, metric: &str, day: &str) -> Vec<String> {
    let series = desk.json(&["metrics", desk.path(), metric, "--as-of", day, "--json"]);
    let periods = series[0]["periods"].as_array().cloned().unwrap_or_default();
    let told = |period: &serde_json::Value| match period["value"].as_f64() {
        Some(value) => value.to_string(),
        None => period["why"].as_str().unwrap().to_owned(),
    };
    periods.iter().map(told).collect()
}

#[test]
fn what_a_pack_says_and_what_follows_is_printed_with_its_source() {
    let (desk, _) = imported(PACK);
    assert_eq!(values(&desk, "spend", "2026-05-30"), ["60000", "gap", "45600", "gap"]);
    assert_eq!(values(&desk, "payback", "2026-04-20"), ["15", "gap", "11.4"]);
    let series = desk.json(&["metrics", desk.path(), "spend", "--as-of", "2026-05-30", "--json"]);
    assert_eq!(series[0]["periods"][2]["source"], "pack.csv F7");
    assert_eq!(series[0]["currency"], "EUR");
    let text = desk.done(&["metrics", desk.path(), "payback", "--as-of", "2026-04-20"]);
    assert!(text.contains("Payback (Small)") && text.contains("11.4 months"), "{text}");
    assert!(text.contains("no figure yet"), "{text}");
    let customers = desk.done(&["metrics", desk.path(), "customers", "--as-of", "2026-04-20"]);
    assert!(customers.contains("104") && !customers.contains("EUR"), "{customers}");
}

#[test]
fn a_pack_that_restates_a_figure_is_believed_from_its_day_on() {
    let (mut desk, _) = imported(PACK);
    assert!(import(&desk, PACK).contains("no changes"));
    desk.today = "2026-07-10".parse().unwrap();
    import(&desk, &PACK.replace("50,51,52\nMRR,Total", "50,51.5,52\nMRR,Total"));
    assert_eq!(values(&desk, "mrr", "2026-05-02")[1], "51000");
    assert_eq!(values(&desk, "mrr", "2026-07-10")[1], "51500");
}

#[test]
fn the_plan_keeps_what_it_says_of_a_metric() {
    let mut desk = Desk::new();
    desk.today = "2026-06-10".parse().unwrap();
    let folder = desk.folder.path().join("own");
    fs::create_dir(&folder).unwrap();
    fs::write(
        folder.join("metrics.csv"),
        "id,name,unit,kind,period,lag\ncash-in,S&M spend,money,flow,month,12\n",
    )
    .unwrap();
    desk.done(&["import", desk.path(), folder.to_str().unwrap()]);
    import(&desk, PACK);
    assert_eq!(values(&desk, "cash-in", "2026-05-30").first().map(String::as_str), Some("60000"));
    let series = desk.json(&["metrics", desk.path(), "--as-of", "2026-05-30", "--json"]);
    assert!(series.as_array().unwrap().iter().all(|series| series["metric"] != "spend"));
}

#[test]
fn amounts_without_a_rate_are_told() {
    let (desk, told) = imported(&PACK.replace("€ k", "GBP k"));
    assert!(told.contains("pack.csv:4:") && told.contains("amounts in GBP have no exchange rate"), "{told}");
    // In their own currency they are what they are; beside spend in euros they cannot be compared.
    assert_eq!(values(&desk, "mrr", "2026-04-20"), ["50000", "51000", "52000"]);
    let series = desk.json(&["metrics", desk.path(), "mrr", "--as-of", "2026-04-20", "--json"]);
    assert_eq!(series[0]["currency"], "GBP");
    assert_eq!(values(&desk, "payback", "2026-04-20")[0], "no-rate");
}

#[test]
fn a_figure_that_comes_before_it_is_due_is_known_at_once() {
    let mut desk = Desk::new();
    desk.today = "2026-04-02".parse().unwrap();
    import(&desk, PACK);
    assert_eq!(values(&desk, "mrr", "2026-04-01"), ["50000", "51000"]);
    assert_eq!(values(&desk, "mrr", "2026-04-02"), ["50000", "51000", "52000"]);
    desk.today = "2026-04-03".parse().unwrap();
    assert!(import(&desk, PACK).contains("no changes"));
}

#[test]
fn an_unknown_metric_is_told() {
    let (desk, _) = imported(PACK);
    let output = desk.run(&["metrics", desk.path(), "plants"]);
    assert!(String::from_utf8(output.stderr).unwrap().contains("no metric “plants”"));
}

/// Two segments over two months; of Large nobody counts new customers in February.
const SEGMENTS: &str = "Metric,Segment,Unit,Jan-26,Feb-26\n\
    Opening MRR,Small,€ k,50,51\nOpening MRR,Large,€ k,20,21\n\
    New MRR,Small,€ k,2,3\nNew MRR,Large,€ k,2,2\n\
    Expansion,Small,€ k,1,0\nExpansion,Large,€ k,0,1\n\
    Contraction,Small,€ k,(1),(1)\nContraction,Large,€ k,0,0\n\
    Churned MRR,Small,€ k,(1),(2)\nChurned MRR,Large,€ k,(1),(2)\n\
    Closing MRR,Small,€ k,51,51.5\nClosing MRR,Large,€ k,21,22\n\
    S&M spend,Small,€,\"6,000\",\"6,000\"\nS&M spend,Large,€,\"9,000\",\"9,000\"\n\
    New customers,Small,#,10,12\nNew customers,Large,#,5,n/a\n";

/// The words of a row or of the steps of a waterfall, by column.
fn words<'v>(values: impl Iterator<Item = &'v serde_json::Value>) -> Vec<&'v str> {
    values.map(|value| value["words"].as_str().unwrap()).collect()
}

fn economics(desk: &Desk, more: &[&str]) -> serde_json::Value {
    desk.json(
        &[&["metrics", desk.path(), "--by", "segment", "--as-of", "2026-05-30", "--json"], more].concat(),
    )
}

fn row<'v>(page: &'v serde_json::Value, metric: &str) -> Vec<&'v str> {
    let rows = page["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["metric"]["key"] == metric).unwrap();
    words(row["cells"].as_array().unwrap().iter())
}

#[test]
fn segments_are_put_side_by_side() {
    let (desk, _) = imported(SEGMENTS);
    let page = economics(&desk, &["--month", "2026-01"]);
    let titles = page["columns"].as_array().unwrap().iter().map(|it| it["title"].as_str().unwrap());
    assert_eq!(titles.collect::<Vec<_>>(), ["Large", "Small", "All segments"]);
    assert_eq!(page["dimensions"], serde_json::json!(["segment"]));
    // 15 000 for 15 customers.
    assert_eq!(row(&page, "cac"), ["1 800 EUR", "600 EUR", "1 000 EUR"]);
    assert_eq!(row(&page, "mrr"), ["21 000 EUR", "51 000 EUR", "72 000 EUR"]);
    // (20 + 0 − 0 − 1) ÷ 20, (50 + 1 − 1 − 1) ÷ 50, (70 + 1 − 1 − 2) ÷ 70.
    assert_eq!(row(&page, "nrr"), ["95%", "98%", "97.14%"]);
    let newest = economics(&desk, &[]);
    assert_eq!(newest["month"], "2026-02-01");
    assert_eq!(row(&newest, "cac"), ["no figure yet", "500 EUR", "no figure yet"]);
    let rows = newest["rows"].as_array().unwrap();
    let cac = rows.iter().find(|row| row["metric"]["key"] == "cac").unwrap();
    assert_eq!(cac["cells"][2]["hint"], "Large: no figure yet");
    let text = desk.done(&["metrics", desk.path(), "--by", "segment", "--as-of", "2026-05-30"]);
    assert!(text.contains("Unit economics by segment, Feb 2026") && text.contains("All segments"), "{text}");
    let none = desk.json(&["metrics", desk.path(), "--by", "market", "--as-of", "2026-05-30", "--json"]);
    assert_eq!(none["columns"], serde_json::json!([]));
}

#[test]
fn mrr_moves_from_its_opening_to_its_closing() {
    let (desk, _) = imported(SEGMENTS);
    let steps = |page: &serde_json::Value, column: usize| {
        let steps = page["waterfalls"][column]["steps"].as_array().unwrap().clone();
        words(steps.iter()).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let february = economics(&desk, &[]);
    assert_eq!(
        steps(&february, 1),
        ["51 000 EUR", "+3 000 EUR", "0 EUR", "−1 000 EUR", "−2 000 EUR", "+500 EUR", "51 500 EUR"]
    );
    let both = economics(&desk, &["--months", "2"]);
    assert_eq!(both["waterfalls"][2]["span"], "Jan 2026 to Feb 2026");
    assert_eq!(
        steps(&both, 2),
        ["70 000 EUR", "+9 000 EUR", "+2 000 EUR", "−2 000 EUR", "−6 000 EUR", "+500 EUR", "73 500 EUR"]
    );
    let text = desk.done(&["metrics", desk.path(), "--by", "segment", "--as-of", "2026-05-30"]);
    assert!(text.contains("How MRR moved, Feb 2026") && text.contains("Not explained"), "{text}");
}

#[test]
fn what_cannot_be_put_side_by_side_is_told() {
    let (desk, _) = imported(SEGMENTS);
    let told = |more: &[&str]| {
        let output = desk.run(&[&["metrics", desk.path(), "--as-of", "2026-05-30"], more].concat());
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, text) = told(&["--by", "segment", "--month", "2026-07"]);
    assert!(code == Some(2) && text.contains("no figures of Jul 2026, or it is not over yet"), "{text}");
    for wrong in [
        &["--by", "team"][..],
        &["--by", "segment", "--months", "13"],
        &["--by", "segment", "--month", "soon"],
        &["--month", "2026-01"],
        &["mrr", "--by", "segment"],
    ] {
        assert_eq!(told(wrong).0, Some(2), "{wrong:?}");
    }
}
