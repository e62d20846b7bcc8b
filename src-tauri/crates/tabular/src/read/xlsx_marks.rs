//! What calamine doesn't give of XLSX workbooks: hidden rows and columns, and cells that are shown as percentages.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
};

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use rustc_hash::{FxHashMap, FxHashSet};
use zip::ZipArchive;

use crate::raw_table::{COLUMN_LIMIT, ROW_LIMIT};

/// How a sheet is shown.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct SheetMarks {
    /// Lines from 1, sorted.
    pub rows: Vec<u64>,
    /// Columns from 0, sorted.
    pub columns: Vec<usize>,
    pub has_filter: bool,
    /// Lines from 1 and columns from 0 of numbers that are shown as percentages.
    pub percentages: FxHashSet<(u64, usize)>,
}

type Archive = ZipArchive<BufReader<File>>;

/// By the name of each sheet. Empty if the file can't be read this way.
pub fn sheet_marks(path: &Path) -> FxHashMap<String, SheetMarks> {
    let open = || ZipArchive::new(BufReader::new(File::open(path).ok()?)).ok();
    let Some(mut archive): Option<Archive> = open() else { return FxHashMap::default() };
    let (sheets, percent_styles) = (sheets(&mut archive), percent_styles(&mut archive));
    let marks =
        |(name, part): (String, String)| Some((name, of_sheet(&mut archive, &part, &percent_styles)?));
    sheets.into_iter().filter_map(marks).collect()
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

/// The numbers of the cell styles that show a number as a percentage.
fn percent_styles(archive: &mut Archive) -> FxHashSet<usize> {
    // Formats that every workbook has: `0%` and `0.00%`.
    let mut formats: FxHashSet<String> = ["9", "10"].map(str::to_owned).into_iter().collect();
    let (mut styles, mut number, mut is_cell_style) = (FxHashSet::default(), 0, false);
    each(archive, "xl/styles.xml", |element| {
        if is(element, "numFmt") {
            let shown = attribute(element, "formatCode").filter(|code| code.contains('%'));
            formats.extend(shown.and_then(|_| attribute(element, "numFmtId")));
        } else if is(element, "cellXfs") {
            is_cell_style = true;
        } else if is(element, "cellStyles") {
            is_cell_style = false;
        } else if is(element, "xf") && is_cell_style {
            if attribute(element, "numFmtId").is_some_and(|id| formats.contains(&id)) {
                styles.insert(number);
            }
            number += 1;
        }
    });
    styles
}

/// The column, from 0, of the address of a cell: 3 of `D7`.
fn column_of(address: &str) -> Option<usize> {
    let letters = address.bytes().take_while(u8::is_ascii_uppercase);
    letters
        .fold(0_usize, |sum, letter| sum.saturating_mul(26) + usize::from(letter - b'A') + 1)
        .checked_sub(1)
}

fn of_sheet(archive: &mut Archive, part: &str, percent_styles: &FxHashSet<usize>) -> Option<SheetMarks> {
    let mut parts = SheetMarks::default();
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
        } else if is(element, "c") && !percent_styles.is_empty() {
            let style = attribute(element, "s").and_then(|text| text.parse().ok());
            let column = attribute(element, "r").and_then(|address| column_of(&address));
            if let (true, Some(column)) = (style.is_some_and(|style| percent_styles.contains(&style)), column)
            {
                parts.percentages.insert((line, column));
            }
        } else if is(element, "autoFilter") {
            parts.has_filter = true;
        }
    })?;
    parts.rows.sort_unstable();
    parts.columns.sort_unstable();
    parts.columns.dedup();
    Some(parts)
}
