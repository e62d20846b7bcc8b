//! Property tests: whatever the files hold, an import ends, and its changes fit the plan.

use std::{fs, path::PathBuf};

use headroom_model::Plan;
use proptest::prelude::*;

use super::*;
use crate::{options::ReadOptions, scan::read_parts};

/// One file per format, to be mangled.
const SEEDS: [(&str, &str, &str); 13] = [
    (
        "opslevel",
        "opslevel.yml",
        "version: 1\nservice:\n  name: a\n  owner: t\n  tier: tier_1\n  aliases: [b]\n  tags: [{key: k, value: v}]\n  dependencies:\n    - alias: c\n",
    ),
    (
        "cortex",
        "cortex.yaml",
        "info:\n  x-cortex-tag: a\n  x-cortex-type: domain\n  x-cortex-owners: [{type: group, name: t, inheritance: APPEND}]\n  x-cortex-children: [{tag: a}]\n---\ninfo: {x-cortex-tag: b, x-cortex-type: team, x-cortex-parents: [{tag: b}]}\n",
    ),
    (
        "compass",
        "compass.yml",
        "configVersion: 1\nname: a\nid: x\nownerId: y\nfields: {tier: 1}\nrelationships: {DEPENDS_ON: [x, z]}\n",
    ),
    (
        "datadog",
        "a.datadog.yaml",
        "schema-version: v2.1\ndd-service: a\nteam: t\n---\napiVersion: v3\nkind: service\nmetadata: {name: a, inheritFrom: 'service:a', owner: &o t}\nspec: {dependsOn: [*o], componentOf: [system:s]}\n",
    ),
    (
        "owners",
        "OWNERS",
        "approvers: [a, a, A]\nfilters:\n  '.*': {reviewers: [b]}\noptions: {no_parent_owners: true}\n",
    ),
    ("owners", "OWNERS_ALIASES", "aliases:\n  x: [a]\n  X: [b]\n"),
    (
        "rust-team",
        "teams/t.toml",
        "name = 't'\nsubteam-of = 't'\n[people]\nleads = ['a']\nmembers = ['a', {github = 'b', roles = ['r']}]\nincluded-teams = ['t']\n",
    ),
    (
        "rust-team",
        "repos/o/r.toml",
        "org = 'o'\nname = 'r'\n[access.teams]\nt = 'write'\n[access.individuals]\na = 'admin'\n",
    ),
    (
        "subscriptions",
        "subscriptions.csv",
        "id,customer,start,end,mrr,currency,plan\n1,a,2026-01-01,2026-02-01,10,EUR,x\n2,a,2026-02-01,,20.5,EUR,y\n2,a,2026-02-01,,20.5,EUR,y\n",
    ),
    (
        "tickets",
        "tickets.csv",
        "id,created,solved,group,replies,reopens,satisfaction\n1,2026-01-01,2026-01-31,x,1,0,Good\n2,2026-01-31,,x,2,0,\n2,2026-01-31,,x,2,0,\n",
    ),
    (
        "bets",
        "bets.csv",
        "id,title,team,metric,op,value,from,decide_by,decided,decision\nb1,One,a,conversion,>=,12%,2026-01-01,2026-05-01,,\nb2,Two,a,conversion,>=,12%,2026-01-01,2026-05-01,2026-05-02,stop\nb2,Two,,payback,<,40,,2026-02-30,,scale\n",
    ),
    (
        "slo",
        "slo.yaml",
        "version: prometheus/v1\nservice: a\nslos:\n  - {name: up, objective: 99.9}\n  - {name: up, objective: 99}\n---\napiVersion: pyrra.dev/v1alpha1\nkind: ServiceLevelObjective\nmetadata: {name: a-latency}\nspec: {target: '95', window: 4w, indicator: {latency: {}}}\n",
    ),
    (
        "upptime",
        "history/summary.json",
        "[{\"slug\": \"a\", \"dailyMinutesDown\": {\"2026-01-05\": 3, \"2026-02-30\": 4}}, {\"slug\": \"a\", \"dailyMinutesDown\": {\"2026-01-05\": 5}}]",
    ),
];

