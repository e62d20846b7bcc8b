//! OpenSLO: `kind: SLO` and `kind: Service`.

use headroom_files::{Level, records::ServiceRecord};
use headroom_model::{ExactDecimal, ObjectiveWindow, fields::slug};

use super::definition::{
    SloDefinition, SloKind, SloTool, TargetNotation, counted_window, is_version, kind_of, metadata_and_spec,
    name_of, target, tell_unknown_kind, window,
};
use crate::catalog::field_reader::FieldReader;

/// Kinds that say nothing of what is asked for.
const OTHER_KINDS: [&str; 6] =
    ["SLI", "DataSource", "AlertPolicy", "AlertCondition", "AlertNotificationTarget", "Objective"];

const VERSIONS: [&str; 3] = ["openslo/v1", "openslo/v1alpha", "openslo.com/v2alpha"];

/// What a document states: a service, or the objectives of an SLO.
pub fn read(root: &FieldReader<'_>, services: &mut Vec<ServiceRecord>, found: &mut Vec<SloDefinition>) {
    if !is_version(root, SloTool::OpenSlo, "apiVersion", &VERSIONS) {
        return;
    }
    match root.filled("kind").as_deref() {
        Some("SLO") => found.extend(slo(root).into_iter().flatten()),
        Some("Service") => services.extend(service(root)),
        Some(kind) if OTHER_KINDS.contains(&kind) => {}
        _ => tell_unknown_kind(root, SloTool::OpenSlo, "SLO or Service"),
    }
}

fn service(root: &FieldReader<'_>) -> Option<ServiceRecord> {
    let metadata = root.fields("metadata")?;
    let Some(key) = metadata.filled("name") else {
        let message = "service has no name; skipped";
        metadata.report.say(Level::Error, metadata.place.clone(), message, "add a name");
        return None;
    };
    let description = root.fields("spec").and_then(|spec| spec.text("description"));
    let name = metadata.filled("displayName");
    Some(ServiceRecord { place: root.place.clone(), key, name, description, ..ServiceRecord::default() })
}

/// The objectives of an SLO; none if it lacks what they need.
fn slo(root: &FieldReader<'_>) -> Option<Vec<SloDefinition>> {
    let (metadata, spec) = metadata_and_spec(root)?;
    let name = name_of(&metadata, root.report)?;
    let slo = OpenSlo {
        service: spec.filled("service").or_else(|| spec.filled("serviceRef")),
        title: metadata.filled("displayName").unwrap_or_else(|| name.clone()),
        name,
        window: time_window(&spec),
        method: spec.filled("budgetingMethod").unwrap_or_default(),
        description: spec.filled("description").unwrap_or_default(),
    };
    let objectives = spec.each("objectives");
    if objectives.is_empty() {
        let message = "SLO has no objectives; skipped";
        root.report.say(Level::Warning, spec.place.clone(), message, "add a target under objectives");
    }
    let each = objectives.iter().enumerate();
    Some(each.filter_map(|(at, fields)| slo.objective(&spec, fields, at, objectives.len())).collect())
}

/// What all objectives of an SLO have.
struct OpenSlo {
    service: Option<String>,
    name: String,
    title: String,
    window: Option<ObjectiveWindow>,
    method: String,
    description: String,
}

impl OpenSlo {
    fn objective(
        &self,
        spec: &FieldReader<'_>,
        fields: &FieldReader<'_>,
        at: usize,
        objectives: usize,
    ) -> Option<SloDefinition> {
        let own = fields.filled("displayName");
        let title = match &own {
            Some(own) if objectives > 1 => format!("{}: {own}", self.title),
            _ => self.title.clone(),
        };
        let part = own.as_deref().map(slug).filter(|part| !part.is_empty());
        Some(SloDefinition {
            place: fields.place.clone(),
            tool: SloTool::OpenSlo,
            service: self.service.clone(),
            name: self.name.clone(),
            // The first one keeps its key if another is added.
            part: (at > 0).then(|| part.unwrap_or_else(|| (at + 1).to_string())),
            kind: self.kind(spec, fields, own.as_deref().unwrap_or_default()),
            title,
            target: target_of(fields)?,
            window: self.window,
            method: self.method.clone(),
            description: self.description.clone(),
        })
    }

    fn kind(&self, spec: &FieldReader<'_>, fields: &FieldReader<'_>, own: &str) -> SloKind {
        let indicator = ["indicator", "sli"].into_iter().find_map(|name| spec.node(name));
        let indicator = indicator.or_else(|| fields.node("ratioMetrics"));
        kind_of(&[&self.name, &self.title, own], &self.description, indicator)
    }
}

fn target_of(fields: &FieldReader<'_>) -> Option<ExactDecimal> {
    if fields.has("targetPercent") && !fields.has("target") {
        return target(fields, "targetPercent", TargetNotation::Percent);
    }
    // v1alpha.
    let name = if fields.has("target") { "target" } else { "budgetTarget" };
    if !fields.has(name) {
        let message = "objective has no target; skipped";
        fields.report.say(Level::Error, fields.place.clone(), message, "add target or targetPercent");
        return None;
    }
    target(fields, name, TargetNotation::Fraction)
}

/// The window of an SLO, of which there should be one.
fn time_window(spec: &FieldReader<'_>) -> Option<ObjectiveWindow> {
    let name = ["timeWindow", "timeWindows"].into_iter().find(|name| spec.has(name))?;
    let windows = spec.each(name);
    let fields = windows.first()?;
    if windows.len() > 1 {
        spec.say(Level::Warning, name, "several windows; the first one was used", "keep one");
    }
    let is_calendar = !fields.flag("isRolling");
    if fields.has("duration") {
        return window(fields, "duration", is_calendar);
    }
    if !fields.has("count") {
        let message = "window has no duration; none imported";
        fields.report.say(Level::Warning, fields.place.clone(), message, "add its duration, e.g. 30d");
    }
    counted_window(fields, is_calendar)
}
