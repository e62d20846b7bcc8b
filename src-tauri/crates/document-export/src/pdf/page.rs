//! What stands on a page of A4. Positions are points from its upper left corner.

use krilla::{
    color::rgb,
    geom::{PathBuilder, Point},
    paint::{Fill, LineCap, LineJoin, Stroke},
    surface::Surface,
    text::TextDirection,
};

use super::{lines::TextSpan, typeface::Typeface};

/// Of A4, in points.
pub const WIDTH: f64 = 595.0;
pub const HEIGHT: f64 = 842.0;
/// Around what stands on a page.
pub const MARGIN: f64 = 50.0;
/// From where on the foot of a page stands.
pub const BOTTOM: f64 = HEIGHT - 56.0;

/// Colours.
pub type Ink = (u8, u8, u8);
pub const TEXT: Ink = (0x1b, 0x1f, 0x24);
pub const QUIET: Ink = (0x56, 0x60, 0x70);
const LINE: Ink = (0xd5, 0xda, 0xe2);

#[derive(Debug, Default)]
pub struct PdfPage {
    marks: Vec<PageMark>,
}

#[derive(Debug)]
enum PageMark {
    /// Its letters stand on `y`.
    Text { x: f64, y: f64, text: String, is_bold: bool, size: f64, ink: Ink },
    /// Lines from point to point.
    Path { points: Vec<(f64, f64)>, width: f64, ink: Ink },
}

impl PdfPage {
    /// A line of text whose letters stand on `y`.
    pub fn text(&mut self, x: f64, y: f64, spans: &[TextSpan], size: f64, ink: Ink) {
        self.marks.extend(spans.iter().map(|span| PageMark::Text {
            x: x + span.x,
            y,
            text: span.text.clone(),
            is_bold: span.is_bold,
            size,
            ink,
        }));
    }

    /// A line across.
    pub fn rule(&mut self, x: f64, y: f64, width: f64) {
        self.marks.push(PageMark::Path { points: vec![(x, y), (x + width, y)], width: 0.6, ink: LINE });
    }

    /// Runs of a curve, from this corner on.
    pub fn curve(&mut self, x: f64, y: f64, runs: &[Vec<(f64, f64)>]) {
        for run in runs {
            let points = run.iter().map(|(right, down)| (x + right, y + down)).collect();
            self.marks.push(PageMark::Path { points, width: 1.0, ink: QUIET });
        }
    }

    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    pub fn draw(&self, surface: &mut Surface<'_>, typeface: &Typeface) {
        for mark in &self.marks {
            match mark {
                PageMark::Text { x, y, text, is_bold, size, ink } => {
                    surface.set_stroke(None);
                    surface.set_fill(Some(Fill { paint: color(*ink).into(), ..Fill::default() }));
                    let mut x = *x;
                    for (font, part) in typeface.parts(text, *is_bold) {
                        let point = Point::from_xy(x as f32, *y as f32);
                        surface.draw_text(point, font, *size as f32, part, false, TextDirection::Auto);
                        x += typeface.width(part, *size, *is_bold);
                    }
                }
                PageMark::Path { points, width, ink } => draw_path(surface, points, *width, *ink),
            }
        }
    }

    /// From where to where each text stands.
    #[cfg(test)]
    pub fn text_spans(&self, typeface: &Typeface) -> Vec<(f64, f64)> {
        let span = |mark: &PageMark| match mark {
            PageMark::Text { x, text, size, is_bold, .. } => {
                Some((*x, x + typeface.width(text, *size, *is_bold)))
            }
            PageMark::Path { .. } => None,
        };
        self.marks.iter().filter_map(span).collect()
    }
}

fn draw_path(surface: &mut Surface<'_>, points: &[(f64, f64)], width: f64, ink: Ink) {
    let mut path = PathBuilder::new();
    for (at, (x, y)) in points.iter().enumerate() {
        let (x, y) = (*x as f32, *y as f32);
        if at == 0 { path.move_to(x, y) } else { path.line_to(x, y) }
    }
    // A single point is no line.
    let Some(path) = path.finish() else { return };
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        paint: color(ink).into(),
        width: width as f32,
        line_cap: LineCap::Round,
        line_join: LineJoin::Round,
        ..Stroke::default()
    }));
    surface.draw_path(&path);
}

fn color((red, green, blue): Ink) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}
