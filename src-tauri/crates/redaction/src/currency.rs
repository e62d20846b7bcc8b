//! Currencies in text: signs, codes and names, before and after a number.

use super::number::is_digit;

/// Signs outside of Unicode's block of currency symbols.
const SIGNS: &[char] = &['$', '£', '¥', '¢', '¤', '฿', '؋', '֏', '﷼', '＄', '￠', '￡', '￥', '￦'];
const CODES: &[&str] = &[
    "AED", "ARS", "AUD", "AZN", "BDT", "BGN", "BHD", "BRL", "BYN", "CHF", "CLP", "CNY", "CRC", "CZK", "DKK",
    "DZD", "EGP", "ETB", "EUR", "GBP", "GHS", "GTQ", "HKD", "HRK", "HUF", "IDR", "ILS", "INR", "IQD", "ISK",
    "JOD", "JPY", "KES", "KRW", "KWD", "KZT", "LBP", "LKR", "MDL", "MKD", "MMK", "MXN", "MYR", "NGN", "NOK",
    "NPR", "NZD", "OMR", "PKR", "PLN", "PYG", "QAR", "RMB", "RON", "RSD", "RUB", "SAR", "SEK", "SGD", "THB",
    "TND", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS", "VND", "XAF", "XOF", "ZAR", "ZMW",
];
/// Codes and names that are also words, names or units: only a number that looks like an amount is removed next to
/// them.
const AMBIGUOUS: &[&str] = &[
    "ALL", "AMD", "BAM", "BOB", "COP", "CUP", "DOP", "GEL", "LAK", "MAD", "MOP", "MUR", "PEN", "PHP", "SOS",
    "TOP", "TRY", "Fr", "Ft", "RM", "Rp", "TL", "lei", "leva", "rand", "won", "dong", "mark",
];
/// The Canadian dollar, or computer-aided design.
const DRAWING: &str = "CAD";
/// In lower case. Of words written with a capital some are units of time (`sek`).
const NAMES: &[&str] = &[
    "euro",
    "euros",
    "dollar",
    "dollars",
    "bucks",
    "pound",
    "pounds",
    "quid",
    "franken",
    "francs",
    "franc",
    "rupee",
    "rupees",
    "rupien",
    "yen",
    "yuan",
    "renminbi",
    "zł",
    "zloty",
    "złoty",
    "złotych",
    "kč",
    "korun",
    "krona",
    "kronor",
    "krone",
    "kroner",
    "kronen",
    "forint",
    "pesos",
    "reais",
    "shekel",
    "shekels",
    "naira",
    "shillings",
    "dirham",
    "dirhams",
    "riyal",
    "руб",
    "рублей",
    "рубля",
    "р",
    "грн",
    "гривень",
    "евро",
    "лв",
    "kr",
    "rs",
    "sfr",
    "円",
    "元",
    "원",
    "eur",
    "usd",
    "gbp",
    "chf",
    "jpy",
    "pln",
    "czk",
    "dkk",
    "inr",
    "krw",
    "cny",
    "huf",
    "brl",
    "sgd",
    "hkd",
    "aud",
    "nzd",
];
/// What may stand between a number and its currency.
const LOOSE: &[char] = &['.', ',', '-', '–', '—', '−', '’', '\''];
/// Words that follow an amount in Canadian dollars rather than a count of drawings.
const AFTER_AMOUNT: &[&str] = &[
    "a", "an", "per", "each", "pro", "pa", "p", "yearly", "annually", "monthly", "hourly", "daily", "and",
    "or", "plus", "in", "for", "of", "to", "base", "gross", "net",
];

/// How certain it is that a currency is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurrencyCertainty {
    None,
    /// If the number looks like an amount.
    Perhaps,
    Sure,
}

/// Whether this is a currency code and not also a word or name.
pub fn is_code(word: &str) -> bool {
    CODES.contains(&word) || word == DRAWING
}

/// Whether a word of a field name is a currency.
pub fn is_named(word: &str) -> bool {
    is_code(&word.to_uppercase()) || NAMES.contains(&word)
}

pub fn is_sign(letter: char) -> bool {
    ('\u{20a0}'..='\u{20cf}').contains(&letter) || SIGNS.contains(&letter)
}

