//! Requests that are made once, however often they are sent: the first answer is kept for a day.
//!
//! An answer can hold a secret, so it is kept encrypted. The key is made of the `Idempotency-Key` and of what the
//! caller shows, a token or a login's cookie, and the database has neither.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::SystemTime;

use hmac::{Hmac, KeyInit, Mac};
use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use ulid::Ulid;

use super::accounts::Proof;
use super::error::Error;
use super::sealing::Cipher;
use crate::domain::account::{AppScope, Caller, Permission};
use crate::domain::app_id::AppId;
use crate::domain::timestamp::Timestamp;
use crate::store::database::Database;
pub use crate::store::database::idempotency::Claim;
use crate::store::database::idempotency::{Claimed, KeyOf};

/// For how long answers are kept: 24 hours, in milliseconds.
const KEPT_FOR: i64 = 24 * 60 * 60 * 1000;
/// Each key is made for one answer: nothing has to be said of its place.
const CONTEXT: &str = "";
/// The largest answer that is kept of a request that changed nothing.
const LARGEST_READ: usize = 1 << 20;

/// One request with an `Idempotency-Key`.
pub struct KeyedRequest {
    key: KeyOf,
    request: [u8; 32],
    cipher: Cipher,
}

/// What of a request must be the same for its retry.
pub struct Fingerprint<'a> {
    pub method: &'a str,
    pub address: &'a str,
    /// Its body; compared as a JSON value, if it is one.
    pub body: &'a [u8],
}

/// What a request with a key meets.
pub enum Met {
    /// It is to be made. Until the second is dropped, its key is taken.
    Free(Claim, Running),
    /// It was made and answered.
    Answered(KeptAnswer),
}

/// An answer, and for whom it was.
#[derive(Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    pub head: Head,
    pub body: Vec<u8>,
}

/// What is kept of an answer beside its body.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    pub status: u16,
    /// The headers that its handler gave it.
    pub headers: Vec<(String, String)>,
    pub permission: String,
    /// The app that its address names.
    pub app: Option<String>,
    /// What its caller might see: lists of globs.
    pub scope: Vec<Vec<String>>,
    /// Whether its caller might read secrets.
    pub secrets: bool,
}

impl KeyedRequest {
    /// `None` for a key that is empty, longer than 255 bytes, or not of visible ASCII characters.
    pub fn new(caller: &Caller, proof: &Proof, key: &str, request: &Fingerprint<'_>) -> Option<Self> {
        let good = (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
        let (Proof::Token(secret) | Proof::Login(secret)) = proof;
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).ok()?;
        mac.update(b"an answer kept for a retry\0");
        mac.update(key.as_bytes());
        let cipher = Cipher::new(&mac.finalize().into_bytes())?;
        // Nobody who has the database can guess what a request held, as a password, without its key.
        let mut digest = Hmac::<Sha256>::new_from_slice(key.as_bytes()).ok()?;
        digest.update(&request.digest());
        let request = digest.finalize().into_bytes().into();
        let key = KeyOf { caller: caller.id.clone(), key: Sha256::digest(key).into() };
        good.then(|| Self { key, request, cipher })
    }

    fn encrypt(&self, answer: &KeptAnswer) -> Result<Vec<u8>, Error> {
        let mut plain = serde_json::to_vec(&answer.head).map_err(Error::internal)?;
        plain.push(b'\n');
        plain.extend_from_slice(&answer.body);
        self.cipher.seal(CONTEXT, &plain)
    }

    /// An answer that was made for another login of the same user cannot be read.
    fn decrypt(&self, kept: &[u8]) -> Result<KeptAnswer, Error> {
        let plain = self.cipher.open(CONTEXT, kept).ok_or(Error::ReplayWithheld)?;
        let end = plain.iter().position(|byte| *byte == b'\n').ok_or(Error::ReplayWithheld)?;
        let head = serde_json::from_slice(&plain[..end]).map_err(Error::internal)?;
        Ok(KeptAnswer { head, body: plain[end + 1..].to_vec() })
    }
}

impl Fingerprint<'_> {
    fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        for part in [self.method, self.address] {
            hash.update(part);
            hash.update([0]);
        }
        match serde_json::from_slice(self.body) {
            Ok(value) => hash_value(&mut hash, &value),
            Err(_) => hash.update(self.body),
        }
        hash.finalize().into()
    }
}

