//! Parses phrases about time.

use super::period::{PeriodUnit, TimePeriod, most};
use crate::suggest::word::TextWord;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Limit {
    None,
    By,
    Within,
    Before,
    After,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    None,
    Start,
    End,
}

/// Words that may be about time, read from the first on.
pub(super) struct Phrase<'a> {
    text: &'a str,
    words: &'a [TextWord],
    /// How many words were read.
    pub at: usize,
    is_label: bool,
}

const DETERMINERS: &[&str] = &["the", "your", "their", "his", "her", "its", "our", "my"];
const ANCHORS: &[&str] =
    &["start", "starting", "starts", "joining", "hire", "hiring", "arrival", "onboarding", "employment"];
const STARTERS: &[&str] = &[
    "you",
    "they",
    "he",
    "she",
    "we",
    "new",
    "hire",
    "hires",
    "hire's",
    "starter",
    "joiner",
    "team",
    "member",
    "member's",
    "person",
    "employee",
    "employee's",
    "official",
    "first",
];

impl<'a> Phrase<'a> {
    pub fn new(text: &'a str, words: &'a [TextWord], is_label: bool) -> Self {
        Self { text, words, at: 0, is_label }
    }

    /// None if it is not about time; inner `None` if it is, but not a due date.
    pub fn read(&mut self) -> Option<Option<i32>> {
        if let Some(offset) = self.signed().or_else(|| self.pre()) {
            return Some(Some(offset));
        }
        self.any(&["due"]);
        let limit = self.limit();
        if limit == Limit::Before && self.start_of_work() {
            return Some(Some(-1));
        }
        let edge = self.edge();
        let period = self.period(limit)?;
        if let TimePeriod::Length { unit, count } = period {
            return self.length(limit, edge, unit, count, period);
        }
        Some(match (limit, edge) {
            (Limit::After, _) => None,
            (Limit::Before, Edge::None | Edge::Start) => Some(period.start() - 1),
            (_, Edge::Start) => Some(period.start()),
            _ => Some(period.end()),
        })
    }

    /// Parses `within 30 days`, `2 weeks before start`, `30 days after joining`; in a label also `30 days` alone.
    fn length(
        &mut self,
        limit: Limit,
        edge: Edge,
        unit: PeriodUnit,
        count: i32,
        period: TimePeriod,
    ) -> Option<Option<i32>> {
        if self.any(&["before"]) || self.pair("prior", "to") || self.pair("ahead", "of") {
            let is_anchored = self.start_of_work() || self.first_day();
            let ends = self.at == self.words.len();
            let days = count * unit.calendar_days();
            let offset = if unit == PeriodUnit::WorkingDay { -count } else { -most(days) };
            return (is_anchored || (self.is_label && ends)).then_some(Some(offset));
        }
        let mark = self.at;
        let is_joined = self.any(&["of", "from", "after"]);
        let is_anchored = is_joined && {
            self.all(DETERMINERS);
            self.any(ANCHORS) || self.first_day()
        };
        if is_anchored {
            self.any(&["date", "day"]);
            return Some(Some(period.end()));
        }
        self.at = mark;
        match limit {
            Limit::After => Some(None),
            Limit::By | Limit::Within => Some(Some(period.end())),
            Limit::None if self.is_label && edge == Edge::None => Some(Some(period.end())),
            _ => None,
        }
    }

    fn peek(&self) -> Option<&TextWord> {
        let word = self.words.get(self.at)?;
        let is_near = self.at == 0 || matches!(word.before.trim(), "" | "-" | "–" | "‑" | "#" | ":");
        is_near.then_some(word)
    }

    fn any(&mut self, listed: &[&str]) -> bool {
        let found = self.peek().is_some_and(|word| listed.contains(&word.text.as_str()));
        self.at += usize::from(found);
        found
    }

    /// Skips a few words.
    fn all(&mut self, listed: &[&str]) {
        let few = self.at + 6;
        while self.at < few && self.any(listed) {}
    }

    fn pair(&mut self, first: &str, second: &str) -> bool {
        let mark = self.at;
        let found = self.any(&[first]) && self.any(&[second]);
        if !found {
            self.at = mark;
        }
        found
    }

