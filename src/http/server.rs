//! The server: what happens around every request, and how it starts and stops.

use std::net::{IpAddr, SocketAddr, TcpListener};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::body::{BodySize, EitherBody, MessageBody};
use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::{Compress, Next, from_fn};
use actix_web::{HttpMessage, HttpRequest, HttpServer, web};
use arc_swap::ArcSwap;
use tracing::Instrument;

use super::base_path::BasePath;
use super::client::{self, Called, Strangers};
use super::connections::{Connections, Turn, Watched};
use super::extract::{self, Counted, Elsewhere, HeadAlone, Identified, RequestId};
use super::failure::Failure;
use super::problem;
use super::request_log::shown_path;
use super::state::Shared;
use super::tls::Certificate;
use super::{failure, routes, security};
use crate::app::App;
use crate::config::Options;
use crate::domain::account::Actor;
use crate::services::error::Error;
use crate::services::measures;
use crate::services::refusals::Refusal;
use crate::store::os;
use crate::store::process::{self, Descriptors};

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// How long the head of a connection's first request may take; of later ones, on top of the time that a
/// connection may wait for them.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// How long a TLS handshake may take.
const HANDSHAKE_TIME: Duration = Duration::from_secs(5);
/// How many connections are open at once where the options do not say, if so many files may be open.
const MOST_CONNECTIONS: usize = 4096;
/// How long requests in hand may take once the program was asked to stop.
const STOPPING_TIME: u64 = 30;

/// What the checks around every request go by.
pub struct Surroundings {
    hosts: ArcSwap<security::Hosts>,
    listening: SocketAddr,
    options: Options,
    strangers: Strangers,
}

impl Surroundings {
    /// Of a server that listens on this address.
    pub fn new(options: &Options, listening: SocketAddr) -> Self {
        let hosts = ArcSwap::from_pointee(security::Hosts::new(options, listening));
        Self { hosts, listening, options: options.clone(), strangers: Strangers::default() }
    }

    /// Answers to the host names of these options from now on.
    pub fn set_hosts(&self, options: &Options) {
        self.hosts.store(Arc::new(security::Hosts::new(options, self.listening)));
    }

    fn base_path(&self) -> BasePath<'_> {
        BasePath::new(&self.options)
    }

    fn check(&self, req: &ServiceRequest, method: &Method) -> Result<(), Error> {
        let (uri, headers, peer) = (req.uri(), req.headers(), req.request().peer_addr());
        self.strangers.note(peer, headers, &self.options);
        let called = Called::of(peer, uri, headers, &self.options);
        security::check_host(&self.hosts.load(), uri.path(), called)?;
        // Where nothing is, nothing can be done: who asks there is told so, wherever they come from.
        let is_there = req.resource_map().has_resource(uri.path());
        security::check_origin(method, uri.path(), headers, called, &self.options)
            .map_err(|refusal| if is_there { refusal } else { Error::NotFound("address") })?;
        security::check_encoding(headers)?;
        // Who shows who they are is counted once that is known.
        if security::has_credentials(req.request(), &self.options) {
            return Ok(());
        }
        count_stranger(req.request())
    }

    /// After the answer was made: who showed something where nobody asked for it is counted as a stranger.
    fn check_unasked(&self, req: &HttpRequest) -> Result<(), Error> {
        if req.extensions().contains::<Identified>() || !security::has_credentials(req, &self.options) {
            return Ok(());
        }
        count_stranger(req)
    }
}

/// One more request of somebody who is not known.
fn count_stranger(req: &HttpRequest) -> Result<(), Error> {
    let Some(shared) = req.app_data::<web::Data<Shared>>() else { return Ok(()) };
    if security::is_free(req.path()) {
        return Ok(());
    }
    shared.limits.check_address(client::address(req))
}

/// What the handlers of a server have around them, and can be told other options while it runs.
#[derive(Clone)]
pub struct Around {
    surroundings: web::Data<Surroundings>,
    shared: web::Data<Shared>,
}

impl Around {
    /// For a server on this socket.
    pub fn new(options: &Options, listener: &TcpListener) -> std::io::Result<Self> {
        let surroundings = web::Data::new(Surroundings::new(options, listener.local_addr()?));
        Ok(Self { surroundings, shared: web::Data::new(Shared::new(options)) })
    }

    /// Goes by these options from now on, as far as it can.
    pub fn apply(&self, options: &Options) {
        self.surroundings.set_hosts(options);
        self.shared.limits.set(options.max_requests);
    }
}

