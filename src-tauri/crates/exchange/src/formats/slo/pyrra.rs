//! Pyrra: the Kubernetes kind `ServiceLevelObjective` of `pyrra.dev`.

use headroom_files::{Level, shortened};

use super::definition::{SloDefinition, SloKind, SloTool, TargetNotation, kind_of, name_of, target, window};
use crate::catalog::field_reader::FieldReader;

const VERSION: &str = "pyrra.dev/v1alpha1";
const INDICATORS: [&str; 4] = ["ratio", "latency", "latencyNative", "bool_gauge"];

/// Labels that name the service.
const SERVICE_LABELS: [&str; 2] = ["pyrra.dev/service", "service"];

pub fn read(root: &FieldReader<'_>, found: &mut Vec<SloDefinition>) {
    let version = root.filled("apiVersion").unwrap_or_default();
    if version != VERSION {
        let message = format!("unknown version “{}” of Pyrra; skipped", shortened(&version));
        return root.say(Level::Error, "apiVersion", message, "use pyrra.dev/v1alpha1");
    }
    match root.filled("kind").as_deref() {
        Some("ServiceLevelObjective") => found.extend(objective(root)),
        kind => {
            let message = format!("unknown kind “{}” of Pyrra; skipped", shortened(kind.unwrap_or_default()));
            root.say(Level::Warning, "kind", message, "use ServiceLevelObjective");
        }
    }
}

fn objective(root: &FieldReader<'_>) -> Option<SloDefinition> {
    let (metadata, spec) = (root.fields("metadata"), root.fields("spec"));
    let (Some(metadata), Some(spec)) = (metadata, spec) else {
        let message = "SLO has no metadata or no spec; skipped";
        root.report.say(Level::Error, root.place.clone(), message, "add both");
        return None;
    };
    let name = name_of(&metadata, root.report)?;
    if !spec.has("target") {
        let message = "SLO has no target; skipped";
        root.report.say(Level::Error, spec.place.clone(), message, "add its target in percent");
        return None;
    }
    let labels = metadata.fields("labels");
    let service = labels.and_then(|labels| SERVICE_LABELS.iter().find_map(|label| labels.filled(label)));
    let description = spec.filled("description").unwrap_or_default();
    let indicator = spec.fields("indicator");
    let method = indicator.and_then(|indicator| INDICATORS.into_iter().find(|kind| indicator.has(kind)));
    let kind = match method {
        Some("latency" | "latencyNative") => SloKind::Latency,
        Some("bool_gauge") => SloKind::Availability,
        _ => kind_of(&[&name], &description, spec.node("indicator")),
    };
    Some(SloDefinition {
        place: root.place.clone(),
        tool: SloTool::Pyrra,
        service,
        part: None,
        title: name.clone(),
        kind,
        target: target(&spec, "target", TargetNotation::Percent)?,
        window: window(&spec, "window", false),
        method: method.unwrap_or_default().to_owned(),
        description,
        name,
    })
}
