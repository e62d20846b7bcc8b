//! The sheets of assumptions and currencies, and the cells in which a value is.

use chrono::NaiveDate;
use headroom_analysis::{
    assumptions::{KINDS, kind},
    cost::{CompensationFigure, Component, Rates, Value},
};
use headroom_model::{
    Assumption, AssumptionId, AssumptionValue, Currency, Decimal6, ExchangeRate, ExchangeRateId, Money, Plan,
};
use headroom_tabular::xlsx::{NumberFormat, Sheet, XlsxCell, XlsxColumn};
use rustc_hash::FxHashMap;

use crate::ExportSource;

/// Where values are. Rows count from one; the first has the titles.
pub(crate) struct AssumptionCells<'a> {
    rates: Rates<'a>,
    assumption_rows: FxHashMap<AssumptionId, usize>,
    rate_rows: FxHashMap<ExchangeRateId, usize>,
    rows: Vec<&'a Assumption>,
}

/// Whether cost depends on an assumption.
fn is_cost(row: &Assumption) -> bool {
    let components = Component::ALL.into_iter().map(Component::kind);
    components.chain(["merit", "equipment-once", "recruiting"]).any(|kind| kind == row.kind)
}

/// The row of the default burden, which precedes all others.
const DEFAULT_ROW: usize = 2;

impl<'a> AssumptionCells<'a> {
    pub fn new(source: &ExportSource<'a>) -> Self {
        // The export of one team has only the assumptions that its cost depends on, since the others may contain
        // someone's pay.
        let needed = source.table.team.map(|_| source.costs.rests_on());
        let is_shown =
            |row: &&Assumption| is_cost(row) && needed.as_ref().is_none_or(|needed| needed.contains(&row.id));
        let mut rows: Vec<&Assumption> = source.plan.assumptions.iter().filter(is_shown).collect();
        let order = |row: &Assumption| KINDS.iter().position(|kind| kind.id == row.kind);
        source.plan.sort(&mut rows);
        rows.sort_by_key(|row| order(row));
        let assumption_rows =
            rows.iter().enumerate().map(|(at, row)| (row.id, at + DEFAULT_ROW + 1)).collect();
        let rate_rows = source
            .plan
            .in_order::<ExchangeRate>()
            .iter()
            .enumerate()
            .map(|(at, row)| (row.id, at + 3))
            .collect();
        Self { rates: Rates::new(source.plan), assumption_rows, rate_rows, rows }
    }

    /// The reference to the cell of an exchange rate, as `Currencies!$B$3`. None without a rate.
    pub fn rate(&self, currency: Currency, day: NaiveDate) -> Option<String> {
        let row = self.rates.on(currency, day)?.row;
        let row = row.map_or(Some(2), |row| self.rate_rows.get(&row).copied())?;
        Some(format!("Currencies!$B${row}"))
    }

    /// The exchange rate of a currency on a day; empty without one.
    pub fn rate_cell(&self, currency: Currency, day: NaiveDate) -> XlsxCell {
        let on = self.rates.on(currency, day).map(|on| on.rate.billionths() as f64 / 1e9);
        self.rate(currency, day)
            .zip(on)
            .map_or(XlsxCell::Empty, |(cell, on)| XlsxCell::formula(cell, NumberFormat::Plain, on))
    }

    /// An amount in minor units of the plan's currency; 0 without an exchange rate.
    pub fn convert(&self, amount: Money, day: NaiveDate) -> i64 {
        let on = self.rates.on(amount.currency, day);
        on.map_or(0, |on| self.rates.convert(amount, on.rate, Decimal6::ONE.millionths()))
    }

    /// `*Currencies!$B$3`; empty for the plan's own currency, `*0` without an exchange rate.
    pub fn times_rate(&self, currency: Currency, day: NaiveDate) -> String {
        match self.rate(currency, day) {
            _ if currency == self.rates.currency => String::new(),
            Some(cell) => format!("*{cell}"),
            None => "*0".to_owned(),
        }
    }

    pub fn value(&self, row: Option<AssumptionId>) -> String {
        let at = row.and_then(|row| self.assumption_rows.get(&row).copied()).unwrap_or(DEFAULT_ROW);
        format!("Assumptions!$D${at}")
    }

    /// The formula of a cost per year, or of a one-off cost. `basis` is what percentages refer to; `fte` and `people`
    /// are cells.
    pub fn amount(
        &self,
        figure: &CompensationFigure,
        basis: &str,
        fte: &str,
        people: &str,
        day: NaiveDate,
        decimals: u8,
    ) -> String {
        let value = self.value(figure.row);
        match figure.value {
            Value::Share(_, None) => format!("ROUND(({basis})*{value},{decimals})"),
            Value::Share(_, Some(cap)) => {
                if self.rate(cap.currency, day).is_none() {
                    return format!("ROUND(({basis})*{value},{decimals})");
                }
                let row = value.trim_start_matches("Assumptions!$D$");
                let times = self.times_rate(cap.currency, day);
                let cap = format!("ROUND(Assumptions!$F${row}{times}*{people},{decimals})");
                format!("ROUND(MIN({basis},{cap})*{value},{decimals})")
            }
            Value::Amount(amount) => {
                format!("ROUND({value}{}*{fte},{decimals})", self.times_rate(amount.currency, day))
            }
        }
    }

