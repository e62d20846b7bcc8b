//! Redaction: a copy of a plan without any amount of money, for those who must not see salaries.
//!
//! Amounts are removed; rates and dates remain. Which fields hold an amount follows from the type of each field, so
//! that a new field needs nothing here: text becomes `[removed]`, a field that takes no text is cleared, and an
//! assumption whose value is an amount is left out, so that its default applies. Figures of metrics of money
//! (`money_metrics.rs`) and objectives that ask for them are left out, too (`figures.rs`): amounts, and the ratios from
//! which an amount follows with another, unless these are to be kept.
//!
//! In text (`text.rs`) every number is tried in all readings: digits and separators (`number.rs`), multiples such as
//! `k` (`multiple.rs`), currencies (`currency.rs`). It is removed if one of them is an amount of the plan or of its
//! history (`amounts.rs`), or if a currency or a pay keyword (`pay_keywords.rs`) stands next to it. Keys that had an
//! amount in them stay unique (`keys.rs`); numbers beside the name of a metric of money go, too (`figure_texts.rs`); JSON of other tools is searched field by field (`json.rs`).
//! `corpus_tests.rs` tries random amounts in all notations.

mod amounts;
#[cfg(test)]
mod corpus_tests;
mod currency;
mod figure_texts;
mod figures;
mod json;
mod keys;
mod money_metrics;
mod multiple;
mod number;
mod pay_keywords;
mod text;

use headroom_model::{
    ApplyError, Assumption, AssumptionValue, Change, Edit, EntityRef, EntityTable, Kind, MetricId,
    MetricValue, Money, Objective, ObjectiveId, Observation, Plan, Position, Table, each_table,
};
use rustc_hash::FxHashMap;
use serde::Serialize;
use serde_json::Value;

use figure_texts::FigureTexts;
use figures::MoneyFigures;
use json::Leaves;
use keys::CopyKeys;

pub use amounts::Amounts;
pub use figures::{KeptRatio, RatiosOfMoney};
pub use text::{REMOVED, without_amounts};

impl RatiosOfMoney {
    /// Label of the only journal entry of a copy.
    pub fn label(self) -> &'static str {
        match self {
            RatiosOfMoney::Removed => "Redacted copy: no amounts of money, no ratios of them, no history",
            RatiosOfMoney::Kept => "Redacted copy: no amounts of money, no history; ratios of money are kept",
        }
    }
}

/// How an amount was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// The field is empty now.
    Emptied,
    /// The amount was replaced within a text.
    Text,
    /// The entity was left out.
    Whole,
    /// It was left out since it is a ratio of amounts, or asks for one.
    Ratio,
    /// A position or a bet no longer waits for objectives that were left out.
    NoLongerAwaited,
}

impl How {
    pub fn words(self) -> &'static str {
        match self {
            How::Emptied => "cleared",
            How::Text => "replaced in text",
            How::Whole => "row removed",
            How::Ratio => "ratio of money, row removed",
            How::NoLongerAwaited => "no longer waited for",
        }
    }
}

/// What was removed from one field of one entity. Holds no amount itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Removed {
    pub subject: EntityRef,
    /// The name of the entity in the copy.
    pub name: String,
    /// `pay`, `description`, `seats.annual_cost`, `extra.backstage`.
    pub field: String,
    pub how: How,
    /// The number of amounts removed; of ratios, or of objectives, where these were.
    pub count: usize,
}

impl Removed {
    /// How many amounts of money it is.
    pub fn amounts(&self) -> usize {
        if matches!(self.how, How::Ratio | How::NoLongerAwaited) { 0 } else { self.count }
    }

    /// How many ratios of money it is.
    pub fn ratios(&self) -> usize {
        if self.how == How::Ratio { self.count } else { 0 }
    }
}

/// A redacted plan.
#[derive(Debug, Clone)]
pub struct Redaction {
    pub plan: Plan,
    /// The changes that make it from an empty plan.
    pub changes: Vec<Change>,
    /// By kind, name and key of the entity.
    pub removed: Vec<Removed>,
    /// The ratios of money that it has on purpose, by name.
    pub kept: Vec<KeptRatio>,
    pub ratios: RatiosOfMoney,
}

/// The plan without its amounts, without `former` amounts that texts may still name, and without ratios of money or
/// with them.
///
/// # Errors
/// [`ApplyError`] if the result is not a valid plan.
pub fn redacted(
    plan: &Plan,
    former: impl IntoIterator<Item = Money>,
    ratios: RatiosOfMoney,
) -> Result<Redaction, ApplyError> {
    let amounts = Amounts::new(former.into_iter().chain(amounts_in(plan)));
    let figures = MoneyFigures::new(plan, ratios);
    let kept = figures.kept(plan, ratios);
    let mut work = Work {
        plan,
        amounts,
        changes: Vec::new(),
        removed: Vec::new(),
        takes_text: FxHashMap::default(),
        keys: CopyKeys::default(),
        figures,
    };
    each_table!(plan, table => work.table(table));
    let copy = Plan::default().after(&work.changes)?;
    for line in &mut work.removed {
        if !matches!(line.how, How::Whole | How::Ratio) {
            line.name = copy.name_of(line.subject);
        }
    }
    // Stable: the fields of an entity stay in their order.
    let place = |line: &Removed| (line.subject.kind, line.name.clone(), copy.key_of(line.subject).to_owned());
    work.removed.sort_by_cached_key(place);
    Ok(Redaction { plan: copy, changes: work.changes, removed: work.removed, kept, ratios })
}

