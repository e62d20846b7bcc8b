//! A book as XLSX.

use std::path::Path;

use headroom_files::WriteError;
use rust_xlsxwriter::{Color, Format, Formula, Workbook, Worksheet, XlsxError};
use rustc_hash::FxHashMap;

use super::{Book, NumberFormat, Sheet, XlsxCell};

/// Maximum characters of a cell.
const CELL_LIMIT: usize = 32_767;

/// Writes a workbook. The file is complete afterwards, or as it was before.
///
/// # Errors
/// [`WriteError::Value`] if a sheet has more rows than XLSX allows, otherwise as [`headroom_files::write_file`].
pub fn write_xlsx(book: &Book, path: &Path) -> Result<(), WriteError> {
    let value = |error: XlsxError| WriteError::Value(error.to_string());
    let mut workbook = Workbook::new();
    let looks = Looks::new();
    for sheet in &book.sheets {
        let worksheet = workbook.add_worksheet();
        fill(worksheet, sheet, &looks).map_err(value)?;
    }
    let bytes = workbook.save_to_buffer().map_err(value)?;
    headroom_files::write_whole(path, &bytes)
}

struct Looks {
    known: FxHashMap<NumberFormat, Format>,
    title: Format,
    heading: Format,
}

impl Looks {
    fn new() -> Self {
        let format = |text: &str| Format::new().set_num_format(text);
        let mut known: FxHashMap<NumberFormat, Format> = FxHashMap::default();
        known.insert(NumberFormat::Plain, Format::new());
        known.insert(NumberFormat::Percent, format("0.00####%"));
        known.insert(NumberFormat::Date, format("d mmm yyyy"));
        known.insert(NumberFormat::Month, format("mmm yyyy").set_bold());
        for decimals in 0_u8..=6 {
            let places = "0".repeat(usize::from(decimals));
            let text = if decimals == 0 { "#,##0".to_owned() } else { format!("#,##0.{places}") };
            known.insert(NumberFormat::Decimals(decimals), format(&text));
        }
        let title = Format::new().set_bold().set_background_color(Color::RGB(0x00EE_F0F4)).set_text_wrap();
        Self { known, title, heading: Format::new().set_bold() }
    }

    fn of(&self, look: NumberFormat) -> &Format {
        self.known.get(&look).unwrap_or(&self.heading)
    }
}

fn fill(worksheet: &mut Worksheet, sheet: &Sheet, looks: &Looks) -> Result<(), XlsxError> {
    worksheet.set_name(&sheet.name)?;
    // Result of a formula that gives an empty text; it would be 0 otherwise.
    worksheet.set_formula_result_default("");
    let mut row = 0;
    for (at, column) in sheet.columns.iter().enumerate() {
        let at = at as u16;
        worksheet.set_column_width(at, f64::from(column.width))?;
        if sheet.has_titles {
            worksheet.write_string_with_format(0, at, short(&column.title), &looks.title)?;
        }
    }
    if sheet.has_titles {
        row = 1;
    }
    worksheet.set_freeze_panes(sheet.fixed_rows, sheet.fixed_columns)?;
    for cells in &sheet.rows {
        for (at, cell) in cells.iter().enumerate() {
            put(worksheet, (row, at as u16), cell, looks)?;
        }
        row += 1;
    }
    Ok(())
}

fn put(
    worksheet: &mut Worksheet,
    (row, at): (u32, u16),
    cell: &XlsxCell,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match cell {
        XlsxCell::Empty => return Ok(()),
        XlsxCell::Text(text) => worksheet.write_string(row, at, short(text))?,
        XlsxCell::Heading(text) => {
            worksheet.write_string_with_format(row, at, short(text), &looks.heading)?
        }
        XlsxCell::Number(number, look) => {
            worksheet.write_number_with_format(row, at, *number, looks.of(*look))?
        }
        XlsxCell::Date(day) => {
            worksheet.write_datetime_with_format(row, at, day, looks.of(NumberFormat::Date))?
        }
        XlsxCell::Formula(formula, look, result) => {
            let result = result.map_or_else(String::new, |number| number.to_string());
            let formula = Formula::new(formula).set_result(result);
            worksheet.write_formula_with_format(row, at, formula, looks.of(*look))?
        }
    };
    Ok(())
}

fn short(text: &str) -> String {
    // A cell can't hold control characters: the file would not open.
    let readable = |letter: &char| !letter.is_control() || matches!(letter, '\n' | '\t');
    text.chars().filter(readable).take(CELL_LIMIT / 2).collect()
}
