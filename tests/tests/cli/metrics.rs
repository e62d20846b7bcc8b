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
