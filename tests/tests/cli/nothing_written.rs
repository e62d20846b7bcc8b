//! Output that cannot be written, and commands with nothing to do: one sentence and the right exit code.

use std::{
    fs::{self, OpenOptions},
    path::Path,
    process::{Output, Stdio},
};

use headroom_tests::{Desk, commands_in, headroom};

/// Every command with arguments under which it prints something. `PLAN` is a plan with the sample, `FILES` a folder
/// with its input.
const COMMANDS: &[(&str, &[&str])] = &[
    ("new", &["FILES/new.headroom"]),
    ("import", &["PLAN", "FILES/teams.csv"]),
    ("import", &["PLAN", "FILES/teams.csv", "--json"]),
    ("import-profiles", &[]),
    ("import-profiles", &["--json"]),
    ("import-profiles", &["--show", "bamboohr"]),
    ("overview", &["PLAN"]),
    ("overview", &["PLAN", "--json"]),
    ("playbook", &["PLAN"]),
    ("playbook", &["PLAN", "--format", "html"]),
    ("playbook", &["PLAN", "--json"]),
    ("compare", &["PLAN", "--to", "2028-01-01"]),
    ("compare", &["PLAN", "--to", "2028-01-01", "--json"]),
    ("stats", &["PLAN"]),
    ("stats", &["PLAN", "--json"]),
    ("show", &["PLAN", "team", "payments"]),
    ("show", &["PLAN", "team", "payments", "--json"]),
    ("search", &["PLAN", "payments"]),
    ("search", &["PLAN", "payments", "--json"]),
    ("findings", &["PLAN"]),
    ("findings", &["PLAN", "--deny", "low"]),
    ("findings", &["PLAN", "--format", "json"]),
    ("findings", &["PLAN", "--format", "sarif"]),
    ("forecast", &["PLAN"]),
    ("forecast", &["PLAN", "--json"]),
    ("budget", &["PLAN"]),
    ("budget", &["PLAN", "--json"]),
    ("budget", &["PLAN", "--format", "csv", "-o", "-"]),
    ("budget", &["PLAN", "--format", "budget-csv", "-o", "-"]),
    ("budget", &["PLAN", "--format", "positions-csv", "-o", "-"]),
    ("simulate", &["PLAN", "--runs", "5"]),
    ("simulate", &["PLAN", "--runs", "5", "--json"]),
    ("coverage", &["PLAN"]),
    ("coverage", &["PLAN", "--json"]),
    ("metrics", &["PLAN"]),
    ("metrics", &["PLAN", "--json"]),
    ("metrics", &["PLAN", "--by", "segment"]),
    ("bets", &["PLAN"]),
    ("bets", &["PLAN", "--json"]),
    ("gates", &["PLAN"]),
    ("gates", &["PLAN", "--json"]),
    ("staffing", &["--calls", "360", "--handle-seconds", "240"]),
    ("staffing", &["--tickets", "300", "--handle-minutes", "18", "--hours", "130", "--json"]),
    ("staffing", &["PLAN", "--json"]),
    ("dora", &["PLAN"]),
    ("dora", &["PLAN", "--json"]),
    ("slo", &["PLAN"]),
    ("slo", &["PLAN", "--json"]),
    ("incidents", &["PLAN"]),
    ("incidents", &["PLAN", "--json"]),
    ("incidents", &["PLAN", "--by", "service"]),
    ("actions", &["PLAN"]),
    ("actions", &["PLAN", "--json"]),
    ("practices", &["PLAN"]),
    ("practices", &["PLAN", "--json"]),
    ("cost", &["PLAN"]),
    ("cost", &["PLAN", "--chargeback", "--json"]),
    ("suggest", &["PLAN"]),
    ("suggest", &["PLAN", "--json"]),
    ("rules", &[]),
    ("rules", &["--json"]),
    ("rules", &["unowned-service"]),
    ("scenario list", &["PLAN"]),
    ("scenario list", &["PLAN", "--json"]),
    ("scenario new", &["PLAN", "Another bet"]),
    ("scenario show", &["PLAN", "bet"]),
    ("scenario show", &["PLAN", "bet", "--json"]),
    ("scenario diff", &["PLAN", "bet"]),
    ("scenario diff", &["PLAN", "bet", "--json"]),
    ("scenario compare", &["PLAN", "bet", "--to", "2027-03-31"]),
    ("scenario compare", &["PLAN", "bet", "--to", "2027-03-31", "--json"]),
    ("scenario compare", &["PLAN", "bet", "--to", "2027-03-31", "--format", "csv"]),
    ("scenario rebase", &["PLAN", "bet"]),
    ("scenario merge", &["PLAN", "bet"]),
    ("scenario merge", &["PLAN", "bet", "--dry-run", "--json"]),
    ("scenario drop", &["PLAN", "bet"]),
    ("scenario reopen", &["PLAN", "bet"]),
    ("scenario help", &["PLAN"]),
    ("stats", &["PLAN", "--scenario", "bet"]),
    ("checklist list", &["PLAN"]),
    ("checklist list", &["PLAN", "--json"]),
    ("checklist show", &["PLAN", "rafael.orlova"]),
    ("checklist show", &["PLAN", "rafael.orlova", "--json"]),
    ("checklist start", &["PLAN", "omar.wong"]),
    ("checklist start", &["PLAN", "omar.wong", "--json"]),
    ("checklist move", &["PLAN", "grace.nair", "--on", "2030-01-07"]),
    ("checklist done", &["PLAN", "ITEM"]),
    ("checklist skip", &["PLAN", "ITEM", "--reason", "not for them"]),
    ("checklist block", &["PLAN", "ITEM", "--reason", "a laptop"]),
    ("checklist open", &["PLAN", "ITEM"]),
    ("checklist export", &["PLAN", "grace.nair", "-o", "FILES/again.headroom"]),
    ("checklist merge", &["PLAN", "FILES/handed-out.headroom"]),
    ("checklist merge", &["PLAN", "FILES/handed-out.headroom", "--json"]),
    ("export", &["PLAN", "FILES/out", "--format", "csv"]),
    ("export", &["PLAN", "-", "--format", "dot"]),
    ("export", &["PLAN", "-", "--format", "ics"]),
    (
        "export",
        &["PLAN", "FILES/updated", "--format", "backstage", "--against", "FILES/catalog-info.yaml", "--json"],
    ),
    ("export", &["PLAN", "-", "--format", "backstage", "--against", "FILES/catalog-info.yaml", "--patch"]),
    ("redact", &["PLAN", "FILES/copy.headroom"]),
    ("redact", &["PLAN", "FILES/ratios.headroom", "--keep-ratios"]),
    ("redact", &["PLAN", "--dry-run", "--json"]),
    ("history", &["PLAN"]),
    ("history", &["PLAN", "--changes"]),
    ("history", &["PLAN", "--json"]),
    ("merge", &["PLAN", "FILES/apart.headroom"]),
    ("merge", &["PLAN", "FILES/apart.headroom", "--dry-run", "--json"]),
    ("conflicts", &["PLAN"]),
    ("conflicts", &["PLAN", "--json"]),
    ("undo", &["PLAN"]),
    ("redo", &["PLAN"]),
    ("doctor", &["PLAN"]),
    ("doctor", &["PLAN", "--json"]),
    ("codeowners", &["FILES/CODEOWNERS", "FILES/paths.txt"]),
    ("completions", &["bash"]),
    ("help", &[]),
    ("help", &["export"]),
    ("checklist help", &["PLAN"]),
    ("--version", &[]),
];

