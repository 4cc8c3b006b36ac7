//! Rules: which sessions are accepted, declined or deleted without a person.

use std::net::IpAddr;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::account::{AppScope, glob_matches};
use super::change::{Email, Reason};
use super::session::{Session, StatusClass, folded};
use super::span::Span;
use super::spelling::spelled;
use super::timestamp::Timestamp;

spelled!(RuleAction);

/// What a rule does with a session that it matches.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RuleAction {
    #[default]
    Accept,
    Decline,
    /// It deletes what is quiet, or waits, for long.
    Delete,
}

/// What must hold of a session, all of it. An empty list, or `None`, lets everything through.
///
/// Nothing but the app's folder is known for sure: all else is what the device told 4D.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    pub apps: AppScope,
    /// Globs on the e-mail or login name, in either case. An empty one is matched by the empty text alone, and what is
    /// neither an address nor a login name by none.
    pub emails: Vec<String>,
    /// The system or its family, in either case.
    pub os: Vec<String>,
    /// Globs on the app's version, in either case.
    pub app_versions: Vec<String>,
    /// Globs on the language's id (`en_US`) or code (`en`), in either case; `-` is as good as `_`.
    pub languages: Vec<String>,
    /// Networks of the client's address. An IPv4-mapped address is IPv4.
    pub networks: Vec<IpNet>,
    /// Whether the device is a simulator. A file that does not say so matches neither.
    pub simulator: Option<bool>,
    /// Whether the device is jailbroken. A file that cannot be read matches neither.
    pub jailbroken: Option<bool>,
    /// Whether another session of the same app, in whichever of its folders, and of the same device is accepted now.
    /// Without a device id neither matches.
    pub known_device: Option<bool>,
    /// Whether somebody declined the session. Without a word, none of those is meant.
    pub declined: Option<bool>,
    /// For how long nobody touched the session.
    pub quiet_for: Option<Span>,
    /// For how long it has been pending.
    pub waiting_for: Option<Span>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    pub id: String,
    pub name: String,
    /// Whether it is looked at.
    pub enabled: bool,
    /// The lowest is looked at first.
    pub order: i64,
    pub when: Conditions,
    pub action: RuleAction,
    /// How many sessions it deletes at a time; `None` for other actions.
    pub at_most: Option<u32>,
    /// From then on it is not looked at.
    pub expires_at: Option<Timestamp>,
    /// Why there is such a rule: the journal's reason.
    pub note: Option<Reason>,
    /// Without a time in its conditions, it looks at nothing that was pending before.
    pub since: Timestamp,
    /// When it last looked for what to delete.
    pub ran_at: Option<Timestamp>,
}

impl Rule {
    /// Whether it is looked at now.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.enabled && self.expires_at.is_none_or(|end| now < end)
    }

    /// Whether it acts once some time has passed, and not on arrivals.
    pub fn is_timed(&self) -> bool {
        self.when.is_timed()
    }

    /// Where it stands among others.
    pub fn place(&self) -> (i64, String) {
        (self.order, self.name.to_lowercase())
    }
}

/// The first of these rules, each with what its owner may see, in the order they are looked at, that acts on this
/// session when it arrives. `is_known` tells whether another session of the same app and device is accepted, as far as an owner sees.
pub fn first_match<'a>(
    rules: &'a [(Rule, AppScope)],
    session: &Session,
    now: Timestamp,
    is_known: impl Fn(&Session, &AppScope) -> bool,
) -> Option<&'a Rule> {
    let pending_since = session.pending_since?;
    let live = rules.iter().filter(|(rule, _)| rule.is_live(now) && !rule.is_timed() && rule.since <= pending_since);
    let matching = live.filter(|(rule, owner)| rule.when.hold(session, now, |session| is_known(session, owner)));
    matching.map(|(rule, _)| rule).min_by_key(|rule| rule.place())
}

impl Conditions {
    /// Whether they hold once some time has passed, and not at once.
    pub fn is_timed(&self) -> bool {
        self.quiet_for.is_some() || self.waiting_for.is_some()
    }

