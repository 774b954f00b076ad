//! How long a connection may do nothing for us. actix cuts a slow first head, and `extract` a slow body that
//! a handler reads; it does not cut what nobody waits for: a later head that comes byte by byte, a chunked
//! body that no handler wanted, an answer that is never read. So each connection has a deadline while no
//! handler is at work for it, and whoever is past theirs is cut off.

use std::{
    any::Any,
    net::{Shutdown, TcpStream},
    os::fd::AsFd,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use actix_web::{
    Error,
    body::{BodySize, MessageBody},
    dev::{Extensions, ServiceRequest, ServiceResponse},
    http::{ConnectionType, header},
    middleware::Next,
    rt::net,
};

/// How long a new connection, or one that was answered, may take for its next head. actix closes one that
/// sends nothing at all sooner.
const HEAD: Duration = Duration::from_secs(15);
/// How long one that sent chunks may go on after its answer. actix reads on what no handler wanted, without
/// end and whatever the answer says, so such a connection ends with its first answer.
const LINGER: Duration = Duration::from_secs(2);
/// An answer may be read as slowly as a body may be sent: 16 KiB a second.
const BYTES_A_SECOND: u64 = 16 << 10;
/// An answer whose length is not known beforehand.
const STREAM: Duration = Duration::from_mins(5);
/// A handler is at work: no deadline.
const BUSY: u64 = u64::MAX;

/// One connection, by a second handle on its socket.
struct Connection {
    socket: TcpStream,
    /// Milliseconds after the start of [`Connections`].
    due: AtomicU64,
}

/// The connections of a process.
#[derive(Clone)]
pub struct Connections {
    since: Instant,
    all: Arc<Mutex<Vec<Weak<Connection>>>>,
}

impl Default for Connections {
    fn default() -> Self {
        Self { since: Instant::now(), all: Arc::default() }
    }
}

impl Connections {
    fn after(&self, wait: Duration) -> u64 {
        u64::try_from((self.since.elapsed() + wait).as_millis()).unwrap_or(BUSY)
    }

    /// Takes a new connection in; its data go with its requests.
    pub fn admit(&self, io: &dyn Any, data: &mut Extensions) {
        let handle = io.downcast_ref::<net::TcpStream>().and_then(|io| io.as_fd().try_clone_to_owned().ok());
        // Without a second handle the connection goes on as actix alone would let it.
        let Some(handle) = handle else { return };
        let due = AtomicU64::new(self.after(HEAD));
        let connection = Arc::new(Connection { socket: TcpStream::from(handle), due });
        self.all.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::downgrade(&connection));
        data.insert((self.clone(), connection));
    }

    /// Cuts off whoever is past their deadline, and forgets those that are gone. To be called every second.
    pub fn cut_overdue(&self) {
        let now = self.after(Duration::ZERO);
        self.all.lock().unwrap_or_else(PoisonError::into_inner).retain(|connection| {
            let Some(connection) = connection.upgrade() else { return false };
            if connection.due.load(Ordering::Relaxed) < now {
                // One that is closed already is as it should be.
                let _ = connection.socket.shutdown(Shutdown::Both);
            }
            true
        });
    }
}

/// The layer that says when a handler is at work for a connection.
///
/// # Errors
/// Those of the handler.
pub async fn watch<B: MessageBody>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<B>, Error> {
    let watched = request.conn_data::<(Connections, Arc<Connection>)>().cloned();
    let set = |due: u64| {
        if let Some((_, connection)) = &watched {
            connection.due.store(due, Ordering::Relaxed);
        }
    };
    let chunked = request.headers().contains_key(header::TRANSFER_ENCODING);
    set(BUSY);
    let mut answered = next.call(request).await;
    if chunked && let Ok(answer) = &mut answered {
        answer.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    let reading = answered.as_ref().map_or(Duration::ZERO, |answer| match answer.response().body().size() {
        BodySize::None => Duration::ZERO,
        BodySize::Sized(bytes) => Duration::from_secs(bytes / BYTES_A_SECOND),
        BodySize::Stream => STREAM,
    });
    if let Some((connections, _)) = &watched {
        set(connections.after(if chunked { LINGER + reading.min(HEAD) } else { HEAD + reading }));
    }
    answered
}