/// A plan with the sample, and the input of the commands.
fn prepared() -> Desk {
    let desk = Desk::new();
    fs::remove_file(&desk.plan).unwrap();
    desk.done(&["new", desk.path(), "--sample"]);
    desk.file("files/teams.csv", "id,name\nnew-team,New\n");
    desk.file("files/CODEOWNERS", "* @acme/all\n");
    desk.file("files/paths.txt", "a/b\nc/d\n");
    let handed_out = desk.folder.path().join("files/handed-out.headroom");
    desk.done(&["checklist", desk.path(), "export", "grace.nair", "-o", handed_out.to_str().unwrap()]);
    let catalog = desk.folder.path().join("files/catalog-info.yaml");
    desk.done(&["export", desk.path(), catalog.to_str().unwrap(), "--format", "backstage"]);
    let text = fs::read_to_string(&catalog).unwrap();
    fs::write(&catalog, text.replacen("\n  owner: ", "\n  owner: not-", 1)).unwrap();
    desk.done(&["scenario", desk.path(), "new", "Bet"]);
    let other = desk.file("bet/teams.csv", "id,name\nbet-team,Bet\n");
    desk.done(&["import", desk.path(), other.to_str().unwrap(), "--scenario", "bet"]);
    // So that there is something to redo.
    let other = desk.file("other/teams.csv", "id,name\nanother-team,Another\n");
    desk.import(&[&other], &[]);
    desk.done(&["undo", desk.path()]);
    fs::copy(&desk.plan, desk.folder.path().join("kept.headroom")).unwrap();
    // A copy that was edited apart.
    let apart = desk.folder.path().join("files/apart.headroom");
    fs::copy(&desk.plan, &apart).unwrap();
    let (apart, third) =
        (apart.to_str().unwrap(), desk.file("third/teams.csv", "id,name\nthird-team,Third\n"));
    desk.done(&["import", apart, third.to_str().unwrap()]);
    desk
}

