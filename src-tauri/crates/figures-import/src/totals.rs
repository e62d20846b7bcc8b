//! Rows that add up others: never read as figures, and compared with what they add up.

use headroom_files::Level;
use headroom_model::ExactDecimal;
use headroom_tabular::raw_table::RawTable;
use rustc_hash::FxHashMap;

use super::{
    figure_table::FigureTable,
    period_span::PeriodSpan,
    reading::{LineValue, ReadLine},
};

/// A number with the decimals that all of a sum have.
type Scaled = i128;
const DECIMALS: u32 = 18;

/// A line that adds up others.
struct TotalLine {
    key: String,
    /// Whether its parts can be added up at all.
    adds_up: bool,
    /// Its parts are whole numbers that nobody rounded.
    is_count: bool,
    at: (u64, usize),
    values: Vec<LineValue>,
}

/// The sums of the lines of each metric, and the totals that the table gives.
#[derive(Default)]
pub struct LineTotals {
    parts: FxHashMap<String, Vec<FxHashMap<PeriodSpan, ExactDecimal>>>,
    totals: Vec<TotalLine>,
}

impl LineTotals {
    pub fn add_part(&mut self, line: &ReadLine<'_>, values: &[LineValue]) {
        let values = values.iter().map(|value| (value.span, value.value.number)).collect();
        self.parts.entry(line.key.clone()).or_default().push(values);
    }

    pub fn add_total(&mut self, line: &ReadLine<'_>, values: Vec<LineValue>) {
        self.totals.push(TotalLine {
            key: line.key.clone(),
            adds_up: line.adds_up(),
            is_count: line.metric.unit == "count",
            at: line.line.at,
            values,
        });
    }
}

fn scaled(number: ExactDecimal) -> Option<Scaled> {
    let (digits, decimals) = number.parts();
    i128::from(digits).checked_mul(10_i128.checked_pow(DECIMALS.checked_sub(decimals)?)?)
}

/// A total may differ from its parts by what each of them and itself was rounded by: half a unit of the last decimal.
fn tolerance(parts: &[ExactDecimal]) -> Option<Scaled> {
    let decimals = parts.iter().map(|part| part.parts().1).max()?;
    Some(10_i128.checked_pow(DECIMALS.checked_sub(decimals)?)? * (parts.len() as i128 + 1) / 2)
}

/// Tells which rows were not read, and which of them do not add up.
pub fn tell(sums: &LineTotals, table: &RawTable, found: &mut FigureTable) {
    if let Some(TotalLine { at, .. }) = sums.totals.first() {
        let message = match sums.totals.len() {
            1 => "1 row of totals was not read: it has no figures of its own".to_owned(),
            rows => format!("{rows} rows of totals were not read: they have no figures of their own"),
        };
        found.tell(table, Level::Note, *at, message, "nothing to do");
    }
    for TotalLine { key, adds_up, is_count, values: totals, .. } in &sums.totals {
        let Some(parts) = sums.parts.get(key).filter(|_| *adds_up) else { continue };
        for total in totals {
            let values: Option<Vec<ExactDecimal>> =
                parts.iter().map(|part| part.get(&total.span).copied()).collect();
            // A total of parts that are not all known may be of those that are.
            let Some(values) = values else { continue };
            let sum: Option<Scaled> = values.iter().map(|value| scaled(*value)).sum();
            let (Some(sum), Some(said), Some(tolerance)) =
                (sum, scaled(total.value.number), tolerance(&values))
            else {
                continue;
            };
            let tolerance = if *is_count { 0 } else { tolerance };
            if (sum.abs() - said.abs()).abs() > tolerance {
                let message = format!(
                    "total {} is not the sum of its {} parts, {}",
                    total.value.number,
                    values.len(),
                    shown(sum)
                );
                found.tell(
                    table,
                    Level::Warning,
                    total.at,
                    message,
                    "check the parts: they were read, the total was not",
                );
            }
        }
    }
}

fn shown(sum: Scaled) -> String {
    let (sign, digits) = if sum < 0 { ("-", (-sum).to_string()) } else { ("", sum.to_string()) };
    let padded = format!("{digits:0>width$}", width = DECIMALS as usize + 1);
    let (whole, rest) = padded.split_at(padded.len() - DECIMALS as usize);
    let rest = rest.trim_end_matches('0');
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{whole}{point}{rest}")
}