/// Every amount in a plan.
pub fn amounts_in(plan: &Plan) -> Vec<Money> {
    let mut found = Vec::new();
    each_table!(plan, table => collect(table, &mut found));
    found.extend(figures::amounts(plan));
    found
}

/// The amount that a whole text is: in the notation of a plan, or with an unambiguous currency code. `Day 1` is none.
fn amount(leaf: &str) -> Option<Money> {
    let money = leaf.parse().ok().or_else(|| leaf.parse().ok().and_then(MetricValue::amount))?;
    let is_written_so = leaf == money.to_string();
    (is_written_so || text::is_code(&money.currency.to_string())).then_some(money)
}

fn collect<T: EntityTable>(table: &Table<T>, found: &mut Vec<Money>) {
    for row in table {
        let Ok(value) = serde_json::to_value(row) else { continue };
        Leaves::new(&value).visit(&mut |_, leaf| found.extend(amount(leaf)));
    }
}

struct Work<'p> {
    plan: &'p Plan,
    amounts: Amounts,
    changes: Vec<Change>,
    removed: Vec<Removed>,
    /// Whether a field takes any text, or only dates, rates or words from a list.
    takes_text: FxHashMap<(Kind, String), bool>,
    keys: CopyKeys,
    figures: MoneyFigures,
}

