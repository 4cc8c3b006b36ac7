//! Asks a panel.

use std::fs;
use std::path::Path;
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, ClientBuilder, Method, RequestBuilder, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;
use ulid::Ulid;

use super::body::{self, Unread};
use super::error::PanelError;
use super::url::PanelUrl;
use crate::cli::Failure;
use crate::domain::token::Secret;

/// How long the panel may take to take a connection.
const CONNECTING: Duration = Duration::from_secs(10);
/// A connection is looked at this often while nothing comes through it: a batch or a push takes its time, and a machine
/// that is gone says nothing.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How often something is asked again, but for what the panel works on still.
const ATTEMPTS: u32 = 5;

/// A panel, and a token for it.
pub struct Panel {
    client: Client,
    pub url: PanelUrl,
}

impl Panel {
    pub fn new(url: PanelUrl, token: &Secret<String>, ca_file: Option<&Path>) -> Result<Self, Failure> {
        // Somebody else in this process may have said the same already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let bearer = HeaderValue::from_str(&format!("Bearer {}", token.expose()));
        let mut bearer = bearer.map_err(|_| Failure::wrong_use("The token holds characters that none has."))?;
        bearer.set_sensitive(true);
        let client = Client::builder()
            .default_headers(HeaderMap::from_iter([(AUTHORIZATION, bearer)]))
            // The token goes to the panel alone.
            .redirect(Policy::none())
            .no_proxy()
            .referer(false)
            .connect_timeout(CONNECTING)
            .tcp_keepalive(KEEP_ALIVE)
            .user_agent(concat!("mobile-sessions/", env!("CARGO_PKG_VERSION")));
        let client = trusting(client, ca_file)?.build();
        let client = client.map_err(|_| Failure::new("The certificates that this machine trusts cannot be read."))?;
        Ok(Self { client, url })
    }

    /// Reads something.
    pub async fn get(&self, parts: &[&str]) -> Result<Value, PanelError> {
        self.ask(|| self.request(Method::GET, parts)).await
    }

    /// Reads something that is asked for by a body.
    pub async fn search(&self, parts: &[&str], body: &Value) -> Result<Value, PanelError> {
        self.ask(|| with_body(self.request(Method::POST, parts), body)).await
    }

    /// Puts something in its place. With the answer comes the id of the change, if there was one.
    pub async fn put(&self, parts: &[&str], body: &Value) -> Result<(Value, Option<String>), PanelError> {
        let (headers, answer) = self.answer(|| with_body(self.request(Method::PUT, parts), body)).await?;
        let change = headers.get("x-change-id").and_then(|id| id.to_str().ok());
        Ok((answer, change.map(str::to_owned)))
    }

    /// Changes something, once, however often it has to be sent.
    pub async fn change(&self, parts: &[&str], body: &Value) -> Result<Value, PanelError> {
        let key = Ulid::generate().to_string();
        self.ask(|| with_body(self.request(Method::POST, parts), body).header("idempotency-key", &key)).await
    }

    /// Asks for a stream, once.
    pub async fn stream(&self, types: Option<&str>, last_event_id: Option<&str>) -> Result<Response, PanelError> {
        let mut url = self.url.api(&["events"]);
        if let Some(types) = types {
            url.query_pairs_mut().append_pair("types", types);
        }
        let mut request = self.client.get(url).header(ACCEPT, "text/event-stream");
        if let Some(id) = last_event_id {
            request = request.header("last-event-id", id);
        }
        self.send(request).await
    }

    fn request(&self, method: Method, parts: &[&str]) -> RequestBuilder {
        self.client.request(method, self.url.api(parts)).header(ACCEPT, "application/json")
    }

    async fn ask(&self, request: impl Fn() -> RequestBuilder) -> Result<Value, PanelError> {
        self.answer(request).await.map(|(_, answer)| answer)
    }

    async fn answer(&self, request: impl Fn() -> RequestBuilder) -> Result<(HeaderMap, Value), PanelError> {
        let mut attempt = 1;
        loop {
            let error = match self.send(request()).await {
                Ok(response) => {
                    let headers = response.headers().clone();
                    match body::read(response).await {
                        Ok(body) => {
                            let answer = serde_json::from_slice(&body).map_err(|_| PanelError::no_panel(&self.url))?;
                            return Ok((headers, answer));
                        }
                        Err(Unread::Broken(error)) => PanelError::of_request(&error, &self.url),
                        Err(Unread::TooLarge) => return Err(PanelError::no_panel(&self.url)),
                    }
                }
                Err(error) => error,
            };
            match error.worth_another(attempt == 1) {
                Some(wait) if attempt < ATTEMPTS || error.is_running() => tokio::time::sleep(wait).await,
                _ => return Err(error),
            }
            attempt += 1;
        }
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, PanelError> {
        match request.send().await {
            Ok(response) if response.status().is_success() => Ok(response),
            Ok(response) => Err(PanelError::of_answer(response, &self.url).await),
            Err(error) => Err(PanelError::of_request(&error, &self.url)),
        }
    }

    /// An answer as what the API describes.
    pub fn read<T: DeserializeOwned>(&self, answer: &Value) -> Result<T, PanelError> {
        T::deserialize(answer).map_err(|_| PanelError::no_panel(&self.url))
    }
}

fn with_body(request: RequestBuilder, body: &Value) -> RequestBuilder {
    request.header(CONTENT_TYPE, "application/json").body(body.to_string())
}

fn trusting(client: ClientBuilder, ca_file: Option<&Path>) -> Result<ClientBuilder, Failure> {
    let Some(file) = ca_file else { return Ok(client) };
    let shown = file.display();
    let pem = fs::read(file)
        .map_err(|error| Failure::wrong_use(format!("The file {shown} of --ca-file cannot be read: {error}.")))?;
    match Certificate::from_pem_bundle(&pem) {
        Ok(certificates) if !certificates.is_empty() => Ok(client.tls_certs_merge(certificates)),
        _ => Err(Failure::wrong_use(format!("There is no certificate in {shown} of --ca-file, in PEM."))),
    }
}
