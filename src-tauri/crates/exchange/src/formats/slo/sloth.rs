//! Sloth: its own file (`version: prometheus/v1`) and its Kubernetes kind `PrometheusServiceLevel`.

use headroom_files::{Level, shortened};

use super::definition::{SloDefinition, SloTool, TargetNotation, kind_of, name_of, target};
use crate::catalog::field_reader::FieldReader;

const VERSION: &str = "prometheus/v1";
const KUBERNETES_VERSION: &str = "sloth.slok.dev/v1";

/// A document in Sloth's own form.
pub fn read_plain(root: &FieldReader<'_>, found: &mut Vec<SloDefinition>) {
    let version = root.filled("version").unwrap_or_default();
    if version != VERSION {
        let message = format!("unknown version “{}” of Sloth; skipped", shortened(&version));
        return root.say(Level::Error, "version", message, "use prometheus/v1");
    }
    slos(root, found);
}

/// A Kubernetes document. Windows of alerts are no SLO.
pub fn read_kubernetes(root: &FieldReader<'_>, found: &mut Vec<SloDefinition>) {
    let version = root.filled("apiVersion").unwrap_or_default();
    if version != KUBERNETES_VERSION {
        let message = format!("unknown version “{}” of Sloth; skipped", shortened(&version));
        return root.say(Level::Error, "apiVersion", message, "use sloth.slok.dev/v1");
    }
    match root.filled("kind").as_deref() {
        Some("PrometheusServiceLevel") => {
            if let Some(spec) = root.fields("spec") {
                slos(&spec, found);
            }
        }
        Some("AlertWindows") => {}
        kind => {
            let message = format!("unknown kind “{}” of Sloth; skipped", shortened(kind.unwrap_or_default()));
            root.say(Level::Warning, "kind", message, "use PrometheusServiceLevel");
        }
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
