//! Upptime: the minutes in which sites were down, by day, <https://upptime.js.org>.
//!
//! `history/summary.json` names the days on which a site was down, and `history/<slug>.yml` says since when it is
//! measured. A day before that is missing, and not up; one after it that is not named was measured, and without a minute
//! down. Each day becomes an observation of `downtime-minutes` of the service that has the slug as its key: a day is never
//! restated by a longer one, and a later import only adds the days that have come. Nothing is written back.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, Days, NaiveDate, Utc};
use headroom_files::{
    Diagnostic, Level, Place, ReadError, find,
    records::{Dates, FieldStatement, FigureRecord, ImportedScope, Records, RowRecord},
    shortened,
};
use headroom_model::{ExactDecimal, Kind, MINUTES_A_DAY, built_in_metric::DOWNTIME_MINUTES};
use rustc_hash::FxHashMap;

use crate::catalog::{
    field_reader::{Diagnostics, FieldReader},
    located_value::LocatedContent,
    yaml::read_documents,
};

const NAMES: [&str; 1] = ["summary.json"];
/// The field by which a summary of Upptime is told from others.
const MARK: &str = "dailyMinutesDown";
/// More are a slip of a date: each would be a row.
const MOST_DAYS: i64 = 10_000;

pub fn recognise(path: &Path) -> bool {
    if path.is_dir() { find::below(path).any(|file| is_ours(&file)) } else { is_ours(path) }
}

fn is_ours(path: &Path) -> bool {
    find::is_named(path, &NAMES) && find::mentions(path, &[MARK])
}

pub fn read(sources: &[PathBuf]) -> Result<Records, ReadError> {
    let mut records = Records::default();
    for file in find::wanted(sources, is_ours, "expected history/summary.json of Upptime")? {
        summary(&file, &mut records)?;
    }
    Ok(records)
}

/// Leaves out what is after the day of the import: nobody has measured it. Minutes down on such a day are reported.
pub fn leave_out_future(records: &mut Records, today: NaiveDate) {
    let Records { figures, problems, .. } = records;
    figures.retain(|figure| {
        let day = figure.first;
        if day > today && figure.value.number != ExactDecimal::default() {
            let message = format!("{day} is after the day of the import; skipped");
            problems.push(Diagnostic::new(Level::Error, figure.place.clone(), message, "correct the date"));
        }
        day <= today
    });
}

/// A site of a summary.
struct Site<'n> {
    fields: FieldReader<'n>,
    slug: String,
    measured: Measured,
    metric: Arc<str>,
    scope: Arc<ImportedScope>,
}

/// Since when a site is measured, and when that was last written.
#[derive(Default, Clone, Copy)]
struct Measured {
    since: Option<NaiveDate>,
    updated: Option<NaiveDate>,
}

fn summary(file: &Path, records: &mut Records) -> Result<(), ReadError> {
    for document in read_documents(file, &mut records.problems)? {
        let report = Diagnostics::new(&document.place.file);
        let items = match &document.root.content {
            LocatedContent::List(items) => items.as_slice(),
            _ => std::slice::from_ref(&document.root),
        };
        let metric: Arc<str> = DOWNTIME_MINUTES.into();
        let mut sites = Vec::new();
        for item in items {
            let Some(fields) = FieldReader::of(item, "a site", &report) else { continue };
            let Some(slug) = fields.filled("slug") else {
                let message = "site has no slug; skipped";
                report.say(Level::Error, fields.place.clone(), message, "let Upptime write the file again");
                continue;
            };
            let measured = history(file, &slug, &mut records.problems);
            let scope = ImportedScope { service: Some(slug.clone()), ..ImportedScope::default() };
            sites.push(Site { fields, slug, measured, metric: metric.clone(), scope: scope.into() });
        }
        let until = measured_until(&sites);
        let has_metric = !records.rows.is_empty();
        records.rows.extend(sites.first().filter(|_| !has_metric).map(|site| metric_row(&site.fields.place)));
        for site in &sites {
            site.read(until, &mut records.figures);
        }
        records.problems.extend(report.finish());
    }
    Ok(())
}

