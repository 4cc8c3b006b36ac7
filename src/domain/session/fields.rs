//! What a session's file says in the fields that this program knows.

use std::borrow::Cow;

use crate::domain::system;
use crate::domain::token::Secret;

/// The known fields of one file, borrowed from its text. A field that is absent, or not of the
/// type 4D gives it, is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields<'a> {
    pub status: Option<Cow<'a, str>>,
    pub email: Option<Cow<'a, str>>,
    pub application_id: Option<Cow<'a, str>>,
    pub application_name: Option<Cow<'a, str>>,
    pub application_version: Option<Cow<'a, str>>,
    pub team_id: Option<Cow<'a, str>>,
    pub device_id: Option<Cow<'a, str>>,
    pub device_description: Option<Cow<'a, str>>,
    pub device_os: Option<Cow<'a, str>>,
    pub device_version: Option<Cow<'a, str>>,
    pub simulator: Option<bool>,
    pub jailbroken: bool,
    pub language_id: Option<Cow<'a, str>>,
    pub language_code: Option<Cow<'a, str>>,
    pub language_region: Option<Cow<'a, str>>,
    pub session_id: Option<Cow<'a, str>>,
    pub ip: Option<Cow<'a, str>>,
    /// The connection token: **secret**.
    pub token: Option<Secret<Cow<'a, str>>>,
    /// The push-notification token: **secret**.
    pub push_token: Option<Secret<Cow<'a, str>>>,
}

impl Fields<'_> {
    /// What the device is called: its model, else its system. What is endless ends.
    pub fn device_name(&self) -> Option<String> {
        const LONGEST: usize = 200;
        let text = |field: &Option<Cow<'_, str>>| field.as_deref().unwrap_or_default().trim().to_owned();
        let system = || system::shown(self.device_os.as_deref(), self.device_version.as_deref()).unwrap_or_default();
        let name = Some(text(&self.device_description)).filter(|name| !name.is_empty()).unwrap_or_else(system);
        (!name.is_empty()).then(|| name.chars().take(LONGEST).collect())
    }
}
