//! The times of an incident, by the words of reviews: first detected, declared, repaired, resolved.

use chrono::{Datelike as _, NaiveDate};
use headroom_model::{IncidentMoment, IncidentTime};
use serde_json::json;

use super::{front_matter::ReviewHeader, outline::ReviewOutline};
use crate::{clock_time::time_of, row::RowBuilder};

/// Words that begin a line of key events, with the moment that it is.
const WORDS: [(&str, IncidentMoment); 24] = [
    ("fault occurs", IncidentMoment::Started),
    ("fault occurred", IncidentMoment::Started),
    ("incident started", IncidentMoment::Started),
    ("impact started", IncidentMoment::Started),
    ("started", IncidentMoment::Started),
    ("start of incident", IncidentMoment::Started),
    ("start time", IncidentMoment::Started),
    ("start", IncidentMoment::Started),
    ("first detected", IncidentMoment::Detected),
    ("fault detected", IncidentMoment::Detected),
    ("detected", IncidentMoment::Detected),
    ("incident declared", IncidentMoment::Declared),
    ("incident not declared", IncidentMoment::Declared),
    ("declared", IncidentMoment::Declared),
    ("repaired declared", IncidentMoment::Repaired),
    ("repaired", IncidentMoment::Repaired),
    ("mitigated", IncidentMoment::Repaired),
    ("service restored", IncidentMoment::Repaired),
    ("restored", IncidentMoment::Repaired),
    ("incident resolved", IncidentMoment::Resolved),
    ("resolved", IncidentMoment::Resolved),
    ("end of incident", IncidentMoment::Resolved),
    ("end time", IncidentMoment::Resolved),
    ("ended", IncidentMoment::Resolved),
];

/// Keys of front matter.
const KEYS: [(&str, IncidentMoment); 13] = [
    ("started", IncidentMoment::Started),
    ("started_at", IncidentMoment::Started),
    ("start", IncidentMoment::Started),
    ("start_time", IncidentMoment::Started),
    ("detected", IncidentMoment::Detected),
    ("detected_at", IncidentMoment::Detected),
    ("declared", IncidentMoment::Declared),
    ("mitigated", IncidentMoment::Repaired),
    ("repaired", IncidentMoment::Repaired),
    ("resolved", IncidentMoment::Resolved),
    ("resolved_at", IncidentMoment::Resolved),
    ("end", IncidentMoment::Resolved),
    ("end_time", IncidentMoment::Resolved),
];

#[derive(Debug, Default)]
pub(super) struct KeyEvents {
    times: Vec<(IncidentMoment, IncidentTime)>,
    /// The lines as they are written.
    texts: Vec<(IncidentMoment, String)>,
    warnings: Vec<(IncidentMoment, String)>,
    /// What is wrong, with the line.
    pub told: Vec<(u64, String)>,
}

/// The key events of a review of about this day.
pub(super) fn key_events(
    outline: &ReviewOutline<'_>,
    front: &ReviewHeader,
    day: Option<NaiveDate>,
) -> KeyEvents {
    let mut events = KeyEvents::default();
    for (key, moment) in KEYS {
        if let Some(text) = front.get(key) {
            events.add(moment, text, text, 1);
        }
    }
    for (text, number) in event_lines(outline) {
        let Some((moment, rest)) = moment_of(text) else { continue };
        events.add(moment, rest, text, number);
    }
    if let Some(day) = day {
        events.look_at_years(day.year());
    }
    events
}

/// The items below “Key events” and its like, and labels that are events themselves: `**Detected**: …`.
fn event_lines<'o>(outline: &'o ReviewOutline<'_>) -> impl Iterator<Item = (&'o str, u64)> {
    const HEADINGS: [&str; 5] = ["key events", "key times", "key moments", "times", "incident times"];
    let is_events = |title: &str| HEADINGS.iter().any(|heading| heading.eq_ignore_ascii_case(title));
    outline.parts.iter().flat_map(move |part| {
        let is_listed = is_events(part.title);
        let lines = part.lines.iter().filter(move |_| is_listed);
        lines.map(|line| (line.text.trim().trim_start_matches(['-', '*', '+']).trim(), line.number))
    })
}

