//! `headroom dora`: what teams deliver, from the figures of a plan or from the deployments themselves.

mod of_plan;
mod of_source;

use super::Outcome;
use crate::arguments::DoraArguments;

pub fn run(arguments: &DoraArguments) -> Outcome {
    match &arguments.plan {
        Some(plan) => of_plan::run(plan, arguments),
        None => of_source::run(arguments),
    }
}
