//! What scenarios change, and what two of them change alike and differently.

use headroom_model::{Change, EntityRef, Kind, merge::Patch, wording::capitalized};
use headroom_store::Branch;
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::{
    change_presenter::ChangePresenter,
    entities::{entity::EntityKind, id::Id},
    error::{Answer, AppError, ErrorKind},
    scenarios::changes::{TeamChanges, scenario_changes},
    state::AppState,
};

/// What each of several scenarios changes, and what every two of them have in common.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ComparedChanges {
    pub scenarios: Vec<ScenarioChangeList>,
    /// Two of them that change the same.
    pub pairs: Vec<ScenarioPair>,
}

/// What a scenario changes.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioChangeList {
    pub key: String,
    pub name: String,
    /// By team.
    pub teams: Vec<TeamChanges>,
}

/// What two scenarios both change.
#[derive(Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioPair {
    /// The names of the two.
    pub names: [String; 2],
    pub keys: [String; 2],
    /// To the same.
    pub alike: Vec<CommonChange>,
    /// Each to something else: one of them at most can be merged as it is.
    pub differently: Vec<CommonChange>,
}

/// A field that two scenarios change, or something that both add or remove.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CommonChange {
    pub kind: EntityKind,
    /// The kind in words: `position`.
    pub noun: String,
    pub id: Id,
    pub name: String,
    /// Empty: all of it is added or removed.
    pub field: String,
    /// What it is without either.
    pub before: String,
    /// What each of the two makes of it.
    pub values: [String; 2],
}

/// What these scenarios change, by team, and what two of them change alike and differently. The plan itself, an empty
/// key, changes nothing and is left out.
///
/// # Errors
/// [`ErrorKind::NotFound`] if the plan has no scenario with one of the keys.
#[specta::specta]
pub fn compare_changes(app: &AppState, scenarios: Vec<String>) -> Answer<ComparedChanges> {
    let mut found: Vec<(ScenarioChangeList, Branch)> = Vec::new();
    for key in scenarios.into_iter().filter(|key| !key.is_empty()) {
        if found.iter().any(|(list, _)| list.key == key) {
            continue;
        }
        let id = app.in_scenario_named(&key)?.scenario();
        let id = id.ok_or_else(|| AppError::new(ErrorKind::NotFound, "no plan is open"))?;
        app.in_plan().prepare(|store| store.load_scenario(id))?;
        let branch = app.in_plan().with_store(|store, _| store.branch(id))??;
        let name = app.in_plan().plan()?.name_of(id.into());
        found.push((ScenarioChangeList { key, name, teams: scenario_changes(app, Id(id.0))? }, branch));
    }
    let changes: Vec<Vec<Change>> = found.iter().map(|(_, branch)| branch.changes()).collect();
    let told: Vec<Told<'_>> =
        found.iter().zip(&changes).map(|((_, branch), changes)| Told::new(app, branch, changes)).collect();
    let mut pairs = Vec::new();
    for (at, one) in told.iter().enumerate() {
        for (beyond, other) in told[at + 1..].iter().enumerate() {
            let (a, b) = (&found[at].0, &found[at + 1 + beyond].0);
            let (alike, differently) = in_common(one, other);
            if !alike.is_empty() || !differently.is_empty() {
                let (names, keys) = ([a.name.clone(), b.name.clone()], [a.key.clone(), b.key.clone()]);
                pairs.push(ScenarioPair { names, keys, alike, differently });
            }
        }
    }
    Ok(ComparedChanges { scenarios: found.into_iter().map(|(list, _)| list).collect(), pairs })
}

/// What two scenarios know something by: what both add has two IDs, and one key.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Subject {
    Known(EntityRef),
    Added(Kind, String),
}

/// The changes of a scenario, and how they are said.
struct Told<'a> {
    changes: &'a [Change],
    words: ChangePresenter<'a>,
    by_subject: FxHashMap<Subject, usize>,
}

impl<'a> Told<'a> {
    fn new(app: &AppState, branch: &'a Branch, changes: &'a [Change]) -> Self {
        let subject = |change: &Change| {
            let key = branch.plan.key_of(change.subject());
            match change.creates() && !key.is_empty() {
                true => Subject::Added(change.subject().kind, key.to_owned()),
                false => Subject::Known(change.subject()),
            }
        };
        let by_subject = changes.iter().enumerate().map(|(at, change)| (subject(change), at)).collect();
        Self { changes, words: ChangePresenter::new(&branch.plan, changes, app.pay.is_shown()), by_subject }
    }

    /// A field in words: its label, before and after. None if the change says nothing about it.
    fn field(&self, change: &Change, name: &str) -> Option<(String, String, String)> {
        let fields = self.words.fields(change).into_iter();
        let mut found = fields.filter(|(field, _)| field == name).map(|(_, words)| words);
        found.next().map(|words| (words.field, words.before, words.after))
    }
}

/// What two scenarios change alike, and what differently.
fn in_common(one: &Told<'_>, other: &Told<'_>) -> (Vec<CommonChange>, Vec<CommonChange>) {
    let (mut alike, mut differently) = (Vec::new(), Vec::new());
    let mut both: Vec<(usize, usize)> = one
        .by_subject
        .iter()
        .filter_map(|(subject, at)| Some((*at, *other.by_subject.get(subject)?)))
        .collect();
    both.sort_unstable();
    for (a, b) in both {
        of_subject((one, &one.changes[a]), (other, &other.changes[b]), &mut alike, &mut differently);
    }
    (alike, differently)
}

fn of_subject(
    (one, a): (&Told<'_>, &Change),
    (other, b): (&Told<'_>, &Change),
    alike: &mut Vec<CommonChange>,
    differently: &mut Vec<CommonChange>,
) {
    let patches = [Patch::of(a), Patch::of(b)];
    let subject = a.subject();
    let common = |field: String, before: String, values: [String; 2]| CommonChange {
        kind: subject.kind.into(),
        noun: subject.kind.noun().to_owned(),
        id: Id(subject.id),
        name: one.words.name(subject),
        field,
        before,
        values,
    };
    let names = changed(&patches);
    let is_same = |name: &str| after(&patches[0], name) == after(&patches[1], name);
    let whole = |change: &Change| match (change.creates(), change.removes()) {
        (true, _) => "added",
        (_, true) => "removed",
        _ => "changed",
    };
    let verbs = [a, b].map(|change| whole(change).to_owned());
    let is_whole =
        verbs.iter().any(|verb| verb == "removed") || (a.creates() && names.iter().all(|name| is_same(name)));
    if is_whole {
        let list = if verbs[0] == verbs[1] { alike } else { differently };
        return list.push(common(String::new(), String::new(), verbs.map(|verb| capitalized(&verb))));
    }
    let is_in_both =
        |name: &&String| a.creates() || patches.iter().all(|patch| patch.changed().contains(&name.as_str()));
    for name in names.iter().filter(is_in_both) {
        let words = [one.field(a, name), other.field(b, name)];
        let Some((label, before, _)) = words.iter().flatten().next().cloned() else { continue };
        let values = words.map(|words| words.map(|(_, _, after)| after).unwrap_or_default());
        let list = if is_same(name) { &mut *alike } else { &mut *differently };
        list.push(common(label, before, values));
    }
}

/// The fields that one of the two changes, in order.
fn changed(patches: &[Patch; 2]) -> Vec<String> {
    let mut names: Vec<String> =
        patches.iter().flat_map(|patch| patch.changed().into_iter().map(str::to_owned)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn after<'a>(patch: &'a Patch, name: &str) -> Option<&'a serde_json::Value> {
    patch.after.as_ref()?.get(name)
}