/// The last day known: response times are written once a day, so that the day after the last of them still is.
fn measured_until(sites: &[Site<'_>]) -> Option<NaiveDate> {
    let updated = sites.iter().filter_map(|site| site.measured.updated).max()?;
    updated.checked_add_days(Days::new(1))
}

/// What `history/<slug>.yml` says.
fn history(summary: &Path, slug: &str, problems: &mut Vec<Diagnostic>) -> Measured {
    let file = summary.with_file_name(format!("{slug}.yml"));
    let is_inside = file.parent() == summary.parent();
    let documents = if is_inside && file.is_file() { read_documents(&file, problems).ok() } else { None };
    let Some(document) = documents.as_deref().and_then(<[_]>::first) else { return Measured::default() };
    let report = Diagnostics::new(&document.place.file);
    let Some(fields) = FieldReader::of(&document.root, "the history", &report) else {
        return Measured::default();
    };
    let day = |name: &str| {
        let text = fields.scalar(name)?;
        let day = day_of(&text);
        if day.is_none() {
            let message = format!("{name} “{}” is not a time; ignored", shortened(&text));
            fields.say(Level::Warning, name, message, "let Upptime write the file again");
        }
        day
    };
    let measured = Measured { since: day("startTime"), updated: day("lastUpdated") };
    problems.extend(report.finish());
    measured
}

/// The day of a time, in UTC.
fn day_of(text: &str) -> Option<NaiveDate> {
    let time = DateTime::parse_from_rfc3339(text.trim()).map(|time| time.with_timezone(&Utc).date_naive());
    time.ok().or_else(|| text.trim().parse().ok())
}

impl Site<'_> {
    /// A figure for each day that was measured.
    fn read(&self, until: Option<NaiveDate>, figures: &mut Vec<FigureRecord>) {
        let named = self.minutes_down();
        let mut days: BTreeSet<NaiveDate> = named.keys().copied().collect();
        match (self.measured.since, until.or_else(|| days.last().copied())) {
            (Some(since), Some(until)) if (until - since).num_days() < MOST_DAYS => {
                days.extend(since.iter_days().take_while(|day| *day <= until));
            }
            (Some(since), Some(until)) => {
                let message =
                    format!("{since} is too long before {until}; only days with minutes down imported");
                self.say(message, "correct startTime");
            }
            (Some(_), None) => {}
            (None, _) => {
                let slug = shortened(&self.slug);
                let message = format!(
                    "since when “{slug}” is measured is not known, for want of {slug}.yml; only days with minutes down \
                     imported"
                );
                self.say(message, "import the whole folder “history”");
            }
        }
        for day in days {
            match named.get(&day) {
                Some(None) => {}
                Some(Some((minutes, place))) => figures.push(self.figure(day, *minutes, place)),
                None => figures.push(self.figure(day, ExactDecimal::default(), &self.fields.place)),
            }
        }
    }

    fn say(&self, message: String, advice: &str) {
        self.fields.report.say(Level::Warning, self.fields.place.clone(), message, advice);
    }

    /// The minutes of the days that are named; none where they cannot be, which is reported: such a day is missing.
    fn minutes_down(&self) -> FxHashMap<NaiveDate, Option<(ExactDecimal, Place)>> {
        let mut days = FxHashMap::default();
        let Some(fields) = self.fields.fields(MARK) else { return days };
        for entry in fields.entries() {
            let place = fields.place_of(&entry.name);
            let skip = |message: String, advice: &str| {
                fields.report.say(Level::Error, place.clone(), format!("{message}; skipped"), advice);
            };
            let Ok(day) = entry.name.parse::<NaiveDate>() else {
                skip(format!("“{}” is not a day", shortened(&entry.name)), "write it as 2027-03-12");
                continue;
            };
            if self.measured.since.is_some_and(|since| day < since) {
                skip(format!("{day} is before the first day measured"), "correct the date or startTime");
                continue;
            }
            let text = entry.value.text().unwrap_or_default();
            let minutes = text.parse::<ExactDecimal>().ok().filter(|minutes| is_part_of_day(*minutes));
            if minutes.is_none() {
                skip(
                    format!("“{}” minutes of {day}, which has {MINUTES_A_DAY}", shortened(text)),
                    "correct the minutes, or remove the day",
                );
            }
            days.insert(day, minutes.map(|minutes| (minutes, place)));
        }
        days
    }

    fn figure(&self, day: NaiveDate, minutes: ExactDecimal, place: &Place) -> FigureRecord {
        FigureRecord {
            place: place.clone(),
            metric: self.metric.clone(),
            first: day,
            last: day,
            value: minutes.into(),
            scope: self.scope.clone(),
            origin: None,
            dates: Dates::default(),
        }
    }
}

fn is_part_of_day(minutes: ExactDecimal) -> bool {
    let (digits, decimals) = minutes.parts();
    digits >= 0 && i128::from(digits) <= i128::from(MINUTES_A_DAY) * 10_i128.pow(decimals)
}

fn metric_row(place: &Place) -> RowRecord {
    let fields = [
        ("key", DOWNTIME_MINUTES),
        ("name", "Downtime"),
        ("unit", "minutes"),
        ("kind", "flow"),
        ("period", "day"),
        ("better", "down"),
    ]
    .map(|(field, value)| (field, FieldStatement::Value(value.into())));
    RowRecord { kind: Kind::Metric, place: place.clone(), fields: fields.to_vec() }
}

#[cfg(test)]
mod tests {
    use headroom_model::Plan;

    use crate::{ImportOptions, ReadOptions, compare, read_parts};

    const HISTORY: &str = "url: https://example.org\nstatus: up\nlastUpdated: 2027-01-05T22:00:00.000Z\n\
        startTime: 2027-01-03T11:06:25.238Z\n";

