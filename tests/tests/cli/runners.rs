//! Each folder of tests is one program: no file of it may be missing in its `main.rs`.

use std::{
    fs,
    path::{Path, PathBuf},
};

#[test]
fn every_test_file_is_a_module_of_its_runner() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let crates = folders(&root.join("src-tauri/crates")).into_iter().map(|folder| folder.join("tests"));
    let tests = crates.chain([root.join("tests/tests")]).filter(|tests| tests.is_dir());
    let mut runners = 0;
    for folder in tests.flat_map(|tests| folders(&tests)) {
        let Ok(modules) = fs::read_to_string(folder.join("main.rs")) else { continue };
        runners += 1;
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap();
            let is_named = modules.lines().any(|line| line == format!("mod {name};"));
            assert!(is_named || name == "main", "{} is no module of its main.rs", path.display());
        }
    }
    assert!(runners >= 5, "{runners} runners were found");
}

fn folders(parent: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_dir()).collect()
}
