//! Builds the server around an office, says its port, runs it until it is stopped.

use std::{io, net::TcpListener, sync::Arc, thread::available_parallelism, time::Duration};

use actix_web::{
    App, HttpServer,
    dev::ServerHandle,
    middleware::{Compress, from_fn},
    web::{self, Data},
};
use tokio::task::JoinHandle;

use crate::{
    service::Office,
    web::{
        connections::{self, Connections},
        present::present,
        problem::{Problem, ProblemKind},
        routes,
        state::State,
    },
};

/// How often the rates' memory is cleared of the idle.
const FORGETTING: Duration = Duration::from_mins(1);

/// How often connections are looked at.
const WATCHING: Duration = Duration::from_secs(1);

/// A server that listens already and answers once it runs.
pub struct Server {
    port: u16,
    watching: JoinHandle<()>,
    running: actix_web::dev::Server,
}

/// Listens on the office's `listen` setting; port 0 takes a free one. Must be called inside a tokio
/// runtime.
///
/// # Errors
/// The address is taken or may not be used.
pub fn build(office: Office) -> io::Result<Server> {
    let listener = TcpListener::bind(office.settings.listen)?;
    let port = listener.local_addr()?.port();
    let workers = match office.settings.workers {
        0 => available_parallelism().map_or(2, usize::from),
        workers => workers,
    };
    let state = Data::new(State::new(office));
    let limits = Arc::downgrade(&state.limits);
    tokio::spawn(async move {
        while let Some(limits) = limits.upgrade() {
            limits.forget();
            drop(limits);
            tokio::time::sleep(FORGETTING).await;
        }
    });
    let connections = Connections::default();
    let watched = connections.clone();
    let watching = tokio::spawn(async move {
        loop {
            watched.cut_overdue();
            tokio::time::sleep(WATCHING).await;
        }
    });
    let server = HttpServer::new(move || {
        App::new()
            .app_data(Data::clone(&state))
            .wrap(Compress::default())
            .wrap(from_fn(present))
            .wrap(from_fn(connections::watch))
            .configure(routes::all)
            .default_service(web::to(async || Err::<&str, Problem>(ProblemKind::NotFound.into())))
    });
    let running = server
        .on_connect(move |io, data| connections.admit(io, data))
        .workers(workers)
        .client_request_timeout(Duration::from_secs(5))
        .shutdown_timeout(30)
        .listen(listener)?
        .run();
    Ok(Server { port, watching, running })
}

impl Server {
    /// The port that it listens on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Stops it from elsewhere: `handle.stop(true)` lets requests end first.
    #[must_use]
    pub fn handle(&self) -> ServerHandle {
        self.running.handle()
    }

    /// Answers until a signal or [`Server::handle`] stops it.
    ///
    /// # Errors
    /// The listening socket is lost.
    pub async fn run_until_stopped(self) -> io::Result<()> {
        let done = self.running.await;
        self.watching.abort();
        done
    }
}
