//! Suggested owners: candidates for one service with reasons, and a balanced proposal for many services at once.
//!
//! [`Candidates`] scores the teams with people for a service, by reasons that can be shown (related services, the
//! same system, previous ownership, backup, room in its load), or says why no team can own anything
//! ([`Candidates::missing`]). [`Candidates::propose`] then assigns many services so that no team exceeds its load
//! limit while another has room.
//!
//! The score never picks a team without people, an unconfirmed team, or a team that only groups others. Nothing is
//! assigned here: the assignment board stages proposals and hands them over as one list of changes.
//!
//! Weights and room are in points of [`crate::team_load`], in tenths where they are compared with the limit. Tests of
//! the optimum are in `balance.rs`, with brute force on small cases.

mod balance;
mod candidates;

use headroom_model::{ServiceIx, TeamId};

pub use balance::{AssignmentProblem, balance};
pub use candidates::{Candidate, Candidates, Reason};

/// A service with the team proposed as its owner.
#[derive(Debug, Clone)]
pub struct Proposal {
    pub service: ServiceIx,
    pub candidate: Candidate,
    /// Whether the team exceeds its load limit with it, since no team has room.
    pub is_over: bool,
}

impl Candidates<'_> {
    /// Proposes an owner for each of these services, each once; empty if no team can own anything (see
    /// [`Candidates::missing`]).
    ///
    /// The aim is the highest sum of scores such that no team exceeds its load limit while another has room for what
    /// it was given. Services with most to lose are placed first, then moves and swaps improve the sum. Ties are
    /// broken by name, whatever the order of rows.
    pub fn propose(&self, services: &[ServiceIx]) -> Vec<Proposal> {
        let mut services = services.to_vec();
        services.sort_unstable();
        services.dedup();
        let ranked: Vec<Vec<Candidate>> = services.iter().map(|at| self.with_reasons(*at)).collect();
        if self.teams().is_empty() {
            return Vec::new();
        }
        let score = |candidates: &Vec<Candidate>| {
            let place = |team: TeamId| self.place(team);
            candidates.iter().filter_map(|found| Some((place(found.team)?, found.score))).collect()
        };
        let problem = AssignmentProblem {
            weights: services.iter().map(|at| self.weight(*at)).collect(),
            room: self.room(),
            scores: ranked.iter().map(score).collect(),
        };
        let teams = balance(&problem);
        let mut left = problem.room.clone();
        for (item, team) in teams.iter().enumerate() {
            left[*team] -= i64::from(problem.weights[item]) * 10;
        }
        let proposal = |(item, team): (usize, usize)| {
            let id = self.teams()[team];
            let known = ranked[item].iter().find(|candidate| candidate.team == id).cloned();
            let candidate = known.unwrap_or_else(|| self.stranger(id, problem.weights[item]));
            Proposal { service: services[item], candidate, is_over: left[team] < 0 }
        };
        teams.into_iter().enumerate().map(proposal).collect()
    }
}
