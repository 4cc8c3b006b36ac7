//! Filters of a list: one choice of what is asked for most, and whatever else came with the address.

use super::named_apps::{NamedApp, team_word};
use super::page::Page;
use super::text;
use crate::domain::app_id::AppId;
use crate::domain::session::{App, Counts};
use crate::domain::timestamp::Timestamp;
use crate::http::links::Pairs;
use crate::i18n::Locale;
use crate::services::error::Error;

const DAY: i64 = 24 * 60 * 60 * 1000;
/// For how long a session is quiet.
const QUIET: i64 = 90 * DAY;
/// The conditions that the choice is made of: one at a time.
const CHOICE: [&str; 6] = ["status", "declined", "compliant", "jailbroken", "unpushed", "modified_before"];

/// A filter that is on or can be switched on.
pub struct Chip {
    pub href: String,
    pub word: String,
    pub count: Option<String>,
    pub on: bool,
    /// A condition that came with the address: the chip takes it away.
    pub removes: bool,
}

/// Whoever asks for those who wait does not mean those whom somebody declined.
pub fn with_default(pairs: Pairs) -> Pairs {
    match (pairs.get("status"), pairs.get("declined")) {
        (Some("pending"), None) => pairs.with("declined", Some("false")),
        _ => pairs,
    }
}

/// The chips of a list at `base`, of which `pairs` say which one it is.
pub async fn filter_chips(
    page: &Page,
    base: &str,
    pairs: &Pairs,
    counts: Counts,
    app: Option<&NamedApp>,
) -> Result<Vec<Chip>, Error> {
    let l = page.locale;
    let rest = pairs.without(&["cursor"]).without(&CHOICE);
    // A count is that of the chip's list only where nothing else narrows it: the app's folders are counted.
    let narrowed = rest.without(&["sort", "limit"]);
    let counted = if app.is_some() { narrowed.without(&["app"]) } else { narrowed }.0.is_empty();
    let folders: Option<Vec<AppId>> = app.map(|app| app.ids().cloned().collect());
    let unpushed = match counted {
        true => Some(page.app.catalog.count_unpushed_here(&page.caller.apps, folders.as_deref()).await?),
        false => None,
    };
    let jailbroken = page.app.catalog.count_jailbroken(&page.caller.apps, folders.as_deref()).await?;
    // By the day, so that the address means the same until midnight.
    let quiet = Timestamp::from_millis((Page::now().millis() - QUIET).div_euclid(DAY) * DAY).to_string();
    let choice = [
        ("sessions-pending", "status", "pending", Some(counts.waiting())),
        ("sessions-declined", "declined", "true", Some(counts.declined)),
        ("sessions-accepted", "status", "accepted", Some(counts.accepted)),
        ("sessions-other", "status", "other", Some(counts.other)),
        ("chip-noncompliant", "compliant", "false", Some(counts.noncompliant)),
        ("chip-jailbroken", "jailbroken", "true", Some(jailbroken)),
        ("sessions-unpushed", "unpushed", "true", unpushed),
        ("chip-quiet", "modified_before", quiet.as_str(), None),
    ];
    let is = |key: &str, value: &str| pairs.get(key) == Some(value);
    // See [`with_default`].
    let is_default = |key: &str, value: &str| (key, value) == ("declined", "false") && is("status", "pending");
    let chip = |(word, key, value, count): (&str, &str, &str, Option<u64>)| Chip {
        href: rest.with(key, Some(value)).link(base),
        word: l.t(word),
        count: count.filter(|_| counted).map(|count| l.number(count)),
        on: is(key, value) && !(key == "status" && is("declined", "true")),
        removes: false,
    };
    let all = Chip {
        href: rest.link(base),
        word: l.t("chip-all"),
        count: counted.then(|| l.number(counts.total)),
        on: CHOICE.iter().all(|key| pairs.get(key).is_none()),
        removes: false,
    };
    // What there is none of is not asked for.
    let is_worth_asking = |value: &str, key: &str| match (key, value) {
        ("status", "other") => counts.other > 0,
        ("jailbroken", _) => jailbroken > 0,
        ("declined", _) => counts.declined > 0,
        _ => true,
    };
    let asked = choice.iter().filter(|(_, key, value, _)| is_worth_asking(value, key) || is(key, value));
    let mut chips: Vec<Chip> = std::iter::once(all).chain(asked.copied().map(chip)).collect();
    let others = pairs.0.iter().filter(|(key, value)| {
        let is_chosen = choice.iter().any(|one| (one.1, one.2) == (key, value));
        let is_heading = key == "app" && app.is_some();
        let is_shown = is_chosen || is_heading || is_default(key, value);
        !is_shown && !["q", "sort", "limit", "cursor"].contains(&key.as_str())
    });
    let apps = match pairs.get("app").filter(|_| app.is_none()) {
        Some(_) => page.app.catalog.apps(&page.caller.apps).await?,
        None => Vec::new(),
    };
    chips.extend(others.map(|(key, value)| Chip {
        href: pairs.without(&["cursor", key]).link(base),
        word: condition(l, &apps, key, value),
        count: None,
        on: true,
        removes: true,
    }));
    Ok(chips)
}

fn condition(l: Locale, apps: &[App], key: &str, value: &str) -> String {
    let day = || Timestamp::parse(value).map_or_else(|| value.to_owned(), |at| l.date(at));
    let named_as = |key: &str, value: &str| {
        l.args("chip-condition", &[("key", key.into()), ("value", text::one_line(value).into_owned().into())])
    };
    let named = |key: &str| named_as(key, value);
    match (key, value) {
        ("simulator", "true") => l.t("chip-simulator"),
        ("simulator", _) => l.t("chip-no-simulator"),
        ("jailbroken", _) => l.t("chip-no-jailbroken"),
        ("compliant", _) => l.t("chip-compliant"),
        ("unpushed", _) => l.t("chip-pushed"),
        ("declined", _) => l.t("chip-not-declined"),
        ("modified_since", _) => l.s("chip-since", day()),
        ("modified_before", _) => l.s("chip-before", day()),
        ("status", _) => {
            let words = value.split(',').map(|status| match status {
                "accepted" => l.t("sessions-accepted"),
                "pending" => l.t("sessions-pending"),
                _ => l.t("sessions-other"),
            });
            words.collect::<Vec<_>>().join(", ")
        }
        ("email", _) => named(&l.t("col-email")),
        ("device_id", _) => named(&l.t("field-device-id")),
        ("os", _) => named(&l.t("col-os")),
        ("app", _) => named_as(&l.t("col-app"), &app_names(l, apps, value)),
        _ => named(key),
    }
}

/// The apps of a filter, by their names.
fn app_names(l: Locale, apps: &[App], ids: &str) -> String {
    let name = |id: &str| {
        let app = apps.iter().find(|app| app.id.as_str() == id)?;
        let team = team_word(l, app);
        Some(if team.is_empty() { app.name.clone() } else { format!("{} · {team}", app.name) })
    };
    let names = || ids.split(',').map(|id| name(id).unwrap_or_else(|| id.to_owned())).collect::<Vec<_>>().join(", ");
    name(ids).unwrap_or_else(names)
}
