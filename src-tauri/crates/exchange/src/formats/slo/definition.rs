//! An objective of an SLO, as a tool says it.

use headroom_files::{Level, Place, shortened};
use headroom_model::{ExactDecimal, ObjectiveWindow, WindowUnit};

use crate::catalog::{
    field_reader::{Diagnostics, FieldReader},
    located_value::{LocatedContent, LocatedValue},
};

/// The tool whose file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SloTool {
    OpenSlo,
    Sloth,
    Pyrra,
    SloGenerator,
}

impl SloTool {
    pub fn title(self) -> &'static str {
        match self {
            SloTool::OpenSlo => "OpenSLO",
            SloTool::Sloth => "Sloth",
            SloTool::Pyrra => "Pyrra",
            SloTool::SloGenerator => "slo-generator",
        }
    }
}

/// What an SLO is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SloKind {
    Availability,
    Latency,
    Other,
}

/// One objective of an SLO.
#[derive(Debug, Clone)]
pub struct SloDefinition {
    pub place: Place,
    pub tool: SloTool,
    /// The key of the service, if the file names it.
    pub service: Option<String>,
    /// The name of the SLO.
    pub name: String,
    /// Tells it from the first objective of the same SLO.
    pub part: Option<String>,
    pub title: String,
    pub kind: SloKind,
    pub target: ExactDecimal,
    pub window: Option<ObjectiveWindow>,
    pub method: String,
    pub description: String,
}

/// What it is about, as far as words tell: those of its name first, then its description, then its queries.
pub fn kind_of(names: &[&str], description: &str, indicator: Option<&LocatedValue>) -> SloKind {
    let by_words = |text: &str| {
        let text = text.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
        if has(&["latency", "duration", "response time"]) {
            Some(SloKind::Latency)
        } else {
            has(&["availab", "uptime"]).then_some(SloKind::Availability)
        }
    };
    let said = names.iter().find_map(|name| by_words(name)).or_else(|| by_words(description));
    said.or_else(|| kind_of_query(indicator?)).unwrap_or(SloKind::Other)
}

/// Errors of a server are about availability; counts of requests by how long they took about latency.
fn kind_of_query(indicator: &LocatedValue) -> Option<SloKind> {
    let mut texts = Vec::new();
    collect_texts(indicator, &mut texts);
    let has = |words: &[&str]| texts.iter().any(|text| words.iter().any(|word| text.contains(word)));
    if has(&["5..", "5xx", "5[0-9][0-9]"]) {
        Some(SloKind::Availability)
    } else {
        has(&["_bucket", "latency"]).then_some(SloKind::Latency)
    }
}

fn collect_texts<'n>(node: &'n LocatedValue, texts: &mut Vec<&'n str>) {
    match &node.content {
        LocatedContent::Nothing => {}
        LocatedContent::Text { text, .. } => texts.push(text),
        LocatedContent::List(items) => items.iter().for_each(|item| collect_texts(item, texts)),
        LocatedContent::Map(entries) => {
            entries.iter().for_each(|entry| collect_texts(&entry.value, texts));
        }
    }
}

/// How a target is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetNotation {
    Fraction,
    Percent,
}

/// The target in a field, as a fraction of 1. What cannot be one is reported, and so is what is likely to be meant
/// otherwise.
pub fn target(fields: &FieldReader<'_>, name: &str, notation: TargetNotation) -> Option<ExactDecimal> {
    let text = fields.scalar(name)?.trim().to_owned();
    let is_percent = notation == TargetNotation::Percent;
    let whole = text.trim_end_matches('%').trim_end();
    let read = if is_percent { format!("{whole}%").parse::<ExactDecimal>() } else { text.parse() };
    let advice =
        if is_percent { "write it in percent, e.g. 99.9" } else { "write it as a fraction, e.g. 0.999" };
    let Some(target) = read.ok().filter(|target| is_share(*target)) else {
        let unit = if is_percent { "percentage" } else { "fraction of 1" };
        let message = format!("target “{}” is not a {unit}; objective skipped", shortened(&text));
        fields.say(Level::Error, name, message, advice);
        return None;
    };
    if is_percent && is_share_as_written(whole) {
        let message = format!("target {whole} is read as a percentage, so {whole} %");
        fields.say(Level::Warning, name, message, "if a fraction was meant, write it in percent, e.g. 99.9");
    }
    Some(target)
}

