//! Which positions to hold so that they save enough and reopen least.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::reopening::Harm;

/// Up to so many positions every choice is looked at.
pub const EXACT: usize = 12;

/// Positions that can be held, by their place.
pub(super) struct CutOptions<'a> {
    /// What each saves.
    pub savings: &'a [i64],
    /// What holding some of them reopens, given in any order.
    pub harm: &'a (dyn Fn(&[usize]) -> Harm + Sync + 'a),
    /// Whether holding one may alter what holding the other reopens.
    pub is_near: &'a (dyn Fn(usize, usize) -> bool + Sync + 'a),
}

/// The places of the positions to hold, ascending: they save `aim`, or are all if that is more than all save.
pub(super) fn choose(options: &CutOptions<'_>, aim: i64) -> Vec<usize> {
    let all: Vec<usize> = (0..options.savings.len()).collect();
    if aim <= 0 {
        return Vec::new();
    }
    if saved(options.savings, &all) <= aim {
        return all;
    }
    if all.len() <= EXACT { best(options, aim) } else { one_by_one(options, aim) }
}

fn saved(savings: &[i64], chosen: &[usize]) -> i64 {
    chosen.iter().map(|at| savings[*at]).fold(0, i64::saturating_add)
}

/// Of all choices that save enough the one that reopens least; of those the one with the fewest positions, then the one
/// that saves least beyond the aim, then the first.
fn best(options: &CutOptions<'_>, aim: i64) -> Vec<usize> {
    let savings = options.savings;
    let of_mask =
        |mask: u32| -> Vec<usize> { (0..savings.len()).filter(|at| mask & (1 << at) != 0).collect() };
    let judged = (1..1_u32 << savings.len()).into_par_iter().filter_map(|mask| {
        let chosen = of_mask(mask);
        let saves = saved(savings, &chosen);
        (saves >= aim).then(|| ((options.harm)(&chosen), chosen.len(), saves, chosen))
    });
    judged.min().map(|(.., chosen)| chosen).unwrap_or_default()
}

/// Takes whichever reopens least on top of those taken until they save enough, and leaves out again what is not needed,
/// those that save least first.
fn one_by_one(options: &CutOptions<'_>, aim: i64) -> Vec<usize> {
    let savings = options.savings;
    let all: Vec<usize> = (0..savings.len()).collect();
    let mut sum = 0_i64;
    let mut chosen: Vec<usize> = Growing::new(options, &all)
        .take_while(|at| {
            let is_needed = sum < aim;
            sum = sum.saturating_add(savings[*at]);
            is_needed
        })
        .collect();
    chosen.sort_unstable();
    let mut least = (options.harm)(&chosen);
    let mut by_saving = chosen.clone();
    by_saving.sort_by_key(|at| (savings[*at], *at));
    for at in by_saving {
        let without: Vec<usize> = chosen.iter().copied().filter(|other| *other != at).collect();
        if saved(savings, &without) >= aim {
            let then = (options.harm)(&without);
            if then <= least {
                (chosen, least) = (without, then);
            }
        }
    }
    chosen
}

/// Positions in the order in which each reopens least on top of those before it; of equals the one that saves most comes
/// first.
pub(super) fn in_order(options: &CutOptions<'_>, of: &[usize]) -> Vec<usize> {
    Growing::new(options, of).collect()
}

/// Adds one position at a time. What a position reopens alone is known from when it was last looked at: only those near the
/// one that was added, and the one that would come next, are looked at again.
struct Growing<'a> {
    options: &'a CutOptions<'a>,
    held: Vec<usize>,
    now: Harm,
    /// The least that each can reopen, and how many were held when it was looked at.
    rest: Vec<(Harm, usize, usize)>,
}

impl<'a> Growing<'a> {
    fn new(options: &'a CutOptions<'a>, of: &[usize]) -> Self {
        let look = |at: &usize| ((options.harm)(&[*at]), 0, *at);
        Self { options, held: Vec::new(), now: Harm::default(), rest: of.par_iter().map(look).collect() }
    }

    fn add(&mut self, at: usize, now: Harm) {
        self.held.push(at);
        self.now = now;
        self.rest.retain(|(_, _, other)| *other != at);
        let near = self.rest.iter_mut().filter(|(_, _, other)| (self.options.is_near)(at, *other));
        near.for_each(|(harm, ..)| *harm = Harm::default());
    }
}

