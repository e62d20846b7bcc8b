//! Amounts in all common notations are removed, and numbers that are not amounts are kept.

use headroom_model::{Currency, Money};
use proptest::prelude::*;

use super::{Amounts, REMOVED, without_amounts};

fn scrubbed(text: &str, amounts: &Amounts) -> String {
    without_amounts(text, amounts).map_or_else(|| text.to_owned(), |(text, _)| text)
}

fn amounts(wholes: &[i64]) -> Amounts {
    Amounts::new(wholes.iter().map(|whole| Money::whole(*whole, Currency::EUR)))
}

/// Texts in which a digit is left.
fn survivors<'a>(texts: impl IntoIterator<Item = &'a str>, amounts: &Amounts) -> Vec<(&'a str, String)> {
    let kept = texts.into_iter().map(|text| (text, scrubbed(text, amounts)));
    kept.filter(|(_, kept)| kept.contains(super::number::is_digit) || !kept.contains(REMOVED)).collect()
}

fn grouped(whole: i64, mark: &str, size: usize) -> String {
    let digits = whole.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        let left = digits.len() - at;
        if at > 0 && left >= 3 && (left - 3).is_multiple_of(size) {
            text.push_str(mark);
        }
        text.push(digit);
    }
    text
}

/// Rounded to a number of decimals, with a point and with a comma.
fn decimals(cents: i64, by: i64, count: usize) -> [String; 2] {
    let text = format!("{:.count$}", cents as f64 / 100.0 / by as f64);
    [text.replace('.', ","), text]
}

/// Notations without a currency.
fn bare(cents: i64) -> Vec<String> {
    let (whole, part) = (cents / 100, cents % 100);
    let mut all = vec![
        whole.to_string(),
        cents.to_string(),
        format!("{whole}.{part:02}"),
        format!("{whole},{part:02}"),
    ];
    let marks =
        [",", ".", "'", "’", "_", "·", " ", "\t", "\n", "\r\n", "\u{a0}", "\u{2007}", "\u{2009}", "\u{202f}"];
    all.extend(marks.map(|mark| grouped(whole, mark, 3)));
    all.push(grouped(whole, ",", 2));
    for (mark, point) in [(",", "."), (".", ","), (" ", ","), ("'", "."), ("\u{202f}", ","), ("’", ".")] {
        all.push(format!("{}{point}{part:02}", grouped(whole, mark, 3)));
    }
    all.push(
        whole.to_string().chars().map(|digit| char::from_u32(u32::from(digit) + 0xfee0).unwrap()).collect(),
    );
    all.push(format!("{whole}.-"));
    all.push(format!("{}.–", grouped(whole, "'", 3)));
    let words = [
        "k",
        "K",
        " k",
        " K",
        "-thousand",
        " thousand",
        " grand",
        " mille",
        " Tsd",
        " Tsd.",
        " tsd.",
        " Tausend",
        " tys.",
        " тыс",
        " тыс.",
        "T",
        " T€",
        "T€",
        "kEUR",
        " kEUR",
        " TEUR",
        "k€",
        "K€",
        " Tsd. €",
        " Tsd. EUR",
        "ks",
        "k/yr",
        "e3",
    ];
    for count in 0..=3 {
        all.extend(
            decimals(cents, 1_000, count).iter().flat_map(|text| words.map(|word| format!("{text}{word}"))),
        );
    }
    all.push(format!("{}k", whole / 1_000));
    all.push(format!("{},000", (whole + 500) / 1_000));
    for count in 2..=5 {
        let words =
            ["m", "M", " million", " Mio", " Mio.", " Mio. €", "Mio€", " mn", " mln", " млн", " MEUR", "e6"];
        let texts = decimals(cents, 1_000_000, count);
        all.extend(texts.iter().flat_map(|text| words.map(|word| format!("{text}{word}"))));
        all.extend(
            decimals(cents, 100_000, count)
                .iter()
                .flat_map(|text| [" lakh", " lac"].map(|word| format!("{text}{word}"))),
        );
    }
    for parts in [12, 4] {
        all.extend(decimals(cents / parts, 1, 0));
        all.extend(decimals(cents / parts, 1, 2));
        all.extend(decimals(cents / parts, 1_000, 1).map(|text| format!("{text}k")));
    }
    all
}

/// Notations next to a currency or a pay keyword.
fn marked(whole: i64) -> Vec<String> {
    let numbers =
        [whole.to_string(), grouped(whole, ",", 3), grouped(whole, ".", 3), grouped(whole, "\u{a0}", 3)];
    let thousands = (whole + 500) / 1_000;
    let mut all = Vec::new();
    for number in numbers {
        for currency in [
            "€", "$", "£", "₦", "₱", "￥", "EUR", "USD", "KES", "PLN", "TRY", "PHP", "CAD", "kr", "Rs",
            "Rs.", "R$", "CHF", "zł",
        ] {
            all.extend([format!("{currency} {number}"), format!("{number} {currency}")]);
            all.extend([format!("{currency}{number}"), format!("{number}{currency}")]);
        }
        for before in [
            "offer ",
            "salary: ",
            "salary ",
            "he earns ",
            "pay=",
            "salary-",
            "base of ",
            "budget: ",
            "cost ",
            "Gehalt ",
            "salary expectation of about ",
        ] {
            all.push(format!("{before}{number}"));
        }
        for after in [",-", ".-", " gross", " base", " p.a.", " per year", "/yr", " a year"] {
            all.push(format!("{number}{after}"));
        }
    }
    let upper = thousands + 9;
    all.extend([
        format!("{thousands}-{upper}k"),
        format!("{thousands}–{upper}k EUR"),
        format!("EUR {thousands}-{upper}k"),
        format!("€{thousands} – {upper}k"),
        format!("between {thousands} and {upper}k EUR"),
        format!("{thousands} bis {upper} Tsd. €"),
        format!("{thousands}.5K base"),
        format!("offer {thousands}k"),
        format!("salary {}", thousands % 900 + 100),
    ]);
    all
}

