//! Finds hidden rows and columns of XLSX workbooks, which calamine doesn't give.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use rustc_hash::FxHashMap;
use zip::ZipArchive;

use crate::raw_table::{COLUMN_LIMIT, ROW_LIMIT};

/// What is hidden in a sheet.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct HiddenParts {
    /// Lines from 1, sorted.
    pub rows: Vec<u64>,
    /// Columns from 0, sorted.
    pub columns: Vec<usize>,
    pub has_filter: bool,
}

type Archive = ZipArchive<BufReader<File>>;

/// By the name of each sheet. Empty if the file can't be read this way.
pub fn hidden_parts(path: &Path) -> FxHashMap<String, HiddenParts> {
    let open = || ZipArchive::new(BufReader::new(File::open(path).ok()?)).ok();
    let Some(mut archive): Option<Archive> = open() else { return FxHashMap::default() };
    let sheets = sheets(&mut archive);
    sheets.into_iter().filter_map(|(name, part)| Some((name, of_sheet(&mut archive, &part)?))).collect()
}

/// Visits the elements of a part; none if the part does not exist.
fn each(archive: &mut Archive, part: &str, mut visit: impl FnMut(&BytesStart<'_>)) -> Option<()> {
    let file = archive.by_name(part).ok()?;
    let mut reader = Reader::from_reader(BufReader::new(file));
    let mut buffer = Vec::new();
    loop {
        match next(&mut reader, &mut buffer) {
            Some(Event::Start(element) | Event::Empty(element)) => visit(&element),
            Some(Event::Eof) | None => return Some(()),
            Some(_) => {}
        }
        buffer.clear();
    }
}

fn next<'b, R: BufRead>(reader: &mut Reader<R>, buffer: &'b mut Vec<u8>) -> Option<Event<'b>> {
    reader.read_event_into(buffer).ok()
}

fn attribute(element: &BytesStart<'_>, local: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|own| own.key.local_name().as_ref() == local)?;
    found.normalized_value(quick_xml::XmlVersion::default()).ok().map(|text| text.into_owned())
}

fn is(element: &BytesStart<'_>, name: &str) -> bool {
    element.local_name().as_ref() == name
}

/// The name of each sheet, and its part of the archive.
fn sheets(archive: &mut Archive) -> Vec<(String, String)> {
    let mut targets: FxHashMap<String, String> = FxHashMap::default();
    each(archive, "xl/_rels/workbook.xml.rels", |element| {
        if let (true, Some(id), Some(target)) =
            (is(element, "Relationship"), attribute(element, "Id"), attribute(element, "Target"))
        {
            let part = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
            targets.insert(id, part);
        }
    });
    let mut sheets = Vec::new();
    each(archive, "xl/workbook.xml", |element| {
        if let (true, Some(name), Some(id)) =
            (is(element, "sheet"), attribute(element, "name"), attribute(element, "id"))
            && let Some(part) = targets.get(&id)
        {
            sheets.push((name, part.clone()));
        }
    });
    sheets
}

fn of_sheet(archive: &mut Archive, part: &str) -> Option<HiddenParts> {
    let mut parts = HiddenParts::default();
    let mut line = 0;
    each(archive, part, |element| {
        let is_hidden = || {
            let has_no_size = ["ht", "width"]
                .iter()
                .any(|size| attribute(element, size).and_then(|text| text.parse::<f64>().ok()) == Some(0.0));
            has_no_size
                || attribute(element, "hidden").is_some_and(|text| matches!(text.as_str(), "1" | "true"))
        };
        if is(element, "row") {
            line = attribute(element, "r").and_then(|text| text.parse().ok()).unwrap_or(line + 1);
            if is_hidden() && parts.rows.len() < ROW_LIMIT {
                parts.rows.push(line);
            }
        } else if is(element, "col") && is_hidden() {
            let number = |name| attribute(element, name).and_then(|text| text.parse::<usize>().ok());
            let (first, last) = (number("min").unwrap_or(1).max(1), number("max").unwrap_or(1));
            parts.columns.extend((first..=last.min(COLUMN_LIMIT)).map(|column| column - 1));
        } else if is(element, "autoFilter") {
            parts.has_filter = true;
        }
    })?;
    parts.rows.sort_unstable();
    parts.columns.sort_unstable();
    parts.columns.dedup();
    Some(parts)
}
