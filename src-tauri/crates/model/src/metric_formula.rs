//! Formulas of metrics, as they are written: `spend / (new-customers * arpa * margin)`.
//!
//! A name is the key of a metric, with hyphens; a minus has spaces around it. `first(x)` is the value of x at the
//! beginning of the period, `last(x)` that at its end, `previous(x)` that of the period before, and `x?` is zero where
//! nobody measures x.

use std::fmt;

/// A formula of other metrics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetricFormula {
    Number(u32),
    Part(FormulaPart),
    Binary(ArithmeticOperator, Box<[MetricFormula; 2]>),
}

/// A metric in a formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormulaPart {
    /// The key of the metric.
    pub metric: String,
    pub at: PartMoment,
    /// Zero where the plan has no such metric.
    pub is_optional: bool,
}

/// Of which days a formula takes the value of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartMoment {
    /// Those of the period.
    Period,
    /// The first of the periods that the part is measured in.
    First,
    /// The last of the periods that the part is measured in: a rate of several of them cannot be added up.
    Last,
    /// The period before.
    Previous,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArithmeticOperator {
    Plus,
    Minus,
    Times,
    Over,
}

impl MetricFormula {
    /// The metrics in it, in the order in which they are written; one may come twice.
    pub fn parts(&self) -> Vec<&FormulaPart> {
        match self {
            MetricFormula::Number(_) => Vec::new(),
            MetricFormula::Part(part) => vec![part],
            MetricFormula::Binary(_, sides) => sides.iter().flat_map(MetricFormula::parts).collect(),
        }
    }

    /// Reads a formula; none if it is not one.
    pub fn parse(text: &str) -> Option<Self> {
        let mut reader = FormulaReader { words: words(text)?, at: 0 };
        let formula = reader.sum()?;
        (reader.at == reader.words.len()).then_some(formula)
    }
}

impl fmt::Display for ArithmeticOperator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ArithmeticOperator::Plus => "+",
            ArithmeticOperator::Minus => "−",
            ArithmeticOperator::Times => "×",
            ArithmeticOperator::Over => "÷",
        })
    }
}

/// The words, numbers and signs of a formula.
fn words(text: &str) -> Option<Vec<&str>> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_inside =
            |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        let length = match first {
            '+' | '-' | '*' | '/' | '(' | ')' | '?' => 1,
            'a'..='z' | '0'..='9' => rest.find(|letter| !is_inside(letter)).unwrap_or(rest.len()),
            _ => return None,
        };
        let (word, after) = rest.split_at(length);
        words.push(word);
        rest = after.trim_start();
    }
    Some(words)
}

struct FormulaReader<'t> {
    words: Vec<&'t str>,
    at: usize,
}

impl<'t> FormulaReader<'t> {
    fn next_if(&mut self, is_wanted: impl Fn(&str) -> bool) -> Option<&'t str> {
        let word = self.words.get(self.at).copied().filter(|word| is_wanted(word))?;
        self.at += 1;
        Some(word)
    }

    fn next_is(&mut self, wanted: &str) -> bool {
        self.next_if(|word| word == wanted).is_some()
    }

    fn sum(&mut self) -> Option<MetricFormula> {
        let mut left = self.product()?;
        while let Some(sign) = self.next_if(|word| matches!(word, "+" | "-")) {
            let operator = if sign == "+" { ArithmeticOperator::Plus } else { ArithmeticOperator::Minus };
            left = MetricFormula::Binary(operator, Box::new([left, self.product()?]));
        }
        Some(left)
    }

    fn product(&mut self) -> Option<MetricFormula> {
        let mut left = self.term()?;
        while let Some(sign) = self.next_if(|word| matches!(word, "*" | "/")) {
            let operator = if sign == "*" { ArithmeticOperator::Times } else { ArithmeticOperator::Over };
            left = MetricFormula::Binary(operator, Box::new([left, self.term()?]));
        }
        Some(left)
    }

    fn term(&mut self) -> Option<MetricFormula> {
        if self.next_is("(") {
            let inside = self.sum()?;
            return self.next_is(")").then_some(inside);
        }
        let word = self.next_if(|word| word.starts_with(|letter: char| letter.is_ascii_alphanumeric()))?;
        if let Ok(number) = word.parse() {
            return Some(MetricFormula::Number(number));
        }
        let at = match word {
            "first" if self.next_is("(") => PartMoment::First,
            "last" if self.next_is("(") => PartMoment::Last,
            "previous" if self.next_is("(") => PartMoment::Previous,
            _ => PartMoment::Period,
        };
        let metric = match at {
            PartMoment::Period => word,
            _ => self.next_if(|word| word.starts_with(|letter: char| letter.is_ascii_lowercase()))?,
        };
        if at != PartMoment::Period && !self.next_is(")") {
            return None;
        }
        let is_optional = self.next_is("?");
        Some(MetricFormula::Part(FormulaPart { metric: metric.to_owned(), at, is_optional }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every binary operation in brackets.
    fn written(formula: &MetricFormula) -> String {
        match formula {
            MetricFormula::Number(number) => number.to_string(),
            MetricFormula::Part(part) => {
                let optional = if part.is_optional { "?" } else { "" };
                match part.at {
                    PartMoment::Period => format!("{}{optional}", part.metric),
                    PartMoment::First => format!("first({}){optional}", part.metric),
                    PartMoment::Last => format!("last({}){optional}", part.metric),
                    PartMoment::Previous => format!("previous({}){optional}", part.metric),
                }
            }
            MetricFormula::Binary(operator, sides) => {
                format!("({} {operator} {})", written(&sides[0]), written(&sides[1]))
            }
        }
    }

    #[test]
    fn formulas_are_read_with_the_usual_order_of_operations() {
        let read = |text: &str| MetricFormula::parse(text).map(|formula| written(&formula));
        assert_eq!(read("12 * mrr").as_deref(), Some("(12 × mrr)"));
        assert_eq!(
            read("(first(mrr-start) + expansion-mrr - churned-mrr) / first(mrr-start)").as_deref(),
            Some("(((first(mrr-start) + expansion-mrr) − churned-mrr) ÷ first(mrr-start))")
        );
        assert_eq!(read("a - b - c * d").as_deref(), Some("((a − b) − (c × d))"));
        assert_eq!(read("cac / (arpa * last(margin))").as_deref(), Some("(cac ÷ (arpa × last(margin)))"));
        assert_eq!(read("leads / previous(leads) - 1").as_deref(), Some("((leads ÷ previous(leads)) − 1)"));
        assert_eq!(read("new-mrr + reactivation-mrr?").as_deref(), Some("(new-mrr + reactivation-mrr?)"));
    }

    #[test]
    fn what_is_no_formula_is_none() {
        for text in ["", "a b", "a +", "(a", "a)", "first(a", "first()", "A", "a ** b", "1.5"] {
            assert_eq!(MetricFormula::parse(text), None, "{text}");
        }
    }
}