    /// A folder with two sites of the same name, one of them with these minutes.
    fn folder(minutes: &str, history: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("history");
        std::fs::create_dir_all(&path).unwrap();
        let site = |slug: &str, minutes: &str| {
            format!("{{\"name\": \"Till\", \"slug\": \"{slug}\", \"dailyMinutesDown\": {minutes}}}")
        };
        let text = format!("[\n{},\n{}\n]", site("till", minutes), site("till-dev", "{}"));
        std::fs::write(path.join("summary.json"), text).unwrap();
        std::fs::write(path.join("till.yml"), history).unwrap();
        std::fs::write(path.join("till-dev.yml"), HISTORY.replace("2027-01-03T", "2027-01-06T")).unwrap();
        folder
    }

    /// Imports the folder on a day; gives the messages.
    fn import(plan: &mut Plan, folder: &tempfile::TempDir, today: &str) -> Vec<String> {
        let parts = read_parts(&[folder.path().to_owned()], None, &ReadOptions::default()).unwrap();
        assert_eq!(parts.iter().map(|part| part.format.id).collect::<Vec<_>>(), ["upptime"]);
        let options = ImportOptions { today: today.parse().unwrap(), complete: true, names: Vec::new() };
        let preview = compare(plan, parts, &options);
        plan.apply(&preview.changes).unwrap();
        preview.problems.into_iter().map(|problem| problem.message).collect()
    }

    /// Service, day, minutes and last day of belief, in order.
    fn figures(plan: &Plan) -> Vec<String> {
        let mut rows: Vec<String> = plan
            .observations
            .iter()
            .map(|row| {
                assert_eq!(row.first, row.last);
                let until = row.until.map(|day| format!(" until {day}")).unwrap_or_default();
                format!("{} {} {}{until}", plan.key_of(row.service.unwrap().into()), row.first, row.value)
            })
            .collect();
        rows.sort();
        rows
    }

    #[test]
    fn days_since_the_first_are_measured_and_others_missing() {
        let folder = folder("{\"2027-01-04\": 38}", HISTORY);
        let mut plan = Plan::default();
        assert_eq!(import(&mut plan, &folder, "2027-01-06"), [""; 0]);
        let expected = [
            "till 2027-01-03 0",
            "till 2027-01-04 38",
            "till 2027-01-05 0",
            "till 2027-01-06 0",
            "till-dev 2027-01-06 0",
        ];
        assert_eq!(figures(&plan), expected);
        let before = plan.clone();
        import(&mut plan, &folder, "2027-01-09");
        assert!(plan == before, "a second import changes nothing, and the file says nothing of later days");
    }

    #[test]
    fn later_import_adds_days_and_restates_the_last() {
        let mut plan = Plan::default();
        import(&mut plan, &folder("{}", HISTORY), "2027-01-05");
        let later = folder("{\"2027-01-05\": 7}", &HISTORY.replace("2027-01-05", "2027-01-06"));
        import(&mut plan, &later, "2027-01-07");
        let expected = [
            "till 2027-01-03 0",
            "till 2027-01-04 0",
            "till 2027-01-05 0 until 2027-01-06",
            "till 2027-01-05 7",
            "till 2027-01-06 0",
            "till 2027-01-07 0",
            "till-dev 2027-01-06 0",
            "till-dev 2027-01-07 0",
        ];
        assert_eq!(figures(&plan), expected);
    }

    #[test]
    fn days_that_cannot_be_are_told_and_missing() {
        let minutes =
            "{\"2027-01-02\": 5, \"2027-01-04\": 1441, \"soon\": 1, \"2027-01-05\": -1, \"2027-02-01\": 3}";
        let mut plan = Plan::default();
        let told = import(&mut plan, &folder(minutes, HISTORY), "2027-01-06");
        let has =
            |words: &str| assert!(told.iter().any(|message| message.contains(words)), "{words}: {told:?}");
        has("2027-01-02 is before the first day measured");
        has("“1441” minutes of 2027-01-04");
        has("“soon” is not a day");
        has("“-1” minutes of 2027-01-05");
        has("2027-02-01 is after the day of the import");
        let expected = ["till 2027-01-03 0", "till 2027-01-06 0", "till-dev 2027-01-06 0"];
        assert_eq!(figures(&plan), expected);
    }

    #[test]
    fn without_history_only_named_days_are_known() {
        let folder = folder("{\"2027-01-04\": 38}", "");
        std::fs::remove_file(folder.path().join("history/till.yml")).unwrap();
        let mut plan = Plan::default();
        let told = import(&mut plan, &folder, "2027-01-06");
        assert!(told[0].contains("since when “till” is measured is not known"), "{told:?}");
        assert_eq!(figures(&plan), ["till 2027-01-04 38", "till-dev 2027-01-06 0"]);
    }
}
