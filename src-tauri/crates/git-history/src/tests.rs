//! Repositories that git itself writes, and what is read from them.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use headroom_figures_import::{DeploymentParts, EventTableOptions, deployment_figures};

use super::*;

const DAY: i64 = 86_400;
/// 2026-10-01 at midnight.
const START: i64 = 1_790_812_800;

/// A commit of a stream of `git fast-import`.
fn commit(
    branch: &str,
    mark: u32,
    from: &[u32],
    (authored, committed): (i64, i64),
    author: &str,
    message: &str,
) -> String {
    let parents: String =
        from.iter().zip(["from", "merge"]).map(|(mark, word)| format!("{word} :{mark}\n")).collect();
    format!(
        "commit refs/heads/{branch}\nmark :{mark}\nauthor {author} <{author}@example.org> {} +0200\n\
         committer Ada Quay <ada@example.org> {} -0800\ndata {}\n{message}\n{parents}\n",
        START + authored,
        START + committed,
        message.len(),
    )
}

fn git(folder: &Path, arguments: &[&str], input: &str) {
    let mut child = Command::new("git")
        .args(["-c", "init.defaultBranch=main"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success(), "git {arguments:?}");
}

fn repository(folder: &Path, stream: &str) -> PathBuf {
    let path = folder.join("till");
    fs::create_dir(&path).unwrap();
    git(&path, &["init", "--quiet"], "");
    git(&path, &["fast-import", "--quiet"], stream);
    path
}

/// Two merges and a commit straight to the branch, of which the second merge takes the first one's change back.
fn merged() -> String {
    [
        commit("main", 1, &[], (0, 0), "Ada Quay", "Begin"),
        commit("topic", 2, &[1], (100, 200), "Grace Harbour", "Weigh twice"),
        commit("topic", 3, &[2], (300, 400), "renovate[bot]", "Bump"),
        commit("main", 4, &[1, 3], (0, DAY), "Ada Quay", "Merge topic"),
        commit("main", 5, &[4], (DAY, 2 * DAY), "Ada Quay", "Straight"),
    ]
    .concat()
}

fn read(path: &Path) -> (DeploymentHistory, String) {
    let (history, problems) = read_git_history(&[path.to_owned()], &DeploymentsReading::default()).unwrap();
    let said = problems.iter().map(|problem| format!("{}\n", problem.message)).collect();
    (history, said)
}

#[test]
fn merges_are_deployments_with_what_they_bring() {
    let folder = tempfile::tempdir().unwrap();
    let (history, said) = read(&repository(folder.path(), &merged()));
    assert_eq!(history.deployments.len(), 3);
    let times: Vec<i64> = history.deployments.iter().map(|one| one.finished - START).collect();
    assert_eq!(times, [0, DAY, 2 * DAY]);
    assert!(history.deployments.iter().all(|one| one.service == "till"));
    let of_merge: Vec<i64> = history
        .commits
        .iter()
        .filter(|commit| commit.deployment == 1)
        .map(|commit| commit.authored.unwrap() - START)
        .collect();
    assert_eq!(of_merge, [300, 100], "the merge itself has no lead time");
    assert_eq!(history.commits.iter().filter(|commit| commit.is_by_bot).count(), 1);
    assert_eq!(
        history.assumed,
        "each of the 1 merges and 2 commits straight to the branch is taken for a deployment"
    );
    assert!(said.contains("read branch main"), "{said}");
}

#[test]
fn a_revert_is_a_failure_of_what_it_takes_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = repository(folder.path(), &merged());
    let output = Command::new("git").args(["rev-parse", "main^^2~1"]).current_dir(&path).output().unwrap();
    let sha = String::from_utf8(output.stdout).unwrap().trim().to_owned();
    let message = format!("Revert \"Weigh twice\"\n\nThis reverts commit {sha}.");
    let revert = commit("main", 6, &[], (3 * DAY, 3 * DAY), "Ada Quay", &message);
    let with_parent = revert.trim_end().to_owned() + "\nfrom refs/heads/main^0\n";
    git(&path, &["fast-import", "--quiet"], &with_parent);
    let (history, _) = read(&path);
    let parts = DeploymentParts::of(&history);
    let failed: Vec<(usize, Option<usize>)> =
        parts.failures.failed.iter().map(|(at, failure)| (*at, failure.reverted_by)).collect();
    assert_eq!(failed, [(1, Some(3))]);
    let all = parts.together(|_| true);
    assert_eq!(all.recovery().unwrap().halves, i128::from(4 * DAY), "two days");
}

