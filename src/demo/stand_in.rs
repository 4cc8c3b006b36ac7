//! A stand-in of 4D, for the demo and for tests: it keeps sessions in memory and takes pushes, by what is documented
//! of MOBILE APP REFRESH SESSIONS (source: developer.4d.com/docs/commands/mobile-app-refresh-sessions).

use std::collections::BTreeMap;
use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use actix_web::body::MessageBody;
use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::{Next, from_fn};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use parking_lot::Mutex;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::domain::session::SessionKey;
use crate::domain::session::judge::judge;
use crate::domain::session::schema::Schema;
use crate::domain::token::Secret;
use crate::http::security::check_encoding;
use crate::store::folder::{Content, Folder};

/// Where it takes pushes, as the code for 4D does.
pub const PATH: &str = "/mobile-sessions/push";
/// Larger files are not read.
const LARGEST_FILE: u64 = 1 << 20;
/// A batch of 10,000 changes fits ten times.
const LARGEST_ORDER: usize = 64 << 20;

/// A 4D that is none: a folder, and what of it is in memory.
pub struct StandIn {
    folder: PathBuf,
    secret: Secret<String>,
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    /// Each session as its file was when it was read.
    sessions: BTreeMap<SessionKey, Vec<u8>>,
    /// What was asked for, tests of the connection too.
    orders: Vec<Value>,
}

impl StandIn {
    /// As 4D after its start: it has the sessions of the folder whose files are in order.
    pub fn new(folder: PathBuf, secret: Secret<String>) -> io::Result<Self> {
        let (sessions, _) = read(&folder)?;
        let memory = Mutex::new(Memory { sessions, orders: Vec::new() });
        Ok(Self { folder, secret, memory })
    }

    /// A device that has just signed in: its session is in memory, and its file was written.
    pub fn signed_in(&self, key: SessionKey, file: Vec<u8>) {
        self.memory.lock().sessions.insert(key, file);
    }

    /// What a device's session was when 4D read it last; `None` for one that is logged out.
    pub fn session(&self, key: &SessionKey) -> Option<Vec<u8>> {
        self.memory.lock().sessions.get(key).cloned()
    }

    /// What was asked for, in its order.
    pub fn orders(&self) -> Vec<Value> {
        self.memory.lock().orders.clone()
    }

    /// MOBILE APP REFRESH SESSIONS. Only what is in memory is refreshed; what is invalid or gone leaves it. Whether 4D
    /// goes on after the first error is not documented: it does here.
    pub fn refresh(&self) -> io::Result<Vec<Value>> {
        let (mut files, errors) = read(&self.folder)?;
        let sessions = &mut self.memory.lock().sessions;
        sessions.retain(|key, _| files.contains_key(key));
        for (key, bytes) in sessions {
            if let Some(file) = files.remove(key) {
                *bytes = file;
            }
        }
        Ok(errors)
    }

    fn answer(&self, req: &HttpRequest, body: &[u8]) -> HttpResponse {
        let bearer = req.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let given = bearer.strip_prefix("Bearer ").unwrap_or_default();
        // As in 4D: digests are compared, so the time it takes says nothing of the secret.
        if Sha256::digest(given) != Sha256::digest(self.secret.expose()) {
            return HttpResponse::Unauthorized().json(json!({ "success": false, "errors": [] }));
        }
        let Ok(order) = serde_json::from_slice::<Value>(body) else {
            return HttpResponse::BadRequest().json(json!({ "success": false, "errors": [] }));
        };
        let test = order["test"] == true;
        self.memory.lock().orders.push(order);
        let errors = if test { Ok(Vec::new()) } else { self.refresh() };
        match errors {
            Ok(errors) => HttpResponse::Ok().json(json!({ "success": errors.is_empty(), "errors": errors })),
            Err(error) => {
                let errors = [reported("file", i64::from(error.raw_os_error().unwrap_or(-1)), &error.to_string())];
                HttpResponse::Ok().json(json!({ "success": false, "errors": errors }))
            }
        }
    }
}

/// The bytes of each session's file.
type Files = BTreeMap<SessionKey, Vec<u8>>;

/// The files that are in order, and an error for each that is not.
fn read(folder: &Path) -> io::Result<(Files, Vec<Value>)> {
    let (mut files, mut errors) = (BTreeMap::new(), Vec::new());
    let schema = Schema::default();
    let open = Folder::new(folder.to_owned(), LARGEST_FILE).open()?;
    for app in open.apps()? {
        let Some(opened) = open.app(&app)? else { continue };
        for id in opened.list()?.sessions {
            let Some((_, content)) = opened.read(&id)? else { continue };
            let key = SessionKey { app: app.clone(), id };
            let bytes = if let Content::Bytes(bytes) = content { bytes } else { Vec::new() };
            match judge(&key, &bytes, &schema).1.first() {
                None => drop(files.insert(key, bytes)),
                Some(finding) => {
                    let message = format!("{}: {}/{}", finding.title(), key.app, key.id);
                    errors.push(reported("mobi", i64::from(finding.code()), &message));
                }
            }
        }
    }
    Ok((files, errors))
}

/// As `Last errors` has it.
fn reported(component: &str, code: i64, message: &str) -> Value {
    json!({ "errCode": code, "componentSignature": component, "message": message })
}

/// A server of it on this socket, which signals do not stop.
pub fn server(stand_in: web::Data<StandIn>, listener: TcpListener) -> io::Result<Server> {
    let server = HttpServer::new(move || {
        App::new()
            .app_data(stand_in.clone())
            .app_data(web::PayloadConfig::new(LARGEST_ORDER))
            .wrap(from_fn(plain_alone))
            .service(web::resource(PATH).post(take))
    });
    Ok(server.workers(1).disable_signals().shutdown_timeout(1).listen(listener)?.run())
}

/// No order comes packed: what it would be unpacked nobody knows before.
async fn plain_alone(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    match check_encoding(req.headers()) {
        Ok(()) => Ok(next.call(req).await?.map_into_left_body()),
        Err(_) => Ok(req.into_response(HttpResponse::UnsupportedMediaType().finish()).map_into_right_body()),
    }
}

/// The folder is read in the worker's own thread: nobody else is waiting for it.
async fn take(req: HttpRequest, stand_in: web::Data<StandIn>, body: web::Bytes) -> HttpResponse {
    stand_in.answer(&req, &body)
}
