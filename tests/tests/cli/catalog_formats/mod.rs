//! Catalogs of other tools: each is imported, a second import changes nothing, and a broken one gives a precise
//! diagnostic.

mod owner_map;

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use headroom_tests::{Desk, sums};
use serde_json::Value;

/// A format, a file of it as its tool would accept it, and what it defines: services, teams, people.
struct Sample {
    format: &'static str,
    file: &'static str,
    text: &'static str,
    brings: (u64, u64, u64),
}

const SAMPLES: [Sample; 7] = [
    Sample {
        format: "opslevel",
        file: "opslevel.yml",
        text: "version: 1\nservice:\n  name: Tide Gauge\n  lifecycle: beta\n  tier: tier_2\n  owner: hydro\n  description: Reads the water\n  tags:\n    - key: paging\n      value: off\n  tools:\n    - {name: Board, category: metrics, url: 'https://example.org/b'}\n  dependencies:\n    - alias: tide_gauge\n",
        brings: (1, 0, 0),
    },
    Sample {
        format: "cortex",
        file: "cortex.yaml",
        text: "openapi: 3.0.1\ninfo:\n  title: Tide Gauge\n  x-cortex-tag: tide-gauge\n  x-cortex-owners:\n    - {type: group, name: hydro}\n    - {type: email, email: ada@example.org}\n  x-cortex-groups: [tier-1]\n",
        brings: (1, 0, 0),
    },
    Sample {
        format: "compass",
        file: "compass.yml",
        text: "configVersion: 1\nname: tide-gauge\nid: ari:cloud:compass:c:component/w/1\ntypeId: SERVICE\nownerId: ari:cloud:identity::team/1\nfields: {tier: 2, lifecycle: Active}\nlabels: [water]\nrelationships: {}\n",
        brings: (1, 0, 0),
    },
    Sample {
        format: "datadog",
        file: "service.datadog.yaml",
        text: "schema-version: v2.2\ndd-service: tide-gauge\nteam: hydro\ntier: '2'\nlinks:\n  - {name: Runbook, type: runbook, url: 'https://example.org/r'}\n---\napiVersion: v3\nkind: datastore\nmetadata: {name: levels, owner: hydro}\nspec: {dependencyOf: ['service:tide-gauge']}\n",
        brings: (2, 0, 0),
    },
    Sample {
        format: "owners",
        file: "OWNERS",
        text: "approvers:\n- ada\n- Bo\nreviewers:\n- cy\nlabels:\n- area/water\n",
        brings: (1, 0, 3),
    },
    Sample {
        format: "rust-team",
        file: "teams/hydro.toml",
        text: "name = 'hydro'\n[people]\nleads = ['ada']\nmembers = ['ada', { github = 'bo', roles = ['diver'] }]\nalumni = []\n",
        brings: (0, 1, 0),
    },
    Sample {
        format: "slo",
        file: "slo.yaml",
        text: "apiVersion: openslo/v1\nkind: Service\nmetadata: {name: tide-gauge, displayName: Tide gauge}\n---\napiVersion: openslo/v1\nkind: SLO\nmetadata: {name: readings-availability}\nspec:\n  service: tide-gauge\n  description: For hydro\n  timeWindow:\n    - {duration: 4w, isRolling: true}\n  budgetingMethod: Occurrences\n  objectives:\n    - {displayName: Good, target: 0.995}\n    - {displayName: Fair, targetPercent: 99.25}\n",
        brings: (1, 0, 0),
    },
];

fn counts(desk: &Desk) -> (u64, u64, u64) {
    let stats = desk.stats();
    let count = |name: &str| stats[name].as_u64().unwrap();
    (count("services"), count("teams"), count("people"))
}

