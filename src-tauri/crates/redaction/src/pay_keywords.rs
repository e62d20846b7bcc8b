//! Keywords around a number: those that make it an amount of pay or cost, and those that make it a count.

use super::currency::first_word;

/// Near these, every number of two digits or more is removed.
const PAY: &[&str] = &[
    "salary",
    "salaries",
    "wage",
    "wages",
    "compensation",
    "remuneration",
    "payroll",
    "stipend",
    "bonus",
    "earns",
    "earn",
    "earned",
    "earning",
    "earnings",
    "ote",
    "ctc",
    "gehalt",
    "gehälter",
    "lohn",
    "löhne",
    "vergütung",
    "verdient",
    "salaire",
    "salario",
    "sueldo",
    "stipendio",
    "pensja",
    "зарплата",
    "paid",
    "pays",
];
/// Directly next to these, a number that looks like an amount is removed.
const COST: &[&str] = &[
    "pay",
    "tc",
    "offer",
    "offers",
    "offered",
    "base",
    "comp",
    "package",
    "cost",
    "costs",
    "costing",
    "budget",
    "fee",
    "fees",
    "price",
    "rate",
    "gross",
    "net",
    "brutto",
    "netto",
    "kosten",
    "kostet",
    "angebot",
    "jahresgehalt",
    "grundgehalt",
    "monatsgehalt",
    "salär",
    "amount",
    "spend",
    "income",
    "asks",
    "asking",
    "wants",
    "expects",
];
/// What may stand between such a word and the number.
const FILLERS: &[&str] = &[
    "is",
    "are",
    "was",
    "of",
    "at",
    "to",
    "about",
    "around",
    "approx",
    "ca",
    "circa",
    "roughly",
    "up",
    "from",
    "now",
    "currently",
    "the",
    "a",
    "an",
    "her",
    "his",
    "their",
    "for",
    "von",
    "bei",
    "ist",
    "auf",
    "zu",
    "bis",
    "expectation",
    "range",
    "band",
    "annual",
    "yearly",
    "monthly",
    "amounts",
    "between",
    "only",
    "max",
    "min",
    "removed",
    "total",
    "in",
];
/// Directly after a number.
const AFTER: &[&str] = &[
    "tc",
    "base",
    "gross",
    "brutto",
    "netto",
    "ote",
    "ctc",
    "comp",
    "salary",
    "compensation",
    "gehalt",
    "bonus",
    "package",
    "pa",
    "annually",
    "yearly",
    "monthly",
    "jährlich",
    "monatlich",
    "fixed",
    "wage",
];
const PERIODS: &[&str] = &[
    "year", "years", "yr", "annum", "month", "mo", "hour", "hr", "h", "day", "week", "jahr", "monat", "tag",
    "stunde", "an", "mois", "año", "mes", "y", "m", "d",
];
const COUNTED: &[&str] = &[
    "users",
    "customers",
    "clients",
    "people",
    "employees",
    "engineers",
    "requests",
    "req",
    "rows",
    "records",
    "events",
    "messages",
    "lines",
    "loc",
    "tokens",
    "orders",
    "items",
    "rps",
    "qps",
    "files",
    "tests",
    "km",
    "steps",
    "downloads",
    "views",
    "visits",
    "visitors",
    "sessions",
    "ms",
    "connections",
    "devices",
    "entries",
    "transactions",
    "calls",
    "commits",
    "words",
    "documents",
    "pages",
    "hits",
    "nutzer",
    "kunden",
    "anfragen",
    "tickets",
    "deploys",
    "builds",
    "jobs",
    "services",
    "hosts",
    "nodes",
    "subscribers",
    "accounts",
];
const TIMES: &[&str] = &[
    "days", "weeks", "months", "years", "hours", "minutes", "seconds", "people", "tage", "wochen", "monate",
    "jahre", "stunden", "percent", "prozent", "points",
];
/// A small number after these is a name.
const RANKS: &[&str] = &[
    "tier", "level", "phase", "sprint", "version", "week", "room", "step", "day", "floor", "grade",
    "priority", "stage", "wave", "team", "group", "region", "zone", "chapter", "section", "page", "no", "nr",
    "stufe",
];
/// How many words are examined on either side, and how far.
const WORDS: usize = 4;
const REACH: usize = 80;

