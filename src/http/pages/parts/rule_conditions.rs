//! The conditions of a rule as rows of its form: what each is about, and its values.

use serde::Deserialize;
use strum::{IntoStaticStr, VariantArray};

use super::choices::Choice;
use super::text;
use crate::config::parse_network;
use crate::i18n::Locale;
use crate::services::rules::{MOST_GLOBS, When, WhenChange, is_glob};

/// The most rows that a form is read with.
const MOST_ROWS: usize = 100;

/// What a condition is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Field {
    #[serde(rename = "")]
    #[strum(serialize = "")]
    Unset,
    Emails,
    NoEmail,
    Os,
    AppVersions,
    Languages,
    Networks,
    Simulator,
    NoSimulator,
    Jailbroken,
    NoJailbroken,
    KnownDevice,
    UnknownDevice,
    Declined,
}

impl Field {
    fn word(self) -> &'static str {
        match self {
            Self::Unset => "rule-field-unset",
            Self::Emails => "rule-field-emails",
            Self::NoEmail => "rule-field-no-email",
            Self::Os => "rule-field-os",
            Self::AppVersions => "rule-field-versions",
            Self::Languages => "rule-field-languages",
            Self::Networks => "rule-field-networks",
            Self::Simulator => "rule-field-simulator",
            Self::NoSimulator => "rule-field-no-simulator",
            Self::Jailbroken => "rule-field-jailbroken",
            Self::NoJailbroken => "rule-field-no-jailbroken",
            Self::KnownDevice => "rule-field-known",
            Self::UnknownDevice => "rule-field-unknown",
            Self::Declined => "rule-field-declined",
        }
    }

    /// Whether values stand beside it.
    fn has_values(self) -> bool {
        matches!(self, Self::Emails | Self::Os | Self::AppVersions | Self::Languages | Self::Networks)
    }
}

/// One row of the form.
pub struct ConditionRow {
    /// From 1 on.
    pub number: u64,
    pub field: Field,
    pub fields: Vec<Choice>,
    /// One value a line.
    pub value: String,
    pub error: Option<String>,
    /// Whether one goes on from here.
    pub begins: bool,
}

/// Rows as they were typed, and what they say if all of it is good.
pub struct Read {
    pub rows: Vec<ConditionRow>,
    pub when: Option<WhenChange>,
}

impl ConditionRow {
    pub fn new(l: Locale, number: u64, field: Field) -> Self {
        let fields = Field::VARIANTS.iter().map(|one| {
            let value: &'static str = one.into();
            Choice::new(value, l.t(one.word()), *one == field)
        });
        Self { number, field, fields: fields.collect(), value: String::new(), error: None, begins: false }
    }

    /// How many lines its values have.
    pub fn lines(&self) -> usize {
        self.value.lines().count().clamp(1, 10)
    }
}

/// The rows of a rule; an empty one where it has no condition.
pub fn rows_of(l: Locale, when: &When) -> Vec<ConditionRow> {
    let named: Vec<String> = when.emails.iter().filter(|email| !email.is_empty()).cloned().collect();
    let lists = [
        (Field::Emails, &named),
        (Field::Os, &when.os),
        (Field::AppVersions, &when.app_versions),
        (Field::Languages, &when.languages),
        (Field::Networks, &when.networks),
    ];
    let lists = lists.into_iter().filter(|(_, values)| !values.is_empty());
    let mut rows: Vec<(Field, String)> = lists.map(|(field, values)| (field, values.join("\n"))).collect();
    let flags = [
        (named.len() < when.emails.len()).then_some(Field::NoEmail),
        when.simulator.map(|yes| if yes { Field::Simulator } else { Field::NoSimulator }),
        when.jailbroken.map(|yes| if yes { Field::Jailbroken } else { Field::NoJailbroken }),
        when.known_device.map(|yes| if yes { Field::KnownDevice } else { Field::UnknownDevice }),
        when.declined.filter(|yes| *yes).map(|_| Field::Declined),
    ];
    rows.extend(flags.into_iter().flatten().map(|field| (field, String::new())));
    if rows.is_empty() {
        rows.push((Field::Unset, String::new()));
    }
    let row = |(number, (field, value))| ConditionRow { value, ..ConditionRow::new(l, number, field) };
    (1..).zip(rows).map(row).collect()
}

