//! What a bill adds up to: cost lines for a plan, and figures about the bill itself.

use std::collections::BTreeMap;

use headroom_files::Diagnostic;
use headroom_model::{ChargeClass, Currency};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    charge_day::BillMonth,
    exact_amount::ExactAmount,
    tags::{KeptLabels, parse_tags},
    texts::{TextId, Texts},
};

/// Rows and their amounts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    pub rows: u64,
    pub billed: ExactAmount,
    pub effective: ExactAmount,
}

impl Sums {
    pub fn add(&mut self, charge: &Charge) {
        self.rows += 1;
        self.billed += charge.billed;
        self.effective += charge.effective;
    }
}

/// A row of a bill.
#[derive(Debug, Clone)]
pub struct Charge {
    pub month: BillMonth,
    pub billed: ExactAmount,
    pub effective: ExactAmount,
    pub currency: Currency,
    pub class: ChargeClass,
    pub class_text: TextId,
    pub provider: TextId,
    pub account: TextId,
    pub account_name: TextId,
    pub namespace: TextId,
    pub service_category: TextId,
    /// Hash of the resource; none if the row names none.
    pub resource: Option<u64>,
}

/// What cost lines are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineKey {
    pub month: BillMonth,
    pub currency: Currency,
    pub class: ChargeClass,
    pub provider: TextId,
    pub account: TextId,
    pub account_name: TextId,
    pub namespace: TextId,
    pub labels: TextId,
}

/// The tags of a row, as they are written in a cell.
#[derive(Debug, Clone, Default)]
pub struct RowTags {
    labels: TextId,
    keys: Box<[TextId]>,
    /// Values of the keys that are asked for, in their order.
    asked: Box<[Option<TextId>]>,
}

/// Rows by something that is not said in all of them.
pub type SumsByText = FxHashMap<Option<TextId>, Sums>;

#[derive(Debug, Default)]
pub struct Bill {
    pub texts: Texts,
    pub lines: FxHashMap<LineKey, Sums>,
    pub total: Sums,
    pub by_month: BTreeMap<BillMonth, Sums>,
    pub by_provider: FxHashMap<TextId, Sums>,
    pub by_class: FxHashMap<TextId, Sums>,
    pub by_service_category: FxHashMap<TextId, Sums>,
    pub by_currency: BTreeMap<Currency, Sums>,
    /// Of each tag that is asked for: by value, and of charges for usage those without it.
    pub by_tag: Vec<(String, SumsByText, Sums)>,
    pub usage: Sums,
    pub tag_rows: FxHashMap<TextId, u64>,
    pub negative_rows: u64,
    pub zero_rows: u64,
    pub null_cells: u64,
    pub skipped_rows: u64,
    pub sub_accounts: FxHashSet<TextId>,
    pub resources: FxHashSet<u64>,
    pub rows_without_resource: u64,
    pub columns: usize,
    pub unknown_columns: Vec<String>,
    pub emails: u64,
    /// Titles of the formats it was in.
    pub formats: Vec<&'static str>,
    pub has_effective: bool,
    pub problems: Vec<Diagnostic>,
    labels: KeptLabels,
    cells: FxHashMap<Box<[u8]>, (RowTags, usize)>,
    cell_bytes: usize,
}

/// So many bytes of tags are remembered; more than that are read again.
const MOST_CELL_BYTES: usize = 16 << 20;

impl Bill {
    /// `labels` are kept beside those that are known; the figures of `tags` are asked for.
    pub fn new(labels: &[String], tags: &[String]) -> Self {
        let by_tag = tags.iter().map(|tag| (tag.clone(), SumsByText::default(), Sums::default())).collect();
        Self { labels: KeptLabels::new(labels), by_tag, ..Self::default() }
    }

    /// Adds a row. `cells` are its tags: keys of columns that are a tag each, or none for a cell with all of them.
    pub fn add(&mut self, charge: &Charge, cells: &[(Option<&str>, &[u8])]) {
        let tags = self.tags_of(cells);
        self.total.add(charge);
        self.by_month.entry(charge.month).or_default().add(charge);
        self.by_currency.entry(charge.currency).or_default().add(charge);
        self.by_provider.entry(charge.provider).or_default().add(charge);
        self.by_class.entry(charge.class_text).or_default().add(charge);
        self.by_service_category.entry(charge.service_category).or_default().add(charge);
        self.negative_rows += u64::from(charge.billed.is_negative());
        self.zero_rows += u64::from(charge.billed == ExactAmount::ZERO);
        self.sub_accounts.insert(charge.account);
        match charge.resource {
            Some(resource) => {
                self.resources.insert(resource);
            }
            None => self.rows_without_resource += 1,
        }
        let is_usage = charge.class == ChargeClass::Usage;
        if is_usage {
            self.usage.add(charge);
        }
        for ((_, values, untagged), value) in self.by_tag.iter_mut().zip(&tags.asked) {
            values.entry(*value).or_default().add(charge);
            if is_usage && value.is_none() {
                untagged.add(charge);
            }
        }
        for key in &tags.keys {
            *self.tag_rows.entry(*key).or_default() += 1;
        }
        let key = LineKey {
            month: charge.month,
            currency: charge.currency,
            class: charge.class,
            provider: charge.provider,
            account: charge.account,
            account_name: charge.account_name,
            namespace: charge.namespace,
            labels: tags.labels,
        };
        self.lines.entry(key).or_default().add(charge);
    }

    fn tags_of(&mut self, cells: &[(Option<&str>, &[u8])]) -> RowTags {
        let mut whole = Vec::new();
        let cell = match cells {
            [] => &[][..],
            [(None, cell)] => cell,
            several => {
                for (_, cell) in several {
                    whole.extend_from_slice(cell);
                    whole.push(0x1f);
                }
                &whole
            }
        };
        if let Some((known, emails)) = self.cells.get(cell) {
            self.emails += *emails as u64;
            return known.clone();
        }
        let (tags, emails) = self.parse(cells);
        if self.cell_bytes > MOST_CELL_BYTES {
            self.cells.clear();
            self.cell_bytes = 0;
        }
        self.cell_bytes += cell.len() + 64;
        self.cells.insert(cell.into(), (tags.clone(), emails));
        self.emails += emails as u64;
        tags
    }

    fn parse(&mut self, cells: &[(Option<&str>, &[u8])]) -> (RowTags, usize) {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (key, cell) in cells {
            match key {
                Some(key) if !crate::tags::is_nothing(cell) => {
                    pairs.push(((*key).to_owned(), crate::texts::decoded(cell.trim_ascii())));
                }
                Some(_) => {}
                None => pairs.extend(parse_tags(cell).unwrap_or_default()),
            }
        }
        let (labels, emails) = self.labels.text(&pairs);
        let keys = pairs.iter().map(|(key, _)| self.texts.exact(key)).collect();
        let find = |asked: &str| pairs.iter().find(|(key, _)| key == asked).map(|(_, value)| value.clone());
        let asked: Vec<Option<String>> = self.by_tag.iter().map(|(tag, ..)| find(tag)).collect();
        let asked = asked.into_iter().map(|value| value.map(|value| self.texts.exact(&value))).collect();
        (RowTags { labels: self.texts.exact(&labels), keys, asked }, emails)
    }
}
