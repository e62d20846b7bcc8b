//! Assignment of weighted services to teams with limited room (a generalised assignment problem): greedy placement,
//! improvement by moves and swaps, and an exact search for small cases.

/// Services to assign to teams, in numbers: services and teams are indexes.
#[derive(Debug, Clone, Default)]
pub struct AssignmentProblem {
    /// Points of each service.
    pub weights: Vec<u32>,
    /// Room of each team in tenths of a point; negative if it exceeds its load limit already.
    pub room: Vec<i64>,
    /// For each service, the teams with a score above 0. All other teams score 0.
    pub scores: Vec<Vec<(usize, u32)>>,
}

/// Most services for which swaps are tried, of which there are many.
const SWAPPED: usize = 300;
/// Most rounds of improvement over all services.
const ROUNDS: usize = 20;
/// Most services for which all placements are searched, in at most this many steps.
const SEARCHED: usize = 12;
const STEPS: u32 = 200_000;

/// Assigns a team to each service; for the aim see [`super::Candidates::propose`]. A service on a team that exceeds
/// its limit in the result fits on no other team.
pub fn balance(problem: &AssignmentProblem) -> Vec<usize> {
    let mut placement = Placement::new(problem);
    for _ in 0..ROUNDS {
        if !placement.better() {
            break;
        }
    }
    placement.relieve();
    if problem.weights.len() <= SEARCHED {
        placement.search();
    }
    placement.team_of
}

struct Placement<'a> {
    problem: &'a AssignmentProblem,
    team_of: Vec<usize>,
    room: Vec<i64>,
}

impl<'a> Placement<'a> {
    /// Places heavy services first, and among equals those that lose most without their best team.
    fn new(problem: &'a AssignmentProblem) -> Self {
        let count = problem.weights.len();
        let mut placement = Self { problem, team_of: vec![0; count], room: problem.room.clone() };
        let regret = |item: usize| {
            let mut scores: Vec<u32> = problem.scores[item].iter().map(|(_, score)| *score).collect();
            scores.sort_unstable_by(|a, b| b.cmp(a));
            scores.first().copied().unwrap_or(0) - scores.get(1).copied().unwrap_or(0)
        };
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by_key(|item| std::cmp::Reverse((problem.weights[*item], regret(*item))));
        for item in order {
            let team = placement.best_team(item);
            placement.team_of[item] = team;
            placement.room[team] -= placement.need(item);
        }
        placement
    }

    fn need(&self, item: usize) -> i64 {
        i64::from(self.problem.weights[item]) * 10
    }

    fn score(&self, item: usize, team: usize) -> u32 {
        let of_team = |(candidate, _): &&(usize, u32)| *candidate == team;
        self.problem.scores[item].iter().find(of_team).map_or(0, |(_, score)| *score)
    }

    fn roomiest(&self) -> usize {
        (0..self.room.len()).max_by_key(|team| (self.room[*team], std::cmp::Reverse(*team))).unwrap_or(0)
    }

    /// The best team with room; else the one with most room.
    fn best_team(&self, item: usize) -> usize {
        let fits = |team: usize| self.room[team] >= self.need(item);
        let listed = self.problem.scores[item].iter().filter(|(team, _)| fits(*team));
        let best = listed.max_by_key(|(team, score)| (*score, self.room[*team], std::cmp::Reverse(*team)));
        best.map_or_else(|| self.roomiest(), |(team, _)| *team)
    }

    fn put(&mut self, item: usize, team: usize) {
        let need = self.need(item);
        self.room[self.team_of[item]] += need;
        self.room[team] -= need;
        self.team_of[item] = team;
    }

    /// One round of moves and swaps; whether it improved anything.
    fn better(&mut self) -> bool {
        let count = self.team_of.len();
        let mut is_better = false;
        for item in 0..count {
            is_better |= self.move_up(item);
            if count <= SWAPPED {
                is_better |= self.make_room(item);
                for other in item + 1..count {
                    is_better |= self.swap(item, other);
                }
            }
        }
        is_better
    }

    /// Moves a service to a team with room and a higher score.
    fn move_up(&mut self, item: usize) -> bool {
        let (present, need) = (self.team_of[item], self.need(item));
        let now = self.score(item, present);
        let listed = self.problem.scores[item].iter();
        let better =
            listed.filter(|(team, score)| *score > now && *team != present && self.room[*team] >= need);
        let Some((team, _)) = better.max_by_key(|(_, score)| *score).copied() else { return false };
        self.put(item, team);
        true
    }