/// A server on this socket, which signals do not stop; with a certificate, it encrypts.
pub fn server(
    app: web::Data<App>,
    listener: TcpListener,
    certificate: Option<&Arc<Certificate>>,
    Around { surroundings, shared }: Around,
) -> std::io::Result<Server> {
    let options = app.config.options.clone();
    let most = most_connections(&options);
    let connections = Connections::new(most, options.keep_alive + HEAD_TIME, options.clone());
    tokio::spawn(connections.clone().watch());
    let server = HttpServer::new(move || {
        actix_web::App::new()
            .app_data(app.clone())
            .app_data(surroundings.clone())
            .app_data(shared.clone())
            .configure(routes::configure)
            .wrap(Compress::default())
            .wrap(from_fn(around))
    });
    let workers = std::thread::available_parallelism().map_or(1, NonZeroUsize::get).min(most);
    let server = server
        .disable_signals()
        .shutdown_timeout(STOPPING_TIME)
        .workers(workers)
        .max_connections(most / workers)
        .keep_alive(options.keep_alive)
        .tcp_nodelay(true)
        .client_request_timeout(HEAD_TIME)
        .max_connection_rate(most / workers)
        .tls_handshake_timeout(HANDSHAKE_TIME)
        .on_connect(move |io, data| connections.add(io, data));
    let server = match certificate {
        None => server.listen(listener)?,
        Some(certificate) => server.listen_rustls_0_23(listener, certificate.config()?)?,
    };
    Ok(server.run())
}

/// The server for Prometheus alone, on a socket of its own. It has few callers, and does not encrypt.
pub fn metrics_server(app: web::Data<App>, listener: TcpListener) -> std::io::Result<Server> {
    let surroundings = web::Data::new(Surroundings::new(&app.config.options, listener.local_addr()?));
    let server = HttpServer::new(move || {
        actix_web::App::new()
            .app_data(app.clone())
            .app_data(surroundings.clone())
            .configure(routes::configure_metrics)
            .wrap(Compress::default())
            .wrap(from_fn(around))
    });
    let server = server.disable_signals().shutdown_timeout(1).workers(1).max_connections(64);
    Ok(server.tcp_nodelay(true).client_request_timeout(HEAD_TIME).listen(listener)?.run())
}

/// As many as the options say, or as fit: each is two open files.
fn most_connections(options: &Options) -> usize {
    let Descriptors { allowed: files, connections: fit, .. } = process::descriptors();
    let wanted = options.max_connections.map(NonZeroUsize::get);
    if let Some(wanted) = wanted.filter(|wanted| *wanted > fit) {
        tracing::warn!("--max-connections {wanted}: the limit of {files} open files allows {fit}, which are taken");
    }
    wanted.unwrap_or(MOST_CONNECTIONS).min(fit)
}

/// Around every request: its id, the checks that no route is without, the face of errors, headers,
/// and a line in the log.
pub async fn around<B: MessageBody + 'static>(
    mut req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<Watched<EitherBody<B>>>, actix_web::Error> {
    let turn = Turn::begin(&req);
    let start = Instant::now();
    let surroundings = req.app_data::<web::Data<Surroundings>>().cloned();
    let base_path = surroundings.as_ref().map_or(BasePath::default(), |surroundings| surroundings.base_path());
    base_path.take_off(&mut req);
    let id = request_id(req.headers());
    req.extensions_mut().insert(RequestId(id.clone()));
    let method = req.method().clone();
    // HEAD is GET without the body, which actix leaves out by what the connection saw.
    if method == Method::HEAD {
        req.head_mut().method = Method::GET;
        req.extensions_mut().insert(HeadAlone);
    }
    settle_encoding(req.headers_mut());
    let refusal = surroundings.as_ref().and_then(|surroundings| surroundings.check(&req, &method).err());
    let client = client::address(req.request());
    let shown_client = client.map_or_else(|| "-".to_owned(), |client| client.to_string());
    let path = shown_path(req.uri().path()).into_owned();
    let span = tracing::info_span!("request", id, %method, %path, client = %shown_client);
    let refused = refusal.is_some();
    let mut response = match refusal {
        Some(error) => {
            let answer = problem::render(&error, req.request(), &id);
            req.into_response(answer).map_into_right_body()
        }
        None => next.call(req).instrument(span.clone()).await?.map_into_left_body(),
    };
    let asked = response.request().clone();
    let uncounted = if refused { None } else { count_unasked(&asked).await.err() };
    let unasked = || surroundings.as_ref().and_then(|surroundings| surroundings.check_unasked(&asked).err());
    let face = uncounted.or_else(unasked).map(Face::Bare).or_else(|| bare_error(&response, &method));
    if let Some(face) = face {
        let answer = match &face {
            Face::Ours(failure) => problem::render(&failure.0, &asked, &id),
            Face::Bare(error) => problem::render(error, &asked, &id),
        };
        response = ServiceResponse::new(asked.clone(), answer).map_into_right_body();
    }
    let counted = asked.extensions().get::<Counted>().copied();
    if let Some(Counted(Some(allowance))) = counted {
        allowance.add_headers(response.headers_mut());
    }
    let https = surroundings.as_ref().is_some_and(|surroundings| client::is_https(&asked, &surroundings.options));
    // A host that others share is not told to be reached by HTTPS alone.
    finish_headers(response.headers_mut(), &id, https && base_path.is_root());
    base_path.put_before_headers(response.headers_mut());
    let (status, took) = (response.status(), start.elapsed());
    measures::request(method.as_str(), asked.match_pattern(), status.as_u16(), took);
    log(&asked, client, format!("{method} {path}"), status, took).instrument(span).await;
    Ok(response.map_body(|_, body| Watched::new(body, turn)))
}

