//! Scorecards that other tools define: their names and the words for their levels. What a service reached is not in them.

use headroom_files::{Level, records::Records};
use headroom_model::PracticeScale;

use super::metric_row::PracticeDefinition;
use crate::catalog::field_reader::FieldReader;

/// What files of each tool have in them.
pub const MARKS: [&[&str]; 6] = [
    &["ladder:", "rules:"],
    &["ordinal:", "checks:", "levels:"],
    &["\"ladder\"", "\"rules\""],
    &["identifier:", "rules:", "levels:"],
    &["\"identifier\"", "\"rules\"", "\"levels\""],
    &["rubric:", "categories:", "levels:"],
];

/// The first of all levels, where a tool has no word for it.
const NO_LEVEL: &str = "No level";

/// Whether the document is a scorecard of one of the tools, which is then read.
pub fn read(root: &FieldReader<'_>, records: &mut Records) -> bool {
    if root.has("ladder") {
        cortex(root, records);
    } else if let Some(rubric) = root.fields("rubric") {
        ops_level(&rubric, records);
    } else if root.has("identifier") && root.has("levels") {
        port(root, records);
    } else if root.has("id") && root.has("levels") {
        soundcheck(root, records);
    } else {
        return false;
    }
    true
}

/// `ladder.levels` with `name` and `rank`.
fn cortex(root: &FieldReader<'_>, records: &mut Records) {
    let levels = root.fields("ladder").map(|ladder| ranked(&ladder, "rank", &["name"])).unwrap_or_default();
    let key = root.filled("tag");
    add(root, key, root.filled("name"), with_nothing(levels), records);
}

/// `levels` with `ordinal` and perhaps a name, of checks.
fn soundcheck(root: &FieldReader<'_>, records: &mut Records) {
    let levels = ranked(root, "ordinal", &["name", "title"]);
    add(root, root.filled("id"), root.filled("name"), with_nothing(levels), records);
}

/// `levels` with `title`, the first of which everything has.
fn port(root: &FieldReader<'_>, records: &mut Records) {
    let levels = ranked(root, "rank", &["title", "name"]);
    add(root, root.filled("identifier"), root.filled("title"), levels, records);
}

/// Each category is a practice with the levels of the rubric.
fn ops_level(rubric: &FieldReader<'_>, records: &mut Records) {
    let levels = with_nothing(ranked(rubric, "index", &["name"]));
    for category in rubric.each("categories") {
        let name = category.filled("name");
        let key = category.filled("alias").or_else(|| name.as_deref().map(headroom_model::fields::slug));
        add(&category, key, name, levels.clone(), records);
    }
}

fn with_nothing(levels: Vec<String>) -> Vec<String> {
    if levels.is_empty() { levels } else { std::iter::once(NO_LEVEL.to_owned()).chain(levels).collect() }
}

/// The words for levels by their rank, which is where they stand if the file does not say it.
fn ranked(root: &FieldReader<'_>, rank: &str, words: &[&str]) -> Vec<String> {
    let mut levels: Vec<(i64, String)> = Vec::new();
    for (at, level) in root.each("levels").iter().enumerate() {
        let place = i64::try_from(at).unwrap_or(i64::MAX);
        let own = level.scalar(rank).and_then(|text| text.trim().parse().ok()).unwrap_or(place);
        let word = words.iter().find_map(|word| level.filled(word));
        // A list of words has `;` between them.
        let word = word.map(|word| word.replace(';', ","));
        levels.push((own, word.unwrap_or_else(|| format!("Level {own}"))));
    }
    levels.sort_by_key(|(rank, _)| *rank);
    levels.into_iter().map(|(_, word)| word).collect()
}

fn add(
    fields: &FieldReader<'_>,
    key: Option<String>,
    name: Option<String>,
    levels: Vec<String>,
    records: &mut Records,
) {
    let Some(key) = key.or_else(|| name.as_deref().map(headroom_model::fields::slug)) else {
        let message = "scorecard has neither an ID nor a name; skipped";
        return fields.report.say(Level::Error, fields.place.clone(), message, "give it a name");
    };
    if levels.is_empty() {
        let message = "scorecard has no levels; skipped";
        return fields.report.say(Level::Error, fields.place.clone(), message, "name its levels");
    }
    let name = name.unwrap_or_else(|| key.clone());
    let scale = PracticeScale::Level;
    let definition = PracticeDefinition { key: &key, name: &name, scale, levels: &levels, origin: "" };
    records.rows.push(definition.row(&fields.place));
}
