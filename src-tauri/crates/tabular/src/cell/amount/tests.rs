use proptest::prelude::*;

use super::*;

fn says(text: &str) -> String {
    let show = |amount: CellAmount| {
        let end = |number: Decimal| number.with_scale(2).map_or("?".to_owned(), |cents| cents.to_string());
        let high = amount.high.map(|high| format!("-{}", end(high))).unwrap_or_default();
        let mark = match amount.mark {
            CurrencyMark::None => String::new(),
            CurrencyMark::Named(currency) => format!(" {currency}"),
            CurrencyMark::Sign(sign) => format!(" {sign}"),
        };
        format!("{}{high}{mark}", end(amount.low))
    };
    match read(text, None) {
        Read::Sure(amount) => show(amount),
        Read::Doubt(amount, _) => show(amount) + " ?",
        Read::Nothing => "nothing".to_owned(),
        Read::Open => "open".to_owned(),
        Read::Fault(_) => "fault".to_owned(),
    }
}

#[test]
fn parses_amounts_as_people_write_them() {
    for (text, expected) in [
        ("$120k", "12000000 $"),
        ("1.234,56 €", "123456 EUR"),
        ("120,000.00", "12000000"),
        ("£45,000", "4500000 GBP ?"),
        ("EUR 1 234.50", "123450 EUR"),
        ("85K-95K", "8500000-9500000"),
        ("85-95k", "8500000-9500000"),
        ("£85,000 - £95,000", "8500000-9500000 GBP ?"),
        ("CHF 1'234'567.00", "123456700 CHF"),
        ("US$ 1.5m", "150000000 USD"),
        ("$95,000.00 CAD", "9500000 CAD"),
        ("120000", "12000000"),
        ("1.234k", "123400 ?"),
        ("85,5k", "8550000"),
        ("45000 GBP per annum", "4500000 GBP"),
        ("45k GBP p.a.", "4500000 GBP"),
        ("28.50 EUR/h", "fault"),
        ("CHF 120’000.–", "12000000 CHF"),
        ("€ 60.000,-", "6000000 EUR ?"),
        ("", "nothing"),
        ("competitive", "fault"),
        ("€ 10 $", "fault"),
        ("95k-85k", "fault"),
        ("₹12,00,000", "120000000 INR"),
        ("INR 1,10,00,000.50", "1100000050 INR"),
        ("₹12 LPA", "120000000 INR"),
        ("₹ 1.2 Cr", "1200000000 INR"),
        ("Rs. 12,00,000/-", "120000000"),
        ("₹9,50,000 - ₹12,00,000", "95000000-120000000 INR"),
        ("SAR ١٢٠٬٠٠٠٫٥٠", "12000050 SAR"),
        ("CHF 1`200`000", "120000000 CHF"),
    ] {
        assert_eq!(says(text), expected, "{text}");
    }
}

#[test]
fn header_may_name_the_currency() {
    assert_eq!(named_in("Actual Pay Floor (£)"), Some(Currency::GBP));
    assert_eq!(named_in("Base pay EUR"), Some(Currency::EUR));
    assert_eq!(named_in("ALL PAY"), None);
    assert_eq!(currency("eur"), Some(Currency::EUR));
}

#[test]
fn cell_may_name_the_pay_period() {
    let per = |text| match read(text, None) {
        Read::Sure(amount) | Read::Doubt(amount, _) => amount.per,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(per("60000 p.a."), Some(PayPeriod::Year));
    assert_eq!(per("5,000 EUR per month"), Some(PayPeriod::Month));
    assert_eq!(per("60000"), None);
    assert!(
        is_in_thousands("Salary (k€)")
            && is_in_thousands("Gehalt TEUR")
            && is_in_thousands("Pay in thousands")
    );
    assert!(!is_in_thousands("Salary (EUR)") && !is_in_thousands("Task pay"));
}

#[test]
fn recognises_lakhs() {
    let is_indian = |text| match read(text, None) {
        Read::Sure(amount) | Read::Doubt(amount, _) => amount.is_indian,
        other => panic!("{text}: {other:?}"),
    };
    assert!(
        is_indian("12,00,000") && is_indian("9,50,000.50") && is_indian("12 lakh") && is_indian("1,23,456")
    );
    assert!(!is_indian("1,200,000") && !is_indian("120000") && !is_indian("85,000"));
    for wrong in ["1,2,345", "123,45,678", "12,00,0000", "12,000,00"] {
        assert_eq!(says(wrong), "fault", "{wrong}");
    }
}

proptest! {
    #[test]
    fn never_panics_on_arbitrary_input(text in "\\PC{0,30}", marks in "[0-9.,'k$€£A-Z -]{0,40}") {
        for text in [text, marks] {
            read(&text, None);
            read(&text, Some(DecimalMark::Comma));
            named_in(&text);
            currency(&text);
        }
    }
}
