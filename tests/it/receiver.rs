//! A receiver of webhooks: keeps what it gets, and answers as the test says.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::programs::python;

/// One request.
#[derive(Clone, Debug)]
pub struct Got {
    pub at: Instant,
    pub head: String,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}

impl Got {
    pub fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("JSON")
    }

    pub fn kind(&self) -> String {
        self.json()["type"].as_str().expect("a type").to_owned()
    }

    /// Which session it is about.
    pub fn session(&self) -> String {
        self.json()["data"]["id"].as_str().unwrap_or_default().to_owned()
    }
}

/// What the receiver answers.
#[derive(Clone)]
pub enum Reply {
    Status(u16),
    /// These bytes, after which the connection is closed.
    Raw(Vec<u8>),
    /// Nothing, for so long.
    Hang(Duration),
}

type Answering = dyn FnMut(&Got) -> Reply + Send;

pub struct Receiver {
    pub url: String,
    got: Arc<Mutex<Vec<Got>>>,
    answering: Arc<Mutex<Box<Answering>>>,
}

impl Receiver {
    /// Takes everything.
    pub fn new() -> Self {
        Self::answering(|_| Reply::Status(200))
    }

    pub fn answering(answer: impl FnMut(&Got) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
        let got = Arc::new(Mutex::new(Vec::new()));
        let answering: Arc<Mutex<Box<Answering>>> = Arc::new(Mutex::new(Box::new(answer)));
        let (kept, answers) = (Arc::clone(&got), Arc::clone(&answering));
        // It ends with the test's process.
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (kept, answers) = (Arc::clone(&kept), Arc::clone(&answers));
                std::thread::spawn(move || serve(&stream, &kept, &answers));
            }
        });
        Self { url, got, answering }
    }

    /// Answers otherwise from now on.
    pub fn answer(&self, answer: impl FnMut(&Got) -> Reply + Send + 'static) {
        *self.answering.lock().expect("the answer") = Box::new(answer);
    }

    pub fn got(&self) -> Vec<Got> {
        self.got.lock().expect("what came").clone()
    }

    /// What came, once there is so much of it.
    #[track_caller]
    pub fn wait(&self, count: usize, limit: Duration) -> Vec<Got> {
        let start = Instant::now();
        loop {
            let got = self.got();
            if got.len() >= count {
                return got;
            }
            let heads: Vec<_> = got.iter().map(|got| &got.body).collect();
            assert!(start.elapsed() < limit, "{} and not {count} within {limit:?}: {heads:#?}", got.len());
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

fn serve(stream: &TcpStream, kept: &Mutex<Vec<Got>>, answers: &Mutex<Box<Answering>>) {
    let mut reader = BufReader::new(stream);
    while let Some(got) = read(&mut reader) {
        kept.lock().expect("what came").push(got.clone());
        let reply = answers.lock().expect("the answer")(&got);
        let mut writer = stream;
        match reply {
            Reply::Status(status) => {
                let head = format!("HTTP/1.1 {status} X\r\ncontent-length: 2\r\n\r\nok");
                if writer.write_all(head.as_bytes()).is_err() {
                    return;
                }
            }
            Reply::Raw(bytes) => {
                let _ = writer.write_all(&bytes);
                return;
            }
            Reply::Hang(time) => {
                std::thread::sleep(time);
                return;
            }
        }
    }
}

fn read(reader: &mut BufReader<&TcpStream>) -> Option<Got> {
    let mut line = || {
        let mut line = String::new();
        let read = reader.read_line(&mut line).ok()?;
        (read > 0).then(|| line.trim_end().to_owned())
    };
    let head = line()?;
    let mut headers = BTreeMap::new();
    loop {
        let line = line()?;
        let Some((name, value)) = line.split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length: usize = headers.get("content-length")?.parse().ok()?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Got { at: Instant::now(), head, headers, body: String::from_utf8(body).ok()? })
}

/// Reads one request a line, and says of each whether its signature is good.
const VERIFIER: &str = r#"
import json, sys
from standardwebhooks.webhooks import Webhook
for line in sys.stdin:
    case = json.loads(line)
    try:
        Webhook(case["secret"]).verify(case["body"], case["headers"])
        print("good")
    except Exception as error:
        print("bad", error)
"#;

/// What the package says of these requests, each by a secret.
#[track_caller]
pub fn verify<'a>(cases: impl IntoIterator<Item = (&'a Got, &'a str)>) -> Vec<String> {
    let mut child =
        python("python").args(["-c", VERIFIER]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("Python");
    let mut input = child.stdin.take().expect("a pipe");
    for (got, secret) in cases {
        let case = json!({ "secret": secret, "headers": got.headers, "body": got.body });
        writeln!(input, "{case}").expect("sent");
    }
    drop(input);
    let output = child.wait_with_output().expect("its end");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("text").lines().map(str::to_owned).collect()
}
