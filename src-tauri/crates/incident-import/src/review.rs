//! Reviews of incidents as Markdown: one file is one incident, the lists below its action headings are the actions.
//!
//! No text of a review is kept: people are named in it. The plan has its title, its times, what it states of durations, its
//! actions, and where it is.

mod action_items;
mod durations;
mod front_matter;
mod key_events;
mod outline;
#[cfg(test)]
mod tests;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::NaiveDate;
use headroom_files::{
    Diagnostic, Level, Place, ReadError,
    find::{below, name_of, wanted},
    read_text,
    records::Records,
};

use action_items::action_items;
use front_matter::ReviewHeader;
use key_events::{KeyEvents, key_events};
use outline::ReviewOutline;

/// How many files of a folder are looked at to know whether it has reviews.
const LOOKED_AT: usize = 40;

/// Whether a file is a review of an incident, or a folder has one.
pub fn recognise_reviews(path: &Path) -> bool {
    if path.is_dir() {
        let files = below(path).filter(|file| is_markdown(file));
        return files.take(LOOKED_AT).any(|file| is_review(&file));
    }
    is_markdown(path) && is_review(path)
}

/// Reads reviews; of folders all below them.
///
/// # Errors
/// [`ReadError::Nothing`] if there is none among the sources; [`ReadError::Io`] if a file can't be read.
pub fn read_reviews(sources: &[PathBuf]) -> Result<Records, ReadError> {
    let mut records = Records::default();
    let mut has_review = false;
    for path in wanted(sources, is_markdown, "no Markdown file")? {
        let is_named = sources.contains(&path);
        let mut problems = Vec::new();
        let (text, file) = read_text(&path, &mut problems)?;
        let review = ReviewText::new(&path, &text, file);
        match review.why_not() {
            None => {
                has_review = true;
                records.problems.extend(problems);
                review.read(sources, &mut records);
            }
            Some(why) if is_named || review.looks_dated() => {
                let place = Place::new(&review.file, 0, 0);
                let advice = "name the file with its day, 2027-03-12-till-down.md, if it is one";
                records.problems.push(Diagnostic::new(Level::Note, place, why, advice));
            }
            Some(_) => {}
        }
    }
    if has_review {
        return Ok(records);
    }
    let path = sources.first().cloned().unwrap_or_default();
    Err(ReadError::Nothing {
        path,
        expected: "no review of an incident: Markdown with its day in name or title",
    })
}

/// `.md`, `.markdown` and templates of these, such as `.html.md.erb`.
fn is_markdown(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    [".md", ".markdown", ".mdx", ".md.erb", ".md.j2"].iter().any(|end| name.ends_with(end))
}

fn is_review(path: &Path) -> bool {
    let Ok((text, file)) = read_text(path, &mut Vec::new()) else { return false };
    ReviewText::new(path, &text, file).why_not().is_none()
}

struct ReviewText<'t> {
    path: &'t Path,
    file: Arc<str>,
    /// The name of the file without its endings.
    stem: String,
    front: ReviewHeader,
    outline: ReviewOutline<'t>,
}

impl<'t> ReviewText<'t> {
    fn new(path: &'t Path, text: &'t str, file: Arc<str>) -> Self {
        let name = name_of(path);
        let stem = name.split('.').next().unwrap_or_default().to_owned();
        let (front, body, line) = ReviewHeader::of(text);
        Self { path, file, stem, front, outline: ReviewOutline::new(body, line) }
    }