    /// Swaps two services if both fit and the sum of scores grows.
    fn swap(&mut self, a: usize, b: usize) -> bool {
        let (of_a, of_b) = (self.team_of[a], self.team_of[b]);
        if of_a == of_b {
            return false;
        }
        let (need_a, need_b) = (self.need(a), self.need(b));
        let room = (self.room[of_a] + need_a - need_b, self.room[of_b] + need_b - need_a);
        let keeps = |before: i64, after: i64| after >= 0 || after >= before;
        if !keeps(self.room[of_a], room.0) || !keeps(self.room[of_b], room.1) {
            return false;
        }
        let now = self.score(a, of_a) + self.score(b, of_b);
        let then = self.score(a, of_b) + self.score(b, of_a);
        if then <= now {
            return false;
        }
        self.put(a, of_b);
        self.put(b, of_a);
        true
    }

    /// Moves another service away so that this one gets a better team, or leaves a team that exceeds its limit.
    fn make_room(&mut self, item: usize) -> bool {
        let (present, need) = (self.team_of[item], self.need(item));
        let is_over = self.room[present] < 0;
        let now = self.score(item, present);
        for team in (0..self.room.len()).filter(|team| *team != present) {
            let gain = i64::from(self.score(item, team)) - i64::from(now);
            if (gain <= 0 && !is_over) || self.room[team] >= need {
                continue;
            }
            for other in (0..self.team_of.len()).filter(|other| self.team_of[*other] == team) {
                if self.room[team] + self.need(other) < need {
                    continue;
                }
                let Some((third, loss)) = self.alternative(other, present, team) else { continue };
                if is_over || gain > loss {
                    self.put(other, third);
                    self.put(item, team);
                    return true;
                }
            }
        }
        false
    }

    /// The team with room to which a service can move at the least loss of score, and that loss.
    fn alternative(&self, item: usize, not: usize, from: usize) -> Option<(usize, i64)> {
        let now = i64::from(self.score(item, from));
        (0..self.room.len())
            .filter(|team| *team != not && *team != from && self.room[*team] >= self.need(item))
            .map(|team| (team, now - i64::from(self.score(item, team))))
            .min_by_key(|(team, loss)| (*loss, *team))
    }

    /// Searches the best placement in which everything fits; keeps the present one if there is none better.
    fn search(&mut self) {
        let mut best: Vec<u32> = Vec::new();
        for scores in self.problem.scores.iter().rev() {
            let most = scores.iter().map(|(_, score)| *score).max().unwrap_or(0);
            best.push(best.last().copied().unwrap_or(0) + most);
        }
        best.reverse();
        let is_within = self.team_of.iter().all(|team| self.room[*team] >= 0);
        let sum = self.team_of.iter().enumerate().map(|(item, team)| self.score(item, *team)).sum();
        let mut search = Search {
            placement: &*self,
            most_from: best,
            room: self.problem.room.clone(),
            path: Vec::new(),
            found: is_within.then(|| (sum, self.team_of.clone())),
            steps: STEPS,
        };
        search.place(0);
        if let Some((_, team_of)) = search.found {
            for (item, team) in team_of.into_iter().enumerate() {
                self.put(item, team);
            }
        }
    }

    /// Moves services off teams that exceed their limit while another has room.
    fn relieve(&mut self) {
        for item in 0..self.team_of.len() {
            let present = self.team_of[item];
            if self.room[present] >= 0 {
                continue;
            }
            let need = self.need(item);
            let has_room = |team: &usize| *team != present && self.room[*team] >= need;
            let best = (0..self.room.len())
                .filter(has_room)
                .max_by_key(|team| (self.score(item, *team), self.room[*team], std::cmp::Reverse(*team)));
            if let Some(team) = best {
                self.put(item, team);
            }
        }
    }
}

/// Depth-first branch and bound.
struct Search<'a> {
    placement: &'a Placement<'a>,
    /// Upper bound of the score of this service and all after it.
    most_from: Vec<u32>,
    room: Vec<i64>,
    path: Vec<usize>,
    found: Option<(u32, Vec<usize>)>,
    steps: u32,
}