    /// Whether all of them hold of this session.
    pub fn hold(&self, session: &Session, now: Timestamp, is_known: impl Fn(&Session) -> bool) -> bool {
        let device = session.device.as_ref();
        let text = |text: Option<&String>| text.map(|text| text.to_lowercase());
        let version = text(session.application.as_ref().and_then(|application| application.version.as_ref()));
        self.apps.allows(&session.app)
            && (self.emails.is_empty() || self.email_holds(session.email.as_deref().unwrap_or_default()))
            && self.declined.unwrap_or_default() == session.declined.is_some()
            && any(&self.os, |wanted| device.is_some_and(|device| device.has_system(wanted)))
            && any(&self.app_versions, |glob| version.as_deref().is_some_and(|version| fits(glob, version)))
            && any(&self.languages, |glob| language_holds(glob, session))
            && self.network_holds(session.ip.as_deref())
            && self.simulator.is_none_or(|wanted| device.and_then(|device| device.simulator) == Some(wanted))
            && self.jailbroken.is_none_or(|wanted| device.map(|device| device.jailbroken) == Some(wanted))
            && self.known_device.is_none_or(|wanted| can_be_known(session) && is_known(session) == wanted)
            && self.times_hold(session, now)
    }

    fn times_hold(&self, session: &Session, now: Timestamp) -> bool {
        let touched = session.modified_at.max(session.first_seen_at);
        self.quiet_for.is_none_or(|span| touched <= span.before(now))
            && self.waiting_for.is_none_or(|span| session.pending_since.is_some_and(|since| since <= span.before(now)))
    }

    fn email_holds(&self, email: &str) -> bool {
        if email.is_empty() {
            return self.emails.iter().any(String::is_empty);
        }
        // What only ends like an address must not pass for one: "a@evil.example, b@corp.example".
        let email = Email::parse(email).filter(Email::is_one_name).map(|email| email.as_str().to_lowercase());
        email.is_some_and(|email| self.emails.iter().any(|glob| fits(glob, &email)))
    }

    fn network_holds(&self, ip: Option<&str>) -> bool {
        let address = ip.and_then(|ip| ip.parse::<IpAddr>().ok()).map(|ip| ip.to_canonical());
        any(&self.networks, |net| address.is_some_and(|address| net.contains(&address)))
    }
}

/// One that is accepted itself is neither known by another nor unknown.
fn can_be_known(session: &Session) -> bool {
    device_id(session).is_some() && session.class() != StatusClass::Accepted
}

/// The id of a session's device, by which it is the same; `None` where it has none.
pub fn device_id(session: &Session) -> Option<String> {
    folded(session.device.as_ref()?.id.as_deref())
}

/// An empty list is no condition.
fn any<T>(list: &[T], holds: impl Fn(&T) -> bool) -> bool {
    list.is_empty() || list.iter().any(holds)
}

/// `text` is in lower case. One that is endless is not gone through: a device writes what it likes.
fn fits(glob: &str, text: &str) -> bool {
    const LONGEST: usize = 1000;
    !glob.is_empty() && text.len() <= LONGEST && glob_matches(&glob.to_lowercase(), text)
}

