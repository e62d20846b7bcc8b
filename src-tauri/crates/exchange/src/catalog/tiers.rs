//! Maps the words that organisations have for importance to the plan's tiers, 1 (most critical) to 4.
//!
//! Whether numbers start at 0 or 1 is decided for all files of a format together: if one of them is 0, each number is
//! one tier more. More than 4 is 4. A letter or word before a number (`p1`, `tier_2`, `SEV-3`) adds nothing;
//! *critical* is 1, *high* 2, *medium* 3 and *low* 4, with synonyms. Anything else stays as a tag `tier:…`.

use std::collections::BTreeMap;

use headroom_files::{
    Diagnostic, Level, Place,
    records::{Records, ServiceRecord},
    shortened,
};

const LOWEST: u8 = 4;

#[derive(Clone, Copy)]
enum Word {
    Number(u8),
    Tier(u8),
}

/// Words before a number.
const PREFIXES: [&str; 12] =
    ["criticality", "priority", "severity", "level", "class", "prio", "tier", "sev", "p", "t", "l", "s"];
const WORDS: [(&str, u8); 18] = [
    ("critical", 1),
    ("missioncritical", 1),
    ("businesscritical", 1),
    ("crit", 1),
    ("highest", 1),
    ("vital", 1),
    ("high", 2),
    ("important", 2),
    ("essential", 2),
    ("major", 2),
    ("medium", 3),
    ("moderate", 3),
    ("normal", 3),
    ("low", 4),
    ("lowest", 4),
    ("minor", 4),
    ("noncritical", 4),
    ("besteffort", 4),
];

impl Word {
    fn of(text: &str) -> Option<Self> {
        if has_no_whole_number(text) {
            return None;
        }
        let letters =
            text.chars().filter(|letter| !matches!(letter, ' ' | '_' | '-' | ':' | '.' | '/' | '#'));
        let plain = letters.collect::<String>().to_lowercase();
        let rest = PREFIXES.iter().find_map(|prefix| plain.strip_prefix(prefix)).unwrap_or(&plain);
        let number = |rest: &str| rest.parse().ok().filter(|number| *number < 10).map(Word::Number);
        let word =
            |plain: &str| WORDS.iter().find(|(word, _)| *word == plain).map(|(_, tier)| Word::Tier(*tier));
        number(&plain).or_else(|| number(rest)).or_else(|| word(&plain)).or_else(|| word(rest))
    }
}

/// Whether it is a negative number (`-1`) or has a mark in it (`0.5`, `1-2`). The hyphen of `tier-1` is neither.
fn has_no_whole_number(text: &str) -> bool {
    let mut before = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_before_digit = letters.peek().is_some_and(char::is_ascii_digit);
        let is_minus = letter == '-' && before.is_none_or(|before: char| !before.is_alphanumeric());
        let is_within = !letter.is_alphanumeric() && before.is_some_and(|before| before.is_ascii_digit());
        if is_before_digit && (is_minus || is_within) {
            return true;
        }
        before = Some(letter);
    }
    false
}

/// Sets the tiers of the services and reports how each spelling was read. What is not a tier becomes a tag.
pub(crate) fn settle(records: &mut Records) {
    let texts = records.services.iter().filter_map(|service| service.tier_text.as_ref());
    let starts_at_zero = texts.clone().any(|(text, _)| matches!(Word::of(text), Some(Word::Number(0))));
    let tier = |text: &str| match Word::of(text)? {
        Word::Tier(tier) => Some(tier),
        Word::Number(number) => Some((number + u8::from(starts_at_zero)).min(LOWEST)),
    };
    let mut first: Option<Place> = None;
    let mut taken: BTreeMap<(u8, String), usize> = BTreeMap::new();
    let mut strange = Vec::new();
    for service in &mut records.services {
        let Some((text, place)) = service.tier_text.take() else { continue };
        if text.is_empty() {
            service.tier = Some(None);
            continue;
        }
        match tier(&text) {
            Some(tier) => {
                service.tier = Some(Some(tier));
                if !text.ends_with(&tier.to_string()) {
                    first.get_or_insert(place);
                    *taken.entry((tier, shortened(&text))).or_default() += 1;
                }
            }
            None => strange.push(keep_as_tag(service, &text, place)),
        }
    }
    records.problems.extend(strange);
    if let Some(place) = first {
        let all: Vec<String> =
            taken.into_iter().map(|((tier, text), count)| format!("“{text}” as {tier} ({count})")).collect();
        let from = if starts_at_zero {
            "tiers start at 0 here but at 1 in a plan"
        } else {
            "tiers are named differently here"
        };
        let message = format!("{from}; read {}", all.join(", "));
        let advice = "no action needed if this is right; otherwise set the tiers in the plan";
        records.problems.push(Diagnostic::new(Level::Warning, place, message, advice));
    }
}

fn keep_as_tag(service: &mut ServiceRecord, text: &str, place: Place) -> Diagnostic {
    let tag = format!("tier:{text}");
    let (said, kept) = (shortened(text), shortened(&tag));
    let message = format!("“{said}” is not a tier from 1 to 4; kept as the tag “{kept}”");
    service.tags.get_or_insert_default().push(tag);
    Diagnostic::new(Level::Warning, place, message, "set the tier in the plan")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(texts: &[&str]) -> (Vec<Option<u8>>, Vec<Diagnostic>) {
        let service = |text: &&str| ServiceRecord {
            tier_text: Some(((*text).to_owned(), Place::default())),
            ..ServiceRecord::default()
        };
        let mut records = Records { services: texts.iter().map(service).collect(), ..Records::default() };
        settle(&mut records);
        (records.services.iter().map(|service| service.tier.flatten()).collect(), records.problems)
    }

    #[test]
    fn parses_tiers_in_any_spelling() {
        for (text, tier) in [
            ("1", Some(1)),
            ("tier_2", Some(2)),
            ("Tier 3", Some(3)),
            ("T4", Some(4)),
            ("P1", Some(1)),
            ("sev-2", Some(2)),
            ("5", Some(4)),
            ("Mission Critical", Some(1)),
            ("High", Some(2)),
            ("tier: medium", Some(3)),
            ("LOW", Some(4)),
            ("", None),
            ("gold", None),
            ("42", None),
            ("-1", None),
            ("tier -1", None),
            ("tier: -2", None),
            ("tier-1", Some(1)),
            ("Tier - 2", Some(2)),
            ("0.5", None),
            ("1-2", None),
        ] {
            assert_eq!(settled(&[text]).0, [tier], "{text}");
        }
    }

    #[test]
    fn reports_and_keeps_what_is_not_a_tier() {
        let (tiers, problems) = settled(&["-1", "1"]);
        assert_eq!(tiers, [None, Some(1)]);
        assert!(problems[0].message.contains("“-1” is not a tier"), "{problems:?}");
    }

    #[test]
    fn scale_from_zero_is_shifted_and_reported_once() {
        let (tiers, problems) = settled(&["0", "p1", "High", "tier 2", "P4", "gold"]);
        assert_eq!(tiers, [Some(1), Some(2), Some(2), Some(3), Some(4), None]);
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(
            problems[1].message.contains("“0” as 1 (1), “High” as 2 (1), “p1” as 2 (1), “tier 2” as 3 (1)")
        );
        let (tiers, problems) = settled(&["1", "P2", "tier_4"]);
        assert_eq!((tiers, problems.len()), (vec![Some(1), Some(2), Some(4)], 0));
    }
}
