//! Updating the owners in existing files.

use std::fs;

use headroom_tests::{
    Desk,
    window::{Start, Window},
};

#[test]
fn files_are_updated_after_a_preview() {
    let desk = Desk::new();
    let text = "# Ours\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: shop # the shop\nspec:\n  type: service\n  owner: team-a\n";
    let file = desk.file("catalog/shop.yaml", text);
    desk.file("catalog/lone.yaml", text.replace("shop", "lone").replace("  owner: team-a\n", ""));
    let folder = file.parent().unwrap().to_owned();
    desk.import(&[&folder], &[]);
    // As seen from today the owner changed long ago.
    let csv = desk.file(
        "csv/ownership.csv",
        "service,owner,owner_kind,role,from,until\nshop,team-a,team,owner,,2026-01-01\nshop,team-b,team,owner,2026-01-02,\n",
    );
    desk.import(&[csv.parent().unwrap()], &["--format", "csv"]);

    let window =
        Window::start(&Start { arguments: &[desk.path()], dialog: Some(&folder), ..Start::default() });
    window.go("#/plan");
    window.click("[data-testid=update-backstage]");
    window.wait_text("[data-testid=update-sum]", "1 owner in 1 file will change");
    let diff = window.wait_text("[data-testid=diff]", "-  owner: team-a");
    assert!(diff.contains("+  owner: team-b"), "{diff}");
    if let Some(shots) = std::env::var_os("HEADROOM_SHOTS") {
        window.screenshot(&std::path::Path::new(&shots).join("update.png"));
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), text, "looking writes nothing");
    window.click("[data-testid=update-write]");
    window.wait_gone("dialog[open]");
    assert_eq!(fs::read_to_string(&file).unwrap(), text.replace("team-a", "team-b"));

    window.click("[data-testid=update-backstage]");
    window.wait_text("[data-testid=update-sum]", "Nothing to write");
    assert_eq!(window.js("return document.querySelector('[data-testid=update-write]').disabled"), true);
}

#[test]
fn files_changed_since_the_preview_are_not_overwritten() {
    let desk = Desk::new();
    desk.file("repo/CODEOWNERS", "* @org/all\n");
    desk.file("repo/src/a/b.rs", "");
    let folder = desk.folder.path().join("repo");
    desk.import(&[&folder], &[]);
    let csv = desk.file(
        "csv/ownership.csv",
        "service,owner,owner_kind,role,from,until\nsrc/a,org/all,team,owner,,2026-01-01\nsrc/a,org/two,team,owner,2026-01-02,\n",
    );
    desk.import(&[csv.parent().unwrap()], &["--format", "csv"]);
    let window =
        Window::start(&Start { arguments: &[desk.path()], dialog: Some(&folder), ..Start::default() });
    window.go("#/plan");
    window.click("[data-testid=update-codeowners]");
    window.wait_text("[data-testid=diff]", "+/src/a/ @org/two");
    fs::write(folder.join("CODEOWNERS"), "* @org/everyone\n").unwrap();
    window.click("[data-testid=update-write]");
    window.wait_text("[data-testid=update-problem]", "has changed since it was read");
    assert_eq!(fs::read_to_string(folder.join("CODEOWNERS")).unwrap(), "* @org/everyone\n");
}
