//! Pyrra: the Kubernetes kind `ServiceLevelObjective` of `pyrra.dev`.

use headroom_files::Level;

use super::definition::{
    SloDefinition, SloKind, SloTool, TargetNotation, is_version, kind_of, metadata_and_spec, name_of, target,
    tell_unknown_kind, window,
};
use crate::catalog::field_reader::FieldReader;

const VERSION: &str = "pyrra.dev/v1alpha1";
const KIND: &str = "ServiceLevelObjective";
const INDICATORS: [&str; 4] = ["ratio", "latency", "latencyNative", "bool_gauge"];

/// Labels that name the service.
const SERVICE_LABELS: [&str; 2] = ["pyrra.dev/service", "service"];

pub fn read(root: &FieldReader<'_>, found: &mut Vec<SloDefinition>) {
    if !is_version(root, SloTool::Pyrra, "apiVersion", &[VERSION]) {
        return;
    }
    match root.filled("kind").as_deref() {
        Some(KIND) => found.extend(objective(root)),
        _ => tell_unknown_kind(root, SloTool::Pyrra, KIND),
    }
}

fn objective(root: &FieldReader<'_>) -> Option<SloDefinition> {
    let (metadata, spec) = metadata_and_spec(root)?;
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
