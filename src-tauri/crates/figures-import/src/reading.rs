//! From lines of cells to figures: metrics, scopes, units, signs, and everything that has to be told.

use headroom_files::Level;
use headroom_model::{Currency, KnownMetric, MetricKind, MetricValue, PeriodLength, fields::slug};
use headroom_tabular::{
    cell::{amount::CurrencyMark, number::DecimalMark},
    raw_table::RawTable,
};
use rustc_hash::FxHashSet;

use super::{
    column_role::is_total,
    figure_cell::{self, CellFigure, FigureCell},
    figure_table::{FigureLine, FigureTable, PeriodCell, address},
    imported_figures::{ImportedFigure, ImportedFigures, ImportedMetric, ImportedScope},
    metric_label::{MetricLabel, fits, kind_by_name},
    notation::{self, ShareNotation, TableMark},
    options::FiguresOptions,
    period_span::PeriodSpan,
    periods::TablePeriods,
    totals::{self, LineTotals},
    unit::{UnitKind, WrittenUnit},
};

/// Reads a table of figures, and tells what was left out.
pub fn read(table: &RawTable, mut found: FigureTable, options: &FiguresOptions, into: &mut ImportedFigures) {
    let periods = TablePeriods::of(table, &mut found, options);
    let TableMark { mark, is_presumed } = match options.decimal {
        Some(mark) => TableMark { mark: Some(mark), is_presumed: false },
        None => notation::mark_of(&found),
    };
    let mut lines = std::mem::take(&mut found.lines);
    name_churn(&mut lines);
    let mut reading = Reading {
        table,
        options,
        mark,
        unit: WrittenUnit::within(&found.title),
        periods,
        found,
        told: FxHashSet::default(),
        told_metrics: FxHashSet::default(),
        into,
    };
    if is_presumed && let Some(line) = lines.first() {
        let mark = if mark == Some(DecimalMark::Point) { ',' } else { '.' };
        let message = format!("“{mark}” is read as the separator of thousands in the whole table");
        reading.tell(
            Level::Warning,
            line.at,
            message,
            "say which mark stands before decimals if this is wrong",
        );
    }
    let resolved: Vec<ReadLine<'_>> = lines.iter().map(|line| reading.resolve(line)).collect();
    let mut sums = LineTotals::default();
    for line in &resolved {
        let is_total_of = |other: &&ReadLine<'_>| other.key == line.key && !other.is_total;
        if line.is_total && resolved.iter().any(|other| is_total_of(&other)) {
            let values = reading.values(line);
            sums.add_total(line, values);
        } else {
            let values = reading.values(line);
            sums.add_part(line, &values);
            reading.take(line, values);
        }
    }
    totals::tell(&sums, table, &mut reading.found);
    let problems = std::mem::take(&mut reading.found.problems);
    into.problems.extend(problems);
}

/// Among movements of MRR, churn is one of them; elsewhere it may be of anything.
fn name_churn(lines: &mut [FigureLine]) {
    let is_called = |line: &FigureLine, key: &str| {
        MetricLabel::of(&line.label).known.is_some_and(|known| known.key == key)
    };
    let has = |key: &str| lines.iter().any(|line| is_called(line, key));
    if has("churned-mrr") || !(has("expansion-mrr") && has("contraction-mrr")) {
        return;
    }
    for line in lines.iter_mut().filter(|line| line.label.trim().eq_ignore_ascii_case("churn")) {
        "Churned MRR".clone_into(&mut line.label);
    }
}

/// A line, with what it is about.
pub struct ReadLine<'l> {
    pub line: &'l FigureLine,
    pub key: String,
    pub metric: ImportedMetric,
    pub known: Option<&'static KnownMetric>,
    pub scope: ImportedScope,
    /// It adds up the other lines of its metric, if there are any.
    pub is_total: bool,
    unit: Option<WrittenUnit>,
}

impl ReadLine<'_> {
    pub fn adds_up(&self) -> bool {
        self.metric.kind != MetricKind::Ratio
    }
}

/// The value of a cell.
#[derive(Debug, Clone)]
pub struct LineValue {
    pub span: PeriodSpan,
    pub value: MetricValue,
    pub at: (u64, usize),
    pub has_footnote: bool,
}

struct Reading<'a> {
    table: &'a RawTable,
    options: &'a FiguresOptions,
    mark: Option<DecimalMark>,
    /// Of amounts that say nothing else.
    unit: Option<WrittenUnit>,
    periods: TablePeriods,
    found: FigureTable,
    /// What is told once for the whole table.
    told: FxHashSet<&'static str>,
    /// Metrics of its own that were told.
    told_metrics: FxHashSet<String>,
    into: &'a mut ImportedFigures,
}

