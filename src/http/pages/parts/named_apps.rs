//! Apps as people know them: one that has a folder for each of its teams, or for none, is one.

use std::collections::HashMap;

use super::text::one_line;
use crate::domain::app_id::AppId;
use crate::domain::session::{App, Counts};
use crate::http::links::{self, Pairs};
use crate::i18n::Locale;

/// An app, with its folders that the caller may see.
#[derive(Clone)]
pub struct NamedApp {
    pub name: String,
    pub folders: Vec<App>,
}

impl NamedApp {
    /// One folder by itself.
    pub fn folder(app: App) -> Self {
        Self { name: app.name.clone(), folders: vec![app] }
    }

    pub fn ids(&self) -> impl Iterator<Item = &AppId> {
        self.folders.iter().map(|folder| &folder.id)
    }

    /// As the filter `app` takes it.
    pub fn value(&self) -> String {
        self.ids().map(AppId::as_str).collect::<Vec<_>>().join(",")
    }

    /// The only folder; `None` where there are several.
    pub fn only(&self) -> Option<&App> {
        match self.folders.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }

    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        self.folders.iter().for_each(|folder| counts += folder.sessions);
        counts
    }

    /// The list of its sessions, under this filter.
    pub fn list(&self, filter: &Pairs) -> String {
        match self.only() {
            Some(only) => filter.link(&links::app(&only.id)),
            None => filter.with("app", Some(&self.value())).link("/sessions"),
        }
    }
}

/// The folders of each app together, in the order of the first ones.
pub fn named_apps(folders: Vec<App>) -> Vec<NamedApp> {
    let mut named: Vec<NamedApp> = Vec::new();
    let mut places: HashMap<AppId, usize> = HashMap::new();
    for folder in folders {
        // Several in a filter have commas between.
        let others = if folder.id.as_str().contains(',') { &[][..] } else { &folder.also_in };
        match others.iter().find_map(|other| places.get(other)) {
            Some(&place) => named[place].folders.push(folder),
            None => {
                if !folder.id.as_str().contains(',') {
                    places.insert(folder.id.clone(), named.len());
                }
                named.push(NamedApp::folder(folder));
            }
        }
    }
    named
}

/// What the apps are called; where two have the same name, with what tells them apart.
pub fn names(apps: &[NamedApp]) -> Vec<String> {
    let mut same: HashMap<String, usize> = HashMap::new();
    apps.iter().for_each(|app| *same.entry(app.name.to_lowercase()).or_default() += 1);
    let name = |app: &NamedApp| {
        let is_unique = same.get(&app.name.to_lowercase()) == Some(&1);
        let name = match (is_unique, app.only()) {
            (true, _) => app.name.clone(),
            (false, Some(only)) => only.label.clone(),
            (false, None) => format!("{} ({})", app.name, app.folders[0].bundle_id),
        };
        one_line(&name).into_owned()
    };
    apps.iter().map(name).collect()
}

/// What tells a folder of an app from its others: the team. Empty where there are no others.
pub fn team_word(l: Locale, app: &App) -> String {
    let all = || app.also_in.iter().chain([&app.id]);
    let Some(bundle) =
        all().map(AppId::bundle_id).min_by_key(|bundle| bundle.len()).filter(|_| !app.also_in.is_empty())
    else {
        return String::new();
    };
    let own = team(&app.id, bundle);
    if app.also_in.iter().any(|other| team(other, bundle) == own) {
        return one_line(app.id.as_str()).into_owned();
    }
    if own.is_empty() { l.t("no-team") } else { one_line(own).into_owned() }
}

/// What stands before the bundle id: a team's id, or its name.
fn team<'a>(id: &'a AppId, bundle: &str) -> &'a str {
    if let Some(team) = id.team_id() {
        return team;
    }
    let before = id.as_str().len().checked_sub(bundle.len()).and_then(|end| id.as_str().get(..end));
    match before.unwrap_or_default().trim_end_matches('.') {
        "___" => "",
        team => team,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app(id: &str, also_in: &[&str]) -> App {
        let id = AppId::parse(id).unwrap();
        App {
            team_id: None,
            bundle_id: id.bundle_id().to_owned(),
            name: "Contact".into(),
            label: format!("Contact ({id})"),
            also_in: also_in.iter().map(|id| AppId::parse(id).unwrap()).collect(),
            targets: Vec::new(),
            has_manifest: false,
            sessions: Counts { total: 2, ..Counts::default() },
            id,
        }
    }

    #[test]
    fn folders_of_one_app_are_one() {
        let folders = vec![
            app("FAKETEAMID.a.b", &["ABCDE12345.a.b"]),
            app("x.y", &[]),
            app("ABCDE12345.a.b", &["FAKETEAMID.a.b"]),
            app("m,n", &["FAKETEAMID.m,n"]),
            app("FAKETEAMID.m,n", &["m,n"]),
        ];
        let named = named_apps(folders);
        let values: Vec<String> = named.iter().map(NamedApp::value).collect();
        assert_eq!(values, ["FAKETEAMID.a.b,ABCDE12345.a.b", "x.y", "m,n", "FAKETEAMID.m,n"], "a comma parts several");
        assert_eq!(named[0].counts().total, 4);
        let all = ["Contact (a.b)", "Contact (x.y)", "Contact (m,n)", "Contact (FAKETEAMID.m,n)"];
        assert_eq!(names(&named), all);
        assert_eq!(names(&named[..1]), ["Contact"]);
    }

    #[test]
    fn a_folder_is_told_from_its_others_by_its_team() {
        let l = Locale::default();
        for (id, also_in, word) in [
            ("a.b", &[][..], ""),
            ("FAKETEAMID.a.b", &["a.b", "ACME Inc.a.b"], "FAKETEAMID"),
            ("ACME Inc.a.b", &["a.b", "FAKETEAMID.a.b"], "ACME Inc"),
            ("a.b", &["FAKETEAMID.a.b"], "no team"),
            (".a.b", &["FAKETEAMID.a.b"], "no team"),
            ("___.a.b", &["FAKETEAMID.a.b"], "no team"),
            (".a.b", &["a.b"], ".a.b"),
        ] {
            assert_eq!(team_word(l, &app(id, also_in)), word, "{id} beside {also_in:?}");
        }
    }
}
