//! What a bill says, for a report on the file itself.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::{
    bill::{Bill, Sums},
    texts::TextId,
};

/// Rows and amounts, exact and rounded once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BillSums {
    pub rows: u64,
    pub billed: String,
    pub effective: String,
    pub billed_cents: String,
    pub effective_cents: String,
}

impl From<&Sums> for BillSums {
    fn from(sums: &Sums) -> Self {
        Self {
            rows: sums.rows,
            billed: sums.billed.to_string(),
            effective: sums.effective.to_string(),
            billed_cents: sums.billed.rounded(2),
            effective_cents: sums.effective.rounded(2),
        }
    }
}

/// Charges for usage that lack a tag.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Untagged {
    pub usage_rows: u64,
    pub untagged_rows: u64,
    pub billed_total: String,
    pub effective_total: String,
    pub untagged_billed: String,
    pub untagged_effective: String,
    /// Of all such rows, of billed and of effective cost; none of nothing.
    pub rows_share: Option<f64>,
    pub billed_share: Option<f64>,
    pub effective_share: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TagReport {
    /// By value; none: rows without the tag.
    pub values: BTreeMap<String, BillSums>,
    pub without: Option<BillSums>,
    pub untagged: Untagged,
}

/// Every figure of a bill.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BillReport {
    pub formats: Vec<&'static str>,
    pub columns: usize,
    pub unknown_columns: Vec<String>,
    pub null_cells: u64,
    pub skipped_rows: u64,
    pub total: BillSums,
    pub negative_rows: u64,
    pub zero_rows: u64,
    pub by_currency: BTreeMap<String, BillSums>,
    pub by_month: BTreeMap<String, BillSums>,
    pub by_provider: BTreeMap<String, BillSums>,
    pub by_charge_category: BTreeMap<String, BillSums>,
    pub by_service_category: BTreeMap<String, BillSums>,
    pub by_tag: BTreeMap<String, TagReport>,
    pub tag_keys: BTreeMap<String, u64>,
    /// Keys that differ in case and spaces around them alone.
    pub near_duplicate_keys: BTreeMap<String, Vec<String>>,
    pub sub_accounts: usize,
    pub resources: usize,
    pub rows_without_resource: u64,
    /// Lines that a plan would keep.
    pub cost_lines: usize,
}

impl BillReport {
    pub fn of(bill: &Bill) -> Self {
        let by_text = |sums: &FxHashMap<TextId, Sums>| {
            sums.iter().map(|(id, sums)| (bill.texts.text(*id).to_string(), sums.into())).collect()
        };
        let tag_keys: BTreeMap<String, u64> =
            bill.tag_rows.iter().map(|(key, rows)| (bill.texts.text(*key).to_string(), *rows)).collect();
        Self {
            formats: bill.formats.clone(),
            columns: bill.columns,
            unknown_columns: bill.unknown_columns.clone(),
            null_cells: bill.null_cells,
            skipped_rows: bill.skipped_rows,
            total: (&bill.total).into(),
            negative_rows: bill.negative_rows,
            zero_rows: bill.zero_rows,
            by_currency: bill
                .by_currency
                .iter()
                .map(|(code, sums)| (code.to_string(), sums.into()))
                .collect(),
            by_month: bill.by_month.iter().map(|(month, sums)| (month.to_string(), sums.into())).collect(),
            by_provider: by_text(&bill.by_provider),
            by_charge_category: by_text(&bill.by_class),
            by_service_category: by_text(&bill.by_service_category),
            by_tag: bill.by_tag.iter().map(|tag| (tag.0.clone(), tag_report(bill, tag))).collect(),
            near_duplicate_keys: near_duplicates(tag_keys.keys()),
            tag_keys,
            sub_accounts: bill.sub_accounts.len(),
            resources: bill.resources.len(),
            rows_without_resource: bill.rows_without_resource,
            cost_lines: bill.lines.len(),
        }
    }
}

fn tag_report(bill: &Bill, (_, values, untagged): &(String, crate::bill::SumsByText, Sums)) -> TagReport {
    let named = values.iter().filter_map(|(value, sums)| Some(((*value)?, sums)));
    let usage = &bill.usage;
    let rows_share = (usage.rows > 0).then(|| untagged.rows as f64 / usage.rows as f64);
    TagReport {
        values: named.map(|(id, sums)| (bill.texts.text(id).to_string(), sums.into())).collect(),
        without: values.get(&None).map(Into::into),
        untagged: Untagged {
            usage_rows: usage.rows,
            untagged_rows: untagged.rows,
            billed_total: usage.billed.to_string(),
            effective_total: usage.effective.to_string(),
            untagged_billed: untagged.billed.to_string(),
            untagged_effective: untagged.effective.to_string(),
            rows_share,
            billed_share: untagged.billed.share_of(usage.billed),
            effective_share: untagged.effective.share_of(usage.effective),
        },
    }
}

fn near_duplicates<'k>(keys: impl Iterator<Item = &'k String>) -> BTreeMap<String, Vec<String>> {
    let mut spelled: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for key in keys {
        spelled.entry(key.trim().to_lowercase()).or_default().push(key.clone());
    }
    spelled.retain(|_, spellings| spellings.len() > 1);
    spelled
}
