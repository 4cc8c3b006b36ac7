//! `/api/docs`: the API's document in a browser, by Swagger UI, which is in the binary.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use utoipa_swagger_ui::{Config, serve};

use super::assets::{Asset, asset_url};
use super::failure::Failure;
use crate::i18n::Locale;
use crate::services::error::Error;

/// As everywhere, but for the pictures that Swagger UI's style sheet holds within itself.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' \
     data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// What the page is made of. The rest of the package is for pages of its own.
const FILES: [&str; 2] = ["swagger-ui.css", "swagger-ui-bundle.js"];

#[derive(Template)]
#[template(path = "docs.html")]
struct Page {
    l: Locale,
    icon: String,
    script: String,
}

pub async fn page() -> Result<HttpResponse, Failure> {
    let page = Page { l: Locale::default(), icon: asset_url("icon.svg"), script: asset_url("docs.js") };
    let body = page.render().map_err(Error::internal)?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY));
    Ok(answer.content_type("text/html; charset=utf-8").body(body))
}

/// `GET /api/docs/{file}`
pub async fn file(req: HttpRequest) -> Result<HttpResponse, Failure> {
    static ALL: OnceLock<BTreeMap<&str, Asset>> = OnceLock::new();
    let all = ALL.get_or_init(|| FILES.into_iter().filter_map(|name| Some((name, read(name)?))).collect());
    let file = all.get(req.match_info().get("file").unwrap_or_default()).ok_or(Error::NotFound("file of this name"))?;
    Ok(file.answer(&req, "no-cache"))
}

fn read(name: &str) -> Option<Asset> {
    let file = serve(name, Arc::new(Config::from("/api/v1/openapi.json"))).ok().flatten()?;
    let mime = format!("{}; charset=utf-8", file.content_type);
    Some(Asset::new(file.bytes.into_owned().into(), mime))
}