impl CurrencyCertainty {
    /// In or next to brackets: `88888 (EUR)`, `EUR (2027)`.
    fn in_brackets(self) -> Self {
        if self == CurrencyCertainty::Sure { CurrencyCertainty::Perhaps } else { self }
    }
}

/// The currency before a number.
pub fn before(text: &str) -> CurrencyCertainty {
    let is_open = |letter: char| letter.is_whitespace() || "()[]:=".contains(letter);
    match directly_before(text) {
        CurrencyCertainty::None => directly_before(text.trim_end_matches(is_open)).in_brackets(),
        mark => mark,
    }
}

/// The currency after a number and its multiple.
pub fn after(text: &str) -> CurrencyCertainty {
    let near = text.trim_start();
    match directly_after(text) {
        CurrencyCertainty::None if near.starts_with(['(', '[']) => directly_after(&near[1..]).in_brackets(),
        mark => mark,
    }
}

fn directly_before(text: &str) -> CurrencyCertainty {
    let is_between = |letter: char| letter.is_whitespace() || "-−–:=~≈\"'".contains(letter);
    let near = text.trim_end_matches(is_between);
    if near.ends_with(is_sign) {
        return CurrencyCertainty::Sure;
    }
    // `Rs. 500`; but after `EUR.` a new sentence starts.
    let is_short =
        |word: &str| matches!(word, "Rs" | "rs" | "kr" | "Kr" | "Fr" | "SFr" | "р" | "руб" | "RM" | "Rp");
    let word = last_word(near.strip_suffix('.').filter(|rest| is_short(last_word(rest))).unwrap_or(near));
    of(word, "")
}

fn directly_after(text: &str) -> CurrencyCertainty {
    if is_dash_for_cents(text) {
        return CurrencyCertainty::Sure;
    }
    let near = text.trim_start_matches(|letter: char| letter.is_whitespace() || LOOSE.contains(&letter));
    if let Some(rest) = near.strip_prefix(is_sign) {
        return if near.starts_with('$') && is_variable(rest) {
            CurrencyCertainty::None
        } else {
            CurrencyCertainty::Sure
        };
    }
    let word = first_word(near);
    let rest = &near[word.len()..];
    // `R$`, `US$`, `NT$`.
    let is_dollar =
        word.len() <= 2 && rest.starts_with('$') && word.bytes().all(|letter| letter.is_ascii_uppercase());
    if is_dollar { CurrencyCertainty::Sure } else { of(word, rest) }
}

fn of(word: &str, rest: &str) -> CurrencyCertainty {
    if word == DRAWING {
        let next = first_word(rest.trim_start());
        let is_thing = next.starts_with(char::is_lowercase) && !AFTER_AMOUNT.contains(&next);
        return if is_thing { CurrencyCertainty::Perhaps } else { CurrencyCertainty::Sure };
    }
    if AMBIGUOUS.contains(&word) {
        return CurrencyCertainty::Perhaps;
    }
    let is_sure = CODES.contains(&word) || NAMES.contains(&word) || is_name(word);
    if is_sure { CurrencyCertainty::Sure } else { CurrencyCertainty::None }
}

fn is_name(word: &str) -> bool {
    // `SEK` is a code and `Sek` a unit of time, but `EURO` and `Euro` are the same. Lengths outside of this range are
    // never a name.
    (2..24).contains(&word.len())
        && word.starts_with(char::is_uppercase)
        && NAMES.contains(&word.to_lowercase().as_str())
}

/// `88888,-` and `1'234.–`: no cents.
fn is_dash_for_cents(text: &str) -> bool {
    let mut letters = text.chars();
    matches!(letters.next(), Some('.' | ','))
        && matches!(letters.next(), Some('-' | '–' | '—' | '−'))
        && !letters.next().is_some_and(is_digit)
}

/// `$ROOT`, and not `$US`.
fn is_variable(rest: &str) -> bool {
    let word = first_word(rest);
    !word.is_empty()
        && !matches!(word, "US" | "USD" | "AU" | "AUD" | "CA" | "CAD" | "CAN" | "NZ" | "SG" | "HK")
}

pub fn first_word(text: &str) -> &str {
    &text[..text.find(|letter: char| !letter.is_alphabetic()).unwrap_or(text.len())]
}

pub fn last_word(text: &str) -> &str {
    text.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default()
}
