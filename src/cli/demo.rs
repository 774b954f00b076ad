//! `trygg demo`: fills a database of its own once, says how to get in, and serves.

use std::collections::BTreeMap;

use super::{Done, arguments, serve, tell};
use crate::{
    service::{demo, office},
    settings::Settings,
};

/// The demo's folder and port, as settings.
pub(super) fn environment(arguments: &arguments::Demo, environment: &mut BTreeMap<String, String>) {
    environment.insert("TRYGG_DATA".to_owned(), arguments.data.display().to_string());
    environment.insert("TRYGG_LISTEN".to_owned(), format!("127.0.0.1:{}", arguments.port));
    environment.insert("TRYGG_PUBLIC_URL".to_owned(), format!("http://127.0.0.1:{}", arguments.port));
    // A database and secrets of its own, whatever else is set: an office's are never touched.
    environment.insert("DATABASE_URL".to_owned(), format!("sqlite://{}", arguments.data.join("trygg.db").display()));
    let secrets = [
        ("TRYGG_SERVICE_SECRET_FILE", "service"),
        ("TRYGG_PEPPER_FILE", "pepper"),
        ("TRYGG_RELEASE_KEY_FILE", "release"),
    ];
    for (variable, file) in secrets {
        environment.insert(variable.to_owned(), arguments.data.join("secrets").join(file).display().to_string());
    }
}

pub(super) async fn run(arguments: arguments::Demo, settings: Settings) -> Done {
    office::make_missing_secrets(&settings)?;
    let database = demo::database(&settings).await.map_err(|error| error.to_string())?;
    database.close().await;
    let url = settings.public_url.clone();
    let data = settings.data.clone();
    let office = super::office(settings).await?;
    let access = demo::prepare(&office, &tell).await.map_err(|error| error.to_string())?;
    println!("Demodata: every answer here is made up.\n");
    println!("Resident's form          {url}/f");
    println!("Results                  {url}/");
    println!("Console                  {url}/sv/console");
    print!("{}", access.text);
    println!("Data                     {} ({})", data.display(), if access.fresh { "filled now" } else { "found" });
    if arguments.no_serve {
        return Ok(());
    }
    serve::run(office).await
}
