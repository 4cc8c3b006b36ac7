//! Open connections: how many one address may have, and how long one may keep the server waiting.
//!
//! actix times the head of a connection's first request alone. A client that dribbles its second one,
//! or does not read what it asked for, would stay for ever; here it is cut.

use std::any::Any;
use std::collections::HashMap;
use std::net::{IpAddr, Shutdown, TcpStream};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use actix_tls::accept::rustls_0_23::TlsStream;
use actix_web::HttpRequest;
use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::{Extensions, ServiceRequest};
use actix_web::rt::net::TcpStream as Socket;
use actix_web::web::Bytes;
use parking_lot::Mutex;

use super::client;
use crate::config::Options;
use crate::store::os;

/// How many connections a browser opens to one server.
const A_BROWSERS: usize = 6;
/// How often is looked for connections that keep the server waiting.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long a client has to take the last answer of a connection that is given up.
const LAST_WORD: Duration = Duration::from_secs(2);

pub struct Connections {
    begun: Instant,
    /// How long a connection may keep the server waiting.
    patience: Duration,
    /// How many one address may have, but for the proxies that are believed.
    per_address: usize,
    options: Options,
    open: Mutex<Open>,
}

#[derive(Default)]
struct Open {
    next: u64,
    by_id: HashMap<u64, Arc<Connection>>,
    by_address: HashMap<IpAddr, usize>,
}

struct Connection {
    /// The same socket once more, to cut it.
    socket: TcpStream,
    address: IpAddr,
    /// How many of its requests the server works on.
    at_work: AtomicU32,
    /// Since when it is the client's turn, in milliseconds from the beginning.
    waiting_since: AtomicU64,
    /// Nothing more is expected of it: once the last answer was given, it is cut.
    given_up: AtomicBool,
}

impl Connections {
    /// At most `most` at once, of one address half of them; of few, as many as a browser opens, if two are left.
    pub fn new(most: usize, patience: Duration, options: Options) -> Arc<Self> {
        let per_address = most.div_ceil(2).max(A_BROWSERS.min(most.saturating_sub(2)));
        Arc::new(Self { begun: Instant::now(), patience, per_address, options, open: Mutex::default() })
    }

    /// A new connection, as actix shows it: encrypted or not. One too many of an address is cut.
    pub fn add(self: &Arc<Self>, io: &dyn Any, data: &mut Extensions) {
        let encrypted = io.downcast_ref::<TlsStream<Socket>>().map(|stream| stream.get_ref().0);
        let Some(socket) = encrypted.or_else(|| io.downcast_ref::<Socket>()) else { return };
        let Ok(peer) = socket.peer_addr() else { return };
        let socket = match os::clone_socket(socket) {
            Ok(socket) => socket,
            Err(error) => return tracing::warn!(%error, "a connection cannot be watched"),
        };
        let connection = Connection {
            socket,
            address: peer.ip().to_canonical(),
            at_work: AtomicU32::new(0),
            waiting_since: AtomicU64::new(self.now()),
            given_up: AtomicBool::new(false),
        };
        data.insert(self.enter(connection));
    }

    fn enter(self: &Arc<Self>, connection: Connection) -> Entry {
        let connection = Arc::new(connection);
        let mut open = self.open.lock();
        let id = open.next;
        open.next += 1;
        open.by_id.insert(id, connection.clone());
        let of_address = open.by_address.entry(client::counted(connection.address)).or_default();
        *of_address += 1;
        if *of_address > self.per_address && !client::is_proxy(connection.address, &self.options) {
            tracing::debug!(address = %connection.address, "a connection too many of one address");
            connection.cut();
        }
        Entry { all: self.clone(), id, connection }
    }

    /// Cuts those that keep the server waiting, for ever.
    pub async fn watch(self: Arc<Self>) {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            let (open, now) = (self.open.lock(), self.now());
            open.by_id.values().filter(|connection| self.keeps_waiting(connection, now)).for_each(|c| c.cut());
        }
    }

    fn keeps_waiting(&self, connection: &Connection, now: u64) -> bool {
        let patience = if connection.given_up.load(Ordering::Relaxed) { LAST_WORD } else { self.patience };
        let waiting = Duration::from_millis(now.saturating_sub(connection.waiting_since.load(Ordering::Relaxed)));
        connection.at_work.load(Ordering::Relaxed) == 0 && waiting > patience
    }

    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

impl Connection {
    /// Ends it, whatever either side is about. That it has ended already is no fault.
    fn cut(&self) {
        let _ = self.socket.shutdown(Shutdown::Both);
    }
}

/// A connection's place among all, for as long as it is open.
struct Entry {
    all: Arc<Connections>,
    id: u64,
    connection: Arc<Connection>,
}

impl Drop for Entry {
    fn drop(&mut self) {
        let mut open = self.all.open.lock();
        open.by_id.remove(&self.id);
        let address = client::counted(self.connection.address);
        match open.by_address.get_mut(&address) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(open.by_address.remove(&address)),
        }
    }
}

/// Cuts the connection of a request after its answer: actix would wait for the rest of a body for ever.
pub fn give_up(req: &HttpRequest) {
    if let Some(entry) = req.conn_data::<Entry>() {
        entry.connection.given_up.store(true, Ordering::Relaxed);
    }
}

/// Whose turn it is with one request: the server's, or the client's, who is to take what is answered
/// or to send the next. Without a connection (in unit tests) it is nobody's.
pub struct Turn {
    connection: Option<(Arc<Connections>, Arc<Connection>)>,
    ours: bool,
}