    /// Parses `due: +5d`, `T-3`.
    fn signed(&mut self) -> Option<i32> {
        let first = self.words.first()?;
        let number = self.words.get(1)?;
        let before = number.before.trim_start_matches([':', ' ']);
        let sign = match before {
            "+" => 1,
            "-" | "−" => -1,
            _ => return None,
        };
        let count = sign * number.text.parse::<i32>().ok().filter(|count| *count <= 3650)?;
        if first.text == "t" {
            let is_bare = number.before == before && self.text[first.start..].starts_with('T');
            self.at = 2;
            return is_bare.then_some(count);
        }
        if first.text != "due" {
            return None;
        }
        let unit = self.words.get(2).filter(|word| matches!(word.before.as_str(), "" | " "));
        let factor = match unit.map(|word| word.text.as_str()) {
            Some("d" | "day" | "days") => Some(1),
            Some("w" | "week" | "weeks") => Some(5),
            _ => None,
        };
        self.at = 2 + usize::from(factor.is_some());
        Some(count * factor.unwrap_or(1))
    }

    /// Parses `Pre-boarding`, `pre-day 1`.
    fn pre(&mut self) -> Option<i32> {
        const JOINED: &[&str] = &["preboarding", "prestart", "prearrival", "preonboarding", "prejoining"];
        const PARTS: &[&str] =
            &["boarding", "start", "arrival", "onboarding", "joining", "hire", "employment"];
        if self.any(JOINED) {
            return Some(-1);
        }
        let found = self.any(&["pre"]) && (self.any(PARTS) || self.first_day());
        if !found {
            self.at = 0;
        }
        found.then_some(-1)
    }

    fn limit(&mut self) -> Limit {
        if self.pair("prior", "to") || self.pair("ahead", "of") || self.any(&["before"]) {
            return Limit::Before;
        }
        let mark = self.at;
        if self.any(&["no", "not"]) && self.any(&["later"]) && self.any(&["than"]) {
            return Limit::By;
        }
        self.at = mark;
        if self.any(&["within", "in"]) {
            return Limit::Within;
        }
        if self.any(&["by", "until", "till", "on", "at", "during"]) {
            return Limit::By;
        }
        if self.any(&["after", "since", "from"]) { Limit::After } else { Limit::None }
    }

    fn edge(&mut self) -> Edge {
        let mark = self.at;
        self.all(DETERMINERS);
        let edge = match () {
            () if self.any(&["end", "close"]) => Edge::End,
            () if self.any(&["start", "beginning"]) => Edge::Start,
            () => Edge::None,
        };
        if edge == Edge::None {
            self.at = mark;
        } else {
            self.any(&["of"]);
        }
        self.all(DETERMINERS);
        edge
    }

    fn first_day(&mut self) -> bool {
        let mark = self.at;
        self.all(DETERMINERS);
        let first = TimePeriod::Numbered { unit: PeriodUnit::Day, first: 1, last: 1 };
        let found = matches!(self.period(Limit::None), Some(period) if period == first);
        if !found {
            self.at = mark;
        }
        found
    }

    /// Parses `start`, `they start`, `your start date`, `arrival`, after `before`.
    fn start_of_work(&mut self) -> bool {
        let mark = self.at;
        self.all(DETERMINERS);
        let from = self.at;
        self.all(STARTERS);
        let has_subject = self.at > from;
        let found = self
            .any(&["start", "starts", "arrival", "arrive", "arrives", "joining", "join", "joins"])
            || (self.is_label && self.any(&["starting", "onboarding", "boarding", "arriving"]));
        let is_dated = found && self.any(&["date", "day"]);
        let is_end = self.at == self.words.len() || self.peek().is_none();
        // “Before start of the build” is about something else.
        let is_work = found && (has_subject || is_dated || is_end || self.is_label || self.is_joining());
        let is_period = self.words.get(self.at).is_some_and(|word| word.text == "of");
        if !is_work || is_period {
            self.at = mark;
        }
        is_work && !is_period
    }

    fn is_joining(&self) -> bool {
        self.at.checked_sub(1).is_some_and(|at| matches!(self.words[at].text.as_str(), "arrival" | "joining"))
    }

    fn period(&mut self, limit: Limit) -> Option<TimePeriod> {
        let mark = self.at;
        let found = self
            .numbered()
            .or_else(|| self.restart(mark).ordinal())
            .or_else(|| self.restart(mark).counted(limit));
        if found.is_none() {
            self.at = mark;
        }
        found
    }

