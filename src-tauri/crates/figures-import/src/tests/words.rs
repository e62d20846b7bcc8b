//! Words of reports: other languages, units, fiscal years, names of tools.

use super::*;

#[test]
fn reports_are_german_and_french_as_well() {
    let german = "Monatsbericht 2026 (in T€);;;\nMonat;MRR;Neukunden;Bruttomarge;Kommentar\n\
                  Januar 2026;412,5;12;71,5 %;\nMärz 2026;1.431,2;14;70,8 %;vorläufig\n";
    // As Windows writes it: the euro sign is 0x80.
    let bytes: Vec<u8> =
        german.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(0x80)).collect();
    let read = read_bytes("bericht.csv", &bytes, &options());
    let expected = [
        "margin 2026-01: 0.715",
        "margin 2026-03: 0.708",
        "mrr 2026-01: 412500 EUR",
        "mrr 2026-03: 1431200 EUR",
        "new-customers 2026-01: 12",
        "new-customers 2026-03: 14",
    ];
    assert_eq!(read.figures(), expected);
    assert!(!read.notes().contains("Kommentar"));
    let french =
        read_text("Indicateur;Unité;janv. 2026;févr. 2026\nMarge brute;%;68,0;68,5\nNouveaux clients;;4;5\n");
    let expected = [
        "margin 2026-01: 0.68",
        "margin 2026-02: 0.685",
        "new-customers 2026-01: 4",
        "new-customers 2026-02: 5",
    ];
    assert_eq!(french.figures(), expected);
}

#[test]
fn a_unit_in_brackets_is_no_segment() {
    let read = read_text("Month,AHT (sec),ASA (s),AHT (avg)\n2026-01,310,18,\n2026-02,305,16,\n");
    let expected = [
        "answer-seconds 2026-01: 18",
        "answer-seconds 2026-02: 16",
        "handle-seconds 2026-01: 310",
        "handle-seconds 2026-02: 305",
    ];
    assert_eq!(read.figures(), expected);
}

#[test]
fn averages_that_are_known_are_metrics() {
    let read = read_text(
        "Date,Average Revenue Per User,Lifetime value,User Churn\n2026-01-01,$50.00,$900.00,2.5%\n2026-02-01,$51.00,$910.00,2.0%\n",
    );
    let expected = [
        "arpa 2026-01: 50 USD",
        "arpa 2026-02: 51 USD",
        "logo-churn 2026-01: 0.025",
        "logo-churn 2026-02: 0.02",
        "ltv 2026-01: 900 USD",
        "ltv 2026-02: 910 USD",
    ];
    assert_eq!(read.figures(), expected);
}

#[test]
fn cells_say_the_unit_of_a_metric_of_its_own() {
    let read = read_text(
        "Metric,Jan 2026,Feb 2026\nCart abandonment,70.1%,69%\nAverage basket,€48.50,€49\nVisits,10,11\n",
    );
    assert_eq!(read.kinds()["cart-abandonment"], "share ratio month");
    assert_eq!(read.kinds()["average-basket"], "money flow month");
    assert!(read.figures().contains(&"average-basket 2026-01: 48.5 EUR".to_owned()), "{:?}", read.figures());
}

#[test]
fn churn_among_movements_is_one() {
    let read =
        read_text("Metric,Jan 2026,Feb 2026\nExpansion,2 €,1 €\nContraction,-1 €,-1 €\nChurn,-3 €,-2 €\n");
    assert!(read.figures().contains(&"churned-mrr 2026-01: 3 EUR".to_owned()), "{:?}", read.figures());
    let alone = read_text("Metric,Jan 2026,Feb 2026\nChurn,3,2\nMRR,3 €,2 €\n");
    assert!(alone.kinds().contains_key("churn"));
}

#[test]
fn fiscal_quarters_wait_for_the_month_that_begins_their_year() {
    let text = "Metric,FY26 Q1,FY26 Q2,FY26\nNew customers,10,12,22\n";
    let read = read_text(text);
    assert!(read.is_recognised && read.figures().is_empty());
    assert!(read.told()[0].starts_with("2:2 Q1 FY2026 is of a fiscal year"), "{:?}", read.told());
    let said = FiguresOptions { fiscal_year: Some(7), ..options() };
    let read = read_bytes("pack.csv", text.as_bytes(), &said);
    assert_eq!(read.figures(), ["new-customers 2025-07: 10", "new-customers 2025-10: 12"]);
}

#[test]
fn months_may_be_dates_with_the_month_first() {
    let read = read_text("Month,MRR ($)\n1/31/2026,\"1,000.50\"\n2/28/2026,\"1,100.00\"\n");
    assert!(read.is_recognised);
    assert_eq!(read.figures(), ["mrr 2026-01: 1000.5 USD", "mrr 2026-02: 1100 USD"]);
    // As days of January they would not be months.
    let first = read_text("Month,New customers\n1/1/2026,3\n2/1/2026,4\n3/1/2026,5\n");
    assert_eq!(
        first.figures(),
        ["new-customers 2026-01: 3", "new-customers 2026-02: 4", "new-customers 2026-03: 5"]
    );
    let open = read_text("Date,New customers\n1/2/2026,3\n2/2/2026,4\n3/2/2026,5\n");
    assert!(open.figures().is_empty());
    assert_eq!(open.told(), ["2:1 “1/2/2026” may have day or month first; table left out"]);
}

#[test]
fn a_letter_behind_a_month_says_whether_it_came_about() {
    let read = read_text("KPI,Jan-26A,Feb-26E,Mar-26F\nNew customers,1,2,3\n");
    assert_eq!(read.figures(), ["new-customers 2026-01: 1"]);
}
