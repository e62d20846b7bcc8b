//! What a charge is for, in the words of the clouds.

use headroom_model::ChargeClass;

use crate::columns::normalised;

/// The class of a charge, as FOCUS has it or a cloud of its own.
pub fn class_of(word: &str) -> ChargeClass {
    match normalised(word).as_str() {
        "purchase" | "fee" | "rifee" | "savingsplanupfrontfee" | "savingsplanrecurringfee" | "kauf" => {
            ChargeClass::Purchase
        }
        "tax" | "steuer" | "steuern" => ChargeClass::Tax,
        "credit"
        | "refund"
        | "discount"
        | "bundleddiscount"
        | "edpdiscount"
        | "privateratediscount"
        | "promotion"
        | "erstattung"
        | "rückerstattung"
        | "gutschrift" => ChargeClass::Credit,
        "adjustment" | "roundingerror" | "roundingadjustment" | "anpassung" => ChargeClass::Adjustment,
        _ => ChargeClass::Usage,
    }
}

/// The share of a cluster that a name of OpenCost stands for, if it is no workload.
pub fn class_of_allocation(name: &str) -> Option<ChargeClass> {
    let shares = [
        ("__idle__", ChargeClass::Idle),
        ("__unallocated__", ChargeClass::Unallocated),
        ("__unmounted__", ChargeClass::Unmounted),
        ("__shared__", ChargeClass::Shared),
    ];
    shares.into_iter().find(|(share, _)| name.contains(share)).map(|(_, class)| class)
}

/// What AWS calls a line, as far as its effective cost is not what is billed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommitmentLine {
    None,
    /// Used under a reservation.
    Reserved,
    /// Used under a savings plan.
    Covered,
    /// Takes back what was billed for usage that a savings plan covers; or is paid in advance.
    Nothing,
    /// The fee of a reservation, of which what nobody used is left.
    ReservationFee,
    SavingsPlanFee,
}

pub fn commitment_line(word: &str) -> CommitmentLine {
    match normalised(word).as_str() {
        "discountedusage" => CommitmentLine::Reserved,
        "savingsplancoveredusage" => CommitmentLine::Covered,
        "savingsplannegation" | "savingsplanupfrontfee" => CommitmentLine::Nothing,
        "rifee" => CommitmentLine::ReservationFee,
        "savingsplanrecurringfee" => CommitmentLine::SavingsPlanFee,
        _ => CommitmentLine::None,
    }
}