fn language_holds(glob: &str, session: &Session) -> bool {
    let Some(language) = &session.language else { return false };
    let spelled = |text: &str| text.to_lowercase().replace('-', "_");
    let values = [language.id.as_deref(), language.code.as_deref()];
    values.into_iter().flatten().any(|value| fits(&spelled(glob), &spelled(value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::{Actor, ActorKind};
    use crate::domain::decision::Declined;
    use crate::domain::session::{Application, Device, Language, SessionKey};

    fn session() -> Session {
        let SessionKey { app, id } = SessionKey::parse("UTT7VDX8W5.com.contactApp.Contact", "ab").unwrap();
        let some = |text: &str| Some(text.to_owned());
        let time = Timestamp::from_millis(1000);
        Session {
            app,
            id,
            status: some("pending"),
            email: some("Olga@Corp.example"),
            application: Some(Application { id: None, name: None, version: some("1.2.0") }),
            team: None,
            device: Some(Device {
                id: some("0DC5132E"),
                description: None,
                os: some("iOS"),
                version: None,
                simulator: Some(false),
                jailbroken: false,
                has_push_token: false,
            }),
            language: Some(Language { id: some("en_US"), code: some("en"), region: None }),
            ip: some("192.168.5.4"),
            modified_at: time,
            first_seen_at: time,
            pending_since: Some(time),
            size: 1,
            compliant: true,
            problems: Vec::new(),
            unpushed: false,
            declined: None,
            note: None,
        }
    }

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    fn holds(when: &Conditions, session: &Session) -> bool {
        when.hold(session, Timestamp::from_millis(100_000), |_| false)
    }

    #[test]
    fn no_condition_lets_everything_through() {
        let mut bare = session();
        assert!(holds(&Conditions::default(), &bare));
        (bare.email, bare.application, bare.device, bare.language, bare.ip) = (None, None, None, None, None);
        assert!(holds(&Conditions::default(), &bare));
    }

    #[test]
    fn all_conditions_must_hold() {
        let good = Conditions {
            apps: AppScope::parse(&texts(&["*.Contact"])).unwrap(),
            emails: texts(&["*@x.example", "*@corp.example"]),
            os: texts(&["ios"]),
            app_versions: texts(&["1.*"]),
            languages: texts(&["en-*"]),
            networks: vec!["192.168.0.0/16".parse().unwrap()],
            simulator: Some(false),
            jailbroken: Some(false),
            known_device: Some(false),
            declined: Some(false),
            quiet_for: Some(Span::from_secs(99)),
            waiting_for: Some(Span::from_secs(99)),
        };
        assert!(holds(&good, &session()));
        let spoilt: [&dyn Fn(&mut Conditions); 12] = [
            &|when| when.apps = AppScope::parse(&texts(&["*.contact"])).unwrap(),
            &|when| when.emails = texts(&["*@x.example"]),
            &|when| when.os = texts(&["iOS*", "iPadOS"]),
            &|when| when.app_versions = texts(&["1.2"]),
            &|when| when.languages = texts(&["fr", "en_GB"]),
            &|when| when.networks = vec!["10.0.0.0/8".parse().unwrap()],
            &|when| when.simulator = Some(true),
            &|when| when.jailbroken = Some(true),
            &|when| when.known_device = Some(true),
            &|when| when.declined = Some(true),
            &|when| when.quiet_for = Some(Span::from_secs(100)),
            &|when| when.waiting_for = Some(Span::from_secs(100)),
        ];
        for (n, spoil) in spoilt.into_iter().enumerate() {
            let mut when = good.clone();
            spoil(&mut when);
            assert!(!holds(&when, &session()), "{n}");
        }
    }

    #[test]
    fn a_declined_session_matches_where_a_condition_says_so_alone() {
        let by = Actor { kind: ActorKind::User, name: "olga".into() };
        let declined = Declined { at: Timestamp::from_millis(1000), by, reason: None };
        let declined = Session { declined: Some(declined), ..session() };
        let when = |declined| Conditions { declined, ..Conditions::default() };
        assert!(!holds(&when(None), &declined) && !holds(&when(Some(false)), &declined));
        assert!(holds(&when(Some(true)), &declined) && !holds(&when(Some(true)), &session()));
        assert!(holds(&when(None), &session()) && holds(&when(Some(false)), &session()));
    }

    #[test]
    fn an_empty_email_matches_where_a_condition_says_so_alone() {
        let email = |email: Option<&str>, globs: &[&str]| {
            let session = Session { email: email.map(str::to_owned), ..session() };
            holds(&Conditions { emails: texts(globs), ..Conditions::default() }, &session)
        };
        for empty in [Some(""), None] {
            assert!(!email(empty, &["*"]) && !email(empty, &["*", "?", "*@corp.example"]));
            assert!(email(empty, &[""]) && email(empty, &["*@corp.example", ""]));
            assert!(email(empty, &[]));
        }
        assert!(!email(Some("a@corp.example"), &[""]));
        assert!(email(Some("A@CORP.example"), &["a@corp.EXAMPLE"]));
    }

    #[test]
    fn what_only_ends_like_an_address_is_none() {
        let when = Conditions { emails: texts(&["*@corp.example"]), ..Conditions::default() };
        for bad in [
            "a@evil.example@corp.example",
            "a@evil.example, b@corp.example",
            "a@evil.example\nb@corp.example",
            "@corp.example",
            "a@corp.example.evil.example",
            "a@notcorp.example",
            " a@corp.example",
        ] {
            assert!(!holds(&when, &Session { email: Some(bad.into()), ..session() }), "{bad:?}");
        }
    }

    #[test]
    fn what_is_absent_matches_no_condition_on_it() {
        let mut bare = session();
        (bare.application, bare.device, bare.language, bare.ip) = (None, None, None, Some("unknown".into()));
        let none = Conditions::default;
        for when in [
            Conditions { os: texts(&["", "iOS"]), ..none() },
            Conditions { app_versions: texts(&["*"]), ..none() },
            Conditions { languages: texts(&["*"]), ..none() },
            Conditions { networks: vec!["0.0.0.0/0".parse().unwrap(), "::/0".parse().unwrap()], ..none() },
            Conditions { simulator: Some(false), ..none() },
            Conditions { simulator: Some(true), ..none() },
            Conditions { jailbroken: Some(false), ..none() },
        ] {
            assert!(!holds(&when, &bare), "{when:?}");
        }
    }

    #[test]
    fn a_mapped_address_is_ipv4() {
        let when = |net: &str| Conditions { networks: vec![net.parse().unwrap()], ..Conditions::default() };
        let from = |ip: &str| Session { ip: Some(ip.into()), ..session() };
        assert!(holds(&when("192.168.0.0/16"), &from("::ffff:192.168.5.4")));
        assert!(!holds(&when("::/0"), &from("::ffff:192.168.5.4")));
        assert!(holds(&when("2001:db8::/32"), &from("2001:db8::1")));
        assert!(!holds(&when("0.0.0.0/0"), &from("2001:db8::1")));
    }

    #[test]
    fn a_device_without_an_id_is_neither_known_nor_unknown() {
        let ask = |id: Option<&str>, wanted: bool, known: bool| {
            let mut session = session();
            session.device.as_mut().unwrap().id = id.map(str::to_owned);
            let when = Conditions { known_device: Some(wanted), ..Conditions::default() };
            when.hold(&session, session.first_seen_at, |_| known)
        };
        assert!(ask(Some("x"), true, true) && ask(Some("x"), false, false));
        assert!(!ask(Some("x"), true, false) && !ask(Some("x"), false, true));
        for id in [None, Some(""), Some("  ")] {
            for wanted in [true, false] {
                assert!(!ask(id, wanted, true) && !ask(id, wanted, false), "{id:?} {wanted}");
            }
        }
    }

    #[test]
    fn a_session_is_quiet_from_when_it_was_last_touched_or_first_seen() {
        let quiet = Conditions { quiet_for: Some(Span::from_secs(50)), ..Conditions::default() };
        assert!(holds(&quiet, &Session { pending_since: None, status: Some("accepted".into()), ..session() }));
        let late = Timestamp::from_millis(60_000);
        assert!(!holds(&quiet, &Session { modified_at: late, ..session() }));
        assert!(!holds(&quiet, &Session { first_seen_at: late, ..session() }));
        let waits = Conditions { waiting_for: Some(Span::from_secs(50)), ..Conditions::default() };
        assert!(holds(&waits, &Session { modified_at: late, ..session() }));
        assert!(!holds(&waits, &Session { pending_since: None, ..session() }));
        assert!(!holds(&waits, &Session { pending_since: Some(late), ..session() }));
    }

    #[test]
    fn the_first_live_rule_by_order_then_name_lets_in() {
        let rule = |name: &str, order: i64| Rule {
            id: name.to_owned(),
            name: name.to_owned(),
            enabled: true,
            order,
            when: Conditions::default(),
            action: RuleAction::Accept,
            at_most: None,
            expires_at: None,
            note: None,
            since: Timestamp::from_millis(1000),
            ran_at: None,
        };
        let at = Timestamp::from_millis;
        let first = |rules: &[Rule], now| {
            let rules: Vec<_> = rules.iter().map(|rule| (rule.clone(), AppScope::all())).collect();
            first_match(&rules, &session(), now, |_, _| false).map(|rule| rule.name.clone()).unwrap_or_default()
        };
        let mut rules = vec![rule("c", 2), rule("B", 1), rule("a", 2), rule("b2", 1), rule("late", 0)];
        rules[4].since = at(1001);
        assert_eq!(first(&rules, at(2000)), "B");
        rules[1].enabled = false;
        assert_eq!(first(&rules, at(2000)), "b2");
        rules[3].expires_at = Some(at(2000));
        assert_eq!(first(&rules, at(1999)), "b2");
        assert_eq!(first(&rules, at(2000)), "a");
        rules[2].when.os = texts(&["Android"]);
        assert_eq!(first(&rules, at(2000)), "c");
        assert_eq!(first(&rules[4..], at(2000)), "", "it was pending before there was the rule");
        let accepted = Session { pending_since: None, ..session() };
        let rules: Vec<_> = rules.into_iter().map(|rule| (rule, AppScope::all())).collect();
        assert!(first_match(&rules, &accepted, at(2000), |_, _| false).is_none());
    }
}
