//! The page's client, `ui/src/ipc/bindings.ts`, is generated from the commands and checked in. `UPDATE_BINDINGS=1
//! cargo test -p headroom-desktop --test bindings` generates it again.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{env, fs, path::Path};

#[test]
fn checked_in_client_matches_the_commands() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/ipc/bindings.ts");
    if env::var_os("UPDATE_BINDINGS").is_some() {
        headroom_desktop::export_bindings(&kept).unwrap();
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let fresh = folder.path().join("bindings.ts");
    headroom_desktop::export_bindings(&fresh).unwrap();
    let (fresh, kept) = (fs::read_to_string(fresh).unwrap(), fs::read_to_string(kept).unwrap_or_default());
    assert!(
        fresh == kept,
        "ui/src/ipc/bindings.ts is out of date: UPDATE_BINDINGS=1 cargo test -p headroom-desktop --test bindings"
    );
}
