//! Which rows of a person count, one job after another or several at the same time, and the keys of their positions.

use chrono::NaiveDate;
use headroom_files::{Diagnostic, Level};
use headroom_model::Decimal6;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    builder::RecordBuilder,
    employment::{RowOutcome, RowPerson},
    employment_row::EmploymentRow,
    field::Field,
};

impl<'a> RecordBuilder<'a> {
    /// Decides which rows of a person count, the main one first, and the keys of their positions.
    pub fn settle_person(
        &mut self,
        person: &mut RowPerson,
        rows: &mut [EmploymentRow<'a>],
        fates: &mut [RowOutcome],
        keys: &mut [String],
    ) {
        let shares: FxHashMap<usize, Decimal6> = if person.rows.len() > 1 {
            person.rows.iter().map(|at| (*at, self.least_share_of(&rows[*at]))).collect()
        } else {
            FxHashMap::default()
        };
        let share = |at: usize| shares.get(&at).copied().unwrap_or(Decimal6::ONE);
        // Of two that exclude each other the later one counts.
        person.rows.sort_by_key(|at| {
            let own = &rows[*at];
            std::cmp::Reverse((own.last_day(), own.start.flatten(), std::cmp::Reverse(*at)))
        });
        let mut kept: Vec<usize> = Vec::new();
        for at in person.rows.clone() {
            let own = &rows[at];
            let repeats = |other: &&usize| {
                own.position_name.is_none()
                    && rows[**other].position_name.is_none()
                    && own.is_people
                    && !own.is_apart_from(&rows[**other])
            };
            let beside: Vec<usize> = kept.iter().filter(repeats).copied().collect();
            let crowded = first_crowded_day(own, &beside, rows, &share, at);
            let same = beside.iter().copied().find(|other| self.is_same_job(own, &rows[*other]));
            let gives_way = beside.iter().all(|other| own.gives_way_to(&rows[*other]));
            let begins = own.start.flatten().filter(|_| own.end.flatten().is_none());
            if beside.is_empty() {
                kept.push(at);
            } else if crowded.is_none() {
                kept.push(at);
                if let Some(other) = same {
                    self.tell_same_job(own, &rows[other]);
                }
            } else if let Some(day) = crowded.filter(|day| begins.is_some_and(|begins| begins < *day))
                && let Some(last) = day.pred_opt()
            {
                // Whoever works no more than full time has changed jobs.
                kept.push(at);
                let next = beside.iter().find(|other| rows[**other].start.flatten() == Some(day));
                self.tell_changed_job(own, &rows[*next.unwrap_or(&beside[0])], last);
                rows[at].end = Some(Some(last));
            } else if gives_way {
                kept.push(at);
                let at = rows[beside[0]].place.beside(&own.place);
                let message = format!(
                    "employment overlaps with another of the same person at {at}; both were imported"
                );
                let advice = "end one before the other begins";
                self.made.notes.push(Diagnostic::new(Level::Warning, own.place.clone(), message, advice));
            } else {
                fates[at] = RowOutcome::LeftOut;
                self.tell_repeated(&format!("S-{}", person.key), &rows[beside[0]].place, &own.place);
            }
        }
        kept.sort_by_key(|at| {
            let own = &rows[*at];
            std::cmp::Reverse((own.last_day(), share(*at), own.start.flatten(), std::cmp::Reverse(*at)))
        });
        person.rows.clone_from(&kept);
        self.settle_key(person, rows, &kept);
        let mut taken: FxHashSet<String> = FxHashSet::default();
        for (number, at) in kept.into_iter().enumerate() {
            let own = &rows[at];
            keys[at] = match &own.position_name {
                Some(key) => key.clone(),
                None if number == 0 => format!("S-{}", person.key),
                None => self.further_key(person, own, &taken),
            };
            taken.insert(keys[at].clone());
        }
    }

    /// The key is that of the present row; other IDs become aliases.
    fn settle_key(&mut self, person: &mut RowPerson, rows: &[EmploymentRow<'a>], kept: &[usize]) {
        let Some(main) = kept.first().filter(|_| kept.len() > 1) else { return };
        let any_id = || kept.iter().find_map(|at| rows[*at].id.clone());
        if let Some(id) = rows[*main].id.clone().or_else(any_id) {
            person.key = id;
        }
    }

    /// The key of a person's further position: the same at the next import, whatever the order of rows.
    fn further_key(
        &mut self,
        person: &RowPerson,
        own: &EmploymentRow<'a>,
        taken: &FxHashSet<String>,
    ) -> String {
        let title = self.filled(&own.sources, Field::Title);
        let start = own.start.flatten().map(|day| day.to_string());
        let (first, second) = match (start, title) {
            (Some(start), Some(title)) => (start.clone(), format!("{start} {title}")),
            (Some(only), None) | (None, Some(only)) => (only.clone(), only),
            (None, None) => ("2".to_owned(), "2".to_owned()),
        };
        let key = |what: &str| format!("S-{} ({what})", person.key);
        let mut found = key(&first);
        if taken.contains(&found) {
            found = key(&second);
        }
        let mut number = 2;
        while taken.contains(&found) {
            found = key(&format!("{second} #{number}"));
            number += 1;
        }
        found
    }

    /// The least share of full time that a row can be: next to nothing while “part time” is undecided.
    fn least_share_of(&mut self, own: &EmploymentRow<'a>) -> Decimal6 {
        let said = self.share_of(&own.sources);
        let mut is_part = |field: Field| {
            let said = self.ask(&own.sources, field, |reader, row| reader.is_part_time(row, field));
            said.unwrap_or(false)
        };
        let least = Decimal6::from_millionths(1);
        said.unwrap_or_else(|| {
            let fields = [Field::Fte, Field::EmploymentStatus, Field::Status];
            if fields.into_iter().any(&mut is_part) { least } else { Decimal6::ONE }
        })
    }

    fn tell_same_job(&mut self, own: &EmploymentRow<'a>, other: &EmploymentRow<'a>) {
        let message = format!(
            "same job of the same person at the same time as {}; imported as two because of their working time",
            other.place.beside(&own.place)
        );
        let advice = "keep one of the two rows if they are one job";
        self.made.notes.push(Diagnostic::new(Level::Note, own.place.clone(), message, advice));
    }

    fn tell_changed_job(&mut self, own: &EmploymentRow<'a>, next: &EmploymentRow<'a>, last: NaiveDate) {
        let message = format!(
            "job has no end date, but the same person has another job at {}; ended on {}, the day before it starts",
            next.place.beside(&own.place),
            last.format("%-d %B %Y")
        );
        let advice = "fill in the end date of the earlier job, or the FTE of both if they overlap";
        self.made.notes.push(Diagnostic::new(Level::Warning, own.place.clone(), message, advice));
    }

    /// Whether two rows are the same job at the same time.
    fn is_same_job(&mut self, one: &EmploymentRow<'a>, other: &EmploymentRow<'a>) -> bool {
        let mut says = |own: &EmploymentRow<'a>| {
            [Field::Title, Field::Division, Field::Department, Field::Team]
                .map(|field| self.filled(&own.sources, field))
        };
        says(one) == says(other)
    }
}

/// The first day on which a job and the person's others are more than full time.
fn first_crowded_day(
    own: &EmploymentRow<'_>,
    beside: &[usize],
    rows: &[EmploymentRow<'_>],
    share: &impl Fn(usize) -> Decimal6,
    at: usize,
) -> Option<NaiveDate> {
    let first = own.start.flatten().unwrap_or(NaiveDate::MIN);
    let begin = beside.iter().filter_map(|other| rows[*other].start.flatten());
    let mut days: Vec<NaiveDate> =
        begin.filter(|day| *day > first && own.holds_on(*day)).chain([first]).collect();
    days.sort_unstable();
    days.into_iter().find(|day| {
        let others = beside.iter().filter(|other| rows[**other].holds_on(*day));
        let together = others.map(|other| share(*other).millionths()).sum::<i64>() + share(at).millionths();
        together > Decimal6::ONE.millionths()
    })
}
