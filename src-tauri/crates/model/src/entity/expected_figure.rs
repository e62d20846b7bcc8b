//! What would show in figures that a scenario was right: a figure of the plan, its bound, and the day by which it is to be
//! kept.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::*;
use crate::{decimal6::Decimal6, money::Money, wording};

/// A figure that a plan has on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlanFigure {
    /// People, each once. On a day that has not come, planned hires count.
    Headcount,
    /// Full-time equivalents of the same.
    Fte,
    /// What a year costs at the rate of the day.
    AnnualCost,
    /// Full-time people that are left for the work itself, in the month of the day.
    Capacity,
    /// Open findings, of one rule or of all.
    Findings,
    /// Open gaps of the forecast.
    Gaps,
}

impl PlanFigure {
    pub const ALL: [PlanFigure; 6] = [
        PlanFigure::Headcount,
        PlanFigure::Fte,
        PlanFigure::AnnualCost,
        PlanFigure::Capacity,
        PlanFigure::Findings,
        PlanFigure::Gaps,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            PlanFigure::Headcount => "headcount",
            PlanFigure::Fte => "fte",
            PlanFigure::AnnualCost => "annual-cost",
            PlanFigure::Capacity => "capacity",
            PlanFigure::Findings => "findings",
            PlanFigure::Gaps => "gaps",
        }
    }

    pub const fn title(self) -> &'static str {
        match self {
            PlanFigure::Headcount => "Headcount",
            PlanFigure::Fte => "Full-time equivalents",
            PlanFigure::AnnualCost => "Annual cost",
            PlanFigure::Capacity => "Capacity",
            PlanFigure::Findings => "Findings",
            PlanFigure::Gaps => "Gaps",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.word() == word)
    }

    /// Whether it can be that of one service.
    pub fn is_of_services(self) -> bool {
        matches!(self, PlanFigure::Findings | PlanFigure::Gaps)
    }
}

/// What a figure is counted for. By keys, so that it survives what it is about and says so.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum FigureScope {
    #[default]
    Organisation,
    /// A team with its sub-teams.
    Team(String),
    Service(String),
}

/// Which side of its value a figure is to be on; the value itself keeps the bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    AtMost,
    AtLeast,
}

impl Bound {
    pub const ALL: [Bound; 2] = [Bound::AtMost, Bound::AtLeast];

    pub const fn words(self) -> &'static str {
        match self {
            Bound::AtMost => "at most",
            Bound::AtLeast => "at least",
        }
    }
}

/// The value of a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoundValue {
    Number(Decimal6),
    /// Of [`PlanFigure::AnnualCost`].
    Amount(Money),
}

impl fmt::Display for BoundValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BoundValue::Number(number) => number.fmt(f),
            BoundValue::Amount(amount) => amount.fmt(f),
        }
    }
}

/// A figure with its bound, and the day on which it is to be kept. In files it is text:
/// `findings of bus-factor-one for team customs at most 0 by 2027-06-01`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpectedFigure {
    pub figure: PlanFigure,
    /// The ID of the rule whose findings are counted; empty: of all rules.
    pub rule: String,
    pub scope: FigureScope,
    pub bound: Bound,
    pub value: BoundValue,
    pub by: NaiveDate,
}

impl ExpectedFigure {
    /// The figure as people know it, with what it is counted for: `Gaps of Customs`. `rule` and `scope` are their
    /// names.
    pub fn subject(&self, rule: &str, scope: &str) -> String {
        let rule = if rule.is_empty() { String::new() } else { format!(" “{rule}”") };
        let scope = if scope.is_empty() { String::new() } else { format!(" of {scope}") };
        format!("{}{rule}{scope}", self.figure.title())
    }

    /// The bound in words: `at most 200 000 EUR`.
    pub fn bound_words(&self) -> String {
        let value = match self.value {
            BoundValue::Number(number) => number.to_string(),
            BoundValue::Amount(amount) => amount.spoken(),
        };
        format!("{} {value}", self.bound.words())
    }