#[test]
fn known_amounts_are_removed_in_any_notation() {
    let known = amounts(&[137_250, 1_500_000, 7_700_000]);
    let texts = [
        "137 T€",
        "137Tsd€",
        "137 Tsd",
        "0,137 Mio",
        "137,2 Tausend",
        "7.7 Mio",
        "1.5 Mio €",
        "0.13725M",
        "137kEUR",
        "137·250",
        "137e3",
        "1.3725e5",
        "1.3725E+05",
        "1,37,250",
        "EUR137250",
        "137250EUR",
        "€ 137.250,-",
        "1.3725 lakh",
        "11.4k a month",
        "34312.50",
        "34,312.5",
        "137,000",
        "137k-ish",
        "137.25 K",
        "137-thousand",
        "137.250,0",
        "x137250y",
    ];
    assert_eq!(survivors(texts, &known), []);
}

#[test]
fn unknown_amounts_are_removed_next_to_money() {
    let texts = [
        "88888 (EUR)",
        "(EUR) 88888",
        "EUR: 88888",
        "cost (EUR): 88888",
        "Gehaltswunsch: 91.500",
        "Jahresgehalt 91500",
        "salary_expectation=91500",
        "| salary | 91500 |",
        "TC 250k",
        "180k TC",
        "total comp: 250k",
        "$120K-$150K",
        "95k-105k",
        "95-105k",
        "90–99k EUR",
        "CHF 88'888.-",
        "88,888 US$",
        "R$88888",
        "88k PHP",
        "99.5K base",
        "88888 Euro brutto",
        "₦88888",
        "88 888 TRY",
        "from 90 to 99k",
        "209 kEUR",
    ];
    assert_eq!(survivors(texts, &Amounts::default()), []);
}

#[test]
fn other_numbers_are_kept() {
    let known = amounts(&[50_000, 4_200]);
    for text in [
        "ECB fix of 2027-01-15 EUR/USD",
        "on 2027-01-15 USD rates change",
        "GBP 2027-01-15",
        "15.01.2027 EUR",
        "15/01/2027 EUR",
        "24/7 EUR team",
        "tier 1 EUR",
        "40 CAD drawings",
        "12 $ROOT",
        "5 million users",
        "IP 10.4.200.1",
        "10.4.200.1/24, USD desk",
        "sprint 12 EUR launch",
        "port 8080; v1.2.0; +49 30 1234567; ISO 27001; PHP 8.3; SLO 99.95",
        "budget 2027",
        "bonus 12 %",
        "20-30k users",
        "cost of 12,000 requests",
        "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
        "10:30 to 11:45",
        "budget in EUR (2027)",
        "12 (EUR desk)",
        "team of 12, 140 services",
    ] {
        assert_eq!(scrubbed(text, &known), text);
    }
    assert_eq!(
        scrubbed("IP 10.0.50.000 and 10.0.137.250", &amounts(&[137_250])),
        "IP 10.0.50.000 and 10.[removed]"
    );
    assert_ne!(scrubbed("40 CAD an hour", &known), "40 CAD an hour");
    assert_ne!(scrubbed("12 $US", &known), "12 $US");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    // Below 26,400 the monthly amount can be read as a year.
    #[test]
    fn known_amounts_never_survive(cents in 2_700_000_i64..99_999_999) {
        let known = Amounts::new([Money::new(cents, Currency::EUR)]);
        for spelling in bare(cents) {
            let text = format!("see <<{spelling}>> there");
            let kept = scrubbed(&text, &known);
            prop_assert!(!kept.contains(super::number::is_digit), "{cents}: {text} is {kept}");
            prop_assert_eq!(scrubbed(&kept, &known), kept);
        }
    }

    #[test]
    fn numbers_next_to_money_never_survive(whole in 25_000_i64..9_999_999) {
        let none = Amounts::default();
        for text in marked(whole) {
            let kept = scrubbed(&text, &none);
            prop_assert!(!kept.contains(super::number::is_digit), "{text} is {kept}");
        }
    }

    #[test]
    fn non_amounts_are_kept(
        (year, month, day) in (1990..2100_u32, 1..=12_u32, 1..=28_u32),
        parts in [1..=99_u8, 0..=99_u8, 0..=99_u8, 1..=99_u8],
        count in 1..9_999_u32,
        // Without letters of a multiple, a power of ten or a pay keyword.
        id in "[gjqvxz0-9]{16}",
    ) {
        // None of the numbers below is close to it.
        let known = amounts(&[7_654_321]);
        let [a, b, c, d] = parts;
        for text in [
            format!("{year}-{month:02}-{day:02} EUR/USD"),
            format!("from {year}-{month:02}-{day:02}T10:30 to {day:02}.{month:02}.{year}, USD desk"),
            format!("{a}.{b}.{c}.{d} EUR gateway"),
            format!("v{a}.{b}.{c}-rc{d}"),
            format!("id {id}, HC-{count}, PR #{count}"),
            format!("call +49 {a:02} {count:04} or (0{a:02}) {count:04}-{b:02}"),
            format!("{count} people in {year}, port {count}, {count} tests, {a}% of {b}"),
            format!("in {year} and Q{} of {year}", month % 4 + 1),
        ] {
            prop_assert_eq!(scrubbed(&text, &known), text);
        }
    }
}
