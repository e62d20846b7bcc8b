//! The fonts of documents and pictures, and how wide a text is in them.

use std::sync::{Arc, OnceLock};

use svg2pdf::usvg::fontdb::Database;
use ttf_parser::Face;

/// The fonts of the page of the window, so that what is drawn looks the same on every computer.
const FONTS: [&[u8]; 2] = [
    include_bytes!("../../../../fonts/Inter-Regular.ttf"),
    include_bytes!("../../../../fonts/Inter-SemiBold.ttf"),
];
/// The name of the font.
pub const FONT: &str = "Inter";

/// The shipped fonts, and those of the computer for letters that they do not have.
pub fn fonts() -> Arc<Database> {
    static KNOWN: OnceLock<Arc<Database>> = OnceLock::new();
    KNOWN
        .get_or_init(|| {
            let mut fonts = Database::new();
            FONTS.iter().for_each(|font| fonts.load_font_data(font.to_vec()));
            fonts.load_system_fonts();
            fonts.set_sans_serif_family(FONT);
            Arc::new(fonts)
        })
        .clone()
}

/// The shipped font in two weights, to measure with.
pub struct Typeface {
    regular: Face<'static>,
    bold: Face<'static>,
}

impl Typeface {
    pub fn new() -> Option<Self> {
        let [regular, bold] = FONTS.map(|font| Face::parse(font, 0).ok());
        Some(Self { regular: regular?, bold: bold? })
    }

    /// The width of a text, without kerning: it is never much less than what is drawn.
    pub fn width(&self, text: &str, size: f64, is_bold: bool) -> f64 {
        let face = if is_bold { &self.bold } else { &self.regular };
        let em = f64::from(face.units_per_em());
        let advance = |letter: char| {
            let units = face.glyph_index(letter).and_then(|glyph| face.glyph_hor_advance(glyph));
            // A letter of another font may be as wide as it is high.
            units.map_or(1.0, |units| f64::from(units) / em)
        };
        text.chars().map(advance).sum::<f64>() * size
    }
}
