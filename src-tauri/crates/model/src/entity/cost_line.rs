//! Cost lines: what a bill says of a month, added up by account and labels. Never a row of the bill itself.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::*;
use crate::{metric_value::ExactDecimal, money::Currency, shared_text::SharedText};

/// What a cost is for. The first five are charge categories of FOCUS; the others are the shares of a cluster that no
/// workload of its own has used, as OpenCost names them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChargeClass {
    #[default]
    Usage,
    Purchase,
    Tax,
    Credit,
    Adjustment,
    /// Paid for, and used by nobody.
    Idle,
    /// Of a cluster, and of no workload that is known.
    Unallocated,
    /// Volumes that nothing has mounted.
    Unmounted,
    /// What all workloads of a cluster share.
    Shared,
}

impl ChargeClass {
    pub const ALL: [ChargeClass; 9] = [
        ChargeClass::Usage,
        ChargeClass::Purchase,
        ChargeClass::Tax,
        ChargeClass::Credit,
        ChargeClass::Adjustment,
        ChargeClass::Idle,
        ChargeClass::Unallocated,
        ChargeClass::Unmounted,
        ChargeClass::Shared,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            ChargeClass::Usage => "usage",
            ChargeClass::Purchase => "purchase",
            ChargeClass::Tax => "tax",
            ChargeClass::Credit => "credit",
            ChargeClass::Adjustment => "adjustment",
            ChargeClass::Idle => "idle",
            ChargeClass::Unallocated => "unallocated",
            ChargeClass::Unmounted => "unmounted",
            ChargeClass::Shared => "shared",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.word().eq_ignore_ascii_case(word.trim()))
    }
}

word_value!(ChargeClass, |class| class.word().to_owned());

entity! {
    /// What a bill charges for a month, of one account, namespace and set of labels. Who pays is not in it: that follows
    /// from labels and cost rules on the day asked.
    pub struct CostLine: CostLineId {
        /// First day charged.
        first: NaiveDate, "first day charged", identity();
        /// Last day charged.
        last: NaiveDate, "last day charged", identity();
        /// Amount on the invoice.
        billed: ExactDecimal, "billed cost";
        /// Amount with purchases spread over the days that they are for.
        effective: ExactDecimal, "effective cost";
        currency: Currency = Currency::USD, "currency", identity();
        class: ChargeClass, "charge class", identity();
        /// Cloud or cluster: AWS, OpenCost.
        provider: SharedText, "provider", identity();
        account: SharedText, "account", identity();
        namespace: SharedText, "namespace", identity();
        /// `key=value; key=value`, in order.
        labels: SharedText, "labels", identity();
        /// The file that it is from.
        origin: SharedText, "source", long();
        /// Format it was imported from; none if entered by hand.
        source: Option<SharedText>, "imported from";
    }
}

impl CostLine {
    /// Its labels: keys with their values.
    pub fn label_pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.labels.split("; ").filter_map(|label| label.split_once('='))
    }

    /// The value of a label, whatever the case of its key.
    pub fn label(&self, key: &str) -> Option<&str> {
        self.label_pairs().find(|(own, _)| own.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    }
}

impl Entity for CostLine {
    fn compare(&self, other: &Self, _places: &dyn Places) -> Ordering {
        compare_by!(self, other, row => (row.first, row.last, &row.provider, &row.account, &row.namespace, &row.labels, row.class, row.currency))
            .then_with(|| compare_by!(self, other, row => (row.billed.to_string(), row.effective.to_string(), &row.origin, &row.source)))
    }

    fn display_name(&self, _names: &dyn Names) -> String {
        let whose = [&self.provider, &self.account, &self.namespace, &self.labels];
        let whose: Vec<&str> =
            whose.into_iter().map(|text| &**text).filter(|text| !text.is_empty()).collect();
        format!("cost of {} from {}", whose.join(", "), crate::wording::date(self.first))
    }

    fn check_together(&self) -> Result<(), FieldError> {
        if self.last < self.first {
            return Err(FieldError::new("last", "is before the first day charged"));
        }
        Ok(())
    }
}
