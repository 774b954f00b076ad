//! Every address on one screen. `read` takes GET and HEAD; any other method is a 405 with `Allow`,
//! any other address a 404.

use actix_web::{Route, guard, web};

use crate::web::{
    api, assets, health,
    i18n::Locale,
    pages::{console, footer, problems, respond, results},
    reports,
};

/// A route for GET and HEAD.
#[must_use]
pub fn read() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// All of the service. The doors of `/api` and `/px` go before the pages, which stand under their language.
pub fn all(service: &mut web::ServiceConfig) {
    let at = web::resource::<&str>;
    service
        .configure(api::routes)
        .service(at("/").route(read().to(results::front)))
        .service(at("/healthz").route(read().to(health::live)))
        .service(at("/readyz").route(read().to(health::ready)))
        .service(at("/csp-reports").route(web::post().to(reports::take)))
        .service(at("/assets/{name}").route(read().to(assets::show)))
        .service(at("/problems/{code}").route(read().to(problems::negotiated)))
        .service(at("/f").route(read().to(respond::start::letter)))
        .service(at("/p/{place}").route(read().to(respond::open::letter)))
        .service(at("/k/{code}").route(read().to(respond::start::scan)))
        .service(at("/K/{code}").route(read().to(respond::start::scan)));
    let under = |locales: &mut dyn Iterator<Item = Locale>| {
        let tags: Vec<&str> = locales.map(Locale::tag).collect();
        web::scope(&format!("/{{lang:{}}}", tags.join("|")))
    };
    service
        .service(under(&mut Locale::with_results()).configure(office).configure(journey))
        .service(under(&mut Locale::all().filter(|locale| !locale.has_results())).configure(journey));
}

/// Results and console, under a language that they are written in.
fn office(service: &mut web::ServiceConfig) {
    let at = web::resource::<&str>;
    service
        .service(at("/").route(read().to(results::home::show)))
        .service(at("/areas").route(read().to(results::areas::list)))
        .service(at("/areas/{area}").route(read().to(results::areas::show)))
        .service(at("/indicators").route(read().to(results::indicators::list)))
        .service(at("/indicators/{measure}").route(read().to(results::indicators::show)))
        .service(at("/data").route(read().to(results::data::data)))
        .service(at("/method").route(read().to(results::method::newest)))
        .service(at("/corrections").route(read().to(results::corrections::list)))
        .service(at("/r/{release}").route(read().to(results::data::release)))
        .service(at("/r/{release}/method").route(read().to(results::method::of_release)))
        .service(at("/r/{release}/changes").route(read().to(results::corrections::show)))
        .service(at("/console").route(read().to(console::home::list)))
        .service(
            at("/console/sign-in")
                .route(read().to(console::signin::show))
                .route(web::post().to(console::signin::enter)),
        )
        .service(at("/console/sign-out").route(web::post().to(console::signin::leave)))
        .service(at("/console/rounds/{round}").route(read().to(console::round::show)))
        .service(
            at("/console/breaks")
                .route(read().to(console::breaks::show))
                .route(web::post().to(console::breaks::declare)),
        )
        .service(
            at("/console/rounds/{round}/desk-counts")
                .route(read().to(console::desk::show))
                .route(web::post().to(console::desk::enter)),
        )
        .service(
            at("/console/rounds/{round}/keys")
                .route(read().to(console::holders::show))
                .route(web::post().to(console::holders::act)),
        )
        .service(
            at("/console/rounds/{round}/keys/{holder}")
                .route(read().to(console::holder::show))
                .route(web::post().to(console::holder::act)),
        )
        .service(at("/console/rounds/{round}/move").route(web::post().to(console::round::transition)))
        .service(at("/console/rounds/{round}/key").route(web::post().to(console::round::key)))
        .service(at("/console/rounds/{round}/open").route(web::post().to(console::round::open)))
        .service(at("/console/rounds/{round}/release").route(web::post().to(console::round::release)))
        .service(at("/console/releases/{release}").route(read().to(console::candidate::show)))
        .service(at("/console/releases/{release}/file").route(read().to(console::candidate::file)))
        .service(at("/console/releases/{release}/sign").route(web::post().to(console::candidate::sign)));
}

/// The resident's pages and those that every page links to, under any language.
fn journey(service: &mut web::ServiceConfig) {
    let at = web::resource::<&str>;
    service
        .service(at("/problems/{code}").route(read().to(problems::show)))
        .service(at("/accessibility").route(read().to(footer::accessibility)))
        .service(at("/cookies").route(read().to(footer::cookies)))
        .service(at("/privacy").route(read().to(footer::privacy)))
        .service(at("/f").route(read().to(respond::start::show)).route(web::post().to(respond::start::begin)))
        .service(at("/p/{place}").route(read().to(respond::open::show)).route(web::post().to(respond::open::begin)))
        .service(at("/p/{place}/promise").route(read().to(respond::open::promise)))
        .service(at("/f/promise").route(read().to(respond::texts::promise)))
        .service(at("/f/help").route(read().to(respond::texts::help)))
        .service(at("/f/stop").route(read().to(respond::leave::stop)))
        .service(at("/f/delete").route(web::post().to(respond::leave::delete)))
        .service(at("/f/deleted").route(read().to(respond::leave::deleted)))
        .service(at("/f/exit").route(web::post().to(respond::leave::exit)))
        .service(at("/f/x").route(read().to(respond::leave::away)))
        .service(at("/f/send").route(web::post().to(respond::send::send)))
        .service(at("/f/receipt").route(read().to(respond::send::receipt)))
        .service(at("/f/{page}").route(read().to(respond::page::show)).route(web::post().to(respond::page::turn)));
}
