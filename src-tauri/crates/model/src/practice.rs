//! Practices: metrics that are levels or scores of services and teams, and where a level is from.

use crate::{
    entity::{Metric, Observation},
    known_practices::KnownPractice,
    metric_value::ExactDecimal,
};

/// The highest level of a practice that does not say what its levels are.
pub const USUAL_TOP_LEVEL: u32 = 4;

/// The highest score.
pub const TOP_SCORE: u32 = 10;

/// What a practice is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PracticeScale {
    /// Whole numbers from 0, each with a meaning in words.
    Level,
    /// Numbers from 0 to 10.
    Score,
}

impl PracticeScale {
    /// The unit of its metric.
    pub const fn unit(self) -> &'static str {
        match self {
            PracticeScale::Level => "level",
            PracticeScale::Score => "score",
        }
    }

    fn of_unit(unit: &str) -> Option<Self> {
        let unit = unit.trim();
        [PracticeScale::Level, PracticeScale::Score].into_iter().find(|scale| scale.unit() == unit)
    }
}

impl Metric {
    /// What it is counted in, if it is a practice.
    pub fn practice_scale(&self) -> Option<PracticeScale> {
        PracticeScale::of_unit(&self.unit).filter(|_| !self.is_derived())
    }

    /// The highest value of a practice.
    pub fn top_value(&self) -> u32 {
        if self.practice_scale() == Some(PracticeScale::Score) {
            return TOP_SCORE;
        }
        let last = self.levels.len().checked_sub(1).and_then(|last| u32::try_from(last).ok());
        last.unwrap_or(USUAL_TOP_LEVEL)
    }

    /// Whether a practice can have this value.
    pub fn is_on_scale(&self, value: ExactDecimal) -> bool {
        let (digits, decimals) = value.parts();
        let is_whole = decimals == 0 || self.practice_scale() == Some(PracticeScale::Score);
        let top = i128::from(self.top_value()) * 10_i128.pow(decimals);
        is_whole && digits >= 0 && i128::from(digits) <= top
    }

    /// What a level means, in words; empty if the practice does not say.
    pub fn level_words(&self, level: ExactDecimal) -> &str {
        let (digits, decimals) = level.parts();
        let at = usize::try_from(digits).ok().filter(|_| decimals == 0);
        at.and_then(|at| self.levels.get(at)).map(String::as_str).unwrap_or_default()
    }

    /// The practice that comes with the program, if it is one.
    pub fn known_practice(&self) -> Option<&'static KnownPractice> {
        KnownPractice::of_key(&self.key)
    }
}

/// Who or what looked: a kind, never a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Examination {
    Scan,
    Audit,
    /// The team itself.
    OwnAccount,
}

impl Examination {
    pub const ALL: [Examination; 3] = [Examination::Scan, Examination::Audit, Examination::OwnAccount];

    pub const fn word(self) -> &'static str {
        match self {
            Examination::Scan => "scan",
            Examination::Audit => "audit",
            Examination::OwnAccount => "self",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|own| own.word().eq_ignore_ascii_case(word.trim()))
    }
}

/// What a level rests on: who looked, and an address where it can be read, or the version of the tool.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PracticeEvidence<'t> {
    pub by: Option<Examination>,
    pub detail: &'t str,
}

impl<'t> PracticeEvidence<'t> {
    /// As it stands in the source of an observation: `audit`, `scan: https://…`, or an address alone.
    pub fn parse(text: &'t str) -> Self {
        let (word, rest) = text.split_once(": ").unwrap_or((text, ""));
        match Examination::from_word(word) {
            Some(by) => Self { by: Some(by), detail: rest },
            None => Self { by: None, detail: text },
        }
    }

    pub fn of(row: &'t Observation) -> Self {
        Self::parse(&row.origin)
    }

    /// As [`PracticeEvidence::parse`] reads it.
    pub fn text(self) -> String {
        match self.by {
            Some(by) if self.detail.is_empty() => by.word().to_owned(),
            Some(by) => format!("{}: {}", by.word(), self.detail),
            None => self.detail.to_owned(),
        }
    }
}

/// Whether a text is an address that can be kept as evidence: one that holds no e-mail and no login.
pub fn is_evidence_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let is_plain = |rest: &str| {
        !rest.is_empty() && !rest.contains(|letter: char| letter.is_whitespace() || letter == '@')
    };
    rest.is_some_and(is_plain) && !text.to_lowercase().contains("%40")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metric(unit: &str, levels: &[&str]) -> Metric {
        let levels = levels.iter().map(|level| (*level).to_owned()).collect();
        Metric { unit: unit.into(), levels, ..Metric::default() }
    }

    #[test]
    fn a_practice_has_values_of_its_scale_alone() {
        let is_on = |metric: &Metric, text: &str| metric.is_on_scale(text.parse().unwrap());
        let named = metric("level", &["none", "bronze", "gold"]);
        assert!(is_on(&named, "0") && is_on(&named, "2") && !is_on(&named, "3") && !is_on(&named, "1.5"));
        let plain = metric("level", &[]);
        assert!(is_on(&plain, "4") && !is_on(&plain, "5") && !is_on(&plain, "-1"));
        let score = metric("score", &[]);
        assert!(
            is_on(&score, "9.7") && is_on(&score, "10") && !is_on(&score, "10.1") && !is_on(&score, "-1")
        );
        assert_eq!(metric("money", &[]).practice_scale(), None);
        assert_eq!(named.level_words("2".parse().unwrap()), "gold");
        assert_eq!(named.level_words("7".parse().unwrap()), "");
    }

    #[test]
    fn evidence_is_read_as_it_is_written() {
        for text in ["audit", "scan: https://example.org/a", "https://example.org/a", ""] {
            assert_eq!(PracticeEvidence::parse(text).text(), text);
        }
        assert_eq!(PracticeEvidence::parse("Self").by, Some(Examination::OwnAccount));
        assert_eq!(PracticeEvidence::parse("https://a.org").by, None);
    }

    #[test]
    fn addresses_that_hold_an_email_are_no_evidence() {
        assert!(is_evidence_address("https://example.org/runs/7"));
        for text in [
            "ada@example.org",
            "https://ada@example.org/",
            "https://a.org/?by=ada%40b.org",
            "seen by Ada",
            "https://",
        ] {
            assert!(!is_evidence_address(text), "{text}");
        }
    }
}