/// From 0 to 1.
fn is_share(number: ExactDecimal) -> bool {
    let (digits, decimals) = number.parts();
    digits >= 0 && i128::from(digits) <= 10_i128.pow(decimals)
}

fn is_share_as_written(text: &str) -> bool {
    text.parse::<ExactDecimal>().is_ok_and(|number| is_share(number) && number.parts().0 != 0)
}

/// The window in a field such as `30d`; `M` is a month and `m` a minute, which is rarely meant.
pub fn window(fields: &FieldReader<'_>, name: &str, is_calendar: bool) -> Option<ObjectiveWindow> {
    let text = fields.scalar(name)?.trim().to_owned();
    if text.is_empty() {
        return None;
    }
    let has_unit = text.ends_with(|letter: char| letter.is_ascii_alphabetic());
    let Some(window) = text.parse::<ObjectiveWindow>().ok().filter(|_| has_unit) else {
        let message = format!("window “{}” cannot be read; none imported", shortened(&text));
        fields.say(Level::Warning, name, message, "write it as 30d, 4w or 1M");
        return None;
    };
    doubt_minutes(fields, name, window);
    Some(window.with_calendar(is_calendar))
}

/// Reports a window of minutes: the specification of OpenSLO itself has `1m` where it means a month.
fn doubt_minutes(fields: &FieldReader<'_>, name: &str, window: ObjectiveWindow) {
    if window.unit() == WindowUnit::Minute {
        let words = window.in_words();
        let message = format!("the window is {words}: “m” is minutes; imported as it is written");
        fields.say(Level::Warning, name, message, "if months were meant, write “M”");
    }
}

/// The window of v1alpha of OpenSLO: `count` and `unit`.
pub fn counted_window(fields: &FieldReader<'_>, is_calendar: bool) -> Option<ObjectiveWindow> {
    let (count, unit) = (fields.scalar("count")?, fields.scalar("unit").unwrap_or_default());
    let known = WindowUnit::ALL.into_iter().find(|known| known.word().eq_ignore_ascii_case(unit.trim()));
    let window = count.trim().parse().ok().and_then(|count| ObjectiveWindow::new(count, known?, is_calendar));
    let Some(window) = window else {
        let message =
            format!("window of {} “{}” cannot be read; none imported", shortened(&count), shortened(&unit));
        let advice = "use Minute, Hour, Day, Week, Month, Quarter or Year with a whole number";
        fields.say(Level::Warning, if known.is_none() { "unit" } else { "count" }, message, advice);
        return None;
    };
    doubt_minutes(fields, "unit", window);
    Some(window)
}

/// Whether a document is of a version that is read; any other is told and skipped.
pub fn is_version(root: &FieldReader<'_>, tool: SloTool, field: &str, known: &[&str]) -> bool {
    let version = root.filled(field).unwrap_or_default();
    let is_known = known.contains(&version.as_str());
    if !is_known {
        let message = format!("unknown version “{}” of {}; skipped", shortened(&version), tool.title());
        let newest = known.first().copied().unwrap_or_default();
        root.say(Level::Error, field, message, &format!("use {newest}"));
    }
    is_known
}

/// Tells of a document of a kind that is not read.
pub fn tell_unknown_kind(root: &FieldReader<'_>, tool: SloTool, known: &str) {
    let kind = root.filled("kind").unwrap_or_default();
    let message = format!("unknown kind “{}” of {}; skipped", shortened(&kind), tool.title());
    root.say(Level::Warning, "kind", message, &format!("use {known}"));
}

/// The two parts of a Kubernetes document; one without both is told and skipped.
pub fn metadata_and_spec<'r>(root: &FieldReader<'r>) -> Option<(FieldReader<'r>, FieldReader<'r>)> {
    let parts = root.fields("metadata").zip(root.fields("spec"));
    if parts.is_none() {
        let message = "SLO has no metadata or no spec; skipped";
        root.report.say(Level::Error, root.place.clone(), message, "add both");
    }
    parts
}

/// The name of an SLO; one without is reported.
pub fn name_of(fields: &FieldReader<'_>, report: &Diagnostics) -> Option<String> {
    let name = fields.filled("name");
    if name.is_none() {
        report.say(Level::Error, fields.place.clone(), "SLO has no name; skipped", "add a name");
    }
    name
}
