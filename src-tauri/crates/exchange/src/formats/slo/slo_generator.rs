//! slo-generator: `kind: ServiceLevelObjective` of `sre.google.com`, and its first version, which names no kind.

use headroom_files::Level;

use super::definition::{
    SloDefinition, SloTool, TargetNotation, is_version, kind_of, metadata_and_spec, name_of, target,
    tell_unknown_kind,
};
use crate::catalog::field_reader::FieldReader;

const VERSION: &str = "sre.google.com/v2";
const KIND: &str = "ServiceLevelObjective";

pub fn read(root: &FieldReader<'_>, found: &mut Vec<SloDefinition>) {
    if !is_version(root, SloTool::SloGenerator, "apiVersion", &[VERSION]) {
        return;
    }
    match root.filled("kind").as_deref() {
        Some(KIND) => found.extend(objective(root)),
        _ => tell_unknown_kind(root, SloTool::SloGenerator, KIND),
    }
}

/// A file of the first version: one SLO, with `service_name`, `feature_name`, `slo_name` and `slo_target` at its top. Its
/// name is the one that the tool gives it when it migrates the file.
pub fn read_first(root: &FieldReader<'_>, found: &mut Vec<SloDefinition>) {
    let parts =
        ["service_name", "feature_name", "slo_name"].map(|field| root.filled(field).unwrap_or_default());
    let name = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("-");
    if parts[2].is_empty() {
        let message = "SLO has no slo_name; skipped";
        return root.report.say(Level::Error, root.place.clone(), message, "add its slo_name");
    }
    let description = root.filled("slo_description").unwrap_or_default();
    let Some(target) = target(root, "slo_target", TargetNotation::Fraction) else { return };
    let backend = root.fields("backend");
    let method = backend.as_ref().and_then(|backend| backend.filled("method")).unwrap_or_default();
    let service = Some(parts[0].clone()).filter(|service| !service.is_empty());
    found.push(SloDefinition {
        place: root.place.clone(),
        tool: SloTool::SloGenerator,
        service,
        part: None,
        title: name.clone(),
        kind: kind_of(&[&parts[2], &name], &description, root.node("backend")),
        target,
        window: None,
        method,
        description,
        name,
    });
}

fn objective(root: &FieldReader<'_>) -> Option<SloDefinition> {
    let (metadata, spec) = metadata_and_spec(root)?;
    let name = name_of(&metadata, root.report)?;
    if !spec.has("goal") {
        let message = "SLO has no goal; skipped";
        root.report.say(Level::Error, spec.place.clone(), message, "add its goal as a fraction");
        return None;
    }
    let labels = metadata.fields("labels");
    let label = |name: &str| labels.as_ref().and_then(|labels| labels.filled(name));
    let description = spec.filled("description").unwrap_or_default();
    let short = label("slo_name").unwrap_or_default();
    Some(SloDefinition {
        place: root.place.clone(),
        tool: SloTool::SloGenerator,
        service: label("service_name"),
        part: None,
        title: name.clone(),
        kind: kind_of(&[&short, &name], &description, spec.node("service_level_indicator")),
        target: target(&spec, "goal", TargetNotation::Fraction)?,
        window: None,
        method: spec.filled("method").unwrap_or_default(),
        description,
        name,
    })
}