fn problems(report: &Value) -> Vec<(String, u64, u64, String)> {
    let row = |row: &Value| {
        let number = |name: &str| row[name].as_u64().unwrap();
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        (text("file"), number("line"), number("column"), text("message"))
    };
    report["problems"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn every_format_is_detected_and_import_is_idempotent() {
    for sample in SAMPLES {
        let desk = Desk::new();
        let file = desk.file(&format!("source/{}", sample.file), sample.text);
        for source in [file, desk.folder.path().join("source")] {
            let desk = Desk::new();
            let report = desk.import(&[&source], &[]);
            assert_eq!(report["formats"][0]["format"], sample.format, "{}", source.display());
            assert_eq!(report["formats"].as_array().unwrap().len(), 1, "{}", source.display());
            assert_eq!(problems(&report), [], "{}", sample.format);
            assert_eq!(counts(&desk), sample.brings, "{}", sample.format);
            assert_eq!(sums(&desk.import(&[&source], &[])), (0, 0, 0), "{} again", sample.format);
            assert_eq!(sums(&desk.import(&[&source], &["--full-sync"])), (0, 0, 0), "{}", sample.format);
            let named = desk.import(&[&source], &["--format", sample.format]);
            assert_eq!(sums(&named), (0, 0, 0), "{} by its name", sample.format);
        }
    }
}

#[test]
fn missing_records_end_only_with_full_sync() {
    let desk = Desk::new();
    let both = "version: 1\nservice: {name: a, owner: x, dependencies: [{alias: b}]}\n---\nversion: 1\nservice: {name: b, owner: x}\n";
    let file = desk.file("opslevel.yml", both);
    desk.import(&[&file], &[]);
    desk.file("opslevel.yml", "version: 1\nservice: {name: a, owner: y}\n");
    assert_eq!(desk.import(&[&file], &["--dry-run"])["ended"], 0);
    // b, its owner, a's old owner, and a's dependency.
    assert_eq!(desk.import(&[&file], &["--full-sync"])["ended"], 4);
    assert_eq!(sums(&desk.import(&[&file], &["--full-sync"])), (0, 0, 0));
}

/// Broken variants of a valid text.
fn broken(sample: &Sample) -> Vec<(&'static str, Vec<u8>)> {
    let text = sample.text;
    let is_toml = sample.format == "rust-team";
    let deep = |open: &str, close: &str| format!("{}{}", open.repeat(3_000), close.repeat(3_000));
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..10 {
        bomb += &format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 10].join(", "));
    }
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let half = text.len() / 2;
    vec![
        ("empty", Vec::new()),
        ("blank", b"\n\n   \n".to_vec()),
        ("two letters", b"no".to_vec()),
        ("binary", (0..=255).cycle().take(4_000).collect()),
        ("NUL", [text.as_bytes(), b"\0\0\0"].concat()),
        ("wide", [&[0xFF, 0xFE], wide.as_slice()].concat()),
        ("Latin-1", text.replace("hydro", "hydr\u{f6}").chars().map(|letter| letter as u8).collect()),
        ("marked", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        ("CRLF", text.replace('\n', "\r\n").into_bytes()),
        ("cut", text.as_bytes()[..half].to_vec()),
        ("cut in a quote", [text.as_bytes(), b"\nx: 'open"].concat()),
        (
            "deep lists",
            if is_toml { format!("a = {}", deep("[", "]")) } else { format!("a: {}", deep("[", "]")) }
                .into_bytes(),
        ),
        (
            "deep tables",
            if is_toml { format!("a = {}", deep("{b=", "}")) } else { deep("{a: ", "}") }.into_bytes(),
        ),
        (
            "deep blocks",
            (0..3_000).map(|at| format!("{}a:\n", " ".repeat(at))).collect::<String>().into_bytes(),
        ),
        ("bomb", format!("{text}\n{bomb}").into_bytes()),
        ("twice", format!("{text}\n{text}").into_bytes()),
        ("tabs", text.replace("  ", "\t").into_bytes()),
        ("a list", b"- a\n- b\n".to_vec()),
        ("a number", b"42\n".to_vec()),
        ("template", text.replace("ide", "{{ name }}").into_bytes()),
    ]
}

#[test]
fn broken_files_give_diagnostics() {
    std::thread::scope(|scope| {
        SAMPLES.iter().for_each(|sample| drop(scope.spawn(move || survives_what_is_broken(sample))));
    });
}

fn survives_what_is_broken(sample: &Sample) {
    for (what, bytes) in broken(sample) {
        let desk = Desk::new();
        let file = desk.file(sample.file, &bytes);
        let start = Instant::now();
        let arguments = ["import", desk.path(), file.to_str().unwrap(), "--json", "--format", sample.format];
        let output = desk.run(&arguments);
        let errors = String::from_utf8_lossy(&output.stderr);
        let case = format!("{} {what}: {errors}", sample.format);
        assert!(matches!(output.status.code(), Some(0..=2)), "{case}");
        assert!(!errors.contains("panicked") && start.elapsed() < Duration::from_secs(20), "{case}");
        if output.status.code() != Some(2) {
            let report: Value = serde_json::from_slice(&output.stdout).unwrap();
            let lines = bytes.split(|byte| *byte == b'\n').count();
            assert!(problems(&report).len() < 100, "{case}");
            for (file, line, _, message) in problems(&report) {
                assert!(!file.is_empty() && !message.is_empty(), "{case}");
                assert!(line as usize <= lines, "{case}: {message}");
            }
            let is_told = !problems(&report).is_empty();
            let has_come = report["added"].as_u64().unwrap() > 0;
            assert!(is_told || has_come, "{case}: nothing was said");
            assert_eq!(sums(&desk.import(&[&file], &["--format", sample.format])), (0, 0, 0), "{case}");
        }
    }
}

#[test]
fn encodings_and_line_endings_are_equivalent() {
    for sample in SAMPLES {
        for (what, bytes) in broken(&sample) {
            if !matches!(what, "wide" | "marked" | "CRLF") {
                continue;
            }
            let desk = Desk::new();
            let good = desk.file(sample.file, sample.text);
            desk.import(&[&good], &["--format", sample.format]);
            fs::write(&good, bytes).unwrap();
            let again = desk.import(&[&good], &["--format", sample.format]);
            assert_eq!(sums(&again), (0, 0, 0), "{} {what}", sample.format);
        }
    }
}

#[test]
fn unusual_names_round_trip_in_every_format() {
    for name in ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "Hafen 🚢 ليل", "a\u{200b}b"] {
        let quoted = serde_json::to_string(name).unwrap();
        let files = [
            (
                "opslevel",
                "opslevel.yml",
                format!("version: 1\nservice: {{name: {quoted}, owner: {quoted}}}\n"),
            ),
            (
                "cortex",
                "cortex.yaml",
                format!(
                    "info: {{title: {quoted}, x-cortex-tag: {quoted}, x-cortex-owners: [{{type: group, name: {quoted}}}]}}\n"
                ),
            ),
            ("compass", "compass.yml", format!("name: {quoted}\nownerId: {quoted}\n")),
            (
                "datadog",
                "x.datadog.yaml",
                format!("schema-version: v2\ndd-service: {quoted}\nteam: {quoted}\n"),
            ),
            ("owners", "OWNERS", format!("approvers: [{quoted}]\n")),
            (
                "rust-team",
                "teams/x.toml",
                format!("name = {quoted}\n[people]\nleads = [{quoted}]\nmembers = []\n"),
            ),
        ];
        for (format, file, text) in files {
            let desk = Desk::new();
            let file = desk.file(file, text);
            desk.import(&[&file], &["--format", format]);
            let out = desk.folder.path().join("out");
            desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "csv"]);
            let text: String = ["teams.csv", "people.csv", "services.csv"]
                .map(|file| fs::read_to_string(out.join(file)).unwrap_or_default())
                .concat();
            let kept = text.to_lowercase().contains(&name.to_lowercase()[1..]);
            assert!(kept, "{format}: {name} is not in {text}");
            assert_eq!(sums(&desk.import(&[&out], &[])), (0, 0, 0), "{format}");
        }
    }
}

