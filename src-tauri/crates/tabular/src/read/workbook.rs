//! Reads tables from workbooks: XLSX, and what else calamine reads.

use std::{
    fs::File,
    io::{BufReader, Read, Seek},
    path::Path,
};

use calamine::{
    Data, Reader, SheetVisible, Sheets, Style, Xlsx, XlsxError, open_workbook, open_workbook_auto,
};
use headroom_files::{Level, Place, ReadError, quoted};
use rustc_hash::{FxHashMap, FxHashSet};

use super::xlsx_hidden::hidden_parts;
use crate::raw_table::{COLUMN_LIMIT, FILE_LIMIT, ROW_LIMIT, RawCell, RawRow, RawTable};

/// Maximum size of a workbook when unpacked, in bytes.
const UNPACKED_LIMIT: u64 = 8 * FILE_LIMIT;

/// Every sheet that is not empty.
///
/// # Errors
/// [`ReadError::Io`] or [`ReadError::Structure`].
pub fn read(path: &Path) -> Result<Vec<RawTable>, ReadError> {
    let name = path.display().to_string();
    let fault = |message: String| ReadError::Structure {
        place: Place::new(&name.as_str().into(), 0, 0),
        message: format!("cannot read the workbook: {message}"),
    };
    refuse_too_large(path)?;
    let mut book = open_workbook_auto(path).map_err(|error| fault(error.to_string()))?;
    let sheets = book.sheet_names();
    let hidden: Vec<String> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.visible != SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    let counts_from_1904 = match &book {
        Sheets::Xlsx(book) => book.has_1904_epoch(),
        Sheets::Xls(book) => book.has_1904_epoch(),
        Sheets::Xlsb(book) => book.has_1904_epoch(),
        Sheets::Ods(_) => false,
    };
    let mut parts = if matches!(book, Sheets::Xlsx(_)) { hidden_parts(path) } else { FxHashMap::default() };
    let mut grids = Vec::new();
    for sheet in &sheets {
        let several = (sheets.len() > 1).then_some(sheet.as_str());
        let mut grid = RawTable::new(&name, several);
        grid.sheet = Some(sheet.clone());
        grid.is_hidden = hidden.contains(sheet);
        grid.counts_from_1904 = counts_from_1904;
        if let Some(own) = parts.remove(sheet) {
            (grid.hidden_rows, grid.hidden_columns, grid.has_filter) =
                (own.rows, own.columns, own.has_filter);
        }
        match book.worksheet_range(sheet) {
            Ok(range) => {
                fill(&mut grid, &range);
                mark_unreckoned(&mut book, sheet, &mut grid);
            }
            Err(error) => {
                let message = format!("cannot read sheet “{sheet}”: {error}");
                grid.tell(Level::Error, 0, message, "save the workbook again in a spreadsheet program");
            }
        }
        if let Sheets::Xlsx(book) = &mut book {
            spread_merged(book, sheet, &mut grid);
            // A sheet that could not be read has been told of.
            grid.percentages = percentages(book, sheet).unwrap_or_default();
        }
        if !grid.rows.iter().all(RawRow::is_blank) || !grid.problems.is_empty() {
            grids.push(grid);
        }
    }
    if grids.is_empty() {
        return Err(fault("it contains no table".to_owned()));
    }
    tell_hidden_sheets(&mut grids);
    Ok(grids)
}

/// Reports hidden sheets at the visible ones, and at themselves that they are hidden.
fn tell_hidden_sheets(grids: &mut [RawTable]) {
    let hidden: Vec<String> =
        grids.iter().filter(|grid| grid.is_hidden).filter_map(|grid| grid.sheet.clone()).collect();
    if hidden.is_empty() {
        return;
    }
    let (noun, is) = if hidden.len() == 1 { ("sheet", "is") } else { ("sheets", "are") };
    let names: Vec<String> = hidden.iter().map(|name| quoted(name)).collect();
    let beside =
        format!("{noun} {} {is} hidden; hidden sheets are skipped if another one fits", names.join(", "));
    for grid in grids {
        if grid.is_hidden {
            let message = "sheet is hidden but was read".to_owned();
            grid.tell(Level::Warning, 0, message, "choose another sheet if this is wrong");
        } else {
            grid.tell(Level::Note, 0, beside.clone(), "choose the sheet if you need it");
        }
    }
}