/// The arguments of a command, on a fresh copy of the plan.
fn arguments(desk: &Desk, command: &str, rest: &[&str], item: &str) -> Vec<String> {
    fs::copy(desk.folder.path().join("kept.headroom"), &desk.plan).unwrap();
    for made in ["new", "again", "copy"] {
        let _ = fs::remove_file(desk.folder.path().join(format!("files/{made}.headroom")));
    }
    let files = desk.folder.path().join("files");
    let of = |word: &&str| {
        word.replace("PLAN", desk.path()).replace("FILES", files.to_str().unwrap()).replace("ITEM", item)
    };
    let mut words: Vec<String> = command.split(' ').map(str::to_owned).collect();
    let mut rest: Vec<String> = rest.iter().map(of).collect();
    if words.len() == 2 {
        words.insert(1, rest.remove(0));
    }
    words.extend(rest);
    words
}

/// The ID of an open item.
fn open_item(desk: &Desk) -> String {
    let list = desk.json(&["checklist", desk.path(), "show", "quentin.jansen", "--json"]);
    let found = serde_json::to_string(&list).unwrap();
    let at = found.find("\"item\":").unwrap() + 7;
    found[at..].chars().take_while(char::is_ascii_digit).collect()
}

fn run_into(arguments: &[String], out: Stdio) -> Output {
    headroom().args(arguments).stdin(Stdio::null()).stdout(out).output().unwrap()
}

#[test]
fn every_command_is_covered() {
    let desk = Desk::new();
    let listed = commands_in(&desk.done(&["help"]));
    assert!(listed.len() > 20, "{listed:?}");
    let below = |command: &str| {
        let listed = commands_in(&desk.done(&[command, desk.path(), "help"]));
        listed.into_iter().map(|name| format!("{command} {name}")).collect::<Vec<_>>()
    };
    const GROUPS: [&str; 2] = ["checklist", "scenario"];
    let all = listed.into_iter().chain(GROUPS.iter().flat_map(|command| below(command)));
    for command in all.filter(|command| !GROUPS.contains(&command.as_str())) {
        assert!(COMMANDS.iter().any(|(known, _)| *known == command), "{command} is tried by no line");
    }
}

#[test]
fn full_disk_is_reported_in_one_sentence() {
    let desk = prepared();
    let item = open_item(&desk);
    for (command, rest) in COMMANDS {
        let arguments = arguments(&desk, command, rest, &item);
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = run_into(&arguments, full.into());
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {errors}");
        let told = errors.lines().last().unwrap();
        assert!(told.starts_with("error: ") && told.contains("cannot write"), "{arguments:?}: {errors}");
        assert!(!errors.contains("panicked"), "{arguments:?}: {errors}");
    }
}

