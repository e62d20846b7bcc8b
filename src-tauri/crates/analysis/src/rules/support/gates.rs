//! Helpers of the rules about positions that wait for objectives.

use headroom_model::Position;
use rustc_hash::FxHashMap;

use crate::{
    check::RuleContext,
    finding::{Evidence, Source},
    gates::{Gate, gate_words, objective_words},
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
    let gates = check.shared.gates(plan, check.context.asked_on);
    let by_position: FxHashMap<_, _> = gates.iter().map(|gate| (gate.position, gate)).collect();
    let gate = |position: &Position| by_position.get(&position.id).map(|gate| (*gate).clone());
    coming.into_iter().filter_map(|one| Some((one.position, gate(one.position)?))).collect()
}

/// How the gate stands, and each of its objectives.
pub fn evidence(check: &RuleContext<'_>, gate: &Gate) -> Vec<Evidence> {
    let plan = check.context.snapshot.plan();
    let objectives = gate.objectives.iter().map(|(id, reading)| objective_words(plan, *id, reading));
    let stands = Evidence::words("Gate", gate_words(gate));
    std::iter::once(stands).chain(objectives.map(|words| Evidence::words("Waits for", words))).collect()
}
