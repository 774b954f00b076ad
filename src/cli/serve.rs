//! `trygg serve`, `migrate`, `check` and `settings`.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use super::{Done, arguments, tell};
use crate::{
    service::{Office, answering, catalogue, office, opening, rounds, signing, staff},
    settings::{SETTINGS, Settings},
    store::Database,
    web::server,
};

/// How often dates and dead drafts are looked after.
const ROUND_OF_THE_HOUSE: Duration = Duration::from_secs(30);

pub(super) async fn serve(arguments: arguments::Serve, mut settings: Settings) -> Done {
    if let Some(port) = arguments.port {
        if settings.public_url == format!("http://{}", settings.listen) {
            settings.public_url = format!("http://{}:{port}", settings.listen.ip());
        }
        settings.listen.set_port(port);
    }
    run(super::office(settings).await?).await
}

/// Serves until a signal comes; answers that were taken are stored before it ends.
pub(super) async fn run(office: Office) -> Done {
    let _serving = office.database.claim_serving()?;
    catalogue::verify(&office.database, &office.settings.definitions).await?;
    for setting in office.database.broken_promises().await? {
        tracing::warn!(event = "database_setting", setting);
    }
    rounds::tick(&office).await?;
    let house = tokio::spawn(look_after(office.clone()));
    let server = server::build(office.clone()).map_err(|error| format!("{}: {error}", office.settings.listen))?;
    println!("\nserving on http://{}:{}", office.settings.listen.ip(), server.port());
    tracing::info!(event = "serving", port = server.port());
    let done = server.run_until_stopped().await;
    house.abort();
    office.database.close().await;
    Ok(done?)
}

async fn look_after(office: Office) {
    loop {
        if let Err(error) = rounds::tick(&office).await {
            tracing::warn!(event = "dates_not_looked_after", %error);
        }
        if let Err(error) = answering::sweep(&office).await {
            tracing::warn!(event = "drafts_not_swept", %error);
        }
        if let Err(error) = staff::sweep(&office).await {
            tracing::warn!(event = "sessions_not_swept", %error);
        }
        if let Err(error) = signing::sweep(&office).await {
            tracing::warn!(event = "candidates_not_swept", %error);
        }
        if let Err(error) = opening::finish(&office).await {
            tracing::warn!(event = "files_not_rewritten", %error);
        }
        tokio::time::sleep(ROUND_OF_THE_HOUSE).await;
    }
}

pub(super) async fn migrate(settings: Settings) -> Done {
    std::fs::create_dir_all(&settings.data)?;
    office::make_missing_secrets(&settings)?;
    tell("bringing the database to this version's schema");
    let database = Database::open(&settings.database_url).await?;
    database.migrate().await?;
    let mut tx = database.read().await?;
    let kind = tx.installation().find().await?;
    tx.rollback().await?;
    database.close().await;
    println!("the database is ready");
    if kind.is_some_and(|record| record.kind == "demo") {
        println!("it is a demo: no real round can be planned in it");
    }
    Ok(())
}

/// Asks the service on this machine whether it is ready.
pub(super) fn check(settings: &Settings) -> Done {
    let mut address = settings.listen;
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    let wait = Duration::from_secs(5);
    let mut stream = TcpStream::connect_timeout(&address, wait).map_err(|error| format!("{address}: {error}"))?;
    stream.set_read_timeout(Some(wait))?;
    write!(stream, "GET /readyz HTTP/1.0\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
    let mut reply = String::new();
    stream.read_to_string(&mut reply)?;
    match reply.lines().next() {
        Some(line) if line.contains(" 200 ") => {
            println!("ready");
            Ok(())
        }
        line => Err(format!("{address} is not ready: {}", line.unwrap_or("no answer")).into()),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "every verb gives the same")]
pub(super) fn print_settings(settings: &Settings) -> Done {
    for setting in SETTINGS {
        println!("{} ({}): {}", setting.key, setting.variable, settings.shown(setting.key));
        println!("    {}", setting.meaning);
    }
    Ok(())
}
