//! The division of services into two groups.

/// Up to this many services every division is tried.
pub const EXACT: usize = 16;

/// Services to be divided, by their number.
pub(super) struct Problem {
    /// Points of each.
    pub weights: Vec<u32>,
    /// Whether each needs an on-call rota.
    pub on_call: Vec<bool>,
    /// Dependencies between them.
    pub edges: Vec<(usize, usize)>,
    /// People of the whole team.
    pub people: u32,
    /// People of the smallest team.
    pub smallest: u32,
    /// People that a rota on one site takes.
    pub rota: u32,
}

/// Which services go away.
pub(super) struct Division {
    pub away: Vec<bool>,
    pub is_exact: bool,
}

/// How good a division is; less is better: what is lacking in size, on call, then what is cut, then how uneven the load is.
type Badness = (u32, u32, usize, u32);

impl Problem {
    /// The best division. Neither group is empty, and the first service stays: which of the two goes away is decided by
    /// who leads.
    pub fn best(&self) -> Division {
        if self.weights.len() <= EXACT { self.exact() } else { self.sought() }
    }

    pub fn badness(&self, away: &[bool]) -> Badness {
        let of = |goes: bool| away.iter().enumerate().filter(move |(_, it)| **it == goes).map(|(at, _)| at);
        let points = |goes| of(goes).map(|at| self.weights[at]).sum::<u32>();
        let (stay, go) = (points(false), points(true));
        let going = self.people_for(go, stay + go);
        let (staying, lacks) = (self.people - going, |has: u32, needs: u32| needs.saturating_sub(has));
        let on_call =
            |goes, people| if of(goes).any(|at| self.on_call[at]) { lacks(people, self.rota) } else { 0 };
        let cut = self.edges.iter().filter(|(from, to)| away[*from] != away[*to]).count();
        (
            lacks(staying, self.smallest) + lacks(going, self.smallest),
            on_call(false, staying) + on_call(true, going),
            cut,
            stay.abs_diff(go),
        )
    }

    /// How many people go with this many points of all: in proportion, and at least one on each side.
    pub fn people_for(&self, points: u32, all: u32) -> u32 {
        let share = f64::from(self.people) * f64::from(points) / f64::from(all.max(1));
        (share.round() as u32).clamp(1, self.people.saturating_sub(1).max(1))
    }

    fn exact(&self) -> Division {
        let count = self.weights.len();
        let away = |mask: u32| -> Vec<bool> { (0..count).map(|at| mask >> at & 1 == 1).collect() };
        // The first one stays, so that each division comes once.
        let masks = (1..1_u32 << (count - 1)).map(|mask| mask << 1);
        let best = masks.min_by_key(|mask| (self.badness(&away(*mask)), *mask)).unwrap_or(2);
        Division { away: away(best), is_exact: true }
    }

    /// Grows a group from each service in turn until it has half of the load, and improves it by moving single services as
    /// long as that is better.
    pub fn sought(&self) -> Division {
        let grown = (1..self.weights.len()).map(|seed| self.improved(self.grown(seed)));
        let best = grown.min_by_key(|away| self.badness(away)).unwrap_or_default();
        Division { away: best, is_exact: false }
    }

    fn grown(&self, seed: usize) -> Vec<bool> {
        let count = self.weights.len();
        let half: u32 = self.weights.iter().sum::<u32>() / 2;
        let mut away = vec![false; count];
        let mut points = 0;
        let mut next = Some(seed);
        while let Some(at) = next {
            away[at] = true;
            points += self.weights[at];
            if points >= half {
                break;
            }
            let ties = |at: usize| {
                let is_tie =
                    |(from, to): &&(usize, usize)| *from == at && away[*to] || *to == at && away[*from];
                self.edges.iter().filter(is_tie).count()
            };
            next = (1..count).filter(|at| !away[*at]).max_by_key(|at| (ties(*at), count - at));
        }
        away
    }

    fn improved(&self, mut away: Vec<bool>) -> Vec<bool> {
        let count = self.weights.len();
        loop {
            let now = self.badness(&away);
            let moved = |at: usize| {
                let mut other = away.clone();
                other[at] = !other[at];
                let is_whole = other.iter().all(|goes| !*goes) || other.iter().all(|goes| *goes);
                (!is_whole).then(|| (self.badness(&other), at))
            };
            match (1..count).filter_map(moved).min() {
                Some((better, at)) if better < now => away[at] = !away[at],
                _ => return away,
            }
        }
    }
}
