//! Export of a diagram, which the page sends as SVG, to a file.

use std::path::Path;

use headroom_app::error::{Answer, AppError, ErrorKind};
use headroom_document_export::{FONT, fonts};
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{self, Tree},
};
use serde::Deserialize;

/// Pixels of a PNG per unit of the diagram, unless it gets too large.
const SHARP: f32 = 2.0;
/// Maximum width or height of a PNG in pixels: a quarter of a gigabyte of memory.
const MOST_PIXELS: f32 = 8_000.0;
/// Maximum width or height of a PDF page in points (PDF 1.7, annex C).
const MOST_POINTS: f32 = 14_400.0;
/// Points of a PDF per unit of the diagram, at 96 units to the inch.
const POINTS: f32 = 0.75;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub enum PictureFormat {
    Svg,
    Png,
    Pdf,
}

/// Writes a diagram in SVG to a file. A very large one is scaled down to the limits of the format; the answer is the
/// scale in percent.
#[tauri::command(async)]
#[specta::specta]
pub fn export_picture(svg: String, format: PictureFormat, path: String) -> Answer<u8> {
    let (bytes, size) = match format {
        PictureFormat::Svg => (svg.into_bytes(), 1.0),
        PictureFormat::Png => png(&tree(&svg)?)?,
        PictureFormat::Pdf => pdf(&tree(&svg)?)?,
    };
    headroom_files::write_file(Path::new(&path), bytes)?;
    Ok((size * 100.0).round() as u8)
}

fn failed(error: impl std::fmt::Display) -> AppError {
    AppError::new(ErrorKind::Invalid, format!("the image could not be exported: {error}"))
}

fn tree(svg: &str) -> Answer<Tree> {
    let options = usvg::Options { fontdb: fonts(), font_family: FONT.to_owned(), ..usvg::Options::default() };
    Tree::from_str(svg, &options).map_err(failed)
}

fn png(tree: &Tree) -> Answer<(Vec<u8>, f32)> {
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = SHARP.min(MOST_PIXELS / width.max(height));
    let mut pixels = Pixmap::new((width * scale).ceil() as u32, (height * scale).ceil() as u32)
        .ok_or_else(|| failed("it is empty"))?;
    resvg::render(tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    Ok((pixels.encode_png().map_err(failed)?, scale.min(1.0)))
}

fn pdf(tree: &Tree) -> Answer<(Vec<u8>, f32)> {
    let longest = tree.size().width().max(tree.size().height());
    let points = POINTS.min(MOST_POINTS / longest);
    let page = svg2pdf::PageOptions { dpi: 72.0 / points };
    let bytes = svg2pdf::to_pdf(tree, svg2pdf::ConversionOptions::default(), page).map_err(failed)?;
    Ok((bytes, points / POINTS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(text: &str, weight: u32) -> Tree {
        let svg = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='900' height='40'>\
             <text x='4' y='24' font-family='Inter' font-weight='{weight}' font-size='16'>{text}</text></svg>"
        );
        tree(&svg).unwrap()
    }

    fn inked(tree: &Tree) -> Vec<u8> {
        let mut pixels = Pixmap::new(900, 40).unwrap();
        resvg::render(tree, Transform::identity(), &mut pixels.as_mut());
        pixels.data().to_vec()
    }

    #[test]
    fn shipped_font_covers_several_scripts() {
        for text in ["Checkout", "Ζήνων Ελληνική", "Склад", "Łódź Žižkov"] {
            for weight in [400, 600] {
                let drawn = inked(&picture(text, weight));
                assert!(drawn.iter().any(|byte| *byte != 0), "{text} is not drawn");
                // A character without a glyph would look like any other such character.
                let boxes: String = text.chars().map(|_| '\u{10FFFF}').collect();
                assert_ne!(drawn, inked(&picture(&boxes, weight)), "{text}");
            }
        }
        let (regular, bold) = (inked(&picture("Ledger", 400)), inked(&picture("Ledger", 600)));
        assert_ne!(regular, bold);
    }

    #[test]
    fn only_too_large_diagrams_are_scaled_down() {
        let wide = |width: u32| {
            tree(&format!("<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='10'/>")).unwrap()
        };
        let (bytes, size) = png(&wide(500)).unwrap();
        assert!(bytes.starts_with(b"\x89PNG"));
        assert_eq!(size, 1.0);
        assert!((png(&wide(16_000)).unwrap().1 - 0.5).abs() < 0.01);
        let (bytes, size) = pdf(&wide(500)).unwrap();
        assert!(bytes.starts_with(b"%PDF"));
        assert_eq!(size, 1.0);
        assert!((pdf(&wide(38_400)).unwrap().1 - 0.5).abs() < 0.01);
    }

    #[test]
    fn invalid_svg_is_refused() {
        assert!(tree("<svg").is_err());
        assert!(tree("").is_err());
    }
}
