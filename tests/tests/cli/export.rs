//! Updating the owners in existing files.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use headroom_tests::{Desk, real_data};

/// The files of a folder by relative path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
    for (path, contents) in files(from) {
        let target = to.join(path);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::write(target, contents).unwrap();
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Assigns services to owners from 2 January 2027 on. Rows are service, former owner, its kind, owner, its kind.
fn assign(desk: &Desk, rows: &[(&str, &str, &str, &str, &str)]) {
    let mut csv = String::from("service,owner,owner_kind,role,from,until\n");
    for (service, was, was_kind, becomes, kind) in rows {
        if !was.is_empty() {
            csv += &format!("{service},{was},{was_kind},owner,,2027-01-01\n");
        }
        if !becomes.is_empty() {
            csv += &format!("{service},{becomes},{kind},owner,2027-01-02,\n");
        }
    }
    let file = desk.file("assign/ownership.csv", csv);
    let report = desk.import(&[file.parent().unwrap()], &["--format", "csv"]);
    assert_eq!(report["applied"], true, "{report}");
}

const DAY: &str = "2027-03-01";

/// Exports to a folder next to the plan; gives the report and the files written.
fn export(
    desk: &Desk,
    format: &str,
    source: &Path,
    options: &[&str],
) -> (serde_json::Value, BTreeMap<PathBuf, Vec<u8>>) {
    let out = desk.folder.path().join("out");
    let _ = fs::remove_dir_all(&out);
    fs::create_dir_all(&out).unwrap();
    let mut arguments =
        vec!["export", desk.path(), text(&out), "--format", format, "--against", text(source)];
    arguments.extend(["--as-of", DAY, "--json"]);
    arguments.extend(options);
    (desk.json(&arguments), files(&out))
}

/// The lines that differ, as (before, after); no line may be added or removed.
fn differing<'a>(before: &'a [u8], after: &'a [u8]) -> Vec<(&'a str, &'a str)> {
    let (before, after) = (std::str::from_utf8(before).unwrap(), std::str::from_utf8(after).unwrap());
    let (old, new): (Vec<_>, Vec<_>) =
        (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    assert_eq!(old.len(), new.len());
    old.into_iter().zip(new).filter(|(one, other)| one != other).collect()
}

/// Makes a patch, and checks that `git apply` and `patch -p1` produce from copies of the source what the export
/// wrote.
fn patch_makes_the_same(
    desk: &Desk,
    format: &str,
    source: &Path,
    expected: &BTreeMap<PathBuf, Vec<u8>>,
    options: &[&str],
) {
    let mut arguments =
        vec!["export", desk.path(), "-", "--format", format, "--against", text(source), "--patch"];
    arguments.extend(["--as-of", DAY]);
    arguments.extend(options);
    let output = desk.run(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let patch = desk.file("owners.patch", &output.stdout);
    for (program, options) in [("git", vec!["apply"]), ("patch", vec!["-p1", "--binary", "-i"])] {
        let copied = desk.folder.path().join(format!("by-{program}"));
        copy(source, &copied);
        let outcome = Command::new(program).args(options).arg(&patch).current_dir(&copied).output().unwrap();
        assert!(outcome.status.success(), "{program}: {outcome:?}");
        let changed = files(&copied);
        for (path, contents) in files(source) {
            let wanted = expected.get(&path).unwrap_or(&contents);
            assert_eq!(&changed[&path], wanted, "{program} on {}", path.display());
        }
    }
}

#[test]
fn real_catalog_changes_only_in_its_owners() {
    let Some(source) = real_data("backstage-acme") else { return };
    let desk = Desk::new();
    desk.import(&[&source], &["--format", "backstage"]);
    let (report, written) = export(&desk, "backstage", &source, &[]);
    assert_eq!(
        (report["owners"].as_u64(), written.len()),
        (Some(0), 0),
        "nothing was assigned yet: {report}"
    );
    assert_eq!(report["absent"], serde_json::json!([]));

    assign(
        &desk,
        &[
            ("api:petstore", "team-c", "team", "infrastructure", "team"),
            ("petstore", "team-c", "team", "breanna.davison", "person"),
            ("searcher", "guest", "person", "team-b", "team"),
            ("resource:artists-db", "team-a", "team", "team-d", "team"),
            ("dice-roller", "guest", "person", "", ""),
        ],
    );
    let (report, written) = export(&desk, "backstage", &source, &[]);
    assert_eq!(report["owners"], 4, "{report}");
    let mut lines = Vec::new();
    for (path, after) in &written {
        lines.extend(differing(&fs::read(source.join(path)).unwrap(), after).into_iter().map(
            |(was, becomes)| {
                (path.file_name().unwrap().to_str().unwrap().to_owned(), was.to_owned(), becomes.to_owned())
            },
        ));
    }
    lines.sort();
    let expected = [
        ("artists-db-resource.yaml", "  owner: team-a\n", "  owner: team-d\n"),
        ("petstore-api.yaml", "  owner: team-c\n", "  owner: infrastructure\n"),
        ("petstore-component.yaml", "  owner: team-c\n", "  owner: user:breanna.davison\n"),
        ("searcher-component.yaml", "  owner: user:guest\n", "  owner: group:team-b\n"),
    ]
    .map(|(file, was, becomes)| (file.to_owned(), was.to_owned(), becomes.to_owned()));
    assert_eq!(lines, expected);
    let told = report["problems"].as_array().unwrap();
    assert!(
        told.iter().any(|problem| problem["message"].as_str().unwrap().contains("dice-roller is unowned"))
    );
    patch_makes_the_same(&desk, "backstage", &source, &written, &[]);

    // What was written agrees with the plan: importing it again changes only the start dates.
    let renewed = desk.folder.path().join("renewed");
    copy(&source, &renewed);
    copy(&desk.folder.path().join("out"), &renewed);
    let (report, written) = export(&desk, "backstage", &renewed, &[]);
    assert_eq!((report["owners"].as_u64(), written.len()), (Some(0), 0), "{report}");
}

/// A catalog as people leave it.
fn dirty_catalog(desk: &Desk) -> PathBuf {
    desk.file("catalog/teams.yaml", "kind: Group\nmetadata: {name: team-a}\nspec: {type: team, children: []}\n---\nkind: Group\nmetadata: {name: team-b, namespace: acme}\nspec: {type: team, children: []}\n---\nkind: User\nmetadata: {name: anna}\nspec: {memberOf: [team-a]}\n");
    let crlf = "# the first\r\nkind: Component\r\nmetadata:\r\n    name: windows # made there\r\nspec:\r\n    owner:   'team-a'   # ours\r\n    type: service\r\n---\r\n\r\nkind: Component\r\nmetadata:\r\n    name: bare\r\nspec:\r\n    type: service\r\n    lifecycle: production";
    desk.file("catalog/crlf.yaml", crlf);
    let anchored = "kind: System\nmetadata: {name: shared}\nspec:\n  owner: &us team-a\n  x-copy: *us\n---\nkind: Component\nmetadata:\n  name: alias\n  annotations: {team: &them group:default/team-a}\nspec: {type: library, owner: *them}\n";
    desk.file("catalog/anchors.yml", anchored);
    desk.file("catalog/deep/json.yaml", "{\"kind\": \"API\", \"metadata\": {\"name\": \"j\"},\n \"spec\": {\"type\": \"openapi\",\n  \"owner\": \"group:default/team-a\"}}\n");
    desk.file("catalog/deep/template.yaml", "kind: Component\nmetadata:\n  name: ${{ values.name | dump }}\nspec:\n  owner: {{ owner }}: x\n---\nkind: Component\nmetadata: {name: after-template}\nspec: {type: service, owner: user:anna}\n");
    desk.file("catalog/with blank/latin ü.yaml", b"\xEF\xBB\xBFkind: Component\nmetadata:\n  name: marked\n  description: \"Zo\xC3\xAB\"\nspec:\n  owner: acme/team-b\n");
    desk.file(
        "catalog/latin.yaml",
        b"kind: Component\nmetadata:\n  name: latin\n  description: Zo\xEB\nspec:\n  owner: team-a\n",
    );
    desk.folder.path().join("catalog")
}

#[test]
fn untidy_catalog_keeps_every_other_byte() {
    let desk = Desk::new();
    let source = dirty_catalog(&desk);
    desk.import(&[&source], &["--format", "backstage"]);
    let (report, _) = export(&desk, "backstage", &source, &[]);
    assert_eq!(report["owners"], 0, "{report}");
    assign(
        &desk,
        &[
            ("windows", "team-a", "team", "acme/team-b", "team"),
            ("bare", "", "", "anna", "person"),
            ("alias", "team-a", "team", "acme/team-b", "team"),
            ("api:j", "team-a", "team", "anna", "person"),
            ("after-template", "anna", "person", "team-a", "team"),
            ("marked", "acme/team-b", "team", "team-a", "team"),
            ("latin", "team-a", "team", "acme/team-b", "team"),
        ],
    );
    let (report, written) = export(&desk, "backstage", &source, &[]);
    assert_eq!(report["owners"], 7, "{report}");
    let replaced = |file: &str, pairs: &[(&str, &str)]| {
        let mut bytes = fs::read(source.join(file)).unwrap();
        for (was, becomes) in pairs {
            let at = bytes.windows(was.len()).position(|window| window == was.as_bytes()).unwrap();
            bytes.splice(at..at + was.len(), becomes.bytes());
        }
        bytes
    };
    for (file, pairs) in [
        (
            "crlf.yaml",
            &[
                ("'team-a'   # ours", "'acme/team-b'   # ours"),
                ("lifecycle: production", "lifecycle: production\r\n    owner: user:anna"),
            ][..],
        ),
        ("anchors.yml", &[("owner: *them", "owner: group:acme/team-b")]),
        ("deep/json.yaml", &[("\"owner\": \"group:default/team-a\"", "\"owner\": \"user:default/anna\"")]),
        ("deep/template.yaml", &[("user:anna", "group:team-a")]),
        ("with blank/latin ü.yaml", &[("acme/team-b", "default/team-a")]),
        ("latin.yaml", &[("owner: team-a", "owner: acme/team-b")]),
    ] {
        assert_eq!(written[Path::new(file)], replaced(file, pairs), "{file}");
    }
    assert_eq!(written.len(), 6);
    patch_makes_the_same(&desk, "backstage", &source, &written, &[]);
}

#[test]
fn overwritten_sources_and_skipped_owners_are_reported() {
    let desk = Desk::new();
    let file = desk.file(
        "c/catalog-info.yaml",
        "kind: Component\nmetadata: {name: one}\nspec:\n  owner: &us team-a\n  copy: *us\n---\nkind: Component\nmetadata: {name: two}\nspec: {owner: team-a}\n---\nkind: Component\nmetadata: {name: other}\nspec: {owner: team-a}\n",
    );
    desk.import(&[&file], &[]);
    let known = "kind: Component\nmetadata: {name: one}\nspec:\n  owner: &us team-a\n  copy: *us\n---\nkind: Component\nmetadata: {name: two}\nspec: {owner: team-a}\n---\nkind: Component\nmetadata: {name: new}\nspec: {owner: team-z}\n";
    fs::write(&file, known).unwrap();
    assign(
        &desk,
        &[("one", "team-a", "team", "team-b", "team"), ("two", "team-a", "team", "team-b", "team")],
    );
    let report = desk.json(&[
        "export",
        desk.path(),
        text(file.parent().unwrap()),
        "--format",
        "backstage",
        "--against",
        text(&file),
        "--as-of",
        DAY,
        "--json",
    ]);
    assert_eq!(report["owners"], 1);
    assert_eq!(report["absent"], serde_json::json!(["other"]));
    let told: Vec<&str> = report["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| problem["message"].as_str().unwrap())
        .collect();
    assert!(told.iter().any(|message| message.contains("couldn’t add the owner of one")), "{told:?}");
    assert!(told.iter().any(|message| message.contains("new is not in the plan")), "{told:?}");
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        known.replace("two}\nspec: {owner: team-a}", "two}\nspec: {owner: team-b}")
    );

    let message = desk.refused(&["export", desk.path(), "x", "--format", "json", "--against", text(&file)]);
    assert!(message.contains("backstage"), "{message}");
    let empty = desk.folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let message =
        desk.idle(&["export", desk.path(), "x", "--format", "backstage", "--against", text(&empty)]);
    assert!(message.contains("nothing to import in"), "{message}");
    desk.refused(&["export", desk.path(), "x", "--format", "backstage", "--against", "nowhere"]);
    desk.refused(&["export", desk.path(), "x", "--format", "backstage", "--patch"]);
}

#[test]
fn former_names_are_updated_only_on_request() {
    let desk = Desk::new();
    desk.import(
        &[desk.file("teams.csv", "id,name,aliases\nteam-new,New,team-old\n").as_path()],
        &["--format", "csv"],
    );
    let source =
        desk.file("catalog-info.yaml", "kind: Component\nmetadata: {name: one}\nspec: {owner: team-old}\n");
    desk.import(&[&source], &[]);
    let (report, written) = export(&desk, "backstage", &source, &[]);
    assert!(written.is_empty());
    assert!(
        report["problems"][0]["message"].as_str().unwrap().contains("has been renamed: team-new"),
        "{report}"
    );
    let (_, written) = export(&desk, "backstage", &source, &["--current-names"]);
    let after = String::from_utf8(written[Path::new("catalog-info.yaml")].clone()).unwrap();
    assert_eq!(after, "kind: Component\nmetadata: {name: one}\nspec: {owner: team-new}\n");
}

/// A repository with a CODEOWNERS file as people leave it.
fn dirty_repository(desk: &Desk) -> PathBuf {
    let text = "# Who reviews what.\r\n\r\n*                     @org/everyone   # unless told below\r\n*.md   @Org/Writers\r\n/src/api/   @org/api\tbo@example.com # the public one\r\n\r\n/src/db/\r\n[Docs][2] @org/writers\r\n/docs/\r\n";
    desk.file("repo/.gitlab/CODEOWNERS", text);
    for path in [
        "src/api/a.rs",
        "src/api/b.rs",
        "src/api/notes.md",
        "src/db/c.rs",
        "src/ui/d.ts",
        "src/ui/e.md",
        "docs/x/y.md",
        "my app/f.rs",
    ] {
        desk.file(&format!("repo/{path}"), "");
    }
    desk.folder.path().join("repo")
}

/// Owners of each path by a CODEOWNERS file, sorted.
fn resolved(desk: &Desk, file: &Path, paths: &Path) -> BTreeMap<String, Vec<String>> {
    let lines = desk.done(&["codeowners", text(file), text(paths)]);
    let rows = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let owners = |row: &serde_json::Value| {
        let mut owners: Vec<String> = row["owners"]
            .as_array()
            .unwrap()
            .iter()
            .map(|owner| owner.as_str().unwrap().to_owned())
            .collect();
        owners.sort();
        owners
    };
    rows.map(|row| (row["path"].as_str().unwrap().to_owned(), owners(&row))).collect()
}

#[test]
fn codeowners_file_keeps_comments_order_and_sections() {
    let desk = Desk::new();
    let source = dirty_repository(&desk);
    desk.import(&[&source], &["--format", "codeowners"]);
    let (report, written) = export(&desk, "codeowners", &source, &[]);
    assert_eq!((report["owners"].as_u64(), written.len()), (Some(0), 0), "{report}");
    assign(
        &desk,
        &[
            ("src/api", "bo@example.com", "person", "", ""),
            ("src/db", "", "", "bo@example.com", "person"),
            ("src/ui", "org/everyone", "team", "org/api", "team"),
            ("my app", "org/everyone", "team", "Org/Writers", "team"),
        ],
    );
    let (_, written) = export(&desk, "codeowners", &source, &[]);
    let after = String::from_utf8(written[Path::new(".gitlab/CODEOWNERS")].clone()).unwrap();
    let expected = "# Who reviews what.\r\n\r\n*                     @org/everyone   # unless told below\r\n/my\\ app/             @Org/Writers\r\n*.md   @Org/Writers\r\n/src/ui/ @org/api\r\n/src/api/   @org/api # the public one\r\n\r\n/src/db/ bo@example.com\r\n[Docs][2] @org/writers\r\n/docs/\r\n";
    assert_eq!(after, expected);
    let now = resolved(&desk, &desk.folder.path().join("out/.gitlab/CODEOWNERS"), &source);
    for (path, owners) in [
        ("src/ui/d.ts", vec!["@org/api"]),
        ("src/ui/e.md", vec!["@org/api"]),
        ("my app/f.rs", vec!["@Org/Writers"]),
        ("src/db/c.rs", vec!["bo@example.com"]),
        ("src/api/notes.md", vec!["@org/api"]),
        ("docs/x/y.md", vec!["@Org/Writers", "@org/writers"]),
    ] {
        assert_eq!(now[path], owners, "{path}");
    }
    patch_makes_the_same(&desk, "codeowners", &source, &written, &[]);
}

#[test]
fn real_codeowners_files_assign_folders_to_the_plans_owners() {
    for (repository, depth) in [("dd-trace-py", "2"), ("esphome", "3")] {
        let Some(folder) = real_data(&format!("codeowners/{repository}")) else { return };
        let (file, paths) = (folder.join("CODEOWNERS"), folder.join("paths.txt"));
        let desk = Desk::new();
        desk.import(&[&file, &paths], &["--depth", depth]);
        let with_paths = ["--paths", text(&paths)];
        let (report, written) = export(&desk, "codeowners", &file, &with_paths);
        assert_eq!((report["owners"].as_u64(), written.len()), (Some(0), 0), "{repository}");

        // Every seventh service goes to the owner of the service before it.
        let rows = desk.json(&["stats", desk.path(), "--json"]);
        assert!(rows["services"].as_u64().unwrap() > 100);
        let out = desk.folder.path().join("csv");
        desk.done(&["export", desk.path(), text(&out), "--format", "csv"]);
        let table = fs::read_to_string(out.join("ownership.csv")).unwrap();
        let mut owned: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        for line in table.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').map(|cell| cell.trim_start_matches('\'')).collect();
            owned.entry(cells[0].to_owned()).or_default().push((cells[1].to_owned(), cells[2].to_owned()));
        }
        let mut given: BTreeMap<String, (String, String)> = BTreeMap::new();
        let mut rows = Vec::new();
        for ((_, before), (service, owners)) in owned.iter().zip(owned.iter().skip(1)).step_by(7) {
            let new = before[0].clone();
            let leaving = owners.iter().filter(|owner| **owner != new);
            rows.extend(leaving.map(|(was, kind)| {
                [service.clone(), was.clone(), kind.clone(), String::new(), String::new()]
            }));
            if !owners.contains(&new) {
                rows.push([service.clone(), String::new(), String::new(), new.0.clone(), new.1.clone()]);
            }
            given.insert(service.clone(), new);
        }
        let rows: Vec<_> = rows
            .iter()
            .map(|row| (row[0].as_str(), row[1].as_str(), row[2].as_str(), row[3].as_str(), row[4].as_str()))
            .collect();
        assign(&desk, &rows);
        let before = resolved(&desk, &file, &paths);
        let (report, written) = export(&desk, "codeowners", &file, &with_paths);
        assert!(report["owners"].as_u64().unwrap() > 10, "{repository}: {}", report["owners"]);
        let exported = desk.file("renewed/CODEOWNERS", &written[Path::new("CODEOWNERS")]);
        let after = resolved(&desk, &exported, &paths);
        // Now most of every folder belongs to the owners in the plan.
        let (repeated, _) = export(&desk, "codeowners", &exported, &with_paths);
        assert_eq!(repeated["owners"], 0, "{repository}");
        let services = |path: &str| {
            let mut rest = path;
            std::iter::from_fn(|| {
                rest = rest.rsplit_once('/')?.0;
                Some(rest.to_owned())
            })
            .find(|folder| owned.contains_key(folder))
        };
        for (path, owners) in &after {
            if !services(path).is_some_and(|service| given.contains_key(&service)) {
                assert_eq!(owners, &before[path], "{repository}: {path}");
            }
        }
        assert_eq!(written.len(), 1);
    }
}

