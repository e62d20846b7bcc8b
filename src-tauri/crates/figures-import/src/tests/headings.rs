//! Segments that stand above rows or columns.

use super::*;

#[test]
fn headings_above_the_same_metrics_are_their_segments() {
    let read = read_text(
        "KPI,Jan 2026,Feb 2026\nNorth,,\nMRR (€),100,110\nCustomers,10,11\nSouth,,\nMRR (€),200,210\nCustomers,20,21\n\
         Total,,\nMRR (€),300,321\nCustomers,30,33\n",
    );
    let expected = [
        "customers North 2026-01: 10",
        "customers North 2026-02: 11",
        "customers South 2026-01: 20",
        "customers South 2026-02: 21",
        "mrr North 2026-01: 100 EUR",
        "mrr North 2026-02: 110 EUR",
        "mrr South 2026-01: 200 EUR",
        "mrr South 2026-02: 210 EUR",
    ];
    assert_eq!(read.figures(), expected);
    assert_eq!(read.told(), ["10:3 total 33 is not the sum of its 2 parts, 32"]);
    assert!(read.notes().contains("“North” above these rows is read as their segment"));
}

#[test]
fn headings_of_chapters_are_no_segments() {
    let read = read_text(
        "KPI,Jan 2026,Feb 2026\nRevenue,,\nMRR (€),100,110\nNew MRR (€),7,8\nCustomer base,,\nCustomers,10,11\n",
    );
    assert_eq!(read.figures().len(), 6);
    assert!(read.figures().iter().all(|figure| !figure.contains("base")), "{:?}", read.figures());
}

#[test]
fn tables_below_each_other_may_begin_with_their_segment() {
    let read = read_text("North,Jan 2026,Feb 2026\nMRR,1 €,2 €\n\nSouth,Jan 2026,Feb 2026\nMRR,3 €,4 €\n");
    let expected = [
        "mrr North 2026-01: 1 EUR",
        "mrr North 2026-02: 2 EUR",
        "mrr South 2026-01: 3 EUR",
        "mrr South 2026-02: 4 EUR",
    ];
    assert_eq!(read.figures(), expected);
}

#[test]
fn months_may_stand_above_segments_and_below_them() {
    let expected = [
        "mrr Large 2026-01: 20 EUR",
        "mrr Large 2026-02: 21 EUR",
        "mrr Small 2026-01: 10 EUR",
        "mrr Small 2026-02: 11 EUR",
    ];
    for text in [
        "KPI,Jan 2026,,Feb 2026,\n,Small,Large,Small,Large\nMRR (€),10,20,11,21\n",
        "KPI,Jan 2026,Jan 2026,Feb 2026,Feb 2026\nKPI,Small,Large,Small,Large\nMRR (€),10,20,11,21\n",
        ",Small,,Large,\nKPI,Jan 2026,Feb 2026,Jan 2026,Feb 2026\nMRR (€),10,11,20,21\n",
        "Segment,Jan 2026,,Feb 2026,\n,MRR (€),Churn,MRR (€),Churn\nSmall,10,,11,\nLarge,20,,21,\n",
    ] {
        assert_eq!(read_text(text).figures(), expected, "{text}");
    }
}

#[test]
fn a_title_names_the_metric_of_rows_that_are_segments() {
    let read = read_text(
        "Board pack\nMRR by segment (€ k),,\nSegment,Jan 2026,Feb 2026\nSmall,1.5,1.6\nLarge,2,2.25\nTotal,3.5,3.9\n\n\
         New customers by country,,\nCountry,Jan 2026,Feb 2026\nDE,4,5\nFR,6,7\n",
    );
    let expected = [
        "mrr Large 2026-01: 2000 EUR",
        "mrr Large 2026-02: 2250 EUR",
        "mrr Small 2026-01: 1500 EUR",
        "mrr Small 2026-02: 1600 EUR",
        "new-customers DE 2026-01: 4",
        "new-customers DE 2026-02: 5",
        "new-customers FR 2026-01: 6",
        "new-customers FR 2026-02: 7",
    ];
    assert_eq!(read.figures(), expected);
    let market = read.records.figures.iter().filter(|figure| !figure.scope.market.is_empty()).count();
    assert_eq!(market, 4);
}

#[test]
fn columns_below_a_month_may_be_planned_or_compare() {
    let read = read_text(
        "KPI,Jan 2026,,,Feb 2026,,\n,Actual,Budget,Var %,Actual,Budget,Var %\nMRR (€),10,12,-17%,11,13,-15%\n",
    );
    assert_eq!(read.figures(), ["mrr 2026-01: 10 EUR", "mrr 2026-02: 11 EUR"]);
    assert!(read.notes().contains("Jan 2026 is planned, not measured (Budget)"), "{}", read.notes());
}

#[test]
fn rows_of_people_are_never_metrics() {
    for text in [
        "Agent,Jan 2026,Feb 2026\nAda Okafor,10,11\nBo Lind,12,13\n",
        "Month,Agent,Calls\n2026-01,Ada Okafor,10\n2026-01,Bo Lind,12\n2026-02,Ada Okafor,11\n",
    ] {
        let read = read_text(text);
        assert!(read.records.figures.is_empty(), "{text}");
        assert!(read.told()[0].contains("table left out"), "{:?}", read.told());
    }
}

#[test]
fn words_that_tell_rows_of_a_month_apart_need_a_meaning() {
    let text =
        |header: &str| format!("Month,{header},Calls\n2026-01,Day,10\n2026-01,Night,12\n2026-02,Day,11\n");
    let read = read_text(&text("Shift"));
    assert!(read.records.figures.is_empty());
    let told = "1:2 column “Shift” tells rows of one period apart, and is not known; table left out";
    assert_eq!(read.told(), [told]);
    let expected = ["calls Day 2026-01: 10", "calls Day 2026-02: 11", "calls Night 2026-01: 12"];
    assert_eq!(read_text(&text("Queue")).figures(), expected);
    let once = read_text("Month,Shift,Calls\n2026-01,Day,10\n2026-02,Day,11\n");
    assert_eq!(once.figures(), ["calls 2026-01: 10", "calls 2026-02: 11"]);
    assert!(once.notes().contains("column “Shift” has no figures; not read"));
}

#[test]
fn a_column_without_a_name_is_a_segment_or_a_unit() {
    let read = read_text(
        "Model,,Jan 26,Feb 26\nMRR,North,1 €,2 €\n,South,3 €,4 €\n,Grand total,4 €,7 €\nARR,€ k,5,6\n",
    );
    let expected = [
        "arr 2026-01: 5000 EUR",
        "arr 2026-02: 6000 EUR",
        "mrr North 2026-01: 1 EUR",
        "mrr North 2026-02: 2 EUR",
        "mrr South 2026-01: 3 EUR",
        "mrr South 2026-02: 4 EUR",
    ];
    assert_eq!(read.figures(), expected);
    assert!(read.notes().contains("“North” in a column without a name is read as the segment"));
    let turned = read_text(",,Jan 26,Feb 26\nNorth,MRR,1 €,2 €\n,Customers,3,4\n");
    assert!(turned.figures().contains(&"mrr North 2026-01: 1 EUR".to_owned()), "{:?}", turned.figures());
}
