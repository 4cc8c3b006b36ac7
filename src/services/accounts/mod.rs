//! Who is who: users, tokens, logins.

mod access_log;
mod attempts;
mod by;
mod callers;
mod common;
mod given;
mod half_logins;
mod logins;
mod model;
mod own_password;
mod password;
mod rotation;
mod second_factors;
mod second_step;
pub(super) mod secrets;
mod service;
mod snapshot;
#[cfg(test)]
mod tests;
mod tokens;
mod totp;
mod users;

pub use access_log::{ACCESS_ACTIONS, AccessEntry, AccessPage, AccessQuery};
pub use by::By;
pub(super) use common::{address_text, name_taken, new_id, now};
pub use given::{Ends, Given};
pub use half_logins::HALFWAY;
pub use model::{BrowserLogin, Login, LoginLimits, NewLogin, Origin, Proof, Token, User};
pub use own_password::CONFIRMATION;
pub use password::{NewPassword, Weakness};
pub use second_factors::CODE;
pub use second_step::{FirstStep, SecondStep};
pub use service::Accounts;
pub use tokens::{Life, NewToken, TokenChange};
pub use totp::NewFactor;
pub use users::UserChange;
