//! Owners that a catalog gives only as IDs, and the name map that says who they are.

use super::*;

const OPAQUE: &str = "configVersion: 1\nname: pay\nid: ari:cloud:compass:c:component/w/1\nownerId: ari:cloud:identity::team/1\nrelationships: {DEPENDS_ON: ['ari:cloud:compass:c:component/w/2']}\n";

fn with_teams(desk: &Desk) -> PathBuf {
    let teams = desk.file("csv/teams.csv", "id,name\nshop,Shop\nmoney,Money & More\n");
    let services = desk.file("csv/services.csv", "id,name\nledger,Ledger\n");
    desk.import(&[&teams, &services], &[]);
    desk.file("compass.yml", OPAQUE)
}

const MAP: &str =
    "from,to\nari:cloud:identity::team/1,Money & More\nari:cloud:compass:c:component/w/2,ledger\n";

#[test]
fn opaque_owners_are_mapped_once() {
    let desk = Desk::new();
    let compass = with_teams(&desk);
    let map = desk.file("map.csv", MAP);
    let report = desk.import(&[&compass], &["--name-map", map.to_str().unwrap()]);
    assert_eq!(report["unresolved"], serde_json::json!([]));
    assert_eq!(problems(&report), []);
    assert_eq!(owners(&desk, "out"), ["pay money"]);
    assert_eq!(counts(&desk), (2, 2, 0));
    // Without the map: the names are known by now.
    assert_eq!(sums(&desk.import(&[&compass], &[])), (0, 0, 0));
    assert_eq!(sums(&desk.import(&[&compass], &["--full-sync"])), (0, 0, 0));
    assert_eq!(sums(&desk.import(&[&compass], &["--name-map", map.to_str().unwrap()])), (0, 0, 0));
    let found = desk.json(&["findings", desk.path(), "--format", "json"]);
    let rules: Vec<&str> =
        found["findings"].as_array().unwrap().iter().map(|row| row["rule"].as_str().unwrap()).collect();
    assert!(!rules.contains(&"dangling-dependency"), "{rules:?}");
}

#[test]
fn mapping_replaces_an_imported_stub() {
    let desk = Desk::new();
    let compass = with_teams(&desk);
    let report = desk.import(&[&compass], &[]);
    assert_eq!(report["unresolved"][0]["key"], "ari:cloud:identity::team/1");
    assert_eq!(report["unresolved"][0]["kind"], "team");
    assert_eq!(owners(&desk, "before"), ["pay ari:cloud:identity::team/1"]);
    let map = desk.file("map.csv", MAP);
    desk.import(&[&compass], &["--name-map", map.to_str().unwrap()]);
    assert_eq!(owners(&desk, "after"), ["pay money"]);
    assert_eq!(counts(&desk), (2, 2, 0));
    assert_eq!(sums(&desk.import(&[&compass], &[])), (0, 0, 0));
    desk.done(&["undo", desk.path()]);
    assert_eq!(owners(&desk, "undone"), ["pay ari:cloud:identity::team/1"]);
}

#[test]
fn invalid_name_maps_are_reported() {
    let desk = Desk::new();
    let compass = with_teams(&desk);
    let map = desk.file(
        "map.csv",
        "from,to\nnobody,shop\nari:cloud:identity::team/1,\nari:cloud:identity::team/1,harbour\nari:cloud:identity::team/1,shop\n",
    );
    let report = desk.import(&[&compass], &["--name-map", map.to_str().unwrap()]);
    let mut told: Vec<(u64, String)> = problems(&report)
        .into_iter()
        .filter(|(file, ..)| file.ends_with("map.csv"))
        .map(|(_, line, _, message)| (line, message))
        .collect();
    told.sort();
    let lines: Vec<u64> = told.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [2, 3, 4, 5], "{told:?}");
    assert!(told[2].1.contains("“harbour” isn’t defined anywhere yet"), "{told:?}");
    assert_eq!(owners(&desk, "out"), ["pay harbour"]);
    for (name, text) in [("no.csv", "a,b\n1,2\n"), ("empty.csv", "")] {
        let map = desk.file(name, text);
        let said = desk.refused(&[
            "import",
            desk.path(),
            compass.to_str().unwrap(),
            "--name-map",
            map.to_str().unwrap(),
        ]);
        assert!(said.contains("column “from” is missing"), "{said}");
    }
}
