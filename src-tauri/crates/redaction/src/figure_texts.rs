//! Figures of money in texts: numbers beside the name of a metric of money, and ratios that are written out.
//!
//! `Payback was 14.9 in Q3`: a ratio has too few digits to be found by them alone.

use std::sync::LazyLock;

use headroom_model::{ExactDecimal, KNOWN_METRICS, KnownMetric};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    currency::last_word,
    money_metrics::{MoneyRelation, of_known},
    number::NumberReading,
    pay_keywords::{is_count, sentence_before},
};

/// A ratio with fewer digits is not looked for by them: `14.9` may be anything.
const TELLING_DIGITS: u32 = 4;
/// How many words before a number may end in the name of a ratio.
const BEFORE: usize = 8;
/// The same for an amount.
const BEFORE_AMOUNT: usize = 4;
/// After how many words the name of a ratio may begin: `14.9 months of payback`.
const AFTER: usize = 2;

/// What texts may say about figures of money.
#[derive(Debug, Clone)]
pub struct FigureTexts {
    names: Names,
    /// Digits and decimals of ratios.
    ratios: FxHashSet<(i128, u32)>,
    keeps_ratios: bool,
}

/// Names of metrics in words, by the first one; of each its other words.
type Names = FxHashMap<String, Vec<(Vec<String>, MoneyRelation)>>;

impl Default for FigureTexts {
    /// What metrics of money are called everywhere.
    fn default() -> Self {
        Self { names: KNOWN_NAMES.clone(), ratios: FxHashSet::default(), keeps_ratios: false }
    }
}

impl FigureTexts {
    /// For texts that name no figures.
    pub fn none() -> &'static Self {
        static NONE: LazyLock<FigureTexts> = LazyLock::new(|| FigureTexts {
            names: Names::default(),
            ratios: FxHashSet::default(),
            keeps_ratios: false,
        });
        &NONE
    }

    pub fn new(keeps_ratios: bool) -> Self {
        Self { keeps_ratios, ..Self::default() }
    }

    /// A metric of the plan.
    pub fn add_name(&mut self, name: &str, relation: MoneyRelation) {
        add(&mut self.names, name, relation);
    }

    /// The value of a ratio, and what it is rounded to.
    pub fn add_ratio(&mut self, value: ExactDecimal) {
        for value in [value, value.times_hundred()] {
            let (digits, mut decimals) = value.parts();
            let mut digits = i128::from(digits).abs();
            while decimals > 0 && digits >= 10_i128.pow(TELLING_DIGITS - 1) {
                self.ratios.insert(least((digits, decimals)));
                digits = (digits + 5) / 10;
                decimals -= 1;
            }
        }
    }

    /// Whether a number is a figure by what stands before and after it.
    pub fn is_named(&self, before: &str, after: &str) -> bool {
        // `Q3`, `H1`: a capital makes it a name.
        let is_label = |word: &str| word.chars().count() == 1 && word.chars().all(char::is_uppercase);
        !is_label(last_word(before))
            && !is_count(after)
            && (self.is_after_name(before) || self.is_before_name(after))
    }

    fn is_after_name(&self, before: &str) -> bool {
        let mut near: Vec<String> = words(sentence_before(before)).collect();
        near.drain(..near.len().saturating_sub(BEFORE));
        // The nearest one: `CAC 850, payback 14.9`.
        let (mut at, mut nearest) = (0, None);
        while at < near.len() {
            let found = self.name_at(&near[at..]);
            at += found.map_or(1, |(length, _)| length);
            nearest = found.map(|(_, relation)| (relation, near.len() - at)).or(nearest);
        }
        nearest.is_some_and(|(relation, words)| {
            let is_near = relation == MoneyRelation::Ratio || words < BEFORE_AMOUNT;
            is_near && self.hides(relation)
        })
    }

    fn is_before_name(&self, after: &str) -> bool {
        let end = after.find([';', '\n', '!', '?', ',', '(', ')']).unwrap_or(after.len());
        let near: Vec<String> = words(&after[..end]).take(BEFORE).collect();
        (0..=AFTER.min(near.len())).any(|at| match self.name_at(&near[at..]) {
            Some((_, MoneyRelation::Amount)) => at == 0,
            Some((_, MoneyRelation::Ratio)) => self.hides(MoneyRelation::Ratio),
            None => false,
        })
    }

    /// Whether a field whose name has these words is called like a figure.
    pub fn names_field(&self, words: &[String]) -> bool {
        longest(&self.names, words).is_some_and(|relation| self.hides(relation))
    }

    /// Whether a number is a ratio, by its digits.
    pub fn holds(&self, reading: NumberReading) -> bool {
        reading.decimals > 0
            && !self.keeps_ratios
            && self.ratios.contains(&least((reading.digits, reading.decimals)))
    }

    fn hides(&self, relation: MoneyRelation) -> bool {
        relation == MoneyRelation::Amount || !self.keeps_ratios
    }

    fn name_at(&self, words: &[String]) -> Option<(usize, MoneyRelation)> {
        name_at(&self.names, words)
    }
}