/// The same for the same JSON value, however it is spelled.
fn hash_value(hash: &mut Sha256, value: &Value) {
    match value {
        Value::Array(items) => {
            hash.update(b"[");
            for item in items {
                hash_value(hash, item);
                hash.update(b",");
            }
            hash.update(b"]");
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(key, _)| *key);
            hash.update(b"{");
            for (key, value) in members {
                hash.update(Value::from(key.as_str()).to_string());
                hash.update(b":");
                hash_value(hash, value);
                hash.update(b",");
            }
            hash.update(b"}");
        }
        Value::Number(number) if number.is_f64() => {
            // 1.0 and 1e0 are 1.
            let float = number.as_f64().unwrap_or_default();
            let text = if float.fract() == 0.0 { format!("{float:.0}") } else { float.to_string() };
            hash.update(if text == "-0" { "0" } else { text.as_str() });
        }
        other => hash.update(other.to_string()),
    }
}

/// How far a caller may see an answer that was kept.
#[derive(Debug, PartialEq, Eq)]
pub enum Sight {
    Whole,
    /// What is of the apps that they may see.
    Narrowed,
}

impl Head {
    /// Of an answer to this caller.
    pub fn of(caller: &Caller, permission: Permission) -> Self {
        Self {
            status: 200,
            headers: Vec::new(),
            permission: permission.as_str().to_owned(),
            app: None,
            scope: caller.apps.lists().to_vec(),
            secrets: caller.secrets,
        }
    }

    /// What of it this caller may see now.
    pub fn sight(&self, caller: &Caller) -> Result<Sight, Error> {
        if let Some(needed) = Permission::all().find(|permission| permission.as_str() == self.permission) {
            caller.require(needed)?;
        }
        if self.secrets && !caller.secrets {
            return Err(Error::ReplayWithheld);
        }
        if AppScope::from_lists(self.scope.clone()).is_some_and(|began| began.is_within(&caller.apps)) {
            return Ok(Sight::Whole);
        }
        let app = self.app.as_deref().and_then(AppId::parse);
        match app {
            Some(app) if caller.apps.allows(&app) => Ok(Sight::Whole),
            Some(_) => Err(Error::NotFound("session")),
            None => Ok(Sight::Narrowed),
        }
    }
}

/// The keys of the requests that are being made. Memory alone knows them: a panic, a full disk or a stop leaves none.
type Keys = Arc<Mutex<HashSet<KeyOf>>>;

/// That a request is being made.
pub struct Running {
    key: KeyOf,
    keys: Keys,
}

impl Running {
    /// `None` while another request with this key is being made.
    fn begin(keys: &Keys, key: &KeyOf) -> Option<Self> {
        let is_first = keys.lock().insert(key.clone());
        is_first.then(|| Self { key: key.clone(), keys: keys.clone() })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.keys.lock().remove(&self.key);
    }
}

pub struct Idempotency {
    database: Database,
    running: Keys,
}

impl Idempotency {
    /// Of the requests that end in this database.
    pub fn new(database: Database) -> Self {
        Self { database, running: Keys::default() }
    }

    /// Takes the key for this request; or gives the answer that the first one got.
    pub async fn claim(&self, request: &KeyedRequest) -> Result<Met, Error> {
        // Before the answer is looked for: one that is given meanwhile is found.
        let running = Running::begin(&self.running, &request.key);
        let now = Timestamp::from(SystemTime::now());
        let oldest = now.plus_millis(-KEPT_FOR);
        let operation = Ulid::generate().to_string();
        match self.database.claim_key(&request.key, &request.request, &operation, now, oldest).await? {
            Claimed::Open(claim) => running.map(|running| Met::Free(claim, running)).ok_or(Error::IdempotencyRunning),
            Claimed::Mismatch => Err(Error::IdempotencyMismatch),
            Claimed::Answered(kept) => request.decrypt(&kept).map(Met::Answered),
        }
    }