#[test]
fn oversized_values_are_left_out_alone() {
    let huge = "x".repeat(10 << 20);
    let files = [
        (
            "opslevel",
            "opslevel.yml",
            format!(
                "version: 1\nservice:\n  name: a\n  description: {huge}\n  owner: {huge}\n  language: {huge}\n"
            ),
        ),
        (
            "cortex",
            "cortex.yaml",
            format!("info:\n  x-cortex-tag: a\n  title: {huge}\n  x-cortex-custom-metadata: {{a: {huge}}}\n"),
        ),
        ("compass", "compass.yml", format!("name: a\ndescription: {huge}\nownerId: {huge}\n")),
        (
            "datadog",
            "x.datadog.yaml",
            format!("schema-version: v2\ndd-service: a\nteam: {huge}\ntags: [{huge}]\n"),
        ),
        ("owners", "OWNERS", format!("approvers: [{huge}, ada]\n")),
    ];
    for (format, file, text) in files {
        let desk = Desk::new();
        let file = desk.file(file, text);
        let report = desk.import(&[&file], &["--format", format]);
        assert_eq!(desk.stats()["services"], 1, "{format}");
        assert!(!problems(&report).is_empty(), "{format}");
        let size = fs::metadata(&desk.plan).unwrap().len();
        assert!(size < 3 << 20, "{format}: the plan has {size} bytes");
        for (_, line, _, message) in problems(&report) {
            assert!(line > 0 && message.len() < 1_000, "{format}");
        }
    }
}