#[test]
fn closed_pipe_is_not_an_error() {
    let desk = prepared();
    let item = open_item(&desk);
    for (command, rest) in COMMANDS {
        let arguments = arguments(&desk, command, rest, &item);
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = run_into(&arguments, writer.into());
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(!errors.contains("panicked") && !errors.contains("error:"), "{arguments:?}: {errors}");
        let is_denied = rest.contains(&"--deny");
        assert_eq!(output.status.code(), Some(i32::from(is_denied)), "{arguments:?}: {errors}");
    }
}

#[test]
fn nothing_to_do_exits_with_1_and_a_reason() {
    let desk = Desk::new();
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let file = |name: &str, contents: &str| text(&desk.file(name, contents));
    let teams = file("some/teams.csv", "id,name\na,Alpha\n");
    desk.file("some/services.csv", "id,name\nshop,Shop\n");
    let nobody = desk.idle(&["findings", desk.path()]);
    assert!(nobody.contains("nothing to check"), "{nobody}");
    let said = desk.idle(&["export", desk.path(), "x", "--format", "codeowners"]);
    assert!(said.contains("no service matches a folder"), "{said}");
    let said = desk.idle(&["simulate", desk.path()]);
    assert!(said.contains("nothing to simulate"), "{said}");

    for (name, contents, why) in [
        ("catalog-info.yaml", "kind: Pod\nmetadata: {name: x}\n", "is not supported"),
        ("b/catalog-info.yaml", "a: [\n", "not YAML"),
        ("c/catalog-info.yaml", "# nothing\n", "is empty"),
        ("opslevel.yml", "version: 1\nteam: x\n", "no service, component or repository found"),
        ("compass.yml", "a: b\n", "not a component"),
        ("cortex.yaml", "info: {title: x}\n", "no “x-cortex-” field"),
        ("service.datadog.yaml", "team: x\n", "not a service definition"),
        ("OWNERS", "a@example.org\n", "not a Kubernetes-style OWNERS file"),
        ("list.md", "# Nothing\n", "no item"),
        ("d/teams.csv", "id,name\n", "the sources hold nothing"),
    ] {
        let source = file(name, contents);
        for more in [&[][..], &["--dry-run"], &["--json"]] {
            let mut words = vec!["import", desk.path(), &source];
            if name.ends_with(".md") {
                words.extend(["--format", "markdown"]);
            }
            words.extend(more);
            let output = desk.run(&words);
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{words:?}: {said}");
            assert!(said.contains("nothing was imported") && said.contains(why), "{words:?}: {said}");
            assert!(!String::from_utf8_lossy(&output.stdout).contains("no changes"), "{words:?}");
        }
    }
    fs::create_dir(desk.folder.path().join("empty")).unwrap();
    let empty = text(&desk.folder.path().join("empty"));
    assert!(desk.idle(&["import", desk.path(), &empty]).contains("nothing to import in"));

    // Input that changes nothing was still read: that is a success.
    desk.done(&["import", desk.path(), &teams]);
    assert!(desk.done(&["import", desk.path(), &teams]).contains("no changes"));
    desk.done(&["import", desk.path(), &text(&desk.folder.path().join("some"))]);
    let other =
        file("other/catalog-info.yaml", "kind: Component\nmetadata: {name: till}\nspec: {owner: a}\n");
    for more in [&[][..], &["--json"], &["--patch"]] {
        let words = ["export", desk.path(), "-", "--format", "backstage", "--against", &other];
        let said = desk.idle(&[&words[..], more].concat());
        assert!(said.contains("nothing to compare"), "{more:?}: {said}");
        assert!(!said.contains("no changes"), "{said}");
    }
    let rules = file("CODEOWNERS", "* @acme/all\n");
    assert!(desk.idle(&["codeowners", &rules, &file("none.txt", "\n")]).contains("no paths given"));
    let said = desk.idle(&["findings", desk.path(), "--format", "sarif", "--sources", &other]);
    assert!(said.contains("no results left"), "{said}");
}
