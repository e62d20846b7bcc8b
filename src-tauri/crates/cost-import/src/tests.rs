//! Whole bills, small ones.

use std::{fs, path::PathBuf};

use headroom_files::{Level, records::Records};

use crate::{BillOptions, BillReport, read, read_bill, recognise};

fn file(name: &str, text: &str) -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    (folder, vec![path])
}

/// Each line as `month class account namespace labels billed effective currency`.
fn lines(records: &Records) -> Vec<String> {
    let fields = ["first", "class", "account", "namespace", "labels", "billed", "effective", "currency"];
    let line = |row: &headroom_files::records::RowRecord| {
        fields.map(|field| row.text(field).unwrap_or_default().to_owned()).join(" | ")
    };
    records.rows.iter().map(line).collect()
}

fn read_text(name: &str, text: &str) -> Records {
    let (_folder, path) = file(name, text);
    assert!(recognise(&path[0]), "{text}");
    read(&path, &BillOptions::default()).unwrap()
}

#[test]
fn rows_of_focus_are_added_up_without_rounding() {
    let records = read_text(
        "focus.csv",
        "\u{feff}BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargeCategory,SubAccountId,Tags\n\
         0.0049,0.001,USD,2024-09-18 22:00:00,Usage,7,\"{\"\"team\"\": \"\"pay\"\", \"\"pod\"\": \"\"a\"\"}\"\n\
         0.0049,0.001,USD,2024-09-19 22:00:00,Usage,7,\"{\"\"team\"\": \"\"pay\"\", \"\"pod\"\": \"\"b\"\"}\"\n\
         100,0,USD,2024-09-01 00:00:00,Purchase,7,NULL\n\
         -1.5E-3,NULL,EUR,2024-10-01 00:00:00,Credit,7,NULL\n",
    );
    assert_eq!(
        lines(&records),
        [
            "2024-09-01 | purchase | 7 |  |  | 100 | 0 | USD",
            "2024-09-01 | usage | 7 |  | team=pay | 0.0098 | 0.002 | USD",
            "2024-10-01 | credit | 7 |  |  | -0.0015 | 0 | EUR",
        ]
    );
    assert!(records.problems.iter().any(|problem| problem.message.contains("USD and EUR") || problem.message.contains("EUR and USD")));
}

#[test]
fn shares_of_a_cluster_are_no_namespaces() {
    let records = read_text(
        "allocation.csv",
        "start,end,namespace,label:team,cpuCost,totalCost\n\
         2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,booking-prod,booking,1,2.5\n\
         2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,__idle__,,1,3\n\
         2026-01-01T00:00:00Z,2026-02-01T00:00:00Z,__unallocated__,,1,4\n",
    );
    assert_eq!(
        lines(&records),
        [
            "2026-01-01 | idle |  |  |  | 3 | 3 | USD",
            "2026-01-01 | unallocated |  |  |  | 4 | 4 | USD",
            "2026-01-01 | usage |  | booking-prod | team=booking | 2.5 | 2.5 | USD",
        ]
    );
}

#[test]
fn allocations_in_json_are_read() {
    let text = r#"{"code": 200, "data": [{
        "booking": {"name": "booking", "window": {"start": "2026-01-01T00:00:00Z"}, "totalCost": 1.25,
            "properties": {"cluster": "one", "namespace": "booking", "labels": {"team": "booking"}}},
        "__idle__": {"name": "__idle__", "window": {"start": "2026-01-01T00:00:00Z"}, "totalCost": 2}}]}"#;
    let records = read_text("allocation.json", text);
    assert_eq!(
        lines(&records),
        [
            "2026-01-01 | idle |  |  |  | 2 | 2 | USD",
            "2026-01-01 | usage | one | booking | team=booking | 1.25 | 1.25 | USD",
        ]
    );
}

#[test]
fn what_a_commitment_covers_is_effective_on_the_day_used() {
    let records = read_text(
        "cur.csv",
        "lineItem/UsageStartDate,lineItem/UnblendedCost,lineItem/LineItemType,lineItem/CurrencyCode,lineItem/UsageAccountId,\
         reservation/EffectiveCost,savingsPlan/SavingsPlanEffectiveCost,resourceTags/user:team\n\
         2026-01-03T00:00:00Z,0,DiscountedUsage,USD,1,0.6,,pay\n\
         2026-01-03T00:00:00Z,2,SavingsPlanCoveredUsage,USD,1,,1.4,pay\n\
         2026-01-03T00:00:00Z,-2,SavingsPlanNegation,USD,1,,,pay\n\
         2026-01-03T00:00:00Z,5,Usage,USD,1,,,pay\n",
    );
    assert_eq!(lines(&records), ["2026-01-01 | usage | 1 |  | team=pay | 5 | 7 | USD"]);
}

