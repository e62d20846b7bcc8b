//! Sloth: its own file (`version: prometheus/v1`) and its Kubernetes kind `PrometheusServiceLevel`.

use headroom_files::Level;

use super::definition::{
    SloDefinition, SloTool, TargetNotation, is_version, kind_of, name_of, target, tell_unknown_kind,
};
use crate::catalog::field_reader::FieldReader;

const VERSION: &str = "prometheus/v1";
const KUBERNETES_VERSION: &str = "sloth.slok.dev/v1";

/// A document in Sloth's own form.
pub fn read_plain(root: &FieldReader<'_>, found: &mut Vec<SloDefinition>) {
    if is_version(root, SloTool::Sloth, "version", &[VERSION]) {
        slos(root, found);
    }
}

/// A Kubernetes document. Windows of alerts are no SLO.
pub fn read_kubernetes(root: &FieldReader<'_>, found: &mut Vec<SloDefinition>) {
    if !is_version(root, SloTool::Sloth, "apiVersion", &[KUBERNETES_VERSION]) {
        return;
    }
    match root.filled("kind").as_deref() {
        Some("PrometheusServiceLevel") => {
            if let Some(spec) = root.fields("spec") {
                slos(&spec, found);
            }
        }
        Some("AlertWindows") => {}
        _ => tell_unknown_kind(root, SloTool::Sloth, "PrometheusServiceLevel"),
    }
}

fn slos(fields: &FieldReader<'_>, found: &mut Vec<SloDefinition>) {
    let service = fields.filled("service");
    found.extend(fields.each("slos").iter().filter_map(|slo| objective(slo, service.clone())));
}

fn objective(slo: &FieldReader<'_>, service: Option<String>) -> Option<SloDefinition> {
    let name = name_of(slo, slo.report)?;
    if !slo.has("objective") {
        let message = "SLO has no objective; skipped";
        slo.report.say(Level::Error, slo.place.clone(), message, "add its objective in percent");
        return None;
    }
    let description = slo.filled("description").unwrap_or_default();
    Some(SloDefinition {
        place: slo.place.clone(),
        tool: SloTool::Sloth,
        service,
        part: None,
        title: name.clone(),
        kind: kind_of(&[&name], &description, slo.node("sli")),
        target: target(slo, "objective", TargetNotation::Percent)?,
        window: None,
        // It counts good and bad events.
        method: "events".to_owned(),
        description,
        name,
    })
}
