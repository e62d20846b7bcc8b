//! Documents as PDF: lines are broken and laid on pages here, and `krilla` writes the file.
//!
//! | step | module |
//! | --- | --- |
//! | fonts, and how wide a text is | `typeface` |
//! | words to lines | `lines` |
//! | what stands on a page | `page` |
//! | blocks to pages | `layout` |
//! | pages to a file | here |

mod layout;
mod lines;
mod page;
mod typeface;

use krilla::{
    Document as Pdf,
    destination::XyzDestination,
    geom::Point,
    metadata::Metadata,
    outline::{Outline, OutlineNode},
    page::PageSettings,
};
use thiserror::Error;

pub use typeface::{FONT, fonts};

use self::{
    layout::{PageLayout, laid_out},
    page::{HEIGHT, WIDTH},
    typeface::Typeface,
};
use crate::PlainDocument;

/// Why a document could not be written as PDF.
#[derive(Debug, Error)]
pub enum PdfError {
    #[error("the PDF could not be made: the shipped font cannot be read")]
    Font,
    #[error("the PDF could not be made: {0}")]
    File(String),
}

/// The document as PDF, on pages of A4.
///
/// # Errors
/// [`PdfError`] if it cannot be written.
pub fn pdf(document: &PlainDocument) -> Result<Vec<u8>, PdfError> {
    let typeface = Typeface::new().ok_or(PdfError::Font)?;
    written(document, laid_out(document, &typeface), &typeface)
}

fn written(
    document: &PlainDocument,
    layout: PageLayout<'_>,
    typeface: &Typeface,
) -> Result<Vec<u8>, PdfError> {
    let mut pdf = Pdf::new();
    pdf.set_metadata(Metadata::new().title(document.title.clone()).language("en".to_owned()));
    let mut outline = Outline::new();
    for heading in &layout.headings {
        let place = XyzDestination::new(heading.page, Point::from_xy(0.0, heading.y as f32));
        outline.push_child(OutlineNode::new(heading.text.clone(), place));
    }
    pdf.set_outline(outline);
    let size = PageSettings::from_wh(WIDTH as f32, HEIGHT as f32);
    let size = size.ok_or_else(|| PdfError::File("the page has no size".to_owned()))?;
    for page in layout.finish(&document.title) {
        let mut sheet = pdf.start_page_with(size.clone());
        let mut surface = sheet.surface();
        page.draw(&mut surface, typeface);
        surface.finish();
        sheet.finish();
    }
    pdf.finish().map_err(|error| PdfError::File(format!("{error:?}")))
}

/// From where to where each text stands on each page.
#[cfg(test)]
pub(crate) fn text_spans(document: &PlainDocument) -> Vec<(f64, f64)> {
    let Some(typeface) = Typeface::new() else { return Vec::new() };
    let pages = laid_out(document, &typeface).finish(&document.title);
    pages.iter().flat_map(|page| page.text_spans(&typeface)).collect()
}
