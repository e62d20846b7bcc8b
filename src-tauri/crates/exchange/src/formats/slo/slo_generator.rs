//! slo-generator: `kind: ServiceLevelObjective` of `sre.google.com`.

use headroom_files::{Level, shortened};

use super::definition::{SloDefinition, SloTool, TargetNotation, kind_of, name_of, target};
use crate::catalog::field_reader::FieldReader;

const VERSION: &str = "sre.google.com/v2";

pub fn read(root: &FieldReader<'_>, found: &mut Vec<SloDefinition>) {
    let version = root.filled("apiVersion").unwrap_or_default();
    if version != VERSION {
        let message = format!("unknown version “{}” of slo-generator; skipped", shortened(&version));
        return root.say(Level::Error, "apiVersion", message, "use sre.google.com/v2");
    }
    match root.filled("kind").as_deref() {
        Some("ServiceLevelObjective") => found.extend(objective(root)),
        kind => {
            let kind = shortened(kind.unwrap_or_default());
            let message = format!("unknown kind “{kind}” of slo-generator; skipped");
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
