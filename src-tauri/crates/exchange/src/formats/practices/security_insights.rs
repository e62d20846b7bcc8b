//! SECURITY-INSIGHTS.yml, versions 1 and 2: what a project says of its own security, when that was last reviewed, and when
//! it expires. Contacts are not read.

use std::{path::Path, sync::Arc};

use chrono::NaiveDate;
use headroom_files::{
    Level,
    records::{PracticeRecord, PracticeSubject, Records},
    shortened,
};
use headroom_model::{Examination, PracticeEvidence, PracticeScale, practice::is_evidence_address};

use super::{metric_row::PracticeDefinition, open_ssf::day_of};
use crate::catalog::field_reader::FieldReader;

const KEY: &str = "security-insights";
const LEVELS: [&str; 4] = [
    "Nothing is said",
    "It is said how to report vulnerabilities",
    "Security tests run with every change as well",
    "It was assessed as well, or its threats were modelled",
];
const SOURCE: &str = "https://github.com/ossf/security-insights";

pub fn read(root: &FieldReader<'_>, file: &Path, records: &mut Records) {
    let Some(header) = root.fields("header") else {
        let message = "no “header”; skipped";
        return root.report.say(
            Level::Error,
            root.place.clone(),
            message,
            "see the specification of SECURITY-INSIGHTS",
        );
    };
    let Some(on) = day(&header, "last-reviewed").or_else(|| day(&header, "last-updated")) else {
        let message = "neither last-reviewed nor last-updated is a date; skipped";
        return header.say(Level::Error, "last-reviewed", message, "write it as 2027-03-12");
    };
    let until = day(&header, "expiration-date");
    let levels = LEVELS.map(str::to_owned);
    let definition = PracticeDefinition {
        key: KEY,
        name: "Security insights",
        scale: PracticeScale::Level,
        levels: &levels,
        origin: SOURCE,
    };
    records.rows.push(definition.row(&root.place));
    let address = address(root, &header);
    let repository = address.clone().or_else(|| folder(file));
    let Some(repository) = repository else {
        let message = "it names no project, and lies in no folder; skipped";
        return header.say(Level::Error, "project-url", message, "fill in project-url, or header.url");
    };
    let evidence = address.filter(|address| is_evidence_address(address)).unwrap_or_default();
    records.practices.push(PracticeRecord {
        place: root.place.clone(),
        practice: KEY.into(),
        subject: Arc::new(PracticeSubject::Repository(repository)),
        level: level(root).to_string(),
        on,
        until,
        evidence: PracticeEvidence { by: Some(Examination::OwnAccount), detail: &evidence }.text(),
    });
}

fn day(header: &FieldReader<'_>, name: &str) -> Option<NaiveDate> {
    let text = header.scalar(name).filter(|text| !text.trim().is_empty())?;
    let day = day_of(&text);
    if day.is_none() {
        let message = format!("“{}” is not a date; ignored", shortened(&text));
        header.say(Level::Warning, name, message, "write it as 2027-03-12");
    }
    day
}

/// The address of the repository: in version 2 apart, in version 1 in the header.
fn address(root: &FieldReader<'_>, header: &FieldReader<'_>) -> Option<String> {
    let of_repository = root.fields("repository").and_then(|own| own.filled("url"));
    of_repository.or_else(|| header.filled("project-url")).or_else(|| header.filled("url"))
}

/// The folder of the file: a repository's file need not name the repository.
fn folder(file: &Path) -> Option<String> {
    let path = file.canonicalize().ok()?;
    Some(path.parent()?.file_name()?.to_string_lossy().into_owned())
}

/// Each level asks for what those below it ask for.
fn level(root: &FieldReader<'_>) -> usize {
    [accepts_reports(root), is_tested(root), is_assessed(root)].into_iter().take_while(|is_so| *is_so).count()
}

fn accepts_reports(root: &FieldReader<'_>) -> bool {
    let of_project = root.fields("project");
    let reporting = root
        .fields("vulnerability-reporting")
        .or_else(|| of_project.as_ref().and_then(|project| project.fields("vulnerability-reporting")));
    reporting.is_some_and(|said| said.flag("accepts-vulnerability-reports") || said.flag("reports-accepted"))
}

/// Whether tools are part of the checks of a change.
fn is_tested(root: &FieldReader<'_>) -> bool {
    let is_in_ci = |tool: &FieldReader<'_>| tool.fields("integration").is_some_and(|with| with.flag("ci"));
    let security = security(root);
    let tools = security.as_ref().map(|security| security.each("tools")).unwrap_or_default();
    root.each("security-testing").iter().chain(&tools).any(is_in_ci)
}

fn is_assessed(root: &FieldReader<'_>) -> bool {
    if !root.items("security-assessments").is_empty() {
        return true;
    }
    let artifact = |name: &str, made: &str| {
        let artifacts = root.fields("security-artifacts").and_then(|all| all.fields(name));
        artifacts.is_some_and(|own| own.flag(made))
    };
    let assessments = security(root).and_then(|security| security.fields("assessments"));
    artifact("threat-model", "threat-model-created")
        || artifact("self-assessment", "self-assessment-created")
        || assessments.is_some_and(|all| {
            let of_itself = all.fields("self").is_some_and(|own| own.has("date") || own.has("evidence"));
            of_itself || !all.items("third-party").is_empty()
        })
}

/// Where version 2 has tools and assessments.
fn security<'n>(root: &FieldReader<'n>) -> Option<FieldReader<'n>> {
    root.fields("repository")?.fields("security")
}
