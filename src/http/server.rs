//! The server: what happens around every request, and how it starts and stops.

use std::net::{SocketAddr, TcpListener};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::body::{BodySize, EitherBody, MessageBody};
use actix_web::dev::{Server, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::{Compress, Next, from_fn};
use actix_web::{HttpMessage, HttpServer, web};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing::Instrument;

use super::client::{self, Called};
use super::connections::{Connections, Turn, Watched};
use super::extract::{self, Counted, HeadAlone, RequestId};
use super::problem::{self, Failure};
use super::tls::Certificate;
use super::{routes, security};
use crate::app::App;
use crate::config::Options;
use crate::services::error::Error;
use crate::services::measures;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// How long the head of a connection's first request may take; of later ones, on top of the time that a
/// connection may wait for them.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// How long a TLS handshake may take.
const HANDSHAKE_TIME: Duration = Duration::from_secs(5);
/// How many connections are open at once where the options do not say, if so many files may be open.
const MOST_CONNECTIONS: usize = 4096;
/// How many open files are kept for all else.
const OTHER_FILES: usize = 128;
/// How long requests in hand may take once the program was asked to stop.
const STOPPING_TIME: u64 = 30;

/// What the checks around every request go by.
pub struct Surroundings {
    hosts: security::Hosts,
    options: Options,
}

impl Surroundings {
    /// Of a server that listens on this address.
    pub fn new(options: &Options, listening: SocketAddr) -> Self {
        Self { hosts: security::Hosts::new(options, listening), options: options.clone() }
    }

    fn check(&self, req: &ServiceRequest, method: &Method) -> Result<(), Error> {
        let (uri, headers) = (req.uri(), req.headers());
        let called = Called::of(req.request().peer_addr(), uri, headers, &self.options.trusted_proxies);
        security::check_host(&self.hosts, uri.path(), called)?;
        security::check_origin(method, uri.path(), headers, called, &self.options)?;
        let Some(shared) = req.app_data::<web::Data<routes::Shared>>() else { return Ok(()) };
        // Who shows who they are is counted once that is known.
        if security::is_free(uri.path()) || security::has_credentials(req.request(), &self.options) {
            return Ok(());
        }
        shared.limits.check_address(client::address(req.request()))
    }
}

/// A server on this socket, which signals do not stop; with a certificate, it encrypts.
pub fn server(
    app: web::Data<App>,
    listener: TcpListener,
    certificate: Option<&Arc<Certificate>>,
) -> std::io::Result<Server> {
    let options = app.config.options.clone();
    let surroundings = web::Data::new(Surroundings::new(&options, listener.local_addr()?));
    let shared = web::Data::new(routes::Shared::new(&options));
    let most = most_connections(&options);
    let connections = Connections::new(most, options.keep_alive + HEAD_TIME, options.trusted_proxies);
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
    Ok(server.client_request_timeout(HEAD_TIME).listen(listener)?.run())
}

/// As many as the options say, or as fit: each is two open files.
fn most_connections(options: &Options) -> usize {
    let files = rustix::process::getrlimit(rustix::process::Resource::Nofile).current.unwrap_or(u64::MAX);
    let fit = (usize::try_from(files).unwrap_or(usize::MAX).saturating_sub(OTHER_FILES) / 2).max(1);
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
    let id = request_id(req.headers());
    req.extensions_mut().insert(RequestId(id.clone()));
    let method = req.method().clone();
    // HEAD is GET without the body, which actix leaves out by what the connection saw.
    if method == Method::HEAD {
        req.head_mut().method = Method::GET;
        req.extensions_mut().insert(HeadAlone);
    }
    settle_encoding(req.headers_mut());
    let surroundings = req.app_data::<web::Data<Surroundings>>().cloned();
    let refusal = surroundings.as_ref().and_then(|surroundings| surroundings.check(&req, &method).err());
    let span = tracing::info_span!("request", id, %method, path = path_to_tell(req.uri().path()));
    let mut response = match refusal {
        Some(error) => {
            let answer = problem::render(&error, req.request(), &id);
            req.into_response(answer).map_into_right_body()
        }
        None => next.call(req).instrument(span.clone()).await?.map_into_left_body(),
    };
    if let Err(error) = count_unrouted(&response).await {
        let answer = problem::render(&error, response.request(), &id);
        response = ServiceResponse::new(response.request().clone(), answer).map_into_right_body();
    } else if let Some(error) = bare_error(&response, &method) {
        let answer = match &error {
            Face::Ours(failure) => problem::render(&failure.0, response.request(), &id),
            Face::Bare(error) => problem::render(error, response.request(), &id),
        };
        response = ServiceResponse::new(response.request().clone(), answer).map_into_right_body();
    }
    let https = surroundings.is_some_and(|surroundings| surroundings.options.is_https());
    let counted = response.request().extensions().get::<Counted>().copied();
    if let Some(Counted(Some(allowance))) = counted {
        allowance.add_headers(response.headers_mut());
    }
    finish_headers(response.headers_mut(), &id, https);
    let took = start.elapsed();
    measures::request(method.as_str(), response.request().match_pattern(), response.status().as_u16(), took);
    tell(&span, &method, response.status(), took);
    Ok(response.map_body(|_, body| Watched::new(body, turn)))
}

/// The client's own id, if it is a plain one, so that its log and ours can be laid side by side.
fn request_id(headers: &HeaderMap) -> String {
    let given = headers.get(X_REQUEST_ID).and_then(|value| value.to_str().ok());
    let plain = |id: &&str| {
        (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    given.filter(plain).map_or_else(|| ulid::Ulid::generate().to_string(), str::to_owned)
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

/// Counts a request of a program that no handler was there for, so that nobody may send any number of them.
async fn count_unrouted<B>(response: &ServiceResponse<B>) -> Result<(), Error> {
    let req = response.request();
    let unrouted = matches!(response.status(), StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED);
    if !unrouted || !problem::is_for_programs(req.path()) || req.extensions().contains::<Counted>() {
        return Ok(());
    }
    extract::identify(req).await.map(drop)
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

/// An address for the log. What stands behind `/link/` lets a device in.
fn path_to_tell(path: &str) -> &str {
    if path.starts_with("/link/") { "/link/…" } else { path }
}

fn tell(span: &tracing::Span, method: &Method, status: StatusCode, took: Duration) {
    let (status, ms) = (status.as_u16(), took.as_millis());
    span.in_scope(|| match status {
        500.. => tracing::warn!(status, ms, "failed"),
        400.. => tracing::info!(status, ms, "refused"),
        _ if !method.is_safe() => tracing::info!(status, ms, "done"),
        _ => tracing::debug!(status, ms, "answered"),
    });
}

/// Takes as many open files as the system allows: each connection is one.
pub fn raise_file_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(%error, "the limit of open files stays as it is");
    }
}

/// Waits for SIGTERM or Ctrl-C. From the call on, to be made in a runtime, neither ends the program by itself.
pub fn asked_to_stop() -> impl Future<Output = ()> {
    let (terminated, interrupted) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()));
    async move {
        tokio::select! { () = received(terminated) => {}, () = received(interrupted) => {} }
    }
}

async fn received(signal: std::io::Result<Signal>) {
    match signal {
        Ok(mut signal) => drop(signal.recv().await),
        Err(_) => std::future::pending().await,
    }
}
