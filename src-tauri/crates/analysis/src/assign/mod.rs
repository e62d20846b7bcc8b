//! Who could own a service: candidates with reasons in words, and a balanced proposal for many services at once.

mod balance;
mod candidates;

use headroom_model::{ServiceIx, TeamId};

pub use balance::{AssignmentProblem, balance};
pub use candidates::{Candidate, Candidates, Reason};

/// A service with the team that is proposed for it.
#[derive(Debug, Clone)]
pub struct Proposal {
    pub service: ServiceIx,
    pub candidate: Candidate,
    /// The team is over its load with it, since no team has room for it.
    pub is_over: bool,
}

impl Candidates<'_> {
    /// An owner for each of these services, each once; none where no team can own anything: see
    /// [`Candidates::missing`].
    ///
    /// The aim: the highest sum of scores such that no team is pushed over its load while another has room for what
    /// it was given. Found by placing the services with most to lose first, then by moves and swaps that better the
    /// sum. Of services and of teams that are alike the first by name comes first, whatever the order of rows.
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
