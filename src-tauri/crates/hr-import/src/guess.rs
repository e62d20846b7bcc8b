//! Chooses the profile of tables without one: a built-in profile if its signs are among the headers and it reads
//! every field that the headers mean; otherwise one made of the words in the headers.

use std::{collections::BTreeMap, path::PathBuf};

use headroom_tabular::raw_table::RawTable;

use super::{
    built_in::{BUILT_IN, BuiltIn},
    field::{Field, fold},
    fitting::{Chosen, ProfileOrigin, fitting, stem},
    header::{self, Header},
    profile::{Profile, RowMeaning, TableProfile, Target},
};

type Grids = [(PathBuf, Vec<RawTable>)];

/// Title of a profile made of headers.
const BY_WORDS: &str = "Columns matched by name";

/// Chooses the profile of files without one. Each file has its tables of a built-in profile, or one made of its own
/// headers.
pub fn chosen(grids: &Grids) -> Chosen {
    let mut chosen =
        Chosen { profile: Profile::default(), origins: Vec::new(), of_file: vec![0..0; grids.len()] };
    let mut open: Vec<usize> = (0..grids.len()).collect();
    for built_in in BUILT_IN {
        if !open.iter().any(|at| has_sign(&grids[*at].1, built_in)) {
            continue;
        }
        let profile = (built_in.make)();
        let all = 0..profile.tables.len();
        let fits = |at: &usize| {
            let (path, grids) = &grids[*at];
            let found = fitting(grids, &profile, all.clone(), &stem(path));
            let is_whole = |(sheet, own, header): &(usize, usize, Header)| {
                reads_all(&grids[*sheet], header, &profile.tables[*own])
            };
            (!found.is_empty() && found.iter().all(is_whole)).then_some(())
        };
        let own: Vec<usize> = open.iter().copied().filter(|at| fits(at).is_some()).collect();
        if !own.iter().any(|at| has_sign(&grids[*at].1, built_in)) {
            continue;
        }
        open.retain(|at| !own.contains(at));
        chosen.add(profile, ProfileOrigin::BuiltIn(built_in.id), &own);
    }
    for at in open {
        let (path, grids) = &grids[at];
        let tables = guessed(path, grids).into_iter().collect();
        chosen.add(Profile { title: BY_WORDS.to_owned(), tables }, ProfileOrigin::Guessed, &[at]);
    }
    chosen
}

/// The profile that the headers alone give, whichever built-in profile would fit.
pub fn by_words(grids: &Grids) -> Profile {
    let tables = grids.iter().filter_map(|(path, grids)| guessed(path, grids)).collect();
    Profile { title: BY_WORDS.to_owned(), tables }
}

fn has_sign(grids: &[RawTable], built_in: &BuiltIn) -> bool {
    let headers = grids.iter().filter_map(|grid| header::find(grid, None, &|_| false));
    headers.into_iter().any(|header| {
        let names: Vec<String> = header.names.iter().map(|name| fold(name)).collect();
        built_in.signs.iter().any(|sign| sign.iter().all(|word| names.iter().any(|name| name == word)))
    })
}

/// Whether the table of a built-in profile reads every field that the headers mean. A column without any cell loses
/// nothing.
fn reads_all(grid: &RawTable, header: &Header, table: &TableProfile) -> bool {
    let headers = header::distinct(&header.names);
    let read: Vec<Field> = table
        .fitting(&headers)
        .targets
        .into_iter()
        .flatten()
        .filter_map(|target| match target {
            Target::Field(field) => Some(*field),
            Target::Table { .. } => None,
        })
        .collect();
    let is_read = |field: Field| match field {
        Field::Name => read.iter().any(|own| matches!(own, Field::Name | Field::LastName)),
        Field::FirstName | Field::LastName => read.contains(&field) || read.contains(&Field::Name),
        _ => read.contains(&field),
    };
    let is_empty = |name: &str| {
        let Some(at) = headers.iter().position(|own| own == name) else { return true };
        grid.rows[header.body.min(grid.rows.len())..].iter().all(|row| row.cell(at).is_empty())
    };
    columns(header).into_iter().all(|(name, target)| match target {
        Target::Field(field) => is_read(field) || table.names(&name) || is_empty(&name),
        Target::Table { .. } => true,
    })
}

/// The columns that the headers alone give. Each field is the header with the best rank.
pub fn columns(header: &Header) -> BTreeMap<String, Target> {
    let headers = header::distinct(&header.names);
    let mut best: BTreeMap<Field, (usize, usize)> = BTreeMap::new();
    for (at, name) in headers.iter().enumerate() {
        if let Some((field, rank)) = Field::ranked(name) {
            let own = best.entry(field).or_insert((rank, at));
            *own = (*own).min((rank, at));
        }
    }
    // A cost centre is not a team if the file names one.
    let names_team = best.contains_key(&Field::Department) || best.contains_key(&Field::Team);
    let is_cost = |at: usize| fold(&headers[at]).contains("cost") || fold(&headers[at]).starts_with("kosten");
    best.retain(|field, (_, at)| *field != Field::TeamId || !(names_team && is_cost(*at)));
    best.into_iter().map(|(field, (_, at))| (headers[at].clone(), Target::Field(field))).collect()
}

/// The table that the headers of a file give; of several sheets the one with most fields.
fn guessed(path: &std::path::Path, grids: &[RawTable]) -> Option<TableProfile> {
    let best = grids
        .iter()
        .enumerate()
        .filter_map(|(at, grid)| Some((at, grid, header::find(grid, None, &|_| false)?)))
        .max_by_key(|(at, grid, header)| {
            let known = header.names.iter().filter(|name| Field::of_header(name).is_some()).count();
            // The first of those that are equal.
            (!grid.is_hidden, known, std::cmp::Reverse(*at))
        });
    let (_, grid, header) = best?;
    let mut table = TableProfile {
        name: stem(path),
        sheet: grid.sheet.clone().filter(|_| grids.len() > 1),
        columns: columns(&header),
        ..TableProfile::default()
    };
    let has = |field| has(&table, field);
    let names_people = has(Field::PersonId) || has(Field::Email);
    let names_nobody = !names_people && !has(Field::Name) && !has(Field::LastName);
    if (has(Field::PositionId) && !names_people) || (names_nobody && has(Field::Title)) {
        table.rows = RowMeaning::Positions;
    }
    Some(table)
}

fn has(table: &TableProfile, field: Field) -> bool {
    table.columns.values().any(|target| *target == Target::Field(field))
}

/// Whether a table gives the person, the job and the start date, so that it can be imported without anyone having
/// mapped it.
pub fn says_enough(table: &TableProfile) -> bool {
    let who = [Field::PersonId, Field::Email, Field::Name, Field::LastName];
    who.iter().any(|field| has(table, *field)) && has(table, Field::Title) && has(table, Field::Start)
}
