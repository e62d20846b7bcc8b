//! LibreOffice without a window: calculates a workbook and gives a sheet as values.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Whether it is installed; prints a message if not.
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

/// Whether formulas are calculated, or their stored results are used.
#[derive(Clone, Copy)]
enum Formulas {
    Reckoned,
    AsStored,
}

/// A sheet, counted from one, as CSV: every formula calculated, every number in full.
pub fn reckoned(workbook: &Path, sheet: usize, folder: &Path) -> String {
    sheet_of(workbook, sheet, Formulas::Reckoned, folder)
}

/// As [`reckoned`], with the stored results.
pub fn as_stored(workbook: &Path, sheet: usize, folder: &Path) -> String {
    sheet_of(workbook, sheet, Formulas::AsStored, folder)
}

fn sheet_of(workbook: &Path, sheet: usize, formulas: Formulas, folder: &Path) -> String {
    let filter =
        format!("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,{sheet}");
    fs::read_to_string(converted(workbook, &filter, formulas, folder)).unwrap()
}

/// The workbook as saved by LibreOffice, with calculated results.
pub fn kept(workbook: &Path, folder: &Path) -> PathBuf {
    converted(workbook, "xlsx", Formulas::Reckoned, folder)
}

/// A user profile that sets whether stored results are used: 0 is never.
fn profile(formulas: Formulas, folder: &Path) -> PathBuf {
    let (name, mode) = match formulas {
        Formulas::Reckoned => ("office", 0),
        Formulas::AsStored => ("office-as-stored", 1),
    };
    let user = folder.join(name).join("user");
    let settings = user.join("registrymodifications.xcu");
    if !settings.exists() {
        fs::create_dir_all(&user).unwrap();
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">\
             <item oor:path=\"/org.openoffice.Office.Calc/Formula/Load\">\
             <prop oor:name=\"OOXMLRecalcMode\" oor:op=\"fuse\"><value>{mode}</value></prop></item></oor:items>\n"
        );
        fs::write(settings, text).unwrap();
    }
    folder.join(name)
}

fn converted(workbook: &Path, filter: &str, formulas: Formulas, folder: &Path) -> PathBuf {
    let profile = format!("-env:UserInstallation=file://{}", profile(formulas, folder).display());
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
