//! Helpers of the rules about positions that wait for objectives.

use headroom_model::Position;

use crate::{
    check::RuleContext,
    finding::{Evidence, Source},
    gates::{Gate, gate_words, gates, objective_words},
};

/// Why a bar is set before, with its day.
pub const KILL_CRITERIA: Source = Source {
    text: "Kill criteria: a state and a date, set before. A. Duke, Quit (2022)",
    url: "https://www.annieduke.com/books/",
};

/// The positions that somebody is still to be hired for and that wait for something, with their gates.
pub fn waiting<'a>(check: &RuleContext<'a>) -> Vec<(&'a Position, Gate)> {
    let plan = check.context.snapshot.plan();
    let coming = super::positions::coming_hires(check);
    if coming.iter().all(|one| one.position.waits_for.is_empty()) {
        return Vec::new();
    }
    // Nobody knows today what figures are to come.
    let mut gates = gates(plan, check.context.asked_on);
    let found = coming.into_iter().filter_map(|one| {
        let at = gates.iter().position(|gate| gate.position == one.position.id)?;
        Some((one.position, gates.swap_remove(at)))
    });
    found.collect()
}

/// How the gate stands, and each of its objectives.
pub fn evidence(check: &RuleContext<'_>, gate: &Gate) -> Vec<Evidence> {
    let plan = check.context.snapshot.plan();
    let objectives = gate.objectives.iter().map(|(id, reading)| objective_words(plan, *id, reading));
    let stands = Evidence::words("Gate", gate_words(gate));
    std::iter::once(stands).chain(objectives.map(|words| Evidence::words("Waits for", words))).collect()
}