#[test]
fn azure_may_be_german() {
    let records = read_text(
        "azure.csv",
        "Datum;Abonnementname;Kategorie der Verbrauchseinheit;Kosten;Währung;Tags\n\
         03.01.2026;Laden;Storage;1,25;EUR;\"\"\"team\"\": \"\"pay\"\"\"\n",
    );
    assert_eq!(lines(&records), ["2026-01-01 | usage | Laden |  | team=pay | 1.25 | 1.25 | EUR"]);
}

#[test]
fn credits_of_google_are_taken_off() {
    let records = read_text(
        "gcp.csv",
        "usage_start_time,project.id,cost,currency,credits,labels\n\
         2026-01-03 00:00:00 UTC,shop,10,EUR,\"[{\"\"name\"\": \"\"CUD\"\", \"\"amount\"\": -2.5}]\",\
         \"[{\"\"key\"\": \"\"team\"\", \"\"value\"\": \"\"pay\"\"}]\"\n",
    );
    assert_eq!(lines(&records), ["2026-01-01 | usage | shop |  | team=pay | 7.5 | 7.5 | EUR"]);
}

#[test]
fn dates_in_two_orders_are_told() {
    let text = |day: &str| format!("Date,SubscriptionId,Cost,BillingCurrency\n{day},s,1,USD\n");
    let told = |day: &str| {
        let records = read_text("azure.csv", &text(day));
        (
            lines(&records)[0][..7].to_owned(),
            records.problems.iter().any(|problem| problem.level == Level::Warning),
        )
    };
    assert_eq!(told("3/4/2026"), ("2026-03".to_owned(), true));
    assert_eq!(told("13/4/2026"), ("2026-04".to_owned(), false));
}

#[test]
fn half_a_file_is_told_and_the_rest_read() {
    let records = read_text(
        "focus.csv",
        "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart\n1,1,USD,2026-01-03\nmuch,1,USD,2026-01-03\n\
         1,1,Credits,2026-01-03\n1,1,USD,soon\n1,1,US",
    );
    assert_eq!(lines(&records).len(), 1);
    let errors: Vec<String> = records
        .problems
        .iter()
        .filter(|problem| problem.level == Level::Error)
        .map(|problem| format!("{} {}", problem.place.line, problem.message))
        .collect();
    assert_eq!(errors.len(), 4, "{errors:?}");
    assert!(errors[0].starts_with("3 “much” is no amount"), "{errors:?}");
    assert!(errors[1].contains("“Credits” is no currency"));
    assert!(errors[3].contains("row has 3 cells"));
}

#[test]
fn a_cancelled_reading_gives_nothing() {
    let rows = "1,1,USD,2026-01-03\n".repeat(20_000);
    let (_folder, path) =
        file("focus.csv", &format!("BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart\n{rows}"));
    let options = BillOptions::default();
    options.progress.cancel();
    assert!(read_bill(&path, &options).is_err());
}

#[test]
fn a_report_counts_keys_and_what_lacks_them() {
    let (_folder, path) = file(
        "focus.csv",
        "BilledCost,EffectiveCost,BillingCurrency,ChargePeriodStart,ChargeCategory,Id,Tags\n\
         3,1,USD,2026-01-03,Usage,1,\"{\"\"org\"\": \"\"a\"\"}\"\n1,1,USD,2026-01-03,Usage,2,\"{\"\" org\"\": \"\"a\"\"}\"\n",
    );
    let options = BillOptions { tags: vec!["org".into()], ..BillOptions::default() };
    let report = BillReport::of(&read_bill(&path, &options).unwrap());
    assert_eq!(report.near_duplicate_keys["org"], [" org", "org"]);
    assert_eq!(report.unknown_columns, ["Id"]);
    let org = &report.by_tag["org"].untagged;
    assert_eq!((org.rows_share, org.billed_share, org.effective_share), (Some(0.5), Some(0.25), Some(0.5)));
}