/// A repository with a catalog of every format.
fn repository(desk: &Desk) -> PathBuf {
    let files = [
        (
            "services/checkout/opslevel.yml",
            "version: 1\nservice:\n  name: checkout\n  owner: money\n  tier: tier_1\n  tags: [{key: db, value: mysql}]\n  dependencies: [{alias: cart}, {alias: ledger}]\n",
        ),
        (
            "services/checkout/catalog-info.yaml",
            "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: checkout, tags: [java]}\nspec: {type: service, lifecycle: production, owner: shop}\n---\napiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: shop}\nspec: {type: team, children: []}\n",
        ),
        (
            "services/cart/cortex.yaml",
            "info:\n  title: Cart\n  x-cortex-tag: cart\n  x-cortex-owners: [{type: group, name: shop}]\n",
        ),
        ("services/ledger/service.datadog.yaml", "schema-version: v2.2\ndd-service: ledger\nteam: money\n"),
        ("services/pay/compass.yml", "configVersion: 1\nname: pay\nownerId: ari:cloud:identity::team/1\n"),
        ("libs/ui/OWNERS", "approvers: [zoe]\nlabels: [area/ui]\n"),
        ("OWNERS_ALIASES", "aliases: {}\n"),
        (".github/CODEOWNERS", "/services/ @acme/platform\n/libs/ @acme/libs\n"),
        ("libs/ui/main.js", ""),
        ("node_modules/other/opslevel.yml", "version: 1\nservice: {name: foreign}\n"),
    ];
    for (name, text) in files {
        desk.file(&format!("repo/{name}"), text);
    }
    desk.folder.path().join("repo")
}

fn owners(desk: &Desk, folder: &str) -> Vec<String> {
    let out = desk.folder.path().join(folder);
    desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "csv"]);
    let text = fs::read_to_string(out.join("ownership.csv")).unwrap();
    let mut rows: Vec<String> =
        text.lines().skip(1).map(|line| line.split(',').take(2).collect::<Vec<_>>().join(" ")).collect();
    rows.sort();
    rows
}

