use std::fs;

use headroom_files::records::{FieldStatement, Records, RowRecord};
use headroom_model::Kind;

use super::*;

const HEADER: &str = "id,title,team,metric,op,value,from,decide_by,decided,decision\n";

fn records(text: &str) -> Records {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bets.csv");
    fs::write(&file, text).unwrap();
    read_bets(&[file], &EventTableOptions::default()).unwrap()
}

fn of(kind: Kind, records: &Records) -> Vec<&RowRecord> {
    records.rows.iter().filter(|row| row.kind == kind).collect()
}

fn objectives(row: &RowRecord) -> Vec<&str> {
    row.references(Kind::Objective).collect()
}

#[test]
fn a_criterion_that_repeats_is_one_objective() {
    let rows = "B1,One,web,New customers,>=,40,2026-01-01,2026-05-01,,\n\
                B2,Two,web,new customers,>=,40,2026-01-01,2026-05-01,,\n\
                B3,Three,web,conversion,>=,12%,,2026-05-01,2026-05-02,kill\n";
    let records = records(&format!("{HEADER}{rows}"));
    assert!(records.problems.is_empty(), "{:?}", records.problems);
    let bets = of(Kind::Bet, &records);
    assert_eq!(objectives(bets[0]), ["new-customers-at-least-40"]);
    assert_eq!(objectives(bets[0]), objectives(bets[1]));
    assert_eq!(bets[2].text("decision"), Some("stop"));
    assert_eq!(of(Kind::Objective, &records).len(), 2);
    let conversion = of(Kind::Objective, &records)[0];
    assert_eq!(conversion.text("value"), Some("0.12"));
    let metrics: Vec<&str> =
        of(Kind::Metric, &records).into_iter().filter_map(|row| row.text("key")).collect();
    assert_eq!(
        metrics,
        ["conversion", "leads", "new-customers", "trials"],
        "with what conversion is made of"
    );
}

#[test]
fn a_value_that_the_metric_cannot_have_is_no_criterion() {
    for (metric, value) in
        [("conversion", "40"), ("churned MRR", "12%"), ("spend", "5000"), ("trials", "12%")]
    {
        let records = records(&format!("{HEADER}B1,One,web,{metric},>=,{value},,2026-05-01,,\n"));
        let bet = of(Kind::Bet, &records)[0];
        assert!(objectives(bet).is_empty(), "{metric} {value}");
        assert_eq!(records.problems.len(), 1, "{metric} {value}");
        let words = format!("Criterion in the file: {metric} >= {value}");
        assert_eq!(bet.text("hypothesis"), Some(words.as_str()), "nothing that was written is lost");
    }
}

#[test]
fn headers_of_others_are_understood() {
    let records = records(
        "Experiment,Squad,Success metric,Target,Channel,Start date,Kill date,Decided on,Verdict\n\
         Referral fee,Growth,Payback,< 12,Partners,01/02/2026,30/04/2026,02/05/2026,pivot\n",
    );
    assert!(records.problems.is_empty(), "{:?}", records.problems);
    let bet = of(Kind::Bet, &records)[0];
    assert_eq!((bet.text("key"), bet.text("decision")), (Some("referral-fee"), Some("change")));
    assert_eq!(bet.text("decide_by"), Some("2026-04-30"));
    assert_eq!(objectives(bet), ["payback-below-12-partners"]);
    assert_eq!(of(Kind::Objective, &records)[0].text("channel"), Some("Partners"));
}

#[test]
fn what_cannot_be_read_is_told_and_left_out() {
    for row in [
        "B1,,web,trials,>=,4,,2026-05-01,,",
        "B1,One,web,trials,>=,4,,2026-02-30,,",
        "B1,One,web,trials,>=,4,,2026-05-01,2026-05-01,",
        "B1,One,web,trials,>=,4,,2026-05-01,,stop",
        "B1,One,web,trials,>=,4,,2026-05-01,2026-05-01,perhaps",
    ] {
        let records = records(&format!("{HEADER}{row}\n"));
        assert!(of(Kind::Bet, &records).is_empty(), "{row}");
        assert_eq!(records.problems.len(), 1, "{row}");
    }
}

#[test]
fn days_of_a_bet_that_is_not_decided_are_stated_as_none() {
    let records = records(&format!("{HEADER}B1,One,web,trials,>=,4,,2026-05-01,,\n"));
    let bet = of(Kind::Bet, &records)[0];
    let decided = bet.fields.iter().find(|(name, _)| *name == "decided");
    assert_eq!(decided.map(|(_, said)| said), Some(&FieldStatement::Value(serde_json::Value::Null)));
}

#[test]
fn the_plans_own_table_is_none_of_others() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bets.csv");
    fs::write(&file, "id,name,team,objectives,from,decide_by,decided,decision\n").unwrap();
    assert!(!recognise_bets(&file));
    fs::write(&file, HEADER).unwrap();
    assert!(recognise_bets(&file));
}
