//! The metric that a practice is, as a row.

use headroom_files::{
    Place,
    records::{FieldStatement, RowRecord},
};
use headroom_model::{Kind, PracticeScale};

/// A practice, as a source defines it.
pub struct PracticeDefinition<'d> {
    pub key: &'d str,
    pub name: &'d str,
    pub scale: PracticeScale,
    /// The words for levels 0, 1, …; none if it does not say.
    pub levels: &'d [String],
    /// An address, or words.
    pub origin: &'d str,
}

impl PracticeDefinition<'_> {
    pub fn row(&self, place: &Place) -> RowRecord {
        let text = |text: &str| FieldStatement::Value(text.into());
        let mut fields = vec![
            ("key", text(self.key)),
            ("name", text(self.name)),
            ("unit", text(self.scale.unit())),
            ("kind", text("stock")),
            ("period", text("day")),
        ];
        if !self.levels.is_empty() {
            fields.push(("levels", FieldStatement::Value(self.levels.into())));
        }
        if !self.origin.is_empty() {
            fields.push(("origin", text(self.origin)));
        }
        RowRecord { kind: Kind::Metric, place: place.clone(), fields }
    }
}
