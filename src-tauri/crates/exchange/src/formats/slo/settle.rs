//! Makes rows of what all files say: the same SLO once, different ones apart.

use headroom_files::{
    Diagnostic, Level, Place,
    records::{FieldStatement, KeyRef, Records, RowRecord},
};
use headroom_model::{ExactDecimal, Kind, built_in_metric};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;

use super::definition::{SloDefinition, SloKind, SloTool};

/// Adds the objectives, and the metrics that they are about.
pub fn settle(records: &mut Records, mut found: Vec<SloDefinition>) {
    find_services(records, &mut found);
    let found = joined_by_name(found, &mut records.problems);
    let found = joined_across_tools(found, &mut records.problems);
    tell_missing_windows(&found, &mut records.problems);
    let mut metrics: FxHashSet<String> = FxHashSet::default();
    for slo in &found {
        if metrics.insert(slo.metric()) {
            records.rows.push(slo.metric_row());
        }
    }
    records.rows.extend(found.iter().map(KeyedSlo::objective_row));
}

/// An objective with its key.
struct KeyedSlo {
    key: String,
    said: SloDefinition,
}

/// Names the services of SLOs whose files do not, if another file names one that they are called after.
fn find_services(records: &Records, found: &mut [SloDefinition]) {
    let mut known: FxHashSet<String> = records.services.iter().map(|row| row.key.clone()).collect();
    known.extend(found.iter().filter_map(|slo| slo.service.clone()));
    for slo in found.iter_mut().filter(|slo| slo.service.is_none()) {
        slo.service = called_after(&slo.name).into_iter().find(|name| known.contains(name));
    }
}

/// The services that an SLO may be of by its name: `till-api-latency` is of `till-api-latency`, `till-api` or `till`.
fn called_after(name: &str) -> Vec<String> {
    let ends = name.char_indices().rev().filter(|(_, letter)| matches!(letter, '-' | '_' | '.'));
    std::iter::once(name).chain(ends.map(|(at, _)| &name[..at])).map(str::to_owned).collect()
}

/// One of SLOs with the same name and target; another target is another SLO.
fn joined_by_name(found: Vec<SloDefinition>, problems: &mut Vec<Diagnostic>) -> Vec<KeyedSlo> {
    let mut joined: Vec<KeyedSlo> = Vec::new();
    let mut named: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for slo in found {
        let key = slo.own_key();
        let others = named.entry(key.clone()).or_default();
        let same = others.iter().copied().find(|at| joined[*at].said.target == slo.target);
        if let Some(same) = same {
            joined[same].join(slo, problems);
            continue;
        }
        let key = match others.first() {
            None => key,
            Some(first) => {
                let first = &joined[*first].said;
                let message = format!(
                    "“{key}” is {} here and {} at {}; both are kept",
                    percent(slo.target),
                    percent(first.target),
                    first.place.beside(&slo.place)
                );
                problems.push(warning(&slo.place, message, "give each SLO a name of its own, or one target"));
                format!("{key}/{}", percent(slo.target).trim_end_matches(" %"))
            }
        };
        others.push(joined.len());
        joined.push(KeyedSlo { key, said: slo });
    }
    joined
}

/// What an SLO is about: service, kind and target.
type SloMatter = (String, SloKind, ExactDecimal);

/// One of SLOs of several tools for the same service, of the same kind and with the same target, if each tool has
/// one of them: otherwise nobody could say which is which.
fn joined_across_tools(found: Vec<KeyedSlo>, problems: &mut Vec<Diagnostic>) -> Vec<KeyedSlo> {
    let mut by_matter: FxHashMap<SloMatter, Vec<SloTool>> = FxHashMap::default();
    for slo in &found {
        if let Some(matter) = slo.matter() {
            by_matter.entry(matter).or_default().push(slo.said.tool);
        }
    }
    let is_clear = |tools: &[SloTool]| {
        let apart: FxHashSet<SloTool> = tools.iter().copied().collect();
        apart.len() > 1 && apart.len() == tools.len()
    };
    let mut kept: Vec<KeyedSlo> = Vec::new();
    let mut at: FxHashMap<SloMatter, usize> = FxHashMap::default();
    for slo in found {
        let matter = slo.matter().filter(|matter| by_matter.get(matter).is_some_and(|tools| is_clear(tools)));
        match matter.as_ref().and_then(|matter| at.get(matter)) {
            Some(first) => kept[*first].join(slo.said, problems),
            None => {
                at.extend(matter.map(|matter| (matter, kept.len())));
                kept.push(slo);
            }
        }
    }
    tell_differing_targets(&kept, problems);
    kept
}

/// Reports SLOs of two tools about the same thing with different targets.
fn tell_differing_targets(found: &[KeyedSlo], problems: &mut Vec<Diagnostic>) {
    let mut first: FxHashMap<(&str, SloKind), &SloDefinition> = FxHashMap::default();
    for slo in found {
        let said = &slo.said;
        let Some(service) = said.service.as_deref().filter(|_| said.kind != SloKind::Other) else {
            continue;
        };
        let other = *first.entry((service, said.kind)).or_insert(said);
        if other.tool != said.tool && other.target != said.target {
            let message = format!(
                "{} has {} for “{service}”, {} {} at {}; both are kept, and the stricter one counts",
                said.tool.title(),
                percent(said.target),
                other.tool.title(),
                percent(other.target),
                other.place.beside(&said.place)
            );
            problems.push(warning(&said.place, message, "use the same target in both"));
        }
    }
}

