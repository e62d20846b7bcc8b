//! Puts every type of value into every field of every YAML format: none may be dropped without a diagnostic.

use std::{collections::BTreeMap, fmt::Write};

use headroom_files::{Diagnostic, Level, records::Records};
use serde_json::{Value, json};

use crate::{ReadOptions, format};

/// The values put in place of others, each with the text that must be found again if nothing is reported.
fn strangers() -> [(Value, &'static str); 7] {
    [
        (json!("MARKED"), "MARKED"),
        (json!(424_242), "424242"),
        (json!(true), "true"),
        (json!(["MARKED"]), "MARKED"),
        (json!(["MARKED", {"MARKED": "MARKED"}, ["MARKED"]]), "MARKED"),
        (json!({"MARKED": "MARKED"}), "MARKED"),
        (Value::Null, ""),
    ]
}

/// First and last line of each value, by its JSON pointer.
type Lines = BTreeMap<String, (u64, u64)>;

/// Writes YAML with one value per line.
fn emit(value: &Value, pointer: &str, depth: usize, text: &mut String, lines: &mut Lines) {
    let line = |text: &str| text.matches('\n').count() as u64 + 1;
    let indent = "  ".repeat(depth);
    let inner: Vec<(String, String, &Value)> = match value {
        Value::Object(fields) if !fields.is_empty() => {
            fields.iter().map(|(name, value)| (format!("{indent}{name}:"), name.clone(), value)).collect()
        }
        Value::Array(items) if !items.is_empty() => {
            items.iter().enumerate().map(|(at, item)| (format!("{indent}-"), at.to_string(), item)).collect()
        }
        scalar => {
            text.pop();
            writeln!(text, " {scalar}").unwrap();
            return;
        }
    };
    for (head, name, value) in inner {
        let pointer = format!("{pointer}/{}", name.replace('/', "~1"));
        let first = line(text);
        writeln!(text, "{head}").unwrap();
        emit(value, &pointer, depth + 1, text, lines);
        lines.insert(pointer, (first, line(text) - 1));
    }
}

fn read(format_id: &str, file: &str, document: &Value) -> (Records, Lines, String) {
    let (mut text, mut lines) = (String::new(), Lines::new());
    emit(document, "", 0, &mut text, &mut lines);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(file);
    std::fs::write(&path, &text).unwrap();
    let records = format(format_id).unwrap().read.unwrap()(&[path], &ReadOptions::default()).unwrap();
    (records, lines, text)
}

fn noun(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "flag",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "mapping",
    }
}

/// Replaces each value by each stranger. If the format fixes all types, every value of another type must be reported.
fn check(format_id: &str, file: &str, document: &Value, is_typed: bool) {
    let (records, lines, text) = read(format_id, file, document);
    let bad: Vec<&Diagnostic> = records.problems.iter().filter(|row| row.level > Level::Note).collect();
    assert!(bad.is_empty(), "{format_id} as it should be: {bad:#?}\n{text}");
    let mut faults = Vec::new();
    for pointer in lines.keys() {
        let mut answers = Vec::new();
        for (stranger, mark) in strangers() {
            let mut document = document.clone();
            let was = std::mem::replace(document.pointer_mut(pointer).unwrap(), stranger.clone());
            if was == stranger {
                continue;
            }
            let (records, lines, _) = read(format_id, file, &document);
            let (first, last) = lines[pointer];
            let is_at = |row: &Diagnostic| (first..=last).contains(&row.place.line) && row.place.column > 0;
            let is_told = records.problems.iter().any(is_at);
            let said = format!("{:?}", Records { problems: Vec::new(), ..records }).to_lowercase();
            let is_kept = !mark.is_empty() && said.contains(&mark.to_lowercase());
            answers.push((noun(&was), stranger, is_told, is_kept));
        }
        // A value of the right type that the plan has no field for is not checked.
        let is_read =
            answers.iter().any(|(was, stranger, told, kept)| *was == noun(stranger) && (*told || *kept));
        for (was, stranger, is_told, is_kept) in answers {
            let is_lost = is_read && !stranger.is_null() && !is_told && !is_kept;
            // A reference may be a mapping or a text.
            let is_other = was != noun(&stranger) && (was, noun(&stranger)) != ("mapping", "text");
            let is_silent = is_typed && is_other && !is_told;
            if is_lost || is_silent {
                faults.push(format!("{pointer}: {stranger} for a {was}"));
            }
        }
    }
    assert!(faults.is_empty(), "{format_id}: neither told nor kept:\n{}\n{text}", faults.join("\n"));
}

fn backstage(document: Value) {
    check("backstage", "catalog-info.yaml", &document, true);
}

fn metadata(name: &str) -> Value {
    json!({
        "name": name, "namespace": "zoo", "title": "A title", "description": "What it is",
        "labels": {"a/b": "c"}, "annotations": {"d/e": "f"}, "tags": ["one", "two"],
        "links": [{"url": "https://example.org", "title": "Home", "icon": "book", "type": "page"}],
    })
}