#[test]
fn repository_with_every_format_is_one_import() {
    let desk = Desk::new();
    let folder = repository(&desk);
    let report = desk.import(&[&folder], &[]);
    let formats: Vec<&str> =
        report["formats"].as_array().unwrap().iter().map(|row| row["format"].as_str().unwrap()).collect();
    let expected = ["opslevel", "cortex", "compass", "datadog", "owners", "backstage", "codeowners"];
    assert_eq!(formats, expected);
    assert!(report["formats"][1]["files"][0].as_str().unwrap().ends_with("cart/cortex.yaml"));
    let told: Vec<String> = problems(&report).into_iter().map(|(.., message)| message).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("3 files outside the catalog’s services"), "{told:?}");
    // A folder that describes a service is that service; both ownerships are kept.
    let expected = [
        "cart acme/platform",
        "cart shop",
        "checkout acme/platform",
        "checkout money",
        "checkout shop",
        "ledger acme/platform",
        "ledger money",
        "libs/ui acme/libs",
        "libs/ui zoe",
        "pay acme/platform",
        "pay ari:cloud:identity::team/1",
    ];
    assert_eq!(owners(&desk, "out"), expected);
    let services = fs::read_to_string(desk.folder.path().join("out/services.csv")).unwrap();
    let checkout = services.lines().find(|line| line.starts_with("checkout,")).unwrap();
    assert!(checkout.contains("db:mysql; java") && checkout.contains("production"), "{checkout}");
    assert!(!services.contains("foreign"));
    let unresolved: Vec<&str> =
        report["unresolved"].as_array().unwrap().iter().map(|row| row["key"].as_str().unwrap()).collect();
    assert_eq!(unresolved, ["money", "ari:cloud:identity::team/1", "acme/libs", "acme/platform"]);
    for options in [&[][..], &["--full-sync"]] {
        assert_eq!(sums(&desk.import(&[&folder], options)), (0, 0, 0), "{options:?}");
    }
    desk.done(&["undo", desk.path()]);
    assert_eq!(counts(&desk), (0, 0, 0));
}

#[test]
fn full_sync_ends_only_records_of_its_formats() {
    let desk = Desk::new();
    let folder = repository(&desk);
    let services = desk.file("csv/services.csv", "id,name\nbuoy,Buoy\n");
    desk.import(&[&services], &[]);
    desk.import(&[&folder], &[]);
    fs::remove_file(folder.join("services/checkout/opslevel.yml")).unwrap();
    let report = desk.import(&[&folder], &["--full-sync"]);
    // There is no opslevel file any more, so that nothing imported from it ends.
    assert_eq!(report["ended"], 0, "{report}");
    fs::write(
        folder.join("services/ledger/service.datadog.yaml"),
        "schema-version: v2.2\ndd-service: till\nteam: money\n",
    )
    .unwrap();
    // The ledger and its ownership end; the folder belongs to the till from now on.
    let report = desk.import(&[&folder], &["--full-sync"]);
    assert_eq!(report["ended"], 3, "{report}");
    assert_eq!(sums(&desk.import(&[&folder], &["--full-sync"])), (0, 0, 0));
    let out = desk.folder.path().join("out");
    desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "csv"]);
    let text = fs::read_to_string(out.join("services.csv")).unwrap();
    let row = |key: &str| text.lines().find(|line| line.starts_with(&format!("{key},"))).unwrap().to_owned();
    assert!(row("buoy").ends_with(",,"), "{}", row("buoy"));
    assert!(!row("ledger").ends_with(",,"), "{}", row("ledger"));
}

#[test]
fn folders_of_several_repositories_are_distinct() {
    let desk = Desk::new();
    for (repository, owner) in [("hull", "ada"), ("keel", "bo")] {
        desk.file(&format!("{repository}/OWNERS"), format!("approvers: [{owner}]\n"));
        desk.file(&format!("{repository}/src/OWNERS"), format!("approvers: [{owner}]\n"));
        desk.file(&format!("{repository}/src/main.c"), "");
        desk.file(&format!("{repository}/CODEOWNERS"), format!("* @acme/{repository}\n"));
    }
    desk.file("keel/opslevel.yml", "version: 1\nservice: {name: keel-api, owner: yard}\n");
    let sources = [desk.folder.path().join("hull"), desk.folder.path().join("keel")];
    let sources: Vec<&Path> = sources.iter().map(PathBuf::as_path).collect();
    let report = desk.import(&sources, &[]);
    let expected = [
        "hull acme/hull",
        "hull ada",
        "hull/src acme/hull",
        "hull/src ada",
        "keel-api acme/keel",
        "keel-api bo",
        "keel-api yard",
        "keel/src acme/keel",
        "keel/src bo",
    ];
    assert_eq!(owners(&desk, "out"), expected, "{report}");
    assert_eq!(sums(&desk.import(&sources, &["--full-sync"])), (0, 0, 0));
}

