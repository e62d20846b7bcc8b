//! A page of A4 as a picture in SVG. Positions are points from its upper left corner.

use std::fmt::Write;

use headroom_checklist_markdown::html_escaped;

use super::{lines::TextSpan, typeface::FONT};

/// Of A4, in points.
pub const WIDTH: f64 = 595.0;
pub const HEIGHT: f64 = 842.0;
/// Around what stands on a page.
pub const MARGIN: f64 = 50.0;
/// From where on the foot of a page stands.
pub const BOTTOM: f64 = HEIGHT - 56.0;

pub const TEXT: &str = "#1b1f24";
pub const QUIET: &str = "#566070";
const LINE: &str = "#d5dae2";

#[derive(Debug, Default)]
pub struct PdfPage {
    drawn: String,
}

impl PdfPage {
    /// A line of text whose letters stand on `y`.
    pub fn text(&mut self, x: f64, y: f64, spans: &[TextSpan], size: f64, ink: &str) {
        for span in spans {
            let weight = if span.is_bold { 600 } else { 400 };
            self.put(format_args!(
                "<text x='{:.2}' y='{y:.2}' font-family='{FONT}' font-size='{size}' font-weight='{weight}' fill='{ink}'>{}</text>",
                x + span.x,
                html_escaped(&drawable(&span.text))
            ));
        }
    }

    /// A line across.
    pub fn rule(&mut self, x: f64, y: f64, width: f64) {
        self.put(format_args!("<path d='M{x:.2} {y:.2}h{width:.2}' stroke='{LINE}' stroke-width='0.6'/>"));
    }

    /// Runs of a curve, from this corner on.
    pub fn curve(&mut self, x: f64, y: f64, runs: &[Vec<(f64, f64)>]) {
        for run in runs {
            let points: String =
                run.iter().map(|(right, down)| format!("{:.2},{:.2} ", x + right, y + down)).collect();
            self.put(format_args!(
                "<polyline points='{}' fill='none' stroke='{QUIET}' stroke-width='1' stroke-linejoin='round' stroke-linecap='round'/>",
                points.trim_end()
            ));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.drawn.is_empty()
    }

    pub fn into_svg(self) -> String {
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' width='{WIDTH}' height='{HEIGHT}' viewBox='0 0 {WIDTH} {HEIGHT}'>{}</svg>",
            self.drawn
        )
    }

    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.drawn.write_fmt(text);
    }
}

/// Without what XML has no place for.
fn drawable(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control() && !matches!(letter, '\u{FFFE}' | '\u{FFFF}')).collect()
}