    fn words(&self, names: &dyn Names) -> String {
        let named = |kind, key: &str| names.name_by_key(kind, key).unwrap_or_else(|| key.to_owned());
        let scope = match &self.scope {
            FigureScope::Organisation => String::new(),
            FigureScope::Team(key) => named(Kind::Team, key),
            FigureScope::Service(key) => named(Kind::Service, key),
        };
        let subject = self.subject(&self.rule, &scope);
        format!("{subject}: {} by {}", self.bound_words(), wording::date(self.by))
    }

    /// What its parts must keep together.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn check(&self) -> Result<(), &'static str> {
        if !self.rule.is_empty() && self.figure != PlanFigure::Findings {
            return Err("only findings are those of a rule");
        }
        if matches!(self.scope, FigureScope::Service(_)) && !self.figure.is_of_services() {
            return Err("only gaps and findings can be those of a service");
        }
        let is_amount = matches!(self.value, BoundValue::Amount(_));
        match self.figure == PlanFigure::AnnualCost {
            true if !is_amount => Err("a cost needs an amount such as 200000 EUR"),
            false if is_amount => Err("only a cost can be an amount of money"),
            _ => Ok(()),
        }?;
        let is_negative = match self.value {
            BoundValue::Number(number) => number < Decimal6::ZERO,
            BoundValue::Amount(amount) => amount.minor < 0,
        };
        if is_negative { Err("the value must not be negative") } else { Ok(()) }
    }
}

impl fmt::Display for ExpectedFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.figure.word())?;
        if !self.rule.is_empty() {
            write!(f, " of {}", self.rule)?;
        }
        match &self.scope {
            FigureScope::Organisation => Ok(()),
            FigureScope::Team(key) => write!(f, " for team {key}"),
            FigureScope::Service(key) => write!(f, " for service {key}"),
        }?;
        write!(f, " {} {} by {}", self.bound.words(), self.value, self.by)
    }
}

/// How an expected figure is written, to follow “such as”.
const EXAMPLE: &str = "“gaps for team customs at most 0 by 2027-06-01”";

impl FromStr for ExpectedFigure {
    type Err = String;

    /// Parses what [`ExpectedFigure`] is displayed as. Rules have no space in their IDs; keys may.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fault = |what: &str| format!("{what}; write it such as {EXAMPLE}");
        let (rest, day) = text.trim().rsplit_once(" by ").ok_or_else(|| fault("the day is missing"))?;
        let by = day.trim().parse().map_err(|_| fault(&format!("“{day}” is no day")))?;
        let split = |bound: Bound| {
            let (before, value) = rest.rsplit_once(&format!(" {} ", bound.words()))?;
            Some((before, bound, value.trim()))
        };
        // The last of them: a key may have the words in it.
        let found = Bound::ALL.into_iter().filter_map(split).max_by_key(|(before, ..)| before.len());
        let (rest, bound, value) = found.ok_or_else(|| fault("“at most” or “at least” is missing"))?;
        let amount = value.parse().map(BoundValue::Amount);
        let value = amount
            .or_else(|_| value.parse().map(BoundValue::Number))
            .map_err(|_| fault(&format!("“{value}” is neither a number nor an amount")))?;
        let (word, rest) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
        let figure = PlanFigure::from_word(word).ok_or_else(|| {
            let words: Vec<&str> = PlanFigure::ALL.into_iter().map(PlanFigure::word).collect();
            fault(&format!("“{word}” is not one of {}", words.join(", ")))
        })?;
        let (rule, rest) = match rest.strip_prefix("of ") {
            Some(rest) => rest.split_once(' ').unwrap_or((rest, "")),
            None => ("", rest),
        };
        let scope = match (rest.strip_prefix("for team "), rest.strip_prefix("for service ")) {
            (Some(key), _) => FigureScope::Team(key.trim().to_owned()),
            (_, Some(key)) => FigureScope::Service(key.trim().to_owned()),
            _ if rest.is_empty() => FigureScope::Organisation,
            _ => return Err(fault(&format!("“{rest}” is neither a team nor a service"))),
        };
        let figure = Self { figure, rule: rule.to_owned(), scope, bound, value, by };
        figure.check().map_err(str::to_owned)?;
        Ok(figure)
    }
}

