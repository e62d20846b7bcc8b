//! Round trips: a catalog through a plan, and random plans through a catalog.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    sync::Arc,
};

use chrono::NaiveDate;
use headroom_files::{Diagnostic, Place, records::*};
use headroom_model::{GroupingKind, Plan, role};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{read, write};
use crate::{
    catalog::yaml::documents,
    diff::{DiffOptions, diff},
};

/// Imports and exports documents; gives them with the diagnostics of the import.
fn through(text: &str) -> (Vec<Value>, Vec<Diagnostic>) {
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = (folder.path().join("in.yaml"), folder.path().join("out.yaml"));
    fs::write(&file, text).unwrap();
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let options = DiffOptions { today, complete: false, source: "backstage" };
    let mut plan = Plan::default();
    let records = read(&[file]).unwrap();
    let preview = diff(&plan, &records, &options);
    plan.apply(&preview.changes).unwrap();
    let plan = Arc::new(plan);
    write(&plan.as_of(today), &out).unwrap();
    let again = read(std::slice::from_ref(&out)).unwrap();
    assert!(diff(&plan, &again, &options).changes.is_empty(), "its own export changes the plan");
    let out = documents(&fs::read_to_string(&out).unwrap(), &"out.yaml".into(), &mut Vec::new());
    (out.iter().map(|document| document.root.to_json()).collect(), preview.problems)
}

fn entity<'a>(documents: &'a [Value], name: &str) -> &'a Value {
    documents.iter().find(|document| document["metadata"]["name"] == name).unwrap()
}