#[test]
fn a_branch_without_merges_is_deployed_by_commits() {
    let folder = tempfile::tempdir().unwrap();
    let stream: String = (1..5)
        .map(|mark| {
            let from: Vec<u32> = (mark > 1).then(|| mark - 1).into_iter().collect();
            commit("main", mark, &from, (i64::from(mark), i64::from(mark) * DAY), "Ada Quay", "Squashed")
        })
        .collect();
    let (history, _) = read(&repository(folder.path(), &stream));
    assert_eq!((history.deployments.len(), history.commits.len()), (4, 4));
    assert!(history.assumed.starts_with("no merges on the branch"));
}

#[test]
fn another_branch_can_be_production() {
    let folder = tempfile::tempdir().unwrap();
    let path = repository(folder.path(), &merged());
    let of = |branch: &str| {
        let chosen = DeploymentsReading {
            branch: Some(branch.to_owned()),
            service: Some("quay-till".to_owned()),
            ..DeploymentsReading::default()
        };
        read_git_history(std::slice::from_ref(&path), &chosen)
    };
    let (history, _) = of("topic").unwrap();
    assert_eq!(history.deployments.len(), 3);
    assert_eq!(history.deployments[0].service, "quay-till");
    let refused = of("nowhere").unwrap_err().to_string();
    assert!(refused.contains("no branch “nowhere”") && refused.contains("main, topic"), "{refused}");
}

#[test]
fn clocks_that_ran_backwards_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let stream = [
        commit("main", 1, &[], (0, 2 * DAY), "Ada Quay", "Begin"),
        commit("main", 2, &[1], (3 * DAY, DAY), "Ada Quay", "Earlier"),
    ];
    let (history, said) = read(&repository(folder.path(), &stream.concat()));
    assert!(said.contains("1 deployments are dated before"), "{said}");
    assert_eq!(DeploymentParts::of(&history).together(|_| true).negative_lead_times(), 1);
}

#[test]
fn a_shallow_clone_says_from_when_it_knows() {
    let folder = tempfile::tempdir().unwrap();
    let path = repository(folder.path(), &merged());
    let from = format!("file://{}", path.display());
    git(folder.path(), &["clone", "--quiet", "--bare", "--depth", "2", &from, "shallow.git"], "");
    let (history, said) = read(&folder.path().join("shallow.git"));
    assert_eq!(history.deployments.len(), 1);
    assert!(said.contains("shallow clone: nothing is known before 2026-10-02"), "{said}");
    let options = EventTableOptions { today: "2026-12-01".parse().ok(), ..EventTableOptions::default() };
    assert!(
        deployment_figures(&history, Vec::new(), &options).figures.is_empty(),
        "October is not known whole"
    );
}

#[test]
fn what_is_no_repository_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |path: &Path| {
        read_git_history(&[path.to_owned()], &DeploymentsReading::default()).unwrap_err().to_string()
    };
    assert!(refused(folder.path()).contains("no git repository"));
    let broken = folder.path().join("broken");
    fs::create_dir_all(broken.join(".git")).unwrap();
    assert!(refused(&broken).contains("not a git repository that can be read"), "{}", refused(&broken));
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    git(&empty, &["init", "--quiet"], "");
    assert!(refused(&empty).contains("no commits on any branch"), "{}", refused(&empty));
}

#[test]
fn no_name_of_an_author_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (history, said) = read(&repository(folder.path(), &merged()));
    let all = format!("{history:?}{said}");
    for name in ["Ada", "Grace", "Harbour", "renovate", "example.org"] {
        assert!(!all.contains(name), "{name}");
    }
}