/// What the names of known metrics in a name say that it is: `CAC payback of Shippers`.
pub fn known_in(name: &str) -> Option<MoneyRelation> {
    let words: Vec<String> = words(name).collect();
    longest(&KNOWN_NAMES, &words)
}

/// The relation of the longest name of a metric in these words: `MRR churn rate` is none of MRR.
fn longest(names: &Names, words: &[String]) -> Option<MoneyRelation> {
    let found = (0..words.len()).filter_map(|at| name_at(names, &words[at..]));
    found.max_by_key(|(length, _)| *length).map(|(_, relation)| relation)
}

/// The longest name with which these words begin, and its length.
fn name_at(names: &Names, words: &[String]) -> Option<(usize, MoneyRelation)> {
    let (first, rest) = words.split_first()?;
    let begins = |(name, _): &&(Vec<String>, MoneyRelation)| rest.starts_with(name);
    let name = names.get(first)?.iter().filter(begins).max_by_key(|(name, _)| name.len());
    name.map(|(name, relation)| (name.len() + 1, *relation))
}

static KNOWN_NAMES: LazyLock<Names> = LazyLock::new(|| {
    let mut names = Names::default();
    for known in KNOWN_METRICS {
        let Some(relation) = of_known(known) else { continue };
        for label in labels(known) {
            add(&mut names, label, relation);
        }
    }
    names
});

/// What a metric is called, without the words that may mean anything else: `sales`, `expansion`.
fn labels(known: &KnownMetric) -> impl Iterator<Item = &'static str> {
    let is_measured = known.formula.is_empty();
    let is_plain = move |label: &&str| !is_measured || *label == "mrr" || words(label).count() > 1;
    [known.key, known.name].into_iter().chain(known.called.iter().copied()).filter(is_plain)
}

fn add(names: &mut Names, name: &str, relation: MoneyRelation) {
    let mut words = words(name);
    if let Some(first) = words.next() {
        let rest: Vec<String> = words.collect();
        let of_first = names.entry(first).or_default();
        if !of_first.iter().any(|(other, _)| *other == rest) {
            of_first.push((rest, relation));
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase)
}

/// Without zeros at the end.
fn least((mut digits, mut decimals): (i128, u32)) -> (i128, u32) {
    while decimals > 0 && digits % 10 == 0 {
        digits /= 10;
        decimals -= 1;
    }
    (digits, decimals)
}

#[cfg(test)]
mod tests {
    use crate::{Amounts, REMOVED, text::without};

    use super::*;

    fn scrubbed(text: &str, figures: &FigureTexts) -> String {
        without(text, &Amounts::default(), figures).map_or_else(|| text.to_owned(), |(text, _)| text)
    }

    #[test]
    fn ratios_go_beside_their_names_and_by_their_digits() {
        let mut figures = FigureTexts::new(false);
        figures.add_name("Seat yield", MoneyRelation::Ratio);
        figures.add_ratio("10.684288".parse().unwrap());
        figures.add_ratio("1.14208".parse().unwrap());
        for text in [
            "payback 14.9",
            "CAC payback in Shippers was 14.9 in Q3",
            "Payback: 14.9, 14.5, 13.8",
            "NRR of 114 %",
            "LTV/CAC is 3",
            "quick ratio 4.2",
            "114 % net revenue retention",
            "14.9 months of payback",
            "seat yield 7",
            "see 10.684288 there",
            "see 10.68 there",
            "see 10,6843 there",
            "see 114.21 % there",
            "gross margin 80%",
        ] {
            let kept = scrubbed(text, &figures).replace("Q3", "");
            assert!(
                !kept.contains(super::super::number::is_digit) && kept.contains(REMOVED),
                "{text}: {kept}"
            );
        }
    }

    #[test]
    fn with_the_choice_ratios_stay_and_amounts_go() {
        let mut figures = FigureTexts::new(true);
        figures.add_ratio("10.684288".parse().unwrap());
        for text in ["payback 14.9", "LTV/CAC is 3", "MRR churn rate of 2 %", "see 10.684288 there"] {
            assert_eq!(scrubbed(text, &figures), text);
        }
        for text in ["CAC is 850", "an ARPA of 85", "new MRR: 12351.3", "850 CAC"] {
            assert_ne!(scrubbed(text, &figures), text);
        }
        assert_eq!(scrubbed("CAC 850, payback 14.9", &figures), "CAC [removed], payback 14.9");
    }

    #[test]
    fn other_numbers_stay() {
        let mut figures = FigureTexts::new(false);
        figures.add_ratio("14.9".parse().unwrap());
        for text in [
            "PostgreSQL 14.9",
            "payback since 2027-01-15",
            "payback in 2027, in Q3",
            "NRR owned by tier 1",
            "payback for 40 customers",
            "expansion to 3 offices",
            "logo churn 2 %",
            "error budget 43 minutes",
        ] {
            assert_eq!(scrubbed(text, &figures), text);
        }
    }
}