#[test]
fn keeps_what_the_plan_has_no_field_for() {
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
fn references_across_namespaces_resolve_alike() {
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
    assert_eq!(spec("bob")["memberOf"], json!(["inner", "default/team-a"]));
    assert_eq!(
        (&spec("player")["owner"], &spec("player")["system"]),
        (&json!("user:bob"), &json!("podcast"))
    );
    assert_eq!(spec("player")["dependsOn"], json!(["component:default/other"]));
    assert_eq!(spec("other")["system"], "acme/podcast");
}

#[test]
fn undefined_child_is_reported_and_kept() {
    let (out, problems) =
        through("kind: Group\nmetadata: {name: dept}\nspec: {type: x, children: [team-b]}\n");
    assert!(problems.iter().any(|problem| problem.message.contains("team-b")), "{problems:?}");
    assert_eq!(entity(&out, "dept")["spec"]["children"], json!(["default/team-b"]));
}

#[test]
fn reports_templates_of_catalogs() {
    let text = "kind: Component\nmetadata: {name: {{ name }}}\nspec: {}\n---\nkind: Component\nmetadata: {name: a}\n";
    let (out, problems) = through(text);
    assert_eq!(out.len(), 1);
    assert!(problems.iter().any(|row| row.message.contains("a template, not YAML")), "{problems:?}");
}

/// Keys and names as organisations have them.
fn odd() -> impl Strategy<Value = String> {
    let fixed = [
        "a b",
        "a-b",
        "A-B",
        "a--b",
        "@org/a",
        "org/a",
        "Org/a",
        "x/y/z",
        "x-y/z",
        "no",
        "true",
        "1e3",
        "007",
        "0x1F",
        "3.10",
        "2024-01-01",
        "~",
        "null",
        "_x",
        "-",
        "/",
        "[Sec] Ops & Co.",
        "a: b #c",
        "o'neil",
        "\"q\"",
        "ada@example.org",
        "Équipe Été",
        "李雷",
        "платежи",
        "equipe/é",
        "api:x",
        "API:x",
        "resource:ü",
        "group:default/a",
        "a,b",
        "{{a}}",
        "*a",
        "&a",
        "a\\b",
        "|",
        "- a",
        "group",
        "group-2",
        "user",
        "component",
    ];
    prop_oneof![
        6 => prop::sample::select(fixed.to_vec()).prop_map(str::to_owned),
        2 => "[a-c]{1,2}",
        1 => "[a-zäß -]{64,80}".prop_map(|text| format!("x{}x", text.trim())),
        1 => "[!-~äé語]{1,6}",
    ]
    .prop_map(|text| text.trim().to_owned())
    .prop_filter("says something", |text| !text.is_empty())
}

#[derive(Debug, Clone)]
struct Drawn {
    keys: [Vec<(String, String)>; 4],
    relations: Vec<(usize, usize)>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    let things = || prop::collection::vec((odd(), odd()), 1..6);
    let relations = prop::collection::vec((0usize..6, 0usize..6), 0..14);
    ([things(), things(), things(), things()], relations)
        .prop_map(|(keys, relations)| Drawn { keys, relations })
}

/// A plan with these entities and relations between them, some of which refer to what nothing defines.
fn plan_of(drawn: &Drawn) -> Plan {
    let [teams, people, services, groupings] = &drawn.keys;
    let place = Place::default;
    let named = |list: &[(String, String)], at: usize| match list.get(at) {
        Some((key, _)) => key.clone(),
        None => format!("nobody defines {at}"),
    };
    let mut records = Records::default();
    for (at, (key, name)) in teams.iter().enumerate() {
        let parent = (at > 0).then(|| teams[at - 1].0.clone()).filter(|parent| parent != key);
        let (key, name, parent) = (key.clone(), Some(name.clone()), Some(parent));
        records.teams.push(TeamRecord { key, name, parent, ..TeamRecord::default() });
    }
    for (key, name) in people {
        records.people.push(PersonRecord {
            key: key.clone(),
            name: Some(name.clone()),
            ..PersonRecord::default()
        });
    }
    for (at, (key, name)) in groupings.iter().enumerate() {
        let kind = if at % 2 == 0 { GroupingKind::System } else { GroupingKind::Domain };
        let owner = Some(Some(OwnerRef::team(named(teams, at))));
        let (key, name) = (key.clone(), Some(name.clone()));
        records.groupings.push(GroupingRecord { kind, key, name, owner, ..GroupingRecord::default() });
    }
    for (key, name) in services {
        let system = Some(groupings.first().map(|(key, _)| key.clone()));
        let (key, name) = (key.clone(), Some(name.clone()));
        records.services.push(ServiceRecord { key, name, system, ..ServiceRecord::default() });
    }
    for (one, other) in &drawn.relations {
        let service = named(services, one % services.len());
        let owner = if one % 2 == 0 {
            OwnerRef::team(named(teams, *other))
        } else {
            OwnerRef::person(named(people, *other))
        };
        records.ownerships.push(OwnershipRecord::new(place(), &service, owner, role::OWNER));
        records.dependencies.push(DependencyRecord::new(place(), &service, &named(services, *other), ""));
        let person = named(people, one % people.len());
        records.memberships.push(MembershipRecord::new(place(), &person, &named(teams, *other), None));
    }
    let mut plan = Plan::default();
    let changes = diff(&plan, &records, &options()).changes;
    plan.apply(&changes).unwrap();
    plan
}

fn options() -> DiffOptions {
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    DiffOptions { today, complete: false, source: "backstage" }
}

/// Kinds, keys and names of everything defined.
fn defined(plan: &Plan) -> BTreeSet<(&'static str, String, String)> {
    let teams = plan.teams.iter().filter(|row| !row.unconfirmed).map(|row| ("team", &row.key, &row.name));
    let people = plan.people.iter().filter(|row| !row.unconfirmed).map(|row| ("person", &row.key, &row.name));
    let services =
        plan.services.iter().filter(|row| !row.unconfirmed).map(|row| ("service", &row.key, &row.name));
    let groupings = plan
        .groupings
        .iter()
        .filter(|row| !row.unconfirmed)
        .map(|row| (row.kind.noun(), &row.key, &row.name));
    let all = teams.chain(people).chain(services).chain(groupings);
    all.map(|(kind, key, name)| (kind, key.clone(), name.clone())).collect()
}

/// Dependencies and memberships by keys, and the first owner of each service.
fn relations(plan: &Plan) -> BTreeSet<(&'static str, String, String)> {
    let mut all = BTreeSet::new();
    let key = |id: headroom_model::EntityRef| plan.key_of(id).to_owned();
    for row in &plan.dependencies {
        all.insert(("depends on", key(row.service.into()), key(row.depends_on.into())));
    }
    for row in &plan.memberships {
        all.insert(("is member of", key(row.person.into()), key(row.team.into())));
    }
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for row in plan.in_order::<headroom_model::Ownership>() {
        owners.entry(key(row.service.into())).or_insert_with(|| key(row.owner.into()));
    }
    all.extend(owners.into_iter().map(|(service, owner)| ("is owned by", service, owner)));
    all
}

/// Checks that every name is valid, that names are unique in any case, and that every reference resolves.
fn check_catalog(documents: &[Value]) {
    let text = |value: &Value| value.as_str().map(str::to_lowercase);
    let is_label = |text: &str, others: &str| {
        let is_end = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_alphanumeric());
        text.len() <= 63
            && is_end(text.chars().next())
            && is_end(text.chars().last())
            && text.chars().all(|letter| letter.is_ascii_alphanumeric() || others.contains(letter))
    };
    let mut known = BTreeSet::new();
    for document in documents {
        let metadata = &document["metadata"];
        let name = metadata["name"].as_str().unwrap();
        let namespace = metadata["namespace"].as_str().unwrap_or("default");
        assert!(is_label(name, "-_."), "{name}");
        assert!(is_label(namespace, "-") && namespace.to_lowercase() == namespace, "{namespace}");
        let kind = text(&document["kind"]).unwrap();
        assert!(known.insert(format!("{kind}:{namespace}/{}", name.to_lowercase())), "{name} is there twice");
    }
    for document in documents {
        let namespace = document["metadata"]["namespace"].as_str().unwrap_or("default");
        for (field, kind) in [
            ("owner", "group"),
            ("parent", "group"),
            ("children", "group"),
            ("memberOf", "group"),
            ("system", "system"),
            ("domain", "domain"),
            ("subdomainOf", "domain"),
            ("dependsOn", "component"),
            ("consumesApis", "api"),
            ("providesApis", "api"),
        ] {
            let value = &document["spec"][field];
            for reference in value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]) {
                let Some(reference) = text(&reference) else { continue };
                let (kind, rest) = reference.split_once(':').unwrap_or((kind, &reference));
                let whole = if rest.contains('/') { rest.to_owned() } else { format!("{namespace}/{rest}") };
                assert!(known.contains(&format!("{kind}:{whole}")), "{reference} leads nowhere: {document}");
            }
        }
    }
}