impl Search<'_> {
    fn place(&mut self, sum: u32) {
        let item = self.path.len();
        let is_better = |sum: u32| self.found.as_ref().is_none_or(|(best, _)| sum > *best);
        if item == self.placement.team_of.len() {
            if is_better(sum) {
                self.found = Some((sum, self.path.clone()));
            }
            return;
        }
        if self.steps == 0 || !is_better(sum + self.most_from[item]) {
            return;
        }
        self.steps -= 1;
        let need = self.placement.need(item);
        let mut teams: Vec<usize> = (0..self.room.len()).filter(|team| self.room[*team] >= need).collect();
        teams.sort_by_key(|team| std::cmp::Reverse(self.placement.score(item, *team)));
        for team in teams {
            self.room[team] -= need;
            self.path.push(team);
            self.place(sum + self.placement.score(item, team));
            self.path.pop();
            self.room[team] += need;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, strategy::ValueTree};

    use super::*;

    fn problem() -> impl Strategy<Value = AssignmentProblem> {
        (2usize..4, 1usize..6).prop_flat_map(|(teams, items)| {
            let room = prop::collection::vec(-20i64..120, teams);
            let weights = prop::collection::vec(1u32..5, items);
            let scores =
                prop::collection::vec(prop::collection::btree_map(0..teams, 1u32..100, 0..=teams), items);
            (weights, room, scores).prop_map(|(weights, room, scores)| AssignmentProblem {
                weights,
                room,
                scores: scores.into_iter().map(|of| of.into_iter().collect()).collect(),
            })
        })
    }

    fn left(problem: &AssignmentProblem, teams: &[usize]) -> Vec<i64> {
        let mut room = problem.room.clone();
        teams.iter().zip(&problem.weights).for_each(|(team, weight)| room[*team] -= i64::from(*weight) * 10);
        room
    }

    fn sum(problem: &AssignmentProblem, teams: &[usize]) -> u32 {
        let score = |(item, team): (usize, &usize)| {
            problem.scores[item].iter().find(|(other, _)| other == team).map_or(0, |(_, score)| *score)
        };
        teams.iter().enumerate().map(score).sum()
    }

    /// Brute force: the best sum of all placements that fit.
    fn optimum(problem: &AssignmentProblem) -> Option<u32> {
        let (teams, items) = (problem.room.len(), problem.weights.len());
        (0..teams.pow(items as u32))
            .map(|mut code| {
                (0..items)
                    .map(|_| {
                        let team = code % teams;
                        code /= teams;
                        team
                    })
                    .collect::<Vec<usize>>()
            })
            .filter(|placed| placed.iter().all(|team| left(problem, placed)[*team] >= 0))
            .map(|placed| sum(problem, &placed))
            .max()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]
        #[test]
        fn no_team_exceeds_limit_while_another_has_room(problem in problem()) {
            let placed = balance(&problem);
            let left = left(&problem, &placed);
            for (item, team) in placed.iter().enumerate() {
                if left[*team] < 0 {
                    let need = i64::from(problem.weights[item]) * 10;
                    prop_assert!(left.iter().enumerate().all(|(other, room)| other == *team || *room < need));
                }
            }
        }

        #[test]
        fn balance_is_optimal_for_small_problems(problem in problem()) {
            if let Some(best) = optimum(&problem) {
                let placed = balance(&problem);
                prop_assert!(placed.iter().all(|team| left(&problem, &placed)[*team] >= 0));
                prop_assert_eq!(sum(&problem, &placed), best);
            }
        }
    }

    #[test]
    fn relieve_moves_excess_to_team_with_room() {
        let problem =
            AssignmentProblem { weights: vec![2, 2], room: vec![20, 20], scores: vec![Vec::new(); 2] };
        let mut placement = Placement { problem: &problem, team_of: vec![0, 0], room: vec![-20, 20] };
        placement.relieve();
        assert_eq!(placement.room, [0, 0]);
    }

    #[test]
    fn local_search_reaches_97_percent_of_optimum() {
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let (mut reached, mut possible) = (0, 0);
        for _ in 0..2000 {
            let problem = problem().new_tree(&mut runner).unwrap().current();
            let mut placement = Placement::new(&problem);
            (0..ROUNDS).all(|_| placement.better());
            placement.relieve();
            let is_within =
                placement.room.iter().zip(&problem.room).all(|(left, was)| *left >= 0 || left == was);
            if let (Some(best), true) = (optimum(&problem), is_within) {
                (reached, possible) = (reached + sum(&problem, &placement.team_of), possible + best);
            }
        }
        assert!(possible > 0 && reached * 100 >= possible * 97, "{reached} of {possible}");
    }
}
