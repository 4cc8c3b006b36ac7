//! What bodies of several requests have in common, parsed into what it means.

use crate::domain::account::{AppScope, Role};
use crate::domain::change::{Email, Reason};
use crate::domain::name::{Name, UserName};
use crate::domain::session::Status;
use crate::domain::token::Secret;
use crate::http::extract::Object;
use crate::services::error::Error;
use serde_json::Value;
use utoipa::openapi::schema::SchemaType;
use utoipa::openapi::{Array, ArrayBuilder, Object as Described, ObjectBuilder, Type};

const STATUS: &str = "The status must be \"accepted\" or \"pending\".";
const EMAIL: &str =
    "The e-mail must be an address, a login name, or \"\" for none: at most 254 characters, none a control character.";
const REASON: &str = "The reason must be text of at most 500 characters.";
const NAME: &str = "The name must have 1 to 64 characters, each of which can be seen, and no space at its ends.";
const USER_NAME: &str = "The name must have 1 to 64 characters, letters and digits of one script; spaces, . _ - @ and ' may stand within it.";
const APPS: &str = "Each glob must be text of 1 to 255 characters, none of them a control character, as \"*.com.example.*\"; \
     at most 100 of them.";
const MOST_GLOBS: usize = 100;

/// How the name of a token, rule or webhook is described: as [`Name::parse`] takes it.
pub fn name_schema() -> Described {
    // White space stands at no end, and what is not seen nowhere. What ends a line in JavaScript, or is of a higher
    // plane, is left out: generators write such characters into regular expressions as they are.
    let unseen = r"\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb";
    let pattern = format!("^[^\\s{unseen}]([^{unseen}]{{0,62}}[^\\s{unseen}])?$");
    ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern)).description(Some(NAME)).build()
}

/// How the name of a user is described. Which letters are of one script is in no pattern that could be read.
pub fn user_name_schema() -> Described {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(64))
        .description(Some(USER_NAME))
        .build()
}

/// How an e-mail is described.
pub fn email_schema() -> Described {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .max_length(Some(254))
        .pattern(Some(r"^[^\x00-\x1f\x7f-\x9f]*$"))
        .description(Some("An address, a login name, or `\"\"` for none"))
        .examples(["ann@example.org"])
        .build()
}

/// How a list of globs is described where it may not be `null`.
pub fn globs_or_absent() -> Array {
    glob_list(Type::Array.into())
}

/// How a list of globs is described.
pub fn globs() -> Array {
    glob_list(SchemaType::from_iter([Type::Array, Type::Null]))
}

fn glob_list(kind: SchemaType) -> Array {
    let glob = ObjectBuilder::new()
        .schema_type(Type::String)
        .min_length(Some(1))
        .max_length(Some(255))
        .pattern(Some(r"^[^\x00-\x1f\x7f-\x9f]+$"))
        .examples(["*.com.example.*"]);
    ArrayBuilder::new().schema_type(kind).items(glob).max_items(Some(MOST_GLOBS)).build()
}

/// How long a token lives is described so.
pub fn life_schema() -> Described {
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Null]))
        .pattern(Some("^[1-9][0-9]{0,3}[smhd]$"))
        .description(Some("A number and `s`, `m`, `h` or `d`, from now on; `null` for ever"))
        .examples(["90d"])
        .build()
}

/// `status`; `None` where the key is absent.
pub fn status(body: &mut Object) -> Result<Option<Status>, Error> {
    let Some(value) = body.take("status") else { return Ok(None) };
    let status = value.as_str().and_then(Status::parse);
    status.map(Some).ok_or_else(|| body.wrong("status", STATUS))
}

/// `email`; `None` where the key is absent. `null` is no address.
pub fn email(body: &mut Object) -> Result<Option<Email>, Error> {
    let Some(value) = body.take("email") else { return Ok(None) };
    let email = value.as_str().and_then(Email::parse);
    email.map(Some).ok_or_else(|| body.wrong("email", EMAIL))
}

/// `reason`; `None` where the key is absent or `null`.
pub fn reason(body: &mut Object) -> Result<Option<Reason>, Error> {
    match body.take("reason") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Reason::parse(&text).map(Some).ok_or_else(|| body.wrong("reason", REASON)),
        Some(_) => Err(body.wrong("reason", REASON)),
    }
}

/// A text that is kept from logs and errors.
pub fn required_secret(body: &mut Object, key: &str) -> Result<Secret<String>, Error> {
    body.required_text(key).map(Secret::new)
}

/// The same where it can be absent; `null` is no text.
pub fn secret(body: &mut Object, key: &str) -> Result<Option<Secret<String>>, Error> {
    match body.take(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(Secret::new(text))),
        Some(_) => Err(body.wrong(key, "This must be text.")),
    }
}

/// The name of a user.
pub fn user_name(body: &mut Object) -> Result<UserName, Error> {
    let text = body.required_text("name")?;
    UserName::parse(&text).ok_or_else(|| body.wrong("name", USER_NAME))
}

/// The name of a token, rule or webhook.
pub fn name(body: &mut Object) -> Result<Name, Error> {
    let text = body.required_text("name")?;
    Name::parse(&text).ok_or_else(|| body.wrong("name", NAME))
}

/// The same where it can be absent; `null` is no name.
pub fn optional_name(body: &mut Object) -> Result<Option<Name>, Error> {
    let Some(value) = body.take("name") else { return Ok(None) };
    let name = value.as_str().and_then(Name::parse);
    name.map(Some).ok_or_else(|| body.wrong("name", NAME))
}

/// `role`; `None` where the key is absent.
pub fn role(body: &mut Object) -> Result<Option<Role>, Error> {
    let Some(value) = body.take("role") else { return Ok(None) };
    let role = value.as_str().and_then(Role::parse);
    role.map(Some).ok_or_else(|| body.wrong("role", "The role must be \"viewer\", \"operator\" or \"owner\"."))
}

/// `role`, which must be there.
pub fn required_role(body: &mut Object) -> Result<Role, Error> {
    role(body)?.ok_or_else(|| body.wrong("role", "This is needed."))
}

/// `apps`: a list of globs; `None` where the key is absent or `null`. An empty list is all apps.
pub fn apps(body: &mut Object) -> Result<Option<AppScope>, Error> {
    let globs = match body.take("apps") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Array(globs)) => globs,
        Some(_) => return Err(body.wrong("apps", "This must be a list of globs.")),
    };
    let text = |glob: Value| if let Value::String(text) = glob { Some(text) } else { None };
    let globs: Option<Vec<String>> = globs.into_iter().map(text).collect();
    let scope = globs.filter(|globs| globs.len() <= MOST_GLOBS).and_then(|globs| AppScope::parse(&globs));
    scope.map(Some).ok_or_else(|| body.wrong("apps", APPS))
}
