//! Levels and scores of practices become figures where the plan is known: which practice is meant, what its levels are,
//! and which service a repository is.

use std::sync::Arc;

use chrono::NaiveDate;
use headroom_files::{
    Diagnostic, Level, Place,
    records::{
        Dates, FieldStatement, FigureRecord, ImportedScope, PracticeRecord, PracticeSubject, Records,
        RowRecord, Shared,
    },
    shortened,
};
use headroom_model::{
    ExactDecimal, Kind, KnownPractice, Metric, MetricValue, NoNumber, Plan, PracticeScale, fields::slug,
    same_word,
};
use rustc_hash::FxHashMap;

use super::repositories::Repositories;

/// What files write where a practice does not apply, and where nobody could say.
const NOT_APPLICABLE: [&str; 4] = ["n/a", "na", "not applicable", "not-applicable"];
const UNDETERMINED: [&str; 4] = ["undetermined", "unknown", "?", "-1"];

/// An audit may be entered for the day on which it takes effect; what is later is a slip.
const DAYS_AHEAD: i64 = 31;

/// Puts figures in place of levels and scores, and adds the practices that nobody has defined yet.
pub fn resolve(plan: &Plan, records: &mut Records, today: NaiveDate) {
    keep_known_scores(plan, &mut records.rows);
    if records.practices.is_empty() {
        return;
    }
    let said = std::mem::take(&mut records.practices);
    let repositories = Repositories::new(plan, records);
    let mut practices = Practices { plan, known: FxHashMap::default(), new: Vec::new() };
    let mut scopes = Scopes { repositories, known: FxHashMap::default() };
    let mut figures: Vec<FigureRecord> = Vec::with_capacity(said.len());
    let mut at: FxHashMap<(Arc<str>, Arc<ImportedScope>, NaiveDate), usize> = FxHashMap::default();
    let mut texts = Shared::<str>::default();
    let mut problems = Vec::new();
    for record in &said {
        let Some(practice) = practices.of(record, &records.rows, &mut problems) else { continue };
        let Some(value) = value_of(record, &practice, today, &mut problems) else { continue };
        let scope = scopes.of(&record.subject);
        let key = (practice.key.clone().into(), scope.clone(), record.on);
        let figure = FigureRecord {
            place: record.place.clone(),
            metric: texts.one(practice.key.as_str()),
            first: record.on,
            last: record.on,
            value,
            scope,
            origin: (!record.evidence.is_empty()).then(|| texts.one(record.evidence.as_str())),
            dates: Dates { from: None, until: record.until.map(Some) },
        };
        match at.get(&key) {
            Some(earlier) => {
                tell_same_day(&figures[*earlier], &figure, &mut problems);
                figures[*earlier] = figure;
            }
            None => {
                at.insert(key, figures.len());
                figures.push(figure);
            }
        }
    }
    records.rows.extend(practices.new);
    records.figures.extend(figures);
    records.problems.extend(problems);
}

/// Of several levels of one day the last in the file's order counts.
fn tell_same_day(earlier: &FigureRecord, later: &FigureRecord, problems: &mut Vec<Diagnostic>) {
    if earlier.value != later.value {
        let at = earlier.place.beside(&later.place);
        let message = format!("another level of the same day at {at}; this one, which is the later, counts");
        problems.push(Diagnostic::new(Level::Note, later.place.clone(), message, "no action needed"));
    }
}

/// Scores that tools define are the same everywhere: what the plan calls them stays.
fn keep_known_scores(plan: &Plan, rows: &mut [RowRecord]) {
    for row in rows.iter_mut().filter(|row| row.kind == Kind::Metric && row.text("unit") == Some("score")) {
        let is_known = row.text("key").is_some_and(|key| plan.find::<Metric>(key).is_some());
        if is_known {
            row.fields.retain(|(name, _)| *name == "key");
        }
    }
}

/// The practices that a source refers to.
struct Practices<'p> {
    plan: &'p Plan,
    /// By what they are called; none: it is no practice, which has been reported.
    known: FxHashMap<Arc<str>, Option<Metric>>,
    new: Vec<RowRecord>,
}

impl Practices<'_> {
    fn of(
        &mut self,
        record: &PracticeRecord,
        stated: &[RowRecord],
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Metric> {
        if let Some(known) = self.known.get(&record.practice) {
            return known.clone();
        }
        let found = self.find(&record.practice, stated, &record.place);
        let practice = match found {
            Some(metric) if metric.practice_scale().is_none() => {
                let name = shortened(&record.practice);
                let message =
                    format!("“{name}” is a metric of the plan and no practice; its rows are left out");
                let advice = "give the practice another name, or the metric the unit level or score";
                problems.push(Diagnostic::new(Level::Error, record.place.clone(), message, advice));
                None
            }
            found => found,
        };
        self.known.insert(record.practice.clone(), practice.clone());
        practice
    }

    /// As the files define it, else as the plan does, else as it comes with the program; otherwise it is a new one.
    fn find(&mut self, name: &str, stated: &[RowRecord], place: &Place) -> Option<Metric> {
        let of_plan = |key: &str| self.plan.find::<Metric>(key).and_then(|id| self.plan.get::<Metric>(id));
        let is_called = |row: &&RowRecord| {
            row.kind == Kind::Metric
                && [row.text("key"), row.text("name")].into_iter().flatten().any(|own| same_word(own, name))
        };
        if let Some(row) = stated.iter().rfind(is_called) {
            let own = row.text("key").and_then(of_plan).cloned();
            return Some(as_stated(row, own.unwrap_or_default()));
        }
        let named = || {
            let mut called = self.plan.metrics.iter().filter(|metric| same_word(metric.name(), name));
            called.next().filter(|_| called.next().is_none())
        };
        if let Some(own) = of_plan(name).or_else(|| of_plan(&name.to_lowercase())).or_else(named) {
            return Some(own.clone());
        }
        let metric = match KnownPractice::called(name) {
            Some(known) => Metric {
                key: known.key.into(),
                name: known.name.into(),
                levels: known.level_words(),
                origin: known.source.into(),
                ..Metric::default()
            },
            None => Metric { key: new_key(name), name: title(name), ..Metric::default() },
        };
        let metric = of_plan(&metric.key).cloned().unwrap_or(metric);
        if metric.unit.is_empty() {
            let is_new = self.new.iter().all(|row| row.text("key") != Some(metric.key.as_str()));
            self.new.extend(is_new.then(|| row_of(&metric, place)));
            return Some(Metric { unit: PracticeScale::Level.unit().into(), ..metric });
        }
        Some(metric)
    }
}