impl Iterator for Growing<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        loop {
            let savings = self.options.savings;
            let place = |(harm, _, at): &(Harm, usize, usize)| (*harm, Reverse(savings[*at]), *at);
            let first = (0..self.rest.len()).min_by_key(|nth| place(&self.rest[*nth]))?;
            let (_, seen, at) = self.rest[first];
            let with = (self.options.harm)(&[&self.held[..], &[at]].concat());
            if seen == self.held.len() {
                self.add(at, with);
                return Some(at);
            }
            self.rest[first] = (with.beyond(self.now), self.held.len(), at);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Gaps of some days, each closed by any one of some positions: what holding positions reopens.
    #[derive(Debug, Clone)]
    struct Gaps(Vec<(Vec<usize>, u32)>);

    impl Gaps {
        fn harm(&self, held: &[usize]) -> Harm {
            let is_open = |by: &[usize]| !by.is_empty() && by.iter().all(|at| held.contains(at));
            let days = self.0.iter().filter(|(by, _)| is_open(by)).map(|(_, days)| days).sum();
            Harm { days, worse: 0 }
        }
    }

    fn organisations(most: usize) -> impl Strategy<Value = (Vec<i64>, Gaps, i64)> {
        prop::collection::vec(1..100_i64, 1..most).prop_flat_map(|savings| {
            let count = savings.len();
            let closed_by = prop::collection::vec(0..count, 0..4);
            let gaps = prop::collection::vec((closed_by, 1..60_u32), 0..8).prop_map(Gaps);
            let aim = 0..savings.iter().sum::<i64>() + 50;
            (Just(savings), gaps, aim)
        })
    }

    impl Gaps {
        fn is_near(&self, one: usize, other: usize) -> bool {
            self.0.iter().any(|(by, _)| by.contains(&one) && by.contains(&other))
        }

        fn with<T>(&self, savings: &[i64], ask: impl FnOnce(&CutOptions<'_>) -> T) -> T {
            let (harm, is_near) =
                (|held: &[usize]| self.harm(held), |one: usize, other: usize| self.is_near(one, other));
            ask(&CutOptions { savings, harm: &harm, is_near: &is_near })
        }
    }

    fn subsets(count: usize) -> impl Iterator<Item = Vec<usize>> {
        (0..1_u32 << count).map(move |mask| (0..count).filter(|at| mask >> at & 1 == 1).collect())
    }

    proptest! {
        #[test]
        fn no_choice_that_saves_as_much_reopens_less((savings, gaps, aim) in organisations(9)) {
            let harm = |held: &[usize]| gaps.harm(held);
            let chosen = gaps.with(&savings, |options| choose(options, aim));
            let most = savings.iter().sum::<i64>();
            prop_assert!(saved(&savings, &chosen) >= aim.min(most));
            for other in subsets(savings.len()) {
                if saved(&savings, &other) >= aim.min(most) {
                    let (cost, of) = ((harm(&chosen), chosen.len()), (harm(&other), other.len()));
                    prop_assert!(cost <= of, "{chosen:?} {cost:?}, but {other:?} {of:?}");
                }
            }
        }

        #[test]
        fn with_many_the_aim_is_reached_and_each_is_needed((savings, gaps, aim) in organisations(30)) {
            let harm = |held: &[usize]| gaps.harm(held);
            let most = savings.iter().sum::<i64>();
            prop_assume!((1..most).contains(&aim));
            let chosen = gaps.with(&savings, |options| one_by_one(options, aim));
            prop_assert!(saved(&savings, &chosen) >= aim);
            for at in &chosen {
                let without: Vec<usize> = chosen.iter().copied().filter(|other| other != at).collect();
                prop_assert!(saved(&savings, &without) < aim, "{at} is not needed in {chosen:?}");
            }
            // Where those that close no gap save enough, nothing is reopened.
            let idle: Vec<usize> =
                (0..savings.len()).filter(|at| !gaps.0.iter().any(|(by, _)| by.contains(at))).collect();
            if saved(&savings, &idle) >= aim {
                prop_assert_eq!(harm(&chosen), Harm::default());
            }
        }

        #[test]
        fn what_reopens_least_on_top_of_those_before_comes_next((savings, gaps, _) in organisations(9)) {
            let harm = |held: &[usize]| gaps.harm(held);
            let all: Vec<usize> = (0..savings.len()).collect();
            let order = gaps.with(&savings, |options| in_order(options, &all));
            for nth in 0..order.len() {
                let more = |at: usize| harm(&[&order[..nth], &[at]].concat());
                prop_assert!(order[nth..].iter().all(|other| more(order[nth]) <= more(*other)));
            }
        }
    }
}