#[test]
fn plan_csv_folders_are_read_as_nothing_else() {
    let desk = Desk::new();
    let folder = repository(&desk);
    desk.file("repo/teams.csv", "id,name\na,Alpha\n");
    let report = desk.import(&[&folder], &[]);
    assert_eq!(report["formats"].as_array().unwrap().len(), 1);
    assert_eq!(counts(&desk), (0, 1, 0));
}

#[test]
fn conflicting_catalogs_are_reported_and_the_first_applies() {
    let desk = Desk::new();
    desk.file(
        "repo/a/opslevel.yml",
        "version: 1\nservice: {name: till, tier: tier_1, lifecycle: beta, description: One}\n",
    );
    desk.file(
        "repo/a/till.datadog.yaml",
        "schema-version: v2\ndd-service: Till\ntier: '2'\nlifecycle: beta\ndescription: Two\n",
    );
    let folder = desk.folder.path().join("repo");
    let report = desk.import(&[&folder], &[]);
    let told: Vec<String> = problems(&report).into_iter().map(|(.., message)| message).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("the tier “2”") && told[1].contains("the description “Two”"), "{told:?}");
    assert_eq!(counts(&desk).0, 1, "one service, whatever the case of its name");
    assert_eq!(sums(&desk.import(&[&folder], &[])), (0, 0, 0));
}

#[test]
fn service_with_two_names_is_one_service() {
    let desk = Desk::new();
    desk.file(
        "repo/a/opslevel.yml",
        "version: 1\nservice: {name: Order Flow, owner: shop, aliases: [order-flow], tags: [{key: db, value: x}]}\n",
    );
    let catalog = desk.file(
        "repo/a/catalog-info.yaml",
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: order-flow, tags: [java]}\nspec: {type: service, lifecycle: production, owner: money}\n",
    );
    desk.file("repo/CODEOWNERS", "/a/ @acme/flow\n");
    let folder = desk.folder.path().join("repo");
    let report = desk.import(&[&folder], &[]);
    assert_eq!(problems(&report).len(), 1, "{report}");
    assert_eq!(counts(&desk).0, 1);
    assert_eq!(owners(&desk, "out"), ["order_flow acme/flow", "order_flow money", "order_flow shop"]);
    assert_eq!(sums(&desk.import(&[&folder], &["--full-sync"])), (0, 0, 0));
    desk.import(&[&catalog], &["--format", "backstage"]);
    assert_eq!(counts(&desk).0, 1, "the catalog alone still means the same service");
}

#[test]
fn messages_list_the_formats_of_the_table() {
    let desk = Desk::new();
    let file = desk.file("notes.txt", "x");
    let said = desk.refused(&["import", desk.path(), file.to_str().unwrap()]);
    for sample in SAMPLES {
        assert!(said.contains(sample.format), "{said}");
    }
    let help = desk.done(&["import", "--help"]);
    assert!(SAMPLES.iter().all(|sample| help.contains(sample.format)), "{help}");
    assert!(desk.refused(&["import", desk.path(), "x", "--format", "visio"]).contains("rust-team"));
}

#[test]
fn unknown_owners_are_imported_unconfirmed() {
    for sample in SAMPLES.iter().filter(|sample| matches!(sample.format, "opslevel" | "compass" | "datadog"))
    {
        let desk = Desk::new();
        let file = desk.file(sample.file, sample.text);
        let report = desk.import(&[&file], &[]);
        let kinds: Vec<&str> = report["unresolved"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["kind"].as_str().unwrap())
            .collect();
        assert!(kinds.contains(&"team"), "{}: {kinds:?}", sample.format);
        assert!(Path::new(report["unresolved"][0]["place"]["file"].as_str().unwrap()).exists());
    }
}
