use std::{collections::BTreeMap, sync::Arc};
#[tokio::main]
async fn main() -> std::io::Result<()> {
    tracing_subscriber::fmt().init();
    let mut env = BTreeMap::new();
    env.insert("TRYGG_LISTEN".to_owned(), "127.0.0.1:8099".to_owned());
    let settings = trygg::settings::Settings::read(None, &env).unwrap();
    let office = trygg::service::Office { clock: Arc::new(trygg::clock::SystemClock), settings: Arc::new(settings) };
    let server = trygg::web::server::build(office)?;
    println!("{}", server.port());
    server.run_until_stopped().await
}
