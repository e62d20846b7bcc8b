//! Documents as PDF: lines are broken and laid on pages here; each page is a picture whose texts stay texts.
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

use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, TextStr};
use rustc_hash::FxHashMap;
use svg2pdf::usvg::{Options, Tree};
use thiserror::Error;

pub use typeface::{FONT, fonts};

use self::{layout::pages, page::{HEIGHT, WIDTH}, typeface::Typeface};
use crate::Document;

/// Why a document could not be written as PDF.
#[derive(Debug, Error)]
pub enum PdfError {
    #[error("the PDF could not be made: the shipped font cannot be read")]
    Font,
    #[error("the PDF could not be made: {0}")]
    Page(String),
}

/// The document as PDF, on pages of A4.
///
/// # Errors
/// [`PdfError`] if a page cannot be drawn.
pub fn pdf(document: &Document) -> Result<Vec<u8>, PdfError> {
    let typeface = Typeface::new().ok_or(PdfError::Font)?;
    written(document, &pages(document, &typeface))
}

/// The file of these pages, each a picture in SVG.
fn written(document: &Document, pages: &[String]) -> Result<Vec<u8>, PdfError> {
    let mut refs = 1..;
    let mut next = || Ref::new(refs.next().unwrap_or(i32::MAX));
    let (mut pdf, catalog, tree, info) = (Pdf::new(), next(), next(), next());
    let page_refs: Vec<Ref> = pages.iter().map(|_| next()).collect();
    pdf.catalog(catalog).pages(tree).lang(TextStr("en"));
    pdf.document_info(info).title(TextStr(&document.title)).producer(TextStr("Headroom"));
    pdf.pages(tree).kids(page_refs.iter().copied()).count(i32::try_from(pages.len()).unwrap_or(i32::MAX));
    let picture = Name(b"P");
    for (svg, page_ref) in pages.iter().zip(&page_refs) {
        let (chunk, of_chunk) = picture_of(svg)?;
        let mut renamed: FxHashMap<Ref, Ref> = FxHashMap::default();
        let chunk = chunk.renumber(|old| *renamed.entry(old).or_insert_with(&mut next));
        let (of_page, contents) = (renamed.get(&of_chunk).copied().unwrap_or(of_chunk), next());
        let mut page = pdf.page(*page_ref);
        page.media_box(Rect::new(0.0, 0.0, WIDTH as f32, HEIGHT as f32)).parent(tree).contents(contents);
        page.resources().x_objects().pair(picture, of_page);
        page.finish();
        let mut content = Content::new();
        // A picture is one unit wide and high.
        content.transform([WIDTH as f32, 0.0, 0.0, HEIGHT as f32, 0.0, 0.0]).x_object(picture);
        pdf.stream(contents, &content.finish());
        pdf.extend(&chunk);
    }
    Ok(pdf.finish())
}

fn picture_of(svg: &str) -> Result<(pdf_writer::Chunk, Ref), PdfError> {
    let options = Options { fontdb: fonts(), font_family: FONT.to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| PdfError::Page(error.to_string()))?;
    svg2pdf::to_chunk(&tree, svg2pdf::ConversionOptions::default())
        .map_err(|error| PdfError::Page(error.to_string()))
}

/// What is drawn on each page.
#[cfg(test)]
pub(crate) fn drawn_pages(document: &Document) -> Vec<String> {
    Typeface::new().map(|typeface| pages(document, &typeface)).unwrap_or_default()
}