    fn restart(&mut self, mark: usize) -> &mut Self {
        self.at = mark;
        self
    }

    fn unit(&mut self) -> Option<(PeriodUnit, bool)> {
        let working = self.any(&["working", "business", "work"]);
        let word = self.peek()?;
        let (unit, is_plural) = match word.text.as_str() {
            "day" => (PeriodUnit::Day, false),
            "days" => (PeriodUnit::Day, true),
            "week" | "wk" => (PeriodUnit::Week, false),
            "weeks" | "wks" => (PeriodUnit::Week, true),
            "month" => (PeriodUnit::Month, false),
            "months" => (PeriodUnit::Month, true),
            "quarter" => (PeriodUnit::Quarter, false),
            "quarters" => (PeriodUnit::Quarter, true),
            "year" => (PeriodUnit::Year, false),
            "years" => (PeriodUnit::Year, true),
            _ => return None,
        };
        self.at += 1;
        match (working, unit) {
            (false, unit) => Some((unit, is_plural)),
            (true, PeriodUnit::Day) => Some((PeriodUnit::WorkingDay, is_plural)),
            (true, _) => None,
        }
    }

    fn number(&mut self) -> Option<i32> {
        const NAMES: &[&str] = &[
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        ];
        let text = self.peek()?.text.as_str();
        let named = NAMES.iter().position(|name| *name == text).and_then(|at| i32::try_from(at + 1).ok());
        let number = named.or_else(|| text.parse().ok()).filter(|number| (0..=3650).contains(number));
        self.at += usize::from(number.is_some());
        number
    }

    /// Parses `day 1`, `weeks 2 – 4`, `day -5`.
    fn numbered(&mut self) -> Option<TimePeriod> {
        let (unit, is_plural) = self.unit()?;
        let sign = self.words.get(self.at).filter(|word| word.before.ends_with(" -")).map_or(1, |_| -1);
        let first = self.number()? * sign;
        let mark = self.at;
        let dash = self.words.get(mark).map(|word| word.before.clone()).unwrap_or_default();
        let is_range = match dash.trim() {
            "-" | "–" | "—" | "‑" => is_plural || dash.trim() == dash,
            "" if !dash.is_empty() => self.any(&["to", "and"]),
            "&" | "/" | "+" | "," => is_plural,
            _ => false,
        };
        // After a character such as `&`, which joins no other words.
        let is_close =
            is_range && self.words.get(self.at).is_some_and(|word| word.text.parse::<i32>().is_ok());
        let last = if is_close { self.words[self.at].text.parse().ok() } else { None };
        self.at = if last.is_some() { self.at + 1 } else { mark };
        let last = last.filter(|last| *last > first && *last <= 3650).unwrap_or_else(|| {
            self.at = mark;
            first
        });
        Some(TimePeriod::Numbered { unit, first, last })
    }

    /// Parses `first day`, `2nd week`, `first 90 days`.
    fn ordinal(&mut self) -> Option<TimePeriod> {
        const NAMES: &[&str] =
            &["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
        let text = self.peek()?.text.clone();
        let named = NAMES.iter().position(|name| *name == text).and_then(|at| i32::try_from(at + 1).ok());
        let ordinal = match named {
            Some(ordinal) => {
                self.at += 1;
                ordinal
            }
            None => {
                let number = self.number()?;
                let is_ordinal = self.words.get(self.at).is_some_and(|word| word.before.is_empty());
                (is_ordinal && self.any(&["st", "nd", "rd", "th"])).then_some(number)?
            }
        };
        if ordinal == 1
            && let Some(count) = self.number()
        {
            let (unit, _) = self.unit()?;
            return Some(TimePeriod::First { unit, count });
        }
        if ordinal == 1 && self.any(&["few", "couple"]) {
            return None;
        }
        let (unit, is_plural) = self.unit()?;
        (!is_plural).then_some(TimePeriod::Numbered { unit, first: ordinal, last: ordinal })
    }

    /// Parses `30 days`, `two weeks`, `5 business days`, and `a week` after `within`.
    fn counted(&mut self, limit: Limit) -> Option<TimePeriod> {
        let is_one = limit == Limit::Within && self.any(&["a", "an"]);
        let count = if is_one { 1 } else { self.number()? };
        let (unit, _) = self.unit()?;
        Some(TimePeriod::Length { unit, count })
    }
}