#[test]
fn backstage_drops_nothing() {
    let version = "backstage.io/v1alpha1";
    for (kind, spec) in [
        (
            "Component",
            json!({
                "type": "service", "lifecycle": "production", "owner": "team-a", "system": "shop",
                "subcomponentOf": "whole", "dependsOn": ["resource:db", {"kind": "Resource", "name": "queue"}],
                "dependencyOf": ["component:till"], "providesApis": ["orders"], "consumesApis": ["prices"],
            }),
        ),
        (
            "API",
            json!({"type": "openapi", "lifecycle": "production", "owner": {"kind": "Group", "name": "team-a"},
                "system": {"name": "shop", "namespace": "zoo"}, "definition": "openapi: 3.0.0"}),
        ),
        (
            "Resource",
            json!({"type": "database", "owner": "team-a", "system": "shop", "dependsOn": ["host"], "dependencyOf": ["till"]}),
        ),
        (
            "Group",
            json!({
                "type": "team", "parent": "everybody", "children": ["inner"], "members": ["ada"],
                "profile": {"displayName": "Team", "email": "a@example.org", "picture": "https://example.org/a.png"},
            }),
        ),
        (
            "User",
            json!({
                "memberOf": ["team-a", {"name": "team-b", "namespace": "zoo"}],
                "profile": {"displayName": "Ada", "email": "a@example.org", "picture": "https://example.org/a.png"},
            }),
        ),
        ("System", json!({"owner": "team-a", "domain": "shops", "type": "product"})),
        ("Domain", json!({"owner": "team-a", "subdomainOf": "everything", "type": "area"})),
    ] {
        let mut document =
            json!({"apiVersion": version, "kind": kind, "metadata": metadata("thing"), "spec": spec});
        if kind == "Group" {
            // A child that nothing defines is reported as well.
            document["spec"]["children"] = json!([]);
        }
        backstage(document);
    }
}

#[test]
fn datadog_drops_nothing() {
    let contacts = json!([{"type": "email", "name": "Mail", "contact": "a@example.org"}]);
    let links = json!([{"name": "Runbook", "type": "runbook", "url": "https://example.org"}]);
    for document in [
        json!({
            "schema-version": "v1", "info": {"dd-service": "till", "display-name": "Till", "description": "Sells", "service-tier": "1"},
            "org": {"team": "shop", "application": "counter"}, "contact": {"email": "a@example.org"},
            "external-resources": [{"name": "Wiki", "type": "doc", "url": "https://example.org"}], "tags": ["a:b"],
            "integrations": {"pagerduty": "https://example.org"},
        }),
        json!({
            "schema-version": "v2", "dd-service": "till", "team": "shop", "contacts": contacts, "links": links,
            "repos": [{"name": "Code", "provider": "github", "url": "https://example.org"}],
            "docs": [{"name": "Docs", "provider": "wiki", "url": "https://example.org"}], "tags": ["a:b"],
            "integrations": {"opsgenie": {"service-url": "https://example.org"}}, "extensions": {"x": {"y": "z"}},
        }),
        json!({
            "schema-version": "v2.2", "dd-service": "till", "team": "shop", "application": "counter", "description": "Sells",
            "tier": "2", "lifecycle": "production", "type": "web", "languages": ["go"], "contacts": contacts, "links": links,
            "tags": ["a:b"], "ci-pipeline-fingerprints": ["abc"],
        }),
        json!({
            "apiVersion": "v3", "kind": "service",
            "metadata": {
                "name": "till", "namespace": "default", "displayName": "Till", "description": "Sells", "owner": "shop",
                "additionalOwners": [{"name": "ops", "type": "operator"}], "tags": ["a:b"], "contacts": contacts, "links": links,
            },
            "spec": {
                "lifecycle": "production", "tier": "2", "type": "web", "languages": ["go"], "dependsOn": ["datastore:db"],
                "dependencyOf": ["service:kiosk"], "componentOf": ["system:counter"],
            },
            "datadog": {"codeLocations": [{"repositoryURL": "https://example.org", "paths": ["a/**"]}]},
        }),
        json!({
            "apiVersion": "v3", "kind": "system", "metadata": {"name": "counter", "owner": "shop"},
            "spec": {"components": ["service:till"], "tier": "1", "lifecycle": "production"},
        }),
        json!({
            "apiVersion": "v3", "kind": "api", "metadata": {"name": "prices"},
            "spec": {"type": "openapi", "implementedBy": ["service:till"], "interface": {"fileRef": "https://example.org"}},
        }),
    ] {
        check("datadog", "service.datadog.yaml", &document, false);
    }
}

#[test]
fn opslevel_drops_nothing() {
    let component = json!({
        "name": "Till", "type": "service", "lifecycle": "beta", "tier": "tier_2", "product": "Shop", "owner": "shop",
        "system": "counter", "domain": "shops", "language": "Go", "framework": "none", "description": "Sells",
        "aliases": ["till_x"], "tags": [{"key": "a", "value": "b"}, "c"],
        "tools": [{"name": "Board", "category": "metrics", "url": "https://example.org", "environment": "live"}],
        "repositories": [{"name": "acme/till", "provider": "github", "path": "a", "display_name": "Code"}],
        "dependencies": [{"alias": "db", "notes": "always"}], "alert_sources": [{"type": "pagerduty", "external_id": "P1"}],
        "properties": {"x": "y"},
    });
    let repository =
        json!({"name": "till", "owner": "shop", "tier": "tier_1", "tags": [{"key": "a", "value": "b"}]});
    for document in [
        json!({"version": 1, "service": component}),
        json!({"version": 1, "component": component}),
        json!({"version": 1, "repository": repository}),
    ] {
        check("opslevel", "opslevel.yml", &document, false);
    }
}