    pub fn sheets(&self, source: &ExportSource<'_>) -> [Sheet; 2] {
        [self.assumptions(source.plan), self.currencies(source.plan)]
    }

    fn assumptions(&self, plan: &Plan) -> Sheet {
        let columns = [
            ("Type", 22),
            ("Label", 22),
            ("Applies to", 30),
            ("Value", 14),
            ("Unit", 10),
            ("Annual cap", 14),
            ("Cap currency", 10),
            ("First day", 14),
            ("Last day", 14),
            ("Source", 50),
        ];
        let standard = kind("burden");
        let said = standard.and_then(|kind| kind.default?.parse::<AssumptionValue>().ok());
        let mut rows = vec![vec![
            XlsxCell::text(standard.map_or("", |kind| kind.title)),
            XlsxCell::Empty,
            XlsxCell::text("Default"),
            said.as_ref().map_or(XlsxCell::Empty, number),
            XlsxCell::text("share"),
            XlsxCell::Empty,
            XlsxCell::Empty,
            XlsxCell::Empty,
            XlsxCell::Empty,
            XlsxCell::text(standard.map_or("", |kind| kind.origin)),
        ]];
        rows.extend(self.rows.iter().map(|row| assumption(plan, row)));
        Sheet {
            name: "Assumptions".to_owned(),
            columns: columns.map(|(title, width)| XlsxColumn::new(title, width)).to_vec(),
            has_titles: true,
            fixed_rows: 1,
            fixed_columns: 0,
            rows,
        }
    }

    fn currencies(&self, plan: &Plan) -> Sheet {
        let own =
            vec![XlsxCell::text(self.rates.currency.code()), XlsxCell::Number(1.0, NumberFormat::Plain)];
        let rate = |row: &headroom_model::ExchangeRate| {
            vec![
                XlsxCell::text(row.currency.code()),
                XlsxCell::Number(row.rate.billionths() as f64 / 1e9, NumberFormat::Plain),
                XlsxCell::date(row.from),
                XlsxCell::text(&*row.origin),
            ]
        };
        Sheet {
            name: "Currencies".to_owned(),
            columns: vec![
                XlsxColumn::new("Currency", 10),
                XlsxColumn::new(format!("Rate to {}", self.rates.currency), 14),
                XlsxColumn::new("First day", 14),
                XlsxColumn::new("Source", 50),
            ],
            has_titles: true,
            fixed_rows: 1,
            fixed_columns: 0,
            rows: std::iter::once(own).chain(plan.in_order::<ExchangeRate>().into_iter().map(rate)).collect(),
        }
    }
}

fn assumption(plan: &Plan, row: &Assumption) -> Vec<XlsxCell> {
    let unit = match row.value {
        AssumptionValue::Amount(money) => money.currency.code().to_owned(),
        _ => "share".to_owned(),
    };
    vec![
        XlsxCell::text(kind(&row.kind).map_or(&*row.kind, |kind| kind.title)),
        XlsxCell::text(&*row.label),
        XlsxCell::text(for_whom(plan, row)),
        number(&row.value),
        XlsxCell::text(unit),
        row.cap.map_or(XlsxCell::Empty, money),
        row.cap.map_or(XlsxCell::Empty, |cap| XlsxCell::text(cap.currency.code())),
        XlsxCell::date(row.from),
        XlsxCell::date(row.until),
        XlsxCell::text(&*row.origin),
    ]
}

/// The scope of an assumption: `L4, Berlin, Payments`.
pub fn for_whom(plan: &Plan, row: &Assumption) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(row.person.map(|person| plan.name_of(person.into())));
    parts.extend(row.position.map(|position| plan.name_of(position.into())));
    let texts = [&row.level, &row.discipline, &row.location];
    parts.extend(texts.into_iter().filter(|text| !text.is_empty()).cloned());
    parts.extend(row.team.map(|team| plan.name_of(team.into())));
    if parts.is_empty() { "Everyone".to_owned() } else { parts.join(", ") }
}

fn number(value: &AssumptionValue) -> XlsxCell {
    match value {
        AssumptionValue::Amount(amount) => money(*amount),
        AssumptionValue::Share(share) => {
            XlsxCell::Number(share.millionths() as f64 / 1e6, NumberFormat::Percent)
        }
        AssumptionValue::Number(number) => XlsxCell::Number(number.as_f64(), NumberFormat::Plain),
        AssumptionValue::Curve(_) | AssumptionValue::DaysOff(_) => XlsxCell::text(value.to_string()),
    }
}

pub(crate) fn money(amount: Money) -> XlsxCell {
    let decimals = amount.currency.decimals() as u8;
    XlsxCell::Number(amount.minor as f64 / amount.currency.scale() as f64, NumberFormat::Decimals(decimals))
}
