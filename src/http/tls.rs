//! TLS: the server's certificate, taken anew when its files change, while connections go on.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use rustls::ServerConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use tokio::sync::Notify;

use crate::config::Options;
use crate::store::key_pair::{KeyPairBytes, KeyPairFiles, Unreadable};

/// How often the files are looked at.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// The certificate that new connections are given.
#[derive(Debug)]
pub struct Certificate {
    files: KeyPairFiles,
    current: ArcSwap<CertifiedKey>,
    asked: Notify,
}

impl ResolvesServerCert for Certificate {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.current.load_full())
    }
}

/// What the files were found to be, so that each state is judged and told of once.
type Found = Result<KeyPairBytes, String>;

impl Certificate {
    /// Reads the files that the options name; `None` where they name none. `Err` is one sentence that
    /// names the option.
    pub fn load(options: &Options) -> Result<Option<Arc<Self>>, String> {
        let Some((cert, key)) = options.tls()? else { return Ok(None) };
        let files = KeyPairFiles { cert: cert.to_owned(), key: key.to_owned() };
        let key = find(&files).and_then(|bytes| certified(&files, &bytes))?;
        Ok(Some(Arc::new(Self { files, current: ArcSwap::from_pointee(key), asked: Notify::new() })))
    }

    /// What the server's connections go by.
    pub fn config(self: &Arc<Self>) -> std::io::Result<ServerConfig> {
        let config = ServerConfig::builder_with_provider(provider()).with_safe_default_protocol_versions();
        let config = config.map_err(std::io::Error::other)?;
        Ok(config.with_no_client_auth().with_cert_resolver(self.clone()))
    }

    /// Looks at the files for ever, and at once when it is asked to.
    pub async fn watch(self: Arc<Self>) {
        let mut judged = None;
        let mut before = None;
        loop {
            let files = self.files.clone();
            match tokio::task::spawn_blocking(move || find(&files)).await {
                Ok(found) => self.look(found, &mut judged, &mut before),
                Err(error) => tracing::error!(%error, "the certificate's files were not looked at"),
            }
            let _ = tokio::time::timeout(LOOK_EVERY, self.asked.notified()).await;
        }
    }

    /// Has the files looked at now.
    pub fn look_now(&self) {
        self.asked.notify_one();
    }

    /// A good pair is taken at once. What is not good is told of when it is found a second time: a
    /// certificate may be new a moment before its key is.
    fn look(&self, found: Found, judged: &mut Option<Found>, before: &mut Option<Found>) {
        if judged.as_ref() == Some(&found) {
            return;
        }
        match found.clone().and_then(|bytes| certified(&self.files, &bytes)) {
            Ok(key) if key.cert == self.current.load().cert => *judged = Some(found),
            Ok(key) => {
                self.current.store(Arc::new(key));
                tracing::info!(file = %self.files.cert.display(), "new connections get the new certificate");
                *judged = Some(found);
            }
            Err(why) if before.as_ref() == Some(&found) => {
                tracing::warn!("{why} The certificate in use is kept.");
                *judged = Some(found);
            }
            Err(_) => *before = Some(found),
        }
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn find(files: &KeyPairFiles) -> Found {
    files.read().map_err(|error| match error {
        Unreadable::Cert(error) => format!("--tls-cert: {} cannot be read: {error}.", files.cert.display()),
        Unreadable::Key(error) => format!("--tls-key: {} cannot be read: {error}.", files.key.display()),
    })
}

/// The pair, if it is one.
fn certified(files: &KeyPairFiles, bytes: &KeyPairBytes) -> Result<CertifiedKey, String> {
    let (cert, key) = (files.cert.display(), files.key.display());
    let chain = CertificateDer::pem_slice_iter(&bytes.cert).collect::<Result<Vec<_>, _>>();
    let chain = chain.map_err(|error| format!("--tls-cert: {cert} is damaged: {error}."))?;
    if chain.is_empty() {
        return Err(format!("--tls-cert: there is no certificate in {cert}, in PEM (\"BEGIN CERTIFICATE\")."));
    }
    let private = PrivateKeyDer::from_pem_slice(bytes.key.expose());
    let private = private.map_err(|_| {
        format!("--tls-key: there is no private key in {key}, in PEM and without a password (\"BEGIN PRIVATE KEY\").")
    })?;
    let signing = provider().key_provider.load_private_key(private);
    let signing =
        signing.map_err(|_| format!("--tls-key: the key in {key} is damaged or of a kind not known here."))?;
    let pair = CertifiedKey::new(chain, signing);
    match pair.keys_match() {
        Ok(()) => Ok(pair),
        Err(rustls::Error::InconsistentKeys(_)) => {
            Err(format!("--tls-key: the key in {key} does not belong to the certificate in {cert} (--tls-cert)."))
        }
        Err(error) => Err(format!("--tls-cert: the certificate in {cert} cannot be used: {error}.")),
    }
}