    /// Keeps the answer to a request that succeeded. Of those that changed nothing (`reads`), few.
    pub async fn keep(&self, request: &KeyedRequest, answer: &KeptAnswer, reads: bool) {
        if reads && answer.body.len() > LARGEST_READ {
            return self.free(request).await;
        }
        let kept = match request.encrypt(answer) {
            Ok(encrypted) => self.database.keep_answer(&request.key, &encrypted, reads).await.map_err(Error::from),
            Err(error) => Err(error),
        };
        if let Err(error) = kept {
            tracing::error!(%error, "an answer could not be kept for a retry");
        }
    }

    /// A request failed. Its key is free where nothing can have been done; else the next goes on with it.
    pub async fn fail(&self, request: &KeyedRequest, claim: &Claim, did_nothing: bool) {
        if did_nothing && !claim.resumed {
            self.free(request).await;
        }
    }

    async fn free(&self, request: &KeyedRequest) {
        if let Err(error) = self.database.free_key(&request.key).await {
            tracing::error!(%error, "an idempotency key could not be let go");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::token::Secret;
    use crate::services::edits::tests::caller;

    fn digest(body: &str) -> [u8; 32] {
        Fingerprint { method: "POST", address: "/a", body: body.as_bytes() }.digest()
    }

    #[test]
    fn bodies_are_compared_as_json_values() {
        let one = digest(r#"{"a":[1,true,null],"b":{"c":"é","d":2}}"#);
        for same in [
            "{ \"b\": {\"d\":2.0, \"c\":\"\\u00e9\"}, \"a\": [1,true,null] }",
            r#"{"a":[1e0,true,null],"b":{"c":"é","d":2}}"#,
        ] {
            assert_eq!(digest(same), one, "{same}");
        }
        for other in [
            r#"{"a":[true,1,null],"b":{"c":"é","d":2}}"#,
            r#"{"a":[1,true],"b":{"c":"é","d":2}}"#,
            r#"{"a":["1",true,null],"b":{"c":"é","d":2}}"#,
            r#"{"a":[1,true,null],"b":{"c":"é"},"d":2}"#,
            "",
            "{",
        ] {
            assert_ne!(digest(other), one, "{other}");
        }
        assert_ne!(digest(r#"["a,b"]"#), digest(r#"["a","b"]"#));
        assert_eq!(digest("-0.0"), digest("0"));
    }

    #[tokio::test]
    async fn a_request_without_an_answer_frees_its_key() {
        let folder = tempfile::tempdir().unwrap();
        let idempotency = Idempotency::new(Database::for_tests(folder.path()).await);
        let request = Fingerprint { method: "POST", address: "/a", body: b"" };
        let proof = Proof::Token(Secret::new("mst_a".to_owned()));
        let keyed =
            KeyedRequest::new(&caller(crate::domain::account::Role::Owner, &[]), &proof, "k", &request).unwrap();
        let Ok(Met::Free(first, running)) = idempotency.claim(&keyed).await else { panic!() };
        assert!(matches!(idempotency.claim(&keyed).await, Err(Error::IdempotencyRunning)));
        let panicked = tokio::spawn(async move {
            let _running = running;
            panic!("a handler");
        });
        assert!(panicked.await.is_err());
        let Ok(Met::Free(again, _running)) = idempotency.claim(&keyed).await else { panic!() };
        assert_eq!((again.operation, again.resumed), (first.operation, true));
    }

    #[test]
    fn a_kept_answer_needs_the_same_key_and_token() {
        let ann = caller(crate::domain::account::Role::Owner, &[]);
        let of = |token: &str, key: &str| {
            let request = Fingerprint { method: "POST", address: "/a", body: b"" };
            KeyedRequest::new(&ann, &Proof::Token(Secret::new(token.to_owned())), key, &request).unwrap()
        };
        let answer = KeptAnswer { head: Head::of(&ann, Permission::Change), body: b"whsec_\n1".to_vec() };
        let kept = of("mst_a", "key").encrypt(&answer).unwrap();
        assert!(!kept.windows(5).any(|part| part == b"whsec"));
        assert_eq!(of("mst_a", "key").decrypt(&kept).unwrap(), answer);
        for other in [of("mst_b", "key"), of("mst_a", "other")] {
            assert!(matches!(other.decrypt(&kept), Err(Error::ReplayWithheld)));
        }
    }
}