impl Work<'_> {
    fn table<T: EntityTable>(&mut self, table: &Table<T>)
    where
        Change: From<Edit<T>>,
    {
        // What was changed in a scenario is history, which a copy does not have.
        if T::KIND == Kind::Scenario {
            return;
        }
        for row in table {
            if let Some(row) = self.row(row) {
                self.changes.push(Edit::new(row.id().into(), None, Some(row)).into());
            }
        }
    }

    /// The entity without amounts; none if it is left out.
    fn row<T: EntityTable>(&mut self, row: &T) -> Option<T> {
        let subject = EntityRef { kind: T::KIND, id: row.id().into() };
        // What cannot be serialised cannot be kept either.
        let value = serde_json::to_value(row).ok()?;
        // An invalid assumption has no effect, and a new plan refuses it.
        if T::KIND == Kind::Assumption && row.check().is_err() {
            return None;
        }
        if T::KIND == Kind::Assumption && self.is_amount(&value) {
            let name = self.assumption_name(&value);
            self.leave_out(subject, name, How::Whole);
            return None;
        }
        if let Some(how) = self.figures.left_out.get(&subject).copied() {
            let name = self.metric_name(subject);
            self.leave_out(subject, name, how);
            return None;
        }
        let without =
            self.without_objectives(subject, &value).or_else(|| self.without_criteria(subject, &value));
        let (row, value) = match without {
            Some(value) => (&serde_json::from_value::<T>(value.clone()).ok()?, value),
            None => (row, value),
        };
        let redacted = self.fields::<T>(subject, value.clone()).unwrap_or_else(|| row.clone());
        Some(self.with_keys(row, &value, redacted))
    }

    fn leave_out(&mut self, subject: EntityRef, name: String, how: How) {
        self.removed.push(Removed { subject, name, field: "value".to_owned(), how, count: 1 });
    }

    /// The metric of an observation or objective, which name their figures themselves; of a cost line its name.
    fn metric_name(&self, subject: EntityRef) -> String {
        if subject.kind == Kind::CostLine {
            return self.plan.name_of(subject);
        }
        let metric: Option<MetricId> = match subject.kind {
            Kind::Observation => self.plan.get::<Observation>(subject.id.into()).map(|row| row.metric),
            _ => self.plan.get::<Objective>(ObjectiveId::from(subject.id)).map(|row| row.metric),
        };
        let name = metric.map(|metric| self.plan.name_of(metric.into())).unwrap_or_default();
        self.without(&name).map_or(name, |(text, _)| text)
    }

    fn without(&self, text: &str) -> Option<(String, usize)> {
        text::without(text, &self.amounts, &self.figures.texts)
    }

    /// The row without the objectives that are left out; none if it waits for none of them. Why its gate was waived is
    /// about them.
    fn without_objectives(&mut self, subject: EntityRef, value: &Value) -> Option<Value> {
        let waits_for = value.get("waits_for").filter(|_| subject.kind == Kind::Position)?.as_array()?;
        let stays = |id: &&Value| {
            let id = id.as_u64().unwrap_or_default();
            !self.figures.left_out.contains_key(&EntityRef { kind: Kind::Objective, id })
        };
        let left: Vec<Value> = waits_for.iter().filter(stays).cloned().collect();
        let count = waits_for.len() - left.len();
        if count == 0 {
            return None;
        }
        let mut row: Position = serde_json::from_value(value.clone()).ok()?;
        if left.is_empty() {
            row = row.without_gate();
        } else if row.waived_why.contains(number::is_digit) {
            REMOVED.clone_into(&mut row.waived_why);
        }
        let mut value = serde_json::to_value(row).ok()?;
        if !left.is_empty() {
            value["waits_for"] = left.into();
        }
        let (name, field) = (String::new(), "waits_for".to_owned());
        self.removed.push(Removed { subject, name, field, how: How::NoLongerAwaited, count });
        Some(value)
    }

    /// A bet without the objectives that are left out; none if it has none of them. Its first terms are about them.
    fn without_criteria(&mut self, subject: EntityRef, value: &Value) -> Option<Value> {
        let objectives = value.get("objectives").filter(|_| subject.kind == Kind::Bet)?.as_array()?;
        let stays = |id: &&Value| {
            let id = id.as_u64().unwrap_or_default();
            !self.figures.left_out.contains_key(&EntityRef { kind: Kind::Objective, id })
        };
        let left: Vec<Value> = objectives.iter().filter(stays).cloned().collect();
        let count = objectives.len() - left.len();
        if count == 0 {
            return None;
        }
        let mut value = value.clone();
        value["objectives"] = left.into();
        if value["first_terms"].as_str().is_some_and(|terms| !terms.is_empty()) {
            value["first_terms"] = REMOVED.into();
        }
        let (name, field) = (String::new(), "objectives".to_owned());
        self.removed.push(Removed { subject, name, field, how: How::NoLongerAwaited, count });
        Some(value)
    }

    fn is_amount(&self, assumption: &Value) -> bool {
        let value = assumption.get("value").and_then(Value::as_str).unwrap_or_default();
        matches!(value.parse(), Ok(AssumptionValue::Amount(_)))
    }

    fn assumption_name(&self, value: &Value) -> String {
        let row: Assumption = serde_json::from_value(value.clone()).unwrap_or_default();
        let name = if row.label.is_empty() { row.kind } else { format!("{} ({})", row.kind, row.label) };
        self.without(&name).map_or(name, |(text, _)| text)
    }

    /// The entity with amounts removed from its fields; none if there were none.
    fn fields<T: EntityTable>(&mut self, subject: EntityRef, mut value: Value) -> Option<T> {
        let mut hits = Vec::new();
        Leaves::new(&value).visit(&mut |path, leaf| hits.extend(self.hit(subject.kind, path, leaf)));
        let before = self.removed.len();
        for hit in hits {
            let field = json::field_of(&hit.path);
            let known = self.takes_text.get(&(T::KIND, field.clone())).copied();
            let takes_text = known.unwrap_or_else(|| {
                let mut tried = value.clone();
                json::put(&mut tried, &hit.path, Some(REMOVED.to_owned()));
                serde_json::from_value::<T>(tried).is_ok()
            });
            self.takes_text.insert((T::KIND, field.clone()), takes_text);
            let how = match (takes_text, hit.is_amount) {
                (true, _) => How::Text,
                (false, true) => How::Emptied,
                // A date or rate that looks like an amount.
                (false, false) => continue,
            };
            json::put(&mut value, &hit.path, takes_text.then_some(hit.text));
            self.note(subject, field, how, hit.count, before);
        }
        if self.removed.len() == before { None } else { serde_json::from_value(value).ok() }
    }

    fn note(&mut self, subject: EntityRef, field: String, how: How, count: usize, from: usize) {
        match self.removed[from..].iter_mut().find(|line| line.field == field && line.how == how) {
            Some(line) => line.count += count,
            None => self.removed.push(Removed { subject, name: String::new(), field, how, count }),
        }
    }

    fn hit(&self, kind: Kind, path: &[json::LeafStep], leaf: &str) -> Option<Hit> {
        let is_amount = amount(leaf).is_some();
        let (text, count) = match json::is_extra(path) {
            true => json::without(leaf, &self.amounts, &self.figures.texts)?,
            false if is_amount => (REMOVED.to_owned(), 1),
            // Nobody writes a setting: which column is which metric is no figure of it.
            false if kind == Kind::Setting => text::without(leaf, &self.amounts, FigureTexts::none())?,
            false => self.without(leaf)?,
        };
        Some(Hit { path: path.to_vec(), text, count, is_amount })
    }

    /// Keeps keys distinct that differed only by an amount, and updates references by key.
    fn with_keys<T: EntityTable>(&mut self, before: &T, value: &Value, left: T) -> T {
        let own = before
            .key()
            .zip(left.key())
            .map(|(key, rest)| self.keys.own((T::KIND, left.key_space()), (key, rest)));
        if T::KIND != Kind::Approval && own.as_deref() == left.key() {
            return left;
        }
        let Ok(mut put) = serde_json::to_value(&left) else { return left };
        match own {
            Some(own) => put["key"] = own.into(),
            None => self.keys.follow_in_positions(value, &mut put),
        }
        serde_json::from_value(put).unwrap_or(left)
    }
}

struct Hit {
    path: Vec<json::LeafStep>,
    text: String,
    count: usize,
    is_amount: bool,
}