    /// Why it is no review; none if it is one.
    fn why_not(&self) -> Option<&'static str> {
        if self.title().contains("{{") || self.front.get("title").is_some_and(|title| title.contains("{{")) {
            return Some("a template, not a review; nothing was read from it");
        }
        let is_dated = self.file_day().is_some() || self.title_day().is_some() || self.looks_dated();
        let has_parts = self.outline.has_review_parts();
        (!is_dated || !has_parts).then_some("no review of an incident; nothing was read from it")
    }

    /// Whether its name begins with a year.
    fn looks_dated(&self) -> bool {
        let year: String = self.stem.chars().take(4).collect();
        let is_year = year.len() == 4 && (year.starts_with("19") || year.starts_with("20"));
        is_year && year.bytes().all(|byte| byte.is_ascii_digit())
    }

    fn file_day(&self) -> Option<NaiveDate> {
        self.stem.get(..10)?.replace('_', "-").parse().ok()
    }

    fn title(&self) -> String {
        let title = self.front.get("title").or_else(|| self.outline.title()).unwrap_or_default();
        if title.is_empty() { self.stem.clone() } else { title.to_owned() }
    }

    /// The day of the front matter, or of the title.
    fn title_day(&self) -> Option<NaiveDate> {
        match self.front.get("title") {
            Some(_) => self.front.get("date").and_then(first_day),
            None => first_day(&self.title()),
        }
    }

    fn read(&self, sources: &[PathBuf], records: &mut Records) {
        let (file_day, title_day) = (self.file_day(), self.title_day());
        if let Some((of_file, of_title)) =
            file_day.zip(title_day).filter(|(of_file, of_title)| of_file != of_title)
        {
            let message =
                format!("the file is of {of_file} and its title of {of_title}; that of the file counts");
            self.tell(records, Level::Warning, 1, message, "correct the one that is wrong");
        }
        let day = file_day.or(title_day);
        if day.is_none() {
            let message = "the review does not say its day".to_owned();
            self.tell(
                records,
                Level::Warning,
                0,
                message,
                "begin the name of the file with it: 2027-03-12-till-down.md",
            );
        }
        let events = key_events(&self.outline, &self.front, day.or_else(|| self.year_day()));
        let link = self.link(sources);
        records.rows.push(self.incident(day, &events, &link, records.problems.as_mut()));
        let actions = action_items(&self.outline, &self.stem, day, &link, &self.file, &mut records.problems);
        records.rows.extend(actions);
    }

    /// Some day of the year that the name begins with, by which years of times are looked at.
    fn year_day(&self) -> Option<NaiveDate> {
        self.looks_dated()
            .then(|| self.stem.get(..4)?.parse().ok())
            .flatten()
            .and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1))
    }

    /// Where it is, from the folder that was read.
    fn link(&self, sources: &[PathBuf]) -> String {
        let within = sources.iter().find_map(|source| self.path.strip_prefix(source).ok());
        let within = within.filter(|path| !path.as_os_str().is_empty());
        within.map_or_else(|| name_of(self.path), |path| path.to_string_lossy().replace('\\', "/"))
    }

    fn incident(
        &self,
        day: Option<NaiveDate>,
        events: &KeyEvents,
        link: &str,
        problems: &mut Vec<Diagnostic>,
    ) -> headroom_files::records::RowRecord {
        let place = Place::new(&self.file, 1, 0);
        for (line, words) in &events.told {
            let place = Place::new(&self.file, *line, 0);
            let advice = "correct the time in the review; until then nothing is calculated from it";
            problems.push(Diagnostic::new(Level::Warning, place, words.clone(), advice));
        }
        let mut row = crate::row::RowBuilder::new(headroom_model::Kind::Incident, place);
        let (title, _) = crate::without_people::without_people(&self.title());
        row.value("key", self.stem.as_str()).value("title", title.as_str());
        events.write(day, &mut row);
        durations::write(&self.outline, &mut row);
        if let Some(severity) = self.front.get("severity").or_else(|| self.outline.labelled("severity")) {
            let severity = crate::incident_table::severity_of(severity);
            row.value("severity", severity);
        }
        let named = ["services", "service", "components", "affected_services", "affected"];
        let services = named.iter().find_map(|name| self.front.get(name)).or_else(|| {
            ["services", "service", "affected services"].iter().find_map(|label| self.outline.labelled(label))
        });
        row.references(
            "services",
            headroom_model::Kind::Service,
            &crate::incident_table::services_of(services.unwrap_or_default()),
        );
        row.text("review_link", link);
        row.day("reviewed", self.front.get("reviewed").and_then(first_day));
        row.finish()
    }

    fn tell(&self, records: &mut Records, level: Level, line: u64, message: String, advice: &str) {
        records.problems.push(Diagnostic::new(level, Place::new(&self.file, line, 0), message, advice));
    }
}

/// The first day in a text: `2027-03-12`, `12 March 2027`, `March 12, 2027`.
fn first_day(text: &str) -> Option<NaiveDate> {
    let iso = text.char_indices().find_map(|(at, _)| {
        let is_whole = |from: usize, to: usize| {
            let digit = |letter: char| letter.is_ascii_digit();
            !text[..from].ends_with(digit) && !text[to..].starts_with(digit)
        };
        let day = text.get(at..at + 10)?.parse().ok()?;
        is_whole(at, at + 10).then_some(day)
    });
    iso.or_else(|| in_words(text))
}

fn in_words(text: &str) -> Option<NaiveDate> {
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || letter == ',')
        .filter(|word| !word.is_empty())
        .collect();
    words.windows(3).find_map(|three| {
        let joined = three.join(" ");
        ["%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y"]
            .iter()
            .find_map(|spelling| NaiveDate::parse_from_str(&joined, spelling).ok())
    })
}