/// Reads rows as they were typed. Of several about the same, one has to hold.
pub fn read_conditions(l: Locale, fields: &[Field], values: &[String]) -> Read {
    let mut when = every_condition_open();
    let (mut rows, mut is_good) = (Vec::new(), true);
    let values = values.iter().map(Some).chain(std::iter::repeat(None));
    for ((number, field), value) in (1..).zip(fields.iter().take(MOST_ROWS)).zip(values) {
        let value = value.cloned().unwrap_or_default();
        let error = add(&mut when, *field, &value).err().map(|why| l.t(why));
        is_good &= error.is_none();
        rows.push(ConditionRow { value, error, ..ConditionRow::new(l, number, *field) });
    }
    if rows.is_empty() {
        rows.push(ConditionRow::new(l, 1, Field::Unset));
    }
    Read { rows, when: is_good.then_some(when) }
}

/// What is not said in the form is open.
fn every_condition_open() -> WhenChange {
    WhenChange {
        emails: Some(Vec::new()),
        os: Some(Vec::new()),
        app_versions: Some(Vec::new()),
        languages: Some(Vec::new()),
        networks: Some(Vec::new()),
        simulator: Some(None),
        jailbroken: Some(None),
        known_device: Some(None),
        declined: Some(None),
        ..WhenChange::default()
    }
}

/// Adds what a row says; else the message that says what is wrong with it.
fn add(when: &mut WhenChange, field: Field, text: &str) -> Result<(), &'static str> {
    let values = lines(text);
    if field.has_values() && values.is_empty() {
        return Err("rule-value-missing");
    }
    match field {
        Field::Unset if !values.is_empty() => return Err("rule-field-missing"),
        Field::Unset => {}
        Field::Emails => add_globs(&mut when.emails, values)?,
        Field::NoEmail => when.emails.get_or_insert_default().push(String::new()),
        Field::Os => add_globs(&mut when.os, values)?,
        Field::AppVersions => add_globs(&mut when.app_versions, values)?,
        Field::Languages => add_globs(&mut when.languages, values)?,
        Field::Networks => {
            let networks = values.iter().map(|net| parse_network(net).ok()).collect::<Option<Vec<_>>>();
            let all = when.networks.get_or_insert_default();
            all.extend(networks.ok_or("invalid-networks")?);
            return if all.len() > MOST_GLOBS { Err("invalid-networks") } else { Ok(()) };
        }
        Field::Simulator => add_flag(&mut when.simulator, true),
        Field::NoSimulator => add_flag(&mut when.simulator, false),
        Field::Jailbroken => add_flag(&mut when.jailbroken, true),
        Field::NoJailbroken => add_flag(&mut when.jailbroken, false),
        Field::KnownDevice => add_flag(&mut when.known_device, true),
        Field::UnknownDevice => add_flag(&mut when.known_device, false),
        Field::Declined => when.declined = Some(Some(true)),
    }
    Ok(())
}

fn add_globs(list: &mut Option<Vec<String>>, values: Vec<String>) -> Result<(), &'static str> {
    let list = list.get_or_insert_default();
    let is_good = values.iter().all(|value| is_glob(value) && !value.contains(text::is_unprintable));
    list.extend(values);
    if is_good && list.len() <= MOST_GLOBS { Ok(()) } else { Err("invalid-list") }
}

/// What may be so and may not be so is open.
fn add_flag(flag: &mut Option<Option<bool>>, value: bool) {
    let before = flag.flatten();
    *flag = Some((before != Some(!value)).then_some(value));
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rows: &[(Field, &str)]) -> Result<WhenChange, &'static str> {
        let mut when = every_condition_open();
        rows.iter().try_for_each(|(field, text)| add(&mut when, *field, text)).map(|()| when)
    }

    #[test]
    fn rows_are_read_or_refused() {
        let when = read(&[(Field::Emails, " *@x.example \n\n"), (Field::NoEmail, ""), (Field::Unset, " ")]).unwrap();
        assert_eq!(when.emails, Some(vec!["*@x.example".to_owned(), String::new()]));
        let when =
            read(&[(Field::Networks, "10.0.0.0/8"), (Field::Networks, "::1"), (Field::NoSimulator, "x")]).unwrap();
        assert_eq!((when.networks.unwrap().len(), when.simulator), (2, Some(Some(false))));
        let either = read(&[(Field::KnownDevice, ""), (Field::UnknownDevice, "")]).unwrap();
        assert_eq!(either.known_device, Some(None));
        for bad in [
            [(Field::Networks, "x")],
            [(Field::Os, "a\u{202e}b")],
            [(Field::Os, "a\n".repeat(101).as_str())],
            [(Field::Emails, " \n")],
            [(Field::Unset, "x")],
        ] {
            assert!(read(&bad).is_err(), "{bad:?}");
        }
    }
}