#[test]
fn cortex_drops_nothing() {
    let info = |kind: &str| {
        json!({
            "title": "Till", "description": "Sells", "x-cortex-tag": "till", "x-cortex-type": kind,
            "x-cortex-groups": ["a:b"], "x-cortex-link": [{"name": "Home", "type": "page", "url": "https://example.org"}],
            "x-cortex-owners": [
                {"type": "group", "name": "shop", "provider": "OKTA", "inheritance": "APPEND", "description": "they"},
                {"type": "email", "email": "ada@example.org"},
            ],
            "x-cortex-git": {"github": {"repository": "acme/till", "basePath": "a"}},
            "x-cortex-custom-metadata": {"x": "y"},
        })
    };
    let mut service = info("service");
    service["x-cortex-dependency"] = json!([{"tag": "db", "method": "GET"}, "queue"]);
    service["x-cortex-parents"] = json!([{"tag": "shops"}]);
    let mut domain = info("domain");
    domain["x-cortex-children"] = json!([{"tag": "inner"}]);
    domain["x-cortex-owners"].as_array_mut().unwrap().truncate(1);
    let mut team = info("team");
    team.as_object_mut().unwrap().remove("x-cortex-owners");
    team["x-cortex-team"] = json!({
        "groups": [{"name": "shop-x", "provider": "OKTA"}],
        "members": [{"name": "Ada", "email": "ada@example.org", "role": "lead", "notificationsEnabled": false}],
    });
    for info in [service, domain, team] {
        check("cortex", "cortex.yaml", &json!({"openapi": "3.0.1", "info": info}), false);
    }
}

#[test]
fn compass_drops_nothing() {
    let document = json!({
        "configVersion": 1, "name": "till", "id": "ari:cloud:compass:x:component/y/1", "description": "Sells",
        "typeId": "SERVICE", "ownerId": "ari:cloud:identity::team/a",
        "fields": {"tier": 2, "lifecycle": "Active", "other": "x"},
        "links": [{"name": "Code", "type": "REPOSITORY", "url": "https://example.org"}],
        "relationships": {"DEPENDS_ON": ["ari:cloud:compass:x:component/y/2"]}, "labels": ["a"],
        "customFields": [{"name": "Zone", "type": "text", "value": "north"}],
    });
    check("compass", "compass.yml", &document, false);
}

#[test]
fn slo_drops_nothing() {
    let open_slo = |version: &str, service: &str| {
        json!({
            "apiVersion": version, "kind": "SLO", "metadata": {"name": "selling", "displayName": "Selling"},
            "spec": {
                "description": "Sells", service: "till", "budgetingMethod": "Occurrences",
                "timeWindow": [{"duration": "30d", "isRolling": true}],
                "objectives": [{"displayName": "Good", "target": 0.995}, {"displayName": "Fair", "targetPercent": 99.25}],
            },
        })
    };
    let service = json!({
        "apiVersion": "openslo/v1", "kind": "Service", "metadata": {"name": "till", "displayName": "Till"},
        "spec": {"description": "Sells"},
    });
    let counted = json!({
        "apiVersion": "openslo/v1alpha", "kind": "SLO", "metadata": {"name": "selling"},
        "spec": {
            "service": "till", "timeWindows": [{"count": 28, "unit": "Day", "isRolling": true}],
            "objectives": [{"target": 0.995}],
        },
    });
    let slos = json!([{"name": "selling", "objective": 99.5, "description": "Sells"}]);
    for document in [
        open_slo("openslo/v1", "service"),
        open_slo("openslo.com/v2alpha", "serviceRef"),
        service,
        counted,
        json!({"version": "prometheus/v1", "service": "till", "slos": slos}),
        json!({
            "apiVersion": "sloth.slok.dev/v1", "kind": "PrometheusServiceLevel", "spec": {"service": "till", "slos": slos},
        }),
        json!({
            "apiVersion": "pyrra.dev/v1alpha1", "kind": "ServiceLevelObjective",
            "metadata": {"name": "selling", "labels": {"pyrra.dev/service": "till"}},
            "spec": {"target": "99.5", "window": "4w", "description": "Sells", "indicator": {"ratio": {"errors": {"metric": "x"}}}},
        }),
        json!({
            "apiVersion": "sre.google.com/v2", "kind": "ServiceLevelObjective",
            "metadata": {"name": "selling", "labels": {"service_name": "till", "slo_name": "sold"}},
            "spec": {"goal": 0.995, "method": "good_bad_ratio", "description": "Sells"},
        }),
    ] {
        check("slo", "slo.yaml", &document, false);
    }
}
