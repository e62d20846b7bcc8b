//! Importing catalogs.

use headroom_tests::{
    Desk,
    window::{Start, Window},
};

#[test]
fn opaque_owners_are_mapped_once() {
    let desk = Desk::new();
    desk.file("csv/teams.csv", "id,name\npay,Payments\nship,Shipping\n");
    desk.import(&[&desk.folder.path().join("csv")], &[]);
    desk.file(
        "repo/services/till/compass.yml",
        "configVersion: 1\nname: till\nid: ari:cloud:compass:c:component/w/1\nownerId: ari:cloud:identity::team/7f3a\n",
    );
    desk.file(
        "repo/services/till/opslevel.yml",
        "version: 1\nservice: {name: till, tier: gold, owner: shp}\n",
    );
    let repo = desk.folder.path().join("repo");
    let window = Window::start(&Start { arguments: &[desk.path()], dialog: Some(&repo), ..Start::default() });
    window.go("#/import");
    window.wait_text("[data-testid=formats]", "Kubernetes OWNERS");
    if let Some(folder) = std::env::var_os("SCREENSHOTS") {
        window.screenshot(&std::path::Path::new(&folder).join("import-empty.png"));
    }
    window.click("[data-testid=choose-folder]");
    window.wait_text("[data-testid=import-formats]", "Atlassian Compass");
    window.wait_text("[data-testid=import-unresolved]", "ari:cloud:identity::team/7f3a");
    window.wait_text("[data-testid=import-problems]", "not a tier from 1 to 4");

    let row = "[data-testid=import-unresolved] li:last-child";
    window.wait_text(row, "7f3a");
    window.click(&format!("{row} [data-testid=meaning]"));
    window.type_into(&format!("{row} [data-testid=meaning]"), "paym");
    window.wait_text(&format!("{row} [role=listbox]"), "Payments");
    if let Some(folder) = std::env::var_os("SCREENSHOTS") {
        window.screenshot(&std::path::Path::new(&folder).join("import-names.png"));
    }
    window.press("{Enter}");
    window.wait_text("[data-testid=import-meanings]", "Payments");
    window.wait("one name left", |it| {
        (!it.text("[data-testid=import-unresolved]").contains("7f3a")).then_some(())
    });
    if let Some(folder) = std::env::var_os("SCREENSHOTS") {
        window.screenshot(&std::path::Path::new(&folder).join("import-explained.png"));
    }
    // Similar names are one click away.
    window.click("[data-testid=import-unresolved] button");
    window.wait_text("[data-testid=import-meanings]", "Shipping");
    window.wait_gone("[data-testid=import-unresolved]");
    window.click("[data-testid=import-apply]");
    window.wait_text("[data-testid=import-done]", "You can undo this in one step");
    window.click("[data-testid=choose-folder]");
    window.wait_text("[data-testid=import-counts]", "the plan is up to date");
    let out = desk.folder.path().join("out");
    desk.done(&["export", desk.path(), out.to_str().unwrap(), "--format", "csv"]);
    let text = std::fs::read_to_string(out.join("ownership.csv")).unwrap();
    assert!(text.contains("till,pay,") && text.contains("till,ship,"), "{text}");
}