impl Serialize for ExpectedFigure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ExpectedFigure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

json_value!(Vec<ExpectedFigure>, "[]", is_empty: Vec::is_empty, FieldType::Structure, MergeRule::Set,
    |figures, names| figures.iter().map(|figure| figure.words(names)).collect::<Vec<_>>().join("; "),
    check: |figures| figures.iter().try_for_each(|figure| TextLimit::Name.check(&figure.to_string())));

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::money::Currency;

    #[test]
    fn text_round_trips() {
        for text in [
            "headcount at least 12 by 2027-06-01",
            "fte for team Customs & Duties at most 8.5 by 2027-06-01",
            "annual-cost for team a by b at most c at most 200000.00 EUR by 2027-06-01",
            "findings of bus-factor-one for service checkout at most 0 by 2027-06-01",
            "gaps for service for team x at most 0 by 2027-06-01",
        ] {
            let parsed: ExpectedFigure = text.parse().unwrap();
            assert_eq!(parsed.to_string(), text);
        }
    }

    #[test]
    fn errors_say_what_is_wrong() {
        for (text, error) in [
            ("gaps at most 0", "the day is missing"),
            ("gaps at most 0 by summer", "“summer” is no day"),
            ("gaps below 3 by 2027-06-01", "“at most” or “at least” is missing"),
            ("gaps at most few by 2027-06-01", "“few” is neither a number nor an amount"),
            ("sales at least 3 by 2027-06-01", "“sales” is not one of headcount, fte"),
            ("gaps in customs at most 3 by 2027-06-01", "“in customs” is neither a team nor a service"),
            ("gaps of unowned-service at most 3 by 2027-06-01", "only findings are those of a rule"),
            ("fte for service x at most 3 by 2027-06-01", "only gaps and findings"),
            ("annual-cost at most 3 by 2027-06-01", "a cost needs an amount"),
            ("fte at most 3 EUR by 2027-06-01", "only a cost can be an amount"),
            ("fte at most -3 by 2027-06-01", "must not be negative"),
        ] {
            let found = text.parse::<ExpectedFigure>().unwrap_err();
            assert!(found.contains(error), "{text}: {found}");
        }
    }

    fn any_figure() -> impl Strategy<Value = ExpectedFigure> {
        let key = "[a-z]([a-z &]{0,12}[a-z])?";
        let scope = prop_oneof![
            Just(FigureScope::Organisation),
            key.prop_map(FigureScope::Team),
            key.prop_map(FigureScope::Service),
        ];
        let figure = prop::sample::select(&PlanFigure::ALL);
        let bound = prop::sample::select(&Bound::ALL);
        (figure, "([a-z]{1,8}(-[a-z]{1,8})?)?", scope, bound, 0i64..1_000_000_000, 0u32..20_000)
            .prop_map(|(figure, rule, scope, bound, value, day)| ExpectedFigure {
                figure,
                rule,
                scope,
                bound,
                value: match figure {
                    PlanFigure::AnnualCost => BoundValue::Amount(Money::new(value, Currency::EUR)),
                    _ => BoundValue::Number(Decimal6::from_millionths(value)),
                },
                by: NaiveDate::default() + chrono::Days::new(day.into()),
            })
            .prop_filter("holds together", |figure| figure.check().is_ok())
    }

    proptest! {
        #[test]
        fn any_figure_round_trips(figure in any_figure()) {
            prop_assert_eq!(figure.to_string().parse::<ExpectedFigure>(), Ok(figure));
        }

        #[test]
        fn never_panics_on_arbitrary_input(text in "\\PC{0,60}") {
            let _ = text.parse::<ExpectedFigure>();
        }
    }
}
