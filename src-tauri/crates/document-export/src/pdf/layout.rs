//! Blocks to pages, from top to bottom.

use super::{
    lines::{TextSpan, broken},
    page::{BOTTOM, HEIGHT, Ink, MARGIN, PdfPage, QUIET, TEXT, WIDTH},
    typeface::Typeface,
};
use crate::{DocumentBlock, DocumentCell, DocumentLine, PlainDocument, document::runs};

/// Of the text, its lines, and headings.
const SIZE: f64 = 9.5;
const LEADING: f64 = 13.5;
const TITLE: f64 = 18.0;
const HEADING: f64 = 13.0;
const FOOT: f64 = 8.0;
/// Of the column of text.
const COLUMN: f64 = WIDTH - 2.0 * MARGIN;
/// A heading is not left alone at the end of a page.
const KEPT_WITH_HEADING: f64 = 70.0;
/// From a mark of a list to its text.
const INDENT: f64 = 12.0;
const CURVE: (f64, f64) = (54.0, 9.0);
/// Between the columns of a table.
const GAP: f64 = 12.0;

/// A document on its pages, without their feet.
pub fn laid_out<'t>(document: &PlainDocument, typeface: &'t Typeface) -> PageLayout<'t> {
    let mut layout =
        PageLayout { typeface, pages: Vec::new(), page: PdfPage::default(), y: MARGIN, headings: Vec::new() };
    layout.words(&[(&document.title, true)], 0.0, TITLE, TITLE * 1.3, TEXT);
    if !document.subtitle.is_empty() {
        layout.y += 2.0;
        layout.words(&[(&document.subtitle, false)], 0.0, SIZE, LEADING, QUIET);
    }
    for block in &document.blocks {
        layout.put(block);
    }
    layout
}

/// A heading, and where it stands.
pub struct PlacedHeading {
    pub text: String,
    /// From 0.
    pub page: usize,
    pub y: f64,
}

pub struct PageLayout<'t> {
    typeface: &'t Typeface,
    pages: Vec<PdfPage>,
    page: PdfPage,
    /// Where the next line begins.
    y: f64,
    pub headings: Vec<PlacedHeading>,
}

