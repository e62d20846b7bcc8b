//! CODEOWNERS files in the dialects of GitHub and GitLab, and OWNERS files exported as one.

use std::fs;

use headroom_tests::Desk;
use serde_json::Value;

/// The owners of paths by a file, as `path: owners`, and the diagnostics.
fn resolved(desk: &Desk, file: &str, more: &[&str]) -> (Vec<String>, String) {
    let file = desk.folder.path().join(file);
    let paths = desk.folder.path().join("paths.txt");
    let words = [&["codeowners", file.to_str().unwrap(), paths.to_str().unwrap()], more].concat();
    let output = desk.run(&words);
    assert!(output.status.success(), "{words:?}");
    let rows = String::from_utf8(output.stdout).unwrap();
    let rows = rows.lines().map(|line| {
        let row: Value = serde_json::from_str(line).unwrap();
        let owners: Vec<&str> = row["owners"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        format!("{}: {}", row["path"].as_str().unwrap(), owners.join(" "))
    });
    (rows.collect(), String::from_utf8(output.stderr).unwrap())
}

const RULES: &str = "* @org/all\n[Docs] @org/docs\n*.md\ndocs @writers nobody\n/app/\n!secret/\n";
const ON_GITHUB: [&str; 4] = ["a.md: ", "docs/x: @org/all", "app/x: ", "secret/x.md: "];
const ON_GITLAB: [&str; 4] =
    ["a.md: @org/all @org/docs", "docs/x: @org/all", "app/x: @org/all @org/docs", "secret/x.md: @org/all"];

#[test]
fn location_decides_the_dialect() {
    let desk = Desk::new();
    desk.file("paths.txt", "a.md\ndocs/x\napp/x\nsecret/x.md\n");
    for file in [".github/CODEOWNERS", ".gitlab/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"] {
        desk.file(file, RULES);
    }
    let (found, said) = resolved(&desk, ".github/CODEOWNERS", &[]);
    assert_eq!(found, ON_GITHUB);
    assert!(said.contains("CODEOWNERS:4:15") || said.contains("CODEOWNERS:4:"), "{said}");
    assert!(
        said.contains("skips the whole line") && said.contains("can’t exclude files on GitHub"),
        "{said}"
    );
    let (found, said) = resolved(&desk, ".gitlab/CODEOWNERS", &[]);
    assert_eq!(found, ON_GITLAB);
    assert!(said.contains("“nobody” is not a valid owner; ignored by GitLab"), "{said}");
    // In a place for either: the section decides.
    for file in ["CODEOWNERS", "docs/CODEOWNERS"] {
        let (found, said) = resolved(&desk, file, &[]);
        assert_eq!(found, ON_GITLAB, "{file}");
        assert!(said.contains("--dialect github"), "{said}");
        assert_eq!(resolved(&desk, file, &["--dialect", "github"]).0, ON_GITHUB, "{file}");
    }
    assert_eq!(resolved(&desk, ".github/CODEOWNERS", &["--dialect", "gitlab"]).0, ON_GITLAB);
    assert_eq!(resolved(&desk, ".gitlab/CODEOWNERS", &["--dialect", "github"]).0, ON_GITHUB);
}

#[test]
fn roles_are_not_imported_and_kept_in_the_file() {
    let desk = Desk::new();
    let text = "/a/ @@maintainers @org/group/inner\n/b/ @org/group/inner\n";
    let file = desk.file("repo/.gitlab/CODEOWNERS", text);
    let paths = desk.file("paths.txt", "a/x\nb/x\n");
    let report = desk.import(&[&file, &paths], &[]);
    assert!(report["problems"].to_string().contains("everyone with that role"), "{report}");
    assert_eq!(desk.stats()["people"], 0);
    let out = desk.folder.path().join("out");
    let words = ["export", desk.path(), out.to_str().unwrap(), "--format", "codeowners", "--against"];
    let more = [file.to_str().unwrap(), "--paths", paths.to_str().unwrap(), "--json"];
    let report = desk.json(&[&words[..], &more].concat());
    assert_eq!((report["owners"].as_u64(), report["compared"].as_u64()), (Some(0), Some(2)), "{report}");

    desk.file("new/teams.csv", "id,name\norg/group/new,New\n");
    let rows = "a,org/group/inner,team,owner,,2020-01-01\na,org/group/new,team,owner,2020-01-02,\n";
    desk.file("new/ownership.csv", format!("service,owner,owner_kind,role,from,until\n{rows}"));
    desk.import(&[&desk.folder.path().join("new")], &["--format", "csv"]);
    let report = desk.json(&[&words[..], &more].concat());
    assert_eq!(report["owners"], 1, "{report}");
    let written = fs::read_to_string(out.join("CODEOWNERS")).unwrap();
    assert_eq!(written, "/a/ @@maintainers @org/group/new\n/b/ @org/group/inner\n");
}

/// A repository with OWNERS files, one of which uses an alias.
fn repository(desk: &Desk) -> String {
    desk.file("repo/OWNERS_ALIASES", "aliases:\n  pilots:\n  - ada\n  - bo\n  nobody-yet: []\n");
    desk.file("repo/OWNERS", "approvers: [cy]\n");
    desk.file("repo/ops/OWNERS", "approvers: [cy]\n");
    desk.file("repo/ops/tide/OWNERS", "approvers: [pilots]\n");
    desk.file("repo/ops/tide/a.go", "");
    desk.folder.path().join("repo").to_str().unwrap().to_owned()
}

#[test]
fn aliases_are_exported_as_their_members() {
    let desk = Desk::new();
    let repository = repository(&desk);
    desk.done(&["import", desk.path(), &repository]);
    let out = desk.folder.path().join("CODEOWNERS");
    let words = [
        "export",
        desk.path(),
        out.to_str().unwrap(),
        "--format",
        "codeowners",
        "--paths",
        repository.as_str(),
    ];
    let output = desk.run(&words);
    assert!(output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("wrote its members instead (2)"));
    let lines = |out: &std::path::Path| {
        fs::read_to_string(out).unwrap().lines().skip(1).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(lines(&out), "*          @cy\n/ops/      @cy\n/ops/tide/ @ada @bo");
    desk.done(&[&words[..], &["--org", "acme"]].concat());
    assert_eq!(lines(&out), "*          @cy\n/ops/      @cy\n/ops/tide/ @acme/pilots");

    // Without members only the organisation is left.
    desk.file("repo/ops/tide/OWNERS", "approvers: [nobody-yet]\n");
    fs::remove_file(&out).unwrap();
    desk.done(&["import", desk.path(), &repository, "--full-sync"]);
    let said = desk.refused(&words);
    assert!(said.contains("--org") && said.contains("ops/tide"), "{said}");
    assert!(!out.exists());
    desk.done(&[&words[..], &["--org", "acme"]].concat());
    assert_eq!(lines(&out), "*          @cy\n/ops/      @cy\n/ops/tide/ @acme/nobody-yet");
}

#[test]
fn invalid_github_names_are_not_written() {
    let desk = Desk::new();
    desk.file("plan/people.csv", "id,name,email\nada.okafor,Ada,ada@example.org\nbo.lind,Bo,\n");
    desk.file("plan/services.csv", "id,name\na,A\na/[id],B\n");
    let rows = "a,ada.okafor,person,owner\na/[id],bo.lind,person,owner\n";
    desk.file("plan/ownership.csv", format!("service,owner,owner_kind,role\n{rows}"));
    desk.import(&[&desk.folder.path().join("plan")], &["--format", "csv"]);
    let paths = desk.file("paths.txt", "a/x\na/[id]/x\n");
    let write = |out: &str| {
        let out = desk.folder.path().join(out);
        fs::create_dir_all(out.parent().unwrap()).unwrap();
        let paths = paths.to_str().unwrap();
        let words =
            ["export", desk.path(), out.to_str().unwrap(), "--format", "codeowners", "--paths", paths];
        (desk.run(&words), out)
    };
    let (output, out) = write(".github/CODEOWNERS");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("bo.lind") && !out.exists());
    let (output, out) = write(".gitlab/CODEOWNERS");
    assert!(output.status.success());
    let text = fs::read_to_string(out).unwrap();
    assert!(text.ends_with("/a/        @ada.okafor\n/a/\\[id\\]/ @bo.lind\n"), "{text}");
}

#[test]
fn tiers_of_an_import_share_one_scale() {
    let desk = Desk::new();
    let text = "schema-version: v2.2\ndd-service: gate\nteam: a\ntier: '0'\n---\nschema-version: v2.2\ndd-service: book\nteam: a\ntier: p1\n---\nschema-version: v2.2\ndd-service: mail\nteam: a\ntier: High\n";
    let file = desk.file("service.datadog.yaml", text);
    let report = desk.import(&[&file], &[]);
    let told = report["problems"].to_string();
    assert_eq!(told.matches("tiers start at 0").count(), 1, "{told}");
    let out = desk.folder.path().join("out");
    desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "csv"]);
    let services = fs::read_to_string(out.join("services.csv")).unwrap();
    let tiers: Vec<&str> = services.lines().skip(1).map(|line| line.split(',').nth(6).unwrap()).collect();
    assert_eq!(tiers, ["1", "2", "2"], "{services}");
}

#[test]
fn every_sarif_result_of_the_sample_has_a_file() {
    let desk = Desk::new();
    fs::remove_file(&desk.plan).unwrap();
    desk.done(&["new", desk.path(), "--sample"]);
    let catalog = desk.folder.path().join("catalog-info.yaml");
    desk.done(&["export", desk.path(), catalog.to_str().unwrap(), "--format", "backstage"]);
    let words = [
        "findings",
        desk.path(),
        "--format",
        "sarif",
        "--limit",
        "0",
        "--sources",
        catalog.to_str().unwrap(),
    ];
    let output = desk.run(&words);
    let said = String::from_utf8(output.stderr).unwrap();
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert!(results.len() > 20);
    for result in results {
        let place = &result["locations"][0]["physicalLocation"];
        assert!(
            place["artifactLocation"]["uri"].is_string() && place["region"]["startLine"].as_u64() > Some(0)
        );
    }
    let all = desk.json(&["findings", desk.path(), "--format", "json"])["count"].as_u64().unwrap();
    let left_out = all - results.len() as u64;
    assert!(left_out > 0 && said.contains(&format!("{left_out} findings left out")), "{said}");
}
