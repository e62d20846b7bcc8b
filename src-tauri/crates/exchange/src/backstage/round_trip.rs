//! A catalog that goes through a plan says the same when it comes out.

use std::{fs, sync::Arc};

use chrono::NaiveDate;
use headroom_model::Plan;
use serde_json::{Value, json};

use super::{read, write};
use crate::{
    ExportOptions, Problem, ReadOptions,
    diff::{DiffOptions, diff},
    yaml::documents,
};

/// The documents that come out again, and what was said about those that went in.
fn through(text: &str) -> (Vec<Value>, Vec<Problem>) {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("in.yaml"), folder.path().join("out.yaml"));
    fs::write(&file, text).unwrap();
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let options = DiffOptions { today, complete: false, source: "backstage" };
    let mut plan = Plan::default();
    let records = read(&[file], &ReadOptions::default()).unwrap();
    let preview = diff(&plan, &records, &options);
    plan.apply(&preview.changes).unwrap();
    let plan = Arc::new(plan);
    write(&plan.as_of(today), &out, &ExportOptions::default()).unwrap();
    let again = read(std::slice::from_ref(&out), &ReadOptions::default()).unwrap();
    assert!(diff(&plan, &again, &options).changes.is_empty(), "its own export changes the plan");
    let out = documents(&fs::read_to_string(&out).unwrap(), &"out.yaml".into(), &mut Vec::new());
    (out.iter().map(|document| document.root.to_json()).collect(), preview.problems)
}

fn entity<'a>(documents: &'a [Value], name: &str) -> &'a Value {
    documents.iter().find(|document| document["metadata"]["name"] == name).unwrap()
}

#[test]
fn what_a_plan_has_no_field_for_is_kept() {
    let (out, _) = through(
        r#"
apiVersion: backstage.io/v1alpha1
kind: Group
metadata:
  name: pay
  title: Payments
  description: |
    Line 1
    Line 2
  tags: [money]
  links: [{url: "https://wiki", title: Wiki, icon: book}]
spec: {type: squad, profile: {displayName: Team Payments}, children: []}
---
kind: Group
metadata: {name: same, title: same}
spec: {type: squad, children: []}
---
kind: User
metadata: {name: ada, title: Dr, description: A person, tags: [x], links: [{url: "https://me"}]}
spec: {profile: {displayName: Ada}, memberOf: []}
---
kind: System
metadata: {name: sys}
spec: {owner: pay, type: product}
---
kind: Component
metadata: {name: shop, title: ""}
spec: {type: service, lifecycle: production, owner: pay, domain: odd}
"#,
    );
    let pay = entity(&out, "pay");
    assert_eq!(pay["metadata"]["title"], "Payments");
    assert_eq!(pay["metadata"]["description"], "Line 1\nLine 2\n");
    assert_eq!(pay["metadata"]["tags"], json!(["money"]));
    assert_eq!(pay["metadata"]["links"][0]["icon"], "book");
    assert_eq!(pay["spec"]["profile"]["displayName"], "Team Payments");
    assert_eq!(entity(&out, "same")["metadata"]["title"], "same");
    let ada = &entity(&out, "ada")["metadata"];
    assert_eq!((&ada["title"], &ada["description"]), (&json!("Dr"), &json!("A person")));
    assert_eq!((&ada["tags"], &ada["links"]), (&json!(["x"]), &json!([{"url": "https://me"}])));
    assert_eq!(entity(&out, "sys")["spec"]["type"], "product");
    assert_eq!(entity(&out, "shop")["spec"]["domain"], "odd");
}

#[test]
fn references_across_namespaces_lead_to_the_same() {
    let (out, _) = through(
        r"
kind: Domain
metadata: {name: audio}
spec: {owner: team-a}
---
kind: System
metadata: {name: podcast, namespace: acme}
spec: {owner: default/team-a, domain: default/audio}
---
kind: Group
metadata: {name: team-a}
spec: {type: squad, children: [acme/inner]}
---
kind: Group
metadata: {name: inner, namespace: acme}
spec: {type: squad, children: []}
---
kind: User
metadata: {name: bob, namespace: acme}
spec: {memberOf: [default/team-a, inner]}
---
kind: Component
metadata: {name: player, namespace: acme}
spec: {type: service, lifecycle: production, owner: user:bob, system: podcast, dependsOn: ['component:default/other']}
---
kind: Component
metadata: {name: other}
spec: {type: service, lifecycle: production, owner: team-a, system: acme/podcast}
",
    );
    let spec = |name: &str| &entity(&out, name)["spec"];
    assert_eq!(
        (&spec("podcast")["domain"], &spec("podcast")["owner"]),
        (&json!("default/audio"), &json!("default/team-a"))
    );
    assert_eq!(spec("inner")["parent"], "default/team-a");
    assert_eq!(spec("bob")["memberOf"], json!(["default/team-a", "inner"]));
    assert_eq!(
        (&spec("player")["owner"], &spec("player")["system"]),
        (&json!("user:bob"), &json!("podcast"))
    );
    assert_eq!(spec("player")["dependsOn"], json!(["component:default/other"]));
    assert_eq!(spec("other")["system"], "acme/podcast");
}

#[test]
fn a_child_that_nothing_defines_is_reported_and_kept() {
    let (out, problems) =
        through("kind: Group\nmetadata: {name: dept}\nspec: {type: x, children: [team-b]}\n");
    assert!(problems.iter().any(|problem| problem.message.contains("team-b")), "{problems:?}");
    assert_eq!(entity(&out, "dept")["spec"]["children"], json!(["default/team-b"]));
}