/// Says once for each tool that its files have no window.
fn tell_missing_windows(found: &[KeyedSlo], problems: &mut Vec<Diagnostic>) {
    for tool in [SloTool::Sloth, SloTool::SloGenerator] {
        let mut without = found.iter().map(|slo| &slo.said);
        let is_it = |said: &&SloDefinition| said.tool == tool && said.window.is_none();
        if let Some(said) = without.find(is_it) {
            let message =
                format!("files of {} do not say the window of their SLOs; none imported", tool.title());
            let advice = "set the window of these objectives, e.g. 30d; a later import leaves it alone";
            problems.push(Diagnostic::new(Level::Note, said.place.clone(), message, advice));
        }
    }
}

fn warning(place: &Place, message: String, advice: &str) -> Diagnostic {
    Diagnostic::new(Level::Warning, place.clone(), message, advice)
}

/// `99.9 %`.
fn percent(target: ExactDecimal) -> String {
    format!("{} %", target.times_hundred())
}

impl SloDefinition {
    /// `till/availability`; a part of it has its own name behind.
    fn own_key(&self) -> String {
        let service = self.service.iter().map(String::as_str);
        let part = self.part.iter().map(String::as_str);
        service.chain([self.name.as_str()]).chain(part).collect::<Vec<_>>().join("/")
    }
}

impl KeyedSlo {
    fn matter(&self) -> Option<SloMatter> {
        let said = &self.said;
        let service = said.service.clone().filter(|_| said.kind != SloKind::Other)?;
        Some((service, said.kind, said.target))
    }

    /// Takes what another file says of the same SLO.
    fn join(&mut self, other: SloDefinition, problems: &mut Vec<Diagnostic>) {
        let said = &mut self.said;
        let at = said.place.beside(&other.place);
        match (said.window, other.window) {
            (Some(own), Some(others)) if own.minutes() != others.minutes() => {
                let (others, own) = (others.in_words(), own.in_words());
                let message =
                    format!("the same SLO as at {at}, over {others} here and {own} there; {own} imported");
                problems.push(warning(&other.place, message, "use the same window in both"));
            }
            _ if said.tool != other.tool => {
                let message = format!("the same SLO as at {at}, imported once");
                problems.push(Diagnostic::new(Level::Note, other.place.clone(), message, "no action needed"));
            }
            _ => {}
        }
        said.window = said.window.or(other.window);
        if said.method.is_empty() {
            said.method = other.method;
        }
        if said.description.is_empty() {
            said.description = other.description;
        }
    }

    /// All SLOs of availability are about one metric. Others are told apart by their names: latency under a second
    /// is not latency under ten.
    fn metric(&self) -> String {
        let kind = match self.said.kind {
            SloKind::Availability => return built_in_metric::AVAILABILITY.to_owned(),
            SloKind::Latency => "latency",
            SloKind::Other => "slo",
        };
        let part = self.said.part.iter().map(String::as_str);
        [kind, self.said.name.as_str()].into_iter().chain(part).collect::<Vec<_>>().join("/")
    }

    fn metric_row(&self) -> RowRecord {
        let name = match self.said.kind {
            SloKind::Availability => "Availability",
            _ => &self.said.name,
        };
        let fields = [
            ("key", self.metric().as_str()),
            ("name", name),
            ("unit", "share"),
            ("kind", "ratio"),
            ("better", "up"),
        ]
        .map(|(field, value)| (field, FieldStatement::Value(value.into())));
        RowRecord { kind: Kind::Metric, place: self.said.place.clone(), fields: fields.to_vec() }
    }

    fn objective_row(&self) -> RowRecord {
        let said = &self.said;
        let text = |text: &str| FieldStatement::Value(text.into());
        let mut fields = vec![
            ("key", text(&self.key)),
            ("metric", FieldStatement::Reference(KeyRef { kind: Some(Kind::Metric), key: self.metric() })),
            ("op", text(">=")),
            ("value", FieldStatement::Value(Value::String(said.target.to_string()))),
            ("name", text(&said.title)),
            ("service", self.service()),
            ("method", text(&said.method)),
        ];
        // What the files do not say may have been set by hand.
        fields.extend(said.window.map(|window| ("window", text(&window.to_string()))));
        if !said.description.is_empty() {
            fields.push(("origin", text(&said.description)));
        }
        RowRecord { kind: Kind::Objective, place: said.place.clone(), fields }
    }

    fn service(&self) -> FieldStatement {
        let service = |key| KeyRef { kind: Some(Kind::Service), key };
        match &self.said.service {
            Some(key) => FieldStatement::Reference(service(key.clone())),
            None => {
                FieldStatement::FirstKnown(called_after(&self.said.name).into_iter().map(service).collect())
            }
        }
    }
}
