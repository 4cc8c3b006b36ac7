//! Style sheet, scripts and icons: in the binary, under addresses that change with their bytes.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use sha2::{Digest as _, Sha256};

use super::failure::Failure;
use super::gzip;
use crate::services::error::Error;

/// A file that is served as it is, with its entity tag.
pub struct Asset {
    bytes: web::Bytes,
    /// The same by gzip, packed once and as small as it gets.
    packed: web::Bytes,
    etag: String,
    mime: String,
}

impl Asset {
    pub fn new(bytes: web::Bytes, mime: String) -> Self {
        let etag = format!("\"{}\"", hex::encode(&Sha256::digest(&bytes)[..8]));
        let packed = gzip::pack(&bytes, gzip::SMALLEST).map_or_else(|_| web::Bytes::new(), web::Bytes::from);
        Self { bytes, packed, etag, mime }
    }

    /// The file, or 304 where the client has it; `cache` is the header `Cache-Control`.
    pub fn answer(&self, req: &HttpRequest, cache: &str) -> HttpResponse {
        let is_known = matches(req, &self.etag);
        let mut answer = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        answer.insert_header((header::CACHE_CONTROL, cache)).insert_header((header::ETAG, self.etag.as_str()));
        answer.insert_header((header::VARY, "Accept-Encoding"));
        if is_known {
            return answer.finish();
        }
        answer.content_type(self.mime.as_str());
        match gzip::is_taken(req) && (1..self.bytes.len()).contains(&self.packed.len()) {
            true => answer.insert_header((header::CONTENT_ENCODING, "gzip")).body(self.packed.clone()),
            false => answer.body(self.bytes.clone()),
        }
    }
}

/// What `build/assets.rs` makes of the folder `static`: name, type, bytes.
const FILES: [(&str, &str, &[u8]); 4] = [
    ("app.css", "text/css; charset=utf-8", include_bytes!(concat!(env!("OUT_DIR"), "/static/app.css"))),
    ("docs.js", "text/javascript; charset=utf-8", include_bytes!(concat!(env!("OUT_DIR"), "/static/docs.js"))),
    ("icon.svg", "image/svg+xml", include_bytes!(concat!(env!("OUT_DIR"), "/static/icon.svg"))),
    ("panel.js", "text/javascript; charset=utf-8", include_bytes!(concat!(env!("OUT_DIR"), "/static/panel.js"))),
];

struct Assets {
    by_name: BTreeMap<&'static str, Asset>,
    /// Of all files.
    digest: String,
}

fn assets() -> &'static Assets {
    static ASSETS: OnceLock<Assets> = OnceLock::new();
    ASSETS.get_or_init(|| {
        let mut all = Sha256::new();
        let mut by_name = BTreeMap::new();
        for (name, mime, bytes) in FILES {
            let asset = Asset::new(web::Bytes::from_static(bytes), mime.to_owned());
            all.update(name.as_bytes());
            all.update(asset.etag.as_bytes());
            by_name.insert(name, asset);
        }
        Assets { by_name, digest: hex::encode(&all.finalize()[..8]) }
    })
}

/// The address of one of these files, for templates: it can be cached for ever.
pub fn asset_url(name: &str) -> String {
    format!("/static/{}/{name}", assets().digest)
}

/// `GET /static/{path}`: with the digest in front to be kept for ever, without to be asked for again.
pub async fn serve(req: HttpRequest) -> Result<HttpResponse, Failure> {
    let path = req.match_info().get("path").unwrap_or_default();
    let assets = assets();
    let (name, cache) = match path.strip_prefix(&assets.digest).and_then(|rest| rest.strip_prefix('/')) {
        Some(name) => (name, "public, max-age=31536000, immutable"),
        None => (path, "no-cache"),
    };
    let asset = assets.by_name.get(name).ok_or(Error::NotFound("file-of-this-name"))?;
    Ok(asset.answer(&req, cache))
}

/// Whether `If-None-Match` names this entity tag. Weakly, as HTTP has it for GET.
pub fn matches(req: &HttpRequest, etag: &str) -> bool {
    let mut tags = req.headers().get_all(header::IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    tags.any(|value| {
        value.trim() == "*" || value.split(',').any(|tag| tag.trim().strip_prefix("W/").unwrap_or(tag.trim()) == etag)
    })
}
