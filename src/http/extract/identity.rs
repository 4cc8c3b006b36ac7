//! Who sent a request, by its token or its browser's login.

use actix_web::http::header;
use actix_web::{HttpMessage, HttpRequest, web};

use super::facts::{Counted, Elsewhere, Identified};
use crate::app::App;
use crate::domain::account::Caller;
use crate::domain::token::Secret;
use crate::http::limits::Allowance;
use crate::http::state::Shared;
use crate::http::{client, security};
use crate::services::accounts::{BrowserLogin, Proof};
use crate::services::error::{Error, TokenFault};

/// Who asks, and the login that says so, if it is one.
#[derive(Clone, Debug)]
pub struct Identity {
    /// With their role, apps and rights.
    pub caller: Caller,
    /// `None` for a token.
    pub login: Option<BrowserLogin>,
}

impl Identity {
    /// Whether another password comes before everything else.
    pub fn must_change_password(&self) -> bool {
        self.login.as_ref().is_some_and(|login| login.must_change_password)
    }

    /// Whether a second factor comes before everything else.
    pub fn must_enrol(&self) -> bool {
        self.login.as_ref().is_some_and(|login| login.must_enrol)
    }
}

/// Who sent this request; `None` for a stranger. A cookie does not make up for a bad token. Fails for callers who ask
/// too often; a bad token or cookie counts against the address.
pub async fn identify(req: &HttpRequest) -> Result<Option<Identity>, Error> {
    let identity = who(req).await;
    if let Ok(_) | Err(Error::InvalidToken(_)) = &identity {
        let known = match &identity {
            Ok(known) => known.as_ref().map(|identity| identity.caller.actor.clone()),
            Err(Error::InvalidToken(TokenFault::Elsewhere(actor))) => {
                req.extensions_mut().insert(Elsewhere);
                Some(actor.clone())
            }
            Err(_) => None,
        };
        req.extensions_mut().insert(Identified(known));
    }
    let (Some(app), Some(shared)) = (req.app_data::<web::Data<App>>(), req.app_data::<web::Data<Shared>>()) else {
        return identity;
    };
    match &identity {
        Ok(Some(identity)) => {
            let allowance = shared.limits.count(&identity.caller.id);
            req.extensions_mut().insert(Counted(allowance));
            allowance.map_or(Ok(()), Allowance::check)?;
        }
        Ok(None) | Err(Error::InvalidToken(_)) if security::has_credentials(req, &app.config.options) => {
            shared.limits.check_address(client::address(req))?;
        }
        _ => {}
    }
    identity
}

/// The same without counting the request.
pub async fn who(req: &HttpRequest) -> Result<Option<Identity>, Error> {
    let Some(app) = req.app_data::<web::Data<App>>() else { return Ok(None) };
    if req.headers().contains_key(header::AUTHORIZATION) {
        let Some(token) = security::bearer(req.headers()) else { return Ok(None) };
        let caller = app.accounts.caller_by_token(token, client::address(req)).await?;
        return Ok(Some(Identity { caller, login: None }));
    }
    let Some(cookie) = security::cookie(req, &app.config.options) else { return Ok(None) };
    let found = app.accounts.caller_by_cookie(&cookie, client::address(req)).await?;
    Ok(found.map(|(caller, login)| Identity { caller, login: Some(login) }))
}

/// What shows who asks: the login's cookie, else the token.
pub fn proof(req: &HttpRequest, login: Option<&BrowserLogin>) -> Proof {
    match login {
        Some(login) => Proof::Login(login.cookie.clone()),
        None => Proof::Token(Secret::new(security::bearer(req.headers()).unwrap_or_default().to_owned())),
    }
}