/// What the words around a number make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberContext {
    Nothing,
    /// Next to a word of cost.
    Cost,
    /// Near a word of pay.
    Pay,
}

pub fn around(before: &str, after: &str) -> NumberContext {
    let next = first_word(after.trim_start()).to_lowercase();
    let said = preceding(before).max(following(after, &next));
    match said {
        // `cost of 5,000 requests`.
        NumberContext::Cost if COUNTED.contains(&next.as_str()) => NumberContext::Nothing,
        // `paid 30 days`, `bonus 12 %`.
        NumberContext::Pay if TIMES.contains(&next.as_str()) || after.trim_start().starts_with('%') => {
            NumberContext::Cost
        }
        said => said,
    }
}

impl NumberContext {
    fn max(self, other: Self) -> Self {
        match (self, other) {
            (NumberContext::Pay, _) | (_, NumberContext::Pay) => NumberContext::Pay,
            (NumberContext::Cost, _) | (_, NumberContext::Cost) => NumberContext::Cost,
            _ => NumberContext::Nothing,
        }
    }
}

/// What stands before a number, not far from it and not beyond its sentence.
pub fn sentence_before(before: &str) -> &str {
    let mut from = before.len().saturating_sub(REACH);
    while !before.is_char_boundary(from) {
        from += 1;
    }
    let near = &before[from..];
    let near = near.rsplit([';', '\n', '!', '?']).next().unwrap_or(near);
    near.rfind(". ").map_or(near, |at| &near[at + 2..])
}

fn preceding(before: &str) -> NumberContext {
    let near = sentence_before(before);
    let words = near.rsplit(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    let mut is_beside = true;
    for word in words.take(WORDS) {
        let word = word.to_lowercase();
        if PAY.contains(&word.as_str()) || is_compound(&word) {
            return NumberContext::Pay;
        }
        if is_beside && COST.contains(&word.as_str()) {
            return NumberContext::Cost;
        }
        is_beside &= FILLERS.contains(&word.as_str());
    }
    NumberContext::Nothing
}

/// `Jahresgehalt`, `Gehaltswunsch`, `Bruttolohn`; not `abgehalten`.
fn is_compound(word: &str) -> bool {
    let is_salary = word.contains("gehalt") && !word.contains("gehalten");
    is_salary || word.ends_with("lohn") || word.starts_with("salari") || word.ends_with("vergütung")
}

fn following(after: &str, next: &str) -> NumberContext {
    let near = after.trim_start();
    let is_per_period = near.strip_prefix('/').is_some_and(|rest| is_period(first_word(rest.trim_start())))
        || near.starts_with("p.a")
        || near.starts_with("p. a")
        || near.starts_with("p.m")
        || (matches!(next, "a" | "an" | "per" | "each" | "pro" | "im" | "al" | "par" | "por")
            && is_period(first_word(near[first_word(near).len()..].trim_start())));
    let is_pay = is_per_period || AFTER.contains(&next);
    if is_pay { NumberContext::Cost } else { NumberContext::Nothing }
}

fn is_period(word: &str) -> bool {
    PERIODS.contains(&word.to_lowercase().as_str())
}

/// Whether the number before this text is a count.
pub fn is_count(after: &str) -> bool {
    COUNTED.contains(&first_word(after.trim_start()).to_lowercase().as_str())
}

/// Whether the number after this text is part of a name: `tier 1`.
pub fn is_rank(before: &str) -> bool {
    let word = super::currency::last_word(before.trim_end());
    word.len() < 12 && RANKS.contains(&word.to_lowercase().as_str())
}

/// Whether the text between two numbers makes them a range: `90–99k`, `90 to 99k`.
pub fn is_range(between: &str) -> bool {
    const LINKS: &[&str] = &[
        "-", "–", "—", "−", "‐", "‑", "~", "to", "bis", "and", "und", "or", "oder", "a", "à", "до", "/",
        "...", "…",
    ];
    between.len() <= 16 && LINKS.contains(&between.trim())
}