impl Turn {
    /// The server's: a request has come.
    pub fn begin(req: &ServiceRequest) -> Self {
        let entry = req.conn_data::<Entry>();
        let mut turn =
            Self { connection: entry.map(|entry| (entry.all.clone(), entry.connection.clone())), ours: false };
        turn.take();
        turn
    }

    fn take(&mut self) {
        if let (Some((_, connection)), false) = (&self.connection, self.ours) {
            connection.at_work.fetch_add(1, Ordering::Relaxed);
            self.ours = true;
        }
    }

    fn give(&mut self) {
        if let (Some((all, connection)), true) = (&self.connection, self.ours) {
            connection.waiting_since.store(all.now(), Ordering::Relaxed);
            connection.at_work.fetch_sub(1, Ordering::Relaxed);
            self.ours = false;
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.give();
    }
}

/// How much of an answer is given at once: who takes so much within the patience is not cut.
const PIECE: usize = 64 << 10;

/// An answer's body that notes whose turn it is.
pub struct Watched<B> {
    body: Pin<Box<B>>,
    /// Of what the body gave, what was not yet given on.
    rest: Bytes,
    turn: Turn,
}

impl<B> Watched<B> {
    /// The body of the answer to a request.
    pub fn new(body: B, turn: Turn) -> Self {
        Self { body: Box::pin(body), rest: Bytes::new(), turn }
    }
}

impl<B: MessageBody> MessageBody for Watched<B> {
    type Error = B::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, B::Error>>> {
        let this = self.get_mut();
        this.turn.take();
        if this.rest.is_empty() {
            match this.body.as_mut().poll_next(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(bytes))) => this.rest = bytes,
                other => return other,
            }
        }
        // While a piece is on its way, nobody asks for the next.
        this.turn.give();
        let piece = this.rest.split_to(PIECE.min(this.rest.len()));
        Poll::Ready(Some(Ok(piece)))
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    /// A connection, and the client's end of it.
    fn connection(all: &Arc<Connections>, address: &str) -> (Entry, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        client.set_nonblocking(true).unwrap();
        let socket = listener.accept().unwrap().0;
        let waiting_since = AtomicU64::new(all.now());
        let address = address.parse().unwrap();
        let (at_work, given_up) = (AtomicU32::new(0), AtomicBool::new(false));
        (all.enter(Connection { socket, address, at_work, waiting_since, given_up }), client)
    }

    fn is_cut(client: &TcpStream) -> bool {
        client.peek(&mut [0]).is_ok_and(|read| read == 0)
    }

    #[test]
    fn one_address_has_half_and_a_proxy_all() {
        let trusted_proxies = vec![crate::config::parse_network("10.0.0.1").unwrap()];
        let options = Options { trusted_proxies, ..Options::default() };
        let all = Connections::new(4, Duration::from_secs(9), options);
        let (first, _one) = connection(&all, "192.0.2.1");
        let (_second, two) = connection(&all, "192.0.2.1");
        let (third, three) = connection(&all, "192.0.2.1");
        assert!(!is_cut(&two) && is_cut(&three));
        assert!(!is_cut(&connection(&all, "192.0.2.2").1));
        drop((first, third));
        assert!(!is_cut(&connection(&all, "192.0.2.1").1));
        let proxy: Vec<_> = (0..4).map(|_| connection(&all, "10.0.0.1")).collect();
        assert!(proxy.iter().all(|(_, client)| !is_cut(client)));
        drop((proxy, _second));
        assert!(all.open.lock().by_id.is_empty() && all.open.lock().by_address.is_empty());
    }

    #[tokio::test]
    async fn a_large_answer_is_given_in_pieces() {
        let all = Connections::new(4, Duration::from_secs(9), Options::default());
        let (entry, _client) = connection(&all, "192.0.2.1");
        let at_work = || entry.connection.at_work.load(Ordering::Relaxed);
        let turn = Turn { connection: Some((all.clone(), entry.connection.clone())), ours: false };
        let content: Vec<u8> = (0..200_000_u32).map(|n| n as u8).collect();
        let mut body = Box::pin(Watched::new(content.clone(), turn));
        assert_eq!(body.size(), BodySize::Sized(200_000));
        let mut got = Vec::new();
        while let Some(piece) = std::future::poll_fn(|context| body.as_mut().poll_next(context)).await {
            let piece = piece.unwrap();
            assert!((1..=PIECE).contains(&piece.len()) && at_work() == 0);
            got.extend_from_slice(&piece);
        }
        assert!(got == content);
        drop(body);
        assert_eq!(at_work(), 0);
    }

    #[tokio::test]
    async fn only_clients_that_keep_the_server_waiting_are_cut() {
        let all = Connections::new(4, Duration::from_millis(100), Options::default());
        tokio::spawn(all.clone().watch());
        let (_idle, idle) = connection(&all, "192.0.2.1");
        let (busy, client) = connection(&all, "192.0.2.1");
        let mut turn = Turn { connection: Some((all.clone(), busy.connection.clone())), ours: false };
        turn.take();
        tokio::time::sleep(LOOK_EVERY + Duration::from_millis(300)).await;
        assert!(is_cut(&idle) && !is_cut(&client));
        drop(turn);
        tokio::time::sleep(LOOK_EVERY + Duration::from_millis(300)).await;
        assert!(is_cut(&client));
    }
}