/// Keys of which many differ by case alone.
fn by_case() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "ada", "ADA", "Ada", "ada-2", "ADA-2", "org/ada", "Org/Ada", "org/ADA", "é", "É",
    ])
    .prop_map(str::to_owned)
}

fn drawn_by_case() -> impl Strategy<Value = Drawn> {
    let things = || prop::collection::vec((by_case(), by_case()), 1..6);
    let relations = prop::collection::vec((0usize..6, 0usize..6), 0..14);
    ([things(), things(), things(), things()], relations)
        .prop_map(|(keys, relations)| Drawn { keys, relations })
}

#[test]
fn people_with_keys_in_different_case_stay_apart() {
    let thing = |key: &str| (key.to_owned(), key.to_owned());
    let relations = vec![(0, 0), (1, 0)];
    let keys =
        [vec![thing("crew")], vec![thing("ada"), thing("ADA")], vec![thing("shop")], vec![thing("sys")]];
    comes_back(&Drawn { keys, relations });
}

#[test]
fn reports_required_fields_that_the_plan_lacks() {
    let thing = |key: &str| (key.to_owned(), key.to_owned());
    let keys =
        [vec![thing("crew")], vec![thing("ada")], vec![thing("shop"), thing("till")], vec![thing("sys")]];
    let told = comes_back(&Drawn { keys, relations: Vec::new() });
    let told: Vec<&str> = told.iter().map(|row| row.message.as_str()).collect();
    for needed in [
        "2 components have no spec.type, which Backstage requires: shop, till",
        "2 components have no spec.lifecycle, which Backstage requires: shop, till",
        "2 components have no spec.owner, which Backstage requires: shop, till",
        "1 group has no spec.type, which Backstage requires: crew",
    ] {
        assert!(told.contains(&needed), "{needed}: {told:?}");
    }
    assert!(!told.iter().any(|told| told.contains("sys")), "its owner is known: {told:?}");
}

/// Exports a plan and imports it again, into itself and into a new plan; gives the diagnostics of the export.
fn comes_back(drawn: &Drawn) -> Vec<Diagnostic> {
    let plan = Arc::new(plan_of(drawn));
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out.yaml");
    let told = write(&plan.as_of(options().today), &out).unwrap();
    let text = fs::read_to_string(&out).unwrap();
    let found = documents(&text, &"out.yaml".into(), &mut Vec::new());
    check_catalog(&found.iter().map(|document| document.root.to_json()).collect::<Vec<_>>());
    let records = read(std::slice::from_ref(&out)).unwrap();
    assert!(records.problems.is_empty(), "{:#?}\n{text}", records.problems);
    let again = diff(&plan, &records, &options()).changes;
    assert!(again.is_empty(), "its own export changes the plan: {again:#?}\n{text}");
    let mut copy = Plan::default();
    copy.apply(&diff(&Plan::default(), &records, &options()).changes).unwrap();
    assert_eq!(defined(&copy), defined(&plan), "{text}");
    assert_eq!(relations(&copy), relations(&plan), "{text}");
    told
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn keys_in_different_case_round_trip(drawn in drawn_by_case()) {
        comes_back(&drawn);
    }

    #[test]
    fn any_plan_gives_a_valid_catalog_and_round_trips(drawn in drawn()) {
        comes_back(&drawn);
    }
}