impl PageLayout<'_> {
    fn put(&mut self, block: &DocumentBlock) {
        match block {
            DocumentBlock::Heading(text) => {
                self.y += 16.0;
                self.need(KEPT_WITH_HEADING);
                let (page, y) = (self.pages.len(), self.y);
                self.headings.push(PlacedHeading { text: text.clone(), page, y });
                self.words(&[(text, true)], 0.0, HEADING, HEADING * 1.3, TEXT);
                self.y += 3.0;
                self.page.rule(MARGIN, self.y, COLUMN);
                self.y += 2.0;
            }
            DocumentBlock::Subheading(text) => {
                self.y += 8.0;
                self.need(LEADING * 3.0);
                self.words(&[(text, true)], 0.0, SIZE, LEADING, QUIET);
            }
            DocumentBlock::Paragraph(line) => {
                self.y += 4.0;
                self.line(line, 0.0);
            }
            DocumentBlock::Quiet(text) => {
                self.y += 3.0;
                self.words(&[(text, false)], 0.0, SIZE, LEADING, QUIET);
            }
            DocumentBlock::List(lines) => {
                self.y += 3.0;
                lines.iter().for_each(|line| self.item(line));
            }
            DocumentBlock::Table { head, rows } => self.table(head, rows),
        }
    }

    fn item(&mut self, line: &DocumentLine) {
        self.y += 1.5;
        self.need(LEADING);
        let mark = TextSpan { text: "•".to_owned(), is_bold: false, x: 2.0 };
        self.page.text(MARGIN, self.y + SIZE, &[mark], SIZE, QUIET);
        self.line(line, INDENT);
    }

    fn line(&mut self, line: &DocumentLine, indent: f64) {
        self.words(&[(&line.lead, true), (&line.text, false)], indent, SIZE, LEADING, TEXT);
    }

    fn words(&mut self, pieces: &[(&str, bool)], indent: f64, size: f64, leading: f64, ink: Ink) {
        for line in broken(self.typeface, pieces, size, COLUMN - indent) {
            self.need(leading);
            self.page.text(MARGIN + indent, self.y + size, &line, size, ink);
            self.y += leading;
        }
    }

    /// Begins a page if there is no room for this much.
    fn need(&mut self, height: f64) {
        if self.y + height > BOTTOM && !self.page.is_empty() {
            self.pages.push(std::mem::take(&mut self.page));
            self.y = MARGIN;
        }
    }

    fn table(&mut self, head: &[String], rows: &[Vec<DocumentCell>]) {
        let widths = self.widths(head, rows);
        self.y += 6.0;
        self.need(LEADING * 3.0);
        let titles: Vec<DocumentCell> = (0..head.len())
            .map(|at| {
                let is_number = rows.iter().any(|row| matches!(row.get(at), Some(DocumentCell::Number(_))));
                if is_number {
                    DocumentCell::Number(head[at].clone())
                } else {
                    DocumentCell::Text(head[at].clone())
                }
            })
            .collect();
        self.row(&titles, &widths, QUIET);
        for row in rows {
            self.row(row, &widths, TEXT);
        }
        self.y += 2.0;
    }

    /// A row stands on one page; its texts are broken within their columns.
    fn row(&mut self, cells: &[DocumentCell], widths: &[f64], ink: Ink) {
        let lines: Vec<Vec<Vec<TextSpan>>> = cells
            .iter()
            .zip(widths)
            .map(|(cell, width)| match cell {
                DocumentCell::Text(text) | DocumentCell::Number(text) => {
                    broken(self.typeface, &[(text, false)], SIZE, *width)
                }
                DocumentCell::Curve(_) => vec![Vec::new()],
            })
            .collect();
        let height = lines.iter().map(Vec::len).max().unwrap_or(1) as f64 * LEADING + 4.0;
        self.need(height);
        let (mut x, top) = (MARGIN, self.y + 2.0);
        for ((cell, lines), width) in cells.iter().zip(&lines).zip(widths) {
            for (at, line) in lines.iter().enumerate() {
                let wide = line
                    .last()
                    .map_or(0.0, |span| span.x + self.typeface.width(&span.text, SIZE, span.is_bold));
                let right =
                    if matches!(cell, DocumentCell::Number(_)) { (width - wide).max(0.0) } else { 0.0 };
                self.page.text(x + right, top + SIZE + at as f64 * LEADING, line, SIZE, ink);
            }
            if let DocumentCell::Curve(values) = cell {
                self.page.curve(x, top + 2.0, &runs(values, CURVE.0, CURVE.1));
            }
            x += width + GAP;
        }
        self.y += height;
        self.page.rule(MARGIN, self.y, COLUMN);
    }

    /// As wide as what stands in each column; if that is too much, the widest share what there is.
    fn widths(&self, head: &[String], rows: &[Vec<DocumentCell>]) -> Vec<f64> {
        let natural = |cell: &DocumentCell| match cell {
            DocumentCell::Text(text) | DocumentCell::Number(text) => {
                self.typeface.width(text, SIZE, false) + 1.0
            }
            DocumentCell::Curve(_) => CURVE.0,
        };
        let wanted: Vec<f64> = (0..head.len())
            .map(|at| {
                let cells = rows.iter().filter_map(|row| row.get(at)).map(natural);
                cells.fold(self.typeface.width(&head[at], SIZE, false) + 1.0, f64::max)
            })
            .collect();
        let room = (COLUMN - GAP * head.len().saturating_sub(1) as f64).max(0.0);
        shared(&wanted, room)
    }

    /// The pages, with their feet.
    pub fn finish(mut self, title: &str) -> Vec<PdfPage> {
        self.pages.push(self.page);
        let count = self.pages.len();
        let foot = |(at, mut page): (usize, PdfPage)| {
            let number = format!("{} of {count}", at + 1);
            let right = COLUMN - self.typeface.width(&number, FOOT, false);
            let title = broken(self.typeface, &[(title, false)], FOOT, right - GAP).into_iter().next();
            let number = vec![TextSpan { text: number, is_bold: false, x: right }];
            for spans in title.into_iter().chain([number]) {
                page.text(MARGIN, HEIGHT - 32.0, &spans, FOOT, QUIET);
            }
            page
        };
        self.pages.into_iter().enumerate().map(foot).collect()
    }
}

/// What everybody wants if there is room; otherwise those who want least get it, and the others an equal share.
fn shared(wanted: &[f64], room: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut widths = wanted.to_vec();
    let (mut left, mut waiting) = (room, order.len());
    for at in order {
        let width = wanted[at].min(left / waiting as f64);
        widths[at] = width;
        left -= width;
        waiting -= 1;
    }
    // The first column takes what is left, so that the table is as wide as the page.
    if let Some(first) = widths.first_mut() {
        *first += left.max(0.0);
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::shared;

    #[test]
    fn narrow_columns_get_what_they_want() {
        assert_eq!(shared(&[10.0, 300.0, 20.0], 130.0), [10.0, 100.0, 20.0]);
        assert_eq!(shared(&[10.0, 20.0], 100.0), [80.0, 20.0]);
        assert_eq!(shared(&[], 100.0), Vec::<f64>::new());
    }
}