impl Reading<'_> {
    fn tell(&mut self, level: Level, at: (u64, usize), message: String, advice: &str) {
        self.found.tell(self.table, level, at, message, advice);
    }

    fn tell_once(&mut self, what: &'static str, at: (u64, usize), message: String, advice: &str) {
        if self.told.insert(what) {
            self.tell(Level::Warning, at, message, advice);
        }
    }

    fn resolve<'l>(&mut self, line: &'l FigureLine) -> ReadLine<'l> {
        let label = MetricLabel::of(&line.label);
        let said = if line.unit.is_empty() { label.unit } else { WrittenUnit::of(&line.unit) };
        if said.is_none() && !line.unit.is_empty() {
            let message = format!("unit “{}” is not known; numbers are read as they are", line.unit);
            self.tell(Level::Warning, line.at, message, "write it as €, € k, %, # or a word such as months");
        }
        let word = said.and_then(|unit| unit.word());
        // A rate of something is another metric than the thing.
        let known = label.known.filter(|known| word.is_none_or(|word| fits(known.unit, word)));
        let mut scope = line.scope.clone();
        if scope.segment.is_empty() {
            scope.segment.clone_from(&label.segment);
        }
        let names = [&scope.segment, &scope.channel, &scope.market];
        let is_total = names.iter().any(|name| is_total(name))
            || (scope == ImportedScope::default() && is_total(&line.label));
        for name in [&mut scope.segment, &mut scope.channel, &mut scope.market] {
            if is_total_name(name) {
                name.clear();
            }
        }
        let place = self.table.place(line.at.0, line.at.1);
        let length = self.periods.length;
        let metric = match known {
            Some(known) => {
                let mut metric = ImportedMetric::known(known, length, place);
                // It has figures of its own here.
                metric.formula.clear();
                metric
            }
            None => {
                let unit = word.or_else(|| self.unit_of_cells(line)).unwrap_or_default();
                self.unknown_metric(line, &label, unit, length)
            }
        };
        ReadLine { line, key: metric.key.clone(), metric, known, scope, is_total, unit: said }
    }

    /// What the first cells of a line show: amounts of a currency, or percentages.
    fn unit_of_cells(&self, line: &FigureLine) -> Option<&'static str> {
        const ENOUGH: usize = 200;
        let mut shown = line.cells.iter().take(ENOUGH).filter_map(|own| {
            let is_percent = self.table.percentages.contains(&(own.line, own.column));
            match figure_cell::read(&own.cell, self.mark.or(Some(DecimalMark::Point)), is_percent) {
                FigureCell::Figure(figure) if figure.is_percent => Some("share"),
                FigureCell::Figure(figure) if figure.currency != CurrencyMark::None => Some("money"),
                _ => None,
            }
        });
        shown.next()
    }

    fn unknown_metric(
        &mut self,
        line: &FigureLine,
        label: &MetricLabel,
        unit: &str,
        period: PeriodLength,
    ) -> ImportedMetric {
        let kind = kind_by_name(&label.name, unit);
        let key = slug(&label.name);
        let meaning = match kind {
            MetricKind::Stock => "how it stands on the last day of a period",
            MetricKind::Flow => "what comes about in a period, so that periods add up",
            MetricKind::Ratio => "a rate, which does not add up",
        };
        let message = format!("“{}” is a metric of its own, read as {meaning}", label.name);
        if self.told_metrics.insert(key.clone()) {
            self.tell(Level::Note, line.at, message, "change its kind on the metric if this is wrong");
        }
        ImportedMetric {
            key,
            name: label.name.clone(),
            unit: unit.to_owned(),
            kind,
            period,
            better: Default::default(),
            formula: String::new(),
            place: self.table.place(line.at.0, line.at.1),
        }
    }

    /// The values of a line; what can't be read is told.
    fn values(&mut self, line: &ReadLine<'_>) -> Vec<LineValue> {
        let mixed = notation::mixed(line.line, self.mark);
        let mut figures: Vec<(&PeriodCell, PeriodSpan, CellFigure)> = Vec::new();
        for cell in &line.line.cells {
            let Some(span) = self.periods.span(&cell.period) else { continue };
            let at = (cell.line, cell.column);
            if mixed.is_some_and(|decimal| notation::is_mixed_cell(&cell.cell, decimal)) {
                let message = format!(
                    "“{}” may have decimals or thousands: its row has both marks; left out",
                    cell.cell.text()
                );
                self.tell(Level::Error, at, message, "write it without separators of thousands");
                continue;
            }
            match figure_cell::read(&cell.cell, self.mark, self.table.percentages.contains(&at)) {
                FigureCell::Gap => {}
                FigureCell::Unclear(why) => {
                    let advice = "correct the cell, or say which mark stands before decimals";
                    self.tell(Level::Error, at, format!("{why}; left out"), advice);
                }
                FigureCell::Figure(figure) => {
                    if let Some(doubt) = &figure.doubt {
                        self.tell(
                            Level::Warning,
                            at,
                            format!("“{}”: {doubt}", cell.cell.text()),
                            "check the number",
                        );
                    }
                    figures.push((cell, span, figure));
                }
            }
        }
        let shares = self.share_notation(line, &figures);
        figures
            .into_iter()
            .filter_map(|(cell, span, figure)| self.value(line, cell, span, &figure, shares))
            .collect()
    }

    /// How shares are written, if they are shares.
    fn share_notation(
        &mut self,
        line: &ReadLine<'_>,
        figures: &[(&PeriodCell, PeriodSpan, CellFigure)],
    ) -> Option<ShareNotation> {
        if line.metric.unit != "share" {
            return None;
        }
        let is_said = line.unit.is_some_and(|unit| unit.kind == UnitKind::Percent);
        Some(notation::shares(&figures.iter().map(|(.., figure)| figure).collect::<Vec<_>>(), is_said))
    }

    fn value(
        &mut self,
        line: &ReadLine<'_>,
        cell: &PeriodCell,
        span: PeriodSpan,
        figure: &CellFigure,
        shares: Option<ShareNotation>,
    ) -> Option<LineValue> {
        let at = (cell.line, cell.column);
        let unit_zeros =
            line.unit.or(self.unit.filter(|_| line.metric.unit == "money")).map_or(0, |unit| unit.zeros);
        let mut zeros = i32::try_from(if figure.zeros > 0 { figure.zeros } else { unit_zeros }).unwrap_or(0);
        match (figure.is_percent, shares) {
            (true, _) | (false, Some(ShareNotation::Percent)) => zeros -= 2,
            (false, Some(ShareNotation::Unclear)) if figure.number.digits != 0 => {
                let message = format!("“{}” may be a share or a percentage; left out", cell.cell.text());
                self.tell(Level::Error, at, message, "write it with a percent sign, as 12 %");
                return None;
            }
            _ => {}
        }
        let mut number = figure.number;
        if line.known.is_some_and(|known| known.is_amount_lost) && number.digits < 0 {
            number.digits = -number.digits;
            let message = "shown in brackets or with a minus; read as amounts lost".to_owned();
            if self.told.insert("lost") {
                self.tell(Level::Note, at, message, "nothing to do");
            }
        }
        let Some(exact) = figure_cell::exact(number, zeros) else {
            let message = format!("“{}” has too many digits; left out", cell.cell.text());
            self.tell(Level::Error, at, message, "round it to 18 digits");
            return None;
        };
        let currency = if line.metric.unit == "money" { self.currency(line, figure, at) } else { None };
        let value = MetricValue::of(exact, currency);
        Some(LineValue { span, value, at, has_footnote: figure.has_footnote })
    }

    fn currency(&mut self, line: &ReadLine<'_>, figure: &CellFigure, at: (u64, usize)) -> Option<Currency> {
        let of_unit = |unit: Option<WrittenUnit>| match unit.map(|unit| unit.kind) {
            Some(UnitKind::Money(mark)) => mark,
            _ => CurrencyMark::None,
        };
        let marks = [figure.currency, of_unit(line.unit), of_unit(self.unit)];
        let mark = marks.into_iter().find(|mark| *mark != CurrencyMark::None);
        match mark {
            Some(CurrencyMark::Named(currency)) => Some(currency),
            Some(CurrencyMark::Sign(sign)) => self.meant_by(sign, at),
            _ if self.options.currency.is_some() => self.options.currency,
            _ => {
                let message = "amounts without a currency: read as the plan’s".to_owned();
                self.tell_once("currency", at, message, "say the currency, or name it in the table");
                None
            }
        }
    }

    /// The currency of a sign that several share.
    fn meant_by(&mut self, sign: char, at: (u64, usize)) -> Option<Currency> {
        if let Some(said) = self.options.dollar.or(self.options.currency) {
            return Some(said);
        }
        let usual = if sign == '$' { Currency::USD } else { "JPY".parse().ok()? };
        let message = format!("“{sign}” is read as {usual}");
        self.tell_once("sign", at, message, "say the currency if this is wrong");
        Some(usual)
    }

    fn take(&mut self, line: &ReadLine<'_>, values: Vec<LineValue>) {
        if !values.is_empty() {
            self.into.add_metric(line.metric.clone());
        }
        for value in values {
            let mut origin = format!("{} {}", file_name(&self.table.name), address(value.at.0, value.at.1));
            if value.has_footnote {
                let remark = line.line.remark.trim_start_matches(['*', '†', '‡', ' ']);
                let message = match remark {
                    "" => "marked with a footnote".to_owned(),
                    remark => format!("footnote: {remark}"),
                };
                origin = format!("{origin}, {message}");
                self.tell(Level::Note, value.at, message, "check whether the figure is restated");
            }
            self.into.figures.push(ImportedFigure {
                metric: line.key.clone(),
                scope: line.scope.clone(),
                first: value.span.first,
                last: value.span.last,
                value: value.value,
                origin,
                place: self.table.place(value.at.0, value.at.1),
            });
        }
    }
}

/// Names of everything, but not a metric that is called total.
fn is_total_name(name: &str) -> bool {
    !name.is_empty() && is_total(name)
}

/// The name of a table without its folder: `pack.xlsx [KPIs]`.
fn file_name(name: &str) -> &str {
    let end = name.find(" [").unwrap_or(name.len());
    let start = name[..end].rfind(['/', '\\']).map_or(0, |at| at + 1);
    &name[start..]
}
