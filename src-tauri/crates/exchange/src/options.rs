//! What can be chosen about reading and writing, by the formats that it concerns.

use headroom_cost_import::{BillOptions, ReadProgress, SlashOrder};
use headroom_figures_import::{DeploymentsReading, EventTableOptions, FiguresOptions};
use headroom_hr_import::TableOptions;
use headroom_tabular::cell::date::DateOrder;

use crate::formats::codeowners::{CodeownersReading, CodeownersWriting};

/// What the user chose about reading, by the formats that it concerns.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    pub codeowners: CodeownersReading,
    pub tables: TableOptions,
    /// The month that begins a fiscal year, of figures by fiscal quarter.
    pub fiscal_year: Option<u32>,
    /// Labels of a bill that are kept beside those that are known: cost rules name them.
    pub bill_labels: Vec<String>,
    /// Of a bill, which may be large.
    pub progress: ReadProgress,
    pub deployments: DeploymentsReading,
}

impl ReadOptions {
    /// What was chosen about tables, as far as it concerns subscriptions, tickets and deployments.
    pub(crate) fn event_tables(&self) -> EventTableOptions {
        let TableOptions { answers, today, .. } = &self.tables;
        let (dates, currency, dollar) = (answers.dates, answers.currency, answers.dollar);
        EventTableOptions { today: *today, dates, currency, dollar }
    }

    /// What was said of tables holds for bills, too.
    pub(crate) fn bill(&self) -> BillOptions {
        let TableOptions { answers, today, .. } = &self.tables;
        let order = |order| match order {
            DateOrder::DayFirst => SlashOrder::DayFirst,
            DateOrder::MonthFirst => SlashOrder::MonthFirst,
        };
        let usual = BillOptions::default();
        BillOptions {
            today: *today,
            currency: answers.currency.unwrap_or(usual.currency),
            dates: answers.dates.map(order),
            labels: self.bill_labels.clone(),
            progress: self.progress.clone(),
            ..usual
        }
    }

    /// What was said of tables holds for figures, too.
    pub(crate) fn figures(&self) -> FiguresOptions {
        let answers = &self.tables.answers;
        FiguresOptions {
            today: self.tables.today,
            decimal: answers.decimal,
            dates: answers.dates,
            currency: answers.currency,
            dollar: answers.dollar,
            fiscal_year: self.fiscal_year,
        }
    }
}

/// What the user chose about writing, by the formats that it concerns.
#[derive(Debug, Clone, Default)]
pub struct ExportOptions {
    /// Updates: replace an owner's former name, or a name in other case, by the current name.
    pub current_names: bool,
    pub codeowners: CodeownersWriting,
}