#[test]
fn new_codeowners_file_needs_an_organisation_for_teams() {
    let desk = Desk::new();
    desk.file("plan/teams.csv", "id,name\npay,Pay\nData Team,Data\n");
    desk.file("plan/people.csv", "id,name,email\nann smith,Ann,ann@example.com\n");
    desk.file(
        "plan/services.csv",
        "id,name\nsrc/pay,Pay\nsrc/ann,Ann\nsrc/data,Data\nbilling,Not a folder\n",
    );
    desk.file("plan/ownership.csv", "service,owner,owner_kind,role\nsrc/pay,pay,team,owner\nsrc/ann,ann smith,person,owner\nsrc/data,Data Team,team,owner\n");
    desk.import(&[&desk.folder.path().join("plan")], &["--format", "csv"]);
    let paths = desk.file("paths.txt", "src/pay/a\nsrc/ann/b\nsrc/data/c\n");
    let out = desk.folder.path().join("CODEOWNERS");
    let arguments = ["export", desk.path(), text(&out), "--format", "codeowners", "--as-of", DAY];
    assert!(desk.idle(&arguments).contains("no service matches a folder"));
    desk.done(&[&arguments[..], &["--paths", text(&paths), "--org", "acme"]].concat());
    assert_eq!(
        fs::read_to_string(&out).unwrap(),
        "# Owners from the plan as of 2027-03-01. The last matching line wins.\n/src/ann/ ann@example.com\n/src/pay/ @acme/pay\n"
    );
    let file = desk.file("old/CODEOWNERS", "* @acme/all @ann\n");
    let (report, written) = export(&desk, "codeowners", &file, &["--paths", text(&paths)]);
    let after = String::from_utf8(written[Path::new("CODEOWNERS")].clone()).unwrap();
    assert_eq!(after, "* @acme/all @ann\n/src/ann/ ann@example.com\n/src/pay/ @acme/pay\n", "{report}");
    assert!(report["problems"].to_string().contains("is not a valid team name"), "{report}");
}