/// # Errors
/// [`ReadError::Structure`] if the workbook unpacks to more than is read.
fn refuse_too_large(path: &Path) -> Result<(), ReadError> {
    match unpacked(path).filter(|size| *size > UNPACKED_LIMIT) {
        None => Ok(()),
        Some(size) => Err(ReadError::Structure {
            place: Place::new(&path.display().to_string().into(), 0, 0),
            message: format!("cannot read the workbook: it unpacks to {} MB", size >> 20),
        }),
    }
}

/// Size of the parts of a packed workbook, by its directory.
fn unpacked(path: &Path) -> Option<u64> {
    let mut archive = zip::ZipArchive::new(BufReader::new(File::open(path).ok()?)).ok()?;
    let sizes = (0..archive.len()).filter_map(|at| Some(archive.by_index_raw(at).ok()?.size()));
    Some(sizes.fold(0, u64::saturating_add))
}

fn fill(grid: &mut RawTable, range: &calamine::Range<Data>) {
    let Some((top, left)) = range.start() else { return };
    for (at, row) in range.rows().enumerate() {
        let line = u64::from(top) + at as u64 + 1;
        if at == ROW_LIMIT {
            let message = format!("table has more than {ROW_LIMIT} rows; the rest was skipped");
            return grid.tell(Level::Error, line, message, "split the table");
        }
        let mut cells: Vec<RawCell> = vec![RawCell::Empty; (left as usize).min(COLUMN_LIMIT)];
        let room = COLUMN_LIMIT - cells.len();
        cells.extend(row.iter().take(room).map(cell));
        grid.rows.push(RawRow { line, cells });
    }
}

fn cell(data: &Data) -> RawCell {
    match data {
        Data::Empty => RawCell::Empty,
        Data::String(text) => RawCell::Text(text.clone()),
        Data::Float(number) if number.is_finite() => RawCell::Number(number.to_string()),
        Data::Float(number) => RawCell::Fault(number.to_string()),
        Data::Int(number) => RawCell::Number(number.to_string()),
        Data::Bool(truth) => RawCell::Text(truth.to_string()),
        Data::DateTime(moment) => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            match chrono::NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day)) {
                Some(day) if moment.is_datetime() => RawCell::Date(day),
                _ => RawCell::Number(moment.as_f64().to_string()),
            }
        }
        Data::DateTimeIso(text) => match text.get(..10).and_then(|day| day.parse().ok()) {
            Some(day) => RawCell::Date(day),
            None => RawCell::Text(text.clone()),
        },
        Data::DurationIso(text) => RawCell::Text(text.clone()),
        Data::Error(error) => RawCell::Fault(error.to_string()),
    }
}

/// Marks formulas without a stored value, as programs write them that don't calculate.
fn mark_unreckoned<R: Read + Seek>(book: &mut Sheets<R>, sheet: &str, grid: &mut RawTable) {
    let Ok(formulas) = book.worksheet_formula(sheet) else { return };
    let (Some((top, left)), Some(first)) = (formulas.start(), grid.rows.first().map(|row| row.line)) else {
        return;
    };
    for (row, column, formula) in formulas.used_cells() {
        let (row, column) = (row as u64 + u64::from(top) + 1, column + left as usize);
        let Some(own) = row.checked_sub(first).and_then(|at| grid.rows.get_mut(at as usize)) else {
            continue;
        };
        if formula.is_empty() || column >= COLUMN_LIMIT || !own.cell(column).is_empty() {
            continue;
        }
        if own.cells.len() <= column {
            own.cells.resize(column + 1, RawCell::Empty);
        }
        own.cells[column] = RawCell::Fault(format!("={formula}"));
    }
}

