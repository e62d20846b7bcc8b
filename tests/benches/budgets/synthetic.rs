//! A synthetic organisation of any size. The largest size that is promised has 34,000 services and 146,000
//! dependencies.

use std::{collections::HashSet, fmt::Write, fs, path::Path};

pub struct Organisation {
    services: u32,
    teams: u32,
    people: u32,
    edges: Vec<(u32, u32)>,
}

/// A small random generator, so that every run measures the same organisation (SplitMix64: Steele et al., 2014).
pub struct Numbers(u64);

impl Numbers {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn below(&mut self, end: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % u64::from(end)) as u32
    }
}

impl Organisation {
    pub fn large() -> Self {
        Self::new(34_000, 146_000)
    }

    /// A few services have very many dependents, as in a distribution of packages; a few hundred depend on each
    /// other.
    pub fn new(services: u32, dependencies: usize) -> Self {
        let mut numbers = Numbers(2026);
        let mut known = HashSet::new();
        let mut edges = Vec::with_capacity(dependencies);
        while edges.len() < dependencies {
            let from = 1 + numbers.below(services - 1);
            // The square of a fraction favours small indexes: old services with many dependents.
            let fraction = f64::from(numbers.below(1 << 20)) / f64::from(1 << 20);
            let to = (f64::from(from) * fraction * fraction) as u32;
            let is_backward = numbers.below(500) == 0;
            let edge = if is_backward { (to, from) } else { (from, to) };
            if edge.0 != edge.1 && known.insert(edge) {
                edges.push(edge);
            }
        }
        Self { services, teams: services / 40, people: services / 6, edges }
    }

    /// Writes six files of the plan CSV format.
    pub fn write(&self, folder: &Path) {
        let mut numbers = Numbers(7);
        fs::create_dir_all(folder).unwrap();
        let file = |name: &str, text: String| fs::write(folder.join(name), text).unwrap();
        let mut text = String::from("id,name,parent,kind\n");
        for team in 0..self.teams {
            let parent = if team == 0 { String::new() } else { format!("team-{}", (team - 1) / 8) };
            writeln!(text, "team-{team},Team {team},{parent},stream-aligned").unwrap();
        }
        file("teams.csv", text);
        let mut text = String::from("id,name,title,company,email\n");
        for person in 0..self.people {
            writeln!(text, "p{person},Person {person},Engineer,Large,p{person}@large.example").unwrap();
        }
        file("people.csv", text);
        let mut text = String::from("person,team,role\n");
        for person in 0..self.people {
            let role = if person < self.teams { "lead" } else { "member" };
            writeln!(text, "p{person},team-{},{role}", person % self.teams).unwrap();
        }
        file("memberships.csv", text);
        let mut text = String::from("id,name,kind,lifecycle,description,url\n");
        for service in 0..self.services {
            writeln!(text, "svc-{service},Service {service},service,production,Does what service {service} does,https://large.example/{service}").unwrap();
        }
        file("services.csv", text);
        let mut text = String::from("service,owner,owner_kind,role\n");
        for service in 0..self.services {
            // One in twenty is unowned, one in ten is owned by a person.
            match numbers.below(20) {
                0 => {}
                1 | 2 => {
                    writeln!(text, "svc-{service},p{},person,owner", numbers.below(self.people)).unwrap()
                }
                _ => writeln!(text, "svc-{service},team-{},team,owner", numbers.below(self.teams)).unwrap(),
            }
        }
        file("ownership.csv", text);
        let mut text = String::from("service,depends_on\n");
        for (from, to) in &self.edges {
            writeln!(text, "svc-{from},svc-{to}").unwrap();
        }
        file("dependencies.csv", text);
    }
}