/// The client's own id, if it is a plain one, so that its log and ours can be laid side by side.
fn request_id(headers: &HeaderMap) -> String {
    let given = headers.get(X_REQUEST_ID).and_then(|value| value.to_str().ok());
    given.filter(|id| is_plain(id)).map_or_else(|| ulid::Ulid::generate().to_string(), str::to_owned)
}

fn is_plain(id: &str) -> bool {
    (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

/// Leaves gzip or nothing in `Accept-Encoding`: actix answers 406 to a client that is fussier.
fn settle_encoding(headers: &mut HeaderMap) {
    let Some(value) = headers.remove(header::ACCEPT_ENCODING).next() else { return };
    let gzip = value.to_str().unwrap_or_default().split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let refused = parts.any(|part| part.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0)));
        (name.eq_ignore_ascii_case("gzip") || name == "*") && !refused
    });
    if gzip {
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    }
}

/// Counts a request of a program that no handler asked who sent it (there is none, or the answer was kept), so that
/// nobody may send any number of them.
async fn count_unasked(req: &HttpRequest) -> Result<(), Error> {
    let free = !failure::is_for_programs(req.path()) || security::is_free(req.path());
    if free || req.extensions().contains::<Identified>() {
        return Ok(());
    }
    // Whether they are known makes no difference to such an answer.
    match extract::identify(req).await {
        Err(error @ Error::TooMany { .. }) => Err(error),
        _ => Ok(()),
    }
}

enum Face<'a> {
    Ours(&'a Failure),
    Bare(Error),
}

/// The error of an answer that has no face yet.
fn bare_error<'a, B: MessageBody>(response: &'a ServiceResponse<B>, method: &Method) -> Option<Face<'a>> {
    let status = response.status();
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    let error = response.response().error();
    if let Some(failure) = error.and_then(|error| error.as_error::<Failure>()) {
        return Some(Face::Ours(failure));
    }
    let empty = matches!(response.response().body().size(), BodySize::None | BodySize::Sized(0));
    let allow = response.headers().get(header::ALLOW).and_then(|value| value.to_str().ok());
    (empty || error.is_some()).then(|| Face::Bare(problem::from_bare(status, method, allow)))
}

fn finish_headers(headers: &mut HeaderMap, id: &str, https: bool) {
    security::add_headers(headers, https);
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(X_REQUEST_ID, id);
    }
    match headers.get(header::CONTENT_ENCODING).map(HeaderValue::as_bytes) {
        // Said by handlers to keep an answer from being compressed.
        Some(b"identity") => {
            headers.remove(header::CONTENT_ENCODING);
        }
        Some(_) => weaken_etag(headers),
        None => headers.append(header::VARY, HeaderValue::from_static("accept-encoding")),
    }
}

/// The compressed answer is not byte for byte what its strong tag says.
fn weaken_etag(headers: &mut HeaderMap) {
    let strong = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok()).filter(|tag| tag.starts_with('"'));
    if let Some(weak) = strong.and_then(|tag| HeaderValue::from_str(&format!("W/{tag}")).ok()) {
        headers.insert(header::ETAG, weak);
    }
}

/// A line in the log, and an entry in the access log where somebody was refused; of many refusals a count.
async fn log(req: &HttpRequest, client: Option<IpAddr>, request: String, status: StatusCode, took: Duration) {
    let actor = req.extensions().get::<Identified>().and_then(|identified| identified.0.clone());
    let caller = actor.as_ref().map_or_else(|| "-".to_owned(), Actor::to_string);
    let (number, ms) = (status.as_u16(), took.as_millis() as u64);
    if number < 400 {
        return match req.method().is_safe() {
            true => tracing::debug!(status = number, ms, %caller, "answered"),
            false => tracing::info!(status = number, ms, %caller, "done"),
        };
    }
    let Some(app) = req.app_data::<web::Data<App>>() else { return };
    let by_token = actor.is_none() && req.headers().contains_key(header::AUTHORIZATION);
    let by_link = matches!(req.match_pattern().as_deref(), Some("/link/{secret}" | "/setup"));
    let elsewhere = req.extensions().contains::<Elsewhere>();
    let network = client.map(client::counted);
    let refusal = Refusal { status: number, actor, network, by_token, elsewhere, by_link };
    if !app.refusals.note(refusal, client, &request).await {
        return;
    }
    match number {
        500.. => tracing::warn!(status = number, ms, %caller, "failed"),
        _ => tracing::info!(status = number, ms, %caller, "refused"),
    }
}

/// Takes as many open files as the system allows: each connection is one.
pub fn raise_file_limit() {
    if let Err(error) = os::raise_file_limit() {
        tracing::warn!(%error, "the limit of open files stays as it is");
    }
}