#[derive(Debug, Clone)]
enum Cut {
    Insert(usize, String),
    Delete(usize, usize),
    Repeat(usize, usize),
    Swap(usize, usize),
}

fn cut() -> impl Strategy<Value = Cut> {
    let bits = prop_oneof![
        Just("\n"),
        Just(": "),
        Just("- "),
        Just("["),
        Just("]"),
        Just("{"),
        Just("}"),
        Just("&a "),
        Just("*a"),
        Just("'"),
        Just("\""),
        Just("<<: *a\n"),
        Just("---\n"),
        Just("\t"),
        Just("\u{feff}"),
        Just("\0"),
        Just("|\n"),
        Just("null"),
        Just("= "),
        Just("é🚢"),
        Just("? "),
        Just("!!binary "),
        Just("%YAML 9\n"),
    ];
    let at = 0..400_usize;
    prop_oneof![
        (at.clone(), bits).prop_map(|(at, bit)| Cut::Insert(at, bit.to_owned())),
        (at.clone(), 1..60_usize).prop_map(|(at, count)| Cut::Delete(at, count)),
        (at.clone(), 1..60_usize).prop_map(|(at, count)| Cut::Repeat(at, count)),
        (at.clone(), at).prop_map(|(one, other)| Cut::Swap(one, other)),
    ]
}

fn mangled(text: &str, cuts: &[Cut]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for cut in cuts {
        let length = letters.len();
        match cut {
            Cut::Insert(at, bit) => drop(letters.splice(at % (length + 1)..at % (length + 1), bit.chars())),
            _ if length == 0 => {}
            Cut::Delete(at, count) => {
                let start = at % length;
                letters.drain(start..(start + count).min(length));
            }
            Cut::Repeat(at, count) => {
                let start = at % length;
                let part = letters[start..(start + count).min(length)].to_vec();
                letters.splice(start..start, part);
            }
            Cut::Swap(one, other) => letters.swap(one % length, other % length),
        }
    }
    letters.into_iter().collect()
}

/// Imports a folder twice; the second time nothing is left to change.
fn settles(files: &[(&str, Vec<u8>)], named: Option<&str>, names: &[NameMatch]) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let sources: Vec<PathBuf> = vec![folder.path().to_owned()];
    let today = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
    let mut plan = Plan::default();
    for round in 0..2 {
        let Ok(parts) = read_parts(&sources, named, &ReadOptions::default()) else { return };
        let options = ImportOptions { today, complete: round == 1, names: names.to_vec() };
        let preview = compare(&plan, parts, &options);
        plan.apply(&preview.changes).unwrap();
        assert!(round == 0 || preview.changes.is_empty(), "{:?}", preview.changes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn import_is_idempotent_on_mangled_files(seed in 0..SEEDS.len(), cuts in prop::collection::vec(cut(), 0..6)) {
        let (format, file, text) = SEEDS[seed];
        settles(&[(file, mangled(text, &cuts).into_bytes())], Some(format), &[]);
    }

    #[test]
    fn import_is_idempotent_on_arbitrary_bytes(seed in 0..SEEDS.len(), bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let (format, file, _) = SEEDS[seed];
        settles(&[(file, bytes)], Some(format), &[]);
    }

    #[test]
    fn import_is_idempotent_on_corrupt_catalogs(
        cuts in prop::collection::vec(prop::collection::vec(cut(), 0..3), SEEDS.len()),
        from in prop::sample::select(vec!["t", "a", "y", "x", "c", "none"]),
        to in prop::sample::select(vec!["t", "a", "new", "y"]),
    ) {
        let files: Vec<(&str, Vec<u8>)> = SEEDS
            .iter()
            .zip(&cuts)
            .map(|((_, file, text), cuts)| (*file, mangled(text, cuts).into_bytes()))
            .collect();
        settles(&files, None, &[]);
        let names = [NameMatch { from: from.to_owned(), to: to.to_owned(), place: headroom_files::Place::default() }];
        settles(&files, None, &names);
    }
}
