//! Diagrams of the service graph, and findings in SARIF.

use std::{fs, path::Path, process::Command};

use headroom_tests::Desk;

const DAY: &str = "2027-03-01";

/// A plan with unusual names: two services of a team, a library between them, and an undefined service.
fn odd_plan() -> Desk {
    let desk = Desk::new();
    desk.file("plan/teams.csv", "id,name,parent\nup,Above,\npay,\"Pay \"\"ments\"\" [EU]\",up\nend,end,\n");
    desk.file(
        "plan/services.csv",
        "id,name,kind,system\nshop,<script>alert(1)</script>,service,web\nlib,A library,library,\nbank,猫 & co,service,web\nlone,Lone,service,\n",
    );
    desk.file("plan/groupings.csv", "id,kind,name\nweb,system,Web\n");
    desk.file(
        "plan/ownership.csv",
        "service,owner,owner_kind,role\nshop,pay,team,owner\nlib,end,team,owner\nbank,pay,team,owner\n",
    );
    desk.file(
        "plan/dependencies.csv",
        "service,depends_on,kind\nshop,lib,\nlib,bank,calls\nbank,bank,\nbank,gone,\n",
    );
    desk.import(&[&desk.folder.path().join("plan")], &["--format", "csv"]);
    desk
}

fn picture(desk: &Desk, format: &str, options: &[&str]) -> Vec<String> {
    let arguments = [&["export", desk.path(), "-", "--format", format, "--as-of", DAY], options].concat();
    desk.done(&arguments).lines().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn diagrams_have_every_edge_between_shown_nodes() {
    let desk = odd_plan();
    let edges = |lines: &[String]| -> Vec<String> {
        lines.iter().filter(|line| line.contains("->")).cloned().collect()
    };
    let whole = picture(&desk, "dot", &[]);
    let all = [
        r#""shop" -> "lib";"#,
        r#""lib" -> "bank" [label="calls"];"#,
        r#""bank" -> "bank";"#,
        r#""bank" -> "gone";"#,
    ];
    assert_eq!(edges(&whole), all);
    for line in [
        r#"label="Pay \"ments\" [EU]";"#,
        r#""shop" [label="<script>alert(1)</script>"];"#,
        r#""bank" [label="猫 &amp; co"];"#,
        r#""gone" [label="gone\n(unknown)", style="rounded,dashed"];"#,
        r#"label="Unowned";"#,
    ] {
        assert!(whole.iter().any(|found| found == line), "{line}: {whole:#?}");
    }
    assert_eq!(edges(&picture(&desk, "dot", &["--around", "shop"])), all[..1]);
    assert_eq!(edges(&picture(&desk, "dot", &["--around", "shop", "--steps", "2"])), all[..3]);
    assert_eq!(edges(&picture(&desk, "dot", &["--team", "up", "--group-by", "system"])), all[2..]);
    assert_eq!(edges(&picture(&desk, "dot", &["--team", "up", "--neighbours"])), all);
    let hidden = picture(&desk, "dot", &["--system", "web", "--hide", "library", "--group-by", "none"]);
    assert_eq!(edges(&hidden), [r#""shop" -> "bank" [style=dashed];"#, all[2], all[3]]);
    let folded = picture(&desk, "dot", &["--collapse"]);
    assert_eq!(
        edges(&folded),
        [
            r#""team:pay" -> "team:end" [label="1"];"#,
            r#""team:pay" -> "missing" [label="1"];"#,
            r#""team:end" -> "team:pay" [label="1"];"#
        ]
    );

    let mermaid = picture(&desk, "mermaid", &[]);
    assert_eq!(edges(&mermaid), ["n0 --> n1", "n1 -->|\"calls\"| n3", "n3 --> n3", "n3 --> n4"]);
    for line in [
        r##"subgraph c0["Pay #quot;ments#quot; [EU]"]"##,
        r#"subgraph c1["end"]"#,
        r##"n0["#lt;script#gt;alert(1)#lt;/script#gt;"]"##,
        r#"n4["gone<br/>(unknown)"]:::missing"#,
    ] {
        assert!(mermaid.iter().any(|found| found == line), "{line}: {mermaid:#?}");
    }
    let refused = |options: &[&str]| {
        desk.refused(&[&["export", desk.path(), "-", "--format", "dot", "--as-of", DAY], options].concat())
    };
    assert!(refused(&["--around", "nothing"]).contains("no service “nothing” on"));
    assert!(refused(&["--team", "nobody"]).contains("no team “nobody” on"));
    refused(&["--around", "shop", "--team", "up"]);
}

/// The official schema, from the package `serde-sarif`.
fn sarif_schema() -> serde_json::Value {
    // Without the clock set for tests, with which a compiler can hang.
    let version = Command::new("rustc").arg("-vV").env_remove("LD_PRELOAD").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    // Packages for other systems are not there to be listed.
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--offline", "--filter-platform", host, "--manifest-path"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"))
        .env_remove("LD_PRELOAD")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let packages: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = packages["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let folder = Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap();
    serde_json::from_slice(&fs::read(folder.join("src/schema.json")).unwrap()).unwrap()
}

#[test]
fn findings_validate_against_the_sarif_schema() {
    let mut schema = sarif_schema();
    // Its pattern for languages is invalid in some dialects of regular expressions; the log has no language.
    for part in ["run", "toolComponent"] {
        schema["definitions"][part]["properties"]["language"].as_object_mut().unwrap().remove("pattern");
    }
    assert!(schema["$id"].as_str().unwrap().ends_with("sarif-schema-2.1.0.json"), "{}", schema["$id"]);
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let valid = |log: &serde_json::Value| {
        let errors: Vec<String> =
            validator.iter_errors(log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    };
    let sample = tempfile::tempdir().unwrap();
    let plan = sample.path().join("sample.headroom");
    let desk = odd_plan();
    desk.done(&["new", plan.to_str().unwrap(), "--sample"]);
    let log = desk.json(&["findings", plan.to_str().unwrap(), "--format", "sarif"]);
    valid(&log);
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert!(results.len() > 20, "{}", results.len());
    let ids: std::collections::BTreeSet<&str> = results
        .iter()
        .map(|result| result["partialFingerprints"]["headroomFinding/v1"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), results.len(), "a fingerprint tells each result apart");

    let source = desk.folder.path().join("plan");
    let log =
        desk.json(&["findings", desk.path(), "--format", "sarif", "--sources", source.to_str().unwrap()]);
    valid(&log);
    let results = log["runs"][0]["results"].as_array().unwrap();
    let lone = results
        .iter()
        .find(|result| result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"] == "service:lone")
        .unwrap();
    let place = &lone["locations"][0]["physicalLocation"];
    assert!(place["artifactLocation"]["uri"].as_str().unwrap().ends_with("plan/services.csv"), "{place}");
    assert_eq!(place["region"]["startLine"], 5);

    // Seen from the repository, files have the paths that code review knows.
    let catalog = desk
        .file("a repo/cat alog/ü.yaml", "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: lonely}\nspec: {type: service}\n");
    desk.import(&[&catalog], &[]);
    let output = headroom_tests::headroom()
        .args(["findings", desk.path(), "--format", "sarif", "--sources", "."])
        .current_dir(desk.folder.path().join("a repo"))
        .output()
        .unwrap();
    let log: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    valid(&log);
    let places: Vec<&serde_json::Value> = log["runs"][0]["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| &result["locations"][0]["physicalLocation"]["artifactLocation"])
        .filter(|place| !place.is_null())
        .collect();
    assert!(!places.is_empty());
    for place in places {
        assert_eq!(place, &serde_json::json!({"uri": "cat%20alog/%C3%BC.yaml", "uriBaseId": "%SRCROOT%"}));
    }
}