/// The moment that a line begins with, and what is after it.
fn moment_of(text: &str) -> Option<(IncidentMoment, &str)> {
    let bare = text.trim_start_matches(['*', '_']);
    let longest = WORDS.iter().filter(|(words, _)| {
        let begin = bare.get(..words.len());
        let after = bare.get(words.len()..).and_then(|rest| rest.chars().next());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(words))
            && after.is_none_or(|letter| !letter.is_alphanumeric())
    });
    let (words, moment) = longest.max_by_key(|(words, _)| words.len())?;
    Some((*moment, bare[words.len()..].trim_start_matches([':', '*', '_', ' ', '-', '–'])))
}

impl KeyEvents {
    /// The first of each moment counts.
    fn add(&mut self, moment: IncidentMoment, words: &str, line: &str, number: u64) {
        if self.texts.iter().any(|(known, _)| *known == moment) {
            return;
        }
        self.texts.push((moment, line.to_owned()));
        match time_in(words) {
            Some(time) => self.times.push((moment, time)),
            None => {
                self.told.push((number, format!("{}: unreadable: {line}", moment.word())));
                self.warnings.push((moment, format!("unreadable: {line}")));
            }
        }
    }

    /// A year that is not that of the review is uncertain.
    fn look_at_years(&mut self, year: i32) {
        for (moment, time) in &self.times {
            if time.day().year() != year {
                let words = format!("year {} in a report of {year}", time.day().year());
                self.told.push((1, format!("{}: {words}", moment.word())));
                self.warnings.push((*moment, words));
            }
        }
    }

    /// `day` is that of the review: the incident began on it if no time says more.
    pub fn write(&self, day: Option<NaiveDate>, row: &mut RowBuilder) {
        let is_sure = |moment: IncidentMoment| {
            self.times.iter().any(|(known, _)| *known == moment)
                && self.warnings.iter().all(|(known, _)| *known != moment)
        };
        let has_begin = is_sure(IncidentMoment::Started) || is_sure(IncidentMoment::Detected);
        for (moment, time) in &self.times {
            row.value(moment.word(), time.to_string());
        }
        let has_started = self.times.iter().any(|(moment, _)| *moment == IncidentMoment::Started);
        if let Some(day) = day.and_then(IncidentTime::on).filter(|_| !has_begin && !has_started) {
            row.value("started", day.to_string());
        }
        let warnings =
            self.warnings.iter().map(|(moment, words)| json!({ "moment": moment.word(), "words": words }));
        row.value("warnings", warnings.collect::<Vec<_>>());
        if !self.texts.is_empty() {
            let texts =
                self.texts.iter().map(|(moment, text)| (moment.word().to_owned(), text.clone().into()));
            let texts: serde_json::Map<String, serde_json::Value> = texts.collect();
            row.value("extra", json!({ "incident-reviews": serde_json::Value::Object(texts).to_string() }));
        }
    }
}

/// The time at the beginning of words, or in them: `2027-03-12 8:05`, and nothing like it.
fn time_in(words: &str) -> Option<IncidentTime> {
    if let Some(time) = time_of(words).filter(|time| time.time().is_some()) {
        return Some(time);
    }
    words.char_indices().find_map(|(at, _)| {
        let is_free = !words[..at].ends_with(|letter: char| letter.is_ascii_digit());
        let day = words.get(at..at + 10).filter(|_| is_free)?;
        let rest = words.get(at + 10..)?.strip_prefix([' ', 'T'])?;
        let clock = clock_of(rest)?;
        format!("{day} {clock}").parse().ok()
    })
}

/// `8:05` or `08:05`, and no digit after it.
fn clock_of(text: &str) -> Option<String> {
    let (hour, rest) = text.split_once(':')?;
    let minute = rest.get(..2)?;
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_clock = hour.len() <= 2 && is_number(hour) && is_number(minute);
    let is_over = !rest[2..].starts_with(|letter: char| letter.is_ascii_digit());
    (is_clock && is_over).then(|| format!("{hour:0>2}:{minute}"))
}
