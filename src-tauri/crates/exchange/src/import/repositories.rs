//! Which service a repository is: by its address, or by what the service is called.

use headroom_files::records::Records;
use headroom_model::{Entity as _, Plan, folded};
use rustc_hash::FxHashMap;

/// Services by their repositories and by everything that they are called; none of what several are.
pub struct Repositories {
    addresses: FxHashMap<String, Option<String>>,
    names: FxHashMap<String, Option<String>>,
}

impl Repositories {
    /// Those of a plan, and of what comes with the same files.
    pub fn new(plan: &Plan, records: &Records) -> Self {
        let mut all = Self { addresses: FxHashMap::default(), names: FxHashMap::default() };
        for service in plan.services.iter().filter(|service| !service.unconfirmed) {
            let Some(key) = service.key() else { continue };
            let links = service.links.iter().map(|link| link.url.as_str());
            all.add(key, links.chain([service.url.as_str()]), &service.name, &service.aliases);
        }
        for service in &records.services {
            let links = service.links.iter().flatten().map(|link| link.url.as_str());
            let (name, aliases) = (service.name.clone().unwrap_or_default(), service.aliases.clone());
            all.add(&service.key, links.chain(service.url.as_deref()), &name, &aliases.unwrap_or_default());
        }
        all
    }

    fn add<'a>(&mut self, key: &str, urls: impl Iterator<Item = &'a str>, name: &str, aliases: &[String]) {
        for address in urls.filter_map(repository) {
            put(&mut self.addresses, address, key);
        }
        let names = [key, name].into_iter().chain(aliases.iter().map(String::as_str));
        for name in names.filter(|name| !name.is_empty()) {
            put(&mut self.names, folded(name).into_owned(), key);
        }
    }

    /// The key of the service that a repository is; that of one which nothing defines is `owner/name`.
    pub fn service(&self, named: &str) -> String {
        let plain = repository(named);
        let whole = plain.clone().unwrap_or_else(|| named.trim().to_lowercase());
        let known = |map: &FxHashMap<String, Option<String>>, text: &str| map.get(text).cloned().flatten();
        let path = path_of(named);
        let parts: Vec<&str> = path.split('/').collect();
        let short = parts[parts.len().saturating_sub(2)..].join("/");
        known(&self.addresses, &whole)
            .or_else(|| known(&self.names, &folded(&short)))
            .or_else(|| known(&self.names, &folded(parts.last().copied().unwrap_or_default())))
            .unwrap_or(short)
    }
}

/// Two services that share a name or an address: neither is meant.
fn put(map: &mut FxHashMap<String, Option<String>>, text: String, key: &str) {
    let known = map.entry(text).or_insert_with(|| Some(key.to_owned()));
    if known.as_deref() != Some(key) {
        *known = None;
    }
}

/// An address without what differs between its spellings: `github.com/acme/cart`. None if it names no repository.
fn repository(address: &str) -> Option<String> {
    let path = path_of(address);
    let mut parts = path.split('/');
    let (host, owner, name) = (parts.next()?, parts.next()?, parts.next()?);
    let is_host = host.contains('.') && !owner.is_empty() && !name.is_empty();
    is_host.then(|| format!("{host}/{owner}/{name}").to_lowercase())
}

/// `github.com/acme/cart` of `https://github.com/acme/cart.git`, `git@github.com:acme/cart.git` and the like.
fn path_of(address: &str) -> String {
    let text = address.trim();
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let text = match text.split_once('@') {
        Some((_, rest)) if !rest.is_empty() => rest.replacen(':', "/", 1),
        _ => text.to_owned(),
    };
    let text = text.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    text.trim_end_matches(".git").trim_start_matches("www.").to_owned()
}

#[cfg(test)]
mod tests {
    use headroom_files::records::ServiceRecord;

    use super::*;

    fn repositories() -> Repositories {
        let service = |key: &str, url: &str, aliases: &[&str]| ServiceRecord {
            key: key.into(),
            url: Some(url.into()),
            aliases: Some(aliases.iter().map(|alias| (*alias).to_owned()).collect()),
            ..ServiceRecord::default()
        };
        let services = vec![
            service("cart", "https://github.com/Acme/shop-cart.git", &[]),
            service("node-gyp", "", &["acme/gyp"]),
            service("a", "https://github.com/acme/mono/tree/main/a", &[]),
            service("b", "https://github.com/acme/mono/tree/main/b", &[]),
        ];
        Repositories::new(&Plan::default(), &Records { services, ..Records::default() })
    }

    #[test]
    fn a_repository_is_found_by_address_key_name_or_alias() {
        let all = repositories();
        assert_eq!(all.service("github.com/acme/shop-cart"), "cart");
        assert_eq!(all.service("git@github.com:acme/shop-cart.git"), "cart");
        assert_eq!(all.service("github.com/nodejs/node-gyp"), "node-gyp");
        assert_eq!(all.service("github.com/acme/gyp"), "node-gyp");
    }

    #[test]
    fn one_that_is_several_services_or_none_is_itself() {
        let all = repositories();
        assert_eq!(all.service("https://github.com/acme/mono"), "acme/mono");
        assert_eq!(all.service("github.com/nodejs/TSC"), "nodejs/TSC");
        assert_eq!(all.service("folder"), "folder");
    }
}
