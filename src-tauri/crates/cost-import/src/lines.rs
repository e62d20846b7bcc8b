//! The cost lines that a plan keeps of a bill.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;
use headroom_files::{
    Diagnostic, Level, Place, ReadError,
    records::{FieldStatement, Records, RowRecord},
};
use headroom_model::{ChargeClass, Currency, Kind, wording::count_of};

use crate::{
    bill::{Bill, LineKey, Sums},
    charge_day::BillMonth,
    exact_amount::ExactAmount,
    tags::{EMAIL, has_email},
    texts::TextId,
};

/// More lines than a plan should hold: labels that differ from row to row.
const MOST_LINES: usize = 200_000;

/// What a line of a plan is told apart by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct PlanLine {
    month: BillMonth,
    provider: Arc<str>,
    account: String,
    namespace: String,
    labels: Arc<str>,
    class: ChargeClass,
    currency: Currency,
}

/// The records of a bill.
///
/// # Errors
/// [`ReadError::Refused`] if its labels differ from row to row.
pub fn records(
    mut bill: Bill,
    files: &str,
    place: &Place,
    today: Option<NaiveDate>,
) -> Result<Records, ReadError> {
    if bill.lines.len() > MOST_LINES {
        return Err(ReadError::Refused(format!(
            "the bill has {} different sets of account, namespace and labels in a month; a plan holds {MOST_LINES}: \
             export it by team or service",
            bill.lines.len()
        )));
    }
    let lines = plan_lines(&bill);
    tell(&mut bill, &lines, place, today);
    let mut rows = Vec::with_capacity(lines.len());
    for (line, sums) in &lines {
        rows.extend(row(line, sums, files, place));
    }
    Ok(Records { rows, problems: bill.problems, ..Records::default() })
}

fn plan_lines(bill: &Bill) -> BTreeMap<PlanLine, Sums> {
    let mut lines: BTreeMap<PlanLine, Sums> = BTreeMap::new();
    for (key, sums) in &bill.lines {
        let line = lines.entry(plan_line(bill, key)).or_default();
        line.rows += sums.rows;
        line.billed += sums.billed;
        line.effective += sums.effective;
    }
    // Nothing is told by a line of nothing, unless it is all that there is of an account in a month.
    let is_nothing = |sums: &Sums| sums.billed == ExactAmount::ZERO && sums.effective == ExactAmount::ZERO;
    let mut kept: BTreeMap<PlanLine, Sums> = BTreeMap::new();
    let mut last: Option<(BillMonth, Arc<str>, String)> = None;
    let mut rest: Option<(PlanLine, Sums)> = None;
    for (line, sums) in lines {
        let scope = (line.month, line.provider.clone(), line.account.clone());
        if last.as_ref() != Some(&scope) {
            kept.extend(rest.take());
            last = Some(scope);
            rest = Some((line.clone(), sums));
        }
        if !is_nothing(&sums) {
            rest = None;
            kept.insert(line, sums);
        }
    }
    kept.extend(rest);
    kept
}

fn plan_line(bill: &Bill, key: &LineKey) -> PlanLine {
    let text = |id: TextId| bill.texts.text(id);
    let plain = |text: &str| if has_email(text) { EMAIL.to_owned() } else { text.to_owned() };
    let (id, name) = (text(key.account), text(key.account_name));
    let account = match (id.is_empty(), name.is_empty()) {
        (false, false) if id != name => format!("{} ({id})", plain(name)),
        (true, _) => plain(name),
        (false, _) => plain(id),
    };
    PlanLine {
        month: key.month,
        provider: text(key.provider).clone(),
        account,
        namespace: plain(text(key.namespace)),
        labels: text(key.labels).clone(),
        class: key.class,
        currency: key.currency,
    }
}

fn row(line: &PlanLine, sums: &Sums, files: &str, place: &Place) -> Option<RowRecord> {
    let text = |value: &str| FieldStatement::Value(value.into());
    let fields = vec![
        ("first", text(&line.month.first().to_string())),
        ("last", text(&line.month.last().to_string())),
        ("billed", text(&sums.billed.decimal()?.to_string())),
        ("effective", text(&sums.effective.decimal()?.to_string())),
        ("currency", text(line.currency.code())),
        ("class", text(line.class.word())),
        ("provider", text(&line.provider)),
        ("account", text(&line.account)),
        ("namespace", text(&line.namespace)),
        ("labels", text(&line.labels)),
        ("origin", text(files)),
    ];
    Some(RowRecord { kind: Kind::CostLine, place: place.clone(), fields })
}

fn tell(bill: &mut Bill, lines: &BTreeMap<PlanLine, Sums>, place: &Place, today: Option<NaiveDate>) {
    let mut note = |message: String, advice: &str| {
        bill.problems.push(Diagnostic::new(Level::Note, place.clone(), message, advice));
    };
    let rows = count_of(usize::try_from(bill.total.rows).unwrap_or(usize::MAX), "row");
    let title = bill.formats.join(", ");
    note(
        format!("{rows} of {title} add up to {}; the rows are not kept", count_of(lines.len(), "cost line")),
        "name further labels in cost rules to tell lines apart by them",
    );
    if bill.by_currency.len() > 1 {
        let codes: Vec<&str> = bill.by_currency.keys().map(Currency::code).collect();
        let message = format!("the bill is in {}; amounts are kept apart", codes.join(" and "));
        note(message, "add exchange rates, by which they are converted where they are shown together");
    }
    if bill.emails > 0 {
        let message =
            format!("e-mail addresses in labels of {} left out", count_of(bill.emails as usize, "row"));
        note(message, "label resources with a team instead");
    }
    if !bill.has_effective {
        let message = "the bill has no effective cost; it is taken to be what was billed".to_owned();
        note(message, "use FOCUS where purchases in advance matter");
    }
    let not_over = bill.by_month.keys().filter(|month| today.is_some_and(|today| month.last() >= today));
    let not_over: Vec<String> = not_over.map(ToString::to_string).collect();
    if !not_over.is_empty() {
        let message = format!("{} is not over; its cost counts once it is", not_over.join(", "));
        note(message, "import the month again when it is over, which replaces it");
    }
}