/// Lines from 1 and columns from 0 of the numbers that are shown as percentages.
fn percentages<R: Read + Seek>(
    book: &mut Xlsx<R>,
    sheet: &str,
) -> Result<FxHashSet<(u64, usize)>, XlsxError> {
    let mut cells = book.worksheet_cells_reader(sheet)?;
    let is_percent =
        |style: &Style| style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%'));
    let styles: Vec<bool> = cells.styles().iter().map(is_percent).collect();
    let mut found = FxHashSet::default();
    if !styles.contains(&true) {
        return Ok(found);
    }
    while let Some((cell, style)) = cells.next_cell_with_style_id()? {
        if styles.get(style) == Some(&true) {
            let (row, column) = cell.get_position();
            found.insert((u64::from(row) + 1, column as usize));
        }
    }
    Ok(found)
}

/// The first lines of each sheet that is to be seen, values alone: enough to see what it is.
///
/// # Errors
/// [`ReadError::Structure`] if it is no workbook.
pub fn read_head(path: &Path, lines: u32) -> Result<Vec<RawTable>, ReadError> {
    let name = path.display().to_string();
    let fault = |error: XlsxError| ReadError::Structure {
        place: Place::new(&name.as_str().into(), 0, 0),
        message: format!("cannot read the workbook: {error}"),
    };
    refuse_too_large(path)?;
    let mut book: Xlsx<_> = open_workbook(path).map_err(fault)?;
    let seen = book.sheets_metadata().iter().filter(|sheet| sheet.visible == SheetVisible::Visible);
    let sheets: Vec<String> = seen.map(|sheet| sheet.name.clone()).collect();
    let mut grids = Vec::new();
    for sheet in sheets {
        let mut grid = RawTable::new(&name, Some(&sheet));
        let mut cells = book.worksheet_cells_reader(&sheet).map_err(fault)?;
        while let Some(found) = cells.next_cell().map_err(fault)? {
            let (row, column) = found.get_position();
            if row >= lines {
                break;
            }
            let line = u64::from(row) + 1;
            if grid.rows.last().is_none_or(|last| last.line != line) {
                grid.rows.push(RawRow { line, cells: Vec::new() });
            }
            let Some(own) = grid.rows.last_mut().filter(|_| (column as usize) < COLUMN_LIMIT) else {
                continue;
            };
            own.cells.resize((column as usize + 1).max(own.cells.len()), RawCell::Empty);
            own.cells[column as usize] = cell(&Data::from(found.get_value().clone()));
        }
        grids.push(grid);
    }
    Ok(grids)
}

/// Copies the value of merged cells into each of them.
fn spread_merged<R: Read + Seek>(book: &mut Xlsx<R>, sheet: &str, grid: &mut RawTable) {
    let Some(first) = grid.rows.first().map(|row| row.line) else { return };
    let Ok(regions) = book.merge_cells_by_sheet_name(sheet) else { return };
    for region in regions {
        let row_of = |row: u32| (u64::from(row) + 1).checked_sub(first).map(|at| at as usize);
        let (Some(top), Some(bottom)) = (row_of(region.start.0), row_of(region.end.0)) else { continue };
        let (left, right) = (region.start.1 as usize, (region.end.1 as usize).min(COLUMN_LIMIT - 1));
        let Some(value) = grid.rows.get(top).map(|row| row.cell(left).clone()) else { continue };
        if value.is_empty() {
            continue;
        }
        for row in grid.rows.iter_mut().take(bottom + 1).skip(top) {
            if row.cells.len() <= right {
                row.cells.resize(right + 1, RawCell::Empty);
            }
            for cell in row.cells.iter_mut().take(right + 1).skip(left) {
                if cell.is_empty() {
                    cell.clone_from(&value);
                }
            }
        }
    }
}
