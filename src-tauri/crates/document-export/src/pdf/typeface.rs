//! The fonts of documents and pictures, and how wide a text is in them.

use std::{
    cell::RefCell,
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use fontdb::{Database, Style};
use krilla::text::Font;
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

/// The shipped font in two weights, and others for letters that it does not have.
pub struct Typeface {
    regular: Shipped,
    bold: Shipped,
    others: RefCell<Others>,
}

struct Shipped {
    face: Face<'static>,
    font: Font,
}

/// Fonts of the computer, as letters have asked for them.
#[derive(Default)]
struct Others {
    by_face: HashMap<fontdb::ID, Option<Font>>,
    by_letter: HashMap<char, Option<OtherLetter>>,
}

#[derive(Clone)]
struct OtherLetter {
    face: fontdb::ID,
    font: Font,
    /// In parts of the height of a line.
    width: f64,
}

impl Shipped {
    fn new(data: &'static [u8]) -> Option<Self> {
        Some(Self { face: Face::parse(data, 0).ok()?, font: Font::new(data.into(), 0)? })
    }

    /// In parts of the height of a line; none if the font lacks the letter.
    fn width(&self, letter: char) -> Option<f64> {
        let units = self.face.glyph_hor_advance(self.face.glyph_index(letter)?)?;
        Some(f64::from(units) / f64::from(self.face.units_per_em()))
    }
}

impl Typeface {
    pub fn new() -> Option<Self> {
        let [regular, bold] = FONTS.map(Shipped::new);
        Some(Self { regular: regular?, bold: bold?, others: RefCell::default() })
    }

    fn shipped(&self, is_bold: bool) -> &Shipped {
        if is_bold { &self.bold } else { &self.regular }
    }

    /// The width of a text, without kerning: it is never much less than what is drawn.
    pub fn width(&self, text: &str, size: f64, is_bold: bool) -> f64 {
        let shipped = self.shipped(is_bold);
        let advance = |letter: char| {
            let other = || self.other(letter).map_or(1.0, |other| other.width);
            shipped.width(letter).unwrap_or_else(other)
        };
        text.chars().map(advance).sum::<f64>() * size
    }

    /// The text in parts of one font each.
    pub fn parts<'t>(&self, text: &'t str, is_bold: bool) -> Vec<(Font, &'t str)> {
        let shipped = self.shipped(is_bold);
        let mut parts: Vec<(Option<fontdb::ID>, Font, usize)> = Vec::new();
        for (at, letter) in text.char_indices() {
            let other = if shipped.width(letter).is_some() { None } else { self.other(letter) };
            let face = other.as_ref().map(|other| other.face);
            if parts.last().is_none_or(|(last, ..)| *last != face) {
                parts.push((face, other.map_or_else(|| shipped.font.clone(), |other| other.font), at));
            }
        }
        let ends: Vec<usize> = parts.iter().skip(1).map(|part| part.2).chain([text.len()]).collect();
        parts.into_iter().zip(ends).map(|((_, font, from), to)| (font, &text[from..to])).collect()
    }

    /// A font of the computer that has the letter.
    fn other(&self, letter: char) -> Option<OtherLetter> {
        let mut others = self.others.borrow_mut();
        if let Some(known) = others.by_letter.get(&letter) {
            return known.clone();
        }
        let found = others.find(letter);
        others.by_letter.insert(letter, found.clone());
        found
    }
}

impl Others {
    fn find(&mut self, letter: char) -> Option<OtherLetter> {
        let fonts = fonts();
        let width_in = |id: fontdb::ID| {
            let width = |data: &[u8], index: u32| {
                let face = Face::parse(data, index).ok()?;
                let units = face.glyph_hor_advance(face.glyph_index(letter)?)?;
                Some(f64::from(units) / f64::from(face.units_per_em()))
            };
            fonts.with_face_data(id, width).flatten()
        };
        let upright = fonts.faces().filter(|face| face.style == Style::Normal && face.weight.0 == 400);
        let (face, width) = upright.filter_map(|face| Some((face.id, width_in(face.id)?))).next()?;
        let read =
            || fonts.with_face_data(face, |data, index| Font::new(data.to_vec().into(), index)).flatten();
        let font = self.by_face.entry(face).or_insert_with(read).clone()?;
        Some(OtherLetter { face, font, width })
    }
}