fn new_key(name: &str) -> String {
    // What is a key already stays what it is.
    let is_key = name
        .chars()
        .all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_./".contains(letter));
    if is_key { name.to_owned() } else { slug(name) }
}

/// `load-test` as `Load test`.
fn title(name: &str) -> String {
    let words = if name.contains(' ') { name.to_owned() } else { name.replace(['-', '_'], " ") };
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn row_of(metric: &Metric, place: &Place) -> RowRecord {
    let text = |text: &str| FieldStatement::Value(text.into());
    let mut fields = vec![
        ("key", text(&metric.key)),
        ("name", text(&metric.name)),
        ("unit", text(PracticeScale::Level.unit())),
        ("kind", text("stock")),
        ("period", text("day")),
    ];
    if !metric.levels.is_empty() {
        fields.push(("levels", FieldStatement::Value(metric.levels.as_slice().into())));
        fields.push(("origin", text(&metric.origin)));
    }
    RowRecord { kind: Kind::Metric, place: place.clone(), fields }
}

/// The metric that a row makes of one.
fn as_stated(row: &RowRecord, mut metric: Metric) -> Metric {
    for (field, own) in [("key", &mut metric.key), ("name", &mut metric.name), ("unit", &mut metric.unit)] {
        if let Some(text) = row.text(field) {
            text.clone_into(own);
        }
    }
    let levels = row.fields.iter().find(|(name, _)| *name == "levels");
    if let Some((_, FieldStatement::Value(levels))) = levels {
        metric.levels = serde_json::from_value(levels.clone()).unwrap_or_default();
    }
    metric
}

/// What a level is worth; none, which is reported, if it cannot be one.
fn value_of(
    record: &PracticeRecord,
    practice: &Metric,
    today: NaiveDate,
    problems: &mut Vec<Diagnostic>,
) -> Option<MetricValue> {
    let days_ahead = (record.on - today).num_days();
    if (1..=DAYS_AHEAD).contains(&days_ahead) {
        let message = format!("{} is after the day of the import; it counts from that day on", record.on);
        problems.push(Diagnostic::new(Level::Warning, record.place.clone(), message, "check the date"));
    }
    let mut tell = |message: String, advice: &str| {
        let message = format!("{message}; row left out");
        problems.push(Diagnostic::new(Level::Error, record.place.clone(), message, advice));
        None
    };
    if days_ahead > DAYS_AHEAD {
        return tell(format!("{} is after the day of the import", record.on), "correct the date");
    }
    if record.until.is_some_and(|until| until < record.on) {
        return tell("its evidence ends before it was made".to_owned(), "correct one of the dates");
    }
    let text = record.level.trim();
    let is_one_of = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is_one_of(&NOT_APPLICABLE) {
        return Some(NoNumber::NotApplicable.into());
    }
    if is_one_of(&UNDETERMINED) {
        return Some(NoNumber::Undetermined.into());
    }
    if let Some(at) = practice.levels.iter().position(|level| same_word(level, text)) {
        return u32::try_from(at).ok().map(|level| ExactDecimal::from(level).into());
    }
    let number = text.strip_prefix("level ").unwrap_or(text).parse::<ExactDecimal>().ok();
    let (top, name) = (practice.top_value(), practice.name());
    match number {
        Some(number) if practice.is_on_scale(number) => Some(number.into()),
        Some(_) => tell(
            format!(
                "“{}” is not on the scale of {}, which goes from 0 to {top}",
                shortened(text),
                shortened(name)
            ),
            "correct it, or say in metrics.csv which levels the practice has",
        ),
        None => tell(
            format!("“{}” is no level of {}", shortened(text), shortened(name)),
            "write a number, a level’s name or n/a",
        ),
    }
}

/// The scopes of what practices are looked at in, each found once.
struct Scopes {
    repositories: Repositories,
    known: FxHashMap<Arc<PracticeSubject>, Arc<ImportedScope>>,
}

impl Scopes {
    fn of(&mut self, subject: &Arc<PracticeSubject>) -> Arc<ImportedScope> {
        if let Some(known) = self.known.get(subject) {
            return known.clone();
        }
        let scope: Arc<ImportedScope> = match &**subject {
            PracticeSubject::Service(key) => of_service(key.clone()),
            PracticeSubject::Team(key) => {
                ImportedScope { team: Some(key.clone()), ..ImportedScope::default() }
            }
            PracticeSubject::Repository(name) => of_service(self.repositories.service(name)),
        }
        .into();
        self.known.insert(subject.clone(), scope.clone());
        scope
    }
}

fn of_service(key: String) -> ImportedScope {
    ImportedScope { service: Some(key), ..ImportedScope::default() }
}
