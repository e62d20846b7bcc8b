//! LibreOffice without a window: reckons a workbook anew and gives a sheet as values.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Whether it is installed; says so loudly where it is not.
pub fn is_there() -> bool {
    let found = Command::new("soffice").arg("--version").stdout(Stdio::null()).status();
    let is_there = found.is_ok_and(|status| status.success());
    if !is_there {
        eprintln!(
            "SKIPPED: soffice is not installed (libreoffice-calc-nogui): exported sheets are not reckoned"
        );
    }
    is_there
}

/// The sheet with this number, counted from one, as CSV: every formula reckoned, every number in full.
pub fn reckoned(workbook: &Path, sheet: usize, folder: &Path) -> String {
    let filter =
        format!("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,{sheet}");
    fs::read_to_string(converted(workbook, &filter, folder)).unwrap()
}

/// The workbook as LibreOffice keeps it, with the values of its formulas, which are not reckoned when it is read again.
pub fn kept(workbook: &Path, folder: &Path) -> PathBuf {
    converted(workbook, "xlsx", folder)
}

fn converted(workbook: &Path, filter: &str, folder: &Path) -> PathBuf {
    let profile = format!("-env:UserInstallation=file://{}", folder.join("office").display());
    let out = tempfile::tempdir_in(folder).unwrap().keep();
    let done = Command::new("soffice")
        .args([&*profile, "--headless", "--norestore", "--convert-to", filter, "--outdir"])
        .arg(&out)
        .arg(workbook)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{said}");
    fs::read_dir(&out)
        .unwrap()
        .next()
        .unwrap_or_else(|| panic!("nothing was written: {said}"))
        .unwrap()
        .path()
}
